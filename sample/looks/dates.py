"""The ways in which sites write a date."""

from datetime import date, datetime, time

from sample.moment import CHINA

_DIGITS = "〇一二三四五六七八九"


def shown(day: date, style: str, clock: str = "09:30") -> str:
    """The date in a style: a strftime pattern, or one of the names below; an empty style shows nothing.

    `han` is 二〇二六年六月二十八日, `epoch` milliseconds, `plain` 2026年6月8日, `short` 6-8.
    """
    if style == "han":
        year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
        return f"{year}年{_han(day.month)}月{_han(day.day)}日"
    if style == "epoch":
        hour, minute = map(int, clock.split(":"))
        return str(int(datetime.combine(day, time(hour, minute), CHINA).timestamp() * 1000))
    if style == "plain":
        return f"{day.year}年{day.month}月{day.day}日"
    if style == "short":
        return f"{day.month}-{day.day}"
    return day.strftime(style) if style else ""


def _han(value: int) -> str:
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return head + (_DIGITS[ones] if ones else "")
