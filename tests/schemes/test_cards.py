"""A whole card, field by field: what a person reads of each line, each row and the sum, reckoned by hand."""

from dataclasses import asdict, replace
from decimal import Decimal

import pytest

from domain.finding import CaseState
from domain.unit import UnitCategory
from schemes.book import Gap
from schemes.card import Scorecard
from schemes.cards import rows_of
from schemes.charge import Charge, Way
from schemes.model import Aggregate, Effect
from schemes.records import (
    Announcement,
    Applicability,
    Falsification,
    Level,
    ReviewScore,
    SelfScore,
    SocialReview,
)
from schemes.rules import Converted
from schemes.scoring import binds, missing_weights, ranked, without_repeats
from tests.schemes.assessing import (
    LINK,
    NOON,
    Entries,
    account,
    book,
    cards,
    finding,
    line,
    shipped,
    unit,
)

S = "changshu-2020"
OPEN = CaseState.DETECTED
GAPS = (
    Gap(unit="U1", check="column.stale", subject="x", reason="超时", indicators=(f"{S}/7",)),
    Gap(unit="U1", check="content.wording", subject="x", reason="超时"),
    Gap(unit="U1", check="content.wording", subject="y", reason="超时"),
    Gap(unit="U1", check="media.wording", subject="z", reason="超时", indicators=("xunwu-2022/31",)),
    Gap(unit="U1", check="guide.incomplete", subject="g", reason="超时", indicators=(f"{S}/2",)),
    Gap(unit="U1", check="policy.unlinked", subject="p", reason="超时", indicators=(f"{S}/3",)),
    Gap(unit="U2", check="content.wording", subject="y", reason="超时"),
)


@pytest.fixture
def card() -> Scorecard:
    """90 − 0.5 (1) − 1 (2) − 10 (5) − 6 (7) − 3 (9, the lower account) = 69.5; + 12 − 10 = 71.5.

    With what is open: 7 loses 6 more, the second account falls to 30 − 2 − 3 = 25: 71.5 − 6 − 2 = 63.5.
    """
    enter = Entries(S)
    records = [
        enter.tally("U1", "5", 40),
        enter.tally("U2", "5", 120),
        enter.of(SelfScore, "U1", line="1", score=Decimal(2), proofs=(LINK,)),
        enter.of(ReviewScore, "U1", line="1", score=Decimal("1.5"), reviewer="李四", proofs=(LINK,)),
        enter.of(ReviewScore, "U1", line="2", score=Decimal(4), reviewer="李四", proofs=(LINK,)),
        enter.of(ReviewScore, "U1", line="13", score=Decimal(12), reviewer="李四", proofs=(LINK,)),
        enter.of(Applicability, "U1", line="4", applies=False, reason="没有交办事项"),
        enter.deduction("U1", "19", reason="迟报"),
        enter.deduction("U1", "7", reason="漏报", proofs=()),
    ]
    findings = [
        finding("F1", "U1", f"{S}/7"),
        finding("F2", "U1", f"{S}/7"),
        finding("F3", "U1", f"{S}/7", state=OPEN),
        finding("G1", "U1", f"{S}/2", check="guide.incomplete"),
        finding("M1", "U1", f"{S}/9", check="media.stale", target="a1"),
        finding("M2", "U1", f"{S}/8", check="media.wording", target="a2"),
        finding("M3", "U1", f"{S}/9", check="media.stale", target="a2", state=OPEN),
    ]
    accounts = [account("a2", "U1"), account("a1", "U1")]
    return cards(S, book([unit("U1"), unit("U2")], findings, records, accounts, gaps=GAPS))["U1"]


def test_the_head_of_a_card(card: Scorecard) -> None:
    scheme = shipped()[S]
    assert (card.scheme, card.scheme_name, card.version) == (S, scheme.name, scheme.version)
    assert (card.unit, card.unit_name, card.year) == ("U1", "某某市U1局", 2026)
    assert (card.category, card.catalogue, card.rank) == (UnitCategory.DEPARTMENT, "", 2)
    assert (card.score, card.grade) == (Decimal("71.5"), "合格")
    assert (card.low, card.low_grade) == (Decimal("63.5"), "合格")
    assert card.words == ("各项满分90分，得69.5分", "加分12分", "另行核减10分", "合计71.5分")
    assert (card.confirmed, card.open) == (5, 2)
    assert (card.targets, card.missing_weights, card.vetoed) == (("a1", "a2"), (), False)
    assert card.notes[0].startswith("第2、3、10、11项有原文未定之处，按暂定口径计")
    assert card.notes[1] == scheme.total.note


BELOW = "信息保障得分40分，低于平均80分的50%，每20%扣5分：2档×5分=10分"
CHANGSHU_LINES = {
    "1": {
        "group": "制度建设", "title": "领导分工与专门机构", "points": 2, "score": "1.5", "low": "1.5",
        "deducted": "0.5", "note": "考核组核定1.5分", "self_score": 2, "review_score": "1.5",
        "arithmetic": "考核组核定1.5分，2分－1.5分＝扣0.5分，本项2分余1.5分",
        "explanation": "考核组核定1.5分，2分－1.5分＝扣0.5分，本项2分余1.5分",
    },
    "2": {
        "group": "制度建设", "title": "指南、目录、年报与办文程序", "points": 5, "score": 4, "low": 4,
        "deducted": 1, "note": "考核组核定4分；有1处无法判定，未计扣分", "review_score": 4,
        "hints": ("“G1”有问题。",),
        "arithmetic": "考核组核定4分，5分－4分＝扣1分，本项5分余4分",
        "explanation": "考核组核定4分，5分－4分＝扣1分，本项5分余4分；有1处无法判定，未计扣分；"
        "请考核组酌定：“G1”有问题。",
    },
    "3": {
        "group": "制度建设", "title": "政策解读", "points": 3, "score": 3, "low": 3,
        "note": "有1处无法判定，未计扣分；未录入数量或得分，暂不扣分",
        "explanation": "有1处无法判定，未计扣分；未录入数量或得分，暂不扣分",
    },
    "4": {
        "group": "制度建设", "title": "要点落实与交办事项", "points": 5, "score": 5, "low": 5,
        "note": "不适用：没有交办事项", "excluded": True, "explanation": "不适用：没有交办事项",
    },
    "5": {
        "group": "政府网站", "title": "向市政府网站报送信息", "points": 30, "pool": "website", "score": 14,
        "low": 8, "deducted": 10,
        "arithmetic": BELOW + "，政府网站类30分池余14分",
        "explanation": BELOW + "，政府网站类30分池余14分",
    },
    "6": {
        "group": "政府网站", "title": "网站信息差错与泄密", "points": 30, "pool": "website", "score": 14,
        "low": 8, "note": "有2处无法判定，未计扣分", "explanation": "有2处无法判定，未计扣分",
    },
    "7": {
        "group": "政府网站", "title": "“信息公开”栏目更新", "points": 30, "pool": "website", "score": 14,
        "low": 8, "deducted": 6, "note": "有1处无法判定，未计扣分", "pending": "6个月未更新栏目2个×3分=6分",
        "arithmetic": "6个月未更新栏目2个×3分=6分，政府网站类30分池余14分",
        "explanation": "6个月未更新栏目2个×3分=6分，政府网站类30分池余14分；有1处无法判定，未计扣分；"
        "待核实：6个月未更新栏目2个×3分=6分",
    },
    "8": {
        "group": "政务新媒体", "title": "新媒体信息差错与泄密", "points": 30, "pool": "media", "score": 27,
        "low": 25, "explanation": "",
    },
    "9": {
        "group": "政务新媒体", "title": "新媒体更新", "points": 30, "pool": "media", "score": 27, "low": 25,
        "deducted": 3, "pending": "2周未更新1次×3分=3分",
        "arithmetic": "2周未更新1次×3分=3分，政务新媒体类30分池余27分（按最低账号a1）",
        "explanation": "2周未更新1次×3分=3分，政务新媒体类30分池余27分（按最低账号a1）；"
        "待核实：2周未更新1次×3分=3分",
    },
    "13": {
        "group": "创新创优", "title": "标准化规范化", "effect": Effect.BONUS, "points": 20, "score": 12,
        "low": 12, "awarded": 12, "note": "考核组核定12分", "review_score": 12,
        "arithmetic": "考核组核定12分，本项20分得12分", "explanation": "考核组核定12分，本项20分得12分",
    },
    "14": {
        "group": "创新创优", "title": "上级网站录用", "effect": Effect.BONUS, "points": 10, "score": 0,
        "low": 0, "note": "未录入数量或得分，暂不加分", "explanation": "未录入数量或得分，暂不加分",
    },
    "19": {
        "group": "严重问题", "title": "其他不符合要求的问题", "effect": Effect.PENALTY, "points": 10,
        "score": -10, "low": -10, "deducted": 10,
        "arithmetic": "其他不符合要求的问题1次×10分=10分，核减10分",
        "explanation": "其他不符合要求的问题1次×10分=10分，核减10分",
    },
}  # fmt: skip
PLAIN = {
    "effect": Effect.DEDUCT, "pool": "", "deducted": 0, "awarded": 0, "arithmetic": "", "note": "",
    "open": "", "excluded": False, "self_score": None, "review_score": None, "hints": (), "pending": "",
}  # fmt: skip
NUMBERS = ("points", "score", "low", "deducted", "awarded", "self_score", "review_score")


@pytest.mark.parametrize("no", CHANGSHU_LINES)
def test_a_line_of_a_card(card: Scorecard, no: str) -> None:
    found = line(card, no)
    expected = {"no": no, **PLAIN, **CHANGSHU_LINES[no]}
    for name in NUMBERS:
        if isinstance(expected[name], str):
            expected[name] = Decimal(str(expected[name]))
    assert asdict(found) | {"explanation": found.explanation} == expected


def test_the_rows_of_a_card(card: Scorecard) -> None:
    """What is certain in the order of lines, then what is open; an account that is not the lowest costs 0."""
    assert [(r.charge.line, r.title, str(r.points), r.arithmetic, r.certain) for r in card.rows] == [
        ("1", "领导分工与专门机构", "-0.5", "考核组核定1.5分，2分－1.5分＝扣0.5分，本项2分余1.5分", True),
        ("2", "指南、目录、年报与办文程序", "-1", "考核组核定4分，5分－4分＝扣1分，本项5分余4分", True),
        ("4", "要点落实与交办事项", "0", "不适用：没有交办事项", True),
        ("5", "向市政府网站报送信息", "-10", f"{BELOW}，政府网站类30分池余20分", True),
        ("7", "“信息公开”栏目更新", "-3", "6个月未更新栏目1个×3分=3分，政府网站类30分池余17分", True),
        ("7", "“信息公开”栏目更新", "-3", "6个月未更新栏目1个×3分=3分，政府网站类30分池余14分", True),
        ("8", "新媒体信息差错与泄密", "0",
         "新媒体严重差错或泄密1次×2分=2分，该账号得分不是最低，不计入", True),
        ("9", "新媒体更新", "-3", "2周未更新1次×3分=3分，政务新媒体类30分池余27分", True),
        ("13", "标准化规范化", "12", "考核组核定12分，本项20分已得12分", True),
        ("19", "其他不符合要求的问题", "-10",
         "其他不符合要求的问题1次×10分=10分，第19项累计核减10分（最多10分）", True),
        ("7", "“信息公开”栏目更新", "-3", "待核实：6个月未更新栏目1个×3分=3分", False),
        ("7", "“信息公开”栏目更新", "-3", "待核实：6个月未更新栏目1个×3分=3分", False),
        ("9", "新媒体更新", "-3", "待核实：2周未更新1次×3分=3分", False),
    ]  # fmt: skip


def test_a_veto_is_a_row_of_its_own_certain_or_open() -> None:
    """Falsification stands before all lines: proven it vetoes, unproven it is in the range alone."""
    enter = Entries("zhushan")
    fail = {"on": NOON.date(), "reason": "造假", "reviewer": "李四"}
    records = [
        enter.of(Falsification, "U1", proofs=(LINK,), **fail),
        enter.of(Falsification, "U2", **fail),
        enter.deduction("U1", "14", reason="伪造台账"),
        enter.of(ReviewScore, "U1", line="1.1", score=Decimal(4), reviewer="李四"),
    ]
    found = cards("zhushan", book([unit("U1"), unit("U2")], [finding("F", "U1", "zhushan/2.1")], records))
    proven, suspected = found["U1"], found["U2"]
    assert [(r.charge.line, r.title, r.points, r.arithmetic) for r in proven.rows] == [
        ("", "弄虚作假", 0, "弄虚作假：造假"),
        ("1.1", "领导机构和工作机构", -1, "考核组核定4分，5分－4分＝扣1分，本项5分余4分"),
        ("2.1", "要点落实与栏目更新", -3, "未按要求更新栏目1个×3分=3分，本项30分余27分"),
        ("14", "弄虚作假", 0, "弄虚作假：伪造台账"),
    ]
    assert (proven.vetoed, proven.rows[0].charge.clause) == (True, shipped()["zhushan"].veto.basis)  # type: ignore[union-attr]
    assert [(r.charge.line, r.title, r.points, r.arithmetic, r.certain) for r in suspected.rows] == [
        ("", "弄虚作假", 0, "待核实：弄虚作假：造假", False)
    ]
    assert (suspected.score, suspected.grade, suspected.vetoed) == (100, "优秀", False)
    assert (suspected.low, suspected.low_grade) == (Decimal("59.99"), "不合格")
    vetoing = line(proven, "14")
    assert (vetoing.score, vetoing.low, vetoing.points, vetoing.arithmetic) == (None, None, None, "")
    assert vetoing.hints == ()


def test_without_weights_every_charge_is_shown_with_what_it_would_be() -> None:
    enter = Entries("nanchang")
    found = cards(
        "nanchang",
        book(
            [unit("D1")],
            [finding("F1", "D1", "nanchang/7.2.1")],
            [enter.deduction("D1", "7.2.1", reason="打不开", points=Decimal(2))],
        ),
    )["D1"]
    assert [(r.charge.line, r.title, r.points, r.arithmetic, r.certain) for r in found.rows] == [
        ("7.2.1", "载体建设与网站达标", 0, "人工核减2分：打不开", True)
    ]
    assert (found.score, found.low, found.grade, found.low_grade) == (None, None, "", "")
    assert (found.words, found.buckets) == ((), ())
    assert line(found, "7.2.1").score is None
    assert found.notes[0].startswith("缺少年度方案给出的分值（第7.1.1、7.1.2、")
    assert found.notes[0].endswith("项），不计总分，只列问题")
    assert found.notes[1].startswith("第6.2.1、6.2.2、")


def test_what_waits_to_be_entered_is_named_on_the_card() -> None:
    enter = Entries("xunwu-2022")
    own = enter.of(SelfScore, "U1", line="9", score=Decimal(4), proofs=(LINK,))
    card = cards("xunwu-2022", book([unit("U1")], records=[own]))["U1"]
    assert card.notes[0].startswith("有16项待录入或待核定（第1、2、5、6、7、8、9、10、")
    assert card.notes[0].endswith("项），成绩为暂计")
    assert line(card, "9").open == "待核定"
    assert line(card, "10").open == "未录入"


def test_a_bonus_line_that_does_not_apply_gives_nothing_though_points_are_kept_elsewhere() -> None:
    enter = Entries(S)
    records = [
        enter.of(Applicability, "U1", line="13", applies=False, reason="无"),
        enter.of(Applicability, "U1", line="2", applies=False, reason="无"),
    ]
    card = cards(S, book([unit("U1")], records=records))["U1"]
    assert (line(card, "13").score, line(card, "2").score) == (0, 5)
    assert card.score == 90


def test_a_line_that_waits_for_a_number_says_so_until_its_own_is_entered() -> None:
    """A social review is entered for the unit, a tally for a line: the one does not stand for the other."""
    scheme = shipped()[S]
    social = (Converted(name="社会评议", of="social"),)
    asking = replace(
        scheme,
        indicators=tuple(replace(i, rules=social) if i.no == "4" else i for i in scheme.indicators),
    )
    enter = Entries(S)
    review = enter.of(SocialReview, "U1", score=Decimal(80))
    units = [unit("U1"), unit("U2"), unit("U3")]
    found = cards(asking, book(units, records=[review, enter.tally("U2", "4", 9), enter.tally("U3", "5", 9)]))
    waiting = "未录入数量或得分，暂不扣分"
    notes = {code: (line(card, "4").note, line(card, "5").note) for code, card in found.items()}
    assert notes == {"U1": ("", waiting), "U2": (waiting, waiting), "U3": (waiting, "")}
    assert line(found["U1"], "4").score == 4
    assert line(found["U1"], "14").note == "未录入数量或得分，暂不加分"


def test_units_are_bound_by_catalogue_and_by_lines() -> None:
    nanchang = shipped()["nanchang"]
    assert [binds(nanchang, unit("U", kind)) for kind in (UnitCategory.COUNTY, UnitCategory.TOWNSHIP)] == [
        True, False,
    ]  # fmt: skip
    none = replace(shipped()["zhushan"], indicators=())
    assert not binds(none, unit("U"))
    assert cards(none, book([unit("U")])) == {}


def test_a_pool_without_points_lacks_them_on_each_of_its_lines_but_not_on_vetoes() -> None:
    scheme = shipped()[S]
    bare = replace(scheme, pools=tuple(replace(pool, points=None) for pool in scheme.pools))
    assert missing_weights(bare, unit("U")) == ("5", "6", "7", "8", "9", "10", "11", "12")
    assert missing_weights(shipped()["zhushan"], unit("U")) == ()


def take(no: str, worth: int, source: str = "finding:F1", way: Way = Way.TAKE) -> Charge:
    return Charge(line=no, clause="", way=way, source=source, points=Decimal(worth))


def test_a_finding_pays_once_in_a_pool_the_dearest_line_and_all_else_stays() -> None:
    scheme = shipped()[S]
    charges = [
        take("6", 2), take("7", 3), take("5", 9, "record:R1"), take("2", 1), take("7", 3, "finding:F2"),
        take("6", 2, "finding:F2", Way.EXCLUDE), take("8", 2),
    ]  # fmt: skip
    assert [(c.line, c.source, c.way.value) for c in without_repeats(scheme, charges)] == [
        ("7", "finding:F1", "take"), ("5", "record:R1", "take"), ("2", "finding:F1", "take"),
        ("7", "finding:F2", "take"), ("6", "finding:F2", "exclude"), ("8", "finding:F1", "take"),
    ]  # fmt: skip


def test_of_equal_prices_the_first_line_pays() -> None:
    kept = without_repeats(shipped()[S], [take("6", 2), take("7", 2)])
    assert [c.line for c in kept] == ["6"]


def test_where_a_scheme_counts_once_a_finding_pays_on_one_line_of_all() -> None:
    scheme = shipped()[S]
    once = replace(scheme, total=replace(scheme.total, count_once=True))
    assert [c.line for c in without_repeats(once, [take("6", 2), take("2", 5), take("8", 2)])] == ["2"]


def test_a_line_that_names_another_does_not_pay_beside_it_but_later_charges_do() -> None:
    scheme = shipped()[S]
    lines = tuple(replace(i, once_with=("2",)) if i.no == "7" else i for i in scheme.indicators)
    wary = replace(scheme, indicators=lines)
    charges = [take("2", 1), take("7", 3), take("7", 3, "finding:F2"), take("9", 3)]
    kept = without_repeats(wary, charges)
    assert [(c.line, c.source) for c in kept] == [
        ("2", "finding:F1"), ("7", "finding:F2"), ("9", "finding:F1"),
    ]  # fmt: skip


def test_an_announcement_of_a_level_that_costs_nothing_leaves_no_row() -> None:
    enter = Entries(S)
    made: Announcement = enter.announcement("U1", "18", Level.COUNTY)
    card = cards(S, book([unit("U1")], records=[made]))["U1"]
    assert (card.rows, card.score) == ((), 90)


def test_falsification_vetoes_under_a_scheme_of_a_single_line() -> None:
    scheme = replace(shipped()["zhushan"], indicators=shipped()["zhushan"].indicators[:1])
    fail = Entries("zhushan").of(
        Falsification, "U1", on=NOON.date(), reason="造假", reviewer="李四", proofs=(LINK,)
    )
    card = cards(scheme, book([unit("U1")], records=[fail]))["U1"]
    assert (card.score, card.grade, card.vetoed) == (5, "不合格", True)


def test_who_has_no_score_ranks_behind_who_has_none_left(card: Scorecard) -> None:
    without = replace(card, unit="U1", score=None, confirmed=0)
    lowest = replace(card, unit="U2", score=Decimal(0), confirmed=9)
    apart = replace(card, unit="U3", score=Decimal(5), catalogue="部门")
    assert [(c.unit, c.rank) for c in ranked([without, lowest, apart])] == [("U1", 2), ("U2", 1), ("U3", 1)]


def test_equal_scores_share_the_better_rank_and_the_next_is_skipped(card: Scorecard) -> None:
    scores = {"U1": 80, "U2": 90, "U3": 80, "U4": 70}
    alike = [replace(card, unit=code, score=Decimal(score)) for code, score in scores.items()]
    assert [c.rank for c in ranked(alike)] == [2, 1, 2, 4]


def test_where_accounts_are_averaged_the_sum_names_the_charges_of_all() -> None:
    """30 − 3 and 30: the mean is 28.5."""
    scheme = shipped()[S]
    pools = tuple(replace(p, aggregate=Aggregate.MEAN) if p.id == "media" else p for p in scheme.pools)
    found = [finding("M1", "U1", f"{S}/9", check="media.stale", target="a1")]
    accounts = [account("a1", "U1"), account("a2", "U1")]
    card = cards(replace(scheme, pools=pools), book([unit("U1")], found, accounts=accounts))["U1"]
    assert line(card, "9").arithmetic == "2周未更新1次×3分=3分，政务新媒体类30分池余28.5分"
    assert (line(card, "9").deducted, card.score) == (Decimal("1.5"), Decimal("88.5"))


def test_equal_prices_of_one_line_are_multiplied_together() -> None:
    """One task and two tasks at 3 points each are three tasks; what a person priced stands apart."""
    enter = Entries("zhushan")
    records = [
        enter.deduction("U1", "2.1", reason="未落实", hits=1),
        enter.deduction("U1", "2.1", reason="未落实", hits=2),
        enter.deduction("U1", "2.1", reason="酌扣", points=Decimal("0.5")),
    ]
    card = cards("zhushan", book([unit("U1")], records=records))["U1"]
    assert line(card, "2.1").arithmetic == (
        "要点任务未落实3项×3分=9分；人工核减0.5分：酌扣，本项30分余20.5分"
    )


def test_two_lines_that_share_points_name_the_pool() -> None:
    enter = Entries("xunwu-2022")
    card = cards("xunwu-2022", book([unit("U1")], records=[enter.announcement("U1", "26", Level.CITY)]))["U1"]
    assert line(card, "26").arithmetic == "网站被通报（设区市）1次×2分=2分，政府网站通报类6分池余4分"


def test_what_would_be_given_is_shown_as_a_gain_and_what_would_be_taken_as_a_loss() -> None:
    scheme = shipped()[S]
    whole = [take("15", 3, "record:R1", Way.GIVE), take("7", 3)]
    assert [(r.charge.line, r.points, r.certain) for r in rows_of(scheme, [], whole, None)] == [
        ("7", -3, False), ("15", 3, False),
    ]  # fmt: skip


def test_a_charge_above_its_bound_says_both_sums() -> None:
    capped = replace(take("15", 10), name="创新方式解读", counter="次", price=Decimal(3), hits=4)
    assert capped.arithmetic == "创新方式解读4次×3分=12分，按上限计10分"
    assert replace(capped, points=Decimal(12)).arithmetic == "创新方式解读4次×3分=12分"
    assert replace(capped, price=None).arithmetic == "创新方式解读，10分"
