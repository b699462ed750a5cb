"""Dates: every written form of them.

Clocks, copyright years, deadlines and dates of events are not publication dates; telling them apart is
the caller's matter: it knows where a text stands.
"""

import re
import unicodedata
from calendar import isleap
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from crawler.reading.oddforms import MONTHS, odd_forms
from domain.observation import CHINA

EARLIEST = date(1990, 1, 1)
"""No page of the web is older; 1970-01-01 is a machine's nothing."""
LATEST_YEAR = 2100

_SEP = r"\s*[-/.\u2010-\u2015\u2212_]\s*"
_TIME = (
    r"(?:\s*[T,]?\s*(?:上午|下午|[AP]M)?\s*\d{1,2}\s*(?:[:：时点]\s*\d{1,2}(?:\s*[:：分]\s*\d{1,2}(?:\.\d+)?)?"
    r"\s*[秒分]?(?:Z|\s*\+0?8:?00)?|[时点])(?:\s*[AP]M)?)?"
)
_FULL = re.compile(
    rf"(?<![\d.])((?:19|20|21)\d\d)(?:{_SEP}|\s*年\s*)(0?[1-9]|1[0-2])(?:{_SEP}|\s*月\s*)"
    rf"(0?[1-9]|[12]\d|3[01])(?!\d)(?:\s*[日号])?{_TIME}"
)
_COMPACT = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?(?!\d)"
)
_DIGITS = "〇零一二三四五六七八九"
_CHINESE = re.compile(
    r"([一二][〇零○OoＯ0一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十廿卅]{1,3})[日号]"
)
_JAVA = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*,?\s+(?:(\d{1,2})\s+)?"
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\s+(?:(\d{1,2})\s+)?"
    r"(?:(\d{4})\s+)?\d{2}:\d{2}:\d{2}(?:\s+[A-Z]{2,4}(?:[+-]\d\d:?\d\d)?)?(?:\s+(\d{4}))?"
)
_YEARLESS = re.compile(
    rf"(?<![\d.-])(?<!\d:)(0?[1-9]|1[0-2])(?:\s*[-/.\u2010-\u2015]\s*|\s*月\s*)(0?[1-9]|[12]\d|3[01])(?![\d:：%．.])(?:\s*[日号])?{_TIME}"
)
_EPOCH = re.compile(r"(?<!\d)(\d{13}|\d{10})(?!\d)")
_IN_URL = (
    re.compile(r"[/_=-]((?:19|20)\d\d)[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)"),
    re.compile(r"(?:^|[/_t=-])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.&-]|$)"),
    re.compile(r"[/_-]((?:19|20)\d\d)-?(0[1-9]|1[0-2])[/_-](0[1-9]|[12]\d|3[01])(?=[/_.]|$)"),
)
_AROUND = re.compile(
    r"^(?:[\s\[\]()（）【】〔〕{}<>《》「」|｜·•:：/,，。;；~～\-—–_*]|(?i:posted|published)(?:\s+on)?|星期[一二三四五六日天]|周[一二三四五六日天]|"
    r"(?:信息)?(?:发布|发文|发表|公开|公布|更新|录入|添加|上传|签发|发稿|刊发|生成|成文|印发|提交|受理|留言|来信|写信|提问|创建|收录|时间|日期|于|时)+)*$"
)
_FOREIGN = re.compile(
    r"[^\s\da-zA-Z\[\]()（）【】〔〕{}<>《》「」|｜·•:：/,，.．。;；~～\-－—–_*／+'\u2010-\u2015\u2212"
    r"〇零○Ｏ一二三四五六七八九十廿卅年月日号时点分秒上下午"
    r"星期周天信息发布文表公开更新录入添加传签刊稿生成印提交受理留言来写问创建收间于]"
)
"""A character that stands in no date and in nothing that `_AROUND` allows beside one."""
_AGO = re.compile(
    r"^(?:(?P<named>[今昨前])[天日](?:\s*\d{1,2}[:：]\d{2})?|(?P<number>\d{1,2}|[一二两三四五六七八九十])\s*(?P<unit>天|日|周|星期|个?月)[之以]?前"
    r"|(?:\d{1,2}|半|几)\s*个?(?:小时|分钟|秒钟?)[之以]?前|刚刚|刚才)$"
)
_NAMED_DAYS = {"今": 0, "昨": 1, "前": 2}
_UNIT_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7}
_MONTH_DAYS = 30
_INSTANT = re.compile(
    r"\s*((?:19|20)\d\d-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d{1,9})?\s*(Z|[+-]\d\d:?\d\d)\s*",
    re.IGNORECASE,
)
_MAIL_DATE = re.compile(
    r"\s*(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC?|Z|[+-]\d{4})\s*"
)
_NET_DATE = re.compile(r"\s*\\?/Date\((\d{12,13})(?:[+-]\d{4})?\)\\?/\s*")
_FULLWIDTH = re.compile(r"[０-９：－／．]")


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it stands in a text: the day, the words, their place, and whether the year was inferred."""

    day: date
    raw: str
    start: int
    end: int
    yearless: bool = False


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, or None where there is no such day or no page can be that old."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if found >= EARLIEST and year <= LATEST_YEAR else None


def latest_before(month: int, day: int, today: date) -> date | None:
    """The latest date of that month and day that is not after `today`; None where there is no such day."""
    for year in range(today.year, today.year - 9, -1):
        if month == 2 and day == 29 and not isleap(year):
            continue
        found = day_of(year, month, day)
        if found is None:
            return None
        if found <= today:
            return found
    return None


def days_ago(piece: str, today: date) -> Written | None:
    """A date told by its distance from the day of reading."""
    match = _AGO.match(piece.strip(" []()（）"))
    if not match:
        return None
    days = _NAMED_DAYS.get(match["named"] or "", 0)
    if match["unit"]:
        number = (
            int(match["number"])
            if match["number"].isdecimal()
            else _count(match["number"].replace("两", "二"))
        )
        days = number * _UNIT_DAYS.get(match["unit"], _MONTH_DAYS)
    return Written(today - timedelta(days=days), piece.strip(), 0, len(piece))


def is_distance(raw: str) -> bool:
    """Whether a date as written is told by its distance from the day of reading, so that it moves with it."""
    return bool(_AGO.match(raw.rpartition("：")[2].strip(" []()（）")))


def of_epoch(number: int) -> date | None:
    """The Chinese calendar day of a moment counted from 1970 in seconds or milliseconds."""
    seconds = number / 1000 if number >= 10**11 else number
    try:
        moment = date(1970, 1, 1) + timedelta(seconds=seconds + CHINA.utcoffset(None).total_seconds())
    except OverflowError:
        return None
    return moment if moment >= EARLIEST and moment.year <= LATEST_YEAR else None


def find_full(text: str) -> list[Written]:
    """Every date in the text that states its year, in the order of the text."""
    if _FULLWIDTH.search(text):
        text = _narrow(text)
    found = [_written(m, day_of(int(m[1]), int(m[2]), int(m[3]))) for m in _FULL.finditer(text)]
    if "年" in text:
        found += [_written(m, _from_chinese(m)) for m in _CHINESE.finditer(text)]
    if not any(found) and ":" in text:
        found += [_written(m, _from_java(m)) for m in _JAVA.finditer(text)]
    return sorted((w for w in found if w is not None), key=lambda w: w.start)


def _narrow(text: str) -> str:
    return _FULLWIDTH.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)


def _written(match: re.Match[str], day: date | None, yearless: bool = False) -> Written | None:
    return None if day is None else Written(day, match.group().strip(), match.start(), match.end(), yearless)


def _from_chinese(match: re.Match[str]) -> date | None:
    year = 0
    for character in match[1]:
        digit = _DIGITS.find(character)
        year = year * 10 + (0 if character in "○OoＯ0〇零" else digit - 1)
    return day_of(year, _count(match[2]), _count(match[3]))


def _count(words: str) -> int:
    """A number up to 99 in Chinese characters."""
    words = words.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = words.partition("十")
    if not ten:
        return _DIGITS.find(tens) - 1 if len(tens) == 1 else 0
    return (_DIGITS.find(tens) - 1 if tens else 1) * 10 + (_DIGITS.find(ones) - 1 if ones else 0)


def _from_java(match: re.Match[str]) -> date | None:
    day, year = match[1] or match[3], match[4] or match[5]
    if not day or not year:
        return None
    return day_of(int(year), MONTHS.index(match[2]) + 1, int(day))


def find_yearless(text: str, today: date) -> list[Written]:
    """Every date in the text that leaves out its year, read as the latest such day not after `today`."""
    found = (
        _written(m, latest_before(int(m[1]), int(m[2]), today), yearless=True)
        for m in _YEARLESS.finditer(_narrow(text))
    )
    return [w for w in found if w is not None]


def sole_date(text: str, today: date) -> Written | None:
    """The date, if the text is nothing but a date with brackets, a label, a weekday or a time about it."""
    text = text.strip()
    if not 4 - ("/" in text) <= len(text) <= 60 or _FOREIGN.search(text):
        return None
    found = find_full(text)
    if not found:
        found = _odd(text, today) or _compact(text) or find_yearless(text, today)
    if len(found) != 1:
        return None
    one = found[0]
    return one if _AROUND.match(text[: one.start]) and _AROUND.match(text[one.end :]) else None


def _odd(text: str, today: date) -> list[Written]:
    """Dates in one of the unusual forms."""
    found: list[Written] = []
    for odd in odd_forms(text):
        day = day_of(odd.year, odd.month, odd.day) if odd.year else latest_before(odd.month, odd.day, today)
        if day:
            found.append(Written(day, text[odd.start : odd.end].strip(), odd.start, odd.end, not odd.year))
    return found


def _compact(text: str) -> list[Written]:
    match = _COMPACT.search(text)
    day = day_of(int(match[1]), int(match[2]), int(match[3])) if match else None
    return [Written(day, match.group(), match.start(), match.end())] if match and day else []


def read_value(value: object, today: date) -> date | None:
    """The date a machine-readable value states: a written date, YYYYMMDD, or a moment since 1970."""
    if isinstance(value, bool) or value is None:
        return None
    text = str(int(value)) if isinstance(value, int | float) and abs(value) < 10**15 else str(value)[:60]
    instant = _of_instant(text)
    if instant:
        return instant
    found = find_full(text) or _compact(text)
    if found:
        return found[0].day
    match = _EPOCH.fullmatch(text.strip())
    if match:
        return of_epoch(int(match[1]))
    yearless = find_yearless(text, today)
    return yearless[0].day if yearless else None


def _of_instant(text: str) -> date | None:
    """The Chinese calendar day of a moment that is written with its zone; None for other texts."""
    counted = _NET_DATE.fullmatch(text)
    if counted:
        return of_epoch(int(counted[1]))
    stated = _INSTANT.fullmatch(text)
    try:
        if stated:
            moment = datetime.fromisoformat(f"{stated[1]}T{stated[2]}{stated[3].upper()}")
        elif _MAIL_DATE.fullmatch(text):
            moment = parsedate_to_datetime(text.strip())
        else:
            return None
        day = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(CHINA).date()
    except (ValueError, OverflowError):
        return None
    return day_of(day.year, day.month, day.day)


def in_url(url: str) -> Written | None:
    """The date that an address carries in its path or query, the last one of several; or None."""
    start = url.find("/", url.find("://") + 3)
    path = url[start:] if start > 0 else ""
    for pattern in _IN_URL:
        best = None
        for match in pattern.finditer(path):
            best = _written(match, day_of(int(match[1]), int(match[2]), int(match[3]))) or best
        if best:
            return Written(best.day, best.raw.strip("/_=t-."), best.start, best.end)
    return None
