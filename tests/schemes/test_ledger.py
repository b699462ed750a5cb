"""The ledger: appended to, reversed in the open, recomputed to the last digit, sealed under a hash."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.finding import CaseState, Finding
from schemes.card import Scorecard
from schemes.ledger import Entry, LedgerRow, from_fields, in_force, post, recompute, reverse, seal, to_fields
from tests.schemes.assessing import NOON, Entries, account, book, cards, finding, shipped, unit

S = "changshu-2020"


def card_of(found: list[Finding]) -> Scorecard:
    enter = Entries(S)
    records = [
        enter.tally("U1", "5", 40),
        enter.tally("U2", "5", 120),
        enter.case("U1", 1, defects=("落款",)),
    ]
    return cards(S, book([unit("U1"), unit("U2")], found, records, [account("a1", "U1")]))["U1"]


STALE = [finding(f"F{n}", "U1", f"{S}/7") for n in range(2)]


def test_posting_writes_an_opening_and_a_row_a_charge() -> None:
    rows = post(card_of(STALE), (), NOON, "系统", "0.1.0")
    assert [row.entry for row in rows] == [Entry.OPENING, *[Entry.CHARGE] * 4]
    assert (rows[0].category, rows[0].targets) == ("department", ("a1",))
    stale = [row for row in rows if row.line == "7"]
    assert [(r.points, r.clause, r.source, r.program) for r in stale] == [
        (Decimal(3), "附件第7项", "finding:F0", "0.1.0"),
        (Decimal(3), "附件第7项", "finding:F1", "0.1.0"),
    ]
    assert stale[0].exhibits[0].sha256 == "0" * 64
    assert len({row.id for row in rows}) == len(rows)


def test_the_score_comes_out_of_the_rows_again() -> None:
    """90 − 10 (40 of a mean of 80: two steps) − 6 (two columns) − 2 (a formal defect) = 72."""
    card = card_of(STALE)
    assert card.score == 72
    assert recompute(shipped()[S], post(card, (), NOON, "系统")).score == 72


def test_posting_again_adds_nothing() -> None:
    rows = post(card_of(STALE), (), NOON, "系统")
    assert post(card_of(STALE), rows, NOON + timedelta(days=1), "系统") == ()


def test_what_no_longer_holds_is_reversed_by_a_row_never_edited() -> None:
    ledger = post(card_of(STALE), (), NOON, "系统")
    dismissed = [STALE[0], replace(STALE[1], state=CaseState.DISMISSED)]
    more = post(card_of(dismissed), ledger, NOON + timedelta(days=1), "系统")
    assert [(row.entry, row.source) for row in more] == [(Entry.REVERSAL, "finding:F1")]
    undone = next(row for row in ledger if row.source == "finding:F1")
    assert more[0].reverses == undone.id
    assert more[0].reason == "重新核算后不再成立"
    whole = (*ledger, *more)
    assert recompute(shipped()[S], whole).score == card_of(dismissed).score == 75
    back = post(card_of(STALE), whole, NOON + timedelta(days=2), "系统")
    assert [row.entry for row in back] == [Entry.CHARGE]
    assert back[0].id not in {row.id for row in whole}
    assert recompute(shipped()[S], (*whole, *back)).score == 72


def test_an_appeal_upheld_is_a_reversal_by_hand() -> None:
    ledger = post(card_of(STALE), (), NOON, "系统")
    row = next(row for row in ledger if row.source == "finding:F0")
    undo = reverse(row, NOON + timedelta(days=9), "王五", "申诉成立：栏目已于当日更新")
    assert recompute(shipped()[S], (*ledger, undo)).score == 75
    assert row not in in_force((*ledger, undo))
    assert (ledger[0].signed, row.signed, undo.signed) == (0, -3, 3)


def test_rows_keep_their_content_through_storage() -> None:
    for row in post(card_of(STALE), (), NOON, "系统"):
        assert from_fields(to_fields(row)) == row


def test_rows_of_another_version_or_unit_are_not_mixed() -> None:
    ledger = post(card_of(STALE), (), NOON, "系统")
    with pytest.raises(ValueError, match="不能混算"):
        recompute(replace(shipped()[S], version="f" * 64), ledger)
    with pytest.raises(ValueError, match="同一单位"):
        recompute(shipped()[S], (*ledger, replace(ledger[1], unit="U2")))
    with pytest.raises(ValueError, match="一行立账"):
        recompute(shipped()[S], ledger[1:])


def test_a_new_version_of_the_scheme_is_posted_anew() -> None:
    ledger = post(card_of(STALE), (), NOON, "系统")
    newer = replace(card_of(STALE), version="e" * 64)
    more = post(newer, ledger, NOON, "系统")
    assert [row.entry for row in more].count(Entry.REVERSAL) == len(ledger)
    again = recompute(replace(shipped()[S], version="e" * 64), (*ledger, *more))
    assert again.score == 72


def test_equal_charges_are_both_kept() -> None:
    card = card_of(STALE)
    twice = replace(card, charges=(*card.charges, card.charges[0]))
    rows = post(twice, (), NOON, "系统")
    assert len(rows) == len(card.charges) + 2
    assert len({row.id for row in rows}) == len(rows)


def test_the_seal_changes_with_any_row_score_or_scheme() -> None:
    ledger = post(card_of(STALE), (), NOON, "系统")
    scores = [("U1", "72")]
    sealed = seal(ledger, ["v1"], scores)
    assert seal(tuple(reversed(ledger)), ["v1"], scores) == sealed
    changed: tuple[LedgerRow, ...] = (replace(ledger[0], author="他人"), *ledger[1:])
    assert (
        len(
            {
                sealed,
                seal(changed, ["v1"], scores),
                seal(ledger, ["v2"], scores),
                seal(ledger, ["v1"], [("U1", "73")]),
            }
        )
        == 4
    )
