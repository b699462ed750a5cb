"""Rows as lines of text, so that they can be sealed and later be held against the database.

A line is {"k": key, "t": table, "v": values}, keys sorted. What a run judged is taken run by run: there, rows
that were added count as altered too. What people entered and decided (the journal) is taken row by row.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Integer, Select, Table, select

from storage.schema import APPEND_ONLY, metadata
from storage.tables import cases, evidence_files, outcomes, pass_lists, run_targets, runs, sightings

FORMAT = "govwatch-rows/1"
CHUNK = 500

OPENED = (
    "id", "identity", "occurrence", "former", "check_id", "target_kind", "target", "unit", "subject",
    "first_run",
)  # fmt: skip
"""What of a case never changes once it was opened."""

BEGUN = ("number", "id", "started", "as_of", "program", "schemes", "registry", "options")
"""What of a run never changes once it was begun."""

RUN_TABLES: tuple[tuple[Table, Column[Any], tuple[str, ...]], ...] = (
    (runs, runs.c.number, BEGUN),
    (run_targets, run_targets.c.run, ()),
    (outcomes, outcomes.c.run, ()),
    (pass_lists, pass_lists.c.run, ()),
    (cases, cases.c.first_run, OPENED),
    (sightings, sightings.c.run, ()),
    (evidence_files, evidence_files.c.run, ()),
)
"""Tables whose rows belong to one run: the column that names it, and the columns kept (none: all)."""


def journal_tables() -> tuple[Table, ...]:
    """The append-only tables."""
    return tuple(metadata.tables[name] for name in APPEND_ONLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A row that is not what was sealed: its table and key, and in Chinese what is the matter."""

    table: str
    key: str
    words: str


def unreadable(table: str) -> Difference:
    """A table in which something stands that no value of its kind can be."""
    return Difference(table=table, key="", words="有的行读不出，内容被改成了不合格式的样子")


def run_lines(connection: Connection, numbers: Sequence[int]) -> Iterator[bytes]:
    """The rows of some runs, the columns kept of each table first."""
    kept = {table.name: list(_columns(table, names)) for table, _, names in RUN_TABLES}
    yield _line({"columns": kept, "format": FORMAT, "runs": list(numbers)})
    for number in numbers:
        for table, _, _ in RUN_TABLES:
            for key, values in _of_run(connection, table.name, kept[table.name], number):
                yield _line({"k": key, "t": table.name, "v": values})


def journal_lines(connection: Connection, sealed: Mapping[str, frozenset[str]]) -> Iterator[bytes]:
    """The append-only rows whose keys are not among `sealed`, by table."""
    tables = journal_tables()
    kept = {table.name: list(_columns(table, ())) for table in tables}
    yield _line({"columns": kept, "format": FORMAT, "journal": True})
    for table in tables:
        known = sealed.get(table.name, frozenset())
        keys = connection.execute(select(*table.primary_key).order_by(*table.primary_key))
        fresh = [key for row in keys if (key := _key(row)) not in known]
        for key, values in _of_keys(connection, table, kept[table.name], fresh):
            yield _line({"k": key, "t": table.name, "v": values})


def journal_keys(lines: Iterable[bytes]) -> dict[str, frozenset[str]]:
    """Which rows a sealed journal has, by table. Raises ValueError for lines that are not ours."""
    found: dict[str, set[str]] = {}
    for line in lines:
        row = _read(line)
        if "t" in row:
            found.setdefault(row["t"], set()).add(str(row["k"]))
    return {table: frozenset(keys) for table, keys in found.items()}


def differences(connection: Connection, lines: Iterable[bytes]) -> list[Difference]:
    """The rows that are no longer what sealed lines say. Raises ValueError for lines that are not ours."""
    rows = iter(lines)
    head = _read(next(rows, b"{}"))
    if head.get("format") != FORMAT:
        raise ValueError("不是本程序写的记录底本")
    sealed: dict[str, dict[str, dict[str, Any]]] = {}
    for line in rows:
        row = _read(line)
        sealed.setdefault(row["t"], {})[row["k"]] = row["v"]
    found: list[Difference] = []
    for name, columns in head["columns"].items():
        then = sealed.get(name, {})
        try:
            now = dict(_now(connection, head, name, columns, then))
        except (ValueError, TypeError):
            found.append(unreadable(name))
            continue
        found += _compare(name, then, now)
    return found


def _now(
    connection: Connection, head: Mapping[str, Any], name: str, columns: list[str], then: Iterable[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    table = metadata.tables.get(name)
    if table is None:
        return
    columns = [column for column in columns if column in table.c]
    if head.get("journal"):
        yield from _of_keys(connection, table, columns, list(then))
        return
    for number in head["runs"]:
        yield from _of_run(connection, name, columns, number)


def _compare(
    table: str, then: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]
) -> Iterator[Difference]:
    for key, values in then.items():
        if key not in now:
            yield Difference(table=table, key=key, words="封存时有这一行，现在没有了")
            continue
        changed = [name for name, value in now[key].items() if values.get(name) != value]
        if changed:
            yield Difference(table=table, key=key, words=f"与封存时不同：{'、'.join(sorted(changed))}")
    for key in now.keys() - then.keys():
        yield Difference(table=table, key=key, words="封存之后添加的，封存时没有这一行")


def _of_run(
    connection: Connection, name: str, columns: Sequence[str], number: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    table, owner = next((table, column) for table, column, _ in RUN_TABLES if table.name == name)
    yield from _rows(connection, table, columns, select(table).where(owner == number))


def _of_keys(
    connection: Connection, table: Table, columns: Sequence[str], keys: Sequence[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    first, *others = table.primary_key
    if not others and isinstance(first.type, Integer):
        numbers = [int(key) for key in keys]
        for start in range(0, len(numbers), CHUNK):
            wanted = select(table).where(first.in_(numbers[start : start + CHUNK]))
            yield from _rows(connection, table, columns, wanted)
    elif keys:
        # Few tables have other keys, and few rows: years closed, what units handed in.
        wanted_keys = frozenset(keys)
        for key, values in _rows(connection, table, columns, select(table)):
            if key in wanted_keys:
                yield key, values


def _rows(
    connection: Connection, table: Table, columns: Sequence[str], query: Select[Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    keys = [column.name for column in table.primary_key]
    for row in connection.execute(query.order_by(*table.primary_key)).mappings():
        yield _key([row[key] for key in keys]), {name: _plain(row[name]) for name in columns}


def _key(values: Iterable[Any]) -> str:
    return "/".join(str(value) for value in values)


def _columns(table: Table, names: Sequence[str]) -> Iterator[str]:
    yield from names or (str(column.name) for column in table.columns)


def _plain(value: Any) -> Any:
    """A value as JSON keeps it on both databases."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"sha256:{hashlib.sha256(value).hexdigest()}"
    return value


def _line(value: Any) -> bytes:
    return msgspec.json.encode(value, order="sorted", enc_hook=str) + b"\n"


def _read(line: bytes) -> dict[str, Any]:
    value = json.loads(line)
    if not isinstance(value, dict):
        raise ValueError("不是本程序写的记录底本")
    return value
