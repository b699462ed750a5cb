"""What must hold of every assessment: more violations never raise a score, order does not matter, the range
holds, pools never pay twice, a veto never raises, the ledger gives the same score again."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.finding import CaseState, Finding
from domain.unit import UnitCategory
from schemes.card import Scorecard
from schemes.ledger import post, recompute
from schemes.model import Effect, Scheme
from schemes.records import Level, Record
from schemes.scoring import assess
from tests.schemes.assessing import NOON, Entries, account, book, finding, shipped, site, unit

SCHEMES = ("changshu-2020", "xunwu-2022", "zhushan", "national-2019")
STATES = st.sampled_from([CaseState.CONFIRMED, CaseState.DETECTED, CaseState.RECTIFIED, CaseState.DISMISSED])
UNITS = [unit("U1"), unit("U2", UnitCategory.COUNTY), unit("U3", UnitCategory.TOWNSHIP)]
ACCOUNTS = [account("a1", "U1"), account("a2", "U1"), account("b1", "U2")]
SITES = [site("s1", "U1"), site("s2", "U2"), site("s3", "U3")]
TARGETS = {"U1": ["s1", "a1", "a2"], "U2": ["s2", "b1"], "U3": ["s3"]}


@st.composite
def findings(draw: st.DrawFn, scheme: Scheme, name: str) -> Finding:
    asking = [no for no in scheme.indicators if no.asks]
    chosen = draw(st.sampled_from(asking))
    ask = draw(st.sampled_from(chosen.asks))
    owner = draw(st.sampled_from(["U1", "U2", "U3"]))
    others = [no for no in asking if any(a.check == ask.check for a in no.asks)]
    return finding(
        name,
        owner,
        [f"{scheme.id}/{no.no}" for no in others],
        check=ask.check,
        target=draw(st.sampled_from(TARGETS[owner])),
        state=draw(STATES),
        observed={"missing": ["a"] * draw(st.integers(0, 12)), "age_days": draw(st.integers(0, 90))},
    )


@st.composite
def matters(draw: st.DrawFn) -> tuple[Scheme, list[Finding], list[Record]]:
    scheme = shipped()[draw(st.sampled_from(SCHEMES))]
    count = draw(st.integers(0, 25))
    found = [draw(findings(scheme, f"F{n:02d}")) for n in range(count)]
    enter = Entries(scheme.id)
    numbers = [no.no for no in scheme.indicators]
    records: list[Record] = []
    for _ in range(draw(st.integers(0, 8))):
        owner, no = draw(st.sampled_from(["U1", "U2", "U3"])), draw(st.sampled_from(numbers))
        match draw(st.integers(0, 3)):
            case 0:
                records.append(enter.announcement(owner, no, draw(st.sampled_from(Level))))
            case 1:
                records.append(enter.deduction(owner, no, hits=draw(st.integers(1, 9))))
            case 2:
                records.append(enter.bonus(owner, no, level=draw(st.sampled_from(Level))))
            case _:
                records.append(enter.tally(owner, no, draw(st.integers(0, 100))))
    return scheme, found, records


def results(scheme: Scheme, found: list[Finding], records: list[Record]) -> dict[str, Scorecard]:
    matter = book(UNITS, found, records, ACCOUNTS, SITES)
    return {card.unit: card for card in assess(scheme, matter)}


def worth(card: Scorecard) -> Decimal:
    return Decimal(-1) if card.score is None else card.score


@settings(max_examples=150, deadline=None)
@given(matters(), st.integers(0, 24))
def test_one_violation_less_never_lowers_a_score(
    matter: tuple[Scheme, list[Finding], list[Record]], drop: int
) -> None:
    scheme, found, records = matter
    before = results(scheme, found, records)
    after = results(scheme, found[:drop] + found[drop + 1 :], records)
    for code, card in before.items():
        assert worth(card) <= worth(after[code])
        assert card.low is None or after[code].low is None or card.low <= after[code].low


@settings(max_examples=100, deadline=None)
@given(matters(), st.data())
def test_order_does_not_matter(
    matter: tuple[Scheme, list[Finding], list[Record]], data: st.DataObject
) -> None:
    scheme, found, records = matter
    turned, shuffled = data.draw(st.permutations(found)), data.draw(st.permutations(records))
    assert results(scheme, found, records) == results(scheme, turned, shuffled)


@settings(max_examples=150, deadline=None)
@given(matters())
def test_the_range_holds_and_pools_never_pay_twice(
    matter: tuple[Scheme, list[Finding], list[Record]],
) -> None:
    scheme, found, records = matter
    for card in results(scheme, found, records).values():
        for bucket in card.buckets:
            bounds = (-bucket.points, 0) if bucket.effect is Effect.PENALTY else (0, bucket.points)
            assert bounds[0] <= bucket.score <= bounds[1]
            start = bucket.points if bucket.effect is Effect.DEDUCT else 0
            assert start + sum(t.taken for t in bucket.takings) == bucket.score
            sources = [
                (t.charge.source, t.charge.line)
                for t in bucket.takings
                if t.charge.source.startswith("finding:")
            ]
            by_source: dict[str, set[str]] = {}
            for source, no in sources:
                by_source.setdefault(source, set()).add(no)
            assert all(len(lines) == 1 for lines in by_source.values())
        if card.score is not None:
            assert card.low is not None
            assert 0 <= card.low <= card.score <= (scheme.total.cap or 1000)
            if card.vetoed and scheme.veto:
                assert card.score <= scheme.veto.cap
                assert card.grade == scheme.veto.grade


@settings(max_examples=100, deadline=None)
@given(matters())
def test_the_ledger_gives_the_same_score_bit_for_bit(
    matter: tuple[Scheme, list[Finding], list[Record]],
) -> None:
    scheme, found, records = matter
    for card in results(scheme, found, records).values():
        rows = post(card, (), NOON, "系统")
        again = recompute(scheme, rows)
        assert (again.score, again.grade, again.words) == (card.score, card.grade, card.words)
        assert [b.score for b in again.buckets] == [b.score for b in card.buckets]
        assert post(card, rows, NOON, "系统") == ()


@settings(max_examples=60, deadline=None)
@given(matters(), st.integers(0, 24))
def test_blinding_a_finding_to_an_open_one_never_raises_the_low_end(
    matter: tuple[Scheme, list[Finding], list[Record]], which: int
) -> None:
    scheme, found, records = matter
    if not found:
        return
    which %= len(found)
    opened = [replace(f, state=CaseState.DETECTED) if n == which else f for n, f in enumerate(found)]
    dismissed = found[which].state is CaseState.DISMISSED
    for code, card in results(scheme, opened, records).items():
        before = results(scheme, found, records)[code]
        if not dismissed:
            assert card.low == before.low
            assert worth(card) >= worth(before)


@pytest.mark.parametrize("name", SCHEMES)
def test_a_unit_with_nothing_against_it_has_its_full_start(name: str) -> None:
    card = results(shipped()[name], [], [])["U1"]
    scheme = shipped()[name]
    earned = sum(no.points or 0 for no in scheme.indicators if no.effect is Effect.EARN)
    assert card.score == (scheme.total.lines or 0) - earned
