"""The whole database as lines of text, and back into an empty one, without any tools of the server's.

The first line names the format and the schema; each further one is {"t": table, "v": values}.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import IO, Any

from sqlalchemy import Column, Connection, Engine, Table, bindparam, insert, inspect, select, text, update
from sqlalchemy import Date as DateType
from sqlalchemy import LargeBinary as BinaryType
from sqlalchemy.exc import DBAPIError

from storage.column_types import Instant
from storage.engine import address_of, open_engine
from storage.faults import StoreError
from storage.migrating import bring_up, revision_of
from storage.schema import metadata

FORMAT = "govwatch-database/1"
CHUNK = 500


def write_dump(engine: Engine, out: IO[bytes]) -> int:
    """Writes every row as it stands at one moment; gives their number."""
    rows = 0
    calm = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**calm) as connection, connection.begin():
        out.write(_line({"format": FORMAT, "schema": revision_of(connection)}))
        for table in metadata.sorted_tables:
            stream = connection.execution_options(yield_per=CHUNK)
            for row in stream.execute(select(table).order_by(*table.primary_key)).mappings():
                out.write(_line({"t": table.name, "v": {c.name: _plain(row[c.name]) for c in table.columns}}))
                rows += 1
    return rows


def read_dump(url: str, lines: Iterable[bytes]) -> int:
    """Fills an empty database; gives the number of rows. All of it is written or nothing.

    Raises StoreError when the database is not empty, the copy is damaged or of another version.
    """
    engine = open_engine(address_of(None, url))
    try:
        _refuse_filled(engine)
        bring_up(engine)
        with engine.execution_options(writes=True).connect() as connection, connection.begin():
            return _fill(connection, iter(lines))
    except DBAPIError as error:
        reason = str(error.orig or error).strip().splitlines()[0]
        raise StoreError(f"数据库没有恢复，内容未写入：{reason}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"备份中的数据库内容已损坏，没有恢复：{error}") from error
    finally:
        engine.dispose()


def _refuse_filled(engine: Engine) -> None:
    try:
        found = inspect(engine).get_table_names()
    except DBAPIError as error:
        raise StoreError(f"数据库打不开（{engine.url.render_as_string()}）") from error
    if found:
        raise StoreError(
            f"要恢复到的数据库不是空的（{engine.url.render_as_string()}，有 {len(found)} 张表），"
            "请另建一个空库，再把 GOVWATCH_DATABASE_URL 指向它"
        )


def _fill(connection: Connection, lines: Iterator[bytes]) -> int:
    head = json.loads(next(lines, b"{}"))
    if head.get("format") != FORMAT:
        raise ValueError("不是本程序写的数据库备份")
    if head.get("schema") != revision_of(connection):
        raise ValueError(f"备份的库结构是 {head.get('schema')}，请用备份时的同一版本程序恢复")
    rows, of = 0, ""
    waiting: list[dict[str, Any]] = []
    later: list[tuple[Table, dict[str, Any]]] = []
    for line in lines:
        row = json.loads(line)
        if row["t"] != of or len(waiting) >= CHUNK:
            _put(connection, of, waiting, later)
            waiting, of = [], row["t"]
        table = metadata.tables[of]
        waiting.append({column.name: _value(column, row["v"][column.name]) for column in table.columns})
        rows += 1
    _put(connection, of, waiting, later)
    for table, values in later:
        keys = [column == bindparam(f"key_{column.name}") for column in table.primary_key]
        connection.execute(update(table).where(*keys), values)
    _count_on(connection)
    return rows


def _put(
    connection: Connection,
    name: str,
    rows: list[dict[str, Any]],
    later: list[tuple[Table, dict[str, Any]]],
) -> None:
    """Inserts rows; what refers to rows of the same table is filled in when all are there."""
    if not rows:
        return
    table = metadata.tables[name]
    own = [c.name for c in table.columns if any(key.column.table is table for key in c.foreign_keys)]
    for row in rows:
        held = {column: row[column] for column in own if row[column] is not None}
        if held:
            keys = {f"key_{column.name}": row[column.name] for column in table.primary_key}
            later.append((table, {**held, **keys}))
            row.update(dict.fromkeys(held))
    connection.execute(insert(table), rows)


def _count_on(connection: Connection) -> None:
    """Lets PostgreSQL number new rows after the restored ones."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            name = connection.execute(
                text("SELECT pg_get_serial_sequence(:table, :column)"),
                {"table": table.name, "column": column.name},
            ).scalar()
            newest = connection.execute(select(column).order_by(column.desc()).limit(1)).scalar()
            if name and newest:
                connection.execute(text("SELECT setval(:name, :newest)"), {"name": name, "newest": newest})


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value.isoformat() if isinstance(value, datetime | date) else value


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    if isinstance(column.type, DateType):
        return date.fromisoformat(value)
    return base64.b64decode(value) if isinstance(column.type, BinaryType) else value


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
