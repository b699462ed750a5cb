"""The tables of the portal: people, their sessions and tokens, what units write, what staff decide and set.

Kept for good (the database refuses to change a row): the audit log, submissions with their attachments,
decisions, due dates, versions of the registry and of the settings.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.column_types import Instant, PlainJson, PlainText
from storage.tables import cases, metadata, outcomes

people = Table(
    "people",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("login", String(64), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("role", String(16), nullable=False),
    Column("unit", String(64), nullable=False),
    Column("password", String(255), nullable=False),
    Column("one_time", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Instant),
    Column("created", Instant, nullable=False),
    Column("last_login", Instant),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("created", Instant, nullable=False),
    Column("seen", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("scopes", PlainJson, nullable=False),
    Column("created", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
    Column("used", Instant),
    Column("revoked", Instant),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False, index=True),
    Column("who", String(64), nullable=False),
    Column("act", String(40), nullable=False),
    Column("object", String(200), nullable=False),
    Column("detail", PlainJson, nullable=False),
    Column("address", String(64), nullable=False),
)

saved_views = Table(
    "saved_views",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("query", PlainText, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("person", "name"),
)

submissions = Table(
    "submissions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("unit", String(64), nullable=False),
    Column("who", String(64), nullable=False),
    Column("words", PlainText, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "kind", "at"),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("submission", ForeignKey("submissions.id"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("submission", ForeignKey("submissions.id"), primary_key=True),
    Column("upheld", Boolean, nullable=False),
    Column("reason", PlainText, nullable=False),
    Column("who", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)

deadlines = Table(
    "deadlines",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("due", String(10), nullable=False),
    Column("who", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)

registry_versions = Table(
    "registry_versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("body", PlainJson, nullable=False),
    Column("note", PlainText, nullable=False),
    Column("who", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)

setting_versions = Table(
    "setting_versions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("name", String(64), nullable=False),
    Column("value", PlainJson),
    Column("who", String(64), nullable=False),
    Column("at", Instant, nullable=False),
)

APPEND_ONLY = (
    "audit",
    "submissions",
    "attachments",
    "decisions",
    "deadlines",
    "registry_versions",
    "setting_versions",
)
"""Tables whose rows may be added and nothing else; triggers hold it, see the migrations."""

LISTING = (
    Index("ix_cases_counting", cases.c.check_id, cases.c.unit, cases.c.state, cases.c.severity),
    Index("ix_cases_newest", cases.c.last_seen, cases.c.id),
    Index("ix_cases_first", cases.c.first_seen, cases.c.id),
    Index("ix_cases_in_state", cases.c.state, cases.c.first_seen, cases.c.id, cases.c.severity),
    Index("ix_cases_sighted", cases.c.sightings, cases.c.id),
    Index("ix_outcomes_judged", outcomes.c.run, outcomes.c.outcome, outcomes.c.unit),
    Index("ix_cases_of_unit", cases.c.unit, cases.c.severity, cases.c.last_seen, cases.c.id),
)
"""Indexes by which lists and counts of cases are quick with a hundred thousand of them."""
