"""What a run could not see and why, from what is stored: the other half of every result."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.address import canonical
from domain.finding import Verdict
from domain.outcome import Inconclusive
from domain.snapshot import STATUS_TITLES, FetchStatus
from domain.target import Registry
from scheduler.reporting import account_trouble
from scheduler.request import ScanRequest, ScanResult
from storage.runs import Run, TargetReport
from storage.store import Store

NOT_TAKEN_IN = "本轮没有完成"
NO_HOME = "首页没有取到"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """What was not seen at one target.

    `trouble` says why nothing could be judged (empty: something was). `gaps` counts the pages not seen by
    reason, `reasons` the inconclusive verdicts by reason. `note` says why a walk ended early.
    """

    kind: str
    target: str
    name: str
    unit: str
    trouble: str = ""
    note: str = ""
    complete: bool = True
    gaps: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Nothing was missed."""
        return self.complete and not (self.trouble or self.note or self.gaps or self.reasons)


def unseen_of(
    registry: Registry, reports: Iterable[TargetReport], verdicts: Iterable[Verdict]
) -> list[Unseen]:
    """What a run missed, target by target, whole ones too."""
    by_target: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        by_target.setdefault((verdict.target_kind, verdict.target), []).append(verdict)
    places = {("site", site.id): site for site in registry.sites} | {
        ("account", account.id): account for account in registry.accounts
    }
    found = []
    for report in reports:
        place = places.get((report.kind, report.target))
        here = by_target.get((report.kind, report.target), [])
        found.append(
            Unseen(
                kind=report.kind,
                target=report.target,
                name=place.name if place else report.target,
                unit=place.unit if place else "",
                trouble=trouble_of(registry, report, here),
                note=report.note,
                complete=report.complete and report.state != "pending",
                gaps=Counter(gap.get("reason", "") for gap in report.gaps),
                reasons=Counter(v.outcome.reason for v in here if isinstance(v.outcome, Inconclusive)),
            )
        )
    return found


def trouble_of(registry: Registry, report: TargetReport, verdicts: Sequence[Verdict]) -> str:
    """Why a target could not be judged at all; empty when anything of it was."""
    if report.state == "pending":
        return NOT_TAKEN_IN
    if report.kind == "account":
        return account_trouble(verdicts) or (report.note if not verdicts else "")
    if not report.counts.get(FetchStatus.OK.value):
        first = next((gap.get("reason", "") for gap in report.gaps), "")
        return report.note or first or NO_HOME
    home = next((canonical(site.home) for site in registry.sites if site.id == report.target), "")
    for gap in report.gaps:
        if gap.get("status") != FetchStatus.UNVISITED.value and canonical(gap.get("url", "")) == home:
            return gap.get("reason") or STATUS_TITLES[FetchStatus(gap["status"])]
    return ""


def result_of(store: Store, run: Run, request: ScanRequest) -> ScanResult:
    """What a run came to, read from the database, whoever did the work."""
    verdicts, reports = store.outcomes(run.id), store.targets(run.id)
    missed = unseen_of(request.registry, reports, verdicts)
    seconds = (run.ended or request.clock()) - run.started
    return ScanResult(
        run=run.id,
        as_of=run.as_of,
        data=request.data,
        database=store.address,
        evidence=request.data / "evidence",
        workbook=request.data / "reports" / f"{run.id}.xlsx",
        verdicts=list(verdicts),
        not_judged={one.target: one.trouble for one in missed if one.trouble},
        pages=sum(sum(report.counts.values()) for report in reports),
        pictures=store.pictures_of(run.id),
        seconds=seconds.total_seconds(),
        requests=run.counts.get("requests", 0),
        kept=run.counts.get("kept", 0),
        carried=sum(report.target in run.options.get("previous", {}) for report in reports),
    )
