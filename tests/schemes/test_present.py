"""Schemes and cards as JSON and tables: the names scripts rely on, and words people understand."""

import json
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from domain.finding import CaseState
from schemes.present import (
    assessment_json,
    assessment_table,
    indicators_table,
    out_of,
    scheme_as_json,
    schemes_table,
    score_words,
)
from schemes.records import Level
from schemes.rules import PerFinding, Recount
from schemes.spoken import rule_words, worth_words
from tests.schemes.assessing import Entries, account, book, cards, finding, shipped, unit

S = "changshu-2020"


def printed(table: object) -> str:
    out = StringIO()
    Console(width=240, file=out).print(table)
    return out.getvalue()


def test_a_scheme_as_json() -> None:
    value = scheme_as_json(shipped()[S])
    assert json.loads(json.dumps(value)) == value
    assert (value["id"], value["total_points"], value["lines_points"]) == (S, 100, 90)
    assert value["grades"][0] == {"name": "优秀", "at_least": 90, "above": None}
    seventh: dict[str, Any] = value["indicators"][6]
    assert {key: seventh[key] for key in ("no", "points", "pool", "method", "checks", "deduction_rule")} == {
        "no": "7",
        "points": 30,
        "pool": "website",
        "method": "online",
        "checks": ["column.stale"],
        "deduction_rule": "6个月未更新栏目，每个扣3分",
    }
    assert value["pools"][0]["lines"] == ["5", "6", "7"]


@pytest.mark.parametrize("name", list(shipped()))
def test_every_scheme_is_out_of_a_hundred_and_every_line_is_spoken(name: str) -> None:
    scheme = shipped()[name]
    assert out_of(scheme) == 100
    json.dumps(scheme_as_json(scheme))
    for line in scheme.indicators:
        assert rule_words(line)
        assert worth_words(scheme, line)
    assert scheme.indicators[-1].title in printed(indicators_table(scheme)).replace("\n", "")


@pytest.mark.parametrize(
    ("name", "no", "words"),
    [
        (S, "5", "信息保障得分每低于平均分20%扣5分"),
        (S, "11", "未在法定期限内答复的每件扣5分、答复不规范的每件扣2分"),
        (S, "14", "按上级录用数排名：前5名10分、前10名8分、前20名5分"),
        (
            S,
            "18",
            "被通报严重问题，每次扣：国家10分、省10分、设区市10分；同一问题重复通报2次的，年度考核不合格",
        ),
        (S, "3", "重要政策解读每年不少于3次，每少1次扣1分"),
        (S, "15", "创新方式解读，每次加3分；没有佐证不得分"),
        (S, "1", "从满分起扣，由考核组评定"),
        (S, "16", "全年结案10件以上且无败诉的，加10分"),
        ("xunwu-2022", "40", "报道与表扬，每次加：国家3分、省2分、设区市1分；没有佐证不得分"),
        ("xunwu-2022", "18", "指南要素共9项，按所缺项数均摊扣分；没有公开指南的，本项不得分"),
        ("xunwu-2022", "20", "未在法定期限内答复或答复不规范的，本项不得分"),
        ("xunwu-2022", "37", "凭佐证由考核组评定得分，没有佐证不得分"),
        ("nanchang", "6.2.1", "网站不达标问题，每处扣几分由年度方案定"),
        ("nanchang", "6.2.9", "按信息上报得分折算"),
        ("zhushan", "14", "弄虚作假，经认定即单项否决"),
    ],
)
def test_rules_in_words(name: str, no: str, words: str) -> None:
    assert rule_words(shipped()[name].indicator(no)) == words


@pytest.mark.parametrize(
    ("recount", "words"),
    [
        ({"recount": Recount.YEAR}, "栏目，每个扣2分，同一对象一年只计一次"),
        ({"recount": Recount.LASTING, "every_days": 14}, "栏目，每个扣2分，每持续14天再计一次"),
        ({}, "栏目，每个扣2分"),
    ],
)
def test_recounting_in_words(recount: dict[str, Any], words: str) -> None:
    line = shipped()[S].indicator("7")
    rule = PerFinding(name="栏目", points=Decimal(2), **recount)
    assert rule_words(replace(line, rules=(rule,))) == words


def test_worths_in_words() -> None:
    scheme = shipped()[S]
    assert worth_words(scheme, scheme.indicator("7")) == "共用30分（第5、6、7项）"
    assert worth_words(scheme, scheme.indicator("1")) == "2分"
    assert worth_words(shipped()["nanchang"], shipped()["nanchang"].indicator("6.1.1")) == "由年度方案定"
    assert worth_words(shipped()["zhushan"], shipped()["zhushan"].indicator("14")) == "单项否决"


def assessment() -> tuple[list[Any], dict[str, Any]]:
    enter = Entries(S)
    found = [
        finding("F1", "U1", f"{S}/7"),
        finding("F2", "U1", f"{S}/7", state=CaseState.DETECTED),
        finding("F3", "U1", f"{S}/9", check="media.stale", target="a1"),
    ]
    records = [
        enter.announcement("U2", "18", Level.CITY, "甲"),
        enter.announcement("U2", "18", Level.CITY, "甲"),
    ]
    made = list(cards(S, book([unit("U1"), unit("U2")], found, records, [account("a1", "U1")])).values())
    return made, assessment_json(shipped()[S], 2026, made)


def test_an_assessment_as_json() -> None:
    made, value = assessment()
    assert json.loads(json.dumps(value)) == value
    first = value["units"][0]
    assert (first["unit"], first["score"], first["low"], first["grade"]) == ("U1", 84, 81, "良好")
    assert (first["confirmed_findings"], first["open_findings"]) == (2, 1)
    seventh = next(line for line in first["lines"] if line["no"] == "7")
    assert (seventh["deducted"], seventh["score"], seventh["low"]) == (3, 27, 24)
    assert seventh["pending"] == "6个月未更新栏目1个×3分=3分"
    rows = {row["finding"]: row for row in first["deductions"]}
    assert rows["F1"]["clause"] == "附件第7项"
    assert rows["F1"]["points"] == -3
    assert rows["F1"]["evidence"][0]["path"] == "evidence/p.png"
    assert rows["F2"]["certain"] is False
    assert value["units"][1]["vetoed"] is True
    assert {pool["id"]: pool["counted_account"] for pool in first["pools"]}["media"] == "a1"
    assert score_words(made[0]) == "84（待核实后最低81）"


def test_an_assessment_as_a_table() -> None:
    made, _ = assessment()
    text = printed(assessment_table(shipped()[S], 2026, made))
    assert "84（待核实后最低81）" in text
    assert "第7项 6个月未更新栏目1个×3分=3分，政府网站类30分池余27分" in text
    assert "第7项 待核实：6个月未更新栏目1个×3分=3分" in text
    assert "★ 同一问题重复通报" in text
    missing = list(cards("nanchang", book([unit("U1")])).values())
    assert "未计总分" in printed(assessment_table(shipped()["nanchang"], 2026, missing))


def test_the_list_of_schemes() -> None:
    text = printed(schemes_table(shipped().values()))
    assert "changshu-2020" in text
    assert "40项" in text
    assert "100分（年度方案定分）" in text
    assert "不定等次" in text
