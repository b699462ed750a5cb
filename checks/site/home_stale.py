"""首页长期未更新。

检查什么：首页展示的信息在两周内是否有更新。
依据：国办秘函〔2019〕19号附件（首页2周内无信息更新，单项否决）。
如何判定：取首页所有信息条目的日期（首页、所属栏目列表、正文页或 PubDate 标签），
最新一条早于“监测日往前推14天”的违规，恰在第14天的合格。只起引导作用的首页，看其通向的各个二级页面。没有任何日期的条目视为未更新。
首页或其中可能更新的条目没有看到，或者没有识别出信息条目的，无法判定。
示例：监测日2026-06-30，首页最新一条为2026-06-15，违规；为2026-06-16，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from checks.absence import day_of
from domain.check import Check, Subject
from domain.limit import Limit
from domain.observation import Entry, Fact, Home, SiteObservation, UnseenError
from domain.outcome import Frame, Inconclusive, Outcome, Pass, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """How old the newest information may be."""

    limit: Limit = field(default_factory=lambda: Limit(days=14))


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """The home page."""
    yield Subject(key=observation.site.home, unit=observation.owner, name=f"{observation.site.name}首页")


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the newest information on the home page is within the limit."""
    home, today = observation.home.get(), observation.today
    oldest = params.limit.oldest(today)
    gaps: list[str] = []
    days: list[date | None] = []
    for part in _parts(home):
        for entry in _entries_of(part, gaps):
            days.extend(_day_of(entry, gaps))
    newest = max((day for day in days if day and day <= today), default=None)
    if newest and newest >= oldest:
        return Pass(reason=f"最新一条为 {newest.isoformat()}")
    observation.home.whole()
    if gaps:
        return Inconclusive(reason=gaps[0])
    if not days:
        return Inconclusive(reason="首页上没有识别出信息条目")
    return _violation(observation, newest, len(days), params.limit)


def _parts(home: Home) -> tuple[Fact[tuple[Entry, ...]], ...]:
    return (home.entries, *home.second_level) if home.gateway else (home.entries,)


def _entries_of(part: Fact[tuple[Entry, ...]], gaps: list[str]) -> tuple[Entry, ...]:
    try:
        entries = part.get()
    except UnseenError as error:
        gaps.append(str(error))
        return ()
    try:
        part.whole()
    except UnseenError as error:
        gaps.append(str(error))
    return entries


def _day_of(entry: Entry, gaps: list[str]) -> list[date | None]:
    try:
        return [day_of(entry)]
    except UnseenError as error:
        gaps.append(str(error))
        return []


def _violation(observation: SiteObservation, newest: date | None, count: int, limit: Limit) -> Violation:
    today, home = observation.today, observation.site.home
    if newest:
        age: int | None = (today - newest).days
        words = f"最新一条信息为{newest.isoformat()}，距今{age}天，超过{limit.title()}"
    else:
        age = None
        words = f"展示的{count}条信息均无有效日期，视为{limit.title()}内未更新"
    return Violation(
        url=home,
        summary=f"“{observation.site.name}”首页{words}。",
        observed={
            "newest": newest.isoformat() if newest else None,
            "age_days": age,
            "limit_days": limit.in_days(today),
            "entries": count,
        },
        expected={"newest_on_or_after": limit.oldest(today).isoformat()},
        frame=Frame(text=newest.isoformat()) if newest else None,
    )


CHECK = Check(
    id="site.home-stale",
    title="首页长期未更新",
    basis="国办秘函〔2019〕19号",
    params=Params,
    subjects=subjects,
    judge=judge,
)
