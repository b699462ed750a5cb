"""Which findings cost points: confirmed, open, none. What is not certain is in the range, not the score."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.finding import CaseState, Finding
from domain.target import AccountState
from schemes.book import Review
from schemes.model import Confirmation, Scheme
from schemes.records import Level, Withdrawal
from schemes.trial import Trial
from tests.schemes.assessing import NOON, Entries, account, book, cards, finding, line, shipped, site, unit

S = "changshu-2020"
LINE = f"{S}/7"


def outcome(
    found: Finding, reviews: dict[str, Review] | None = None, scheme: Scheme | None = None
) -> tuple[int, int]:
    """Points lost for certain, and at worst."""
    card = cards(scheme or shipped()[S], book([unit("U1")], [found], reviews=reviews))["U1"]
    assert card.score is not None
    assert card.low is not None
    return int(90 - card.score), int(90 - card.low)


@pytest.mark.parametrize(
    ("state", "lost"),
    [
        (CaseState.DETECTED, (0, 3)),
        (CaseState.CONFIRMED, (3, 3)),
        (CaseState.NOTIFIED, (3, 3)),
        (CaseState.RECTIFYING, (3, 3)),
        (CaseState.RECTIFIED, (3, 3)),
        (CaseState.CLOSED, (3, 3)),
        (CaseState.DISMISSED, (0, 0)),
        (CaseState.EXEMPTED, (0, 0)),
    ],
)
def test_states(state: CaseState, lost: tuple[int, int]) -> None:
    assert outcome(finding("F", "U1", LINE, state=state)) == lost


def test_one_witness_or_no_evidence_is_not_certain() -> None:
    assert outcome(finding("F", "U1", LINE, witnesses=1)) == (0, 3)
    assert outcome(finding("F", "U1", LINE, evidence=())) == (0, 3)


def test_a_reviewer_is_a_second_witness() -> None:
    review = Review(confirmed_on=date(2026, 7, 1), reviewer="李四")
    assert outcome(finding("F", "U1", LINE, witnesses=1), {"F": review}) == (3, 3)


def test_a_reviewer_is_one_witness_only() -> None:
    review = Review(confirmed_on=date(2026, 7, 1), reviewer="李四")
    assert outcome(finding("F", "U1", LINE, witnesses=0), {"F": review}) == (0, 3)


def test_what_the_unit_was_told_on_the_machines_word_is_not_confirmed_by_that() -> None:
    """The case says 已通知, but no person confirmed it: it counts once one did, or as the scheme allows."""
    told = finding("F", "U1", LINE, state=CaseState.NOTIFIED)
    alone = Review(notified_on=date(2026, 6, 1), by_machine=True)
    assert outcome(told, {"F": alone}) == (0, 3)
    assert outcome(told, {"F": replace(alone, confirmed_on=date(2026, 6, 9), reviewer="李四")}) == (3, 3)


def test_what_was_mended_before_anyone_confirmed_it_is_not_certain() -> None:
    mended = finding("F", "U1", LINE, state=CaseState.RECTIFIED)
    assert outcome(mended, {}) == (0, 3)
    assert outcome(mended, {"F": Review(confirmed_on=date(2026, 7, 1), reviewer="李四")}) == (3, 3)


def test_warnings_and_checks_on_trial_never_cost() -> None:
    assert outcome(finding("F", "U1", LINE, severity="warning")) == (0, 0)
    assert outcome(finding("F", "U1", LINE, trial=True)) == (0, 0)


def test_what_a_scheme_tries_costs_nothing_by_that_scheme_alone() -> None:
    tried = replace(shipped()[S], trial=Trial(checks=("column.stale",)))
    assert outcome(finding("F", "U1", LINE), scheme=tried) == (0, 0)
    assert outcome(finding("F", "U1", LINE, check="column.empty"), scheme=tried) != (0, 0)
    assert outcome(finding("F", "U1", LINE)) == (3, 3)
    vetoing = replace(shipped()["national-2019"], trial=Trial(checks=("column.empty",)))
    for scheme, vetoed in ((shipped()["national-2019"], True), (vetoing, False)):
        empty = [finding(f"F{n}", "U1", "national-2019/W-V4", check="column.empty") for n in range(12)]
        card = cards(scheme, book([unit("U1")], empty, sites=[site("s01", "U1")]))["U1"]
        assert card.vetoed is vetoed


@pytest.mark.parametrize(
    ("review", "lost"),
    [
        (Review(notified_on=date(2026, 6, 24)), (3, 3)),
        (Review(notified_on=date(2026, 6, 25)), (0, 3)),
        (Review(notified_on=date(2026, 6, 1), objected=True), (0, 3)),
        (Review(), (0, 3)),
    ],
)
def test_a_machine_check_may_stand_after_notice_and_objection_period(
    review: Review, lost: tuple[int, int]
) -> None:
    """As of 2026-06-30 with five days to object: notice of the 24th has run out, of the 25th has not."""
    terms = Confirmation(machine_checks=("column.stale",), objection_days=5)
    scheme = replace(shipped()[S], confirmation=terms)
    assert outcome(finding("F", "U1", LINE, state=CaseState.DETECTED), {"F": review}, scheme) == lost


def test_a_machine_check_needs_two_witnesses_and_to_be_named() -> None:
    review = {"F": Review(notified_on=date(2026, 6, 1))}
    scheme = replace(shipped()[S], confirmation=Confirmation(machine_checks=("column.stale",)))
    lone = finding("F", "U1", LINE, state=CaseState.DETECTED, witnesses=1)
    assert outcome(lone, review, scheme) == (0, 3)
    other = replace(shipped()[S], confirmation=Confirmation(machine_checks=("column.empty",)))
    assert outcome(finding("F", "U1", LINE, state=CaseState.DETECTED), review, other) == (0, 3)


@pytest.mark.parametrize(
    ("first", "last", "lost"),
    [
        (datetime(2025, 12, 31, 15, 59, tzinfo=UTC), datetime(2025, 12, 31, 15, 59, tzinfo=UTC), 0),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), datetime(2025, 12, 31, 16, 0, tzinfo=UTC), 3),
        (datetime(2025, 11, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC), 3),
        (datetime(2026, 12, 31, 15, 59, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC), 3),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC), 0),
    ],
)
def test_a_lapse_counts_in_the_year_in_which_it_was_seen_in_china(
    first: datetime, last: datetime, lost: int
) -> None:
    assert outcome(finding("F", "U1", LINE, first=first, last=last))[0] == lost


def test_findings_of_other_schemes_or_of_reminders_cost_nothing() -> None:
    assert outcome(finding("F", "U1", "zhushan/2.1")) == (0, 0)
    assert outcome(finding("F", "U1", ())) == (0, 0)


def test_closed_accounts_are_not_assessed() -> None:
    lapse = finding("F", "U1", f"{S}/9", check="media.stale", target="a1")
    for state, lost in ((AccountState.NORMAL, 3), (AccountState.CLOSED, 0), (AccountState.SUSPENDED, 0)):
        card = cards(S, book([unit("U1")], [lapse], accounts=[account("a1", "U1", state)]))["U1"]
        assert card.score == 90 - lost


def test_an_entry_without_proof_is_in_the_range_only() -> None:
    enter = Entries(S)
    bare = enter.deduction("U1", "19", proofs=())
    nameless = enter.announcement("U1", "10", Level.CITY, document="")
    card = cards(S, book([unit("U1")], records=[bare, nameless]))["U1"]
    assert (card.score, card.low) == (90, 75)  # −10 −5
    assert [row.certain for row in card.rows] == [False, False]
    assert all(row.arithmetic.startswith("待核实：") for row in card.rows)


def test_a_corrected_entry_counts_once_and_a_withdrawn_one_not_at_all() -> None:
    enter = Entries(S)
    first = enter.deduction("U1", "7", hits=3)
    better = enter.deduction("U1", "7", hits=1, replaces=first.id)
    assert cards(S, book([unit("U1")], records=[better, first]))["U1"].score == 87
    gone = enter.of(Withdrawal, "U1", replaces=better.id, reason="查无此事")
    assert cards(S, book([unit("U1")], records=[first, gone, better]))["U1"].score == 90


def test_entries_of_another_year_or_scheme_do_not_count() -> None:
    records = [Entries(S, 2025).deduction("U1", "7"), Entries("zhushan").deduction("U1", "2.1")]
    assert cards(S, book([unit("U1")], records=records))["U1"].score == 90


def test_what_could_not_be_judged_is_named_and_costs_nothing() -> None:
    from schemes.book import Gap

    gap = Gap(unit="U1", check="column.stale", subject="x", reason="无法连接", indicators=(LINE,))
    card = cards(S, book([unit("U1")], gaps=(gap, replace(gap, indicators=()))))["U1"]
    assert card.score == 90
    assert line(card, "7").note == "有2处无法判定，未计扣分"
    assert line(card, "6").note == ""


def test_counts_of_confirmed_and_open_findings() -> None:
    found = [
        finding("A", "U1", LINE),
        finding("B", "U1", LINE, state=CaseState.DETECTED),
        finding("C", "U1", LINE, state=CaseState.DETECTED),
    ]
    card = cards(S, book([unit("U1")], found))["U1"]
    assert (card.confirmed, card.open) == (1, 2)
    assert (card.score, card.low) == (Decimal(87), Decimal(81))
    assert [row.points for row in card.rows] == [-3, -3, -3]
    assert NOON.date() == card.rows[0].charge.on
