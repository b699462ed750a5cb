"""The line on which a key of a TOML file stands, whatever stands above it."""

import tomllib

import pytest

from schemes.positions import Path, line_of, positions


def lines(text: str) -> dict[Path, int]:
    """Where everything stands; the text is real TOML."""
    tomllib.loads(text)
    return positions(text)


def test_tables_arrays_of_tables_and_what_is_in_them() -> None:
    text = """# 说明
top = 1
[scheme]  # 办法
id = "a"
[[indicator]]
no = "1"
[[indicator.ask]]
check = "x"
[[indicator.ask]]
check = "y"
[[indicator]]
no = "2"
[[indicator.ask]]
check = "z"
[ indicator.more ]
a.b = 3
"""
    assert lines(text) == {
        (): 1,
        ("top",): 2,
        ("scheme",): 3,
        ("scheme", "id"): 4,
        ("indicator", 0): 5,
        ("indicator", 0, "no"): 6,
        ("indicator", 0, "ask", 0): 7,
        ("indicator", 0, "ask", 0, "check"): 8,
        ("indicator", 0, "ask", 1): 9,
        ("indicator", 0, "ask", 1, "check"): 10,
        ("indicator", 1): 11,
        ("indicator", 1, "no"): 12,
        ("indicator", 1, "ask", 0): 13,
        ("indicator", 1, "ask", 0, "check"): 14,
        ("indicator", 1, "more"): 15,
        ("indicator", 1, "more", "a", "b"): 16,
    }


def test_quoted_names_are_named_without_their_quotes() -> None:
    text = """["甲 乙"]
'丙 丁' = 1
a . "b c" = 2
["x=y"]
X = 3
"""
    assert lines(text) == {
        (): 1,
        ("甲 乙",): 1,
        ("甲 乙", "丙 丁"): 2,
        ("甲 乙", "a", "b c"): 3,
        ("x=y",): 4,
        ("x=y", "X"): 5,
    }


@pytest.mark.parametrize(
    "value",
    [
        '"""第一行\n[假]\nno = 1\n末行"""',
        "'''\n[假]\nno = 1\nno = 2\n'''",
        "[\n[[1,\n2]],\n[3],\n]",
        '[\n"[[[",\n"b = 1",\n\'[\',  # [[\n]',
        '[  # it\'s [\n"\\"[",  # it\'s ]\n2]',
        "[  # 一 [ # 二 ]\n1,\n2,\n3,\n]",
        "[ { a = 1 }, {\nb = [\n2] },\n{ c = 3,\nd = 4 } ]",
        "[[\n1],\n[2],\n[3],\n]",
    ],
)
def test_what_is_inside_strings_and_arrays_of_several_lines_is_passed_over(value: str) -> None:
    text = f"[t]\nfirst = {value}\nlast = 1\n[u]\nend = 2\n"
    after = 2 + value.count("\n") + 1
    if "b = [" not in value:
        tomllib.loads(text)
    assert positions(text) == {
        (): 1,
        ("t",): 1,
        ("t", "first"): 2,
        ("t", "last"): after,
        ("u",): after + 1,
        ("u", "end"): after + 2,
    }


def test_a_value_that_ends_on_its_line_leaves_nothing_open() -> None:
    text = 'a = """一"""\nb = [[1], [2]]\nc = { d = [3] }\ne = "[" # [ "\nf = \'{\'\ng = 1\n'
    expected: dict[Path, int] = {(): 1}
    expected |= {(name,): number for number, name in enumerate("abcefg", start=1)}
    assert lines(text) == expected


def test_what_has_no_line_of_its_own_has_that_of_the_nearest_thing_around_it() -> None:
    found = lines("[t]\na = { b = { c = 1 } }\n[[u]]\nv = 1\n")
    assert line_of(found, ("t", "a", "b", "c")) == 2
    assert line_of(found, ("t", "a", "b")) == 2
    assert line_of(found, ("t", "x")) == 1
    assert line_of(found, ("u", 0, "w")) == 3
    assert line_of(found, ("none", "at", "all")) == 1
