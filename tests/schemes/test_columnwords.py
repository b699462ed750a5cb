"""schemes.columnwords: the file of wordings, how a name is tidied, what is peeled off it."""

from pathlib import Path

import pytest

from domain.target import ColumnKind
from schemes import columnwords
from schemes.columnwords import KindWords, NameWords, PeelWords, Wordings, tidy
from schemes.wordfile import WordFileError

KINDS = "、".join(kind.value for kind in ColumnKind)
KEYS = "contains、ends、exact、alone、disclosure、weak、bare、of、heads、near、not、not_under、tags、urls"


def loaded(tmp_path: Path, text: str) -> Wordings:
    path = tmp_path / "columns.toml"
    path.write_text(text, encoding="utf-8")
    return columnwords.load(path)


def test_each_key_of_a_file_has_its_place(tmp_path: Path) -> None:
    words = loaded(
        tmp_path,
        """
[kinds.news]
contains = ["甲 动态", "（乙）"]
ends = ["丙"]
exact = ["丁"]
alone = ["戊"]
disclosure = ["己"]
weak = ["庚"]
bare = ["辛"]
of = ["壬"]
heads = ["癸"]
near = ["子"]
not = ["丑"]
not_under = ["寅"]
tags = ["卯"]
urls = ["GZDT_1"]
[archive]
contains = ["往年"]
exact = ["归档"]
not = ["年报"]
[disclosure]
exact = ["公开"]
[peel]
before = ["历任"]
after = ["公示"]
fields = ["教育"]
""",
    )
    news = KindWords(
        contains=("甲动态", "(乙)"), ends=("丙",), exact=("丁",), alone=("戊",), disclosure=("己",),
        weak=("庚",), bare=("辛",), of=("壬",), heads=("癸",), near=("子",), never=("丑",),
        never_under=("寅",), tags=("卯",), urls=("gzdt_1",),
    )  # fmt: skip
    assert words == Wordings(
        kinds={ColumnKind.NEWS: news},
        archive=NameWords(contains=("往年",), exact=("归档",), never=("年报",)),
        disclosure=NameWords(exact=("公开",)),
        neutral=NameWords(),
        peel=PeelWords(before=("历任",), after=("公示",), fields=("教育",)),
    )


def test_a_file_without_kinds_is_one(tmp_path: Path) -> None:
    assert loaded(tmp_path, "") == Wordings(kinds={})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[archives]\nexact = ["a"]',
            "不认识的表 [archives]，可用：kinds、archive、disclosure、neutral、peel",
        ),
        ("kinds = 3", "kinds 应为表，写作 [kinds.种类]"),
        ('[kinds.newz]\nexact = ["a"]', f"[kinds.newz] 不是栏目种类，可用：{KINDS}"),
        ("[kinds]\nnews = 3", '[kinds.news] 应为表，其下写 contains = ["…"] 等'),
        ("archive = 3", '[archive] 应为表，其下写 contains = ["…"] 等'),
        ("peel = 3", '[peel] 应为表，其下写 contains = ["…"] 等'),
        ('[kinds.news]\ncontian = ["a"]', f"[kinds.news] 不认识的键 contian，可用：{KEYS}"),
        ('[neutral]\nends = ["a"]', "[neutral] 不认识的键 ends，可用：contains、exact、not"),
        ('[peel]\nnot = ["a"]', "[peel] 不认识的键 not，可用：before、after、fields"),
        ('[kinds.news]\nexact = "a"', "[kinds.news] exact = 'a'：应为非空字符串的列表"),
        ('[kinds.news]\nexact = ["a", " "]', "[kinds.news] exact = ['a', ' ']：应为非空字符串的列表"),
        ("[kinds.news]\nexact = [3]", "[kinds.news] exact = [3]：应为非空字符串的列表"),
        (
            '[kinds.news]\ncontains = ["甲乙"]\n[kinds.notices]\nexact = ["甲乙"]',
            "“甲乙”同时列在 [kinds.news] 和 [kinds.notices]，请只留一处",
        ),
        (
            '[kinds.news]\nexact = ["甲乙"]\n[kinds.notices]\nalone = ["甲 乙"]',
            "“甲乙”同时列在 [kinds.news] 和 [kinds.notices]，请只留一处",
        ),
        (
            '[kinds.news]\nalone = ["甲"]\n[kinds.notices]\ncontains = ["甲"]',
            "“甲”同时列在 [kinds.news] 和 [kinds.notices]，请只留一处",
        ),
    ],
)
def test_what_is_wrong_with_a_file_is_told_word_for_word(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(WordFileError) as error:
        loaded(tmp_path, text)
    assert error.value.problems == (told,)
    assert str(error.value) == f"{tmp_path / 'columns.toml'}：{told}"


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = (
        '[kinds.a]\n[kinds.b]\n[kinds.news]\nx = []\ny = []\nexact = ["甲", "甲"]\ncontains = ["甲"]\n'
        '[kinds.notices]\nexact = ["甲"]\n[kinds.guide]\nexact = ["甲"]\n'
    )
    with pytest.raises(WordFileError) as error:
        loaded(tmp_path, text)
    assert error.value.problems == (
        f"[kinds.a] 不是栏目种类，可用：{KINDS}",
        f"[kinds.b] 不是栏目种类，可用：{KINDS}",
        f"[kinds.news] 不认识的键 x，可用：{KEYS}",
        f"[kinds.news] 不认识的键 y，可用：{KEYS}",
        "“甲”同时列在 [kinds.news] 和 [kinds.notices]，请只留一处",
        "“甲”同时列在 [kinds.news] 和 [kinds.guide]，请只留一处",
    )


@pytest.mark.parametrize(
    ("text", "fits"),
    [("往年公告", True), ("归档", True), ("归档文件", False), ("往年年报", False), ("公告", False)],
)
def test_a_name_fits_by_what_it_contains_or_is_and_not_by_what_forbids_it(text: str, fits: bool) -> None:
    assert NameWords(contains=("往年",), exact=("归档",), never=("年报",)).fits(text) is fits


PEEL = PeelWords(before=("县", "县直"), after=("公示", "结果公示", "栏"), fields=("教育",))


@pytest.mark.parametrize(
    ("text", "cores"),
    [
        ("县直年报结果公示", ["县直年报", "年报结果公示", "年报", "年报"]),
        ("年报栏公示", ["年报栏", "年报"]),
        ("年报栏栏栏栏", ["年报栏栏栏", "年报栏栏", "年报栏"]),
        ("县年报", ["年报"]),
        ("年报", []),
        ("公示", []),
        ("县", []),
    ],
)
def test_the_longest_words_are_taken_off_one_by_one_three_at_most(text: str, cores: list[str]) -> None:
    assert list(PEEL.cores(text)) == cores


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("公告", True),
        ("县教育公告", True),
        ("县直公告结果公示", True),
        ("公告栏", True),
        ("通知公告", True),
        ("县教育公示", False),
        ("某公告", False),
        ("公告某", False),
        ("公告某栏", False),
        ("", False),
    ],
)
def test_a_name_made_of_such_words_and_of_one_that_is_sought(text: str, leaves: bool) -> None:
    assert PEEL.leaves(text, ("公告", "通知")) is leaves


@pytest.mark.parametrize(
    ("name", "tidied"),
    [
        (" 通 知\u3000公　告 >> ", "通知公告"),
        ("政府信息公开指南（3）", "政府信息公开指南"),
        ("《年报》", "年报"),
        ("——工作动态：", "工作动态"),
        ("Ａ：Ｂ", "A:B"),
        ("一-二", "一-二"),
        ("（一）公告", "公告"),
        ("①公告", "公告"),
        ("◆ 1、◇公告", "公告"),
        ("12 公告", "公告"),
        ("12345热线", "12345热线"),
        ("公告 MORE >>", "公告"),
        ("【通知公告】", "通知公告"),
        ("【通知】公告", "【通知】公告"),
    ],
)
def test_how_a_name_is_compared(name: str, tidied: str) -> None:
    assert tidy(name) == tidied
