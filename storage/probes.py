"""Availability probes: each a fact of its own, and the series of a window that site.unreachable judges."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from domain.observation import ProbeSeries
from storage.night_tables import probes

WINDOW_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One visit of a home page. `counts` False: the visit says nothing of the site (our own line failed,
    a firewall sent us away, a planned closure); `elapsed_ms` runs from the request to the last byte.
    """

    site: str
    at: datetime
    ok: bool
    counts: bool = True
    status: str = "ok"
    http_status: int | None = None
    elapsed_ms: int | None = None
    detail: str = ""


def keep(connection: Connection, found: Iterable[Probe]) -> None:
    """Appends probes."""
    rows = [{name: getattr(one, name) for name in Probe.__slots__} for one in found]
    if rows:
        connection.execute(insert(probes), rows)


def series(connection: Connection, site: str, until: datetime, days: int = WINDOW_DAYS) -> ProbeSeries | None:
    """What the probes that count say of the days before `until`; None when there is none.

    A day is the 24 hours that end at `until`'s time of day, so that the window holds whole days only.
    """
    since = until - timedelta(days=days)
    rows = connection.execute(
        select(probes.c.at, probes.c.ok).where(
            probes.c.site == site, probes.c.counts.is_(True), probes.c.at > since, probes.c.at <= until
        )
    ).all()
    if not rows:
        return None
    by_day = Counter((until - row.at) // timedelta(days=1) for row in rows)
    return ProbeSeries(
        since=since,
        until=until,
        probes=len(rows),
        failed=sum(not row.ok for row in rows),
        days_covered=len(by_day),
        fewest_a_day=min(by_day.values()),
    )


def latest(connection: Connection, since: datetime) -> list[Probe]:
    """The probes since a moment, oldest first."""
    rows = connection.execute(select(probes).where(probes.c.at >= since).order_by(probes.c.number))
    return [Probe(**{name: getattr(row, name) for name in Probe.__slots__}) for row in rows]


def drop_before(connection: Connection, moment: datetime) -> int:
    """Forgets probes older than a moment; gives how many."""
    return connection.execute(delete(probes).where(probes.c.at < moment)).rowcount
