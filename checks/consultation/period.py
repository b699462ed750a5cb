"""How long a public consultation runs, by the text of its announcement.

Both the first and the last day count (国令713号 art. 15: generally thirty days, shorter with a reason).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from checks.consultation.dayforms import han_number, in_one_form

_WEEKDAY = r"(?:[ \t]*[(](?:星期|周|礼拜)[一二三四五六日天][)])?"
_CLOCK = _WEEKDAY + r"(?:\s*(?:上午|下午|[0-2]?\d\s*[:时点]\s*(?:\d\d)?\s*分?(?::\d\d)?))*"
_YEAR = r"(?:(?P<y1>20\d\d)\s*(?:年|[-/.]))?\s*"
# A day without a year must not be the tail of a whole date (2026-06-18 is no range from 6-06 to 18).
_DAY = (
    r"(?<!\d)(?<!\d[-/.])"
    + _YEAR
    + r"(?P<m1>[01]?\d)\s*(?:月|[-/.])\s*(?P<d1>[0-3]?\d)(?:\s*[日号]|(?!\d))"
    + _CLOCK
)
_TO = r"(?:[(]?\s*(?:起|开始)?\s*[)]?\s*[,]?\s*(?:至|到|—+|-+|~+)\s*(?:次年|翌年)?\s*)"
_RANGE = re.compile(
    _DAY + _TO + r"(?:(?P<y2>20\d\d)\s*(?:年|[-/.]))?\s*(?:(?P<m2>[01]?\d)\s*(?:月|[-/.])\s*)?"
    r"(?P<d2>[0-3]?\d)(?![\d月年])\s*[日号]?"
)
_SINCE_NOW = re.compile(
    r"(?:自|从)?(?:即日|今日|今天|(?:本?(?:公告|通知|公示|通告|文|消息))?"
    r"(?:发布|公布|公告|公示|印发|刊登|发出)之日)\s*起?\s*(?:至|到|—+|-+|~)\s*" + _DAY
)
_UNTIL = re.compile(
    r"(?:(?:截止|截至)(?:时间|日期|日|期限)?|(?:结束|终止)(?:时间|日期|日))\s*(?:为|是|到|至|于)?\s*[:]?\s*"
    + _DAY
)
_BEFORE = re.compile(
    _DAY + r"[ \t]*(?:[(][^)\n]{0,12}[)])?[ \t]*(?:下班)?(?:以?前|之前|止|截止|结束)(?!时间|日期)"
)
_LABELLED = re.compile(
    r"(?:开始|起始)(?:时间|日期|日)?\s*[:]?\s*"
    + _DAY
    + r"[^0-9]{0,30}(?:结束|截止|终止)(?:时间|日期|日)?\s*[:]?\s*"
    r"(?:(?P<y2>20\d\d)\s*(?:年|[-/.]))?\s*(?:(?P<m2>[01]?\d)\s*(?:月|[-/.])\s*)(?P<d2>[0-3]?\d)(?!\d)"
)
"""A form's two fields, beginning and end."""
_EXTENDED = re.compile(r"(?:延长|延期|顺延|推迟|延迟|延|展期)(?:到|至|为)\s*(?:于)?\s*" + _DAY)
_NUMBER = r"(?P<n>\d{1,3}|[一二三四五六七八九十]{1,4})\s*个?\s*(?P<unit>工作日|自然日|日|天|个月|周)"
_SINCE_DAY = re.compile(
    _DAY + r"\s*(?:起|开始)(?:计算?|算起?)?\s*[)]?[,]?\s*(?:的|为期|共计?|,|\s){0,3}" + _NUMBER
)
"""A first day and a number of days from it."""
_STATED = (
    re.compile(
        r"(?:期限|时间|时限|期|为期|公示期|征求意见期|征集期)\s*(?:一般)?(?:缩短|压缩|调整)?(?:不少于|不得少于|为|是|共|共计)?\s*[:]?\s*"
        + _NUMBER
    ),
    re.compile(r"(?:之日|即日|今日)\s*起?\s*(?:的)?\s*" + _NUMBER + r"\s*(?:内|之内|以内)?"),
    re.compile(_NUMBER + r"\s*(?:内|之内|以内).{0,24}(?:反馈|提出|提交|意见|建议)"),
    re.compile(
        r"(?:征求|征集|听取)(?:社会|公众|各界)*(?:的)?意见(?:建议|和建议)?(?:共|计|为期)?\s*"
        + _NUMBER
        + r"(?![前后])"
    ),
)
_AT_LEAST = re.compile(r"不(?:得|应|能)?(?:少|低|短)于")
_ABOUT_OPINIONS = re.compile(r"征求|征集|意见|反馈|建议|公示|听取|公开期")
_ANOTHER_TERM = re.compile(
    r"(?:有效期|规划期|执行期|实施期|服务期|建设期|试行期|任期|合同期|施行|生效|听证会|活动)[^。;\n]{0,14}$"
)
_SHORTENED = re.compile(
    r"缩短(?:至|为|到|了)?[^。\n]{0,8}(?:征求|征集|公示|意见|公开|期限|时间|[三二一]?十|\d+\s*[日天个])"
    r"|(?<!不)(?<!不得)(?<!不应)(?:少于|不足|短于)[^。\n]{0,16}(?:三十|30|期限|时间|日|天)"
    r"|(?<!审批)(?<!办理)(?<!办结)(?<!审查)(?<!审核)(?<!处理)(?<!等候)(?<!办事)(?:期限|时间)[^。\n]{0,10}(?:缩短|压缩|调整为)"
    r"|因[^。\n]{2,40}(?:紧急|急需|紧迫|时限|时间(?:较)?紧|尽快|特殊)[^。\n]{0,60}(?:征求|征集|公示|意见|期限|时间)"
    r"|(?:情况紧急|时间紧迫|特殊情况)[^。\n]{0,40}(?:征求|征集|期限|时间|意见)"
)
_OTHER_TIME = re.compile(r"缩短[^。,\n]{0,8}(?:审批|办理|办结|审查|审核|处理|等候|办事|通行|施工|建设)")
"""Procedures that are to be shortened: what the draft is for, no reason for a short consultation."""
_CITED = re.compile(r"因[^。;,\n]{0,20}需要?缩短[^。;,\n]{0,8}的,[^。;\n]*")
"""The regulation's own words on when less is allowed."""
LONGEST = 400
"""Days: a longer period is something else than a consultation."""
LONGEST_EXTENSION = 200
"""Days from a notice to the new last day that it gives; a later one is that of something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The announced period: its days as far as told, the number stated in words, a stated reason for less.

    `stated` is in days; of `working` days it is the calendar days that these surely span. `open_ended`:
    the number is only the least. `extends`: the text prolongs a consultation announced before, to `last`.
    """

    first: date | None = None
    last: date | None = None
    stated: int | None = None
    reason: bool = False
    words: str = ""
    working: int | None = None
    open_ended: bool = False
    extends: bool = False

    @property
    def days(self) -> int | None:
        """How many days it runs, first and last included; None where the text does not say."""
        if self.first and self.last:
            return (self.last - self.first).days + 1
        return self.stated

    @property
    def closes(self) -> date | None:
        """The last day, told or reckoned from the first and the stated number."""
        reckoned = not self.working and not self.open_ended
        if self.last is None and self.first is not None and self.stated and reckoned:
            return self.first + timedelta(days=self.stated - 1)
        return self.last


def consultation_period(text: str, published: date | None = None) -> Period | None:
    """The period that an announcement states; None where it states none.

    `published` completes dates without a year and begins a period that starts at once. A range that a
    text gives for something else (有效期, 规划期) is let be.
    """
    plain = in_one_form(text, published)
    prolonged = _prolonged(plain, published)
    if prolonged is not None:
        return prolonged
    reason = bool(_SHORTENED.search(_OTHER_TIME.sub("", _CITED.sub("", plain))))
    told = _stated(plain)
    stated = told.stated if told else None
    for first, last, words in _ranges(plain, published):
        over = published is not None and last < published
        if first <= last and (last - first).days < LONGEST and not over:
            return Period(first=first, last=last, stated=stated, reason=reason, words=words)
    deadline = _deadline(plain, published)
    if deadline is not None:
        closes, words = deadline
        starts = published if published is not None and published <= closes else None
        return Period(first=starts, last=closes, stated=stated, reason=reason, words=words)
    for first, match in _spans_since(plain, published):
        return replace(_span(plain, match), first=first, reason=reason)
    return replace(told, first=published, reason=reason) if told is not None else None


def _prolonged(text: str, published: date | None) -> Period | None:
    """The new last day of a consultation that the text prolongs; None where it prolongs none."""
    for match in _EXTENDED.finditer(text):
        last = _date(match["y1"], match["m1"], match["d1"], published)
        near = last is not None and (published is None or 0 <= (last - published).days <= LONGEST_EXTENSION)
        if near and _is_about_opinions(text, match):
            return Period(last=last, extends=True)
    return None


def _ranges(text: str, published: date | None) -> Iterator[tuple[date, date, str]]:
    for match in (*_RANGE.finditer(text), *_LABELLED.finditer(text)):
        if not _is_about_opinions(text, match):
            continue
        first, last = _ends(match, published)
        if first is not None and last is not None:
            yield first, last, match[0].strip()
    for first, match in _spans_since(text, published):
        if match["unit"] != "工作日":
            yield first, first + timedelta(days=_days(match) - 1), match[0].strip()


def _ends(match: re.Match[str], published: date | None) -> tuple[date | None, date | None]:
    """Both ends of a range; one without a year lies in the other's, or beyond the turn of the year."""
    first = _date(match["y1"] or match["y2"], match["m1"], match["d1"], published)
    if first is None:
        return None, None
    month, year = match["m2"] or match["m1"], int(match["y2"] or first.year)
    last = _day(year, month, match["d2"])
    if last is not None and last < first and match["m2"]:
        if not match["y2"]:
            return first, _day(year + 1, month, match["d2"])
        if not match["y1"]:
            return _day(year - 1, match["m1"], match["d1"]), last
    return first, last


def _spans_since(text: str, published: date | None) -> Iterator[tuple[date, re.Match[str]]]:
    """First days that a number of days follows."""
    for match in _SINCE_DAY.finditer(text):
        first = _date(match["y1"], match["m1"], match["d1"], published)
        if first is not None and _is_about_opinions(text, match):
            yield first, match


def _deadline(text: str, published: date | None) -> tuple[date, str] | None:
    for pattern in (_SINCE_NOW, _UNTIL, _BEFORE):
        for match in pattern.finditer(text):
            last = _date(match["y1"], match["m1"], match["d1"], published)
            if last is not None and _is_about_opinions(text, match):
                return last, match[0].strip()
    return None


def _is_about_opinions(text: str, match: re.Match[str]) -> bool:
    """Whether what was found stands in words on opinions, and not on another term."""
    before = text[max(0, match.start() - 80) : match.start()]
    after = text[match.end() : match.end() + 50]
    return not _ANOTHER_TERM.search(before) and bool(_ABOUT_OPINIONS.search(before + match[0] + after))


def _date(year: str | None, month: str, day: str, published: date | None) -> date | None:
    """The date; without a year the one nearest after publication."""
    if year:
        return _day(int(year), month, day)
    if published is None:
        return None
    found = _day(published.year, month, day)
    if found is not None and (published - found).days > 60:
        return _day(published.year + 1, month, day)
    return found


def _day(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


def _stated(text: str) -> Period | None:
    for pattern in _STATED:
        for match in pattern.finditer(text):
            if 0 < _days(match) < LONGEST and _is_about_opinions(text, match):
                return _span(text, match)
    return None


def _span(text: str, match: re.Match[str]) -> Period:
    """A number of days as a period whose ends are not told."""
    return Period(
        stated=_days(match),
        words=match[0].strip(),
        working=han_number(match["n"]) if match["unit"] == "工作日" else None,
        open_ended=bool(_AT_LEAST.search(text[match.start() : match.start("n")])),
    )


def _days(match: re.Match[str]) -> int:
    """A stated number in calendar days; of working days those that they surely span."""
    number = han_number(match["n"])
    if match["unit"] == "工作日":
        return number + 2 * (number // 5)
    return {"周": 7 * number, "个月": 30 * number}.get(match["unit"], number)
