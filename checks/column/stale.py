"""栏目长期未更新。

检查什么：有更新期限的栏目，其最新一条信息是否早于期限。
依据：国办秘函〔2019〕19号附件（动态类 2 周、通知政策类 6 个月）；常政办发〔2020〕120号附件第 7 项（6 个月）。
如何判定：取栏目内最新条目的日期（列表、正文页或 PubDate 标签，先到先得）；早于“监测日往前推期限”的为违规，
恰在期限当日的仍为合格。列表、正文、标签都没有日期的视为未更新。下级栏目有更新的，上级栏目不算未更新；
本身没有条目的上级栏目由其下级栏目分别判定，不重复认定。
归档、往年和已结束的专题不检查；登记为免检的不检查。任何一条可能更新的条目日期没有看到，即无法判定。
示例：监测日 2026-06-30，期限 6 个月，最新一条为 2025-12-29，违规；最新一条为 2025-12-30，合格。
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from checks.absence import day_of
from domain.check import Check, Subject
from domain.limit import Limit
from domain.observation import Column, Entry, Listing, Seen, SiteObservation, UnseenError
from domain.outcome import Frame, Inconclusive, NotApplicable, Outcome, Pass, Violation
from domain.snapshot import FetchStatus
from domain.target import ColumnKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Limits by kind of column; kinds without one have none, unless the registry sets it.

    `every_disclosure_column` binds every column of the disclosure platform whatever its kind.
    """

    limits: Mapping[ColumnKind, Limit] = field(default_factory=dict)
    every_disclosure_column: Limit | None = None


def limit_of(column: Column, params: Params) -> Limit | None:
    """The limit that binds the column: the registry's own, else its kind's, else the platform's."""
    if column.limit_days is not None:
        return Limit(days=column.limit_days)
    if column.kind in params.limits:
        return params.limits[column.kind]
    return params.every_disclosure_column if column.disclosure else None


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Every column that has a limit; then says so if the walk of the site was not complete."""
    for column in observation.columns.get():
        if limit_of(column, params) is not None:
            yield Subject(key=column.url, unit=column.unit, name=column.name)
    observation.columns.whole()


def _judged_below(column: Column, columns: Mapping[str, Column], params: Params) -> bool:
    """Whether every column right below has a limit of its own, so that a lapse is counted there."""
    below = [columns[child] for child in column.listing.whole().children if child in columns]
    return all(limit_of(child, params) is not None for child in below)


STANDING_KINDS = frozenset(
    {
        ColumnKind.GUIDE,
        ColumnKind.ON_REQUEST,
        ColumnKind.LEADERS,
        ColumnKind.ORGANISATION,
        ColumnKind.INTERACTION,
        ColumnKind.SERVICE_GUIDE,
    }
)
"""Kinds that hold standing texts and entries to services: without any date there is nothing to update."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """What is known of a column's newest entry: its date, how many bear none, what was not seen.

    `future` counts entries dated after the day of the observation.
    """

    newest: date | None = None
    undated: int = 0
    future: int = 0
    gap: str = ""


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the column's newest entry is within its limit."""
    found = observation.columns.get()
    columns = {column.url: column for column in found}
    column = next(c for c in found if (c.url, c.unit) == (subject.key, subject.unit))
    limit = limit_of(column, params)
    if column.exempt:
        return NotApplicable(reason="名录登记为免检栏目")
    if (column.archived and column.limit_days is None) or limit is None:
        return NotApplicable(reason="归档或已结束的专题，不要求更新")
    fresh = freshness_below(column, columns, observation.today)
    oldest = limit.oldest(observation.today)
    if fresh.newest is not None and fresh.newest >= oldest:
        return Pass(reason=f"最新一条为 {fresh.newest.isoformat()}")
    if fresh.gap:
        return Inconclusive(reason=fresh.gap)
    listing = column.listing.whole()
    if listing.static and not listing.entries:
        return NotApplicable(reason="单页栏目，没有可按日期更新的条目")
    if fresh.newest is None and fresh.future and not fresh.undated:
        return Inconclusive(reason=f"{fresh.future}条信息的日期均晚于监测日，无法据以判定")
    if fresh.newest is None and not fresh.undated:
        return NotApplicable(reason="栏目没有内容，按空白栏目判定")
    if fresh.newest is None and column.kind in STANDING_KINDS:
        return NotApplicable(reason="本栏目提供常设内容或办理入口，不是按日期发布的信息")
    if not listing.entries and _judged_below(column, columns, params):
        return NotApplicable(reason="本身没有条目，由下级栏目分别判定")
    return _violation(column, fresh, limit, observation.today)


def freshness_below(
    column: Column, columns: Mapping[str, Column], today: date, above: frozenset[str] = frozenset()
) -> Freshness:
    """The newest date in the column and in the columns below it.

    Dates after `today` prove no update (they are column.date-suspect's matter). `gap` names the first
    thing that was not seen and could hide a newer entry.
    """
    try:
        listing, gap = column.listing.whole(), ""
    except UnseenError as error:
        gap = str(error)
        listing = column.listing.fact if isinstance(column.listing, Seen) else Listing()
    parts = [_freshness_of(entry, today) for entry in listing.entries]
    for child in listing.children:
        if child == column.url or child in above:
            continue
        below = columns.get(child)
        if below and below.listing.sight.status is FetchStatus.GONE:
            continue
        if below:
            parts.append(freshness_below(below, columns, today, above | {column.url}))
        else:
            parts.append(Freshness(gap=f"未能看到下级栏目（{child}）"))
    return Freshness(
        newest=max((part.newest for part in parts if part.newest), default=None),
        undated=sum(part.undated for part in parts),
        future=sum(part.future for part in parts),
        gap=gap or next((part.gap for part in parts if part.gap), ""),
    )


def _freshness_of(entry: Entry, today: date) -> Freshness:
    try:
        day = day_of(entry)
    except UnseenError as error:
        return Freshness(gap=str(error))
    if day is None:
        return Freshness(undated=1)
    return Freshness(newest=day) if day <= today else Freshness(future=1)


def _violation(column: Column, fresh: Freshness, limit: Limit, today: date) -> Violation:
    newest, age = fresh.newest, None
    words = f"{fresh.undated}条信息均未标明发布日期，视为未更新"
    if newest is not None:
        age = (today - newest).days
        words = f"最新一条信息为{newest.isoformat()}，距今{age}天"
    return Violation(
        url=column.url,
        summary=f"“{column.name}”栏目{words}，超过{limit.title()}的更新期限。",
        observed={
            "newest": newest.isoformat() if newest else None,
            "age_days": age,
            "limit_days": limit.in_days(today),
            "undated": fresh.undated,
            "column_kind": column.kind.value,
            "level": column.level,
        },
        expected={"newest_on_or_after": limit.oldest(today).isoformat(), "limit": limit.title()},
        frame=Frame(text=newest.isoformat()) if newest else None,
    )


CHECK = Check(
    id="column.stale",
    title="栏目长期未更新",
    basis="国办秘函〔2019〕19号；各考核办法的更新期限",
    params=Params,
    subjects=subjects,
    judge=judge,
)
