"""The texts fixed with a closed year: scheme, plan and cards, compressed; append-only."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import guard, unguard

revision = "0040"
down_revision = "0035"
branch_labels = None
depends_on = None

TABLE = "closing_papers"


def upgrade() -> None:
    """Applies the change."""
    op.create_table(
        TABLE,
        sa.Column("scheme", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("scheme", "year", "name", name=op.f("pk_closing_papers")),
    )
    guard(TABLE)


def downgrade() -> None:
    """Takes it back."""
    unguard(TABLE)
    op.drop_table(TABLE)
