"""Judging one site: what was walked, what a browser adds before anyone is accused, and the second look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from checks.runner import ask, merge
from crawler.observe import observe
from domain.check import Question
from domain.finding import Verdict
from domain.observation import CHINA, Peer, Seen, Sight, SiteObservation
from domain.outcome import Frame, Violation
from domain.snapshot import FetchStatus
from domain.target import Registry, Site
from domain.walk import Sighting, Walk
from evidence.look import Look, LookRequest
from scheduler.browsing import Browsing, sightings_of
from scheduler.looking import addresses, settle, with_looks
from schemes.calendar import working_days

CALENDAR_REACH = timedelta(days=3 * 366)
"""How far back working days are reckoned."""

MOST_RENDERED = 60
"""Pages of one site that are rendered because plain HTTP gave only a script shell."""

LEAKS = frozenset({"content.privacy", "content.secret-mark"})
"""Checks whose pictures would show what must not be shown: they are covered, the raw ones sealed."""

HTTP_ONLY = frozenset({"site.broken-link", "site.unreachable"})
"""Checks whose second try is part of the crawl itself; a browser adds nothing to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked of one site: everything that a judgement needs besides the walk."""

    site: Site
    registry: Registry
    questions: Sequence[Question]
    as_of: datetime
    first_seen: Mapping[str, date] = field(default_factory=dict)
    peers: Mapping[str, tuple[Peer, ...]] = field(default_factory=dict)

    def observe(self, walk: Walk) -> SiteObservation:
        """What the walk shows."""
        found = observe(self.site, self.registry, walk, as_of=self.as_of, first_seen=self.first_seen)
        calendar = working_days(found.today - CALENDAR_REACH, found.today)
        return replace(found, peers=Seen(self.peers, Sight(url=self.site.home)), working_days=calendar)

    def judge(self, walk: Walk) -> list[Verdict]:
        """The verdicts on what the walk shows."""
        return merge(ask(self.questions, self.observe(walk)))


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
    rendered = _render(walk, browsing, today)
    walk = with_looks(walk, rendered)
    verdicts = asking.judge(walk)
    if browsing.pool is None or not pictures:
        return SiteWork(walk=walk, verdicts=verdicts, rendered=rendered)
    looks, seen_again = _look_again(verdicts, browsing, today)
    return SiteWork(
        walk=with_looks(walk, seen_again),
        verdicts=second_opinion(asking, walk, verdicts, seen_again),
        looks=looks,
        rendered=rendered,
        seen_again=seen_again,
    )


def second_opinion(
    asking: Asking, walk: Walk, verdicts: Sequence[Verdict], seen_again: Mapping[str, Sighting]
) -> list[Verdict]:
    """The verdicts after the same questions were asked of what the browser saw."""
    if not seen_again:
        return list(verdicts)
    seen = {url: found.snapshot.status is FetchStatus.OK for url, found in seen_again.items()}
    accused = {verdict.check for verdict in verdicts if isinstance(verdict.outcome, Violation)}
    again = replace(asking, questions=[one for one in asking.questions if one.check.id in accused])
    plain = [verdict for verdict in verdicts if verdict.check in HTTP_ONLY]
    doubted = [verdict for verdict in verdicts if verdict.check not in HTTP_ONLY]
    return plain + settle(doubted, again.judge(with_looks(walk, seen_again)), seen)


def _render(walk: Walk, browsing: Browsing, today: date) -> dict[str, Sighting]:
    """Script shells, and a home page whose footer a script writes, as a browser shows them."""
    wanted = [sighting.snapshot.url for sighting in walk.sightings if _needs_browser(sighting)]
    requests = [LookRequest(url=url, picture=False) for url in dict.fromkeys(wanted)][:MOST_RENDERED]
    found: dict[str, Sighting] = {}
    for _, look in browsing.look(requests):
        found |= sightings_of(look, today)
    return found


def _needs_browser(sighting: Sighting) -> bool:
    if sighting.role in {"link", "attachment"}:
        return False
    if sighting.snapshot.status is FetchStatus.UNRENDERED:
        return True
    page = sighting.page
    return sighting.role == "home" and page is not None and bool(page.foot_shell)


def _look_again(
    verdicts: Sequence[Verdict], browsing: Browsing, today: date
) -> tuple[dict[str, Look], dict[str, Sighting]]:
    """Every address that a violation rests on, seen in the browser with its picture."""
    frames: dict[str, list[Frame]] = {}
    leaks: set[str] = set()
    for verdict in verdicts:
        if isinstance(verdict.outcome, Violation):
            if verdict.outcome.frame is not None:
                frames.setdefault(verdict.outcome.url, []).append(verdict.outcome.frame)
            if verdict.check in LEAKS:
                leaks.add(verdict.outcome.url)
    requests = [
        LookRequest(url=url, frames=tuple(frames.get(url, ())), private=url in leaks)
        for url in addresses(verdicts)
    ]
    looks: dict[str, Look] = {}
    found: dict[str, Sighting] = {}
    for request, look in browsing.look(requests):
        looks[request.url] = look
        found |= sightings_of(look, today)
    return looks, found
