"""How a mistake in a file is told."""

from decimal import Decimal
from typing import Any

import pytest

from schemes.mistakes import Mistake, Quoted, SchemeError, shown


def test_a_mistake_names_file_line_key_value_and_mend() -> None:
    full = Mistake(file="a.toml", line=3, key="total.cap", value="-1", mend="不能为负")
    assert str(full) == "a.toml 第3行 total.cap，现为 -1：不能为负"
    assert str(Mistake(file="a.toml", line=3, mend="不合写法")) == "a.toml 第3行：不合写法"


def test_all_mistakes_are_told_one_a_line() -> None:
    first, second = Mistake(file="a", line=1, mend="甲"), Mistake(file="a", line=2, mend="乙")
    error = SchemeError(iter([first, second]))
    assert error.mistakes == (first, second)
    assert str(error) == "a 第1行：甲\na 第2行：乙"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("文字", "“文字”"),
        (Quoted("“文字”"), "“文字”"),
        (Quoted("长" * 61), "长" * 61),
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.50"), "0.50"),
        ({"a": "甲", "b": [1, False]}, "{ a = “甲”, b = [1, false] }"),
        ([Decimal("1E+1"), "乙"], "[10, “乙”]"),
        ("长" * 58, f"“{'长' * 58}”"),
        ("长" * 59, f"“{'长' * 56}…"),
    ],
)
def test_a_value_is_shown_as_its_file_has_it_and_shortened(value: Any, text: str) -> None:
    assert shown(value) == text
