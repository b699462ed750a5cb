"""A municipality of twelve units under changshu-2020, every sum worked out by hand.

Lines 1–4 are worth 2+5+3+5, 5–7 share 30 (网站), 8–10 share 30 (新媒体), 11–12 share 15: together 90.
Nothing entered: 90. Lines 13 to 17 add, 18 and 19 take away, the total stops at 100.
"""

from decimal import Decimal

import pytest

from domain.unit import UnitCategory
from schemes.card import Scorecard
from schemes.records import Falsification, Level, ReviewScore, SelfScore
from tests.schemes.assessing import (
    LINK,
    NOON,
    Entries,
    account,
    book,
    cards,
    finding,
    line,
    moves,
    said,
    shipped,
    unit,
)

S = "changshu-2020"


def city() -> dict[str, Scorecard]:
    """U01 … U12; the ten information scores entered are 100+100+100+80+80+40+100+80+60+60: mean 80."""
    enter = Entries(S)
    units = [unit(f"U{n:02d}") for n in (*range(1, 10), 11, 12)]
    units.append(unit("U10", UnitCategory.TOWNSHIP))
    information = (100, 100, 100, 80, 80, 40, 100, 80, 60, 60)
    records = [enter.tally(f"U{n:02d}", "5", score) for n, score in enumerate(information, start=1)]
    stale = {"U02": 2, "U03": 11}
    findings = [
        finding(f"F-{owner}-{n:02d}", owner, f"{S}/7") for owner, count in stale.items() for n in range(count)
    ]
    findings += [
        finding("F-U03-word", "U03", f"{S}/6", check="content.wording"),
        finding("F-U04-a1", "U04", f"{S}/9", check="media.stale", target="a41", subject="a41"),
        finding("F-U04-a2", "U04", f"{S}/9", check="media.stale", target="a42", subject="a42"),
        finding("F-U04-a2b", "U04", f"{S}/9", check="media.stale", target="a42", subject="a42"),
        finding("F-U01-guide", "U01", f"{S}/2", check="guide.incomplete"),
    ]
    findings += [finding("F-U12-a1", "U12", f"{S}/9", check="media.stale", target="a121", subject="a121")]
    accounts = [account("a41", "U04"), account("a42", "U04"), account("a43", "U04"), account("a51", "U05")]
    accounts += [account("a111", "U11"), account("a121", "U12")]
    records += [
        enter.announcement("U04", "10", Level.PROVINCE, "无互动", target="a41"),
        enter.case("U05", 1, answered_on=NOON.date(), due_on=NOON.date().replace(day=1)),
        enter.case("U05", 2, defects=("编号", "落款")),
        enter.case("U05", 3, corrected_by="reconsideration"),
        enter.case("U05", 4, corrected_by="litigation"),
        *(enter.case("U06", n) for n in range(10, 20)),
        enter.tally("U06", "14", 40),
        enter.tally("U07", "14", 30),
        *(enter.bonus("U07", "15") for _ in range(4)),
        enter.bonus("U07", "17"),
        enter.of(ReviewScore, "U07", line="13", score=Decimal(15), reviewer="李四"),
        enter.announcement("U08", "18", Level.CITY, "首页不更新"),
        enter.announcement("U08", "18", Level.PROVINCE, "首页 不更新"),
        enter.of(
            Falsification, "U09", on=NOON.date(), reason="伪造更新日期", reviewer="李四", proofs=(LINK,)
        ),
        enter.announcement("U10", "18", Level.STATE, "泄露隐私"),
        enter.deduction("U10", "19"),
        enter.deduction("U10", "19"),
        enter.tally("U10", "14", 99),
        enter.of(ReviewScore, "U11", line="1", score=Decimal(1), reviewer="李四"),
        enter.tally("U11", "3", 1),
        enter.of(ReviewScore, "U11", line="4", score=Decimal(3), reviewer="李四"),
        enter.deduction("U11", "8", hits=2, target="a111"),
        *(enter.announcement("U12", "10", Level.PROVINCE, f"互动{n}", target="a121") for n in range(6)),
        *(enter.case("U12", n, answered_on=NOON.date(), due_on=NOON.date().replace(day=1)) for n in range(3)),
        enter.case("U12", 4, corrected_by="litigation"),
    ]
    return cards(S, book(units, findings, records, accounts))


@pytest.fixture(scope="module")
def result() -> dict[str, Scorecard]:
    return city()


@pytest.mark.parametrize(
    ("code", "score", "grade"),
    [
        ("U01", "89", "良好"),  # 90 − 1 guide fault (line 2, 1 point by default) = 89
        ("U02", "84", "良好"),  # 90 − 2 columns × 3 = 84
        ("U03", "60", "合格"),  # 11 columns × 3 + 1 error × 2 = 35, the pool of 30 is empty: 90 − 30 = 60
        ("U04", "82", "良好"),  # a41: 3 + 5 = 8 → 22; a42: 3 + 3 = 6 → 24; a43: 30. Lowest 22: 90 − 8 = 82
        ("U05", "77", "合格"),  # late 5 + defect 2 + 3 + 3 = 13 of 15: 90 − 13 = 77
        ("U06", "100", "优秀"),  # 40 is 50 % below 80: 2 steps × 5 = 10; +10 rank 1 +10 ten clean cases: 100
        ("U07", "100", "优秀"),  # 90 + 10 (rank 2) + 4 × 3 → 10 + 10 + 15 = 135 → 100
        (
            "U08",
            "59.99",
            "不合格",
        ),  # 90 − 10 (two notices, at most 10) = 80, but the same problem twice: fails
        ("U09", "59.99", "不合格"),  # 60 is 25 % below 80: 1 step × 5 = 5: 85, but falsification: fails
        (
            "U10",
            "65",
            "合格",
        ),  # 60: −5; −10 (line 18) −10 (line 19, two × 10 at most 10) = 65; no township rank
        (
            "U11",
            "81",
            "良好",
        ),  # 90 − 1 (line 1) − 2 (one interpretation of three) − 2 (line 4) − 2 × 2 (line 8) = 81
        ("U12", "45", "不合格"),  # 3 + 6 × 5 = 33 of 30; 3 × 5 + 3 = 18 of 15: 90 − 30 − 15 = 45
    ],
)
def test_scores_and_grades(result: dict[str, Scorecard], code: str, score: str, grade: str) -> None:
    assert (result[code].score, result[code].grade) == (Decimal(score), grade), result[code].words


MOVES = {
    "U01": "2:-1",
    "U02": "7:-6",
    "U03": "6:-2 7:-28",  # the pool of 30 is shared; the error came first in the order of lines
    "U04": "9:-3 10:-5",
    "U05": "11:-7 12:-6",
    "U06": "5:-10 14:+10 16:+10",
    "U07": "13:+15 14:+10 15:+10 17:+10",
    "U08": "18:-10",
    "U09": "5:-5 -:0",
    "U10": "5:-5 18:-10 19:-10",
    "U11": "1:-1 3:-2 4:-2 8:-4",
    "U12": "9:0 10:-30 11:-15 12:0",  # the orders came in May, the silence in June: the pool was empty
}
"""What each line moves, by hand."""


@pytest.mark.parametrize("code", MOVES)
def test_every_line_moves_what_was_reckoned(result: dict[str, Scorecard], code: str) -> None:
    assert moves(result[code]) == said(MOVES[code])


def test_the_municipality_moves_every_line() -> None:
    moved = {no for words in MOVES.values() for no in said(words)}
    assert moved == {line.no for line in shipped()[S].indicators} | {""}


def test_ranks_are_shared_by_equals(result: dict[str, Scorecard]) -> None:
    assert {code: card.rank for code, card in result.items()} == {
        "U06": 1, "U07": 1, "U01": 3, "U02": 4, "U04": 5, "U11": 6, "U05": 7, "U10": 8, "U03": 9, "U08": 10,
        "U09": 10, "U12": 12,
    }  # fmt: skip


def test_the_sum_is_written_out_for_stale_columns(result: dict[str, Scorecard]) -> None:
    assert line(result["U02"], "7").arithmetic == "6个月未更新栏目2个×3分=6分，政府网站类30分池余24分"
    rows = [row for row in result["U02"].rows if row.charge.line == "7"]
    assert [row.points for row in rows] == [Decimal(-3), Decimal(-3)]
    assert rows[0].arithmetic == "6个月未更新栏目1个×3分=3分，政府网站类30分池余27分"
    assert rows[0].charge.clause == "附件第7项"
    assert rows[0].charge.source == "finding:F-U02-00"
    assert rows[0].charge.exhibits[0].path == "evidence/p.png"


def test_an_empty_pool_pays_nothing_more_and_says_so(result: dict[str, Scorecard]) -> None:
    card = result["U03"]
    bucket = next(b for b in card.buckets if b.id == "website")
    assert bucket.score == 0
    assert sum(row.points for row in card.rows) == Decimal(-30)
    assert any("扣完即止，实扣" in row.arithmetic for row in card.rows)
    assert line(card, "6").score == line(card, "7").score == 0


def test_the_lowest_account_counts_and_the_others_cost_nothing(result: dict[str, Scorecard]) -> None:
    bucket = next(b for b in result["U04"].buckets if b.id == "media")
    assert bucket.counted == "a41"
    assert dict(bucket.by_target) == {"a41": Decimal(22), "a42": Decimal(24), "a43": Decimal(30)}
    other = [row for row in result["U04"].rows if row.charge.target == "a42"]
    assert [row.points for row in other] == [0, 0]
    assert all("不是最低，不计入" in row.arithmetic for row in other)
    assert "（按最低账号a41）" in line(result["U04"], "9").arithmetic


def test_a_line_whose_charges_all_lie_with_another_account_says_nothing() -> None:
    accounts = [account("a1", "U1"), account("a2", "U1")]
    found = [finding("F1", "U1", f"{S}/9", check="media.stale", target="a1")]
    orders = [Entries(S).announcement("U1", "10", Level.CITY, target="a2")]
    card = cards(S, book([unit("U1")], found, orders, accounts))["U1"]
    assert line(card, "10").arithmetic == (
        "被督促整改（设区市）1次×5分=5分，政务新媒体类30分池余25分（按最低账号a2）"
    )
    assert line(card, "9").arithmetic == ""
    assert card.score == 85


def test_steps_below_the_mean_are_written_out(result: dict[str, Scorecard]) -> None:
    assert line(result["U06"], "5").arithmetic == (
        "信息保障得分40分，低于平均80分的50%，每20%扣5分：2档×5分=10分，政府网站类30分池余20分"
    )


def test_the_way_to_a_hundred_is_written_out(result: dict[str, Scorecard]) -> None:
    assert result["U07"].words == ("各项满分90分，得90分", "加分45分", "合计135分", "超过100分的按100分计")
    assert result["U06"].words == ("各项满分90分，得80分", "加分20分", "合计100分")
    assert result["U10"].words == ("各项满分90分，得85分", "另行核减20分", "合计65分")


def test_vetoes_name_their_reason(result: dict[str, Scorecard]) -> None:
    vetoes = [row.arithmetic for row in result["U08"].rows if row.charge.way.value == "veto"]
    assert vetoes == ["同一问题重复通报：“首页 不更新”被通报2次，单项否决"]
    assert result["U09"].vetoed
    assert [r.charge.clause for r in result["U09"].rows if r.charge.way.value == "veto"] == [
        "考核办法第十六条：自查和考核中弄虚作假的，直接记为不合格"
    ]


def test_lines_not_entered_are_named_and_count_in_full(result: dict[str, Scorecard]) -> None:
    assert line(result["U01"], "1").note == "未录入，按满分2分计"
    assert line(result["U01"], "13").note == "未录入，按0分计"
    assert any("待录入" in note for note in result["U01"].notes)


def test_a_self_score_counts_for_the_time_being_but_never_as_a_bonus() -> None:
    enter = Entries(S)
    claims = [
        enter.of(SelfScore, "U01", line="1", score=Decimal(1)),
        enter.of(SelfScore, "U01", line="13", score=Decimal(20), proofs=(LINK,)),
    ]
    card = cards(S, book([unit("U01")], records=claims))["U01"]
    assert card.score == 89
    assert line(card, "1").note == "单位自评1分，尚未核定，暂按自评计"
    assert line(card, "13").score == 0
    assert line(card, "13").open == "待核定"


def test_the_reviewers_score_stands_over_the_claim_and_the_machine() -> None:
    enter = Entries(S)
    entered = [
        enter.of(SelfScore, "U01", line="2", score=Decimal(5)),
        enter.of(ReviewScore, "U01", line="2", score=Decimal(3), reviewer="李四"),
    ]
    findings = [finding(f"F{n}", "U01", f"{S}/2", check="guide.incomplete") for n in range(3)]
    card = cards(S, book([unit("U01")], findings, entered))["U01"]
    assert card.score == 88  # 90 − (5 − 3)
    assert line(card, "2").self_score == 5
    assert len(line(card, "2").hints) == 3


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # ranks 1,1,3,4,5,5: all are among the first five; the unit with nothing has no place
        ({"U01": 9, "U02": 9, "U03": 8, "U04": 7, "U05": 6, "U06": 6, "U07": 0}, [10, 10, 10, 10, 10, 10, 0]),
    ],
)
def test_equals_share_the_better_rank(counts: dict[str, int], expected: list[int]) -> None:
    enter = Entries(S)
    units = [unit(code) for code in counts]
    records = [enter.tally(code, "14", count) for code, count in counts.items()]
    found = cards(S, book(units, records=records))
    assert [line(found[code], "14").score for code in counts] == expected


@pytest.mark.parametrize(("rank", "points"), [(5, 10), (6, 8), (10, 8), (11, 5), (20, 5), (21, 0)])
def test_rank_bonus_bounds(rank: int, points: int) -> None:
    enter = Entries(S)
    units = [unit(f"U{n:02d}") for n in range(1, 26)]
    records = [enter.tally(u.code, "14", 100 - n) for n, u in enumerate(units)]
    found = cards(S, book(units, records=records))
    assert line(found[f"U{rank:02d}"], "14").score == points


@pytest.mark.parametrize(
    ("score", "steps"),
    [(100, 0), ("83.4", 0), ("83.2", 1), ("62.4", 2), ("62.5", 1)],
)
def test_each_full_twenty_percent_below_the_mean_costs_five(score: int | str, steps: int) -> None:
    """Two other units bring the mean to 104: 20 % below is 83.2, 40 % below is 62.4."""
    enter = Entries(S)
    rest = (Decimal(312) - Decimal(score)) / 2
    records = [
        enter.tally("U01", "5", str(score)),
        enter.tally("U02", "5", str(rest)),
        enter.tally("U03", "5", str(rest)),
    ]
    found = cards(S, book([unit("U01"), unit("U02"), unit("U03")], records=records))
    assert line(found["U01"], "5").deducted == 5 * steps


def test_interpretations_fall_short_by_one_point_each() -> None:
    enter = Entries(S)
    card = cards(S, book([unit("U01")], records=[enter.tally("U01", "3", 1)]))["U01"]
    assert line(card, "3").arithmetic == "重要政策解读须3次、实有1次，少2次×1分=2分，本项3分余1分"
    assert card.score == 88


def test_an_answered_case_is_closed_unless_it_is_still_open() -> None:
    enter = Entries(S)
    answered = [enter.case("U01", n, closed_on=None) for n in range(10)]
    waiting = [enter.case("U02", n, closed_on=None, answered_on=None, due_on=NOON.date()) for n in range(10)]
    found = cards(S, book([unit("U01"), unit("U02")], records=[*answered, *waiting]))
    assert [line(found[code], "16").score for code in ("U01", "U02")] == [10, 0]


def test_nine_clean_cases_are_not_enough_and_one_lost_case_spoils_ten() -> None:
    enter = Entries(S)
    nine = [enter.case("U01", n) for n in range(9)]
    spoiled = [enter.case("U02", n, corrected_by="litigation" if n == 0 else "") for n in range(11)]
    found = cards(S, book([unit("U01"), unit("U02")], records=[*nine, *spoiled]))
    assert line(found["U01"], "16").score == 0
    assert line(found["U02"], "16").score == 0
    assert line(found["U02"], "12").deducted == 3


@pytest.mark.parametrize(
    ("level", "points"),
    [(None, 10), (Level.STATE, 10), (Level.PROVINCE, 10), (Level.CITY, 10), (Level.COUNTY, 0)],
)
def test_praise_of_a_county_is_not_among_those_the_text_names(level: Level | None, points: int) -> None:
    """Line 17 names media of the state, provinces and cities, and praise from the city upwards."""
    merit = Entries(S).bonus("U01", "17", level=level)
    assert line(cards(S, book([unit("U01")], records=[merit]))["U01"], "17").score == points
