"""Indexes by which pages of findings in order, and tallies of a run's judgements, are quick."""

from alembic import op

revision = "0030"
down_revision = "0040"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_cases_first": ("cases", ["first_seen", "id"]),
    "ix_cases_in_state": ("cases", ["state", "first_seen", "id", "severity"]),
    "ix_cases_sighted": ("cases", ["sightings", "id"]),
    "ix_outcomes_judged": ("outcomes", ["run", "outcome", "unit"]),
}


def upgrade() -> None:
    """Applies the change."""
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)


def downgrade() -> None:
    """Takes it back."""
    for name, (table, _) in INDEXES.items():
        op.drop_index(name, table_name=table)
