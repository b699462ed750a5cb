"""Next year's scheme by copying this year's, and the differences between two."""

from dataclasses import replace
from pathlib import Path

import pytest

from schemes.mistakes import SchemeError
from schemes.model import Head, Scheme
from schemes.revise import copy_for_year, differences
from schemes.scheme import load
from tests.schemes.assessing import SMALL, shipped


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


def copied(tmp_path: Path, text: str, year: int = 2027) -> tuple[str, str]:
    """The copy of a scheme's file, of which the checked part may no longer be what it was."""
    path = tmp_path / "small.toml"
    path.write_text(text, encoding="utf-8")
    return copy_for_year(replace(shipped()["zhushan"], source=str(path), head=SMALL_HEAD), year)


SMALL_HEAD = Head(id="small-2026", name="小办法", basis="某发〔2026〕1号")
NOTE = "# 由 small-2026 复制，供 2027 年修改。改后请执行：govwatch schemes validate 本文件\n"


def test_only_id_year_and_name_change_and_comments_are_kept(tmp_path: Path) -> None:
    head = """# 2026年的办法
[scheme]  # 办法
  id = "small-2026"  # 原为 "s-2025"
  year = 2026  # 2026 年起，试行 1 年
name = '小办法（2026年版，2025年修订）'  # 名称
basis = "某发〔2026〕1号"
note = \"""
[注] 2026年
id = "x"
\"""
"""
    rest = SMALL[SMALL.index("[total]") :] + "# id = 3\n"
    text, name = copied(tmp_path, head + rest)
    assert name == "small-2027"
    assert (
        text
        == NOTE
        + head.replace('id = "small-2026"', 'id = "small-2027"', 1)
        .replace("year = 2026", "year = 2027")
        .replace("2026年版，2025年修订", "2027年版，2027年修订")
        + rest
    )


def test_a_year_that_was_not_there_is_put_in(tmp_path: Path) -> None:
    text, name = copied(tmp_path, "\ufeff" + SMALL)
    assert (text, name) == (
        NOTE + SMALL.replace("[scheme]\n", "[scheme]\nyear = 2027\n").replace('"small"', '"small-2027"'),
        "small-2027",
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "lines = 10",
            "lines = 11",
            "small-2027.toml 第10行 total.lines，现为 11：各项分值合计为 10，与写明的 11 不符，请核对分值",
        ),
        ("[scheme]", "[办法]", "small.toml 第1行 scheme：文件中没有 [scheme] 一节"),
        ("[scheme]", "[t]\nscheme.id = 1", "small.toml 第1行 scheme：文件中没有 [scheme] 一节"),
        ('id = "small"', "", "small.toml 第1行 scheme：文件中没有 [scheme] 一节"),
        ("[total]", "[total", "small-2027.toml 第9行：方括号没有配对：一节写 [名称]，逐项写 [[名称]]"),
    ],
)
def test_a_file_that_is_no_scheme_any_more_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(SchemeError) as refused:
        copied(tmp_path, SMALL.replace(old, new, 1))
    assert str(refused.value) == told


def test_each_difference_is_told_whole(tmp_path: Path) -> None:
    def read(*changes: tuple[str, str]) -> Scheme:
        text = SMALL
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "small.toml"
        path.write_text(text, encoding="utf-8")
        return load(path)

    rules = 'points = 0.50\nchecks = ["column.stale"]\ncap = 3'
    new = read(
        ('id = "small"', 'id = "new"\nyear = 2027'),
        ("lines = 10", "lines = 11\ndecimals = 3"),
        ("at_least = 6", "above = 6"),
        ("[[pool]]", '[veto]\ngrade = "不合格"\ncap = 5\n\n[[watch]]\ncheck = "content.privacy"\n\n[[pool]]'),
        ("points = 8", "points = 9"),
        ("days = 14", "days = 7"),
        ("points = 0.5", rules),
        ("points = 2\n", 'points = 2\nevidence_required = true\nonce_with = ["1"]\n'),
    )
    assert differences(read(), new) == [
        "办法 编号：small → new",
        "办法 年度：（无） → 2027",
        "总分 各项合计：10 → 11",
        "总分 decimals：2 → 3",
        "单项否决：（无） → (grade=不合格，cap=5，falsification=否)",
        "等次：[(name=合格，at_least=6)；(name=不合格)] → [(name=合格，above=6)；(name=不合格)]",
        "提醒：（无） → [(check=content.privacy)]",
        "共用分值 p 分值：8 → 9",
        "第1项 检查项：[(check=column.stale，params={ limits = { news = { days = 14 } } })] → "
        "[(check=column.stale，params={ limits = { news = { days = 7 } } })]",
        "第1项 计分规则：[per_finding(name=未更新栏目，points=0.5，counter=个，recount=occurrence，"
        "every_days=0)] → "
        "[per_finding(name=未更新栏目，points=0.5，counter=个，checks=[column.stale]，"
        "recount=occurrence，every_days=0，"
        "cap=3)]",
        "第2项 evidence_required：否 → 是",
        "第2项 once_with：（无） → [1]",
    ]


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
