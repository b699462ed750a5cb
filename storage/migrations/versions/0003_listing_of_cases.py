"""An index in the order in which findings are listed: a page of a long list costs nothing."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Applies the change."""
    op.create_index(
        "ix_cases_listing",
        "cases",
        ["first_seen", "check_id", "unit", "identity", "occurrence"],
        unique=False,
    )


def downgrade() -> None:
    """Takes it back."""
    op.drop_index("ix_cases_listing", table_name="cases")
