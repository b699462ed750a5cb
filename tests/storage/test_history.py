"""What earlier nights saw of items and pages."""

from datetime import date

from storage.history import Validator
from storage.store import Store
from tests.storage.builders import NIGHT, begin, night


def test_the_first_day_stands(store: Store) -> None:
    store.note_items("s01", ["http://x/1", "http://x/2", "http://x/1"], date(2026, 6, 1))
    store.note_items("s01", ["http://x/2", "http://x/3"], date(2026, 6, 2))
    store.note_items("s02", ["http://x/1"], date(2026, 6, 3))
    assert store.first_seen("s01") == {
        "http://x/1": date(2026, 6, 1),
        "http://x/2": date(2026, 6, 1),
        "http://x/3": date(2026, 6, 2),
    }
    assert store.first_seen("s03") == {}


def test_items_are_noted_under_the_day_in_china(store: Store) -> None:
    run = begin(store)
    store.take_in(run.id, "s01", [], {}, NIGHT, items=["http://x/1"])
    store.take_in(run.id, "s01", [], {}, NIGHT, items=["http://x/2"])
    assert store.first_seen("s01") == {"http://x/1": date(2026, 6, 30)}


def test_ten_thousand_items(store: Store) -> None:
    urls = [f"http://x/{number}" for number in range(10_000)]
    store.note_items("s01", urls, date(2026, 6, 1))
    store.note_items("s01", urls, date(2026, 6, 2))
    assert set(store.first_seen("s01").values()) == {date(2026, 6, 1)}


def test_the_latest_word_of_a_server_counts(store: Store) -> None:
    old = Validator(url="http://x/", etag='"1"', last_modified=None, body="a" * 64, fetched_at=night(0))
    new = Validator(url="http://x/", etag=None, last_modified="Mon", body="b" * 64, fetched_at=night(1))
    store.keep_validators("s01", [old])
    store.keep_validators("s01", [new])
    assert store.validators("s01") == {"http://x/": new}
    store.keep_validators("s01", [])
    assert store.validators("s02") == {}
