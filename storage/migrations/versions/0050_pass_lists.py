"""Passes that are the same word for word are kept once, with the list of their subjects."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0030"
branch_labels = None
depends_on = None

LISTS, SUBJECTS = "pass_lists", "subject_lists"


def upgrade() -> None:
    """Applies the change."""
    op.create_table(
        SUBJECTS,
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_subject_lists")),
    )
    op.create_table(
        LISTS,
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.String(length=80), nullable=False),
        sa.Column("target_kind", sa.String(length=8), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("indicators", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=True),
        sa.Column("witnesses", sa.Integer(), nullable=False),
        sa.Column("trial", sa.Boolean(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("subjects", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.number"], name=op.f("fk_pass_lists_run_runs")),
        sa.ForeignKeyConstraint(
            ["subjects"], ["subject_lists.digest"], name=op.f("fk_pass_lists_subjects_subject_lists")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_pass_lists")),
    )
    op.create_index(op.f("ix_pass_lists_run_target"), LISTS, ["run", "target"])
    op.create_index(op.f("ix_pass_lists_run_unit"), LISTS, ["run", "unit"])


def downgrade() -> None:
    """Takes it back."""
    op.drop_table(LISTS)
    op.drop_table(SUBJECTS)
