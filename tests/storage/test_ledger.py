"""Records, ledger and closed years in the database: appended, explained, never changed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.finding import CaseState
from domain.unit import UnitCategory
from schemes.ledger import Entry, LedgerRow, in_force
from schemes.records import SelfScore
from storage.faults import StoreError
from storage.ledger_rows import add_papers
from storage.store import Store
from tests.storage.builders import BLIND, NIGHT, REGISTRY, night, picture, take, verdict


def row(number: int = 1, **changes: object) -> LedgerRow:
    """A charge on the ledger."""
    made = LedgerRow(
        id=f"L{number}",
        entry=Entry.CHARGE,
        scheme="changshu-2020",
        version="f" * 64,
        year=2026,
        unit="U01",
        at=NIGHT,
        author="程序",
        category=UnitCategory.DEPARTMENT.value,
        line="7",
        clause="附件第7项",
        way="take",
        points=Decimal("3.00"),
        hits=1,
        price=Decimal(3),
        arithmetic="1个×3=3",
        source="finding:F1",
        on=date(2026, 6, 30),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def score(number: int = 1) -> SelfScore:
    """A record."""
    return SelfScore(
        id=f"E{number}",
        scheme="changshu-2020",
        year=2026,
        unit="U01",
        author="王某",
        at=NIGHT,
        line="1",
        score=Decimal("4.50"),
    )


def close(store: Store) -> None:
    store.close_year(
        "changshu-2020",
        2026,
        at=night(5),
        author="李某",
        versions=["f" * 64],
        scores={"U01": "97.00"},
        papers={"scheme": "[scheme]\n", "card/U01": "{}"},
    )


def test_rows_come_back_to_the_last_digit_and_in_order(store: Store) -> None:
    rows = [row(2), row(1, points=Decimal("0.10")), row(3, unit="U02")]
    store.append_ledger(rows)
    assert store.ledger() == rows
    assert store.ledger(unit="U01", year=2026, scheme="changshu-2020") == rows[:2]
    assert str(store.ledger()[0].points) == "3.00"


def test_records_come_back_as_entered(store: Store) -> None:
    store.add_records([score(2), score(1)])
    assert store.records() == [score(2), score(1)]
    assert store.records(unit="U02") == []


def test_all_or_nothing(store: Store) -> None:
    with pytest.raises(DBAPIError):
        store.append_ledger([row(1), row(1)])
    assert store.ledger() == []


def test_a_row_is_reversed_in_the_open_once(store: Store) -> None:
    store.append_ledger([row()])
    undone = store.reverse_row("L1", night(1), "李某", "申诉成立")
    assert store.ledger() == [row(), undone]
    assert (undone.reverses, undone.reason, undone.author) == ("L1", "申诉成立", "李某")
    assert in_force(store.ledger()) == ()
    for name, words in (("L1", "已被"), (undone.id, "本身就是冲销"), ("L9", "没有编号为“L9”")):
        with pytest.raises(StoreError, match=words):
            store.reverse_row(name, night(2), "李某", "再来")
    with pytest.raises(StoreError, match="理由"):
        store.reverse_row("L1", night(2), "李某", " ")


def test_a_closed_year_takes_reversals_only(store: Store) -> None:
    store.append_ledger([row()])
    assert store.closing("changshu-2020", 2026) is None
    assert store.verify_closing("changshu-2020", 2026) is None
    close(store)
    closing = store.closing("changshu-2020", 2026)
    assert closing is not None
    assert (closing.author, closing.scores, len(closing.seal)) == ("李某", {"U01": "97.00"}, 64)
    with pytest.raises(StoreError, match="已封账，只能冲销"):
        store.append_ledger([row(2, at=night(6))])
    with pytest.raises(StoreError, match="已封账，不能再填报"):
        store.add_records([score()])
    with pytest.raises(StoreError, match="已经封账"):
        close(store)
    store.append_ledger([row(3, year=2027)])
    store.reverse_row("L1", night(6), "李某", "申诉成立")
    assert store.verify_closing("changshu-2020", 2026) is True


@pytest.mark.parametrize("table", ["case_events", "records", "ledger", "closings", "closing_papers"])
@pytest.mark.parametrize("act", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_the_database_itself_refuses_changes(store: Store, table: str, act: str) -> None:
    take(store, 0, verdict())
    store.append_ledger([row()])
    store.add_records([score()])
    close(store)
    column = {"case_events": "reason", "closing_papers": "name"}.get(table, "author")
    with pytest.raises(Exception, match="append-only"), store.writing() as connection:
        connection.execute(text(act.format(table, column, "'x'")))


def test_texts_kept_with_a_closing_come_back_and_are_sealed(store: Store) -> None:
    close(store)
    assert store.closing_papers("changshu-2020", 2026) == {"scheme": "[scheme]\n", "card/U01": "{}"}
    assert store.closing_papers("changshu-2020", 2027) == {}
    with store.writing() as connection:
        add_papers(connection, "changshu-2020", 2026, {"card/U02": "{}"})
    assert store.verify_closing("changshu-2020", 2026) is False


def test_rows_posted_while_scores_were_reckoned_stop_a_closing(store: Store) -> None:
    store.append_ledger([row()])
    with pytest.raises(StoreError, match="台账有新的记录"):
        store.close_year(
            "changshu-2020", 2026, at=night(5), author="李某", versions=["f"], scores={}, rows_seen=0
        )
    assert store.closing("changshu-2020", 2026) is None


def test_a_book_holds_findings_decisions_records_and_gaps(store: Store) -> None:
    key = ("column.stale", "s01", "U01", "http://127.0.0.1:8101/tzgg/")
    take(store, 0, verdict(), verdict(BLIND, subject="x"), evidence={key: [picture()]})
    case = store.findings()[0].id
    store.review(case, CaseState.CONFIRMED, by="王科长", reason="属实", at=night(1))
    store.review(case, CaseState.NOTIFIED, by="王科长", reason="", at=night(2))
    store.add_records([score()])
    book = store.book(2026, date(2026, 7, 5))
    assert [finding.id for finding in book.findings] == [case]
    assert book.units == REGISTRY.units
    assert book.records == (score(),)
    assert book.reviews is not None
    review = book.reviews[case]
    assert (review.confirmed_on, review.reviewer) == (date(2026, 7, 1), "王科长")
    assert review.notified_on == date(2026, 7, 2)
    (gap,) = book.gaps
    assert (gap.unit, gap.check, gap.reason) == ("U01", "column.stale", BLIND.reason)
    assert gap.indicators == ("changshu-2020/7",)


def test_a_decision_taken_back_is_no_decision(store: Store) -> None:
    take(store, 0, verdict())
    case = store.findings()[0].id
    store.review(case, CaseState.CONFIRMED, by="王", reason="", at=night(1))
    store.review(case, CaseState.DISMISSED, by="李", reason="误判", at=night(2))
    assert store.reviews() == {}


def test_a_score_is_explained_by_the_ledger_alone(store: Store) -> None:
    from schemes.ledger import post, recompute
    from schemes.scheme import load_all
    from schemes.scoring import assess

    scheme = load_all()["changshu-2020"]
    line = next(
        each.no for each in scheme.indicators if any(ask.check == "column.stale" for ask in each.asks)
    )
    key = ("column.stale", "s01", "U01", "http://127.0.0.1:8101/tzgg/")
    lapse = verdict(indicators=(f"changshu-2020/{line}",), witnesses=2)
    take(store, 0, lapse, evidence={key: [picture()]})
    store.review(store.findings()[0].id, CaseState.CONFIRMED, by="王科长", reason="属实", at=night(1))
    cards = assess(scheme, store.book(2026, date(2026, 7, 5)))
    for card in cards:
        store.append_ledger(post(card, store.ledger(), night(2), "李某"))
        assert post(card, store.ledger(), night(3), "李某") == ()
    card = next(each for each in cards if each.unit == "U01")
    again = recompute(scheme, store.ledger("changshu-2020", 2026, "U01"))
    assert card.score is not None
    assert str(again.score) == str(card.score)
    assert any(each.source.startswith("finding:") for each in store.ledger(unit="U01"))
