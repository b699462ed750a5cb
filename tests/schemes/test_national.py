"""Twenty-odd units under national-2019: vetoes, deductions, the bonus gate, 75 points × 4/3; sums by hand."""

from decimal import Decimal

import pytest

from domain.finding import CaseState
from domain.unit import UnitCategory
from schemes.card import Scorecard
from schemes.model import Effect
from schemes.records import Applicability, Record, ReviewScore
from tests.schemes.assessing import (
    LINK,
    Entries,
    account,
    book,
    cards,
    finding,
    line,
    moves,
    said,
    shipped,
    site,
    unit,
)

S = "national-2019"
COUNTY, TOWN = UnitCategory.COUNTY, UnitCategory.TOWNSHIP


def test_vetoes_and_a_hundred_points_with_services_worth_25() -> None:
    scheme = shipped()[S]
    numbers = [no.no for no in scheme.indicators]
    assert numbers[:9] == ["W-V1", "W-V2", "W-V3", "W-V4", "W-V5", "W-V6", "M-V1", "M-V2", "M-V3"]
    services = [no.points for no in scheme.indicators if no.group == "办事服务"]
    assert services == [25]


def stale(owner: str, count: int, kind: str = "news", level: int = 1, start: int = 0) -> list[object]:
    return [
        finding(
            f"{owner}-{kind}-{level}-{n + start}",
            owner,
            [f"{S}/W-V4", f"{S}/D-1"],
            target=f"s-{owner}",
            observed={"column_kind": kind, "level": level},
        )
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def result() -> dict[str, Scorecard]:
    enter = Entries(S)
    units = [unit(f"U{n}", COUNTY) for n in range(1, 9)] + [unit("D1"), unit("T1", TOWN), unit("T2", TOWN)]
    merits: list[Record] = [
        enter.of(ReviewScore, owner, line=f"B-{n}", score=Decimal(9), reviewer="李四", proofs=(LINK,))
        for owner in ("U2", "U3")
        for n in range(1, 7)
    ]
    records = [
        *merits,
        enter.of(ReviewScore, "U3", line="D-6", score=Decimal(5), reviewer="李四"),
        enter.of(Applicability, "D1", line="D-6", applies=False, reason="没有公共服务职能"),
        enter.deduction("U8", "W-V1", reason="首页被篡改未处置"),
    ]
    findings = [
        *stale("U1", 4),
        *stale("U4", 3),
        *stale("U4", 2, kind="notices"),
        *stale("U5", 4),
        *stale("U5", 3, kind="notices", level=2),
        *stale("U6", 4),
        *stale("U6", 6, kind="notices", level=2),
        finding(
            "U7-link", "U7", f"{S}/D-9", check="site.broken-link", target="s-U7", observed={"status": "404"}
        ),
        finding(
            "U7-foot", "U7", f"{S}/D-10", check="site.footer-incomplete", target="s-U7",
            observed={"missing": ["icp", "site_map"]},
        ),
        finding("D1-kind", "D1", f"{S}/D-3", check="column.missing", target="s-D1"),
        finding("D1-kind2", "D1", f"{S}/D-3", check="column.missing", target="s-D1"),
        finding("D1-kind3", "D1", f"{S}/D-3", check="column.missing", target="s-D1"),
        finding("T2-m", "T2", f"{S}/M-V2", check="media.stale", target="a-T2"),
    ]  # fmt: skip
    sites = [site(f"s-{u.code}", u.code) for u in units]
    return cards(S, book(units, findings, records, [account("a-T2", "T2")], sites))


@pytest.mark.parametrize(
    ("code", "score", "grade"),
    [
        ("U1", "92", "合格"),  # 100 − 4 stale × 2 = 92; four are one short of the veto
        ("U2", "130", "合格"),  # 100, above 80: bonuses 5+5+6+5+5+4 = 30
        ("U3", "80", "合格"),  # 100 − 20 (services given 5) = 80: not above 80, the bonuses do not open
        ("U4", "59.99", "不合格"),  # 3 news + 2 first-level notices = 5: veto
        ("U5", "86", "合格"),  # 4 first-level of the kind; 7 in all, not 10: 100 − 7 × 2 = 86
        ("U6", "59.99", "不合格"),  # 10 in all: veto; 100 − 20 = 80 before
        ("U7", "97.9", "合格"),  # 100 − 0.1 (link) − 2 × 1 (footer) = 97.9
        ("U8", "59.99", "不合格"),  # veto entered by hand
        ("D1", "92", "合格"),  # no services: (75 − 3 × 2) × 100 ÷ 75 = 92
        ("T1", None, "合格"),  # bound by vetoes alone
        ("T2", None, "不合格"),  # a silent account vetoes
    ],
)
def test_scores_and_grades(result: dict[str, Scorecard], code: str, score: str | None, grade: str) -> None:
    expected = Decimal(score) if score else None
    assert (result[code].score, result[code].grade) == (expected, grade), result[code].words


def test_seventy_five_points_times_four_thirds(result: dict[str, Scorecard]) -> None:
    assert result["D1"].words[:2] == ("各项满分75分，得69分", "按满分100分折算：69分×100分÷75分＝92分")


def test_the_gate_is_written_out(result: dict[str, Scorecard]) -> None:
    assert "未高于80分，加分30分不计" in result["U3"].words
    assert line(result["U2"], "B-3").score == 6


def test_just_above_eighty_opens_the_gate() -> None:
    enter = Entries(S)
    records = [
        enter.of(ReviewScore, "U1", line="B-1", score=Decimal(5), reviewer="李四", proofs=(LINK,)),
        enter.of(ReviewScore, "U1", line="D-6", score=Decimal("5.1"), reviewer="李四"),
    ]
    assert cards(S, book([unit("U1", COUNTY)], records=records))["U1"].score == Decimal("85.1")


@pytest.mark.parametrize(("score", "grade"), [("60", "合格"), ("59.9", "不合格")])
def test_sixty_passes_and_below_fails(score: str, grade: str) -> None:
    """All other lines given nothing but D-1 and D-6: 20 + 25 = 45; D-2 10 → 55; D-5 gives the rest."""
    enter = Entries(S)
    rest = {"D-3": "0", "D-4": "0", "D-7": "0", "D-8": "0", "D-9": "0", "D-10": "0", "D-11": "0", "D-12": "0"}
    rest["D-5"] = str(Decimal(score) - 55)
    records = [
        enter.of(ReviewScore, "U1", line=no, score=Decimal(given), reviewer="李四")
        for no, given in rest.items()
    ]
    card = cards(S, book([unit("U1", COUNTY)], records=records))["U1"]
    assert (card.score, card.grade) == (Decimal(score), grade)


def test_columns_of_guests_count_for_the_portals_owner_alone() -> None:
    """Five stale columns of departments on the county's portal veto the portal, not the departments."""
    findings = [
        finding(
            f"F{n}", f"D{n}", [f"{S}/W-V4", f"{S}/D-1"], target="portal", observed={"column_kind": "news"}
        )
        for n in range(5)
    ]
    units = [unit("C", COUNTY), *(unit(f"D{n}") for n in range(5))]
    found = cards(S, book(units, findings, sites=[site("portal", "C")]))
    assert found["C"].vetoed
    assert not any(found[f"D{n}"].vetoed for n in range(5))
    assert found["D0"].score == 98


@pytest.mark.parametrize(("kind", "vetoed"), [("statistics", False), ("news", True), (None, True)])
def test_only_columns_of_the_kinds_named_count_towards_five(kind: str | None, vetoed: bool) -> None:
    """Columns stale by the registry's own limit count among the ten; what a finding does not say counts."""
    seen = {"column_kind": kind} if kind else {}
    found = [finding(f"F{n}", "U1", f"{S}/W-V4", target="s-U1", observed=dict(seen)) for n in range(5)]
    card = cards(S, book([unit("U1", COUNTY)], found, sites=[site("s-U1", "U1")]))["U1"]
    assert card.vetoed is vetoed


def test_open_findings_of_guests_are_in_the_range_of_the_portals_owner() -> None:
    findings = [
        finding(
            f"F{n}", f"D{n}", f"{S}/W-V4", target="portal", observed={"column_kind": "news"},
            state=CaseState.DETECTED,
        )
        for n in range(5)
    ]  # fmt: skip
    units = [unit("C", COUNTY), *(unit(f"D{n}") for n in range(5))]
    found = cards(S, book(units, findings, sites=[site("portal", "C")]))
    assert (found["C"].score, found["C"].low) == (100, Decimal("59.99"))
    assert found["C"].low_grade == "不合格"


def test_a_finding_costs_in_one_line_only() -> None:
    both = finding("F", "U1", [f"{S}/D-1", f"{S}/D-10"], check="column.stale", observed={"missing": ["a"]})
    card = cards(S, book([unit("U1", COUNTY)], [both]))["U1"]
    assert card.score == 98


DEDUCTIONS = {
    "D-1": ("column.stale", {}, "-2"), "D-3": ("column.missing", {}, "-2"),
    "D-4": ("guide.incomplete", {"missing": ["fax", "phone", "office_hours"]}, "-1.5"),
    "D-5": ("annual-report.late", {}, "-2"), "D-6": ("service-guide.incomplete", {}, "-2"),
    "D-7": ("interaction.unanswered", {}, "-2"), "D-9": ("site.broken-link", {}, "-0.1"),
    "D-10": ("site.footer-incomplete", {"missing": ["icp"]}, "-1"),
    "D-11": ("site.tags-missing", {"missing": ["home:SiteName", "column:ColumnName"]}, "-1"),
}  # fmt: skip
"""Lines priced by what machines find: the check, what it saw, what the line loses."""

VETOES = {
    "W-V1": ("content.dark-link", 1),
    "W-V2": ("site.unreachable", 1),
    "W-V3": ("site.home-stale", 1),
    "W-V4": ("column.empty", 5),
    "W-V5": ("interaction.no-channel", 1),
    "W-V6": ("service-guide.incomplete", 5),
    "M-V2": ("media.unavailable", 1),
    "M-V3": ("media.no-interaction", 1),
}
"""Vetoes by what machines find: the check and how many it takes on one site or account."""


def test_every_deduction_line_by_itself() -> None:
    """One unit with one lapse on each line: 2 + 2 + 1.5 + 2 + 2 + 2 + 0.1 + 1 + 1 = 13.6; by hand
    D-2 two faults − 2, D-8 four of six surveys − 1, D-12 one fault − 1: 100 − 13.6 − 4 = 82.4;
    above 80 the bonuses open: 5 + 4 + 6 + 2 + 3 + 1 = 21, together 103.4."""
    enter = Entries(S)
    findings = [
        finding(f"F{no}", "U1", f"{S}/{no}", check=check, target="s-U1", observed=dict(observed))
        for no, (check, observed, _) in DEDUCTIONS.items()
    ]
    given = {"B-1": 5, "B-2": 4, "B-3": 6, "B-4": 2, "B-5": 3, "B-6": 1}
    records: list[Record] = [
        enter.deduction("U1", "D-2", hits=2),
        enter.tally("U1", "D-8", 4),
        enter.deduction("U1", "D-12"),
        *(
            enter.of(ReviewScore, "U1", line=no, score=Decimal(score), reviewer="李四", proofs=(LINK,))
            for no, score in given.items()
        ),
    ]
    card = cards(S, book([unit("U1", COUNTY)], findings, records, sites=[site("s-U1", "U1")]))["U1"]
    expected = {no: Decimal(lost) for no, (_, _, lost) in DEDUCTIONS.items()}
    expected |= said("D-2:-2 D-8:-1 D-12:-1") | {no: Decimal(score) for no, score in given.items()}
    assert moves(card) == expected
    assert (card.score, card.grade) == (Decimal("103.4"), "合格")
    assert set(expected) == {no.no for no in shipped()[S].indicators if no.effect is not Effect.VETO}


@pytest.mark.parametrize("no", VETOES)
def test_every_veto_by_itself_and_one_short_of_it(no: str) -> None:
    check, needed = VETOES[no]
    for count, failed in ((needed, True), (needed - 1, False)):
        findings = [
            finding(f"F{n}", "U1", f"{S}/{no}", check=check, target="x1", subject=f"x1-{n}")
            for n in range(count)
        ]
        places = {"accounts": [account("x1", "U1")]} if no[0] == "M" else {"sites": [site("x1", "U1")]}
        card = cards(S, book([unit("U1", COUNTY)], findings, **places))["U1"]  # type: ignore[arg-type]
        assert card.vetoed is failed
        assert card.score == (Decimal("59.99") if failed else 100)
        assert set(moves(card)) == ({no} if failed else set())


@pytest.mark.parametrize("no", ["W-V1", "W-V6", "M-V1", "M-V3"])
def test_vetoes_that_people_decide(no: str) -> None:
    card = cards(S, book([unit("U1")], records=[Entries(S).deduction("U1", no, reason="查实")]))["U1"]
    assert (card.vetoed, card.grade, moves(card)) == (True, "不合格", {no: Decimal(0)})


def test_between_them_the_vetoes_are_all_there() -> None:
    vetoes = {no.no for no in shipped()[S].indicators if no.effect is Effect.VETO}
    assert vetoes == set(VETOES) | {"M-V1"}
