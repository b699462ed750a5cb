"""The tables of accounts' sources and of sealed secrets.

`sources` holds how each account's source stands; `secrets` holds what is sealed with a key that lies
outside the database.
"""

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from storage.column_types import Instant, PlainText
from storage.tables import metadata

sources = Table(
    "sources",
    metadata,
    Column("account", String(64), primary_key=True),
    Column("state", String(16), nullable=False),
    Column("since", Instant, nullable=False),
    Column("checked", Instant, nullable=False),
    Column("reason", PlainText, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("last_good", Instant),
    Column("newest", Instant),
    Column("posts", Integer),
    Column("answer", String(64)),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("set_at", Instant, nullable=False),
    Column("set_by", String(120), nullable=False),
    Column("note", PlainText, nullable=False),
)
