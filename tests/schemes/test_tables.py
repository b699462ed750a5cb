"""What is told of a table that cannot be read: key, value as it is written, mend; and what is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from domain.limit import Limit
from schemes.rules import PerBonus, Rule
from schemes.tables import BAD, Reader, mend_for


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    a: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    title: str = ""
    points: Decimal = Decimal(0)
    share: float = 0.0
    many: tuple[int, ...] = ()
    whole: int | None = None
    open: bool = False
    day: date | None = None
    colour: Colour = Colour.RED
    inner: Inner = Inner()
    limits: Mapping[Colour, Limit] = field(default_factory=dict)
    rule: tuple[Rule, ...] = ()
    free: Any = None


def read(key: str, value: Any) -> Any:
    """What stands at a key of a sheet, and the mistake, if any."""
    reader = Reader("f.toml", {(): 1, (key,): 4})
    sheet = reader.table(Sheet, {key: value}, ())
    if sheet is BAD:
        (mistake,) = reader.mistakes
        return str(mistake)
    assert reader.mistakes == []
    return getattr(sheet, key)


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("points", Decimal("0.5"), Decimal("0.5")),
        ("points", 10_000, Decimal(10_000)),
        ("points", -10_000, Decimal(-10_000)),
        ("share", Decimal("0.9"), 0.9),
        ("share", 1, 1.0),
        ("many", [1, 2], (1, 2)),
        ("whole", 3, 3),
        ("open", True, True),
        ("day", date(2026, 1, 31), date(2026, 1, 31)),
        ("colour", "blue", Colour.BLUE),
        ("inner", {"a": 2}, Inner(a=2)),
        ("limits", {"blue": {"days": 14}}, {Colour.BLUE: Limit(days=14)}),
        ("rule", [{"kind": "per_bonus", "name": "甲"}], (PerBonus(name="甲"),)),
        ("free", {"x": [1]}, {"x": [1]}),
    ],
)
def test_what_is_written_well_is_read_as_what_it_is(key: str, value: Any, found: Any) -> None:
    result = read(key, value)
    assert result == found
    assert type(result) is type(found)


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("points", "3", "points，现为 “3”：应写数字，如 3 或 0.1，不加引号"),
        ("points", True, "points，现为 true：应写数字，如 3 或 0.1，不加引号"),
        (
            "points",
            {"a": Decimal("0.5"), "b": "c"},
            "points，现为 { a = 0.5, b = “c” }：应写数字，如 3 或 0.1，不加引号",
        ),
        ("points", [Decimal("0.5"), True], "points，现为 [0.5, true]：应写数字，如 3 或 0.1，不加引号"),
        ("points", 10_001, "points，现为 10001：应写有限的数字，不超过 10000"),
        ("points", Decimal("10000.01"), "points，现为 10000.01：应写有限的数字，不超过 10000"),
        ("share", "0.9", "share，现为 “0.9”：应写数字，如 0.9"),
        ("share", True, "share，现为 true：应写数字，如 0.9"),
        ("whole", Decimal("1.5"), "whole，现为 1.5：应写整数，如 9"),
        ("whole", True, "whole，现为 true：应写整数，如 9"),
        ("title", 3, "title，现为 3：应写文字，两端加引号"),
        ("title", False, "title，现为 false：应写文字，两端加引号"),
        ("open", "是", "open，现为 “是”：应写 true 或 false"),
        ("open", 1, "open，现为 1：应写 true 或 false"),
        ("day", "2026年", "day，现为 “2026年”：应写日期，如 2026-01-31，不加引号"),
        ("colour", "green", "colour，现为 “green”：可写：red、blue"),
        ("many", 3, "many，现为 3：应写成列表，如 [ … ]"),
        ("many", [1, "二"], "many[2]，现为 “二”：应写整数，如 9"),
        ("inner", 3, "inner，现为 3：应写成一个表，如 [名称] 之下逐行写 键 = 值"),
        ("inner", {"b": 3}, "inner.b：没有这个键；可写：a"),
        ("limits", 3, "limits，现为 3：应写成一个表，如 { 键 = 值 }"),
        ("limits", {"green": {"days": 14}}, "limits.green，现为 “green”：可写：red、blue"),
        ("limits", {"blue": {"days": "14"}}, "limits.blue.days，现为 “14”：应写整数，如 9"),
        (
            "limits",
            {"blue": {"days": 14, "months": 6}},
            "limits.blue，现为 { days = 14, months = 6 }：期限须为正的天数或月数之一：days=14, months=6",
        ),
        (
            "rule",
            [{"name": "甲"}],
            "rule[1]：计分规则须写 kind；可写：per_finding、per_missing、per_shortfall、share、"
            "all_or_nothing、per_entry、per_announcement、per_bonus、at_least、proportion、converted、cases、"
            "clean_cases、below_mean、by_rank、threshold、repeated、entered_veto",
        ),
        (
            "rule",
            [{"kind": "per_bonuz", "name": "甲"}],
            "rule[1].kind，现为 “per_bonuz”：没有这种计分规则；是否想写 per_bonus？",
        ),
        (
            "rule",
            [{"kind": ["per_bonus"], "name": "甲"}],
            "rule[1].kind，现为 [“per_bonus”]：没有这种计分规则；是否想写 per_bonus？",
        ),
        ("rule", [{"kind": "per_bonus", "name": 3}], "rule[1].name，现为 3：应写文字，两端加引号"),
        (
            "rule",
            ["per_bonus"],
            "rule[1]：计分规则须写 kind；可写：per_finding、per_missing、per_shortfall、share、"
            "all_or_nothing、per_entry、per_announcement、per_bonus、at_least、proportion、converted、cases、"
            "clean_cases、below_mean、by_rank、threshold、repeated、entered_veto",
        ),
        ("pointz", 3, "pointz：没有这个键；是否想写 points？"),
        (
            "无",
            3,
            "无：没有这个键；可写：title、points、share、many、whole、open、day、colour、inner、limits、rule、free",
        ),
    ],
)
def test_what_is_written_badly_is_quoted_with_its_mend(key: str, value: Any, told: str) -> None:
    assert read(key, value) == f"f.toml 第4行 {told}"


def test_of_a_table_of_limits_a_bad_one_is_told_and_nothing_is_read() -> None:
    reader = Reader("f.toml", {(): 1})
    given = {"limits": {"green": {"days": 14}, "blue": {"days": 14}}}
    assert reader.table(Sheet, given, ()) is BAD
    assert [mistake.key for mistake in reader.mistakes] == ["limits.green"]


def test_a_kind_of_value_that_no_mend_is_written_for() -> None:
    assert mend_for(bytes) == "值的类型不对"


def test_a_value_of_more_than_sixty_characters_is_shortened() -> None:
    assert read("whole", "长" * 58) == f"f.toml 第4行 whole，现为 “{'长' * 58}”：应写整数，如 9"
    assert read("whole", "长" * 59) == f"f.toml 第4行 whole，现为 “{'长' * 56}…：应写整数，如 9"
