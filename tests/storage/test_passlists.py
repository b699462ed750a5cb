"""Passes told in lists come back as the verdicts they stand for, counted and ended like any others."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Table, func, select, update

from domain.finding import CaseState, Verdict
from domain.passlist import PassList
from storage import measures, tallies
from storage.faults import StoreError
from storage.store import Store, key_of
from storage.tables import outcomes, pass_lists, subject_lists
from tests.storage.builders import REGISTRY, night, passes, verdict, violation


def scan(store: Store, number: int, *lists: PassList, single: Sequence[Verdict] = ()) -> str:
    at = night(number)
    run = store.begin_run(REGISTRY, as_of=at, started=at, program="t")
    store.take_in(run.id, "s01", single, {}, at, passes=lists)
    store.end_run(run.id, at)
    return run.id


def rows(store: Store, table: Table) -> int:
    with store.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_every_subject_comes_back_as_a_verdict(store: Store) -> None:
    listed = passes(12)
    scan(store, 0, listed, single=[verdict()])
    assert store.outcomes() == [verdict(), *listed.verdicts()]
    assert store.outcomes(target="s02") == []
    assert rows(store, outcomes) == 1


def test_checks_and_nights_with_the_same_subjects_share_them(store: Store) -> None:
    both = passes(12), passes(12, check="content.wording")
    scan(store, 0, *both)
    scan(store, 1, *both)
    assert (rows(store, pass_lists), rows(store, subject_lists)) == (4, 1)
    scan(store, 2, passes(13))
    assert rows(store, subject_lists) == 2


def test_lists_are_counted_with_the_others(store: Store) -> None:
    run = scan(store, 0, passes(12), passes(9, check="content.wording"), single=[verdict()])
    with store.reading() as connection:
        number = store.run(run).number
        assert tallies.by_outcome(connection, number, None) == {"violation": 1, "pass": 21}
        assert tallies.by_outcome(connection, number, "U02") == {}
        assert tallies.by_target(connection, number) == {"s01": {"violation": 1, "pass": 21}}
        assert measures.measure(connection).outcomes == {"violation": 1, "pass": 21}


@pytest.mark.parametrize(("limit", "offset"), [(3, 0), (5, 9), (30, 0), (4, 20), (5, 22), (1, 100)])
def test_a_part_is_the_same_part_of_the_whole(store: Store, limit: int, offset: int) -> None:
    run = scan(store, 0, passes(12), passes(9, check="content.wording"), single=[verdict()])
    number, whole = store.run(run).number, store.outcomes()
    with store.reading() as connection:
        assert tallies.verdicts(connection, number, None, None, limit, offset) == (
            whole[offset : offset + limit],
            22,
        )
        assert tallies.verdicts(connection, number, "s02", None, limit, offset) == ([], 0)
        assert tallies.verdicts(connection, number, None, "U01", limit, offset)[1] == 22


def test_a_listed_pass_mends_the_case_that_stands_against_it(store: Store) -> None:
    listed = passes(12)
    page = listed.subjects[4][0]
    lapse = verdict(violation(url=page), check="content.privacy", subject=page)
    scan(store, 0, single=[lapse])
    scan(store, 1, listed)
    (case,) = store.findings()
    assert (case.subject, case.state) == (page, CaseState.RECTIFIED)
    told = {key_of(one) for one in store.outcomes()}
    assert told == {key_of(one) for one in listed.verdicts()}
    assert rows(store, outcomes) == 2  # the lapse, and the pass that ended it


def test_another_targets_list_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="s02 handed in with s01"):
        scan(store, 0, passes(9, target="s02"))


def test_half_characters_are_kept_as_replacements(store: Store) -> None:
    listed = passes(9)
    odd = PassList(like=listed.like, subjects=(("http://h/\ud800", "半\x00字"), *listed.subjects))
    scan(store, 0, odd)
    assert (store.outcomes()[0].subject.key, store.outcomes()[0].subject.name) == (
        "http://h/\ufffd",
        "半\ufffd字",
    )


def test_an_altered_list_is_not_read(store: Store) -> None:
    scan(store, 0, passes(9))
    with store.writing() as connection:
        connection.execute(update(subject_lists).values(body=b"x"))
    with pytest.raises(StoreError, match="subject_lists"):
        store.outcomes()
    assert [one.table for one in store.contradictions()] == ["subject_lists"]
