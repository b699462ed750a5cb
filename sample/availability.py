"""A week of availability probes of some sites, and what a careful reader concludes (site.unreachable)."""

from dataclasses import dataclass
from datetime import timedelta

from domain.observation import ProbeSeries
from sample.moment import AS_OF
from sample.truth import Expected


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
