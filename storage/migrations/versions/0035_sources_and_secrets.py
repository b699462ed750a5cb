"""How the sources of accounts stand; sealed secrets."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0025"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Applies the change."""
    op.create_table(
        "sources",
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        _moment("since"),
        _moment("checked"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        _moment("last_good", nullable=True),
        _moment("newest", nullable=True),
        sa.Column("posts", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("account", name="pk_sources"),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _moment("set_at"),
        sa.Column("set_by", sa.String(120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secrets"),
    )


def downgrade() -> None:
    """Takes it back."""
    op.drop_table("secrets")
    op.drop_table("sources")
