"""Backup and restore with a database that is no file of the data folder."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, select

from domain.finding import CaseState
from evidence.backup import BackupError
from evidence.bundle import EvidenceStore
from scheduler.safekeeping import backup_all, restore_all
from scheduler.sealing import seal_run, verify_all
from storage.dumping import read_dump
from storage.faults import StoreError
from storage.schema import metadata
from storage.store import Store, key_of
from tests.e2e.postgres import postgres_server
from tests.evidence.sealing import record
from tests.storage.builders import BLIND, NIGHT, PASSED, REGISTRY, night, verdict

pytestmark = pytest.mark.postgres

_numbers = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[Engine]:
    with postgres_server() as address:
        engine = create_engine(make_url(address).set(drivername="postgresql+psycopg"))
        yield engine
        engine.dispose()


def empty(server: Engine) -> str:
    name = f"kept_{next(_numbers)}"
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    return make_url(server.url).set(database=name).render_as_string(hide_password=False)


def scan(store: Store, data: Path, number: int, outcome: object = None) -> None:
    """One night, sealed, with evidence of its lapse."""
    at = night(number)
    run = store.begin_run(REGISTRY, as_of=at, started=at, program="t")
    lapse = verdict() if outcome is None else verdict(outcome)  # type: ignore[arg-type]
    found = [lapse, verdict(PASSED, check="column.empty"), verdict(BLIND, check="guide.incomplete")]
    seals = EvidenceStore(data)
    files = seals.seal(record(f"F{number}", captured_at=at), {"page.html": b"<p>" + str(number).encode()})
    store.take_in(run.id, "s01", found, {key_of(lapse): files}, at)
    folder = data / "runs" / run.id
    folder.mkdir(parents=True)
    (folder / "plan.json").write_text("{}")
    store.end_run(run.id, at)
    seal_run(store, seals, run, folder, at)


@pytest.fixture
def kept(tmp_path: Path, server: Engine) -> tuple[Path, str]:
    """A lapse that was confirmed, mended and came back: its second case names the first."""
    data, url = tmp_path / "data", empty(server)
    data.mkdir()
    with Store.open(data, url) as store:
        scan(store, data, 0)
        case = store.findings()[0].id
        store.review(case, CaseState.CONFIRMED, by="核实员", reason="属实", at=NIGHT + timedelta(hours=9))
        scan(store, data, 1, PASSED)
        scan(store, data, 2)
        assert len(store.findings()) == 2
    return data, url


def contents(url: str) -> dict[str, list[object]]:
    with Store.open(None, url) as store, store.reading() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
        }


def test_a_backup_brings_back_files_and_every_row(
    kept: tuple[Path, str], tmp_path: Path, server: Engine
) -> None:
    data, url = kept
    archive, anew, other = tmp_path / "b.tar", tmp_path / "anew", empty(server)
    backup_all(data, archive, night(3), url)
    restore_all(archive, anew, other)
    assert contents(other) == contents(url)
    assert not (anew / "DATABASE.jsonl").exists()
    with Store.open(anew, other) as store:
        assert verify_all(store, anew).ok is True
        scan(store, anew, 4)
        assert verify_all(store, anew).ok is True


def test_a_database_that_is_not_empty_is_refused_and_nothing_is_left(
    kept: tuple[Path, str], tmp_path: Path
) -> None:
    data, url = kept
    archive, anew = tmp_path / "b.tar", tmp_path / "anew"
    backup_all(data, archive, night(3), url)
    before = contents(url)
    with pytest.raises(StoreError, match="不是空的"):
        restore_all(archive, anew, url)
    assert contents(url) == before
    assert not anew.exists()


def test_without_a_database_to_restore_into_it_is_said(kept: tuple[Path, str], tmp_path: Path) -> None:
    data, url = kept
    archive, anew = tmp_path / "b.tar", tmp_path / "anew"
    backup_all(data, archive, night(3), url)
    with pytest.raises(BackupError, match="GOVWATCH_DATABASE_URL"):
        restore_all(archive, anew, None)
    assert not anew.exists()


@pytest.mark.parametrize(
    "lines",
    [[b""], [b'{"format":"x"}\n'], [b'{"format":"govwatch-database/1","schema":"9999"}\n'], [b"\xff\n"]],
)
def test_a_damaged_or_foreign_copy_is_refused(lines: list[bytes], server: Engine) -> None:
    url = empty(server)
    with pytest.raises(StoreError, match="损坏"):
        read_dump(url, lines)
    assert not any(contents(url).values())
