"""Nights: probes, jobs, holds, rechecks, planned closures, notices, messages and their deliveries."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.append_only import guard, unguard

revision = "0020"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = (
    "probes",
    "night_jobs",
    "night_log",
    "holds",
    "rechecks",
    "closures",
    "notices",
    "messages",
    "deliveries",
    "apscheduler_jobs",
)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _long(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _number(name: str = "number") -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=True, nullable=False)


def _refers(table: str, column: str, other: str, key: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=op.f(f"fk_{table}_{column}_{other}"))


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def upgrade() -> None:
    """Applies the change."""
    _create_probes()
    _create_jobs()
    _create_holds()
    _create_rechecks()
    _create_notices()
    _create_messages()
    _create_job_store()
    guard("deliveries")


def _create_probes() -> None:
    op.create_table(
        "probes",
        _number(),
        _text("site", 64),
        _moment("at"),
        _flag("ok"),
        _flag("counts"),
        _text("status", 16),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("elapsed_ms", sa.Integer(), nullable=True),
        _long("detail"),
        _key("probes", "number"),
    )
    _index("probes", "site", "at")


def _create_jobs() -> None:
    op.create_table(
        "night_jobs",
        _text("name", 40),
        _flag("paused"),
        _moment("asked_at", nullable=True),
        _text("asked_by", 120),
        _moment("next_at", nullable=True),
        _moment("began_at", nullable=True),
        _moment("ended_at", nullable=True),
        _text("outcome", 16),
        _long("words"),
        _key("night_jobs", "name"),
    )
    op.create_table(
        "night_log",
        _number(),
        _text("job", 40),
        _moment("due"),
        _moment("began"),
        _moment("ended", nullable=True),
        _text("outcome", 16),
        _long("words"),
        _key("night_log", "number"),
    )
    _index("night_log", "job", "began")


def _create_holds() -> None:
    op.create_table(
        "holds",
        _number(),
        _text("run", 40),
        _moment("at"),
        _text("scope", 120),
        _long("reason"),
        sa.Column("targets", sa.JSON(), nullable=False),
        _moment("released_at", nullable=True),
        _text("released_by", 120),
        _key("holds", "number"),
    )
    _index("holds", "run")


def _create_rechecks() -> None:
    op.create_table(
        "rechecks",
        _number(),
        _text("case_id", 16),
        _text("why", 24),
        _moment("asked_at"),
        _text("asked_by", 120),
        _moment("not_before"),
        _moment("done_at", nullable=True),
        _text("outcome", 16),
        _long("words"),
        _text("run", 40),
        _refers("rechecks", "case_id", "cases", "id"),
        _key("rechecks", "number"),
    )
    _index("rechecks", "case_id")
    op.create_table(
        "closures",
        _number(),
        _text("unit", 64),
        _text("target", 64),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        _long("reason"),
        _text("who", 120),
        _moment("at"),
        _moment("withdrawn_at", nullable=True),
        _key("closures", "number"),
    )


def _create_notices() -> None:
    op.create_table(
        "notices",
        _text("fingerprint", 64),
        _text("kind", 24),
        _text("unit", 64),
        _text("case_id", 16),
        _flag("urgent"),
        _moment("at"),
        sa.Column("item", sa.JSON(), nullable=False),
        _moment("told_at", nullable=True),
        _key("notices", "fingerprint"),
    )
    _index("notices", "told_at", "unit")
    _index("notices", "case_id")


def _create_messages() -> None:
    op.create_table(
        "messages",
        _number(),
        _text("fingerprint", 64),
        _text("unit", 64),
        _text("recipient", 120),
        _text("level", 16),
        _text("channel", 16),
        _text("shown_address", 200),
        sa.Column("day", sa.Date(), nullable=False),
        _flag("urgent"),
        _long("subject"),
        _long("body"),
        _moment("created"),
        _text("state", 16),
        sa.Column("tries", sa.Integer(), nullable=False),
        _moment("next_at", nullable=True),
        _moment("ended", nullable=True),
        _key("messages", "number"),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_messages_fingerprint")),
    )
    _index("messages", "state", "next_at")
    _index("messages", "unit", "day")
    op.create_table(
        "deliveries",
        _number(),
        sa.Column("message", sa.Integer(), nullable=False),
        _moment("at"),
        _flag("ok"),
        _long("answer"),
        _refers("deliveries", "message", "messages", "number"),
        _key("deliveries", "number"),
    )
    _index("deliveries", "message")


def _create_job_store() -> None:
    op.create_table(
        "apscheduler_jobs",
        sa.Column("id", sa.Unicode(length=191), nullable=False),
        sa.Column("next_run_time", sa.Float(25), nullable=True),
        sa.Column("job_state", sa.LargeBinary(), nullable=False),
        _key("apscheduler_jobs", "id"),
    )
    _index("apscheduler_jobs", "next_run_time")


def downgrade() -> None:
    """Takes it back."""
    unguard("deliveries")
    for table in reversed(TABLES):
        op.drop_table(table)
