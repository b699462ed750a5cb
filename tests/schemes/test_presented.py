"""All that scripts and terminals are given of a scheme and of a card, whole."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from rich.table import Table

from domain.unit import UnitCategory
from schemes.card import LineScore, Row, Scorecard
from schemes.charge import Charge, Exhibit, Way
from schemes.model import (
    Aggregate,
    Ask,
    Catalogue,
    Effect,
    Grade,
    Head,
    Indicator,
    Method,
    Pool,
    Scheme,
    Total,
    Veto,
)
from schemes.present import (
    assessment_json,
    assessment_table,
    card_json,
    indicators_table,
    out_of,
    scheme_as_json,
    schemes_table,
    score_words,
)
from schemes.rules import EnteredVeto, PerBonus, PerFinding
from schemes.settle import Bucket
from schemes.trial import Trial

STALE = Indicator(
    no="1",
    group="甲类",
    subgroup="栏目",
    title="更新",
    standard="六个月内更新",
    basis="附件第1项",
    method=Method.ONLINE,
    pool="p",
    asks=(Ask(check="column.stale"), Ask(check="column.empty"), Ask(check="column.stale")),
    rules=(PerFinding(name="未更新栏目", points=Decimal("0.5")),),
    provisional="按栏目计",
)
ENTERED = Indicator(
    no="2",
    group="乙类",
    title="制度",
    standard="有制度",
    basis="附件第2项",
    method=Method.EVIDENCE,
    how="查阅资料",
    points=Decimal("2.0"),
    applies_to=(UnitCategory.COUNTY, UnitCategory.ZONE),
    evidence_required=True,
)
MERIT = Indicator(
    no="3",
    group="丙类",
    title="表扬",
    standard="受表扬",
    basis="附件第3项",
    method=Method.NOTICE,
    effect=Effect.BONUS,
    points=Decimal("1.5"),
    rules=(PerBonus(name="表扬", points=Decimal(1)),),
)
BARRED = Indicator(
    no="4",
    group="丁类",
    title="造假",
    standard="造假的不合格",
    basis="附件第4项",
    method=Method.EXTERNAL,
    effect=Effect.VETO,
    rules=(EnteredVeto(name="造假"),),
)
SCHEME = Scheme(
    head=Head(id="small", name="小办法", basis="某发〔2026〕1号"),
    total=Total(lines=Decimal(10), cap=Decimal(11), note="小数四舍五入"),
    veto=Veto(grade="不合格", cap=Decimal("5.9"), basis="第五条"),
    trial=Trial(checks=("column.empty",)),
    grades=(
        Grade(name="合格", at_least=Decimal("6.5")),
        Grade(name="较好", above=Decimal(8)),
        Grade(name="不合格"),
    ),
    catalogues=(Catalogue(name="县区", categories=(UnitCategory.COUNTY, UnitCategory.ZONE)),),
    pools=(Pool(id="p", title="网站", points=Decimal(8), aggregate=Aggregate.LOWEST),),
    indicators=(STALE, ENTERED, MERIT, BARRED),
    watches=(Ask(check="content.privacy"),),
    version="v1",
)


def told_line(no: str, group: str, title: str, **values: Any) -> dict[str, Any]:
    """A line in JSON as one has it that states nothing else."""
    return {
        "no": no,
        "group": group,
        "subgroup": "",
        "title": title,
        "pool": None,
        "applies_to": [],
        "checks": [],
        "trial": [],
        "evidence_required": False,
        "provisional": None,
    } | values


def test_a_scheme_whole() -> None:
    value = scheme_as_json(SCHEME)
    assert value == {
        "id": "small",
        "name": "小办法",
        "basis": "某发〔2026〕1号",
        "version": "v1",
        "total_points": 11,
        "lines_points": 10,
        "cap": 11,
        "weights_from_plan": False,
        "note": "小数四舍五入",
        "grades": [
            {"name": "合格", "at_least": 6.5, "above": None},
            {"name": "较好", "at_least": None, "above": 8},
            {"name": "不合格", "at_least": None, "above": None},
        ],
        "veto": {"grade": "不合格", "cap": 5.9, "basis": "第五条"},
        "catalogues": [{"name": "县区", "categories": ["county", "zone"]}],
        "pools": [{"id": "p", "title": "网站", "points": 8, "lines": ["1"], "aggregate": "lowest"}],
        "indicators": [
            told_line(
                "1",
                "甲类",
                "更新",
                subgroup="栏目",
                standard="六个月内更新",
                basis="附件第1项",
                points=8,
                pool="p",
                effect="deduct",
                method="online",
                checks=["column.stale", "column.empty"],
                trial=["column.empty"],
                deduction_rule="未更新栏目，每个扣0.5分",
                provisional="按栏目计",
            ),
            told_line(
                "2",
                "乙类",
                "制度",
                standard="有制度",
                basis="附件第2项",
                points=2,
                effect="deduct",
                method="evidence",
                applies_to=["county", "zone"],
                deduction_rule="从满分起扣，由考核组评定，没有佐证不得分",
                evidence_required=True,
            ),
            told_line(
                "3",
                "丙类",
                "表扬",
                standard="受表扬",
                basis="附件第3项",
                points=1.5,
                effect="bonus",
                method="notice",
                deduction_rule="表扬，每次加1分",
            ),
            told_line(
                "4",
                "丁类",
                "造假",
                standard="造假的不合格",
                basis="附件第4项",
                points=None,
                effect="veto",
                method="external",
                deduction_rule="造假，经认定即单项否决",
            ),
        ],
        "watches": ["content.privacy"],
        "trial": ["column.empty"],
    }
    assert json.loads(json.dumps(value)) == value
    assert scheme_as_json(replace(SCHEME, veto=None))["veto"] is None


@pytest.mark.parametrize(
    ("lines", "cap", "marks"),
    [
        (90, 100, 100),
        (100, 110, 100),
        (100, 100, 100),
        (90, 110, 100),
        (110, 120, 120),
        (90, 95, 95),
        (90, None, 90),
        (None, 100, 100),
        (None, None, None),
    ],
)
def test_what_a_scheme_is_out_of(lines: int | None, cap: int | None, marks: int | None) -> None:
    def decimal(number: int | None) -> Decimal | None:
        return None if number is None else Decimal(number)

    total = Total(lines=decimal(lines), cap=decimal(cap))
    assert out_of(replace(SCHEME, total=total)) == decimal(marks)


def cells(table: Table) -> dict[str, list[str]]:
    """What each column shows; long words are folded, never cut."""
    assert {column.overflow for column in table.columns} == {"fold"}
    return {str(column.header): [str(cell) for cell in column.cells] for column in table.columns}


def test_the_table_of_schemes() -> None:
    planned = replace(
        SCHEME, head=replace(SCHEME.head, id="b"), grades=(), total=Total(weights_from_plan=True)
    )
    table = schemes_table([SCHEME, planned])
    assert table.title == "考核办法"
    assert cells(table) == {
        "编号": ["small", "b"],
        "名称": ["小办法", "小办法"],
        "指标": ["4项", "4项"],
        "总分": ["11分", "（年度方案定分）"],
        "等次": ["合格（6.5分及以上）、较好（高于8分）、不合格", "不定等次"],
    }


def test_the_table_of_lines() -> None:
    penalty = replace(MERIT, no="5", title="核减", effect=Effect.PENALTY, rules=())
    table = indicators_table(replace(SCHEME, indicators=(*SCHEME.indicators, penalty)))
    assert (table.title, table.caption) == ("小办法（某发〔2026〕1号）", "小数四舍五入")
    assert cells(table) == {
        "序号": ["1", "2", "3", "4", "5"],
        "类别": ["甲类", "乙类", "丙类", "丁类", "丙类"],
        "指标": ["更新", "制度", "表扬", "造假", "核减"],
        "分值": ["共用8分（第1项）", "2分", "1.5分（加分）", "单项否决", "1.5分（另行核减）"],
        "考核方式": ["网上核查", "查阅资料", "上级通报核查", "其他部门提供", "上级通报核查"],
        "计分": [
            "未更新栏目，每个扣0.5分",
            "从满分起扣，由考核组评定，没有佐证不得分",
            "表扬，每次加1分",
            "造假，经认定即单项否决",
            "由考核组核减",
        ],
        "检查项": ["column.stale\ncolumn.empty（试行）", "人工", "人工", "人工", "人工"],
    }


TAKEN = Charge(
    line="1",
    clause="附件第1项",
    way=Way.TAKE,
    source="finding:F1",
    points=Decimal("0.5"),
    target="s01",
    on=date(2026, 5, 1),
    summary="“要闻”六个月未更新。",
    url="http://127.0.0.1/news/",
    reviewer="李四",
    exhibits=(
        Exhibit(kind="screenshot", path="evidence/p.png", sha256="ab"),
        Exhibit(kind="link", url="http://127.0.0.1/x"),
    ),
)
VETOED = Charge(line="4", clause="附件第4项", way=Way.VETO, source="record:R:1")
STANDING = Charge(line="2", clause="附件第2项", way=Way.TAKE, source="standing")
CARD = Scorecard(
    scheme="small",
    scheme_name="小办法",
    version="v1",
    year=2026,
    unit="U1",
    unit_name="卫健局",
    category=UnitCategory.COUNTY,
    catalogue="县区",
    score=Decimal("5.9"),
    low=Decimal(5),
    grade="不合格",
    low_grade="很差",
    lines=(
        LineScore(
            no="1",
            group="甲类",
            title="更新",
            effect=Effect.DEDUCT,
            points=Decimal(8),
            pool="p",
            score=Decimal("7.5"),
            low=Decimal(7),
            deducted=Decimal("0.5"),
            awarded=Decimal(0),
            arithmetic="未更新栏目1个×0.5分=0.5分",
            note="按栏目计",
            open="待核实",
            hints=("情节较轻",),
            pending="未更新栏目1个×0.5分=0.5分",
            self_score=Decimal(8),
            review_score=Decimal("7.5"),
        ),
        LineScore(
            no="2",
            group="乙类",
            title="制度",
            effect=Effect.DEDUCT,
            points=None,
            pool="",
            score=None,
            low=None,
            deducted=Decimal(0),
            awarded=Decimal("1.5"),
            arithmetic="",
            excluded=True,
        ),
    ),
    rows=(
        Row(charge=TAKEN, title="更新", points=Decimal("-0.5"), arithmetic="甲", certain=True),
        Row(charge=VETOED, title="造假", points=Decimal(0), arithmetic="单项否决", certain=True),
        Row(charge=STANDING, title="制度", points=Decimal(-2), arithmetic="乙", certain=False),
        Row(charge=VETOED, title="造假", points=Decimal(0), arithmetic="未定的否决", certain=False),
    ),
    buckets=(
        Bucket(
            id="p",
            title="网站",
            lines=("1", "5"),
            effect=Effect.DEDUCT,
            points=Decimal(8),
            score=Decimal("7.5"),
        ),
        Bucket(id="2", title="制度", lines=("2",), effect=Effect.DEDUCT, points=Decimal(2), score=Decimal(2)),
        Bucket(
            id="6",
            title="新媒体",
            lines=("6",),
            effect=Effect.DEDUCT,
            points=Decimal(4),
            score=Decimal(3),
            counted="a1",
            by_target=(("a1", Decimal(3)), ("a2", Decimal("3.5"))),
        ),
    ),
    words=("各项合计9分", "单项否决，最高5.9分"),
    notes=("一处没有看到",),
    missing_weights=("7", "8"),
    rank=2,
    confirmed=3,
    open=4,
)
BARE = replace(
    CARD,
    unit="U2",
    unit_name="教育局",
    catalogue="",
    score=None,
    low=None,
    grade="",
    low_grade="",
    lines=(),
    rows=(),
    buckets=(),
    missing_weights=("8", "9"),
    rank=None,
    open=0,
)


def test_a_card_whole() -> None:
    value = card_json(CARD)
    assert json.loads(json.dumps(value)) == value
    lines, pools, rows = value.pop("lines"), value.pop("pools"), value.pop("deductions")
    assert value == {
        "unit": "U1",
        "name": "卫健局",
        "category": "county",
        "catalogue": "县区",
        "score": 5.9,
        "low": 5,
        "range": [5, 5.9],
        "grade": "不合格",
        "low_grade": "很差",
        "rank": 2,
        "vetoed": True,
        "confirmed_findings": 3,
        "open_findings": 4,
        "sum": ["各项合计9分", "单项否决，最高5.9分"],
        "notes": ["一处没有看到"],
        "missing_weights": ["7", "8"],
    }
    assert lines == [
        {
            "no": "1",
            "group": "甲类",
            "title": "更新",
            "effect": "deduct",
            "points": 8,
            "pool": "p",
            "score": 7.5,
            "low": 7,
            "deducted": 0.5,
            "awarded": 0,
            "self_score": 8,
            "review_score": 7.5,
            "arithmetic": "未更新栏目1个×0.5分=0.5分",
            "pending": "未更新栏目1个×0.5分=0.5分",
            "note": "按栏目计",
            "open": "待核实",
            "excluded": False,
            "hints": ["情节较轻"],
        },
        {
            "no": "2",
            "group": "乙类",
            "title": "制度",
            "effect": "deduct",
            "points": None,
            "pool": None,
            "score": None,
            "low": None,
            "deducted": 0,
            "awarded": 1.5,
            "self_score": None,
            "review_score": None,
            "arithmetic": "",
            "pending": None,
            "note": "",
            "open": None,
            "excluded": True,
            "hints": [],
        },
    ]
    assert pools == [
        {
            "id": "p",
            "title": "网站",
            "lines": ["1", "5"],
            "points": 8,
            "score": 7.5,
            "counted_account": None,
            "by_account": {},
        },
        {
            "id": "6",
            "title": "新媒体",
            "lines": ["6"],
            "points": 4,
            "score": 3,
            "counted_account": "a1",
            "by_account": {"a1": 3, "a2": 3.5},
        },
    ]
    assert rows == [
        {
            "line": "1",
            "title": "更新",
            "clause": "附件第1项",
            "way": "take",
            "points": -0.5,
            "certain": True,
            "arithmetic": "甲",
            "summary": "“要闻”六个月未更新。",
            "url": "http://127.0.0.1/news/",
            "finding": "F1",
            "record": None,
            "target": "s01",
            "on": "2026-05-01",
            "reviewer": "李四",
            "evidence": [
                {"kind": "screenshot", "path": "evidence/p.png", "url": None, "sha256": "ab"},
                {"kind": "link", "path": None, "url": "http://127.0.0.1/x", "sha256": None},
            ],
        },
        told_veto("单项否决", True),
        told_veto("未定的否决", False)
        | {
            "line": "2",
            "title": "制度",
            "clause": "附件第2项",
            "way": "take",
            "points": -2,
            "arithmetic": "乙",
            "record": None,
        },
        told_veto("未定的否决", False),
    ]


def told_veto(arithmetic: str, certain: bool) -> dict[str, Any]:
    """The row of a veto that a person entered, without particulars."""
    return {
        "line": "4",
        "title": "造假",
        "clause": "附件第4项",
        "way": "veto",
        "points": 0,
        "certain": certain,
        "arithmetic": arithmetic,
        "summary": "",
        "url": None,
        "finding": None,
        "record": "R:1",
        "target": None,
        "on": None,
        "reviewer": None,
        "evidence": [],
    }


def test_a_card_without_a_score() -> None:
    value = card_json(BARE)
    empty = ("catalogue", "score", "low", "grade", "low_grade", "rank")
    assert {key: value[key] for key in empty} == dict.fromkeys(empty)
    assert (value["range"], value["vetoed"]) == ([None, None], False)


def test_an_assessment_whole() -> None:
    assert assessment_json(SCHEME, 2026, [CARD, BARE]) == {
        "scheme": "small",
        "scheme_name": "小办法",
        "version": "v1",
        "year": 2026,
        "missing_weights": ["7", "8", "9"],
        "units": [card_json(CARD), card_json(BARE)],
    }


@pytest.mark.parametrize(
    ("score", "low", "words"),
    [
        ("5.90", "5", "5.9（待核实后最低5）"),
        ("5.9", "5.90", "5.9"),
        ("5.9", None, "5.9"),
        (None, None, "未计总分"),
    ],
)
def test_a_score_in_words(score: str | None, low: str | None, words: str) -> None:
    known = {key: None if text is None else Decimal(text) for key, text in (("score", score), ("low", low))}
    assert score_words(replace(CARD, **known)) == words  # type: ignore[arg-type]


def test_the_table_of_an_assessment() -> None:
    first = replace(CARD, unit="U3", unit_name="民政局", rank=1, low=CARD.score, rows=(), lines=(), open=0)
    twin = replace(first, unit="U0", unit_name="交通局")
    unranked = replace(BARE, unit="U1", catalogue="县区")
    table = assessment_table(SCHEME, 2026, [unranked, CARD, first, BARE, twin])
    assert (table.title, table.caption) == ("小办法　2026年度", "小数四舍五入")
    assert cells(table) == {
        "名次": ["", "1", "1", "2", ""],
        "单位": ["教育局（U2）", "交通局（U0）", "民政局（U3）", "卫健局（U1）", "教育局（U1）"],
        "得分": ["未计总分", "5.9", "5.9", "5.9（待核实后最低5）", "未计总分"],
        "等次": ["—", "不合格", "不合格", "不合格", "—"],
        "待核实": ["", "", "", "4项", ""],
        "失分与加分": [
            "无",
            "无",
            "无",
            "第1项 未更新栏目1个×0.5分=0.5分\n第1项 待核实：未更新栏目1个×0.5分=0.5分\n★ 单项否决",
            "无",
        ],
    }
