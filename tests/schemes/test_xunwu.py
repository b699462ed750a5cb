"""Eleven units under xunwu-2022, every sum worked out by hand.

The 40 lines are worth 100. Lines proven by what people hand in (earn) are worth, in order:
1:3 2:3 5:2 6:2 7:2 8:4 9:4 10:3 11:3 32:5 33:2 34:2 35:2 37:4 38:1 39:2 40:5 = 49.
The other lines start full: 3:6 4:1 12:2 13:2 14:2 15:2 16:2 17:2 18:3 19:1 20:2 21:1 22:2 23:2 24:1 25:1
26+27:6 28:4 29–31:5 36:4 = 51.
"""

from datetime import date
from decimal import Decimal

import pytest

from domain.unit import UnitCategory
from schemes.card import Scorecard
from schemes.model import Effect
from schemes.records import Applicability, Level, Record, ReviewScore, SelfScore
from tests.schemes.assessing import LINK, Entries, book, cards, finding, line, moves, said, shipped, unit

S = "xunwu-2022"
EARNED = {
    "1": 3, "2": 3, "5": 2, "6": 2, "7": 2, "8": 4, "9": 4, "10": 3, "11": 3, "32": 5, "33": 2, "34": 2,
    "35": 2, "37": 4, "38": 1, "39": 2,
}  # fmt: skip


def all_earned(enter: Entries, owner: str) -> list[Record]:
    """Full marks by the reviewers on every line that is earned but line 40: 44 points."""
    return [
        enter.of(ReviewScore, owner, line=no, score=Decimal(score), reviewer="李四", proofs=(LINK,))
        for no, score in EARNED.items()
    ]


def media(name: str, owner: str, check: str, no: str, **observed: int) -> object:
    return finding(name, owner, f"{S}/{no}", check=check, target=f"acc-{owner}", observed=dict(observed))


@pytest.fixture(scope="module")
def result() -> dict[str, Scorecard]:
    enter = Entries(S)
    units = [unit(f"U{n}", UnitCategory.TOWNSHIP) for n in range(1, 12)]
    records: list[Record] = []
    for n in (*range(1, 9), 10, 11):
        records += all_earned(enter, f"U{n}")
    records += [
        enter.bonus("U1", "40", level=Level.STATE),
        enter.bonus("U1", "40", level=Level.PROVINCE),
        enter.bonus("U1", "40", level=Level.CITY),
        enter.announcement("U3", "26", Level.PROVINCE),
        enter.announcement("U3", "26", Level.CITY),
        enter.announcement("U3", "27", Level.STATE, "发布错误内容"),
        enter.announcement("U4", "31", Level.CITY),
        enter.announcement("U4", "36", Level.PROVINCE, "突出问题"),
        enter.announcement("U4", "36", Level.PROVINCE, "又一突出问题"),
        enter.announcement("U4", "36", Level.PROVINCE, "再一突出问题"),
        enter.announcement("U4", "13", Level.CITY, "舆情"),
        enter.case("U7", 1, due_on=date(2026, 1, 20)),
        enter.case("U7", 2, corrected_by="reconsideration"),
        enter.case("U7", 3, corrected_by="litigation"),
        enter.announcement("U10", "14", Level.COUNTY, "错误表述"),
        enter.announcement("U10", "15", Level.CITY, "回应不当"),
        enter.tally("U10", "12", 6, full=Decimal(10)),
        enter.deduction("U10", "28", hits=2, reason="没有社会救助专栏"),
        enter.deduction("U10", "30", hits=3, reason="解读少发"),
        enter.of(ReviewScore, "U10", line="8", score=Decimal("1.5"), reviewer="李四", proofs=(LINK,)),
        *(enter.announcement("U11", "31", Level.STATE, f"问题{n}") for n in range(2)),
        enter.announcement("U11", "27", Level.PROVINCE, "错字"),
        enter.of(Applicability, "U8", line="1", applies=False, reason="不在决策目录之内"),
    ]
    findings = [
        media("F1", "U2", "media.stale", "29", age_days=40, limit_days=13),
        media("F2", "U2", "media.too-few", "29", count=20, required=26),
        media("F3", "U2", "media.few-interpretations", "30", count=2, required=5),
        finding("F4", "U5", f"{S}/18", check="guide.incomplete", observed={"missing": ["fax", "phone"]}),
        finding("F5", "U5", f"{S}/19", check="guide.no-fee-terms"),
        finding("F6", "U5", f"{S}/17", check="organisation.incomplete", observed={"missing": ["hours"]}),
        finding("F7", "U5", f"{S}/16", check="leaders.incomplete", observed={"missing": ["birth"]}),
        finding("F8", "U5", f"{S}/16", check="leaders.incomplete", observed={"missing": ["photo"]}),
        finding("F9", "U6", [f"{S}/23", f"{S}/25"], check="annual-report.missing"),
        finding("F10", "U6", f"{S}/3", check="consultation.short"),
        finding("F11", "U6", f"{S}/3", check="consultation.short"),
        finding("F12", "U6", f"{S}/3", check="consultation.no-feedback"),
        finding("F13", "U6", [f"{S}/4", f"{S}/12"], check="policy.unlinked"),
        finding("F15", "U10", f"{S}/24", check="annual-report.duplicate"),
        finding("F16", "U10", f"{S}/18", check="column.missing"),
        media("F17", "U11", "media.stale", "29", age_days=26, limit_days=13),
        finding("F14", "U6", f"{S}/28", check="column.misplaced-item"),
    ]
    return cards(S, book(units, findings, records))


def test_the_lines_add_up_to_a_hundred() -> None:
    lines = shipped()[S].indicators
    earned = sum(no.points for no in lines if no.effect is Effect.EARN and no.points)
    started = sum(no.points for no in lines if no.effect is Effect.DEDUCT and no.points)
    assert (earned, started) == (49, 51 - 6 - 5)
    assert len(lines) == 40


@pytest.mark.parametrize(
    ("code", "score"),
    [
        ("U1", "100"),  # 51 + 44 + line 40: 3 + 2 + 1 = 6, at most 5
        ("U2", "93.8"),  # 95 − 40÷13 = 3 windows 0.3 − 6 posts 0.6 − 3 interpretations 0.3 = 93.8
        ("U3", "89"),  # 95 − (3 + 2 + 3 = 8, the shared 6 bear no more) = 89
        ("U4", "88"),  # 95 − 1 (31, city) − 4 (36: three times 2, at most 4) − 2 (13) = 88
        ("U5", "91.93"),  # 95 − 3×2/9 = 0.67 − 1 (19) − 0.4 (17) − 2 × 0.5 (16) = 91.93
        ("U6", "83.5"),  # 95 − 2 (23) − 1 (25) − 4 − 2 (3) − 1 (4) − 1 (12) − 0.5 (28) = 83.5
        ("U7", "90"),  # 95 − 2 (20, late) − 1 (21) − 2 (22) = 90
        ("U8", "94.85"),  # line 1 does not bind: 51 + 41 = 92 of 97; 92 × 100 ÷ 97 = 94.845… → 94.85
        ("U9", "51"),  # nothing handed in: no evidence, no points
        # 95 − 2 (14) − 2 (15) − 1 (12: 6 of 10 is 60 %) − 2 × 0.5 (28) − 3 × 0.1 (30) − 2.5 (8: 1.5 of 4)
        # − 1 (24) − 3 (18: no guide at all) = 82.2
        ("U10", "82.2"),
        ("U11", "88"),  # 95 − 2 (27) − 5 (31: 3 + 3, the shared 5 bear no more, nor the 0.2 of line 29) = 88
    ],
)
def test_scores(result: dict[str, Scorecard], code: str, score: str) -> None:
    assert result[code].score == Decimal(score), result[code].words


FULL = " ".join(f"{no}:+{score}" for no, score in EARNED.items())
MOVES = {
    "U1": FULL + " 40:+5",
    "U2": FULL + " 29:-0.9 30:-0.3",
    "U3": FULL + " 26:-5 27:-1",
    "U4": FULL + " 31:-1 36:-4 13:-2",
    "U5": FULL + " 18:-0.67 19:-1 17:-0.4 16:-1",
    "U6": FULL + " 23:-2 25:-1 3:-6 4:-1 12:-1 28:-0.5",
    "U7": FULL + " 20:-2 21:-1 22:-2",
    "U8": FULL.replace("1:+3", "1:0", 1),
    "U9": "",
    "U10": FULL.replace(" 8:+4", " 8:+1.5") + " 14:-2 15:-2 12:-1 28:-1 30:-0.3 24:-1 18:-3",
    "U11": FULL + " 27:-2 31:-5 29:0",
}
"""What each line moves, by hand."""


@pytest.mark.parametrize("code", MOVES)
def test_every_line_moves_what_was_reckoned(result: dict[str, Scorecard], code: str) -> None:
    assert moves(result[code]) == said(MOVES[code])


def test_the_municipality_moves_every_line() -> None:
    moved = {no for words in MOVES.values() for no in said(words)}
    assert moved == {line.no for line in shipped()[S].indicators}


@pytest.mark.parametrize(
    ("some", "full", "lost"), [(7, 10, 0), (6, 10, 1), (69, 100, 1), (70, 100, 0), (0, 3, 1), (0, 0, 0)]
)
def test_seventy_percent_of_interpretations_must_not_be_mere_text(some: int, full: int, lost: int) -> None:
    record = Entries(S).tally("U1", "12", some, full=Decimal(full))
    card = cards(S, book([unit("U1")], records=[record]))["U1"]
    assert line(card, "12").deducted == lost
    if lost and full == 10:
        assert line(card, "12").arithmetic == "非文字解读占比6÷10＝60%，不足70%，扣1分，本项2分余1分"


def test_no_grades_in_this_regime(result: dict[str, Scorecard]) -> None:
    assert {card.grade for card in result.values()} == {""}


def test_the_shortfalls_are_written_out(result: dict[str, Scorecard]) -> None:
    assert line(result["U2"], "29").arithmetic == (
        "每13天少发3次×0.1分=0.3分；8至10月少发6次×0.1分=0.6分，政务新媒体类5分池余3.8分"
    )
    assert line(result["U5"], "18").arithmetic == "指南要素9项缺2项，3分×2/9=0.67分，本项3分余2.33分"


def test_rescaling_is_written_out(result: dict[str, Scorecard]) -> None:
    assert result["U8"].words == (
        "各项满分97分，得92分",
        "按满分100分折算：92分×100分÷97分＝94.85分",
        "保留2位小数为94.85分",
    )
    assert line(result["U8"], "1").excluded


@pytest.mark.parametrize(
    ("level", "cost26", "cost27", "cost31"),
    [
        (Level.STATE, 0, 3, 3),
        (Level.PROVINCE, 3, 2, 2),
        (Level.CITY, 2, 1, 1),
        (Level.COUNTY, 1, 0, 0),
    ],
)
def test_announcements_cost_by_level(level: Level, cost26: int, cost27: int, cost31: int) -> None:
    enter = Entries(S)
    records = [enter.announcement("U1", no, level, f"问题{no}") for no in ("26", "27", "31")]
    card = cards(S, book([unit("U1")], records=records))["U1"]
    assert [line(card, no).deducted for no in ("26", "27", "31")] == [cost26, cost27, cost31]


def test_a_claim_without_proof_is_worth_nothing_and_says_so() -> None:
    enter = Entries(S)
    records = [
        enter.of(SelfScore, "U1", line="37", score=Decimal(4)),
        enter.of(SelfScore, "U2", line="37", score=Decimal(4), proofs=(LINK,)),
        enter.of(ReviewScore, "U3", line="37", score=Decimal(4), reviewer="李四"),
    ]
    found = cards(S, book([unit("U1"), unit("U2"), unit("U3")], records=records))
    assert [line(found[code], "37").score for code in ("U1", "U2", "U3")] == [0, 4, 0]
    assert line(found["U1"], "37").note == "单位自评4分，未提供佐证，不予认定"
    assert line(found["U3"], "37").note == "考核组核定4分，未提供佐证，不予认定"


def test_a_merit_without_proof_is_worth_nothing() -> None:
    enter = Entries(S)
    records = [enter.bonus("U1", "40", level=Level.STATE, proofs=())]
    assert line(cards(S, book([unit("U1")], records=records))["U1"], "40").score == 0


@pytest.mark.parametrize(("age", "windows"), [(14, 1), (25, 1), (26, 2), (39, 3)])
def test_each_whole_window_without_a_post_counts(age: int, windows: int) -> None:
    found = finding("F", "U1", f"{S}/29", check="media.stale", target="a", observed={"age_days": age})
    card = cards(S, book([unit("U1")], [found]))["U1"]
    assert line(card, "29").deducted == Decimal("0.1") * windows
