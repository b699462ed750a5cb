"""Days left: how long each column and account may still wait before its limit runs out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from checks.column.stale import Params as ColumnParams
from checks.column.stale import freshness_below, limit_of
from checks.media.stale import Params as MediaParams
from domain.check import Question
from domain.limit import Limit
from domain.observation import CHINA, AccountObservation, Column, Seen, SiteObservation, UnseenError

SOON = 7
"""Days left from which on a limit is near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a column or account stands on a day against its strictest limit.

    `days_left` None: it has no limit, or its newest date is not known; `gap` then says why. Below zero: over.
    `plight` is a mark of its own where dates do not tell: undated, empty.
    """

    newest: date | None = None
    limit: str = ""
    days_left: int | None = None
    last_day: date | None = None
    gap: str = ""
    plight: str = ""

    @property
    def mark(self) -> str:
        """over, soon, fine, undated, empty, unseen or free, for colours and words."""
        if self.plight:
            return self.plight
        if self.days_left is not None:
            return "over" if self.days_left < 0 else "soon" if self.days_left <= SOON else "fine"
        return "unseen" if self.gap else "free"


MARKS = {
    "over": "已超期",
    "soon": "临近期限",
    "fine": "在期限内",
    "undated": "未标日期，视为未更新",
    "empty": "没有内容",
    "unseen": "没有看到",
    "free": "无期限要求",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLine:
    """A column of the tree with its standing; `depth` is 0 for the top."""

    column: Column
    depth: int
    standing: Standing
    entries: int
    findings: int = 0


def column_lines(
    observation: SiteObservation, questions: Iterable[Question], units: frozenset[str] | None = None
) -> list[ColumnLine]:
    """The columns as a tree, parents before children. `units` None: of all units."""
    if not isinstance(observation.columns, Seen):
        return []
    columns = observation.columns.fact
    params = [q.params for q in questions if isinstance(q.params, ColumnParams)]
    by_url = {column.url: column for column in columns}
    below: dict[str | None, list[Column]] = {}
    for column in columns:
        parent = column.parent if column.parent in by_url and column.parent != column.url else None
        below.setdefault(parent, []).append(column)
    lines: list[ColumnLine] = []
    done: set[str] = set()

    def walk(parent: str | None, depth: int) -> None:
        for column in below.get(parent, ()):
            if column.url in done or depth > 12:
                continue
            done.add(column.url)
            if units is None or column.unit in units:
                standing = column_standing(column, by_url, params, observation.today)
                count = len(column.listing.fact.entries) if isinstance(column.listing, Seen) else 0
                lines.append(ColumnLine(column=column, depth=depth, standing=standing, entries=count))
            walk(column.url, depth + 1)

    walk(None, 0)
    return lines


def column_standing(
    column: Column, columns: dict[str, Column], params: Sequence[ColumnParams], today: date
) -> Standing:
    """How a column stands."""
    fresh, plight = freshness_below(column, columns, today), ""
    newest, gap = fresh.newest, fresh.gap
    if newest is None and not gap and isinstance(column.listing, Seen):
        if column.listing.fact.static and not column.listing.fact.entries:
            return Standing(limit="单页")
        plight = "undated" if fresh.undated else "" if fresh.future else "empty"
    if column.exempt:
        return Standing(newest=newest, limit="免检")
    if column.archived:
        return Standing(newest=newest, limit="归档")
    limits = [limit for each in params if (limit := limit_of(column, each)) is not None]
    standing = standing_of(newest, limits, gap, today)
    return replace(standing, plight=plight, gap="") if plight and limits else standing


def standing_of(newest: date | None, limits: Sequence[Limit], gap: str, today: date) -> Standing:
    """How the newest date stands against the strictest of some limits."""
    if not limits:
        return Standing(newest=newest, gap=gap if newest is None else "")
    limit = min(limits, key=lambda each: each.in_days(today))
    if newest is None:
        return Standing(limit=limit.title(), gap=gap or "没有可用的日期")
    last = last_day_of(newest, limit)
    left = (last - today).days
    if left < 0 and gap:
        # What was not seen may be newer: nothing is said against the column.
        return Standing(newest=newest, limit=limit.title(), gap=gap)
    return Standing(newest=newest, limit=limit.title(), days_left=left, last_day=last)


def last_day_of(newest: date, limit: Limit) -> date:
    """The last day on which a date is still in time."""
    day = newest + timedelta(days=limit.days or limit.months * 28)
    while limit.oldest(day + timedelta(days=1)) <= newest:
        day += timedelta(days=1)
    return day


def account_standing(observation: AccountObservation, questions: Iterable[Question]) -> Standing:
    """How an account stands."""
    limits = [
        q.params.limit
        for q in questions
        if isinstance(q.params, MediaParams) and observation.account.kind not in q.params.exempt_kinds
    ]
    try:
        posts = [post for post in observation.posts.get() if not post.pinned]
    except UnseenError as error:
        return Standing(gap=str(error), limit=min((each.title() for each in limits), default=""))
    days = [p.posted_at.astimezone(CHINA).date() for p in posts if p.posted_at <= observation.as_of]
    return standing_of(max(days, default=None), limits, "", observation.today)
