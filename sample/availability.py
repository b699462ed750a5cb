"""A week of availability probes of some sites, and what a careful reader concludes (site.unreachable).

They are no pages: a data folder gets them before the scan (`visits` into its store), or they are judged as
they are. `truths` is what must come of them then; a scan without them leaves the check inconclusive.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.observation import ProbeSeries
from sample.model import SampleSite
from sample.moment import AS_OF
from sample.truth import Expected, Truth


@dataclass(frozen=True, slots=True)
class ProbedWeek:
    """The probes of one site's home page over the week before AS_OF."""

    site: str
    series: ProbeSeries
    expected: Expected
    why: str


def _week(probes: int, failed: int, days: int = 7, fewest: int = 20) -> ProbeSeries:
    return ProbeSeries(
        since=AS_OF - timedelta(days=7),
        until=AS_OF,
        probes=probes,
        failed=failed,
        days_covered=days,
        fewest_a_day=fewest,
    )


PROBED_WEEKS = (
    ProbedWeek("s13", _week(140, 140), Expected.VIOLATION, "一次也没有打开"),
    ProbedWeek("s09", _week(140, 7), Expected.VIOLATION, "7/140恰为5%，“达到”即算"),
    ProbedWeek("s50", _week(168, 31, fewest=24), Expected.VIOLATION, "多次打开用时15秒以上"),
    ProbedWeek("s01", _week(140, 6), Expected.PASS, "6/140不到5%"),
    ProbedWeek("s02", _week(60, 30, days=3), Expected.INCONCLUSIVE, "只探测了三天"),
    ProbedWeek("s03", _week(133, 40, fewest=13), Expected.INCONCLUSIVE, "有一天只探测了13次"),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """One probe of a week: when, and whether the home page came in time."""

    site: str
    at: datetime
    ok: bool


def visits(week: ProbedWeek) -> Iterator[Visit]:
    """The single probes that make up a week, spread over each of its days, the failures among the latest."""
    series = week.series
    others = series.days_covered - 1
    on_others = (series.probes - series.fewest_a_day) // others if others else 0
    made = 0
    for day in range(series.days_covered):
        number = on_others if day else series.fewest_a_day
        for index in range(number):
            at = AS_OF - timedelta(days=day) - index * timedelta(days=1) / number
            yield Visit(week.site, at, ok=made >= series.failed)
            made += 1


def truths(sites: Iterable[SampleSite]) -> tuple[Truth, ...]:
    """What the weeks must come to, as truths about the home pages."""
    by_id = {site.id: site for site in sites}
    return tuple(
        Truth(
            check="site.unreachable",
            unit=by_id[week.site].unit,
            target=week.site,
            subject=f"@@{week.site}@@{by_id[week.site].home}",
            expected=week.expected,
            why=week.why,
            observed={"failed": week.series.failed, "probes": week.series.probes}
            if week.expected is Expected.VIOLATION
            else {},
        )
        for week in PROBED_WEEKS
    )
