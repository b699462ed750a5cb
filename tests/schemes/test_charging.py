"""Every counting rule by a small scheme of its own: prices, caps, recounting, pools, bonuses, grades."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.finding import Finding
from schemes.card import Scorecard
from schemes.charge import Charge, Way
from schemes.model import Scheme
from schemes.records import Applicability, Level, Record, ReviewScore, SocialReview
from schemes.scheme import parse
from schemes.scoring import assess
from tests.schemes.assessing import NOON, Entries, account, book, finding, line, unit

HEAD = '[scheme]\nid = "x"\nname = "x"\nbasis = "x"\n'
VETO = '[veto]\ngrade = "差"\ncap = 59.99\n[[grade]]\nname = "好"\nat_least = 60\n[[grade]]\nname = "差"\n'


def indicator(no: str, extra: str, *rules: str, asks: tuple[str, ...] = ()) -> str:
    text = f'[[indicator]]\nno = "{no}"\ngroup = "甲"\ntitle = "第{no}"\nstandard = "x"\nbasis = "第{no}款"\n'
    text += f'method = "online"\n{extra}\n'
    text += "".join(f'[[indicator.ask]]\ncheck = "{check}"\n' for check in asks)
    return text + "".join(f"[[indicator.rule]]\n{rule}\n" for rule in rules)


def scheme(*parts: str) -> Scheme:
    made, mistakes = parse((HEAD + "\n".join(parts)).encode(), "x.toml")
    assert made is not None
    assert not mistakes, [str(mistake) for mistake in mistakes]
    return made


def card(
    made: Scheme, found: tuple[Finding, ...] = (), records: tuple[Record, ...] = (), **more: Any
) -> Scorecard:
    return assess(made, book([unit("U1")], found, records, **more))[0]


def lapse(name: str, check: str = "column.stale", no: str = "1", **more: Any) -> Finding:
    return finding(name, "U1", f"x/{no}", check=check, **more)


STALE = ("column.stale",)


def per_finding(extra: str = "") -> Scheme:
    rule = f'kind = "per_finding"\nname = "栏目"\npoints = 2\n{extra}'
    return scheme(indicator("1", "points = 20", rule, asks=STALE))


def test_a_relapse_costs_again_but_not_where_a_year_counts_once() -> None:
    twice = (lapse("A", subject="u"), lapse("B", subject="u"), lapse("C", subject="v"))
    assert card(per_finding(), twice).score == 14
    assert card(per_finding('recount = "year"'), twice).score == 16


@pytest.mark.parametrize(("days", "times"), [(0, 1), (13, 1), (14, 2), (27, 2), (28, 3)])
def test_a_lapse_that_lasts_costs_again_each_period(days: int, times: int) -> None:
    made = per_finding('recount = "lasting"\nevery_days = 14')
    lasting = lapse("A", last=NOON + timedelta(days=days))
    assert card(made, (lasting,)).score == 20 - 2 * times


def test_a_cap_bounds_one_finding() -> None:
    rule = 'kind = "per_missing"\nname = "要素"\npoints = 1\ncap = 3'
    made = scheme(indicator("1", "points = 20", rule, asks=("guide.incomplete",)))
    found = lapse("A", "guide.incomplete", observed={"missing": list("abcde")})
    scored = card(made, (found,))
    assert scored.score == 17
    assert line(scored, "1").arithmetic == "要素5项×1分=5分，按上限计3分，本项20分余17分"


@pytest.mark.parametrize(
    ("missing", "lost"), [(None, 0), ([], 0), ({"a": 1, "b": 2}, 2), ("fax", 1), (["a"], 1)]
)
def test_missing_elements_are_counted_whatever_their_shape(missing: Any, lost: int) -> None:
    rule = 'kind = "per_missing"\nname = "要素"\npoints = 1'
    made = scheme(indicator("1", "points = 20", rule, asks=("guide.incomplete",)))
    assert card(made, (lapse("A", "guide.incomplete", observed={"missing": missing}),)).score == 20 - lost


@pytest.mark.parametrize(
    ("observed", "lost"),
    [
        ({"required": 5, "count": 2}, 3),
        ({"required": 5, "count": 5}, 1),
        ({}, 1),
        ({"age_days": 30}, 2),
        ({"required": 5}, 1),
    ],
)
def test_a_shortfall_is_at_least_one(observed: dict[str, Any], lost: int) -> None:
    rule = 'kind = "per_shortfall"\nname = "少发"\npoints = 1\nwindow_days = 14'
    made = scheme(indicator("1", "points = 20", rule, asks=("media.stale",)))
    assert card(made, (lapse("A", "media.stale", observed=observed),)).score == 20 - lost


def test_a_shortfall_without_a_window_is_one() -> None:
    made = scheme(
        indicator(
            "1", "points = 20", 'kind = "per_shortfall"\nname = "少发"\npoints = 1', asks=("media.stale",)
        )
    )
    assert card(made, (lapse("A", "media.stale", observed={"age_days": 30}),)).score == 19


def test_the_newest_number_entered_counts() -> None:
    enter = Entries("x")
    rules = {
        'kind = "at_least"\nname = "解读"\nneed = 5\npoints = 1': 18,
        'kind = "converted"\nname = "上报"': Decimal("0.6"),
    }
    for rule, score in rules.items():
        made = scheme(indicator("1", "points = 20", rule))
        records = (enter.tally("U1", "1", 100), enter.tally("U1", "1", 3))
        assert card(made, records=records).score == score


def test_standings_take_the_newest_number_of_each_unit() -> None:
    mean_rule = 'kind = "below_mean"\nname = "得分"\nstep_percent = 20\npoints = 5'
    rank_rule = 'kind = "by_rank"\nname = "录用"\nplaces = [{ upto = 1, points = 3 }]'
    made = scheme(
        indicator("1", "points = 20", mean_rule), indicator("2", 'points = 3\neffect = "bonus"', rank_rule)
    )
    enter = Entries("x")
    records = [
        enter.tally("U1", "1", 90),
        enter.tally("U1", "1", 10),
        enter.tally("U2", "1", 50),
        enter.tally("U3", "1", 50),
    ]
    records += [enter.tally("U1", "2", 0), enter.tally("U1", "2", 1)]
    found = assess(made, book([unit("U1"), unit("U2"), unit("U3")], records=records))[0]
    # the mean of 10, 50 and 50 is 36.67; 10 lies 72.73 % below: 3 steps × 5 = 15; first with one item: + 3
    assert found.score == 8
    assert line(found, "1").arithmetic.startswith(
        "得分10分，低于平均36.67分的72.73%，每20%扣5分：3档×5分=15分"
    )
    assert line(found, "2").arithmetic == "录用1，列第1名（前1名），加3分，本项3分得3分"


def test_a_share_never_takes_more_than_the_whole_and_parts_have_their_own_worth() -> None:
    share = 'kind = "share"\nname = "要素"\nof = 4\npoints = 3'
    part = 'kind = "all_or_nothing"\nname = "栏目"\npoints = 5\nchecks = ["column.stale"]'
    made = scheme(indicator("1", "points = 20", share, part, asks=("guide.incomplete", "column.stale")))
    found = (lapse("A", "guide.incomplete", observed={"missing": list("abcdef")}), lapse("B"), lapse("C"))
    assert card(made, found).score == 12  # 20 − 3 − 5; the stale findings list nothing missing


def test_prices_left_to_the_plan_cost_nothing_and_become_hints() -> None:
    rules = [
        f'kind = "{kind}"\nname = "甲"'
        for kind in ("per_finding", "per_missing", "per_shortfall", "per_entry")
    ]
    made = scheme(indicator("1", "points = 20", *rules, asks=STALE))
    enter = Entries("x")
    scored = card(
        made, (lapse("A"),), (enter.deduction("U1", "1"), enter.deduction("U1", "1", points=Decimal(4)))
    )
    assert scored.score == 16
    assert line(scored, "1").hints == ("“A”有问题。",)
    assert line(scored, "1").explanation.endswith("请考核组酌定：“A”有问题。")


def test_entries_by_hand_are_capped_and_say_why() -> None:
    made = scheme(indicator("1", "points = 20", 'kind = "per_entry"\nname = "问题"\npoints = 3\ncap = 5'))
    enter = Entries("x")
    scored = card(
        made, records=(enter.deduction("U1", "1", hits=4), enter.deduction("U1", "1", points=Decimal(1)))
    )
    assert scored.score == 14  # 20 − min(12, 5) − 1
    assert any(row.arithmetic.startswith("人工核减1分：抽查发现") for row in scored.rows)


def test_announcements_are_capped_each() -> None:
    rule = 'kind = "per_announcement"\nname = "通报"\nstate = 9\ncap = 4'
    made = scheme(indicator("1", "points = 20", rule))
    assert card(made, records=(Entries("x").announcement("U1", "1", Level.STATE),)).score == 16


def test_merits_by_level_need_a_level_and_never_exceed_the_price() -> None:
    level = 'kind = "per_bonus"\nname = "表扬"\nprovince = 3\ncap = 5'
    made = scheme(indicator("1", "points = 20"), indicator("2", 'points = 9\neffect = "bonus"', level))
    enter = Entries("x")
    records = (
        enter.bonus("U1", "2"),
        enter.bonus("U1", "2", level=Level.CITY),
        enter.bonus("U1", "2", level=Level.PROVINCE, points=Decimal(8)),
        enter.bonus("U1", "2", level=Level.PROVINCE, points=Decimal(1)),
        enter.bonus("U1", "2", level=Level.PROVINCE, hits=2),
    )
    assert line(card(made, records=records), "2").score == 9  # 3 + 1 + min(6, 5)


@pytest.mark.parametrize(("count", "lost"), [(3, 0), (4, 0), (1, 2), (0, 3)])
def test_at_least(count: int, lost: int) -> None:
    made = scheme(indicator("1", "points = 20", 'kind = "at_least"\nname = "解读"\nneed = 3\npoints = 1'))
    assert card(made, records=(Entries("x").tally("U1", "1", count),)).score == 20 - lost
    unpriced = scheme(indicator("1", "points = 20", 'kind = "at_least"\nname = "解读"\nneed = 3'))
    assert card(unpriced, records=(Entries("x").tally("U1", "1", count),)).score == 20


@pytest.mark.parametrize(
    ("score", "full", "got"),
    [(80, 100, "16"), (100, 100, "20"), (120, 100, "20"), (-5, 100, "0"), (1, 3, "6.67")],
)
def test_outside_scores_are_converted_pro_rata(score: int, full: int, got: str) -> None:
    for effect, of in (("deduct", "social"), ("earn", "social")):
        rule = f'kind = "converted"\nname = "社会评议"\nof = "{of}"'
        made = scheme(indicator("1", f'points = 20\neffect = "{effect}"', rule))
        review = Entries("x").of(SocialReview, "U1", score=Decimal(score), full=Decimal(full))
        assert card(made, records=(review,)).score == Decimal(got)


def test_without_an_outside_score_the_card_says_so() -> None:
    rule = 'kind = "converted"\nname = "社会评议"\nof = "social"'
    made = scheme(indicator("1", "points = 20", rule))
    assert line(card(made), "1").note == "未录入数量或得分，暂不扣分"
    tally = Entries("x").tally("U1", "1", 30)
    assert line(card(made, records=(tally,)), "1").note == "未录入数量或得分，暂不扣分"


def test_units_of_a_mean_without_scores_pay_nothing() -> None:
    made = scheme(
        indicator("1", "points = 20", 'kind = "below_mean"\nname = "得分"\nstep_percent = 20\npoints = 5')
    )
    assert card(made).score == 20
    assert card(made, records=(Entries("x").tally("U1", "1", 0),)).score == 20


POOL = '[[pool]]\nid = "p"\ntitle = "池"\npoints = 10\naggregate = "{}"\n'


def pooled(aggregate: str) -> Scheme:
    rule = 'kind = "per_finding"\nname = "账号"\npoints = 3'
    entry = 'kind = "per_entry"\nname = "全体"\npoints = 1'
    return scheme(POOL.format(aggregate), indicator("1", 'pool = "p"', rule, entry, asks=("media.stale",)))


def test_the_mean_of_accounts() -> None:
    accounts = [account("a", "U1"), account("b", "U1"), account("c", "U1")]
    found = (lapse("A", "media.stale", target="a"), lapse("B", "media.stale", target="a"))
    scored = card(pooled("mean"), found, (Entries("x").deduction("U1", "1"),), accounts=accounts)
    assert scored.score == Decimal("7")  # (10 − 6 − 1 + 9 + 9) ÷ 3 = 21 ÷ 3
    assert "3个账号取平均" in scored.rows[0].arithmetic
    assert sum(row.points for row in scored.rows).quantize(Decimal("0.01")) == Decimal("-3.00")


def test_what_names_no_account_binds_all_of_them() -> None:
    accounts = [account("a", "U1"), account("b", "U1")]
    found = (lapse("A", "media.stale", target="a"),)
    scored = card(pooled("lowest"), found, (Entries("x").deduction("U1", "1"),), accounts=accounts)
    assert scored.score == 6  # a: 10 − 3 − 1; b: 10 − 1
    assert card(pooled("lowest"), found).score == 7  # no account on record: the findings together
    each = card(pooled("each"), (*found, lapse("B", "media.stale", target="b")), accounts=accounts)
    assert each.score == 4


def test_a_finding_pays_once_in_a_pool_at_the_dearest_line() -> None:
    cheap = indicator("1", 'pool = "p"', 'kind = "per_finding"\nname = "甲"\npoints = 1', asks=STALE)
    dear = indicator("2", 'pool = "p"', 'kind = "per_finding"\nname = "乙"\npoints = 4', asks=STALE)
    made = scheme(POOL.format("each"), cheap, dear)
    both = finding("A", "U1", ("x/1", "x/2"))
    scored = card(made, (both,))
    assert scored.score == 6
    assert [row.charge.line for row in scored.rows] == ["2"]


def test_of_two_lines_that_cost_the_same_the_first_counts() -> None:
    rule = 'kind = "per_finding"\nname = "甲"\npoints = 2'
    lines = [indicator(no, 'pool = "p"', rule, asks=STALE) for no in ("1", "2")]
    scored = card(scheme(POOL.format("each"), *lines), (finding("A", "U1", ("x/1", "x/2")),))
    assert [row.charge.line for row in scored.rows] == ["1"]


def test_a_line_may_give_way_to_another() -> None:
    rule = 'kind = "per_finding"\nname = "甲"\npoints = 2'
    made = scheme(
        indicator("1", "points = 10", rule, asks=STALE),
        indicator("2", 'points = 10\nonce_with = ["1"]', rule, asks=STALE),
    )
    assert card(made, (finding("A", "U1", ("x/1", "x/2")),)).score == 18
    assert card(made, (finding("A", "U1", ("x/2",)),)).score == 18


def test_all_bonuses_together_have_a_cap() -> None:
    made = scheme(
        "[bonus]\ncap = 7",
        indicator("1", "points = 20"),
        indicator("2", 'points = 9\neffect = "bonus"', 'kind = "per_bonus"\nname = "甲"\npoints = 9'),
    )
    scored = card(made, records=(Entries("x").bonus("U1", "2"),))
    assert scored.score == 27
    assert "加分9分，最多计7分" in scored.words


def test_a_total_never_falls_below_nothing() -> None:
    made = scheme(
        indicator("1", "points = 5"),
        indicator("2", 'points = 9\neffect = "penalty"', 'kind = "per_entry"\nname = "甲"\npoints = 9'),
    )
    scored = card(made, records=(Entries("x").deduction("U1", "2"),))
    assert scored.score == 0
    assert "不足0分的按0分计" in scored.words
    assert line(scored, "2").arithmetic == "甲1次×9分=9分，核减9分"
    exactly = card(made, records=(Entries("x").deduction("U1", "2", points=Decimal(5)),))
    assert exactly.words[-1] == "合计0分"


@pytest.mark.parametrize(
    ("given", "decimals", "grade"),
    [("59.5", None, "差"), ("59.5", 0, "好"), ("59.4", 0, "差"), ("60", None, "好")],
)
def test_a_grade_is_read_off_by_lower_bounds_or_rounded_first(
    given: str, decimals: int | None, grade: str
) -> None:
    total = f"[total]\ngrade_decimals = {decimals}" if decimals is not None else ""
    made = scheme(total, VETO, indicator("1", "points = 100"))
    review = Entries("x").of(ReviewScore, "U1", line="1", score=Decimal(given), reviewer="李四")
    scored = card(made, records=(review,))
    assert (scored.score, scored.grade) == (Decimal(given), grade)


def test_a_veto_fails_even_where_rounding_would_lift_the_grade() -> None:
    """59.99, the most a vetoed unit has, would round to 60."""
    veto = indicator("2", 'effect = "veto"', 'kind = "entered_veto"\nname = "否决"')
    made = scheme("[total]\ngrade_decimals = 0", VETO, indicator("1", "points = 100"), veto)
    scored = card(made, records=(Entries("x").deduction("U1", "2"),))
    assert (scored.score, scored.grade) == (Decimal("59.99"), "差")


def test_a_scheme_without_grades_may_have_a_veto() -> None:
    veto = indicator("2", 'effect = "veto"', 'kind = "entered_veto"\nname = "否决"')
    made = scheme('[veto]\ngrade = "差"\ncap = 59.99', indicator("1", "points = 100"), veto)
    assert card(made, records=(Entries("x").deduction("U1", "2"),)).grade == "差"
    assert card(made).grade == ""


def test_what_is_given_comes_before_what_is_taken() -> None:
    rules = ('kind = "per_bonus"\nname = "表扬"\npoints = 3', 'kind = "per_entry"\nname = "问题"\npoints = 1')
    made = scheme(indicator("1", 'points = 5\neffect = "earn"', *rules))
    enter = Entries("x")
    records = (enter.deduction("U1", "1"), enter.bonus("U1", "1"), enter.bonus("U1", "1"))
    assert card(made, records=records).score == 4  # 3 + 3, at most 5, then − 1


def test_lines_of_other_kinds_of_unit_are_scaled_away_too() -> None:
    made = scheme(
        '[total]\nlines = 20\nnot_applicable = "rescale"',
        indicator("1", 'points = 10\napplies_to = ["county"]'),
        indicator("2", "points = 10"),
    )
    review = Entries("x").of(ReviewScore, "U1", line="2", score=Decimal(7), reviewer="李四")
    assert card(made, records=(review,)).score == 14  # 7 of 10, out of 20


def test_without_a_stated_total_the_lines_add_up_to_it() -> None:
    made = scheme(
        '[total]\nnot_applicable = "rescale"', indicator("1", "points = 10"), indicator("2", "points = 30")
    )
    enter = Entries("x")
    records = (
        enter.of(Applicability, "U1", line="1", applies=False, reason="无此职能"),
        enter.of(ReviewScore, "U1", line="2", score=Decimal(15), reviewer="李四"),
    )
    assert card(made, records=records).score == 20  # 15 × 40 ÷ 30


@pytest.mark.parametrize(("score", "grade"), [("80", "中"), ("80.01", "优")])
def test_a_bound_may_have_to_be_exceeded(score: str, grade: str) -> None:
    grades = '[[grade]]\nname = "优"\nabove = 80\n[[grade]]\nname = "中"\n'
    made = scheme(grades, indicator("1", "points = 100"))
    review = Entries("x").of(ReviewScore, "U1", line="1", score=Decimal(score), reviewer="李四")
    assert card(made, records=(review,)).grade == grade
    assert [g.words for g in made.grades] == ["优（高于80分）", "中"]


@pytest.mark.parametrize(("mode", "score"), [("full", "17"), ("rescale", "14")])
def test_a_line_that_does_not_bind_counts_in_full_or_is_scaled_away(mode: str, score: str) -> None:
    """20 points: line 1 (10) does not bind, line 2 gets 7 of 10: 10 + 7, or 7 × 20 ÷ 10."""
    made = scheme(
        f'[total]\nlines = 20\nnot_applicable = "{mode}"',
        indicator("1", "points = 10"),
        indicator("2", "points = 10"),
    )
    enter = Entries("x")
    records = (
        enter.of(Applicability, "U1", line="1", applies=False, reason="无此职能"),
        enter.of(ReviewScore, "U1", line="2", score=Decimal(7), reviewer="李四"),
    )
    assert card(made, records=records).score == Decimal(score)
    again = enter.of(Applicability, "U1", line="1", applies=True, reason="已划入")
    assert card(made, records=(*records, again)).score == 17


def test_a_line_of_a_pool_that_does_not_bind_takes_nothing() -> None:
    rule = 'kind = "per_finding"\nname = "甲"\npoints = 3'
    made = scheme(
        POOL.format("each"),
        indicator("1", 'pool = "p"', rule, asks=STALE),
        indicator("2", 'pool = "p"', rule, asks=("column.empty",)),
    )
    enter = Entries("x")
    out = enter.of(Applicability, "U1", line="1", applies=False, reason="无此职能")
    found = (lapse("A"), lapse("B", "column.empty", no="2"))
    assert card(made, found, (out,)).score == 7
    both = (out, enter.of(Applicability, "U1", line="2", applies=False, reason="无此职能"))
    assert card(made, found, both).score is None


def test_a_problem_named_as_the_repeat_of_another_is_the_same() -> None:
    rules = (
        'kind = "per_announcement"\nname = "通报"\ncity = 1',
        'kind = "repeated"\nname = "重复"\ntimes = 2',
    )
    made = scheme(VETO, indicator("1", "points = 100", *rules))
    enter = Entries("x")
    first = enter.announcement("U1", "1", Level.CITY, "首页不更新")
    other = enter.announcement("U1", "1", Level.CITY, "栏目空白")
    again = enter.announcement("U1", "1", Level.CITY, "首页仍不更新", repeat_of=first.id)
    assert card(made, records=(first, other)).score == 98
    assert card(made, records=(first, other, again)).vetoed


def test_thresholds_count_on_one_site_at_a_time_and_by_check() -> None:
    rule = 'kind = "threshold"\nany = [{ name = "栏目", at_least = 2, checks = ["column.stale"] }]'
    made = scheme(
        VETO,
        indicator("1", 'effect = "veto"', rule, asks=("column.stale", "column.empty")),
        indicator("2", "points = 100"),
    )
    apart = (lapse("A", target="s1"), lapse("B", target="s2"), lapse("C", "column.empty", target="s1"))
    assert not card(made, apart).vetoed
    assert card(made, (*apart, lapse("D", target="s1"))).grade == "差"


def test_a_charge_without_price_or_words_names_its_points() -> None:
    bare = Charge(line="1", clause="c", way=Way.TAKE, source="record:1", points=Decimal(2), name="核减")
    assert bare.arithmetic == "核减，2分"
