"""Each counting rule and each kind of line as a form would put it, whole."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from schemes.model import Effect, Indicator, Method, Pool, Scheme
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
from schemes.spoken import rule_words, worth_words
from tests.schemes.assessing import shipped

LINE = Indicator(no="1", group="甲", title="一", standard="标准", basis="第1项", method=Method.EVIDENCE)


@pytest.mark.parametrize(
    ("effect", "words"),
    [
        (Effect.DEDUCT, "从满分起扣，由考核组评定"),
        (Effect.EARN, "凭佐证由考核组评定得分"),
        (Effect.BONUS, "凭佐证由考核组评定加分"),
        (Effect.PENALTY, "由考核组核减"),
        (Effect.VETO, "由考核组认定"),
    ],
)
def test_a_line_without_rules_is_for_the_reviewers(effect: Effect, words: str) -> None:
    line = replace(LINE, effect=effect)
    assert rule_words(line) == words
    assert rule_words(replace(line, evidence_required=True)) == f"{words}，没有佐证不得分"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (PerFinding(name="栏目", points=Decimal(2)), "栏目，每个扣2分"),
        (PerFinding(name="栏目"), "栏目，每个扣几分由年度方案定"),
        (PerMissing(name="缺少要素", points=Decimal("0.50")), "缺少要素，每项扣0.5分"),
        (PerMissing(name="缺少要素", counter="处"), "缺少要素，每处扣几分由年度方案定"),
        (PerShortfall(name="少更新", points=Decimal(1)), "少更新，每次扣1分"),
        (PerShortfall(name="少更新", counter="期"), "少更新，每期扣几分由年度方案定"),
        (PerEntry(name="抽查问题", points=Decimal(3), counter="件"), "抽查问题，每件扣3分"),
        (Share(name="指南要素", of=9), "指南要素共9项，按所缺项数均摊扣分"),
        (AllOrNothing(name="没有公开指南"), "没有公开指南的，本项不得分"),
        (AllOrNothing(name="没有公开指南", points=Decimal(2)), "没有公开指南的，2分不得分"),
        (
            PerAnnouncement(name="被通报", state=Decimal(3), city=Decimal("0.5")),
            "被通报，每次扣：国家3分、设区市0.5分",
        ),
        (AtLeast(name="解读", need=3), "解读每年不少于3次"),
        (AtLeast(name="解读", need=3, points=Decimal(1), counter="篇"), "解读每年不少于3篇，每少1篇扣1分"),
        (Proportion(name="解读率", percent=Decimal("90.0")), "解读率不足90%的，本项不得分"),
        (Proportion(name="解读率", percent=Decimal(90), points=Decimal(2)), "解读率不足90%的，2分不得分"),
        (Converted(name="社会评议得分"), "按社会评议得分折算"),
        (Cases(), "依申请公开案件有问题的，每件扣几分由年度方案定"),
        (
            Cases(late=Decimal(5), defect=Decimal(2), reconsideration=Decimal(3), litigation=Decimal(4)),
            "未在法定期限内答复的每件扣5分、答复不规范的每件扣2分、被行政复议纠错的每件扣3分、"
            "被行政诉讼纠错的每件扣4分",
        ),
        (
            Cases(reconsideration=Decimal(1), litigation=Decimal(1), whole=True),
            "被行政复议纠错或被行政诉讼纠错的，本项不得分",
        ),
        (BelowMean(name="得分", step_percent=Decimal(20), points=Decimal(5)), "得分每低于平均分20%扣5分"),
        (
            Threshold(any=(Count(name="空白栏目", at_least=5), Count(name="不更新栏目", at_least=10))),
            "空白栏目达到5个，或不更新栏目达到10个的，单项否决",
        ),
        (Repeated(name="同一问题重复通报"), "同一问题重复通报2次的，年度考核不合格"),
        (EnteredVeto(name="弄虚作假"), "弄虚作假，经认定即单项否决"),
    ],
)
def test_a_rule_that_takes(rule: Rule, words: str) -> None:
    assert rule_words(replace(LINE, rules=(rule,))) == words


@pytest.mark.parametrize("effect", [Effect.BONUS, Effect.EARN])
@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (PerFinding(name="亮点", points=Decimal(2)), "亮点，每个加2分"),
        (PerAnnouncement(name="受表扬", province=Decimal(2)), "受表扬，每次加：省2分"),
        (PerBonus(name="被报道", points=Decimal(1)), "被报道，每次加1分"),
        (PerBonus(name="被报道"), "被报道，每次加几分由年度方案定"),
        (
            PerBonus(name="被报道", state=Decimal(3), province=Decimal(2), city=Decimal(0)),
            "被报道，每次加：国家3分、省2分",
        ),
        (
            PerBonus(name="被报道", points=Decimal(1), city=Decimal(0), county=Decimal(0), state=Decimal(3)),
            "被报道，每次加1分，其中国家3分（设区市、县（市、区）级的不计）",
        ),
        (
            ByRank(
                name="录用数",
                places=(Place(upto=5, points=Decimal(10)), Place(upto=9, points=Decimal("2.5"))),
            ),
            "按录用数排名：前5名10分、前9名2.5分",
        ),
        (CleanCases(name="无败诉", closed=10, points=Decimal(10)), "全年结案10件以上且无败诉的，加10分"),
    ],
)
def test_a_rule_that_gives(rule: Rule, words: str, effect: Effect) -> None:
    assert rule_words(replace(LINE, rules=(rule,), effect=effect)) == words


def test_several_rules_of_a_line_are_told_once_each() -> None:
    rules = (PerFinding(name="甲", points=Decimal(1)), PerEntry(name="乙", points=Decimal(2)))
    line = replace(LINE, rules=(*rules, rules[0]))
    assert rule_words(line) == "甲，每个扣1分；乙，每次扣2分"
    assert rule_words(replace(line, evidence_required=True)) == "甲，每个扣1分；乙，每次扣2分；没有佐证不得分"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"points": Decimal("3.0")}, "3分"),
        ({}, "由年度方案定"),
        ({"effect": Effect.VETO}, "单项否决"),
        ({"pool": "p"}, "共用30分（第1、2项）"),
        ({"pool": "q"}, "共用另定分值（第1项）"),
    ],
)
def test_what_a_line_is_worth(line: dict[str, Any], words: str) -> None:
    one = replace(LINE, **line)
    scheme: Scheme = replace(
        shipped()["zhushan"],
        pools=(Pool(id="p", title="网站", points=Decimal(30)), Pool(id="q", title="新媒体")),
        indicators=(one, replace(LINE, no="2", pool="p"), replace(LINE, no="3", points=Decimal(1))),
    )
    assert worth_words(scheme, one) == words
