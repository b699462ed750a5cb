"""The circumstances of a judgement: what was looked for, and how the network was that night. Pure."""

from collections.abc import Mapping

from domain.finding import Verdict
from domain.observation import ProbeSeries
from domain.outcome import Value
from domain.snapshot import STATUS_TITLES, FetchStatus
from domain.target import ColumnKind
from scheduler.gaps import WalkGaps
from schemes.columns import wordings

SOUGHT: Mapping[str, ColumnKind] = {
    "annual-report.missing": ColumnKind.ANNUAL_REPORT,
    "interaction.no-channel": ColumnKind.INTERACTION,
    "on-request.incomplete": ColumnKind.ON_REQUEST,
    "policy.no-interpretation": ColumnKind.POLICY_INTERPRETATION,
}
"""Checks that something is missing, and the kind of column that it would stand in."""

MOST_WORDS = 40


def sought(verdict: Verdict) -> tuple[str, ...]:
    """The wordings by which what is missing was looked for; nothing for checks of what is there."""
    kind = SOUGHT.get(verdict.check)
    if verdict.check == "column.missing" and verdict.subject.key in set(ColumnKind):
        kind = ColumnKind(verdict.subject.key)
    return wordings(kind)[:MOST_WORDS] if kind is not None else ()


def network_of(gaps: WalkGaps, probes: ProbeSeries | None = None) -> dict[str, Value]:
    """How the site's pages could be fetched in this walk, and what the probes of the days before say."""
    total = sum(gaps.counts.values())
    found: dict[str, Value] = {"本轮请求页面": total, "正常取到": gaps.counts.get(FetchStatus.OK.value, 0)}
    for status, count in sorted(gaps.counts.items()):
        if status != FetchStatus.OK.value:
            found[STATUS_TITLES[FetchStatus(status)]] = count
    found["栏目是否走完"] = "是" if gaps.complete else "否"
    if probes is not None:
        found["近期可用性探测"] = f"{probes.probes} 次，失败 {probes.failed} 次"
    return found
