"""The ledger: appended to, reversed in the open, recomputed to the last digit, sealed under a hash."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.finding import CaseState, Finding
from schemes.card import Scorecard
from schemes.charge import Way
from schemes.ledger import (
    Entry,
    LedgerRow,
    charge_of,
    from_fields,
    in_force,
    post,
    recompute,
    reverse,
    seal,
    to_fields,
)
from schemes.records import Applicability, Level
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
    more = post(replace(twice, charges=(*twice.charges, card.charges[0])), rows, NOON, "系统")
    assert [(row.entry, row.source) for row in more] == [(Entry.CHARGE, card.charges[0].source)]
    back = post(card, (*rows, *more), NOON, "系统")
    assert sorted(row.reverses for row in back) == sorted((rows[-1].id, more[0].id))


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


def rich() -> Scorecard:
    """A card with a charge of each way: taken, given, vetoing, not applicable."""
    enter = Entries(S)
    records = [
        enter.tally("U1", "5", 40),
        enter.tally("U2", "5", 120),
        enter.bonus("U1", "15", hits=2),
        enter.announcement("U1", "18", Level.STATE),
        enter.announcement("U1", "18", Level.PROVINCE),
        enter.deduction("U1", "9", target="a1", hits=2),
        enter.of(Applicability, "U1", line="1", applies=False, reason="不涉及"),
    ]
    found = [*STALE, finding("M1", "U1", f"{S}/9", check="media.stale", target="a1")]
    return cards(S, book([unit("U1"), unit("U2")], found, records, [account("a1", "U1")]))["U1"]


def test_a_row_keeps_all_that_a_charge_says() -> None:
    card = rich()
    assert {charge.way for charge in card.charges} == set(Way)
    rows = post(card, (), NOON, "系统", "0.1.0")
    assert [charge_of(row) for row in rows[1:]] == list(card.charges)
    assert [row.arithmetic for row in rows[1:]] == [charge.arithmetic for charge in card.charges]
    for row in rows:
        assert (row.scheme, row.version, row.year, row.unit) == (S, card.version, 2026, "U1")
        assert (row.at, row.author, row.program) == (NOON, "系统", "0.1.0")
        assert (row.id[0], len(row.id), row.reverses, row.reason) == ("L", 16, "", "")
    assert post(card, (), NOON, "系统")[0].program == ""


def test_each_way_has_its_sign_and_a_reversal_the_opposite() -> None:
    signs: dict[str, set[str]] = {}
    for row in post(rich(), (), NOON, "系统"):
        undone = reverse(row, NOON, "王五", "误判")
        signs.setdefault(row.way, set()).add(f"{row.signed:f} {undone.signed:f}")
        assert row.signed == -undone.signed
    assert signs == {
        "": {"0 0"}, "take": {"-3 3", "-10 10", "-6 6"}, "give": {"6 -6"},
        "veto": {"0 0"}, "exclude": {"0 0"},
    }  # fmt: skip
    weighed = replace(post(rich(), (), NOON, "系统")[0], points=Decimal(5))
    assert weighed.signed == 0
    assert replace(weighed, way="veto").signed == 0


def test_a_reversal_says_who_when_why_and_what_it_undoes() -> None:
    ledger = post(card_of(STALE), (), NOON, "系统", "0.1.0")
    (undo,) = post(card_of(STALE[:1]), ledger, NOON + timedelta(days=1), "夜间", "0.2.0")
    undone = next(row for row in ledger if row.source == "finding:F1")
    assert undo == replace(
        undone,
        id=undo.id,
        entry=Entry.REVERSAL,
        at=NOON + timedelta(days=1),
        author="夜间",
        program="0.2.0",
        reverses=undone.id,
        reason="重新核算后不再成立",
    )
    assert undo.id not in {row.id for row in ledger}
    by_hand = reverse(undone, NOON, "王五", "误判")
    assert (by_hand.at, by_hand.author, by_hand.program, by_hand.reason) == (NOON, "王五", "", "误判")
    assert reverse(undone, NOON, "王五", "误判").id == by_hand.id
    assert reverse(undone, NOON, "王五", "另一理由").id != by_hand.id


def test_the_ledgers_of_other_units_years_and_schemes_are_left_alone() -> None:
    ledger = post(card_of(STALE), (), NOON, "系统")
    for other in ({"unit": "U2"}, {"year": 2025}, {"scheme": "zhushan"}):
        fresh = post(replace(card_of(STALE), **other), ledger, NOON, "系统")
        assert [row.entry for row in fresh] == [row.entry for row in ledger]
        assert not {row.id for row in fresh} & {row.id for row in ledger}


def test_a_changed_word_is_reversed_and_posted_anew() -> None:
    card = card_of(STALE)
    ledger = post(card, (), NOON, "系统")
    worded = replace(card, charges=tuple(replace(c, clause=f"{c.clause}改") for c in card.charges))
    more = post(worded, ledger, NOON, "系统")
    assert [row.entry.value for row in more] == ["reversal"] * 4 + ["charge"] * 4


def test_what_is_posted_a_third_time_gets_a_third_id() -> None:
    """Away and back and away and back: four reversals and charges, each row with an id of its own."""
    ledger: tuple[LedgerRow, ...] = post(card_of(STALE), (), NOON, "系统")
    for _ in range(2):
        ledger += post(card_of(STALE[:1]), ledger, NOON, "系统")
        ledger += post(card_of(STALE), ledger, NOON, "系统")
    assert len({row.id for row in ledger}) == len(ledger) == 5 + 4
    assert recompute(shipped()[S], ledger).score == 72


def test_openings_twice_are_refused() -> None:
    ledger = post(card_of(STALE), (), NOON, "系统")
    again = replace(ledger[0], id="L2", category="county")
    with pytest.raises(ValueError, match="且有一行立账"):
        recompute(shipped()[S], (*ledger, again))
    for other in ({"year": 2025}, {"scheme": "zhushan"}):
        with pytest.raises(ValueError, match="同一年度、同一办法"):
            recompute(shipped()[S], (*ledger, replace(ledger[1], id="L2", **other)))


def test_the_message_on_versions_names_both() -> None:
    ledger = post(card_of(STALE), (), NOON, "系统")
    newer = replace(shipped()[S], version="f" * 64)
    with pytest.raises(ValueError, match=f"版本 {shipped()[S].version[:12]} 记账，现用版本 f{{12}}，"):
        recompute(newer, ledger)


def test_the_seal_covers_papers_by_name_and_text_in_any_order() -> None:
    ledger = post(card_of(STALE), (), NOON, "系统")
    two = [("U1", "72"), ("U2", "90")]
    papers = [("scheme", "a"), ("card/U1", "b")]
    sealed = seal(ledger, ["v1", "v2"], two, papers)
    assert seal(ledger, ["v2", "v1"], two[::-1], papers[::-1]) == sealed
    others = {
        seal(ledger, ["v1", "v2"], two),
        seal(ledger, ["v1", "v2"], two, [("scheme", "b"), ("card/U1", "a")]),
        seal(ledger, ["v1", "v2"], two, [("scheme", "a")]),
        seal(ledger[1:], ["v1", "v2"], two, papers),
        seal(ledger, ["v1"], two, papers),
        seal(ledger, ["v1", "v2"], [("U1", "90"), ("U2", "72")], papers),
    }
    assert len(others | {sealed}) == 7


def test_a_seal_is_the_same_on_every_machine_and_in_every_year() -> None:
    """The hash of a closed year must not change with the program: its bytes are written out by hand."""
    rows = sorted(post(card_of(STALE), (), NOON, "系统"), key=lambda row: row.id)
    plain = {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")}
    lines = [
        "v1", "v2", *(json.dumps(to_fields(row), **plain) for row in rows),  # type: ignore[arg-type]
        "U1=72", "U2=90", "scheme:" + hashlib.sha256("办法".encode()).hexdigest(),
    ]  # fmt: skip
    body = "".join(f"{line}\n" for line in lines).encode()
    made = seal(rows[::-1], ["v2", "v1"], [("U2", "90"), ("U1", "72")], [("scheme", "办法")])
    assert made == hashlib.sha256(body).hexdigest()


def test_the_lowest_account_counts_again_when_rows_are_reckoned() -> None:
    """30 − 6 and 30 − 3: 90 − 6 = 84, from the accounts that the opening row keeps."""
    found = [
        finding(f"M{n}", "U1", f"{S}/9", check="media.stale", target=target)
        for n, target in enumerate(("a1", "a2", "a2"))
    ]
    card = cards(S, book([unit("U1")], found, accounts=[account("a1", "U1"), account("a2", "U1")]))["U1"]
    assert card.score == 84
    again = recompute(shipped()[S], post(card, (), NOON, "系统"))
    assert (again.score, again.buckets) == (card.score, card.buckets)
