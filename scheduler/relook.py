"""How one finding is looked at again: its pages or its account, the same question, a second look, proof."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from checks.runner import WHOLE_TARGET
from crawler.address import canonical
from crawler.crawl import crawl
from crawler.fetching import fetch
from crawler.plan import SitePlan
from crawler.runfolder import RunFolder, WalkError
from domain.check import Question, Subject
from domain.finding import LEAKS, EvidenceFile, Finding, Verdict
from domain.observation import CHINA
from domain.outcome import Inconclusive, Outcome, Pass, Violation
from domain.snapshot import FetchStatus
from domain.target import Registry
from domain.walk import Sighting, Walk
from evidence.bundle import EvidenceStore
from evidence.look import Look, LookRequest
from scheduler.asking import Asking
from scheduler.browsing import Browsing, sightings_of
from scheduler.desk import NightStore, Place
from scheduler.heads import EarlierHeads
from scheduler.judging import SiteWork, judge_site
from scheduler.lastseen import is_address, met
from scheduler.looking import with_looks
from scheduler.mending import seal_mended
from scheduler.newsroom import Newsroom
from scheduler.proving import Prover
from scheduler.refetch import MOST_PAGES, Fresh, fetch_again, pages_of
from scheduler.reporting import outlived
from storage.runs import Run

WIDE = frozenset(
    {
        "column.missing",
        "annual-report.missing",
        "policy.no-interpretation",
        "policy.late-interpretation",
        "consultation.no-feedback",
        "interaction.no-channel",
        "interaction.unanswered",
    }
)
"""Checks whose finding may be mended anywhere on the site: they need a whole walk of it."""

GONE = "复查时，该对象已不存在"
GONE_PAGE = "复查时，该页面已不存在"
CLEAN = "复查时，页面正常打开，已没有这一问题"
YEAR_OVER = "该年度已过，现在检查的是下一年度的年报，是否整改由人工认定"
CONTRADICTED = "复查时普通访问与浏览器所见不一致，待下一次巡检"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One recheck under way."""

    place: Place
    store: NightStore
    registry: Registry
    finding: Finding
    questions: tuple[Question, ...]
    run: Run
    folder: RunFolder
    browsing: Browsing
    as_of: datetime

    @property
    def key(self) -> tuple[str, str]:
        """Unit and subject."""
        return (self.finding.unit, self.finding.subject)


def verdict_of(task: Task, outcome: Outcome) -> Verdict:
    """A verdict on the finding's subject."""
    finding = task.finding
    return Verdict(
        check=finding.check,
        target_kind=finding.target_kind,
        target=finding.target,
        subject=Subject(key=finding.subject, unit=finding.unit, name=finding.subject_name),
        outcome=outcome,
    )


def look_at_account(task: Task) -> tuple[Verdict, Sequence[EvidenceFile]]:
    """The account's source read anew, and what it shows proven."""
    place = task.place
    newsroom = Newsroom(
        registry=task.registry,
        questions=task.questions,
        store=task.store,
        data=place.data,
        folder=task.folder,
        browsing=task.browsing,
        policy=place.policy(task.registry),
        clock=place.clock,
        as_of=task.as_of,
        origin=place.data,
        delay=place.pause,
        pictures=place.screenshots,
    )
    newsroom.survey([task.finding.target])
    work = newsroom.work_at(task.finding.target)
    verdict = _own(task, work.verdicts, None, whole=True)
    if isinstance(verdict.outcome, Violation):
        proofs = _prover(task).prove_work(replace(work, verdicts=[verdict]), place.data)
        return verdict, next(iter(proofs.values()), ())
    pages = work.reading.pages
    snapshots = tuple(page.snapshot for page in pages)
    body = next((page.body for page in pages if page.body), None)
    return verdict, seal_mended(_prover(task), verdict, task.finding, snapshots, body, None)


def look_at_site(task: Task) -> tuple[Verdict, Sequence[EvidenceFile]]:
    """The pages that the finding rests on, else the whole site, and what they show proven."""
    asking = asking_of(task, task.finding.target)
    walk, last = last_seen(task)
    if walk is not None and task.finding.check not in WIDE:
        addresses = pages_of(task.finding, last, asking.site, walk)
        if len(addresses) <= MOST_PAGES:
            fresh = fetch_pages(task, asking, walk, addresses)
            # A column that is gone may have moved: only a walk of the whole site tells.
            whole = fresh.all_seen and not task.finding.check.startswith("column.")
            verdict, work = judge(task, asking, fresh.walk, whole=whole)
            if not isinstance(verdict.outcome, Inconclusive):
                return verdict, prove(task, asking, verdict, work, fresh.sightings)
    walked = _walk(task, asking)
    verdict, work = judge(task, asking, walked, whole=walked.complete)
    return verdict, prove(task, asking, verdict, work, walked.sightings)


def asking_of(task: Task, site_id: str) -> Asking:
    """What is asked of a site besides its walk."""
    site = task.registry.site(site_id)
    return Asking(
        site=site,
        registry=task.registry,
        questions=task.questions,
        as_of=task.as_of,
        first_seen=task.store.first_seen(site.id),
        probes=task.store.probe_series(site.id, task.as_of),
        heads=EarlierHeads.before(task.store, task.place.data, task.as_of).of(site.id),
    )


def last_seen(task: Task) -> tuple[Walk | None, Violation | None]:
    """The latest kept walk of the site, and what the finding rested on in it."""
    finding = task.finding
    run = task.store.latest_run_with("site", finding.target)
    if run is None:
        return None, None
    own = [
        verdict.outcome
        for verdict in task.store.outcomes(run, finding.target)
        if verdict.check == finding.check and (verdict.subject.unit, verdict.subject.key) == task.key
    ]
    last = next((outcome for outcome in own if isinstance(outcome, Violation)), None)
    folder = RunFolder(task.place.data / "runs" / run, task.place.data / "bodies")
    try:
        walk = folder.read_walk(finding.target)
    except (WalkError, OSError):
        return None, last
    return (walk if walk.sightings else None), last


def fetch_pages(task: Task, asking: Asking, walk: Walk, addresses: Sequence[str]) -> Fresh:
    """Some pages of a walk asked for anew; they are kept as the recheck's own walk of the site."""
    policy = task.place.policy(task.registry)
    day = task.as_of.astimezone(CHINA).date()
    fresh = fetch_again(
        walk,
        asking.site,
        addresses,
        lambda url: fetch(url, policy, at=task.place.clock()),
        task.folder,
        day,
        task.place.pause,
    )
    task.folder.write_walk(replace(walk, sightings=fresh.sightings))
    return fresh


def _walk(task: Task, asking: Asking) -> Walk:
    """The whole site walked anew."""
    request = replace(task.place.request(task.registry), as_of=task.as_of)
    plan = request.plan([SitePlan(site=asking.site)], task.place.clock())
    task.folder.site_path(asking.site.id).unlink(missing_ok=True)
    for _ in crawl(plan, task.folder.path, task.folder.bodies, processes=1):
        pass
    return task.folder.read_walk(asking.site.id)


def judge(task: Task, asking: Asking, walk: Walk, *, whole: bool) -> tuple[Verdict, SiteWork]:
    """The finding's question asked of a walk; what plain HTTP finds mended the browser must see so too."""
    work = judge_site(asking, walk, browsing=task.browsing, pictures=task.place.screenshots)
    verdict = _own(task, work.verdicts, work.walk, whole=whole)
    if isinstance(verdict.outcome, Pass):
        verdict, work = _second_look(task, asking, verdict, work)
    return verdict, work


def _own(task: Task, verdicts: Sequence[Verdict], walk: Walk | None, *, whole: bool) -> Verdict:
    """What was said of the finding's subject; one that is gone is mended only where all of it was seen."""
    for verdict in verdicts:
        if (verdict.subject.unit, verdict.subject.key) == task.key:
            return verdict
    gap = next((v.outcome for v in verdicts if v.subject.key == WHOLE_TARGET), None)
    if isinstance(gap, Inconclusive):
        return verdict_of(task, gap)
    if outlived([task.finding], task.as_of):
        return verdict_of(task, Inconclusive(reason=YEAR_OVER))
    if not whole:
        return verdict_of(task, Inconclusive(reason="有页面没有看到，不能说明该对象已不存在"))
    return verdict_of(task, Pass(reason=_absence(task, walk)))


def _absence(task: Task, walk: Walk | None) -> str:
    """Why nothing is said of the subject any more: its page is gone, or stands without the lapse."""
    subject = task.finding.subject
    if walk is None or not is_address(subject):
        return GONE
    match met(walk, [subject]).get(canonical(subject)):
        case FetchStatus.GONE:
            return GONE_PAGE
        case FetchStatus.OK:
            return CLEAN
        case _:
            return GONE


def _second_look(task: Task, asking: Asking, verdict: Verdict, work: SiteWork) -> tuple[Verdict, SiteWork]:
    """The browser's word on what plain HTTP found mended: a mend that only one of them sees is none yet."""
    wanted = [LookRequest(url=url, private=task.finding.check in LEAKS) for url in shown(task, work.walk)]
    if not task.place.screenshots or not wanted:
        return verdict, work
    looks: dict[str, Look] = {}
    seen: dict[str, Any] = {}
    for request, look in task.browsing.look(wanted):
        looks[request.url] = look
        seen |= sightings_of(look, task.as_of.astimezone(CHINA).date())
    if not any(found.snapshot.status is FetchStatus.OK for found in seen.values()):
        return verdict, replace(work, looks=looks)
    walk = with_looks(work.walk, seen)
    again = _own(task, asking.judge(walk), walk, whole=True)
    if isinstance(again.outcome, Violation):
        verdict = replace(verdict, outcome=Inconclusive(reason=CONTRADICTED))
    return verdict, replace(work, looks=looks)


def shown(task: Task, walk: Walk) -> list[str]:
    """The addresses that show a mend, the most telling first: where the subject's page is gone, that page."""
    finding = task.finding
    urls = [url for url in (finding.url, finding.subject) if is_address(url)]
    found = met(walk, urls)
    gone = [url for url in urls if found.get(canonical(url)) is FetchStatus.GONE]
    return list(dict.fromkeys([*gone, finding.url] if is_address(finding.url) else gone))


def _prover(task: Task) -> Prover:
    return Prover(
        store=task.store,
        seals=EvidenceStore(task.place.data),
        folder=task.folder,
        registry=task.registry,
        run=task.run,
        clock=task.place.clock,
    )


def prove(
    task: Task, asking: Asking, verdict: Verdict, work: SiteWork, fresh: Sequence[Sighting]
) -> Sequence[EvidenceFile]:
    """The evidence of what a recheck saw: of the lapse, or of its mend with the page and its picture."""
    if isinstance(verdict.outcome, Violation):
        proofs = _prover(task).prove_site(asking.site, replace(work, verdicts=[verdict]))
        return next(iter(proofs.values()), ())
    if not isinstance(verdict.outcome, Pass):
        return ()
    addresses = shown(task, work.walk)
    by_url = {canonical(one.snapshot.url): one.snapshot for one in reversed(fresh) if one.role != "link"}
    links = {canonical(one.snapshot.url): one.snapshot for one in fresh if one.role == "link"}
    known = links | by_url
    here = [known[key] for key in map(canonical, [*addresses, task.finding.subject]) if key in known]
    snapshots = tuple(dict.fromkeys(here))
    body = task.folder.body(snapshots[0].body) if snapshots and snapshots[0].body else None
    look = next((work.looks[url] for url in addresses if url in work.looks), None)
    return seal_mended(_prover(task), verdict, task.finding, snapshots, body, look)
