"""What is asked of one site, and what the same questions say after the second look. No I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from checks.runner import ask, merge
from crawler.address import canonical
from crawler.observe import observe
from domain.check import Question
from domain.finding import Verdict
from domain.observation import Head, Peer, ProbeSeries, Seen, Sight, SiteObservation
from domain.outcome import Violation
from domain.snapshot import FetchStatus
from domain.target import Registry, Site
from domain.walk import Sighting, Walk
from scheduler.looking import settle, settle_link, with_looks
from scheduler.places import BROKEN_LINK, with_places
from schemes.calendar import working_days

CALENDAR_REACH = timedelta(days=3 * 366)
"""How far back working days are reckoned."""

HTTP_ONLY = frozenset({"site.broken-link", "site.unreachable"})
"""Checks whose second try is part of the crawl itself; a browser may only acquit a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked of one site: everything that a judgement needs besides the walk."""

    site: Site
    registry: Registry
    questions: Sequence[Question]
    as_of: datetime
    first_seen: Mapping[str, date] = field(default_factory=dict)
    peers: Mapping[str, tuple[Peer, ...]] = field(default_factory=dict)
    probes: ProbeSeries | None = None
    heads: Mapping[str, Head] | None = None

    def observe(self, walk: Walk) -> SiteObservation:
        """What the walk shows."""
        found = observe(
            self.site,
            self.registry,
            walk,
            as_of=self.as_of,
            first_seen=self.first_seen,
            heads=self.heads,
        )
        home = Sight(url=self.site.home)
        return replace(
            found,
            peers=Seen(self.peers, home),
            probes=found.probes if self.probes is None else Seen(self.probes, home),
            working_days=_calendar(found.today),
        )

    def judge(self, walk: Walk) -> list[Verdict]:
        """The verdicts on what the walk shows."""
        return self.verdicts_on(self.observe(walk), walk)

    def verdicts_on(self, observation: SiteObservation, walk: Walk) -> list[Verdict]:
        """The verdicts on an observation of a walk; each with addresses that a person can open."""
        return with_places(merge(ask(self.questions, observation)), observation, walk)

    def only(self, checks: frozenset[str]) -> "Asking":
        """The same with the questions of some checks alone."""
        return replace(self, questions=[one for one in self.questions if one.check.id in checks])

    def without(self, checks: frozenset[str]) -> "Asking":
        """The same without the questions of some checks."""
        return replace(self, questions=[one for one in self.questions if one.check.id not in checks])


@lru_cache(maxsize=4)
def _calendar(today: date) -> Mapping[date, bool]:
    return working_days(today - CALENDAR_REACH, today)


def second_opinion(
    asking: Asking, walk: Walk, verdicts: Sequence[Verdict], seen_again: Mapping[str, Sighting]
) -> list[Verdict]:
    """The verdicts after the same questions were asked of what the browser saw."""
    if not seen_again:
        return list(verdicts)
    seen = {canonical(url): found.snapshot.status is FetchStatus.OK for url, found in seen_again.items()}
    accused = {verdict.check for verdict in verdicts if isinstance(verdict.outcome, Violation)}
    again = asking.only(frozenset(accused))
    plain = [
        settle_link(verdict, seen_again) if verdict.check == BROKEN_LINK else verdict
        for verdict in verdicts
        if verdict.check in HTTP_ONLY
    ]
    doubted = [verdict for verdict in verdicts if verdict.check not in HTTP_ONLY]
    return plain + settle(doubted, again.judge(with_looks(walk, seen_again)), seen)
