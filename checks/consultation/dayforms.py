"""The dates of an announcement's text brought into one written form: 2026年5月31日, with plain strokes."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

_HAN_DATE = re.compile(
    r"[二2][〇○零0][〇○零一二三四五六七八九]{2}年(?:[一二三四五六七八九十]{1,2}月)?(?:[一二三四五六七八九十]{1,3}[日号])?"
)
_HAN_DAY = re.compile(
    r"(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号]"
)
_COMPACT = r"(20\d\d)([01]\d)([0-3]\d)"
_COMPACT_RANGE = re.compile(rf"(?<!\d){_COMPACT}\s*(?:-+|~+|至|到)\s*{_COMPACT}(?!\d)")
_THIS_MONTH = re.compile(r"本月(?=\s*(?:\d{1,2}\s*[日号]|底|末))")
_MONTH_END = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?<!\d)(?P<month>1[0-2]|0?[1-9])月(?:底|末)(?=之?前|以前|止|截止|结束)"
)
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff\d])[ \t]+(?=[\u4e00-\u9fff])")
_STROKES = str.maketrans({**dict.fromkeys("‐‑‒–―−", "-"), **dict.fromkeys("∼〜～", "~")})
_DIGITS = str.maketrans("〇○零", "000")
_HAN = {**{c: n for n, c in enumerate("一二三四五六七八九", 1)}, "0": 0, "十": 10}


def in_one_form(text: str, published: date | None) -> str:
    """The text in half-width signs, its dates in Arabic numerals; `published` tells which month 本月 is."""
    plain = unicodedata.normalize("NFKC", text).translate(_STROKES)
    plain = _SPACED.sub("", plain)
    plain = _HAN_DAY.sub(_han_numbers, _HAN_DATE.sub(_arabic, plain))
    plain = _COMPACT_RANGE.sub(r"\1年\2月\3日至\4年\5月\6日", plain)
    if published is not None:
        plain = _THIS_MONTH.sub(f"{published.month}月", plain)
    return _MONTH_END.sub(lambda match: _last_day(match, published), plain)


def han_number(text: str) -> int:
    """A number below a hundred in Chinese or Arabic numerals."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_HAN[c]) for c in text))
    return (_HAN[tens] if tens else 1) * 10 + (_HAN[ones] if ones else 0)


def _arabic(match: re.Match[str]) -> str:
    """A date in Chinese numerals in Arabic ones: 二〇二六年五月三十一日 → 2026年5月31日."""
    words = match[0].translate(_DIGITS)
    return "".join(str(_HAN.get(c, c)) for c in words[:4]) + _in_arabic(words[4:])


def _han_numbers(match: re.Match[str]) -> str:
    return _in_arabic(match[0])


def _in_arabic(words: str) -> str:
    return re.sub(r"[一二三四五六七八九十]{1,3}(?=[月日号])", lambda m: str(han_number(m[0])), words)


def _last_day(match: re.Match[str], published: date | None) -> str:
    """The end of a month as a day (3月底前 → 3月31日前); as it stands where the year is not known."""
    year = int(match["year"]) if match["year"] else published.year if published else None
    if year is None:
        return match[0]
    month = int(match["month"])
    return f"{match['year'] + '年' if match['year'] else ''}{month}月{monthrange(year, month)[1]}日"
