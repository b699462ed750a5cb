"""The tables of the nights: probes, jobs and their log, held judgements, rechecks, notices and messages.

Kept for good (the database refuses to change a row): what was answered to each message that was sent.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Unicode,
)

from storage.column_types import Instant, PlainJson, PlainText
from storage.tables import metadata

probes = Table(
    "probes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("site", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("ok", Boolean, nullable=False),
    Column("counts", Boolean, nullable=False),
    Column("status", String(16), nullable=False),
    Column("http_status", Integer),
    Column("elapsed_ms", Integer),
    Column("detail", PlainText, nullable=False),
    Index(None, "site", "at"),
)

night_jobs = Table(
    "night_jobs",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("paused", Boolean, nullable=False),
    Column("asked_at", Instant),
    Column("asked_by", String(120), nullable=False),
    Column("next_at", Instant),
    Column("began_at", Instant),
    Column("ended_at", Instant),
    Column("outcome", String(16), nullable=False),
    Column("words", PlainText, nullable=False),
)

night_log = Table(
    "night_log",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("job", String(40), nullable=False),
    Column("due", Instant, nullable=False),
    Column("began", Instant, nullable=False),
    Column("ended", Instant),
    Column("outcome", String(16), nullable=False),
    Column("words", PlainText, nullable=False),
    Index(None, "job", "began"),
)

holds = Table(
    "holds",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("run", String(40), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("scope", String(120), nullable=False),
    Column("reason", PlainText, nullable=False),
    Column("targets", PlainJson, nullable=False),
    Column("released_at", Instant),
    Column("released_by", String(120), nullable=False),
)

rechecks = Table(
    "rechecks",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("why", String(24), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("asked_by", String(120), nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("done_at", Instant),
    Column("outcome", String(16), nullable=False),
    Column("words", PlainText, nullable=False),
    Column("run", String(40), nullable=False),
)

closures = Table(
    "closures",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("unit", String(64), nullable=False),
    Column("target", String(64), nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("reason", PlainText, nullable=False),
    Column("who", String(120), nullable=False),
    Column("at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
)

notices = Table(
    "notices",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("unit", String(64), nullable=False),
    Column("case_id", String(16), nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("item", PlainJson, nullable=False),
    Column("told_at", Instant),
    Index(None, "told_at", "unit"),
    Index(None, "case_id"),
)

messages = Table(
    "messages",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("fingerprint", String(64), nullable=False, unique=True),
    Column("unit", String(64), nullable=False),
    Column("recipient", String(120), nullable=False),
    Column("level", String(16), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("shown_address", String(200), nullable=False),
    Column("day", Date, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("subject", PlainText, nullable=False),
    Column("body", PlainText, nullable=False),
    Column("created", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_at", Instant),
    Column("ended", Instant),
    Index(None, "state", "next_at"),
    Index(None, "unit", "day"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("message", ForeignKey("messages.number"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("ok", Boolean, nullable=False),
    Column("answer", PlainText, nullable=False),
)

apscheduler_jobs = Table(
    "apscheduler_jobs",
    metadata,
    Column("id", Unicode(191), primary_key=True),
    Column("next_run_time", Float(25), index=True),
    Column("job_state", LargeBinary, nullable=False),
)
"""The persistent jobs, in the shape that APScheduler's own job store reads and writes."""

APPEND_ONLY = ("deliveries",)
"""Tables whose rows may be added and nothing else; triggers hold it, see the migrations."""
