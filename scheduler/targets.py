"""The work at one target, step by step: what a scan does with all of them, for processes that do one each."""

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from checks.runner import ask, merge
from crawler.accounts import gather, observe_account
from crawler.crawl import crawl
from crawler.fetching import Fetched, fetch
from crawler.guard import GuardPolicy
from crawler.plan import SitePlan
from crawler.readings import keep_reading
from crawler.runfolder import RunFolder
from domain.check import Question
from domain.finding import Verdict
from domain.observation import Peer
from domain.outcome import Inconclusive, Violation
from domain.walk import Walk
from evidence.bundle import EvidenceStore
from scheduler.browsing import open_browsing
from scheduler.likeness import Peers
from scheduler.looks import keep_looks
from scheduler.proving import Prover
from scheduler.rejudge import compare_reports
from scheduler.reporting import account_trouble, enumerated_checks, report_of, site_trouble
from scheduler.request import ScanRequest
from scheduler.sitework import Asking, judge_site
from schemes.scheme import questions
from storage.leases import Lease
from storage.runs import Run, TargetReport
from storage.store import Store

PEERS = "peers.json"
"""In a run's folder: which annual reports are alike, written when all sites are walked."""

_PEERS = msgspec.json.Decoder(dict[str, dict[str, tuple[Peer, ...]]])


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What work at a target of a run needs. `still_ours` raises FenceError once another has the target."""

    store: Store
    run: Run
    request: ScanRequest
    folder: RunFolder
    lease: Lease
    still_ours: Callable[[], None]

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked, by the registry's schemes."""
        return questions(self.request.registry.schemes)

    def asked(self, kind: str) -> set[str]:
        """The checks that are asked of sites or of accounts."""
        return {question.check.id for question in self.questions if question.check.of == kind}

    def prover(self) -> Prover:
        """Who seals the evidence."""
        return Prover(
            store=self.store,
            seals=EvidenceStore(self.request.data),
            folder=self.folder,
            registry=self.request.registry,
            run=self.run,
            clock=self.request.clock,
        )


def walk_site(bench: Bench, site_id: str, attempts: Path) -> str:
    """Walks a site into a folder of this attempt; only a walk that ended under a valid lease is kept."""
    request = bench.request
    attempt = RunFolder(attempts / f"{bench.lease.fence}-{os.getpid()}-{site_id}", bench.folder.bodies)
    plan = request.plan([SitePlan(site=request.registry.site(site_id))], request.clock())
    try:
        for _ in crawl(plan, attempt.path, attempt.bodies, processes=1):
            bench.still_ours()
        walk = attempt.read_summary(site_id)
        _hand_over(attempt.path, bench)
    finally:
        shutil.rmtree(attempt.path, ignore_errors=True)
    return f"采集{'完整' if walk is not None and walk.complete else '不完整'}"


def _hand_over(attempt: Path, bench: Bench) -> None:
    """Moves an attempt's files into the run's folder, the plan left out."""
    files = [path for path in sorted(attempt.rglob("*")) if path.is_file() and path.name != "plan.json"]
    bench.store.demand_lease(bench.lease)
    for path in files:
        place = bench.folder.path / path.relative_to(attempt)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, place)


def compare_walked(bench: Bench) -> int:
    """Compares the annual reports of a run's sites and keeps what is alike; gives for how many sites."""
    sites = [target.target for target in bench.store.targets(bench.run.id) if target.kind == "site"]
    alike = compare_reports(bench.folder, bench.request.registry, sites, bench.questions, bench.request.as_of)
    keep_peers(bench.folder, alike)
    return sum(bool(found) for found in alike.values())


def keep_peers(folder: RunFolder, alike: Peers) -> None:
    """Writes what is alike beside the walks."""
    partial = folder.path / f".{PEERS}.{os.getpid()}"
    partial.write_bytes(msgspec.json.encode(alike))
    os.replace(partial, folder.path / PEERS)


def read_peers(folder: RunFolder) -> Peers:
    """What was found alike; nothing where nothing was compared."""
    try:
        return _PEERS.decode((folder.path / PEERS).read_bytes())
    except FileNotFoundError:
        return {}


def judge_one_site(bench: Bench, site_id: str) -> str:
    """Judges a walked site, looks again, proves and takes in. Raises FenceError when the target is lost."""
    request = bench.request
    site = request.registry.site(site_id)
    asking = Asking(
        site=site,
        registry=request.registry,
        questions=bench.questions,
        as_of=request.as_of,
        first_seen=bench.store.first_seen(site_id),
        peers=read_peers(bench.folder).get(site_id, {}),
    )
    walk = bench.folder.read_walk(site_id)
    with open_browsing(
        configured=request.browser,
        clock=request.clock,
        hosts=request.hosts,
        networks=request.networks,
        pause=request.delay,
    ) as browsing:
        work = judge_site(asking, walk, browsing=browsing, pictures=request.screenshots)
    bench.store.demand_lease(bench.lease)
    keep_looks(bench.folder, site_id, work)
    evidence = bench.prover().prove_site(site, work)
    bench.store.take_in(
        bench.run.id,
        site_id,
        work.verdicts,
        evidence,
        request.as_of,
        report=report_of(work.walk),
        enumerated=_enumerated(bench, work.walk, work.verdicts),
        items=_item_addresses(work.walk),
        lease=bench.lease,
    )
    return _tally(work.verdicts, site_trouble(work.walk))


def judge_account(bench: Bench, account_id: str) -> str:
    """Fetches an account's source, judges, proves and takes in."""
    request = bench.request
    account = next(one for one in request.registry.accounts if one.id == account_id)
    policy = GuardPolicy(hosts=request.hosts, networks=request.networks)

    def ask_for(url: str) -> Fetched:
        bench.still_ours()
        return fetch(url, policy, at=request.clock())

    reading = gather(account, ask_for, beside=request.origin, at=request.as_of)
    bench.store.demand_lease(bench.lease)
    keep_reading(bench.folder, reading)
    observation = observe_account(account, request.registry, reading, as_of=request.as_of)
    verdicts = merge(ask(bench.questions, observation))
    trouble = account_trouble(verdicts)
    bench.store.take_in(
        bench.run.id,
        account_id,
        verdicts,
        bench.prover().prove_account(account, reading, verdicts),
        request.as_of,
        kind="account",
        report=TargetReport(kind="account", target=account_id, complete=True),
        enumerated=frozenset() if trouble else enumerated_checks(bench.asked("account"), verdicts),
        lease=bench.lease,
    )
    return _tally(verdicts, trouble)


def _enumerated(bench: Bench, walk: Walk, verdicts: Iterable[Verdict]) -> frozenset[str]:
    """Checks whose cases end when their subject is gone: none, unless the whole site was seen."""
    if not walk.complete or site_trouble(walk):
        return frozenset()
    return enumerated_checks(bench.asked("site"), verdicts)


def _item_addresses(walk: Walk) -> list[str]:
    found: dict[str, None] = {}
    for sighting in walk.sightings:
        if sighting.page is not None and sighting.role != "link":
            found |= dict.fromkeys(item.url for item in sighting.page.items)
    return list(found)


def _tally(verdicts: Iterable[Verdict], trouble: str) -> str:
    outcomes = [verdict.outcome for verdict in verdicts]
    violations = sum(isinstance(outcome, Violation) for outcome in outcomes)
    unseen = sum(isinstance(outcome, Inconclusive) for outcome in outcomes)
    return f"违规 {violations} 项，无法判定 {unseen} 项" + (f"，{trouble}" if trouble else "")
