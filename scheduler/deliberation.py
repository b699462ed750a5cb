"""What a juror does with a task: reads the kept walk, observes, asks, and tells what it came to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from checks.runner import WHOLE_TARGET, ask, merge
from crawler.address import canonical
from crawler.runfolder import RunFolder
from domain.check import Question, Subject
from domain.finding import Verdict
from domain.observation import Peer, Seen, Sight, SiteObservation, Unseen
from domain.outcome import Inconclusive, Violation
from domain.page import Page
from domain.snapshot import Via
from domain.walk import Sighting, Walk
from scheduler.asking import Asking, second_opinion
from scheduler.gaps import gaps_of, site_trouble
from scheduler.lastseen import as_last_seen, kept_days, met, old_sights
from scheduler.looking import with_looks
from scheduler.looks import KeptLooks, read_looks
from scheduler.rendering import pages_to_render
from scheduler.reports import keep_reports, read_reports
from scheduler.tasks import Brief, Compare, Compared, Consider, Failed, Opinion, Result, Settle, Task, Wanting
from schemes.scheme import add_shelf, questions

LIKENESS = frozenset({"annual-report.duplicate"})
"""Checks that need the reports of all sites: they are asked when all have been read."""

MOST_FACTS = 40
"""Entries of a list that are put on record with a finding."""

_UNASKED = Unseen(Sight(url="", note="此处只比对年报"))


class Chamber:
    """Judges the sites of one run from its folder."""

    def __init__(self, brief: Brief, folder: RunFolder) -> None:
        for shelf in brief.shelves:
            add_shelf(Path(shelf))
        self._brief = brief
        self._folder = folder
        self._questions = questions(brief.registry.schemes)

    def answer(self, task: Task) -> Result:
        """Does a task. Raises WalkError when the folder holds nothing of the site."""
        match task:
            case Consider():
                return self._consider(task)
            case Settle():
                return self._settle(task)
            case Compare():
                return self._compare(task.sites)

    def _consider(self, task: Consider) -> Wanting | Opinion:
        plain = self._folder.read_walk(task.site)
        looks = read_looks(self._folder, task.site)
        walk = with_looks(plain, looks.rendered)
        if task.render:
            wanted = pages_to_render(walk, task.rendered_before)
            if wanted:
                return Wanting(site=task.site, pages=wanted)
        asking = self._asking(task).without(LIKENESS)
        observation = asking.observe(walk)
        keep_reports(self._folder, observation)
        verdicts = asking.verdicts_on(observation, walk)
        return _opinion(task, walk, plain, verdicts, last=task.last_round)

    def _settle(self, task: Settle) -> Opinion:
        plain = self._folder.read_walk(task.site)
        looks = read_looks(self._folder, task.site)
        walk = with_looks(plain, looks.rendered)
        asking = self._asking(task)
        asking = asking.without(LIKENESS) if task.peers is None else asking.only(LIKENESS)
        verdicts = settled(asking, walk, looks)
        return _opinion(task, with_looks(walk, looks.seen_again), plain, verdicts, last=True)

    def _asking(self, task: Consider | Settle) -> Asking:
        peers: Mapping[str, tuple[Peer, ...]] | None = task.peers if isinstance(task, Settle) else None
        return Asking(
            site=self._brief.registry.site(task.site),
            registry=self._brief.registry,
            questions=self._questions,
            as_of=self._brief.as_of,
            first_seen=task.first_seen,
            peers=peers or {},
            probes=task.probes,
            heads=task.heads,
        )

    def _compare(self, sites: Sequence[str]) -> Compared:
        from scheduler.likeness import peers_of_kept  # loads its libraries where they are needed only

        asked = [one for one in self._questions if one.check.id in LIKENESS]
        if not asked:
            return Compared(verdicts={}, peers={})
        kept = [read_reports(self._folder, site) for site in sites]
        peers = peers_of_kept(kept, self._brief.as_of)
        units = {unit.code: unit for unit in self._brief.registry.units}
        verdicts: dict[str, list[Verdict]] = {}
        for one in kept:
            site = self._brief.registry.site(one.site)
            home = Sight(url=site.home)
            found = SiteObservation(
                site=site,
                units=units,
                as_of=self._brief.as_of,
                home=_UNASKED,
                columns=_UNASKED,
                reports=one.fact(),
                peers=Seen(peers.get(site.id, {}), home),
            )
            verdicts[site.id] = merge(ask(asked, found))
        return Compared(verdicts=verdicts, peers=peers)


def settled(asking: Asking, walk: Walk, looks: KeptLooks) -> list[Verdict]:
    """The verdicts after the second look: those on likeness with what was looked at for them, too."""
    alike = asking.only(LIKENESS)
    others = asking.without(LIKENESS)
    found: list[Verdict] = []
    if others.questions:
        found += second_opinion(others, walk, others.judge(walk), looks.seen_again)
    if alike.questions:
        seen = {**looks.seen_again, **looks.compared}
        found += second_opinion(alike, walk, alike.judge(walk), seen)
    return found


def judge_kept(asking: Asking, walk: Walk, looks: KeptLooks) -> list[Verdict]:
    """The verdicts on a walk as they stand when all is done, with what the browser saw of it."""
    return as_last_seen(settled(asking, walk, looks), kept_days(with_looks(walk, looks.seen_again)))


def _opinion(
    task: Consider | Settle, walk: Walk, plain: Walk, verdicts: list[Verdict], *, last: bool
) -> Opinion:
    """What it came to. In the `last` round nothing is asked for anew any more: old sights accuse nobody."""
    kept = sum(sighting.snapshot.via is Via.KEPT for sighting in plain.sightings)
    asked = sum(sighting.snapshot.via is Via.HTTP for sighting in plain.sightings)
    days = kept_days(walk)
    old = old_sights(verdicts, days)
    if last or not old:
        verdicts, old = as_last_seen(verdicts, days), ()
    return Opinion(
        site=task.site,
        verdicts=verdicts,
        gaps=gaps_of(walk),
        trouble=site_trouble(walk),
        pages=sum(sighting.role != "link" for sighting in walk.sightings),
        items=tuple(_item_addresses(walk.sightings)),
        plain=plain_sightings(plain, verdicts),
        asked=asked,
        kept=kept,
        old_sights=old,
        met=met(walk, task.known),
    )


def unjudged(target: str, unit: str, asked: Iterable[Question], failed: Failed) -> list[Verdict]:
    """The verdicts on a site that could not be judged because of us."""
    questions = tuple(asked)
    counted = {question.check.id for question in questions if not question.on_trial}
    return [
        Verdict(
            check=check.id,
            target_kind="site",
            target=target,
            subject=Subject(key=WHOLE_TARGET, unit=unit, name=check.title),
            outcome=Inconclusive(reason=failed.words),
            trial=check.id not in counted,
            crash=failed.trace,
        )
        for check in {question.check.id: question.check for question in questions}.values()
    ]


def plain_sightings(walk: Walk, verdicts: Iterable[Verdict]) -> dict[str, Sighting]:
    """What plain HTTP saw of the addresses that violations rest on, by canonical address.

    A page as it was read goes before a mere try of a link. Of its page is kept what goes on record.
    """
    wanted: set[str] = set()
    for verdict in verdicts:
        if isinstance(verdict.outcome, Violation):
            wanted |= {canonical(url) for url in (verdict.outcome.url, *verdict.outcome.looked_at)}
    found: dict[str, Sighting] = {}
    for sighting in sorted(walk.sightings, key=lambda sighting: sighting.role == "link"):
        for url in (sighting.snapshot.url, sighting.snapshot.final_url):
            key = canonical(url)
            if key in wanted and key not in found:
                found[key] = replace(sighting, page=_on_record(sighting.page))
    return found


def _on_record(page: Page | None) -> Page | None:
    if page is None:
        return None
    return Page(
        url=page.url,
        adapter=page.adapter,
        charset=page.charset,
        kind=page.kind,
        title=page.title,
        tags=page.tags,
        items=page.items[:MOST_FACTS],
    )


def _item_addresses(sightings: Iterable[Sighting]) -> dict[str, None]:
    found: dict[str, None] = {}
    for sighting in sightings:
        if sighting.page is not None and sighting.role != "link":
            found |= dict.fromkeys(item.url for item in sighting.page.items)
    return found
