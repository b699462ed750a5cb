"""A score told from the ledger: the result, each line that moved it, each row with its sign, the sum."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from schemes.charge import Exhibit, Way
from schemes.explained import explain, signed
from schemes.ledger import Entry, LedgerRow
from schemes.model import Effect, Grade, Head, Indicator, Method, Pool, Scheme, Total, Veto
from schemes.rules import EnteredVeto, PerBonus, PerFinding

STALE = Indicator(
    no="1",
    group="甲",
    title="更新",
    standard="标准",
    basis="附件第1项",
    method=Method.ONLINE,
    pool="p",
    rules=(PerFinding(name="未更新栏目", points=Decimal(3)),),
)
MERIT = replace(
    STALE,
    no="2",
    title="表扬",
    basis="附件第2项",
    effect=Effect.BONUS,
    pool="",
    points=Decimal(5),
    rules=(PerBonus(name="表扬", points=Decimal(2)),),
)
BARRED = replace(
    STALE,
    no="3",
    title="造假",
    basis="附件第3项",
    effect=Effect.VETO,
    pool="",
    rules=(EnteredVeto(name="造假"),),
)
SCHEME = Scheme(
    head=Head(id="small", name="小办法", basis="某发〔2026〕1号"),
    total=Total(lines=Decimal(10)),
    veto=Veto(grade="不合格", cap=Decimal(5)),
    grades=(Grade(name="合格", at_least=Decimal(6)), Grade(name="不合格")),
    pools=(Pool(id="p", title="网站", points=Decimal(10)),),
    indicators=(STALE, MERIT, BARRED),
    version="v1",
)
EVENING = datetime(2026, 6, 30, 17, 0, tzinfo=UTC)
"""The first of July in China."""


def row(code: str, line: str = "", way: Way | None = None, points: int | str = 0, **more: Any) -> LedgerRow:
    values: dict[str, Any] = {
        "id": code,
        "entry": Entry.CHARGE,
        "scheme": "small",
        "version": "v1",
        "year": 2026,
        "unit": "U1",
        "at": EVENING,
        "author": "张三",
        "line": line,
        "way": way.value if way else "",
        "points": Decimal(points),
        "source": f"finding:{code}",
    }
    return LedgerRow(**(values | more))


def stale(code: str, **more: Any) -> LedgerRow:
    """Three points taken for a column."""
    priced: dict[str, Any] = {"hits": 1, "name": "未更新栏目", "counter": "个", "price": Decimal(3)}
    return row(code, "1", Way.TAKE, 3, arithmetic="未更新栏目1个×3分=3分", **priced, **more)


OPENING = row("L0", entry=Entry.OPENING, category="department", source="")
TAKEN = stale(
    "L1",
    summary="“要闻”六个月未更新。",
    exhibits=(Exhibit(kind="screenshot", path="a.png"), Exhibit(kind="link", url="http://127.0.0.1/")),
    reviewer="李四",
)
GIVEN = row("L2", "2", Way.GIVE, "0.50", arithmetic="表扬，0.5分", summary="表扬")
VETOED = row("L3", "3", Way.VETO, arithmetic="造假，经认定")


def undone(name: str, of: LedgerRow) -> LedgerRow:
    return replace(
        of, id=name, entry=Entry.REVERSAL, reverses=of.id, reason="申诉成立", exhibits=(), reviewer=""
    )


def told(*rows: LedgerRow, scheme: Scheme = SCHEME, line: str | None = None) -> list[str]:
    return list(explain(scheme, "卫健局（U1）", [OPENING, *rows], line=line))


def test_each_line_with_its_rows_and_the_sum() -> None:
    assert told(GIVEN, TAKEN, stale("L4")) == [
        "卫健局（U1）　得分4.5分　不合格",
        "　第1项　更新　共用10分（第1项）　依据：附件第1项",
        "　　2026-07-01　记账　-3　未更新栏目1个×3分=3分　“要闻”六个月未更新。　佐证2件　核实：李四　[L1]",
        "　　2026-07-01　记账　-3　未更新栏目1个×3分=3分　[L4]",
        "　　小计：实际扣6分；未更新栏目2个×3分=6分，本项10分余4分",
        "　第2项　表扬　5分　依据：附件第2项",
        "　　2026-07-01　记账　+0.5　表扬，0.5分　[L2]",
        "　　小计：实际加0.5分；表扬，0.5分，本项5分得0.5分",
        "　计分：各项满分10分，得4分；加分0.5分；合计4.5分；等次不合格",
    ]


def test_of_one_line_alone_and_of_a_line_without_rows() -> None:
    whole = told(GIVEN, TAKEN)
    assert told(GIVEN, TAKEN, line="2") == [whole[0], *whole[4:]]
    assert told(GIVEN, TAKEN, line="3") == [whole[0], whole[-1]]


def test_what_is_undone_stays_in_sight() -> None:
    assert told(TAKEN, undone("L9", TAKEN)) == [
        "卫健局（U1）　得分10分　合格",
        "　第1项　更新　共用10分（第1项）　依据：附件第1项",
        "　　2026-07-01　记账（已冲销）　-3　未更新栏目1个×3分=3分　“要闻”六个月未更新。　佐证2件　核实："
        "李四　[L1]",
        "　　2026-07-01　冲销　+3　冲销L1：申诉成立　“要闻”六个月未更新。　[L9]",
        "　计分：各项满分10分，得10分；等次合格",
    ]


def test_a_veto_and_what_concerns_the_whole() -> None:
    whole = replace(VETOED, id="L5", line="", arithmetic="弄虚作假")
    assert told(TAKEN, VETOED, whole) == [
        "卫健局（U1）　得分5分　不合格",
        "　第1项　更新　共用10分（第1项）　依据：附件第1项",
        "　　2026-07-01　记账　-3　未更新栏目1个×3分=3分　“要闻”六个月未更新。　佐证2件　核实：李四　[L1]",
        "　　小计：实际扣3分；未更新栏目1个×3分=3分，本项10分余7分",
        "　第3项　造假　单项否决　依据：附件第3项",
        "　　2026-07-01　记账　单项否决　造假，经认定　[L3]",
        "　全表",
        "　　2026-07-01　记账　单项否决　弄虚作假　[L5]",
        "　计分：各项满分10分，得7分；单项否决，最高5分；等次不合格",
    ]
    assert told(whole, line="1") == [
        "卫健局（U1）　得分5分　不合格",
        "　计分：各项满分10分，得10分；单项否决，最高5分；等次不合格",
    ]


def test_a_row_without_points_says_nought() -> None:
    assert told(row("L6", "1", Way.TAKE, arithmetic="轻微"))[2:4] == [
        "　　2026-07-01　记账　0　轻微　[L6]",
        "　　小计：实际扣0分；轻微，本项10分余10分",
    ]


def test_where_it_cannot_be_reckoned_the_reason_stands_in_place_of_the_result() -> None:
    assert told(TAKEN, scheme=replace(SCHEME, version="v2")) == [
        "卫健局（U1）　不能按台账计总分：台账按办法版本 v1 记账，现用版本 v2，不能混算",
        "　第1项　更新　共用10分（第1项）　依据：附件第1项",
        "　　2026-07-01　记账　-3　未更新栏目1个×3分=3分　“要闻”六个月未更新。　佐证2件　核实：李四　[L1]",
    ]


def test_a_unit_that_bears_no_points_has_no_score() -> None:
    scheme = replace(SCHEME, indicators=(BARRED,), total=Total())
    assert told(scheme=scheme) == [
        "卫健局（U1）　不计分数　合格",
        "　计分：没有计分的指标，只看单项否决；等次合格",
    ]
    assert told(scheme=replace(scheme, grades=())) == [
        "卫健局（U1）　不计分数",
        "　计分：没有计分的指标，只看单项否决",
    ]


@pytest.mark.parametrize(
    ("way", "points", "entry", "words"),
    [
        (Way.TAKE, "0.10", Entry.CHARGE, "-0.1"),
        (Way.GIVE, "3", Entry.CHARGE, "+3"),
        (Way.TAKE, "3", Entry.REVERSAL, "+3"),
        (Way.GIVE, "3", Entry.REVERSAL, "-3"),
        (Way.TAKE, "0", Entry.CHARGE, ""),
        (Way.VETO, "0", Entry.CHARGE, "单项否决"),
        (Way.EXCLUDE, "0", Entry.CHARGE, "不适用"),
        (None, "0", Entry.OPENING, ""),
    ],
)
def test_the_sign_of_a_row(way: Way | None, points: str, entry: Entry, words: str) -> None:
    assert signed(row("L1", "1", way, points, entry=entry)) == words
