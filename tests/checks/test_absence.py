"""What proves that something is not there, and what does not."""

from collections.abc import Iterator
from datetime import date

import pytest

from checks.absence import (
    date_of,
    entries_of,
    in_words,
    lacking,
    prove_all_read,
    prove_lists_seen,
    unread_since,
)
from domain.observation import UnseenError
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from tests.observations import column, document, entry, listing, seen, site_observation, unseen, url

NOTICES, NEWS = ColumnKind.NOTICES, ColumnKind.NEWS
SINCE = date(2026, 5, 1)


def test_a_date_that_was_seen_is_one_though_more_may_be_there() -> None:
    assert date_of(seen(SINCE, complete=False)) == SINCE
    assert date_of(seen(SINCE)) == SINCE
    assert date_of(seen(None)) is None
    for unknown in (seen(None, complete=False), unseen()):
        with pytest.raises(UnseenError):
            date_of(unknown)


def test_what_is_stated_is_not_lacking_and_what_is_not_must_be_seen_whole() -> None:
    stated = frozenset({"a", "b"})
    assert lacking(("c", "a", "d"), seen(stated)) == ["c", "d"]
    assert lacking(("a", "b"), seen(stated, complete=False)) == []
    with pytest.raises(UnseenError):
        lacking(("a", "c"), seen(stated, complete=False))


def test_a_name_without_a_title_stands_as_it_is() -> None:
    assert in_words(("photo", "hobby"), {"photo": "照片"}) == "照片、hobby"
    assert in_words((), {}) == ""


def test_only_lists_of_the_kinds_asked_for_must_be_seen() -> None:
    blind = column("xw/", NEWS, of=unseen())
    gone = column("tz/", NOTICES, of=unseen(status=FetchStatus.GONE))
    observation = site_observation(columns=seen((blind, gone, column())))
    prove_lists_seen(observation, {NOTICES})
    with pytest.raises(UnseenError):
        prove_lists_seen(observation, {NEWS})
    with pytest.raises(UnseenError):
        prove_lists_seen(site_observation(columns=seen((column(),), complete=False)), {NOTICES})


def test_entries_whose_date_was_not_seen_may_be_recent() -> None:
    def unread(day: object) -> list[str]:
        listed = column("tz/", NOTICES, of=listing(entry(day, "tz/1.html")))  # type: ignore[arg-type]
        observation = site_observation(columns=seen((listed,)))
        found: Iterator[object] = unread_since(observation, SINCE)
        return [getattr(one, "url", "") for one in found]

    for day in ("2026-05-01", "2026-06-01", None, unseen()):
        assert unread(day) == [url("tz/1.html")], day
    assert unread("2026-04-30") == []


def test_entries_of_some_kinds_only_and_of_lists_that_were_seen() -> None:
    columns = (
        column("tz/", NOTICES, of=listing(entry("2026-06-01", "tz/1.html"))),
        column("xw/", NEWS, of=listing(entry("2026-06-01", "xw/1.html"))),
        column("gg/", NOTICES, of=unseen()),
    )
    observation = site_observation(
        columns=seen(columns), documents=seen((document("tz/1.html", "一条信息"),))
    )
    assert [one.url for _, one in entries_of(observation)] == [url("tz/1.html"), url("xw/1.html")]
    assert [one.url for _, one in entries_of(observation, {NEWS})] == [url("xw/1.html")]
    prove_all_read(observation, SINCE, {NOTICES})
    with pytest.raises(UnseenError, match="“一条信息”的正文没有看到"):
        prove_all_read(observation, SINCE)
