"""Each kind of charge to the last word: what a row says, which way it goes, how many, whom it concerns."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from domain.finding import Finding
from domain.outcome import Value
from domain.unit import UnitCategory
from schemes.book import Review
from schemes.charge import Charge, Exhibit, Way
from schemes.charging import charges_of
from schemes.charging.desk import Desk, Standings
from schemes.charging.reviewed import read_line
from schemes.charging.standing import mean, ranks
from schemes.model import (
    Aggregate,
    BonusTerms,
    Effect,
    Grade,
    Indicator,
    Method,
    NotApplicable,
    Scheme,
    Total,
    Veto,
)
from schemes.records import (
    Applicability,
    Falsification,
    Level,
    Proof,
    Record,
    ReviewScore,
    SelfScore,
    SocialReview,
)
from schemes.rules import (
    AllOrNothing,
    AtLeast,
    BelowMean,
    ByRank,
    Cases,
    CleanCases,
    Converted,
    Count,
    EnteredVeto,
    PerAnnouncement,
    PerBonus,
    PerEntry,
    PerFinding,
    PerMissing,
    PerShortfall,
    Place,
    Proportion,
    Repeated,
    Rule,
    Share,
    Threshold,
)
from schemes.scheme import load
from schemes.settle import grade_of, settle
from tests.schemes.assessing import LINK, NOON, PICTURE, Entries, finding, shipped, unit

PICTURE_SHOWN = Exhibit(kind="screenshot", path=PICTURE.path, sha256=PICTURE.sha256)
PROOF_SHOWN = (Exhibit(kind="picture", path=LINK.picture), Exhibit(kind="link", url=LINK.url))
ENTER = Entries("s")


def desk(
    *rules: Rule,
    records: tuple[Record, ...] = (),
    found: tuple[Finding, ...] = (),
    effect: Effect = Effect.DEDUCT,
    points: str | None = "6",
    **more: Any,
) -> Desk:
    """Line 7 worth 6 points, with some rules and what was found and entered."""
    required = more.pop("evidence_required", False)
    line = Indicator(
        no="7", group="甲", title="乙", standard="丙", basis="第7项", method=Method.ONLINE,
        effect=effect, rules=rules, evidence_required=required,
    )  # fmt: skip
    return Desk(
        line=line,
        unit=unit("U1"),
        points=None if points is None else Decimal(points),
        as_of=NOON.date(),
        findings=found,
        records=records,
        **more,
    )


def charged(given: Desk) -> list[Charge]:
    return charges_of(given)[0]


def of_finding(found: Finding, **figures: Any) -> Charge:
    """The charge that a finding of line 7 should make."""
    return Charge(
        line="7",
        clause="第7项",
        source=f"finding:{found.id}",
        check=found.check,
        on=date(2026, 6, 30),
        summary=found.summary,
        url=found.url,
        exhibits=(PICTURE_SHOWN,),
        **{"way": Way.TAKE, "target": found.target, **figures},
    )


def of_record(record: Record, way: Way = Way.TAKE, **figures: Any) -> Charge:
    """The charge that an entry on line 7 should make."""
    proven = record.proofs == (LINK,)
    return Charge(
        line="7",
        clause="第7项",
        way=way,
        source=f"record:{record.id}",
        target=getattr(record, "target", ""),
        on=getattr(record, "on", None),
        url=LINK.url if proven else "",
        exhibits=PROOF_SHOWN if proven else (),
        reviewer=getattr(record, "reviewer", record.author),
        **figures,
    )


def lapse(name: str = "F", check: str = "column.stale", **observed: Value) -> Finding:
    return finding(name, "U1", "s/7", check=check, observed=observed)


def test_a_price_for_each_finding() -> None:
    found = lapse()
    rule = PerFinding(name="栏目", points=Decimal(2), counter="个")
    expected = of_finding(found, points=Decimal(2), name="栏目", counter="个", price=Decimal(2), hits=1)
    assert charged(desk(rule, found=(found,))) == [expected]


def test_what_too_few_cost_by_windows_and_by_numbers() -> None:
    rule = PerShortfall(name="少发", points=Decimal("0.1"), counter="次", window_days=1)
    aged, counted = lapse("A", age_days=3), lapse("B", required=5, count=3)
    charges = charged(desk(rule, found=(aged, counted)))
    assert [(c.hits, c.points, c.price) for c in charges] == [
        (3, Decimal("0.3"), Decimal("0.1")), (2, Decimal("0.2"), Decimal("0.1")),
    ]  # fmt: skip


def test_a_share_has_its_words_its_own_worth_and_its_checks() -> None:
    found = lapse(check="guide.incomplete", missing=["a", "b"])
    other = lapse("G", check="column.empty", missing=["a"])
    rule = Share(name="要素", of=9, points=Decimal(3), checks=("guide.incomplete",))
    words = "要素9项缺2项，3分×2/9=0.67分"
    assert charged(desk(rule, found=(found, other))) == [
        of_finding(found, points=Decimal("0.67"), name="要素", words=words)
    ]
    whole = charged(desk(replace(rule, points=None), found=(found,)))
    assert [c.points for c in whole] == [Decimal("1.33")]  # 6 × 2 ÷ 9
    assert charged(desk(replace(rule, points=None), found=(found,), points=None)) == []


def test_all_or_nothing_has_its_words_its_own_worth_and_its_checks() -> None:
    other, found = lapse("E", check="column.empty"), lapse(check="guide.no-fee-terms")
    rule = AllOrNothing(name="未载明", points=Decimal(1), checks=("guide.no-fee-terms",))
    assert charged(desk(rule, found=(other, found, lapse("Z", check="guide.no-fee-terms")))) == [
        of_finding(found, points=Decimal(1), name="未载明", words="未载明，1分不得分")
    ]
    assert charged(desk(replace(rule, points=None), found=(found,)))[0].words == "未载明，6分不得分"
    assert charged(desk(replace(rule, points=None), found=(found,), points=None)) == []


def test_a_price_for_each_entry_and_what_a_person_states() -> None:
    record = ENTER.deduction("U1", "7", hits=2, reason="抽查", target="a1")
    stated = ENTER.deduction("U1", "7", points=Decimal("1.5"), reason="酌情")
    rule = PerEntry(name="问题", points=Decimal(2), counter="处")
    assert charged(desk(rule, records=(record, stated))) == [
        of_record(
            record, points=Decimal(4), name="问题", counter="处", price=Decimal(2), hits=2, summary="抽查"
        ),
        of_record(stated, points=Decimal("1.5"), words="人工核减1.5分：酌情", summary="酌情"),
    ]
    assert charged(desk(records=(stated,))) == charged(desk(rule, records=(stated,)))


def test_an_announcement_by_its_level() -> None:
    record = ENTER.announcement("U1", "7", Level.PROVINCE, "不更新", proofs=(LINK,))
    rule = PerAnnouncement(name="被通报", state=Decimal(3), province=Decimal(2))
    assert charged(desk(rule, records=(record,))) == [
        of_record(
            record,
            points=Decimal(2),
            name="被通报（省）",
            counter="次",
            price=Decimal(2),
            summary="不更新（通报〔2026〕1号）",
        )
    ]
    assert charged(desk(rule, records=(replace(record, level=Level.CITY),))) == []


def test_a_merit_flat_and_by_level() -> None:
    merit = ENTER.bonus("U1", "7", level=Level.CITY, hits=2)
    flat = PerBonus(name="报道", points=Decimal(3))
    given = of_record(
        merit,
        Way.GIVE,
        points=Decimal(6),
        name="报道",
        counter="次",
        price=Decimal(3),
        hits=2,
        summary="被报道",
    )
    assert charged(desk(flat, records=(merit,), effect=Effect.BONUS)) == [given]
    graded = PerBonus(name="报道", city=Decimal(1))
    assert charged(desk(graded, records=(merit,), effect=Effect.BONUS)) == [
        replace(given, name="报道（设区市）", points=Decimal(2), price=Decimal(1))
    ]
    both = PerBonus(name="报道", points=Decimal(3), city=Decimal(0))
    assert charged(desk(both, records=(merit,), effect=Effect.BONUS)) == []
    assert charged(desk(PerBonus(name="报道"), records=(merit,), effect=Effect.BONUS)) == []


def test_at_least_so_many() -> None:
    record = ENTER.tally("U1", "7", 1)
    rule = AtLeast(name="解读", need=3, points=Decimal(1))
    assert charged(desk(rule, records=(record,))) == [
        of_record(
            record,
            points=Decimal(2),
            name="解读须3次、实有1次，少",
            counter="次",
            price=Decimal(1),
            hits=2,
        )
    ]


def test_a_share_of_a_whole_that_is_too_small() -> None:
    former = ENTER.tally("U1", "7", 1, full=Decimal(9))
    record = ENTER.tally("U1", "7", 2, full=Decimal(3))
    rule = Proportion(name="占比", percent=Decimal(70), points=Decimal(1))
    words = "占比2÷3＝66.67%，不足70%，扣1分"
    expected = [of_record(record, points=Decimal(1), words=words)]
    assert charged(desk(rule, records=(former, record))) == expected
    assert charged(desk(replace(rule, points=None), records=(record,)))[0].points == 6
    assert charged(desk(replace(rule, points=None), records=(record,), points=None)) == []
    single = replace(record, count=Decimal(0), full=Decimal(1))
    assert len(charged(desk(rule, records=(single,)))) == 1
    for none in (None, Decimal(0)):
        assert charged(desk(rule, records=(replace(record, full=none),))) == []
    exact = replace(record, count=Decimal("69.9"), full=Decimal(100))
    assert len(charged(desk(rule, records=(exact,)))) == 1
    assert charged(desk(rule, records=(replace(exact, count=Decimal(70)),))) == []


def test_an_outside_score_taken_or_given_pro_rata() -> None:
    former = ENTER.tally("U1", "7", 1)
    record = ENTER.tally("U1", "7", 50, full=Decimal(150))
    rule = Converted(name="得分")
    taken = charged(desk(rule, records=(former, record)))
    words = "得分50分（满分150分）折算6×50/150=2分"
    assert taken == [of_record(record, points=Decimal("4.00"), words=f"{words}，扣4分")]
    given = charged(desk(rule, records=(record,), effect=Effect.EARN))
    assert given == [of_record(record, Way.GIVE, points=Decimal("2.00"), words=words)]
    full = replace(record, count=Decimal(200))
    assert charged(desk(rule, records=(full,))) == []
    assert charged(desk(rule, records=(replace(record, count=Decimal(-5)),)))[0].points == 6
    third = charged(desk(rule, records=(replace(record, full=Decimal(90)),)))
    assert third[0].points == Decimal("2.67")  # 6 − 3.33
    review = ENTER.of(SocialReview, "U1", score=Decimal(80))
    social = charged(desk(Converted(name="评议", of="social"), records=(record, review)))
    assert social == [
        of_record(review, points=Decimal("1.20"), words="评议80分（满分100分）折算6×80/100=4.8分，扣1.2分")
    ]


@pytest.mark.parametrize(
    ("values", "fault", "worth"),
    [
        (
            {"due_on": date(2026, 2, 1)},
            "未在法定期限内答复（应于2026-02-01前，2026-02-02）",
            5,
        ),
        (
            {"answered_on": None, "closed_on": None},
            "未在法定期限内答复（应于2026-02-02前，尚未答复）",
            5,
        ),
        ({"defects": ("编号", "落款")}, "答复不规范（编号、落款）", 2),
        ({"corrected_by": "reconsideration"}, "被行政复议纠错", 3),
        ({"corrected_by": "litigation"}, "被行政诉讼纠错", 4),
    ],
)
def test_each_fault_of_a_case(values: dict[str, Any], fault: str, worth: int) -> None:
    record = ENTER.case("U1", 9, **values)
    rule = Cases(late=Decimal(5), defect=Decimal(2), reconsideration=Decimal(3), litigation=Decimal(4))
    assert charged(desk(rule, records=(record,))) == [
        of_record(
            record,
            points=Decimal(worth),
            name=f"依申请公开案件“〔2026〕9号”{fault}",
            counter="次",
            price=Decimal(worth),
            hits=1,
            summary=f"〔2026〕9号：{fault}",
        )
    ]
    whole = charged(desk(replace(rule, whole=True), records=(record, record)))
    words = f"依申请公开案件“〔2026〕9号”{fault}，6分不得分"
    assert whole == [of_record(record, points=Decimal(6), words=words, summary=fault)]
    assert charged(desk(replace(rule, whole=True), records=(record,), points=None)) == []
    assert charged(desk(Cases(), records=(record,))) == []


def test_clean_cases() -> None:
    records = tuple(ENTER.case("U1", n) for n in range(2))
    rule = CleanCases(name="实绩", closed=2, points=Decimal(5))
    assert charged(desk(rule, records=records, effect=Effect.BONUS)) == [
        Charge(
            line="7",
            clause="第7项",
            way=Way.GIVE,
            source="standing",
            points=Decimal(5),
            words="实绩：结案2件，无复议诉讼败诉，加5分",
            summary="结案2件，无复议诉讼败诉",
        )
    ]


@pytest.mark.parametrize(
    ("mean", "score", "steps"),
    [("80", "40", 2), ("80", "80", 0), ("80", "64", 1), ("80", "64.1", 0), ("1", "0.5", 2), ("0", "-3", 0)],
)
def test_steps_below_the_mean(mean: str, score: str, steps: int) -> None:
    record = ENTER.tally("U1", "7", score)
    rule = BelowMean(name="得分", step_percent=Decimal(20), points=Decimal(5))
    charges = charged(desk(rule, records=(record,), standings=Standings(means={"7": Decimal(mean)})))
    assert [(c.way, c.hits, c.points, c.price) for c in charges] == (
        [(Way.TAKE, steps, Decimal(5) * steps, Decimal(5))] if steps else []
    )
    assert charged(desk(rule, records=(record,))) == []


def test_a_place_in_a_ranking() -> None:
    record = ENTER.tally("U1", "7", 30)
    rule = ByRank(name="录用数", places=(Place(upto=5, points=Decimal(10)),))
    ranked = desk(rule, records=(record,), effect=Effect.BONUS, standings=Standings(ranks={"7": {"U1": 2}}))
    assert charged(ranked) == [
        of_record(record, Way.GIVE, points=Decimal(10), words="录用数30，列第2名（前5名），加10分")
    ]
    assert charged(desk(rule, records=(record,), effect=Effect.BONUS)) == []


def test_a_threshold_names_its_count_and_its_site() -> None:
    found = tuple(lapse(f"F{n}") for n in range(3))
    rule = Threshold(any=(Count(at_least=3, name="未更新栏目"),))
    owned = {"s01": found, "s02": found[:2]}
    assert charged(desk(rule, effect=Effect.VETO, owned=owned)) == [
        of_finding(
            found[0],
            way=Way.VETO,
            points=Decimal(0),
            words="未更新栏目3个，达到3个，单项否决",
            hits=3,
            target="s01",
        )
    ]


def test_only_first_level_counts_but_for_news() -> None:
    """Second-level notices are left out where a count narrows to the first level; news of any level stay."""
    deep = {"level": 2}
    found = (
        lapse("N", column_kind="news", **deep), lapse("P", column_kind="notices", **deep),
        lapse("Q", column_kind="notices", level=1), lapse("R"),
    )  # fmt: skip
    count = Count(at_least=3, name="栏目", first_level=True, column_kinds=("news", "notices"))
    charges = charged(desk(Threshold(any=(count,)), effect=Effect.VETO, owned={"s01": found}))
    assert [c.hits for c in charges] == [3]
    assert [c.source for c in charges] == ["finding:N"]


def test_vetoes_that_were_entered() -> None:
    order = ENTER.announcement("U1", "7", Level.CITY, "被攻击", target="s01")
    decided = ENTER.deduction("U1", "7", reason="篡改未处置")
    rule = EnteredVeto(name="安全问题")
    assert charged(desk(rule, effect=Effect.VETO, records=(order, decided))) == [
        of_record(
            order, Way.VETO, points=Decimal(0), words="安全问题：被攻击（通报〔2026〕1号）", summary="被攻击"
        ),
        of_record(decided, Way.VETO, points=Decimal(0), words="安全问题：篡改未处置", summary="篡改未处置"),
    ]


def test_a_problem_announced_again() -> None:
    first = ENTER.announcement("U1", "7", Level.CITY, "不 更新", on=date(2026, 3, 1))
    other = ENTER.announcement("U1", "7", Level.CITY, "错字", on=date(2026, 3, 2))
    again = ENTER.announcement("U1", "7", Level.STATE, "不更新", on=date(2026, 4, 1))
    charges = charged(desk(Repeated(name="重复"), effect=Effect.VETO, records=(again, other, first)))
    assert charges == [
        of_record(
            again,
            Way.VETO,
            points=Decimal(0),
            words="重复：“不更新”被通报2次，单项否决",
            summary="不更新",
            hits=2,
        )
    ]


def test_falsification() -> None:
    from schemes.charging import falsifications

    record = ENTER.of(
        Falsification, "U1", on=date(2026, 5, 5), reason="造假", reviewer="李四", proofs=(LINK,)
    )
    assert list(falsifications(desk(records=(record,)))) == [
        of_record(record, Way.VETO, points=Decimal(0), words="弄虚作假：造假", summary="造假")
    ]


def test_a_line_that_does_not_bind() -> None:
    record = ENTER.of(Applicability, "U1", line="7", applies=False, reason="无此职能")
    reading = read_line(desk(records=(record,)))
    expected = of_record(record, Way.EXCLUDE, points=Decimal(0), words="不适用：无此职能")
    assert reading.charges == (expected,)
    assert (reading.settled, reading.excluded, reading.note, reading.open) == (
        True, True, "不适用：无此职能", "",
    )  # fmt: skip
    again = replace(record, id="R9999", applies=True)
    assert read_line(desk(records=(record, again))).excluded is False


def test_a_claim_stands_for_the_time_being() -> None:
    own = ENTER.of(SelfScore, "U1", line="7", score=Decimal(4))
    words = "单位自评4分，尚未核定，暂按自评计"
    reading = read_line(desk(records=(own,)))
    assert reading.charges == (of_record(own, points=Decimal(2), words=f"{words}，6分－4分＝扣2分"),)
    assert (reading.settled, reading.note, reading.open) == (True, words, "待核定")
    earned = read_line(desk(records=(own,), effect=Effect.EARN))
    assert earned.charges == (of_record(own, Way.GIVE, points=Decimal(4), words=words),)
    full = read_line(desk(records=(replace(own, score=Decimal(9)),)))
    assert full.charges == ()
    bonus = read_line(desk(records=(own,), effect=Effect.BONUS))
    assert (bonus.charges, bonus.settled, bonus.note, bonus.open) == (
        (), True, "单位自评4分，加分项经核定后计入", "待核定",
    )  # fmt: skip


def test_the_reviewers_score_stands() -> None:
    given = ENTER.of(ReviewScore, "U1", line="7", score=Decimal(5), reviewer="李四")
    reading = read_line(desk(records=(given,)))
    assert reading.charges == (of_record(given, points=Decimal(1), words="考核组核定5分，6分－5分＝扣1分"),)
    assert (reading.settled, reading.note, reading.open, reading.review_score) == (
        True, "考核组核定5分", "", Decimal(5),
    )  # fmt: skip
    unproven = read_line(desk(records=(given,), effect=Effect.EARN, evidence_required=True))
    assert (unproven.charges, unproven.note) == ((), "考核组核定5分，未提供佐证，不予认定")
    claimed = ENTER.of(SelfScore, "U1", line="7", score=Decimal(6), proofs=(LINK,))
    proven = read_line(desk(records=(claimed, given), effect=Effect.EARN, evidence_required=True))
    assert [c.points for c in proven.charges] == [5]


def test_every_kind_of_proof_is_an_exhibit() -> None:
    proof = Proof(url="http://127.0.0.1/a", picture="e/p.png", document="文件.pdf", sha256="ab" * 32)
    record = ENTER.deduction("U1", "7", points=Decimal(1), proofs=(Proof(document="函"), proof))
    (charge,) = charged(desk(records=(record,)))
    assert charge.url == "http://127.0.0.1/a"
    assert charge.exhibits == (
        Exhibit(kind="document", path="函"),
        Exhibit(kind="picture", path="e/p.png", sha256="ab" * 32),
        Exhibit(kind="link", url="http://127.0.0.1/a"),
        Exhibit(kind="document", path="文件.pdf"),
    )


def one_line_scheme(tmp_path: Path, grades: str, veto: str = "") -> Scheme:
    text = f'[scheme]\nid = "v"\nname = "只看否决"\nbasis = "甲"\n{veto}{grades}'
    text += '[[indicator]]\nno = "1"\ngroup = "甲"\ntitle = "乙"\nstandard = "丙"\nbasis = "第1项"\n'
    text += 'method = "online"\neffect = "veto"\n'
    path = tmp_path / "v.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


GRADES = "".join(
    f'[[grade]]\nname = "{name}"\n{bound}'
    for name, bound in (("好", "at_least = 80\n"), ("中", "at_least = 60\n"), ("差", ""))
)
VETO = '[veto]\ngrade = "差"\ncap = 59\n'


@pytest.mark.parametrize(
    ("grades", "veto", "passed", "failed"),
    [(GRADES, VETO, "中", "差"), ("", VETO, "", "差"), (GRADES, "", "", ""), ("", "", "", "")],
)
def test_a_unit_bound_by_vetoes_alone(
    tmp_path: Path, grades: str, veto: str, passed: str, failed: str
) -> None:
    """It has the grade next above the one that a veto gives; without grades none to pass with."""
    scheme = one_line_scheme(tmp_path, grades, veto)
    against = Charge(line="1", clause="第1项", way=Way.VETO, source="record:R1", words="认定")
    for charges, grade in (([], passed), ([against], failed)):
        result = settle(scheme, UnitCategory.DEPARTMENT, [], charges)
        assert (result.score, result.grade, result.vetoes) == (None, grade, tuple(charges))
        assert (result.lines, result.bonus, result.penalty, result.buckets) == (0, 0, 0, ())
        assert result.words == ("没有计分的指标，只看单项否决",)


@pytest.mark.parametrize(("mode", "counted"), [("lowest", "b"), ("mean", "")])
def test_several_accounts(mode: str, counted: str) -> None:
    """Of 10 points a loses 2, b 5, and 1 that names no account binds both: a 7, b 4; lowest 4, mean 5.5."""
    scheme = replace(
        shipped()["changshu-2020"],
        pools=tuple(
            replace(pool, points=Decimal(10), aggregate=Aggregate(mode)) if pool.id == "media" else pool
            for pool in shipped()["changshu-2020"].pools
        ),
    )
    charges = [
        Charge(line="9", clause="", way=Way.TAKE, source=f"record:{name}", points=Decimal(points),
               target=name, words=f"{name}扣{points}分")
        for name, points in (("a", 2), ("b", 5), ("", 1))
    ]  # fmt: skip
    result = settle(scheme, UnitCategory.DEPARTMENT, ["b", "a"], charges)
    bucket = next(each for each in result.buckets if each.id == "media")
    assert bucket.by_target == (("a", Decimal(7)), ("b", Decimal(4)))
    assert bucket.counted == counted
    if mode == "lowest":
        assert bucket.score == 4
        taken = {t.charge.target: t.taken for t in bucket.takings}
        assert taken == {"a": 0, "b": -5, "": -1}
        words = {t.charge.target: t.arithmetic for t in bucket.takings}
        assert words["a"] == "a扣2分，该账号得分不是最低，不计入"
        assert words["b"] == "b扣5分，政务新媒体类10分池余4分"
    else:
        assert bucket.score == Decimal("5.5")
        assert sum(t.taken for t in bucket.takings) == Decimal("-4.5")
        assert all(t.arithmetic.endswith("，2个账号取平均") for t in bucket.takings)


def test_of_equal_accounts_the_first_by_name_counts() -> None:
    result = settle(shipped()["changshu-2020"], UnitCategory.DEPARTMENT, ["b", "a"], [])
    assert next(each for each in result.buckets if each.id == "media").counted == "a"


def take(line: str, source: str, day: int | None = None, points: int = 1, way: Way = Way.TAKE) -> Charge:
    on = date(2026, 3, day) if day else None
    return Charge(line=line, clause="", way=way, source=source, points=Decimal(points), words=source, on=on)


def test_charges_are_paid_by_day_then_by_line_then_by_source() -> None:
    """Without a day first; what is given before what is taken. The pool of lines 5 to 7 is worth 30."""
    scheme = shipped()["changshu-2020"]
    charges = [
        take("7", "c", 2), take("5", "f", 3), take("6", "b", 2), take("7", "d"), take("6", "a", 2),
        take("7", "e", 1, way=Way.GIVE),
    ]  # fmt: skip
    result = settle(scheme, UnitCategory.DEPARTMENT, [], charges)
    bucket = next(each for each in result.buckets if each.id == "website")
    assert [t.charge.source for t in bucket.takings] == ["e", "d", "a", "b", "c", "f"]
    assert (bucket.title, bucket.points, bucket.score) == ("政府网站", 30, 25)
    vetoes = [
        replace(take(no, source), way=Way.VETO)
        for no, source in (("18", "b"), ("18", "a"), ("", "z"), ("1", "0"))
    ]
    told = [c.source for c in settle(scheme, UnitCategory.DEPARTMENT, [], vetoes).vetoes]
    assert told == ["z", "0", "a", "b"]


def test_what_a_purse_bears_is_said() -> None:
    scheme = shipped()["changshu-2020"]
    charges = [
        take("1", "甲", points=3), take("13", "乙", points=25, way=Way.GIVE), take("19", "丙", points=6),
        take("7", "丁", points=31),
    ]  # fmt: skip
    result = settle(scheme, UnitCategory.DEPARTMENT, [], charges)
    said_ = {t.charge.line: t.arithmetic for bucket in result.buckets for t in bucket.takings}
    assert said_ == {
        "1": "甲，扣完即止，实扣2分，本项2分余0分",
        "13": "乙，加满即止，实加20分，本项20分已得20分",
        "19": "丙，第19项累计核减6分（最多10分）",
        "7": "丁，扣完即止，实扣30分，政府网站类30分池余0分",
    }
    assert result.words == ("各项满分90分，得58分", "加分20分", "另行核减6分", "合计72分")
    assert (result.lines, result.bonus, result.penalty) == (58, 20, 6)
    given = settle(scheme, UnitCategory.DEPARTMENT, [], [take("19", "丙", way=Way.GIVE)])
    assert next(each.score for each in given.buckets if each.id == "19") == 0


def test_rules_look_at_their_own_checks_alone() -> None:
    found = (
        lapse("A", missing=["x"], age_days=9),
        lapse("B", check="column.empty", missing=["x"], age_days=9),
    )
    for rule in (
        PerFinding(name="甲", points=Decimal(1), checks=("column.empty",)),
        PerMissing(name="甲", points=Decimal(1), checks=("column.empty",)),
        PerShortfall(name="甲", points=Decimal(1), checks=("column.empty",), window_days=20),
    ):
        charges = charged(desk(rule, found=found))
        assert [(c.source, c.hits) for c in charges] == [("finding:B", 1)]


def test_a_merit_worth_less_than_the_price_and_one_capped() -> None:
    less = ENTER.bonus("U1", "7", points=Decimal(1), hits=2)
    more = ENTER.bonus("U1", "7", points=Decimal(9), hits=2)
    rule = PerBonus(name="报道", points=Decimal(3), cap=Decimal(5))
    charges = charged(desk(rule, records=(less, more), effect=Effect.BONUS))
    assert [(c.points, c.price) for c in charges] == [(2, 1), (5, 3)]


@pytest.mark.parametrize(("counts", "lost"), [((1, 3), 0), ((3, 2), 1), ((3, 0), 3)])
def test_the_newest_tally_counts(counts: tuple[int, int], lost: int) -> None:
    records = tuple(ENTER.tally("U1", "7", count) for count in counts)
    charges = charged(desk(AtLeast(name="解读", need=3, points=Decimal(1)), records=records))
    assert [c.points for c in charges] == ([lost] if lost else [])


def test_claims_are_kept_beside_what_cannot_be_claimed() -> None:
    own = ENTER.of(SelfScore, "U1", line="7", score=Decimal(4), proofs=(LINK,))
    given = ENTER.of(ReviewScore, "U1", line="7", score=Decimal(5), reviewer="李四")
    for changes in ({"points": None}, {"effect": Effect.VETO}, {"effect": Effect.PENALTY}):
        reading = read_line(desk(records=(own, given), **changes))  # type: ignore[arg-type]
        assert (reading.self_score, reading.review_score, reading.settled) == (4, 5, False)
        assert reading.charges == ()
    both = read_line(desk(records=(own, given)))
    assert (both.self_score, both.review_score) == (4, 5)
    proven = read_line(desk(records=(own,), effect=Effect.EARN, evidence_required=True))
    assert [c.points for c in proven.charges] == [4]
    unproven = read_line(desk(records=(replace(own, proofs=()),), effect=Effect.EARN, evidence_required=True))
    assert unproven.note == "单位自评4分，未提供佐证，不予认定"
    priced = read_line(desk(PerEntry(name="甲", points=Decimal(1)), records=(own,)))
    assert (priced.self_score, priced.settled, priced.note, priced.open) == (4, False, "", "")


def test_a_line_on_which_nothing_was_entered() -> None:
    full = read_line(desk())
    assert (full.note, full.open) == ("未录入，按满分6分计", "未录入")
    nothing = read_line(desk(effect=Effect.EARN))
    assert (nothing.note, nothing.open) == ("未录入，按0分计", "未录入")
    assert read_line(desk(PerEntry(name="甲"))).open == ""


def test_a_problem_announced_three_times_names_the_last() -> None:
    records = [ENTER.announcement("U1", "7", Level.CITY, "错字", on=date(2026, n, 1)) for n in (3, 4, 5)]
    (charge,) = charged(desk(Repeated(name="重复"), effect=Effect.VETO, records=tuple(records)))
    assert (charge.hits, charge.source) == (3, f"record:{records[-1].id}")


def test_a_finding_of_another_kind_of_column_is_not_counted() -> None:
    found = (lapse("A", column_kind="news"), lapse("B", column_kind="topic"))
    count = Count(at_least=2, name="栏目", column_kinds=("news",))
    assert charged(desk(Threshold(any=(count,)), effect=Effect.VETO, owned={"s01": found})) == []


def test_a_charge_bears_its_reviewer_and_the_day_in_china() -> None:
    found = finding("N", "U1", "s/7", first=NOON.replace(hour=18))
    rule = PerFinding(name="甲", points=Decimal(1))
    given = replace(desk(rule, found=(found,)), reviews={"N": Review(reviewer="王科长")})
    (charge,) = charged(given)
    assert (charge.reviewer, charge.on) == ("王科长", date(2026, 7, 1))


def test_answered_cases_and_closed_ones_count_as_closed() -> None:
    answered = ENTER.case("U1", 1, closed_on=None)
    closed = ENTER.case("U1", 2, answered_on=None)
    rule = CleanCases(name="实绩", closed=2, points=Decimal(5))
    assert len(charged(desk(rule, records=(answered, closed), effect=Effect.BONUS))) == 1


def test_a_vetos_grade_never_lifts_a_worse_one() -> None:
    grades = tuple(
        Grade(name=name, at_least=bound)
        for name, bound in (("好", Decimal(80)), ("中", Decimal(60)), ("差", None))
    )
    scheme = replace(shipped()["zhushan"], grades=grades, veto=Veto(grade="中", cap=Decimal(79)))
    assert grade_of(scheme, Decimal(90), vetoed=True) == "中"
    assert grade_of(scheme, Decimal(10), vetoed=True) == "差"
    assert grade_of(replace(scheme, grades=()), Decimal(10), vetoed=True) == "中"


@pytest.mark.parametrize(("count", "steps"), [(4, 0), (3, 0), ("2.67", 0), ("2.66", 1), (2, 2), (0, 5)])
def test_steps_below_a_mean_that_no_decimal_writes_in_full(count: int | str, steps: int) -> None:
    """Of 2, 4 and 4 the mean is 10/3: 2 lies 40 % below it, two full steps of 20 %."""
    rule = BelowMean(name="得分", step_percent=Decimal(20), points=Decimal(5))
    average = mean([Decimal(4), Decimal(2), Decimal(4)])
    assert average is not None
    entered = (ENTER.tally("U1", "7", 1), ENTER.tally("U1", "7", count))  # the newest counts
    given = replace(desk(rule, records=entered), standings=Standings(means={"7": average}))
    assert [charge.hits for charge in charged(given)] == ([steps] if steps else [])


def test_ranks_leave_out_who_has_nothing() -> None:
    assert ranks({"a": Decimal(1), "b": Decimal(3), "c": Decimal(0), "d": Decimal(3)}) == {
        "a": 3,
        "b": 1,
        "d": 1,
    }


def test_a_weight_that_is_lacking_is_named() -> None:
    with pytest.raises(ValueError, match=r"^第6\.1\.1项没有分值，须由年度方案给出$"):
        settle(shipped()["nanchang"], UnitCategory.COUNTY, [], [])
    scheme = shipped()["changshu-2020"]
    open_ = replace(scheme, pools=tuple(replace(pool, points=None) for pool in scheme.pools))
    with pytest.raises(ValueError, match=r"^共用分值“政府网站”没有分值，须由年度方案给出$"):
        settle(open_, UnitCategory.DEPARTMENT, [], [])


def one_of_each(**total: Any) -> Scheme:
    """A line to lose (10), one to earn (10) and a bonus (5); at most 60 and 不合格 with a veto."""

    def line(no: str, effect: Effect, points: int) -> Indicator:
        return Indicator(
            no=no, group="甲", title=no, standard="丙", basis=no, method=Method.EVIDENCE,
            effect=effect, points=Decimal(points),
        )  # fmt: skip

    return replace(
        shipped()["zhushan"],
        indicators=(line("1", Effect.DEDUCT, 10), line("2", Effect.EARN, 10), line("3", Effect.BONUS, 5)),
        pools=(),
        total=Total(lines=Decimal(20), **total),
        bonus=BonusTerms(cap=Decimal(5)),
        veto=Veto(grade="不合格", cap=Decimal(14)),
        grades=(Grade(name="合格", at_least=Decimal(12)), Grade(name="不合格")),
    )


AGAINST = Charge(line="1", clause="第1项", way=Way.VETO, source="record:R1", words="认定")


@pytest.mark.parametrize(
    ("lost", "score", "said_last"),
    [(5, 14, "单项否决，最高14分"), (6, 14, "合计14分"), (7, 13, "合计13分")],
)
def test_a_veto_bounds_the_score_and_says_so_where_it_lowers_it(
    lost: int, score: int, said_last: str
) -> None:
    """10 − lost, 5 earned and a bonus of 5; a score at the bound or below it stays as it is."""
    charges = [take("1", "甲", points=lost), take("2", "乙", points=5, way=Way.GIVE),
               take("3", "丙", points=5, way=Way.GIVE), AGAINST]  # fmt: skip
    result = settle(one_of_each(), UnitCategory.DEPARTMENT, [], charges)
    assert (result.score, result.grade, result.words[-1]) == (score, "不合格", said_last)


@pytest.mark.parametrize(("merit", "words"), [(4, "加分4分"), (5, "加分5分"), (6, "加分6分，最多计5分")])
def test_a_bonus_above_its_bound_says_so(merit: int, words: str) -> None:
    scheme = one_of_each()
    lines = tuple(replace(line, points=Decimal(9)) if line.no == "3" else line for line in scheme.indicators)
    given = [take("3", "甲", points=merit, way=Way.GIVE)]
    result = settle(replace(scheme, indicators=lines), UnitCategory.DEPARTMENT, [], given)
    assert result.words == ("各项满分20分，得10分", words, f"合计{10 + min(merit, 5)}分")


def test_what_does_not_apply_counts_in_full_or_not_at_all() -> None:
    """Line 2, to be earned, does not bind the unit: its 10 points are given, or 8 of 10 become 16 of 20."""
    charges = [take("1", "甲", points=2), take("2", "乙", points=0, way=Way.EXCLUDE)]
    full = settle(one_of_each(), UnitCategory.DEPARTMENT, [], charges)
    assert (full.score, full.words) == (18, ("各项满分20分，得18分",))
    scaled = one_of_each(not_applicable=NotApplicable.RESCALE)
    result = settle(scaled, UnitCategory.DEPARTMENT, [], charges)
    assert (result.score, result.words) == (
        16, ("各项满分10分，得8分", "按满分20分折算：8分×20分÷10分＝16分"),
    )  # fmt: skip
    whole = settle(scaled, UnitCategory.DEPARTMENT, [], charges[:1])
    assert (whole.score, whole.words) == (8, ("各项满分20分，得8分",))


def test_nothing_is_scaled_up_where_what_binds_bears_no_points() -> None:
    scheme = one_of_each(not_applicable=NotApplicable.RESCALE)
    lines = tuple(replace(line, points=Decimal(0)) if line.no == "1" else line for line in scheme.indicators)
    charges = [take("2", "乙", points=0, way=Way.EXCLUDE)]
    result = settle(replace(scheme, indicators=lines), UnitCategory.DEPARTMENT, [], charges)
    assert (result.score, result.words) == (0, ("各项满分0分，得0分",))
