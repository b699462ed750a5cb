"""What a juror does with a task: reads the kept walk, observes, asks, and tells what it came to."""

from collections.abc import Iterable, Mapping, Sequence

from checks.runner import ask, merge
from crawler.runfolder import RunFolder
from domain.finding import Verdict
from domain.observation import Peer, Seen, Sight, SiteObservation, Unseen
from domain.passlist import gather
from domain.snapshot import Via
from domain.walk import Sighting, Walk
from scheduler.asking import Asking, second_opinion
from scheduler.gaps import gaps_of, site_trouble
from scheduler.lastseen import as_last_seen, kept_days, lists_as_last_seen, met, old_sights
from scheduler.looking import with_looks
from scheduler.looks import KeptLooks, read_looks
from scheduler.onrecord import plain_sightings
from scheduler.rendering import pages_to_render
from scheduler.reports import keep_reports, read_reports
from scheduler.tasks import (
    LIKENESS,
    Brief,
    Compare,
    Compared,
    Consider,
    Opinion,
    Result,
    Settle,
    Task,
    Wanting,
)
from schemes.scheme import questions

_UNASKED = Unseen(Sight(url="", note="此处只比对年报"))


class Chamber:
    """Judges the sites of one run from its folder."""

    def __init__(self, brief: Brief, folder: RunFolder) -> None:
        self._brief = brief
        self._folder = folder
        self._questions = questions(brief.registry.schemes, brief.schemes)

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
    single, passes = gather(verdicts)
    if last or not old:
        single, old = as_last_seen(single, days), ()
        passes = tuple(lists_as_last_seen(passes, days))
    return Opinion(
        site=task.site,
        verdicts=single,
        passes=passes,
        gaps=gaps_of(walk),
        trouble=site_trouble(walk),
        pages=sum(sighting.role != "link" for sighting in walk.sightings),
        items=tuple(_item_addresses(walk.sightings)),
        plain=plain_sightings(plain, single),
        asked=asked,
        kept=kept,
        old_sights=old,
        met=met(walk, task.known),
    )


def _item_addresses(sightings: Iterable[Sighting]) -> dict[str, None]:
    found: dict[str, None] = {}
    for sighting in sightings:
        if sighting.page is not None and sighting.role != "link":
            found |= dict.fromkeys(item.url for item in sighting.page.items)
    return found
