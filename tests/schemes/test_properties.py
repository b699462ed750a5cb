"""What must hold of every assessment: more violations never raise a score, order does not matter, the range
holds, pools never pay twice, a veto never raises, the ledger gives the same score again."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.finding import CaseState, Finding
from domain.unit import UnitCategory
from schemes.card import Scorecard
from schemes.closing import papers_of, score_text, thaw, unlike
from schemes.explained import explain
from schemes.ledger import post, recompute
from schemes.model import Effect, Scheme
from schemes.plan import Plan, PlanHead, PlanLine, with_plan
from schemes.records import Bonus, Level, Record
from schemes.scoring import assess
from schemes.words import plain
from tests.schemes.assessing import NOON, Entries, account, book, finding, shipped, site, unit

SCHEMES = ("changshu-2020", "xunwu-2022", "zhushan", "national-2019", "nanchang", "shuangyashan-2019")
STATES = st.sampled_from([CaseState.CONFIRMED, CaseState.DETECTED, CaseState.RECTIFIED, CaseState.DISMISSED])
UNITS = [unit("U1"), unit("U2", UnitCategory.COUNTY), unit("U3", UnitCategory.TOWNSHIP)]
ACCOUNTS = [account("a1", "U1"), account("a2", "U1"), account("b1", "U2")]
SITES = [site("s1", "U1"), site("s2", "U2"), site("s3", "U3")]
TARGETS = {"U1": ["s1", "a1", "a2"], "U2": ["s2", "b1"], "U3": ["s3"]}


def planned(scheme: Scheme) -> Scheme:
    """A scheme whose weights the yearly plan gives, with a plan that prices all that can be priced."""
    lines: list[PlanLine] = []
    for catalogue in scheme.catalogues:
        mine = [no for no in scheme.indicators if set(no.applies_to) <= set(catalogue.categories)]
        proper = [no.no for no in mine if no.effect is not Effect.BONUS]
        for no in mine:
            worth = 5 if no.no != proper[0] else 100 - 5 * (len(proper) - 1)
            kinds = {rule.kind for rule in no.rules}
            lines.append(
                PlanLine(
                    no=no.no,
                    points=Decimal(worth),
                    per_finding=Decimal(2) if "per_finding" in kinds else None,
                    per_entry=Decimal(1) if "per_entry" in kinds else None,
                    per_bonus=Decimal(3) if "per_bonus" in kinds else None,
                    per_case=Decimal("1.5") if "cases" in kinds else None,
                )
            )
    head = PlanHead(scheme=scheme.id, year=2026, basis="方案")
    return with_plan(scheme, Plan(head=head, lines=tuple(lines), version="p"))


@cache
def weighted() -> dict[str, Scheme]:
    return {
        name: planned(scheme) if scheme.total.weights_from_plan else scheme
        for name, scheme in shipped().items()
    }


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
    scheme = weighted()[draw(st.sampled_from(SCHEMES))]
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
    scheme = weighted()[name]
    card = results(scheme, [], [])["U1"]
    mine = scheme.lines_for(UNITS[0].category)
    earned = sum(no.points or 0 for no in mine if no.effect is Effect.EARN)
    assert card.score == (scheme.total.lines or 0) - earned


@settings(max_examples=120, deadline=None)
@given(matters(), st.data())
def test_one_burden_more_never_raises_a_score_nor_a_bonus_less(
    matter: tuple[Scheme, list[Finding], list[Record]], data: st.DataObject
) -> None:
    """An announcement, a deduction or a late case more; or a merit taken away."""
    scheme, found, records = matter
    enter = Entries(scheme.id)
    enter.made = 500
    owner = data.draw(st.sampled_from(["U1", "U2", "U3"]))
    no = data.draw(st.sampled_from([each.no for each in scheme.indicators]))
    burdens: list[Record] = [
        enter.announcement(owner, no, data.draw(st.sampled_from(Level))),
        enter.deduction(owner, no, hits=data.draw(st.integers(1, 5))),
        enter.case(owner, 7, answered_on=None, due_on=NOON.date().replace(day=1), closed_on=None),
        enter.case(owner, 8, corrected_by=data.draw(st.sampled_from(["reconsideration", "litigation"]))),
    ]
    before = results(scheme, found, records)
    after = results(scheme, found, [*records, data.draw(st.sampled_from(burdens))])
    fewer = results(scheme, found, [record for record in records if not isinstance(record, Bonus)])
    for code, card in before.items():
        assert worth(after[code]) <= worth(card)
        assert worth(fewer[code]) <= worth(card)
        if code != owner:
            assert replace(after[code], rank=card.rank) == card


@settings(max_examples=60, deadline=None)
@given(matters())
def test_a_closed_year_comes_back_to_the_last_digit(
    matter: tuple[Scheme, list[Finding], list[Record]],
) -> None:
    """The cards from their texts are the cards; the ledger explains each with its own score."""
    scheme, found, records = matter
    if scheme.total.weights_from_plan:
        return
    cards_ = list(results(scheme, found, records).values())
    source = Path(scheme.source).read_text(encoding="utf-8")
    frozen = thaw(papers_of(source, "", cards_), [card.unit for card in cards_])
    assert list(frozen.cards) == cards_
    assert frozen.scheme.version == scheme.version
    ledger = [row for card in cards_ for row in post(card, (), NOON, "系统")]
    assert unlike(frozen, ledger, {card.unit: score_text(card) for card in cards_}) == []
    for card in cards_:
        mine = [row for row in ledger if row.unit == card.unit]
        head = next(iter(explain(scheme, card.unit_name, mine)))
        if card.score is not None:
            assert f"得分{plain(card.score)}分" in head
