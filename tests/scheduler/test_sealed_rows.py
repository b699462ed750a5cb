"""Whatever row of the database is altered, deleted or slipped in is found; what is not covered is said."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, String, Table, insert, select

from domain.finding import CaseState, EvidenceFile
from evidence.bundle import EvidenceStore
from scheduler.sealing import row_problems, seal_run
from storage.column_types import Instant, PlainJson, PlainText
from storage.rows import RUN_TABLES, journal_tables
from storage.schema import metadata
from storage.store import Store, key_of
from tests.storage.builders import BLIND, NIGHT, PASSED, REGISTRY, night, passes, verdict

DOCS = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"

AFTER_THE_SEAL = {"runs": {"state", "ended", "counts", "problems"}}
"""What of a run is written when its seal is done."""

FILES = [EvidenceFile(kind="html", path="evidence/2026/F/x/page.html", sha256="0" * 64, captured_at=NIGHT)]


def scan(store: Store, data: Path, number: int) -> None:
    at = night(number)
    run = store.begin_run(REGISTRY, as_of=at, started=at, program="t")
    found = [verdict(), verdict(PASSED, check="column.empty"), verdict(BLIND, check="guide.incomplete")]
    store.take_in(run.id, "s01", found, {key_of(found[0]): FILES}, at, passes=[passes()])
    folder = data / "runs" / run.id
    folder.mkdir(parents=True)
    store.end_run(run.id, at)
    seal_run(store, EvidenceStore(data), run, folder, at)


def some_row(table: Table, filled: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A row of a table by the types of its columns."""
    values: dict[str, Any] = {}
    for column in table.columns:
        for key in column.foreign_keys:
            values[column.name] = filled[key.column.table.name][key.column.name]
        values.setdefault(column.name, some_value(column))
    return values


def some_value(column: Column[Any]) -> Any:
    if isinstance(column.type, Date):
        return NIGHT.date()
    if isinstance(column.type, Boolean):
        return True
    kinds = ((Integer, 1), (Instant, NIGHT), (PlainJson, {"a": 1}), (LargeBinary, b"paper"), (String, "x1"))
    return next((value for kind, value in kinds if isinstance(column.type, kind)), "x1")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three nights and a review; a row in each table of what people enter."""
    data = tmp_path_factory.mktemp("rows")
    with Store.open(data) as store:
        scan(store, data, 0)
        case = store.findings()[0].id
        store.review(case, CaseState.CONFIRMED, by="核实员", reason="属实", at=NIGHT + timedelta(hours=9))
        needed = {table.name for table in journal_tables()}
        for table in reversed(metadata.sorted_tables):
            if table.name in needed:
                needed |= {key.column.table.name for key in table.foreign_keys}
        with store.writing() as connection:
            filled = {
                table.name: dict(found)
                for table in metadata.sorted_tables
                if (found := connection.execute(select(table)).mappings().first()) is not None
            }
            for table in metadata.sorted_tables:
                if table.name in needed and table.name not in filled:
                    filled[table.name] = some_row(table, filled)
                    connection.execute(insert(table).values(filled[table.name]))
        scan(store, data, 1)
        scan(store, data, 2)
        assert row_problems(store, data) == []
    with closing(sqlite3.connect(data / "govwatch.db")) as connection:
        for (name,) in list(connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")):
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.commit()
    return data


COVERED = (
    {table.name for table, _, _ in RUN_TABLES}
    | {table.name for table in journal_tables()}
    | {"registries", "subject_lists"}
)


def rows_of(data: Path, name: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(data / "govwatch.db")) as connection:
        found = connection.execute(f'SELECT rowid, * FROM "{name}"')
        return [column[0] for column in found.description[1:]], found.fetchall()


def change(data: Path, *statements: tuple[str, tuple[Any, ...]]) -> None:
    with closing(sqlite3.connect(data / "govwatch.db")) as connection:
        for statement, values in statements:
            connection.execute(statement, values)
        connection.commit()


def other(value: Any) -> Any:
    """Another value of the same kind that the database would hold there."""
    match value:
        case None:
            return 1
        case int():
            return 1 - value if value in (0, 1) else value + 1000
        case bytes():
            return value + b"x"
        case str() if value[:1] in ("{", "["):
            found = json.loads(value)
            return json.dumps({**found, "zz": 1} if isinstance(found, dict) else [*found, "zz/1"])
        case str() if len(value) > 10 and value[4] == "-":
            return f"2031{value[4:]}"
        case _:
            return f"{value}x"


def numbered(name: str) -> str:
    """The column that is SQLite's own row number; none where there is no whole number as the key."""
    first, *others = metadata.tables[name].primary_key
    return "" if others or not isinstance(first.type, Integer) else first.name


def named(data: Path) -> list[str]:
    with Store.open(data) as store:
        return [problem.file for problem in row_problems(store, data)]


@pytest.mark.parametrize("name", sorted(COVERED))
def test_every_column_of_every_covered_table_counts(data: Path, name: str) -> None:
    columns, rows = rows_of(data, name)
    assert rows, "the fixture fills every covered table"
    row = rows[-1]
    for column, value in zip(columns, row[1:], strict=True):
        if column in AFTER_THE_SEAL.get(name, ()):
            continue
        changed = other(value)
        moved = changed if column == numbered(name) else row[0]
        change(data, (f'UPDATE "{name}" SET "{column}" = ? WHERE rowid = ?', (changed, row[0])))
        try:
            blamed = named(data)
        finally:
            change(data, (f'UPDATE "{name}" SET "{column}" = ? WHERE rowid = ?', (value, moved)))
        assert blamed, f"{name}.{column}"
    assert named(data) == []


@given(draw=st.data())
@settings(max_examples=60, deadline=None)
def test_any_row_altered_deleted_or_slipped_in_is_found(data: Path, draw: st.DataObject) -> None:
    name = draw.draw(st.sampled_from(sorted(COVERED)), label="table")
    columns, rows = rows_of(data, name)
    row = draw.draw(st.sampled_from(rows), label="row")
    places = ",".join("?" * len(row))
    named_columns = ",".join(f'"{column}"' for column in columns)
    whole = f'INSERT INTO "{name}" (rowid,{named_columns}) VALUES ({places})'
    # What people enter after the seal is no alteration: it is sealed with the next run.
    slips = (
        ["slip"] if name in {table.name for table, _, _ in RUN_TABLES} - {"runs", "evidence_files"} else []
    )
    how = draw.draw(st.sampled_from(["alter", "delete", *slips]), label="how")
    if how == "delete":
        there, back = (f'DELETE FROM "{name}" WHERE rowid = ?', (row[0],)), (whole, row)
    elif how == "slip":
        new = max(one[0] for one in rows) + 1
        keys = {column.name for column in metadata.tables[name].primary_key}
        unique = {"identity", "id", "target", "case_id"} & set(columns) or keys
        values = [
            new if column == "number" else f"{value}0" if column in unique else value
            for column, value in zip(columns, row[1:], strict=True)
        ]
        there = (whole, (new, *values))
        back = (f'DELETE FROM "{name}" WHERE rowid = ?', (new,))
    else:
        free = [column for column in columns if column not in AFTER_THE_SEAL.get(name, ())]
        column = draw.draw(st.sampled_from(free), label="column")
        value = row[1 + columns.index(column)]
        moved = other(value) if column == numbered(name) else row[0]
        statement = f'UPDATE "{name}" SET "{column}" = ? WHERE rowid = ?'
        there, back = (statement, (other(value), row[0])), (statement, (value, moved))
    change(data, there)
    try:
        blamed = named(data)
    finally:
        change(data, back)
    assert any(name in file or "cases" in file for file in blamed)


def test_what_is_not_covered_is_said() -> None:
    text = DOCS.read_text("utf-8")
    for table in metadata.sorted_tables:
        if table.name not in COVERED:
            assert f"`{table.name}`" in text, (
                f"docs/evidence.md does not say that {table.name} is not covered"
            )
    for names in AFTER_THE_SEAL.values():
        assert all(f"`{name}`" in text for name in names)


def test_text_columns_are_known_kinds() -> None:
    assert some_value(Column("a", PlainText)) == "x1"
