"""The tables of what people enter and of the ledger. The database refuses to change or delete a row."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from storage.column_types import Instant, PlainJson
from storage.tables import metadata

records = Table(
    "records",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("kind", String(24), nullable=False),
    Column("scheme", String(64), nullable=False),
    Column("year", Integer, nullable=False),
    Column("unit", String(64), nullable=False),
    Column("author", String(120), nullable=False),
    Column("at", Instant, nullable=False),
    Column("replaces", String(32), nullable=False),
    Column("body", PlainJson, nullable=False),
    Index(None, "scheme", "year", "unit"),
)

ledger = Table(
    "ledger",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("entry", String(16), nullable=False),
    Column("scheme", String(64), nullable=False),
    Column("version", String(64), nullable=False),
    Column("year", Integer, nullable=False),
    Column("unit", String(64), nullable=False),
    Column("line", String(32), nullable=False),
    Column("way", String(16), nullable=False),
    Column("points", String(40), nullable=False),
    Column("source", String(80), nullable=False),
    Column("reverses", String(32), nullable=False),
    Column("author", String(120), nullable=False),
    Column("at", Instant, nullable=False),
    Column("body", PlainJson, nullable=False),
    Index(None, "scheme", "year", "unit"),
    Index(None, "source"),
)

closings = Table(
    "closings",
    metadata,
    Column("scheme", String(64), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("seal", String(64), nullable=False),
    Column("author", String(120), nullable=False),
    Column("at", Instant, nullable=False),
    Column("versions", PlainJson, nullable=False),
    Column("scores", PlainJson, nullable=False),
)

closing_papers = Table(
    "closing_papers",
    metadata,
    Column("scheme", String(64), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

APPEND_ONLY = ("case_events", "records", "ledger", "closings", "closing_papers")
"""Tables whose rows may be added and nothing else; triggers hold it, see the migrations."""
