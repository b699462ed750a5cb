"""Next year's scheme by copying this year's, and the differences between two."""

from dataclasses import replace
from pathlib import Path

import pytest

from schemes.mistakes import SchemeError
from schemes.revise import copy_for_year, differences
from schemes.scheme import load
from tests.schemes.assessing import shipped


@pytest.mark.parametrize("name", list(shipped()))
def test_a_copy_is_valid_and_differs_in_name_only(name: str, tmp_path: Path) -> None:
    text, copied = copy_for_year(shipped()[name], 2027)
    path = tmp_path / f"{copied}.toml"
    path.write_text(text, encoding="utf-8")
    scheme = load(path)
    assert scheme.id == copied
    assert copied.endswith("-2027")
    assert scheme.head.year == 2027
    assert scheme.indicators == shipped()[name].indicators
    assert all(line.startswith("办法 ") for line in differences(shipped()[name], scheme))


def test_the_year_in_the_name_follows() -> None:
    text, name = copy_for_year(shipped()["changshu-2020"], 2026)
    assert name == "changshu-2026"
    assert 'name = "常熟市政务公开工作考核方案（2026年版）"' in text
    assert text.startswith("# 由 changshu-2020 复制，供 2026 年修改")
    assert "常政办发〔2020〕120号" in text


def test_differences_are_named_by_line(tmp_path: Path) -> None:
    text, name = copy_for_year(shipped()["changshu-2020"], 2026)
    text = text.replace('name = "6个月未更新栏目"\npoints = 3', 'name = "6个月未更新栏目"\npoints = 2', 1)
    text = text.replace("points = 20", "points = 15").replace("at_least = 80", "at_least = 75")
    path = tmp_path / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    found = differences(shipped()["changshu-2020"], load(path))
    assert "第13项 分值：20 → 15" in found
    assert any(
        line.startswith("第7项 计分规则：") and "points=3" in line and "points=2" in line for line in found
    )
    assert any(line.startswith("等次：") for line in found)


def test_added_and_dropped_lines_and_pools_are_named() -> None:
    whole = shipped()["changshu-2020"]
    less = replace(whole, indicators=whole.indicators[:-1], pools=whole.pools[1:])
    assert differences(whole, less) == [
        "共用分值 website：后者没有（政府网站）",
        "第19项：后者没有（其他不符合要求的问题）",
    ]
    assert differences(less, whole)[1] == "第19项：后者新增（其他不符合要求的问题）"


def test_equal_schemes_do_not_differ() -> None:
    assert differences(shipped()["zhushan"], shipped()["zhushan"]) == []


def test_a_source_that_is_no_scheme_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("a = 1\n", encoding="utf-8")
    with pytest.raises(SchemeError, match="没有 \\[scheme\\] 一节"):
        copy_for_year(replace(shipped()["zhushan"], source=str(path)), 2026)
