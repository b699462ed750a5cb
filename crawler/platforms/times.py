"""Instants as platforms write them; without a zone they are China Standard Time."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from domain.observation import CHINA

_EPOCH_MILLISECONDS = 10**11
_FULL = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?:\D{1,3}(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_DAY = re.compile(r"^(\d{1,2})[-月/.](\d{1,2})日?(?:\s+(\d{1,2}):(\d{2}))?$")
_AGO = re.compile(r"(\d+)\s*(秒|分钟|小时|天)前")
_YESTERDAY = re.compile(r"(昨天|前天|今天)\s*(?:(\d{1,2}):(\d{2}))?")
_WEIBO = "%a %b %d %H:%M:%S %z %Y"
_UNITS = {"秒": "seconds", "分钟": "minutes", "小时": "hours", "天": "days"}


def read_instant(value: object, now: datetime) -> datetime | None:
    """The instant that a value states, aware; None when it cannot be read.

    Knows epoch seconds and milliseconds, ISO 8601, RFC 822, Weibo's form, "06-25", "昨天 12:00" and
    "3小时前" (these against `now`; a day without a year is the latest such day not after it).
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _of_epoch(float(value))
    text = str(value).strip()
    if text.isdigit() and len(text) in (10, 13):
        return _of_epoch(float(text))
    return _of_text(text, now.astimezone(CHINA))


def _of_epoch(number: float) -> datetime | None:
    seconds = number / 1000 if number > _EPOCH_MILLISECONDS else number
    if seconds < 86400 * 365:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _of_text(text: str, now: datetime) -> datetime | None:
    for read in (_iso, _rfc822, _weibo, _chinese):
        found = read(text)
        if found is not None:
            return found if found.tzinfo else found.replace(tzinfo=CHINA)
    return _relative(text, now)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _rfc822(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _weibo(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _WEIBO)  # noqa: DTZ007 (the form holds a zone)
    except ValueError:
        return None


def _chinese(text: str) -> datetime | None:
    match = _FULL.search(text)
    if match is None:
        return None
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=CHINA)
    except (ValueError, OverflowError):
        return None


def _relative(text: str, now: datetime) -> datetime | None:
    if text in ("刚刚", "刚才"):
        return now
    if match := _AGO.search(text):
        return now - timedelta(**{_UNITS[match[2]]: int(match[1])})
    if match := _YESTERDAY.search(text):
        back = {"今天": 0, "昨天": 1, "前天": 2}[match[1]]
        day = now - timedelta(days=back)
        return day.replace(hour=int(match[2] or 0), minute=int(match[3] or 0), second=0, microsecond=0)
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
