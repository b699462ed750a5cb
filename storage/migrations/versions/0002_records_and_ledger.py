"""Records, ledger and closings; what is append-only is guarded by the database."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import guard, unguard

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


GUARDED = ("case_events", "records", "ledger", "closings")


def upgrade() -> None:
    """Applies the change."""
    _create_closings()
    _create_ledger()
    _create_records()
    for table in GUARDED:
        guard(table)


def _create_closings() -> None:
    op.create_table(
        "closings",
        sa.Column("scheme", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("scheme", "year", name=op.f("pk_closings")),
    )


def _create_ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("entry", sa.String(length=16), nullable=False),
        sa.Column("scheme", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("line", sa.String(length=32), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("points", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("reverses", sa.String(length=32), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ledger")),
        sa.UniqueConstraint("id", name=op.f("uq_ledger_id")),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ledger_scheme_year_unit"), ["scheme", "year", "unit"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_ledger_source"), ["source"], unique=False)


def _create_records() -> None:
    op.create_table(
        "records",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("scheme", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces", sa.String(length=32), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_records")),
        sa.UniqueConstraint("id", name=op.f("uq_records_id")),
    )
    with op.batch_alter_table("records", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_records_scheme_year_unit"), ["scheme", "year", "unit"], unique=False
        )


def downgrade() -> None:
    """Takes it back."""
    for table in GUARDED:
        unguard(table)
    with op.batch_alter_table("records", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_records_scheme_year_unit"))

    op.drop_table("records")
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_source"))
        batch_op.drop_index(batch_op.f("ix_ledger_scheme_year_unit"))

    op.drop_table("ledger")
    op.drop_table("closings")
