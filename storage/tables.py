"""The tables of runs, judgements and cases. Other subjects add their own modules to the same metadata.

Long texts are never indexed: `identity` and `digest` columns hold a hash of them, since an address may be
longer than an index entry can be.
"""

import hashlib

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from storage.column_types import Instant, PlainJson, PlainText

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def identity_of(*parts: str) -> str:
    """A short name for what the parts name together: 32 hexadecimal digits."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


registries = Table(
    "registries",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("body", PlainJson, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(40), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("started", Instant, nullable=False),
    Column("ended", Instant),
    Column("as_of", Instant, nullable=False),
    Column("program", String(80), nullable=False),
    Column("schemes", PlainJson, nullable=False),
    Column("registry", ForeignKey("registries.digest"), nullable=False),
    Column("options", PlainJson, nullable=False),
    Column("counts", PlainJson, nullable=False),
    Column("problems", PlainJson, nullable=False),
)

run_targets = Table(
    "run_targets",
    metadata,
    Column("run", ForeignKey("runs.number"), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("target", String(64), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("taken_in", Instant),
    Column("complete", Boolean, nullable=False),
    Column("counts", PlainJson, nullable=False),
    Column("gaps", PlainJson, nullable=False),
    Column("note", PlainText, nullable=False),
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("run", ForeignKey("runs.number"), nullable=False),
    Column("identity", String(32), nullable=False),
    Column("check_id", String(80), nullable=False),
    Column("target_kind", String(8), nullable=False),
    Column("target", String(64), nullable=False),
    Column("unit", String(64), nullable=False),
    Column("subject", PlainText, nullable=False),
    Column("subject_name", PlainText, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("reason", PlainText, nullable=False),
    Column("detail", PlainJson),
    Column("indicators", PlainJson, nullable=False),
    Column("answers", PlainJson),
    Column("witnesses", Integer, nullable=False),
    Column("trial", Boolean, nullable=False),
    Column("crash", PlainText, nullable=False),
    Column("case_id", ForeignKey("cases.id")),
    UniqueConstraint("run", "identity"),
    Index(None, "run", "target"),
)

subject_lists = Table(
    "subject_lists",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

pass_lists = Table(
    "pass_lists",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("run", ForeignKey("runs.number"), nullable=False),
    Column("check_id", String(80), nullable=False),
    Column("target_kind", String(8), nullable=False),
    Column("target", String(64), nullable=False),
    Column("unit", String(64), nullable=False),
    Column("reason", PlainText, nullable=False),
    Column("indicators", PlainJson, nullable=False),
    Column("answers", PlainJson),
    Column("witnesses", Integer, nullable=False),
    Column("trial", Boolean, nullable=False),
    Column("size", Integer, nullable=False),
    Column("subjects", ForeignKey("subject_lists.digest"), nullable=False),
    Index(None, "run", "target"),
    Index(None, "run", "unit"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("identity", String(32), nullable=False),
    Column("occurrence", Integer, nullable=False),
    Column("former", ForeignKey("cases.id")),
    Column("check_id", String(80), nullable=False),
    Column("target_kind", String(8), nullable=False),
    Column("target", String(64), nullable=False),
    Column("unit", String(64), nullable=False),
    Column("subject", PlainText, nullable=False),
    Column("subject_name", PlainText, nullable=False),
    Column("url", PlainText, nullable=False),
    Column("severity", String(16), nullable=False),
    Column("trial", Boolean, nullable=False),
    Column("summary", PlainText, nullable=False),
    Column("observed", PlainJson, nullable=False),
    Column("expected", PlainJson, nullable=False),
    Column("indicators", PlainJson, nullable=False),
    Column("answers", PlainJson),
    Column("witnesses", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("first_seen", Instant, nullable=False),
    Column("last_seen", Instant, nullable=False),
    Column("first_run", ForeignKey("runs.number"), nullable=False),
    Column("last_run", ForeignKey("runs.number"), nullable=False),
    Column("sightings", Integer, nullable=False),
    Column("mended_at", Instant),
    Column("until", Instant),
    UniqueConstraint("identity", "occurrence"),
    Index(None, "target"),
    Index(None, "unit", "state"),
    Index(None, "check_id"),
    Index(None, "state"),
    Index("ix_cases_listing", "first_seen", "check_id", "unit", "identity", "occurrence"),
)

sightings = Table(
    "sightings",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("run", ForeignKey("runs.number"), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("severity", String(16), nullable=False),
    Column("summary", PlainText, nullable=False),
    Column("observed", PlainJson, nullable=False),
    Column("expected", PlainJson, nullable=False),
    Column("indicators", PlainJson, nullable=False),
    Column("witnesses", Integer, nullable=False),
)

evidence_files = Table(
    "evidence_files",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("run", ForeignKey("runs.number"), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("path", String(500), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("captured_at", Instant, nullable=False),
    UniqueConstraint("case_id", "path"),
)

case_events = Table(
    "case_events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("by", String(120), nullable=False),
    Column("from_state", String(16)),
    Column("to_state", String(16), nullable=False),
    Column("reason", PlainText, nullable=False),
    Column("until", Instant),
    Column("run", ForeignKey("runs.number")),
)

item_history = Table(
    "item_history",
    metadata,
    Column("site", String(64), primary_key=True),
    Column("digest", String(32), primary_key=True),
    Column("url", PlainText, nullable=False),
    Column("first_seen", Date, nullable=False),
)

validators = Table(
    "validators",
    metadata,
    Column("site", String(64), primary_key=True),
    Column("digest", String(32), primary_key=True),
    Column("url", PlainText, nullable=False),
    Column("etag", PlainText),
    Column("last_modified", PlainText),
    Column("body", String(64)),
    Column("fetched_at", Instant, nullable=False),
)
