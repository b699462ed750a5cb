"""Judging one site in this process: rendered where scripts must run, judged, looked at again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.finding import Verdict
from domain.observation import CHINA
from domain.walk import Sighting, Walk
from evidence.look import Look
from scheduler.asking import Asking, second_opinion
from scheduler.browsing import Browsing
from scheduler.looking import MOST_LOOKS, unlooked, with_looks
from scheduler.rendering import pages_to_render
from scheduler.sitework import look_again, render


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWork:
    """What judging a site came to: the walk as finally read, the verdicts, the looks by address.

    `rendered` and `seen_again` are the browser's sightings before and after the first judgement.
    """

    walk: Walk
    verdicts: list[Verdict]
    looks: Mapping[str, Look] = field(default_factory=dict)
    rendered: Mapping[str, Sighting] = field(default_factory=dict)
    seen_again: Mapping[str, Sighting] = field(default_factory=dict)


def judge_site(asking: Asking, walk: Walk, *, browsing: Browsing, pictures: bool) -> SiteWork:
    """Renders what plain HTTP could not read, judges, and looks again at what violations rest on.

    Without a browser (or without `pictures`) violations keep one witness.
    """
    today = asking.as_of.astimezone(CHINA).date()
    _, rendered = render(pages_to_render(walk), browsing, today)
    walk = with_looks(walk, rendered)
    verdicts = asking.judge(walk)
    if browsing.pool is None or not pictures:
        return SiteWork(walk=walk, verdicts=verdicts, rendered=rendered)
    first, looks, seen_again = verdicts, dict[str, Look](), dict[str, Sighting]()
    for _ in range(MOST_LOOKS):
        more, seen_more = look_again(verdicts, browsing, today, known=looks.keys())
        looks |= more
        seen_again |= seen_more
        verdicts = second_opinion(asking, walk, first, seen_again)
        if not unlooked(verdicts, looks):
            break
    return SiteWork(
        walk=with_looks(walk, seen_again),
        verdicts=verdicts,
        looks=looks,
        rendered=rendered,
        seen_again=seen_again,
    )
