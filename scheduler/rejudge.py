"""Judges a kept run again, offline: how an appeal is answered, how next year's rule is tried on old pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from checks.runner import ask, merge
from crawler.accounts import observe_account
from crawler.observe import observe
from crawler.readings import read_reading
from crawler.runfolder import RunFolder, WalkError
from domain.check import Question
from domain.finding import Verdict
from domain.observation import CHINA, Report, Seen
from domain.target import Registry
from scheduler.asking import Asking
from scheduler.backtest import UnitChange, told, unit_changes
from scheduler.deliberation import judge_kept
from scheduler.heads import EarlierHeads
from scheduler.likeness import LIKENESS, Peers, peers_of
from scheduler.looking import with_looks
from scheduler.looks import read_looks
from schemes.scheme import questions
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejudgement:
    """The verdicts of a kept run judged again, and in Chinese which units would change."""

    outcomes: list[Verdict]
    summary: str
    changes: tuple[UnitChange, ...] = ()


def judge_again(
    store: Store, data: Path, run: str | None, *, schemes: Sequence[str] = (), as_of: datetime | None = None
) -> Rejudgement:
    """Judges under other schemes or as of another moment; nothing is stored.

    Raises StoreError when there is no such run.
    """
    kept = store.run(run)
    registry = store.registry(kept.id)
    chosen = tuple(schemes) or registry.schemes
    moment = as_of or kept.as_of
    asked = questions(chosen)
    folder = RunFolder(data / "runs" / kept.id, data / "bodies")
    kept_on = kept.as_of.astimezone(CHINA).date()
    earlier = EarlierHeads.before(store, data, kept.as_of, kept.options.get("reading", ""))
    found = [
        *_sites(store, folder, registry, asked, moment, kept_on, earlier),
        *_accounts(folder, registry, asked, moment),
    ]
    changes = unit_changes(registry, store.outcomes(kept.id), found)
    return Rejudgement(outcomes=found, summary=told(registry, changes), changes=changes)


def compare_reports(
    folder: RunFolder, registry: Registry, sites: Iterable[str], asked: Sequence[Question], as_of: datetime
) -> Peers:
    """The likenesses among the annual reports of a run's sites; nothing when no question asks for them."""
    if not any(question.check.id == LIKENESS for question in asked):
        return {}
    reports: dict[str, tuple[Report, ...]] = {}
    for site_id in sites:
        walk = folder.read_walk(site_id)
        observation = observe(registry.site(site_id), registry, walk, as_of=as_of)
        if isinstance(observation.reports, Seen):
            reports[site_id] = observation.reports.fact
    names = [unit.name for unit in registry.units]
    return peers_of(reports, names, as_of.astimezone(CHINA).year - 1)


def _sites(
    store: Store,
    folder: RunFolder,
    registry: Registry,
    asked: Sequence[Question],
    as_of: datetime,
    kept_on: date,
    earlier: EarlierHeads,
) -> list[Verdict]:
    kept = folder.finished_sites()
    sites = [site for site in registry.sites if site.id in kept]
    peers = compare_reports(folder, registry, [site.id for site in sites], asked, as_of)
    found: list[Verdict] = []
    for site in sites:
        asking = Asking(
            site=site,
            registry=registry,
            questions=asked,
            as_of=as_of,
            first_seen=_known_before(store.first_seen(site.id), kept_on),
            peers=peers.get(site.id, {}),
            probes=store.probe_series(site.id, as_of),
            heads=earlier.of(site.id),
        )
        looks = read_looks(folder, site.id)
        try:
            walk = with_looks(folder.read_walk(site.id), looks.rendered)
        except WalkError:
            continue
        found += judge_kept(asking, walk, looks)
    return found


def _known_before(first_seen: Mapping[str, date], day: date) -> dict[str, date]:
    """First sights as they were known when the run was judged: its own came after."""
    return {url: seen for url, seen in first_seen.items() if seen < day}


def _accounts(
    folder: RunFolder, registry: Registry, asked: Sequence[Question], as_of: datetime
) -> list[Verdict]:
    found: list[Verdict] = []
    for account in registry.accounts:
        reading = read_reading(folder, account.id)
        if reading is not None:
            observation = observe_account(account, registry, reading, as_of=as_of)
            found += merge(ask(asked, observation))
    return found
