"""Dates in unusual forms: a large day over a small month, two-digit years, English months.

Each is read only where it is all that a text holds but for brackets: in the midst of words such numbers
mean other things.
"""

import re
from typing import NamedTuple

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_YEAR = r"((?:19|20)\d\d)"
_MONTH = r"(0?[1-9]|1[0-2])"
_DAY = r"(0?[1-9]|[12]\d|3[01])"
_WORD = rf"({'|'.join(MONTHS)})[a-z]{{0,6}}\.?"
_CHINESE_MONTH = r"(十[一二]|[一二三四五六七八九十])\s*月"
_CHINESE_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_END = r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AP]M)?)?$"

_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"^{form}{_END}", re.IGNORECASE), order)
    for form, order in (
        # 18 / 2026-06, 18 2026年6月
        (rf"{_DAY}\s*日?\s*/?\s*{_YEAR}\s*[-/.年]\s*{_MONTH}\s*月?", "dym"),
        # 06-18 2026, 6/18/2026
        (rf"{_MONTH}\s*[-/.月]\s*{_DAY}\s*日?\s*/?\s*{_YEAR}\s*年?", "mdy"),
        # 2026-06 18
        (rf"{_YEAR}\s*[-/.年]\s*{_MONTH}\s*月?\s+{_DAY}\s*日?", "ymd"),
        # 2026 06-18, 2026 6月18日, 2026/0618
        (rf"{_YEAR}\s*年?\s+{_MONTH}\s*[-/.月]\s*{_DAY}\s*日?", "ymd"),
        (rf"{_YEAR}[-/.](0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", "ymd"),
        # 18 06月 2026, 18日 6月
        (rf"{_DAY}\s*日?\s*[-/.]?\s*{_MONTH}\s*月\s*[-/.]?\s*{_YEAR}\s*年?", "dmy"),
        (rf"{_DAY}\s*日?\s*[-/.]?\s+{_MONTH}\s*月", "dm"),
        (rf"{_DAY}\s*日\s*[-/.]?\s*{_MONTH}\s*月", "dm"),
        # 18 六月 2026, 六月 18
        (rf"{_DAY}\s*日?\s*[-/.]?\s*{_CHINESE_MONTH}\s*[-/.,]?\s*{_YEAR}\s*年?", "dcy"),
        (rf"{_DAY}\s*日?\s*[-/.]?\s*{_CHINESE_MONTH}", "dc"),
        (rf"{_CHINESE_MONTH}\s*[-/.]?\s*{_DAY}\s*日?\s*[-/.,]?\s*{_YEAR}\s*年?", "cdy"),
        (rf"{_CHINESE_MONTH}\s*[-/.]?\s*{_DAY}\s*日?", "cd"),
        # Jun 18, 2026; 18 June 2026; 18-Jun-2026; 18 Jun
        (rf"{_WORD}\s*[-/.,]?\s*{_DAY}(?:st|nd|rd|th)?\s*[-/.,]?\s*{_YEAR}", "wdy"),
        (rf"{_DAY}(?:st|nd|rd|th)?\s*[-/.,]?\s*{_WORD}\s*[-/.,]?\s*{_YEAR}", "dwy"),
        (rf"{_DAY}(?:st|nd|rd|th)?\s*[-/.,]?\s*{_WORD}", "dw"),
        (rf"{_WORD}\s*[-/.,]?\s*{_DAY}(?:st|nd|rd|th)?", "wd"),
        # 26-06-18, 26/6/18, 26年6月18日
        (r"(\d\d)([-/.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])", "s.md"),
        (rf"(\d\d)\s*年\s*{_MONTH}\s*月\s*{_DAY}\s*日", "smd"),
    )
)
_DIGIT = re.compile(r"\d")
_LABEL = re.compile(r"^(?:[^\d:：]{1,12}[:：]|(?:posted|published)(?:\s+on)?)\s*", re.IGNORECASE)


class OddDate(NamedTuple):
    """A date as its numbers; the year is 0 where the text leaves it out."""

    year: int
    month: int
    day: int
    start: int
    end: int


def odd_forms(text: str) -> list[OddDate]:
    """The date that a text is, in one of the unusual forms: one or none."""
    if not _DIGIT.search(text):
        return []
    bare = _LABEL.sub("", text.strip("[]()（）【】 ")).strip("[]()（）【】 ")
    start = text.find(bare)
    for pattern, order in _FORMS:
        match = pattern.match(bare)
        if match:
            numbers = dict(zip(order, match.groups(), strict=True))
            return [OddDate(_year(numbers), _month(numbers), int(numbers["d"]), start, start + len(bare))]
    return []


def _year(numbers: dict[str, str]) -> int:
    return int(numbers["y"]) if "y" in numbers else 2000 + int(numbers["s"]) if "s" in numbers else 0


def _month(numbers: dict[str, str]) -> int:
    if "m" in numbers:
        return int(numbers["m"])
    if "w" in numbers:
        return MONTHS.index(numbers["w"].capitalize()) + 1
    return _CHINESE_MONTHS.index(numbers["c"]) + 1
