"""The sites of a scan: taken through walking and judging, proven, stored, their annual reports compared."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial

from domain.finding import MENDED_STATES, CaseState, Finding, Verdict
from domain.observation import CHINA
from domain.outcome import Value, Violation
from domain.passlist import drawn
from domain.target import Site
from domain.walk import Sighting
from evidence.look import Look
from scheduler.circumstances import network_of
from scheduler.earlier import KnownCases
from scheduler.flow import Looks, Passage
from scheduler.heads import EarlierHeads
from scheduler.jury import Bench, Jury
from scheduler.lastseen import is_address, left_open
from scheduler.looks import COMPARED, keep_part
from scheduler.mending import prove_mends
from scheduler.onrecord import unjudged
from scheduler.progress import Remark
from scheduler.reporting import as_report, enumerated_checks, outlived
from scheduler.sitework import look_again
from scheduler.spreading import flow_of
from scheduler.tasks import LIKENESS, Brief, Compare, Compared, Failed, Opinion, Settle
from scheduler.terms import terms_kept
from scheduler.undertaking import Scan
from scheduler.vitals import Tolerance
from scheduler.withholding import Evidence, Gate, held_verdicts
from schemes.scheme import load_all, questions
from storage.runs import Run, TargetReport
from storage.store import Store

log = logging.getLogger(__name__)

ENDED = MENDED_STATES | {CaseState.DISMISSED}


def jury_of(scan: Scan) -> Jury:
    """Processes that judge the sites of a scan; to be used as a context manager."""
    return Jury(_brief(scan))


def scan_sites(scan: Scan, sites: Sequence[str], jury: Jury) -> None:
    """Takes sites through: walked, judged, and taken in unless the night is held."""
    if not sites:
        return
    gate = gate_of(scan)
    gate.open()
    walk_sites(scan, sites, gate.bring, jury, gate.night)
    gate.settle()
    scan.held = gate.held


def gate_of(scan: Scan) -> Gate:
    """What stands between judging sites and taking them in."""
    terms = terms_kept(scan.store)
    return Gate(
        scan=scan,
        take=lambda opinion, evidence: _take_site(scan, opinion, evidence),
        tolerance=Tolerance(share=terms.held_share, least=terms.held_least),
        most_nights=terms.held_nights,
    )


def walk_sites(
    scan: Scan,
    sites: Sequence[str],
    bring: Callable[[Opinion, Evidence], None],
    jury: Jury,
    night: Callable[[], Mapping[str, Value]] = dict,
) -> None:
    """Walks, judges and proves sites; `bring` is given what each came to.

    `night` says how the network has been so far, for the record of each finding.
    """
    request = scan.request
    flow = flow_of(
        scan.run if request.timetable else None,
        request.clock,
        folder=scan.folder,
        browsing=scan.browsing,
        pictures=request.screenshots,
        today=request.as_of.astimezone(CHINA).date(),
        plan=lambda plans: request.plan(plans, request.clock()),
        finish=lambda opinion, looks: _finish(scan, opinion, looks, bring, night()),
        fail=lambda site, failed: _take_failed(scan, site, failed),
        tell=scan.tell,
    )
    flow.run(_passages(scan, sites), jury)


def _finish(
    scan: Scan,
    opinion: Opinion,
    looks: Looks,
    bring: Callable[[Opinion, Evidence], None],
    night: Mapping[str, Value],
) -> None:
    """Brings a judged site with its evidence. Passes that cases stand against are told one by one: they may
    be mended.
    """
    cases = scan.store.findings(target=opinion.site, with_evidence=False)
    known = {(one.check, one.target, one.unit, one.subject) for one in cases}
    single, passes = drawn(opinion.passes, known)
    opinion = replace(opinion, verdicts=[*opinion.verdicts, *single], passes=passes)
    bring(opinion, _prove(scan, opinion, looks, night))


def _passages(scan: Scan, sites: Sequence[str]) -> Iterator[Passage]:
    store, request = scan.store, scan.request
    known = {site: _known_cases(store, site) for site in sites}
    plans = scan.night.plans([request.registry.site(site) for site in sites], known)
    scan.result.carried = sum(plan.previous is not None for plan in plans)
    earlier = EarlierHeads.before(store, request.data, request.as_of)
    for plan in plans:
        site = plan.site
        yield Passage(
            site=site,
            plan=plan,
            first_seen=store.first_seen(site.id),
            probes=store.probe_series(site.id, request.as_of),
            read_heads=cache(partial(earlier.of, site.id)),
        )


def _known_cases(store: Store, site: str) -> KnownCases:
    """Addresses that cases were ever about: whether the lapse is mended or back is looked at every night."""
    ever: dict[str, None] = {}
    for finding in store.findings(target=site, with_evidence=False):
        ever |= dict.fromkeys(url for url in (finding.url, finding.subject) if is_address(url))
    return KnownCases(ever=tuple(ever), open=tuple(one.subject for one in _open_pages(store, site)))


def _open_pages(store: Store, site: str) -> list[Finding]:
    """The open findings about single pages of a site: not about its columns or the site as such."""
    return [
        finding
        for finding in store.findings(target=site, with_evidence=False)
        if finding.state not in ENDED
        and is_address(finding.subject)
        and not finding.check.startswith(("column.", "site."))
    ]


def _brief(scan: Scan) -> Brief:
    schemes = load_all()
    return Brief(
        registry=scan.request.registry,
        schemes={name: schemes[name] for name in scan.request.registry.schemes},
        as_of=scan.request.as_of,
        folder=str(scan.folder.path),
        bodies=str(scan.folder.bodies),
    )


def _prove(scan: Scan, opinion: Opinion, looks: Looks, night: Mapping[str, Value]) -> Evidence:
    site = scan.request.registry.site(opinion.site)
    probes = scan.store.probe_series(site.id, scan.request.as_of)
    network = {**network_of(opinion.gaps, probes), **night}
    proofs = scan.prover.prove_verdicts(site, opinion.verdicts, opinion.plain, looks, network)
    return {**proofs, **prove_mends(scan.prover, site.id, opinion.verdicts)}


def _take_site(scan: Scan, opinion: Opinion, evidence: Evidence) -> None:
    site = scan.request.registry.site(opinion.site)
    unmet = left_open(_open_pages(scan.store, site.id), opinion.verdicts, opinion.met)
    unmet = [verdict for verdict in unmet if verdict.check in scan.asked("site") - LIKENESS]
    opinion = replace(opinion, verdicts=[*opinion.verdicts, *unmet])
    scan.store.take_in(
        scan.run.id,
        site.id,
        opinion.verdicts,
        evidence,
        scan.request.as_of,
        report=as_report(opinion.gaps),
        enumerated=_enumerated(scan, opinion) - _outlived(scan, site.id),
        items=opinion.items,
        passes=opinion.passes,
    )
    scan.result.pages += opinion.pages
    scan.result.requests += opinion.asked
    scan.result.kept += opinion.kept
    scan.note(site.id, opinion.verdicts, opinion.trouble, opinion.passes)


def _take_failed(scan: Scan, site_id: str, failed: Failed) -> None:
    """A site that could not be judged because of us: everything about it is inconclusive."""
    verdicts = take_unjudged(scan.store, scan.run, scan.request.registry.site(site_id), failed)
    if failed.trace:
        log.error("site %s could not be judged\n%s", site_id, failed.trace)
    scan.note(site_id, verdicts, failed.words)


def take_unjudged(store: Store, run: Run, site: Site, failed: Failed) -> list[Verdict]:
    """Puts on record that a site could not be judged: nobody is accused, nothing is mended."""
    asked = [one for one in questions(store.registry(run.id).schemes) if one.check.of == "site"]
    verdicts = unjudged(site.id, site.unit, asked, failed)
    report = TargetReport(complete=False, note=failed.words)
    store.take_in(run.id, site.id, verdicts, {}, run.as_of, report=report)
    return verdicts


def _enumerated(scan: Scan, opinion: Opinion) -> frozenset[str]:
    """Checks whose cases end when their subject is gone: none, unless the whole site was seen."""
    if not opinion.gaps.complete or opinion.trouble:
        return frozenset()
    return enumerated_checks(scan.asked("site") - LIKENESS, opinion.verdicts)


def _outlived(scan: Scan, site: str) -> frozenset[str]:
    """Checks of the site with open cases of an earlier year, which this year's questions do not name."""
    cases = [one for one in scan.store.findings(target=site, with_evidence=False) if one.state not in ENDED]
    return outlived(cases, scan.request.as_of)


def compare_reports(scan: Scan, jury: Jury) -> None:
    """When all sites have been read: likeness among their annual reports, looked at again like all lapses."""
    done = scan.folder.finished_sites()
    sites = tuple(target for kind, target in scan.request.targets if kind == "site" and target in done)
    if not sites or not scan.asked("site") & LIKENESS:
        return
    whole = {report.target for report in scan.store.targets(scan.run.id) if report.complete}
    with Bench(jury) as bench:
        compared = bench.ask(Compare(sites=sites))
        if not isinstance(compared, Compared):
            why = compared.words if isinstance(compared, Failed) else ""
            scan.tell(Remark(words=f"各网站的年报没有比对：{why}"))
            return
        for site in sites:
            enumerated = LIKENESS - _outlived(scan, site) if site in whole else frozenset()
            _take_likeness(scan, site, compared, bench, enumerated)


def _take_likeness(
    scan: Scan, site_id: str, compared: Compared, bench: Bench, listed: frozenset[str]
) -> None:
    verdicts = compared.verdicts.get(site_id, [])
    if site_id in scan.held:
        verdicts, listed = held_verdicts(verdicts, scan.held[site_id]), frozenset()
    looks: dict[str, Look] = {}
    plain: Mapping[str, Sighting] = {}
    if any(isinstance(verdict.outcome, Violation) for verdict in verdicts):
        if scan.browsing.pool is not None and scan.request.screenshots:
            today = scan.request.as_of.astimezone(CHINA).date()
            looks, seen = look_again(verdicts, scan.browsing, today)
            keep_part(scan.folder, site_id, COMPARED, seen)
        settled = bench.ask(Settle(site=site_id, peers=compared.peers[site_id]))
        if not isinstance(settled, Opinion):
            return
        verdicts, plain = settled.verdicts, settled.plain
    site = scan.request.registry.site(site_id)
    evidence = scan.prover.prove_verdicts(site, verdicts, plain, looks)
    scan.store.take_in_more(
        scan.run.id,
        site_id,
        verdicts,
        evidence,
        scan.request.as_of,
        enumerated=enumerated_checks(listed, verdicts),
    )
    scan.result.count(verdicts)
