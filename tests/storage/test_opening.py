"""Opening the database: made, migrated, refused."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage.faults import StoreError
from storage.migrating import configuration, revisions
from storage.schema import metadata
from storage.store import Store
from tests.storage.builders import begin, verdict


def test_migrations_and_tables_agree(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_revisions_are_one_chain_in_the_order_that_the_files_name() -> None:
    script = ScriptDirectory.from_config(configuration())
    assert list(revisions()) == [each.revision for each in script.walk_revisions()][::-1]
    assert script.get_current_head() == revisions()[-1]


def test_every_migration_can_be_taken_back(store: Store) -> None:
    with store.engine.execution_options(writes=True).begin() as connection:
        command.downgrade(configuration(connection), "base")
    with store.engine.execution_options(writes=True).begin() as connection:
        command.upgrade(configuration(connection), "head")
    assert store.last_run() is None


def test_opened_again_it_holds_what_it_held(tmp_path: Path, url: str | None) -> None:
    with Store.open(tmp_path, url) as store:
        run = begin(store)
        store.take_in(run.id, "s01", [verdict()], {}, run.as_of)
        before = store.findings()
    with Store.open(tmp_path, url) as store:
        assert store.findings() == before


def test_a_newer_schema_is_refused(tmp_path: Path, url: str | None) -> None:
    with Store.open(tmp_path, url) as store, store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="更新版本的程序建立的（库结构 9999"):
        Store.open(tmp_path, url)


def test_sqlite_is_set_up_for_safety(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store, store.reading() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert values == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 30_000}
    assert (tmp_path / "govwatch.db").exists()
    assert store.address == str(tmp_path / "govwatch.db")


def test_an_address_of_a_file_is_taken(tmp_path: Path) -> None:
    with Store.open(None, f"sqlite:///{tmp_path}/else.db"):
        assert (tmp_path / "else.db").exists()


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "govwatch.db").write_bytes(b"this is no database, but long enough to look like one" * 9)
    with pytest.raises(StoreError, match="数据库"):
        Store.open(tmp_path)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://u:p@h/d", "不支持的数据库“mysql”"),
        ("nonsense", "无法识别"),
        ("sqlite://", "不支持"),
        ("postgresql://u:geheim@127.0.0.1:1/none", "打不开"),
    ],
)
def test_a_wrong_address_is_explained_without_its_password(tmp_path: Path, url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as caught:
        Store.open(tmp_path, url)
    assert "geheim" not in str(caught.value)


def test_nowhere_to_keep_anything() -> None:
    with pytest.raises(StoreError, match="--data"):
        Store.open(None)


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="建不起来"):
        Store.open(tmp_path / "file" / "data")


def test_a_failing_statement_changes_nothing_and_is_explained(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        run = begin(store)

        def fail() -> None:
            with store.writing() as connection:
                connection.execute(text("UPDATE runs SET state = 'spoilt'"))
                connection.execute(text("SELECT * FROM nowhere"))

        with pytest.raises(StoreError, match="没有完成"):
            fail()
        assert store.run(run.id) == run


OPENER = """
import sys
from pathlib import Path
from storage.store import Store
sys.stdin.readline()
with Store.open(Path(sys.argv[1]), sys.argv[2] or None) as store:
    assert store.last_run() is None
"""


def test_many_may_come_first(tmp_path: Path, url: str | None) -> None:
    openers = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER, str(tmp_path), url or ""], stdin=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for opener in openers:
        assert opener.stdin is not None
        opener.stdin.write("now\n")
        opener.stdin.flush()
    for opener in openers:
        opener.communicate()
    assert [opener.returncode for opener in openers] == [0, 0, 0, 0]


def test_two_that_take_in_the_same_target_count_once(tmp_path: Path, url: str | None) -> None:
    with Store.open(tmp_path, url) as store:
        run = begin(store)

        def act(_: int) -> bool:
            return not store.take_in(run.id, "s01", [verdict()], {}, run.as_of).already

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(act, range(8))) == 1
        (found,) = store.findings()
        assert found.sightings == 1
