"""Opens the database: SQLite in the data folder, or what the address names."""

from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError

from storage.faults import StoreError

FILE_NAME = "govwatch.db"
BUSY_MS = 30_000
"""How long a writer waits for another one before it gives up."""


def address_of(data: Path | None, url: str | None) -> URL:
    """The database's address: `url` when given, else the SQLite file in the data folder.

    Raises StoreError when neither is given or the address is of a kind that is not supported.
    """
    if url:
        return _checked(url)
    if data is None:
        raise StoreError("既没有数据文件夹，也没有数据库地址，请用 --data 指明数据文件夹")
    return URL.create("sqlite", database=str(data / FILE_NAME))


def _checked(url: str) -> URL:
    try:
        address = make_url(url.strip())
    except ArgumentError:
        raise StoreError(
            "数据库地址无法识别，应写成 postgresql://用户:密码@主机:端口/库名 或 sqlite:////路径/文件.db"
        ) from None
    if address.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() == "sqlite" and address.database:
        return address
    raise StoreError(f"不支持的数据库“{address.drivername}”，请用 postgresql:// 或 sqlite:/// 开头的地址")


def open_engine(address: URL) -> Engine:
    """The engine. SQLite: write-ahead log, foreign keys, transactions begun by us. Raises StoreError."""
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True, **_JSON)
    folder = Path(str(address.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"数据文件夹“{folder}”建不起来（{error.strerror}），请检查路径和权限") from error
    engine = create_engine(address, **_JSON)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


_JSON: dict[str, Any] = {"json_serializer": _json, "json_deserializer": msgspec.json.decode}


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not begin or commit by itself: a migration or a night is one transaction.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-8000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A reader that turns writer in mid-transaction fails at once when another writes: writers say so first.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def lock_name(connection: Connection, name: str) -> None:
    """Holds a name until the transaction ends. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        import hashlib

        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (number,))
