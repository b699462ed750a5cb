"""Indexes for the portal's lists and counts of cases."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_cases_counting": ["check_id", "unit", "state", "severity"],
    "ix_cases_newest": ["last_seen", "id"],
    "ix_cases_of_unit": ["unit", "severity", "last_seen", "id"],
}


def upgrade() -> None:
    """Applies the change."""
    for name, columns in INDEXES.items():
        op.create_index(name, "cases", columns)


def downgrade() -> None:
    """Takes it back."""
    for name in INDEXES:
        op.drop_index(name, table_name="cases")
