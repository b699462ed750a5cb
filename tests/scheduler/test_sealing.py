"""Rows of the database are sealed with the run that rests on them: every alteration is found and named."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    DateTime,
    Integer,
    MetaData,
    Table,
    create_engine,
    delete,
    insert,
    select,
    update,
)

from domain.finding import CaseState
from evidence.bundle import EvidenceStore
from scheduler.sealing import JOURNAL, ROWS, seal_run, verify_all
from storage.lock import DataLock
from storage.rows import RUN_TABLES
from storage.runs import Run
from storage.store import Store
from tests.storage.builders import BLIND, NIGHT, PASSED, REGISTRY, night, passes, verdict


def scan(store: Store, data: Path, number: int) -> Run:
    """One night: a lapse, a pass and a blind spot at one site, sealed and ended."""
    at = night(number)
    run = store.begin_run(REGISTRY, as_of=at, started=at, program="t")
    found = [verdict(), verdict(PASSED, check="column.empty"), verdict(BLIND, check="guide.incomplete")]
    store.take_in(run.id, "s01", found, {}, at, passes=[passes()])
    folder = data / "runs" / run.id
    folder.mkdir(parents=True)
    (folder / "plan.json").write_text("{}")
    seal_run(store, EvidenceStore(data), run, folder, at)
    return store.end_run(run.id, at)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two nights, a review between them."""
    with Store.open(tmp_path) as opened:
        scan(opened, tmp_path, 0)
        case = opened.findings()[0].id
        opened.review(case, CaseState.CONFIRMED, by="核实员", reason="属实", at=NIGHT + timedelta(hours=9))
        scan(opened, tmp_path, 1)
        yield opened


def tables(store: Store) -> dict[str, Table]:
    found = MetaData()
    found.reflect(store.engine)
    return dict(found.tables)


def alter(store: Store, statement: Any) -> None:
    """Changes the database past the program, its guards taken off."""
    engine = create_engine(store.engine.url)
    with engine.begin() as connection:
        guards = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars()
        for name in list(guards):
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        connection.execute(statement)
    engine.dispose()


def test_what_is_as_it_was_is_whole(store: Store, tmp_path: Path) -> None:
    found = verify_all(store, tmp_path)
    assert (found.ok, found.problems) == (True, ())
    for run in store.runs():
        assert (tmp_path / "runs" / run.id / ROWS).exists()
        assert (tmp_path / "runs" / run.id / JOURNAL).exists()


SEALED = [table.name for table, _, _ in RUN_TABLES if table.name != "evidence_files"] + ["case_events"]


@pytest.mark.parametrize("name", SEALED)
def test_every_column_that_is_altered_is_found(store: Store, tmp_path: Path, name: str) -> None:
    table = tables(store)[name]
    kept = next((names for one, _, names in RUN_TABLES if one.name == name and names), None)
    keys = {column.name for column in table.primary_key}
    for column in table.columns:
        if column.name in keys or column.foreign_keys or (kept is not None and column.name not in kept):
            continue
        with store.reading() as connection:
            row = connection.execute(select(table)).mappings().first()
        assert row is not None
        here = [table.c[key] == row[key] for key in keys]
        before = row[column.name]
        alter(store, update(table).where(*here).values({column.name: _other(column, before)}))
        found = verify_all(store, tmp_path)
        assert found.ok is False, column
        key = "/".join(str(row[key.name]) for key in table.primary_key)
        assert any(
            name in one.file and key in one.file and column.name in one.words for one in found.problems
        )
        alter(store, update(table).where(*here).values({column.name: before}))
    assert verify_all(store, tmp_path).ok is True


def _other(column: Any, value: Any) -> Any:
    if isinstance(column.type, Boolean):
        return not value
    if isinstance(column.type, Integer):
        return (value or 0) + 1
    if isinstance(column.type, DateTime):
        return value + timedelta(seconds=1) if value else NIGHT.replace(tzinfo=None)
    if isinstance(value, dict):
        return {**value, "age_days": 1}
    if isinstance(value, list):
        return [*value, "x/1"]
    return "x" if value is None else f"{value}x"


@pytest.mark.parametrize("name", ["outcomes", "sightings", "run_targets", "case_events"])
def test_a_row_that_is_gone_is_found(store: Store, tmp_path: Path, name: str) -> None:
    table = tables(store)[name]
    with store.reading() as connection:
        row = connection.execute(select(table)).mappings().first()
    assert row is not None
    alter(store, delete(table).where(*(table.c[key.name] == row[key.name] for key in table.primary_key)))
    problems = verify_all(store, tmp_path).problems
    assert any(name in one.file and "没有了" in one.words for one in problems)


def test_a_row_slipped_into_a_sealed_run_is_found(store: Store, tmp_path: Path) -> None:
    table = tables(store)["outcomes"]
    with store.reading() as connection:
        row = dict(connection.execute(select(table)).mappings().first() or {})
    row |= {"number": 999, "identity": "f" * 32}
    alter(store, insert(table).values(row))
    (problem,) = verify_all(store, tmp_path).problems
    assert "outcomes" in problem.file
    assert "999" in problem.file
    assert "添加" in problem.words


@pytest.mark.parametrize(
    ("column", "value"), [("state", "closed"), ("summary", "没有问题"), ("severity", "x"), ("observed", {})]
)
def test_a_case_that_shows_what_nobody_saw_or_decided_is_found(
    store: Store, tmp_path: Path, column: str, value: Any
) -> None:
    table = tables(store)["cases"]
    alter(store, update(table).values({column: value}))
    case = store.findings()[0].id
    problems = verify_all(store, tmp_path).problems
    assert any(case in one.file for one in problems)


def test_what_comes_after_the_seal_is_no_alteration_and_is_sealed_next(store: Store, tmp_path: Path) -> None:
    case = store.findings()[0].id
    store.review(case, CaseState.NOTIFIED, by="核实员", reason="已发通知", at=night(2))
    assert verify_all(store, tmp_path).ok is True
    scan(store, tmp_path, 3)
    table = tables(store)["case_events"]
    with store.reading() as connection:
        number = connection.execute(select(table.c.number).where(table.c.to_state == "notified")).scalar_one()
    alter(store, update(table).values({"by": "别人"}))
    words = [one.file for one in verify_all(store, tmp_path).problems]
    assert any(f"case_events 表 {number}" in file for file in words)


def test_a_run_that_left_no_rows_is_sealed_with_the_next(store: Store, tmp_path: Path) -> None:
    lost = store.begin_run(REGISTRY, as_of=night(2), started=night(2), program="t", alongside=True)
    store.take_in(lost.id, "s02", [verdict(target="s02", unit="U02")], {}, night(2))
    store.end_run(lost.id, night(2))
    scan(store, tmp_path, 4)
    table = tables(store)["outcomes"]
    alter(store, update(table).where(table.c.run == lost.number).values(reason="改了"))
    assert any("outcomes" in one.file for one in verify_all(store, tmp_path).problems)


def test_rows_are_the_same_text_each_time(store: Store, tmp_path: Path) -> None:
    first, again = io.BytesIO(), io.BytesIO()
    numbers = [run.number for run in store.runs()]
    store.write_run_rows(numbers, first)
    store.write_run_rows(numbers, again)
    assert first.getvalue() == again.getvalue()
    assert store.compare_rows(first.getvalue().splitlines(keepends=True)) == []
    with DataLock(tmp_path):
        assert verify_all(store, tmp_path).ok is True
