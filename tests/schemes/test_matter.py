"""Sorting a book: whose a finding is, which entries and gaps belong, what is open, what a year holds."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from domain.finding import CaseState, Finding
from domain.target import AccountState
from domain.unit import UnitCategory
from schemes.book import Gap, Review
from schemes.matter import sort_out
from schemes.model import Confirmation, Period, Scheme
from schemes.records import Falsification, Record, RequestCase
from schemes.rules import AllOrNothing
from schemes.trial import Trial
from tests.schemes.assessing import (
    NOON,
    YEAR,
    Entries,
    account,
    book,
    cards,
    finding,
    line,
    shipped,
    site,
    unit,
)

S = "changshu-2020"


def scores(found: list[Finding], scheme: Scheme | str = S, **more: object) -> tuple[Decimal, Decimal]:
    """Score and low end of U1."""
    card = cards(scheme, book([unit("U1"), unit("U2")], found, **more))["U1"]  # type: ignore[arg-type]
    assert card.score is not None
    assert card.low is not None
    return card.score, card.low


def test_an_unproven_entry_opens_its_line_alone() -> None:
    enter = Entries(S)
    assert scores([], records=[enter.deduction("U1", "7", proofs=())]) == (90, 87)
    assert scores([], records=[enter.deduction("U1", "7")]) == (87, 87)
    assert scores([], records=[enter.bonus("U1", "15", proofs=())]) == (90, 90)


def test_entries_of_another_scheme_year_or_unit_do_not_count() -> None:
    enter = Entries(S)
    made: Record = enter.deduction("U1", "7")
    others = [replace(made, scheme="zhushan"), replace(made, year=2025), replace(made, unit="U9")]
    for other in others:
        assert scores([], records=[other]) == (90, 90)
    assert scores([], records=[*(replace(o, id=f"X{n}") for n, o in enumerate(others)), made]) == (87, 87)


def test_accounts_that_are_not_live_or_not_ours_are_no_targets() -> None:
    """A closed account neither lowers the mean nor is the lowest, and its findings cost nothing."""
    accounts = [
        account("a1", "U1"), account("a2", "U1", AccountState.CLOSED),
        account("a3", "U1", AccountState.SUSPENDED),
        account("a4", "U9"), account("a5", "U2"),
    ]  # fmt: skip
    found = [
        finding(f"{target}-{n}", "U1", f"{S}/9", check="media.stale", target=target)
        for target in ("a2", "a3")
        for n in range(3)
    ]
    made = cards(S, book([unit("U1"), unit("U2")], found, accounts=accounts))
    assert (made["U1"].targets, made["U2"].targets) == (("a1",), ("a5",))
    assert (made["U1"].score, made["U1"].confirmed) == (90, 0)
    stale = finding("F", "U1", f"{S}/9", check="media.stale", target="a1")
    assert cards(S, book([unit("U1")], [*found, stale], accounts=accounts))["U1"].score == 87


def test_gaps_of_other_units_and_of_checks_on_trial_are_not_on_the_card() -> None:
    gaps = [
        Gap(unit="U1", check="column.stale", subject="x", reason="超时"),
        Gap(unit="U1", check="content.wording", subject="x", reason="超时"),
        Gap(unit="U9", check="column.stale", subject="x", reason="超时"),
    ]
    whole = cards(S, book([unit("U1")], gaps=gaps))["U1"]
    assert [line(whole, no).note for no in ("6", "7")] == ["有1处无法判定，未计扣分"] * 2
    tried = replace(shipped()[S], trial=Trial(checks=("content.wording",)))
    card = cards(tried, book([unit("U1")], gaps=gaps))["U1"]
    assert [line(card, no).note for no in ("6", "7")] == ["", "有1处无法判定，未计扣分"]


def test_who_confirmed_stands_on_the_charge() -> None:
    reviews = {"F1": Review(confirmed_on=NOON.date(), reviewer="王科长")}
    card = cards(S, book([unit("U1")], [finding("F1", "U1", f"{S}/7")], reviews=reviews))["U1"]
    assert [charge.reviewer for charge in card.charges] == ["王科长"]


def test_a_rule_without_points_on_a_shared_line_takes_the_pool() -> None:
    rule = (AllOrNothing(name="没有更新"),)
    lines = tuple(replace(i, rules=rule) if i.no == "7" else i for i in shipped()[S].indicators)
    scheme = replace(shipped()[S], indicators=lines)
    card = cards(scheme, book([unit("U1")], [finding("F1", "U1", f"{S}/7")]))["U1"]
    assert (line(card, "7").deducted, card.score) == (30, 60)


def test_an_entry_that_names_no_line_is_on_every_desk_and_an_unproven_falsification_opens_all() -> None:
    enter = Entries("zhushan")
    case: RequestCase = enter.case("U1", 1)
    fail: Falsification = enter.of(Falsification, "U1", on=NOON.date(), reason="造假", reviewer="李四")
    matter = sort_out(shipped()["zhushan"], book([unit("U1"), unit("U2")], records=[case, fail]))
    first = shipped()["zhushan"].indicators[0]
    share = matter.shares["U1"]
    assert share.records == [case, fail]
    assert share.entered("1.1", everything=False) == (case,)
    assert share.entered("1.1", everything=True) == (case, fail)
    assert (share.settled, matter.shares["U2"].settled) == (False, True)
    assert (matter.settled(first, unit("U1")), matter.settled(first, unit("U2"))) == (False, True)


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        ((2025, 12, 31, 15, 59), (2025, 12, 31, 15, 59), False),  # 23:59 of New Year's Eve in China
        ((2025, 12, 31, 15, 59), (2025, 12, 31, 16, 0), True),  # seen again at midnight
        ((2026, 12, 31, 15, 59), (2027, 1, 5, 0, 0), True),
        ((2026, 12, 31, 16, 0), (2027, 1, 5, 0, 0), False),
        ((2025, 3, 1, 0, 0), (2027, 3, 1, 0, 0), True),
    ],
)
def test_the_year_turns_at_midnight_in_china(
    first: tuple[int, ...], last: tuple[int, ...], counts: bool
) -> None:
    one = finding(
        "F",
        "U1",
        f"{S}/7",
        first=datetime(*first, tzinfo=UTC),
        last=datetime(*last, tzinfo=UTC),  # type: ignore[arg-type, misc]
    )
    assert scores([one]) == ((87, 87) if counts else (90, 90))


def test_what_was_seen_on_a_leap_day_alone_is_in_the_year_that_ends_with_february() -> None:
    leap = datetime(2028, 2, 29, 2, 0, tzinfo=UTC)
    scheme = replace(shipped()[S], period=Period(first="03-01", last="02-28"))
    one = finding("F", "U1", f"{S}/7", first=leap)
    year = book([unit("U1")], [one])
    assert [cards(scheme, replace(year, year=y))["U1"].score for y in (2027, 2028, 2029)] == [90, 87, 90]
    assert YEAR == 2026


def test_lines_of_other_schemes_and_refused_findings_are_passed_over() -> None:
    found = [
        finding("F1", "U1", ("xunwu-2022/7", "zhushan/2.1")),
        finding("F2", "U1", ("changshu-2020-b/7",)),
        finding("F3", "U1", f"{S}/7", state=CaseState.DISMISSED),
        finding("F4", "U9", f"{S}/7"),
        finding("F5", "U1", ("xunwu-2022/28", f"{S}/7")),
    ]
    card = cards(S, book([unit("U1")], found))["U1"]
    assert ([c.source for c in card.charges], card.confirmed, card.open) == (["finding:F5"], 1, 0)


def test_findings_are_charged_oldest_first_and_by_id_on_one_day() -> None:
    at = [NOON, NOON - timedelta(days=2), NOON]
    found = [
        finding(f"F{n}", "U1", f"{S}/7", first=day, last=NOON) for n, day in zip((3, 2, 1), at, strict=True)
    ]
    card = cards(S, book([unit("U1")], found))["U1"]
    assert [c.source for c in card.charges] == ["finding:F2", "finding:F1", "finding:F3"]


def test_a_column_on_anothers_site_is_both_the_owners_and_the_sites() -> None:
    """The finding is the department's; the site's own unit holds it under the site, for vetoes by site."""
    open_one = finding("F1", "U2", f"{S}/7", target="s1", state=CaseState.DETECTED)
    sure = finding("F2", "U2", f"{S}/7", target="s1")
    units = [unit("U1", UnitCategory.COUNTY), unit("U2"), unit("U3")]
    matter = sort_out(shipped()[S], book(units, [open_one, sure], sites=[site("s1", "U1")]))
    host, owner = matter.shares["U1"], matter.shares["U2"]
    assert (host.certain, host.everything) == ({}, {})
    assert host.owned_certain == {"s1": {"7": [sure]}}
    assert host.owned_everything == {"s1": {"7": [open_one, sure]}}
    assert (owner.certain, owner.everything) == ({"7": [sure]}, {"7": [open_one, sure]})
    assert (owner.owned_certain, owner.owned_everything) == ({}, {})
    assert (host.open_lines, owner.open_lines) == ({"7"}, {"7"})
    assert matter.shares["U3"].settled
    seven, six = shipped()[S].indicator("7"), shipped()[S].indicator("6")
    assert matter.desk(seven, units[0], everything=True).owned == {"s1": (open_one, sure)}
    assert matter.desk(seven, units[0], everything=False).owned == {"s1": (sure,)}
    assert matter.desk(six, units[0], everything=True).owned == {}


def test_means_and_ranks_are_of_the_units_that_a_line_binds_and_of_the_newest_numbers() -> None:
    """Line 14 is the departments' alone: the county with 99 takes no place. The newest number counts."""
    enter = Entries(S)
    records = [
        enter.tally("U1", "14", 90), enter.tally("U1", "14", 30), enter.tally("U2", "14", 40),
        enter.tally("C1", "14", 99), enter.tally("U3", "5", 50), enter.tally("U1", "5", 100),
    ]  # fmt: skip
    units = [unit("U1"), unit("U2"), unit("U3"), unit("C1", UnitCategory.COUNTY)]
    standings = sort_out(shipped()[S], book(units, records=records)).standings
    assert standings.ranks == {"5": {"U1": 1, "U3": 2}, "14": {"U2": 1, "U1": 2}}
    assert standings.means == {"5": 75, "14": 35}
    none = sort_out(shipped()[S], book(units)).standings
    assert (none.means, none.ranks) == ({}, {"5": {}, "14": {}})


def test_the_day_of_the_book_decides_whether_an_objection_is_still_in_time() -> None:
    terms = Confirmation(machine_checks=("column.stale",), objection_days=5)
    scheme = replace(shipped()[S], confirmation=terms)
    told = {"F1": Review(notified_on=date(2026, 6, 25), by_machine=True)}
    one = finding("F1", "U1", f"{S}/7", state=CaseState.NOTIFIED)
    matter = book([unit("U1")], [one], reviews=told)
    on_the_day = cards(scheme, matter)["U1"]
    day_after = cards(scheme, replace(matter, as_of=date(2026, 7, 1)))["U1"]
    assert (on_the_day.score, on_the_day.low) == (90, 87)
    assert (day_after.score, day_after.low) == (87, 87)
