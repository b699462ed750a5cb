"""Eleven units under zhushan: 100 points in five groups, grades, falsification; sums by hand."""

from decimal import Decimal

import pytest

from domain.unit import UnitCategory
from schemes.card import Scorecard
from schemes.records import Falsification, ReviewScore
from tests.schemes.assessing import (
    LINK,
    NOON,
    Entries,
    book,
    cards,
    finding,
    line,
    moves,
    said,
    shipped,
    unit,
)

S = "zhushan"


def reviewed(enter: Entries, owner: str, **scores: str) -> list[object]:
    return [
        enter.of(
            ReviewScore,
            owner,
            line=no.replace("L", "").replace("_", "."),
            score=Decimal(score),
            reviewer="李四",
        )
        for no, score in scores.items()
    ]


def test_twelve_scored_items_in_five_groups_and_a_veto() -> None:
    """The text sets 3+2+2+2+3 = 12 items and, in article 14, falsification as a thirteenth that vetoes."""
    scheme = shipped()[S]
    scored = [no for no in scheme.indicators if no.points is not None]
    by_group: dict[str, Decimal] = {}
    for indicator in scored:
        by_group[indicator.group] = by_group.get(indicator.group, Decimal(0)) + (indicator.points or 0)
    assert by_group == {"组织领导": 15, "公开内容": 35, "公开形式": 20, "公开时限": 15, "公开效果": 15}
    assert (len(scored), len(scheme.indicators)) == (12, 13)


@pytest.fixture(scope="module")
def result() -> dict[str, Scorecard]:
    enter = Entries(S)
    units = [unit(f"U{n}", UnitCategory.TOWNSHIP) for n in range(1, 12)]
    records = [
        *reviewed(enter, "U2", L1_2="0", L1_3="0"),
        *reviewed(enter, "U3", L1_2="0", L1_3="0", L5_3="4.5"),
        *reviewed(enter, "U4", L3_2="0"),
        *reviewed(enter, "U5", L3_2="0", L5_3="4.5"),
        *reviewed(enter, "U6", L3_1="0"),
        *reviewed(enter, "U7", L3_1="0", L5_3="4.5"),
        enter.of(Falsification, "U8", on=NOON.date(), reason="自查材料造假", reviewer="李四", proofs=(LINK,)),
        *reviewed(enter, "U10", L1_1="3", L2_2="4", L5_1="2", L5_2="4.5"),
        *(enter.case("U10", n, answered_on=NOON.date()) for n in range(2)),
        enter.deduction("U11", "14", reason="伪造台账"),
    ]
    stale = {"U4": 5, "U5": 5, "U6": 11, "U7": 11}
    findings = [
        finding(f"{owner}-{n}", owner, f"{S}/2.1") for owner, count in stale.items() for n in range(count)
    ]
    findings += [
        finding("late", "U9", f"{S}/4.1", check="annual-report.late"),
        finding("missing", "U9", f"{S}/4.1", check="annual-report.missing"),
    ]
    return cards(S, book(units, findings, records))


@pytest.mark.parametrize(
    ("code", "score", "grade"),
    [
        ("U1", "100", "优秀"),
        ("U2", "90", "优秀"),  # 100 − 5 (1.2 given 0) − 5 (1.3 given 0) = 90
        ("U3", "89.5", "良好"),  # U2 − 0.5 (5.3 given 4.5): between two bands, the lower bound decides
        ("U4", "75", "良好"),  # 100 − 5 columns × 3 − 10 (3.2 given 0) = 75
        ("U5", "74.5", "合格"),  # as U4, − 0.5
        ("U6", "60", "合格"),  # 11 columns × 3 = 33, at most 30; − 10 (3.1 given 0) = 60
        ("U7", "59.5", "不合格"),  # as U6, − 0.5
        ("U8", "59.99", "不合格"),  # falsification in its self-review
        ("U9", "96", "优秀"),  # two reports late or missing × 2
        ("U10", "91.5", "优秀"),  # 100 − 2 (1.1) − 1 (2.2) − 2 × 1 (4.2) − 3 (5.1) − 0.5 (5.2) = 91.5
        ("U11", "59.99", "不合格"),  # falsification entered on line 14
    ],
)
def test_scores_and_grades(result: dict[str, Scorecard], code: str, score: str, grade: str) -> None:
    card = result[code]
    assert (card.score, card.grade) == (Decimal(score), grade), card.words


MOVES = {
    "U1": "",
    "U2": "1.2:-5 1.3:-5",
    "U3": "1.2:-5 1.3:-5 5.3:-0.5",
    "U4": "2.1:-15 3.2:-10",
    "U5": "2.1:-15 3.2:-10 5.3:-0.5",
    "U6": "2.1:-30 3.1:-10",
    "U7": "2.1:-30 3.1:-10 5.3:-0.5",
    "U8": "-:0",
    "U9": "4.1:-4",
    "U10": "1.1:-2 2.2:-1 4.2:-2 5.1:-3 5.2:-0.5",
    "U11": "14:0",
}
"""What each line moves, by hand."""


@pytest.mark.parametrize("code", MOVES)
def test_every_line_moves_what_was_reckoned(result: dict[str, Scorecard], code: str) -> None:
    assert moves(result[code]) == said(MOVES[code])


def test_the_municipality_moves_every_line() -> None:
    moved = {no for words in MOVES.values() for no in said(words)}
    assert moved == {line.no for line in shipped()[S].indicators} | {""}


def test_falsification_entered_on_the_line_fails_too() -> None:
    enter = Entries(S)
    card = cards(S, book([unit("U1")], records=[enter.deduction("U1", "14", reason="伪造台账")]))["U1"]
    assert (card.score, card.grade) == (Decimal("59.99"), "不合格")


def test_a_veto_never_raises_a_score() -> None:
    enter = Entries(S)
    low = reviewed(enter, "U1", L2_1="0", L3_1="0", L3_2="0", L4_1="0")
    before = cards(S, book([unit("U1")], records=low))["U1"]
    fail = enter.of(Falsification, "U1", on=NOON.date(), reason="造假", reviewer="李四", proofs=(LINK,))
    after = cards(S, book([unit("U1")], records=[*low, fail]))["U1"]
    assert before.score == after.score == 40  # 100 − 30 − 10 − 10 − 10
    assert after.vetoed


def test_a_late_answer_costs_one_point_at_most_five() -> None:
    enter = Entries(S)
    cases = [enter.case("U1", n, answered_on=NOON.date()) for n in range(7)]
    card = cards(S, book([unit("U1")], records=cases))["U1"]
    assert line(card, "4.2").deducted == 5
    assert card.score == 95
