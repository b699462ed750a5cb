"""How accounts' sources stand, and their secrets."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.observation import CHINA
from storage.faults import StoreError
from storage.sources import SourceSight
from storage.store import Store

NIGHT = datetime(2026, 6, 1, 2, 0, tzinfo=CHINA)


def night(number: int) -> datetime:
    return NIGHT + timedelta(days=number)


def good(number: int, newest: int, posts: int = 20) -> SourceSight:
    return SourceSight(account="a1", at=night(number), newest=night(newest), posts=posts, answer="f" * 64)


def bad(number: int, reason: str = "信息源返回503") -> SourceSight:
    return SourceSight(account="a1", at=night(number), reason=reason)


def test_blind_since_the_first_failure_and_the_last_good_answer_is_kept(store: Store) -> None:
    assert store.source_health("a1") is None
    store.note_source(good(0, -1))
    store.note_source(bad(1))
    health = store.note_source(bad(2, "响应超时"))
    assert (health.works, health.since, health.failures, health.reason) == (False, night(1), 2, "响应超时")
    assert (health.last_good, health.newest, health.posts) == (night(0), night(-1), 20)
    assert health.answer == "f" * 64
    assert store.sources() == [store.source_health("a1")]


def test_works_again_and_counts_anew(store: Store) -> None:
    store.note_source(bad(1))
    health = store.note_source(good(3, 2))
    assert (health.works, health.since, health.failures, health.reason) == (True, night(3), 0, "")
    assert store.note_source(good(4, 2)).since == night(3)
    assert store.note_source(bad(6)).since == night(6)


def test_the_newest_ever_seen_stays_known(store: Store) -> None:
    store.note_source(good(3, 2))
    assert store.note_source(good(4, -9)).newest == night(2)


def test_forgotten_when_its_address_changes(store: Store) -> None:
    store.note_source(bad(1))
    store.forget_source("a1")
    assert store.source_health("a1") is None


def test_secrets_are_sealed_with_a_key_outside_the_database(store: Store, tmp_path: Path) -> None:
    key = tmp_path / "elsewhere" / "secrets.key"
    store.seal_secret(key, "wx-u15", " s3cret-value ", at=NIGHT, by="张三", note="卫健委订阅号")
    assert store.open_secret(key, "wx-u15") == "s3cret-value"
    assert store.open_secret(key, "other") is None
    assert os.stat(key).st_mode & 0o777 == 0o600
    (entry,) = store.secrets()
    assert (entry.name, entry.set_by, entry.set_at, entry.note) == ("wx-u15", "张三", NIGHT, "卫健委订阅号")
    assert "s3cret" not in repr(entry)
    with store.reading() as connection:
        row = connection.execute(text("SELECT sealed FROM secrets")).one()
    assert b"s3cret" not in bytes(row.sealed)
    store.seal_secret(key, "wx-u15", "another", at=night(1), by="李四")
    assert store.open_secret(key, "wx-u15") == "another"
    assert store.remove_secret("wx-u15")
    assert not store.remove_secret("wx-u15")


def test_a_row_cannot_be_passed_off_as_another(store: Store, tmp_path: Path) -> None:
    key = tmp_path / "secrets.key"
    store.seal_secret(key, "a", "first-secret", at=NIGHT, by="张三")
    with store.writing() as connection:
        connection.execute(text("UPDATE secrets SET name = 'b'"))
    with pytest.raises(StoreError, match="不符"):
        store.open_secret(key, "b")


def test_key_that_is_missing_readable_by_others_or_another(store: Store, tmp_path: Path) -> None:
    key = tmp_path / "secrets.key"
    store.seal_secret(key, "a", "first-secret", at=NIGHT, by="张三")
    key.chmod(0o644)
    with pytest.raises(StoreError, match="chmod 600"):
        store.open_secret(key, "a")
    key.unlink()
    for use in (
        lambda: store.open_secret(key, "a"),
        lambda: store.seal_secret(key, "b", "x", at=NIGHT, by="张三"),
    ):
        with pytest.raises(StoreError, match="不见了"):
            use()
    other = tmp_path / "other.key"
    store.remove_secret("a")
    store.seal_secret(other, "a", "second-secret", at=NIGHT, by="张三")
    store.seal_secret(other, "c", "third", at=NIGHT, by="张三")
    key.write_bytes(b"not a key")
    key.chmod(0o600)
    with pytest.raises(StoreError, match="损坏"):
        store.open_secret(key, "a")


@pytest.mark.parametrize(
    ("name", "value"), [("", "x"), ("a b", "x"), ("../a", "x"), ("a", "  "), ("a", "x" * 5000)]
)
def test_names_and_values_that_are_refused(store: Store, tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(StoreError):
        store.seal_secret(tmp_path / "k", name, value, at=NIGHT, by="张三")
