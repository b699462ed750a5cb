"""信息日期存疑。

检查什么：条目的发布日期是否可信。
依据：国办秘函〔2019〕19号附件（弄虚作假，如篡改发布日期）；国办发〔2017〕47号（发布时间应准确）。
如何判定：列表或正文页的日期晚于监测日的，违规；列表日期与正文页自己标明的日期相差超过1天的，违规。
列表没有写年份而月日相同的，不算矛盾；只相差1天的，合格。正文页没有看到的，不作比较。收在没有展开的页签里的条目不看。
本系统已在持续监测的栏目里（那时已在监测，或者更早的一夜已经看到比它更旧的条目而没有它），条目日期比首次见到它的日期
早很多（默认30天）的，只作提示，由人核实，不扣分：网站迁移、补录也会如此。
示例：列表写2026-06-20，正文页写2026-05-20，违规；列表写2026-06-20，正文页写2026-06-19，合格。
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from checks.index import OncePer, grouped
from domain.check import Check, Subject
from domain.observation import Column, Entry, Seen, SiteObservation
from domain.outcome import Frame, Outcome, Pass, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Days by which list and article may differ; days of backdating that a person should look at."""

    tolerance_days: int = 1
    backdated_days: int = 30


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Every entry of which two dates are known, or one that is yet to come or may be backdated."""
    passed: set[tuple[str, str]] = set()
    for column, entry in _entries(observation):
        key = (entry.url, column.unit)
        if entry.url and key not in passed and _is_comparable(entry, observation.today):
            passed.add(key)
            yield Subject(key=entry.url, unit=column.unit, name=entry.title)
    observation.columns.whole()


def _entries(observation: SiteObservation) -> Iterator[tuple[Column, Entry]]:
    for column in observation.columns.get():
        if isinstance(column.listing, Seen):
            yield from ((column, entry) for entry in column.listing.fact.entries if not entry.hidden)


@OncePer
def _listed(observation: SiteObservation) -> dict[tuple[str, str], list[tuple[Column, Entry]]]:
    """The entries of all columns by address and owning unit."""
    return grouped(_entries(observation), lambda pair: (pair[1].url, pair[0].unit))


@dataclass(frozen=True, slots=True)
class _Watched:
    """What our own first sights of a column's entries tell of how far back it was watched.

    `since` is the first of them; `seen` gives, in the order of the entries' dates, the first sight of any
    entry up to that date.
    """

    since: date
    days: tuple[date, ...]
    seen: tuple[date, ...]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "_Watched":
        sights = [(entry, entry.first_seen) for entry in entries if entry.first_seen is not None]
        dated = sorted(
            (entry.day.fact, first)
            for entry, first in sights
            if isinstance(entry.day, Seen) and entry.day.fact is not None
        )
        return cls(
            since=min((first for _, first in sights), default=date.max),
            days=tuple(day for day, _ in dated),
            seen=tuple(accumulate((first for _, first in dated), min)),
        )

    def would_have_shown(self, day: date, first_seen: date) -> bool:
        """Whether one of the entries, of a day, would have been seen before it was, had it been there.

        So says an entry that was seen by that day, and one not newer that was seen on an earlier night: a
        list that showed it reached back to that day.
        """
        not_newer = bisect_right(self.days, day)
        return self.since <= day or self.seen[not_newer - 1] < first_seen


@OncePer
def _watched(observation: SiteObservation) -> dict[tuple[str, str], _Watched]:
    """The same of each column that was read, by its address and unit."""
    return {
        (column.url, column.unit): _Watched.of(column.listing.fact.entries)
        for column in observation.columns.get()
        if isinstance(column.listing, Seen)
    }


def _is_comparable(entry: Entry, today: date) -> bool:
    stated = _stated_by_article(entry)
    future = any(day is not None and day > today for day in (entry.list_day, stated))
    return future or entry.first_seen is not None or (entry.list_day is not None and stated is not None)


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the dates of the entry can be true."""
    suspicion: Outcome | None = None
    for column, entry in _listed(observation)[subject.key, subject.unit]:
        fault = _future(entry, column, observation.today) or _contradiction(entry, column, params)
        if fault:
            return fault
        suspicion = suspicion or _backdated(entry, column, _watched(observation), params)
    return suspicion or Pass(reason="日期没有矛盾")


def _stated_by_article(entry: Entry) -> date | None:
    fact = entry.article_day
    return fact.fact if isinstance(fact, Seen) else None


def _future(entry: Entry, column: Column, today: date) -> Violation | None:
    stated = _stated_by_article(entry)
    days = [day for day in (entry.list_day, stated) if day is not None and day > today]
    if not days:
        return None
    words = f"“{entry.title}”的日期为{days[0].isoformat()}，晚于监测日{today.isoformat()}。"
    return _violation(entry, column, words, {"on_or_before": today.isoformat()}, shown=days[0])


def _contradiction(entry: Entry, column: Column, params: Params) -> Violation | None:
    listed, stated = entry.list_day, _stated_by_article(entry)
    if listed is None or stated is None:
        return None
    if entry.yearless and (listed.month, listed.day) == (stated.month, stated.day):
        return None
    apart = abs((listed - stated).days)
    if apart <= params.tolerance_days:
        return None
    words = (
        f"“{entry.title}”的列表日期为{listed.isoformat()}，正文页日期为{stated.isoformat()}，相差{apart}天。"
    )
    return _violation(entry, column, words, {"days_apart_at_most": params.tolerance_days}, shown=stated)


def _backdated(
    entry: Entry, column: Column, watched: Mapping[tuple[str, str], _Watched], params: Params
) -> Violation | None:
    """A warning where the column was watched already when the entry says that it was published."""
    day = entry.day.fact if isinstance(entry.day, Seen) else None
    if day is None or entry.first_seen is None or not isinstance(column.listing, Seen):
        return None
    late = (entry.first_seen - day).days
    if late <= params.backdated_days:
        return None
    if not watched[column.url, column.unit].would_have_shown(day, entry.first_seen):
        return None
    words = (
        f"“{entry.title}”标明{day.isoformat()}发布，而本系统{entry.first_seen.isoformat()}才首次见到，"
        f"相隔{late}天，请人工核实。"
    )
    expected: dict[str, str | int] = {"first_seen_within_days": params.backdated_days}
    return _violation(entry, column, words, expected, shown=day, severity="warning")


def _violation(
    entry: Entry,
    column: Column,
    summary: str,
    expected: dict[str, str | int],
    *,
    shown: date,
    severity: str = "violation",
) -> Violation:
    """`shown` is the date to frame. The list is looked at too: it shows the date that it gives."""
    stated = _stated_by_article(entry)
    return Violation(
        url=entry.url,
        summary=summary,
        observed={
            "list_date": entry.list_day.isoformat() if entry.list_day else None,
            "article_date": stated.isoformat() if stated else None,
            "first_seen": entry.first_seen.isoformat() if entry.first_seen else None,
        },
        expected=expected,
        frame=Frame(text=shown.isoformat()),
        looked_at=(entry.url, column.url),
        severity=severity,
    )


CHECK = Check(
    id="column.date-suspect",
    title="信息日期存疑",
    basis="国办秘函〔2019〕19号；国办发〔2017〕47号",
    params=Params,
    subjects=subjects,
    judge=judge,
)
