"""Instants as platforms write them; without a zone they are China Standard Time."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from domain.observation import CHINA

LONGEST = 80
"""Characters of a written date; longer texts are none."""

_FULL = re.compile(
    r"(?<!\d)(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?!\d)"
    r"(?:\D{0,8}?(?:(上午|下午|晚上|中午|凌晨|早上|[AaPp][Mm])\s*)?"
    r"(\d{1,2})[:：时点](\d{2})?(?:[:：分](\d{2})?)?)?(\s*[AaPp][Mm])?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})[ T]?(\d{2}):?(\d{2}):?(\d{2})?")
_ZONE = re.compile(
    r"(?:\d|\s)(Z|UTC|GMT|UT)?\s*([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)\s*(?:[（(].{0,30}[)）])?$|(Z|UTC|GMT|UT)$"
)
_DAY = re.compile(r"^(\d{1,2})[-月/.](\d{1,2})日?(?:\s+(\d{1,2}):(\d{2}))?$")
_AGO = re.compile(r"(\d+)\s*(秒|分钟|小时|天|周)前")
_YESTERDAY = re.compile(r"(昨天|前天|今天)\s*(?:(\d{1,2}):(\d{2}))?")
_WEEKDAY = re.compile(r"(星期|周|礼拜)[一二三四五六日天]")
_MONTH = re.compile(r"\b(\d{1,2})\s+(1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月\s+(\d{4})\b")
_SCRIPT = re.compile(r"^/?Date\((\d{10,13})(?:[+-]\d{4})?\)/?$")
_CHINA_ZONE = re.compile(
    r"\b(CST|Asia/Shanghai|PRC|HKT|北京时间|中国标准时间)\b|[（(][^()（）]*标准时间[)）]"
)
_OFFSET = re.compile(r"\b(?:GMT|UTC)\s*([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)")
_FORMS = (
    "%a %b %d %H:%M:%S %z %Y",
    "%a %b %d %Y %H:%M:%S %z",
    "%b %d, %Y %H:%M:%S",
    "%b %d, %Y",
    "%B %d, %Y",
)
_UNITS = {"秒": "seconds", "分钟": "minutes", "小时": "hours", "天": "days", "周": "weeks"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_AFTERNOON = frozenset({"下午", "晚上", "pm"})
_MORNING = frozenset({"上午", "凌晨", "早上", "am"})


def read_instant(value: object, now: datetime) -> datetime | None:
    """The instant that a value states, aware; None when it cannot be read.

    Knows epoch seconds, milliseconds and microseconds, ISO 8601, RFC 822, what Java, browsers and Weibo
    write, Chinese dates, "06-25", "昨天 12:00" and "3小时前" (these against `now`; a day without a year is
    the latest such day not after it). "CST" is China's zone: no source of ours means America's.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _of_epoch(float(value))
    text = str(value).strip()
    if not text or len(text) > LONGEST:
        return None
    if match := _SCRIPT.match(text):
        return _of_epoch(float(match[1]))
    if text.isascii() and text.isdigit() and len(text) in (10, 13, 16):
        return _of_epoch(float(text))
    return _of_text(text, now.astimezone(CHINA))


def _of_epoch(number: float) -> datetime | None:
    if not 0 <= number < 1e18:
        return None
    seconds = number
    while seconds > 10**11:
        seconds /= 1000
    if seconds < 86400 * 365:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _of_text(text: str, now: datetime) -> datetime | None:
    plain = _plainly(text)
    for read in (_iso, _rfc822, _written, _chinese):
        found = read(plain)
        if found is not None and 1990 <= found.year <= 2200:
            return found if found.tzinfo else found.replace(tzinfo=CHINA)
    return _relative(text, now)


def _plainly(text: str) -> str:
    """The text with zones as offsets, without the day of the week, Chinese month names in English."""
    text = _OFFSET.sub(lambda m: f"{m[1]}{int(m[2]):02d}{m[3] or '00'}", text)
    text = _CHINA_ZONE.sub("" if re.search(r"[+-]\d{4}", text) else "+0800", text)
    text = _WEEKDAY.sub("", text).strip(" ,，")
    return _MONTH.sub(lambda m: f"{m[1]} {_MONTHS[_month(m[2]) - 1]} {m[3]}", text)


def _month(text: str) -> int:
    return int(text) if text.isdigit() else _NUMERALS.index(text) + 1


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _rfc822(text: str) -> datetime | None:
    if not re.search(r"[A-Za-z]{3}", text) or re.match(r"\d{4}\D", text):
        return None
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _written(text: str) -> datetime | None:
    for form in _FORMS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 (a naive one is China's, as everywhere here)
        except ValueError:
            continue
    return None


def _chinese(text: str) -> datetime | None:
    match = _COMPACT.fullmatch(text)
    if match is not None:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    else:
        match = _FULL.search(text)
        if match is None:
            return None
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        minute, second = int(match[6] or 0), int(match[7] or 0)
        hour = _hour(int(match[5] or 0), (match[4] or match[8] or "").strip().lower())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=_zone(text))
    except (ValueError, OverflowError):
        return None


def _hour(hour: int, half: str) -> int:
    if half in _AFTERNOON and hour < 12:
        return hour + 12
    return 0 if half in _MORNING and hour == 12 else hour


def _zone(text: str) -> timezone:
    """The zone at the end of a text; China's where none stands there."""
    match = _ZONE.search(text)
    if match is None or not re.search(r"\d[:：时点]\d", text):
        return CHINA
    if match[5]:
        return UTC
    offset = timedelta(hours=int(match[3]), minutes=int(match[4] or 0))
    return timezone(offset if match[2] == "+" else -offset) if offset < timedelta(hours=24) else CHINA


def _relative(text: str, now: datetime) -> datetime | None:
    if text in ("刚刚", "刚才"):
        return now
    try:
        if match := _AGO.search(text):
            return now - timedelta(**{_UNITS[match[2]]: int(match[1])})
        if match := _YESTERDAY.search(text):
            day = now - timedelta(days={"今天": 0, "昨天": 1, "前天": 2}[match[1]])
            return day.replace(hour=int(match[2] or 0), minute=int(match[3] or 0), second=0, microsecond=0)
    except (OverflowError, ValueError):
        return None
    if match := _DAY.match(text):
        return _latest(int(match[1]), int(match[2]), int(match[3] or 0), int(match[4] or 0), now)
    return None


def _latest(month: int, day: int, hour: int, minute: int, now: datetime) -> datetime | None:
    for year in (now.year, now.year - 1):
        try:
            found = datetime(year, month, day, hour, minute, tzinfo=CHINA)
        except ValueError:
            continue
        if found.date() <= now.date():
            return found
    return None
