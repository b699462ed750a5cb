"""The accounts of a scan: their sources looked at, believed or held, judged, and looked at again."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from checks.runner import ask, merge
from crawler.accounts import newest_post, observe_account
from crawler.fetching import Fetched, fetch
from crawler.guard import GuardPolicy
from crawler.platforms.hosts import is_own_address
from crawler.readings import keep_reading, read_reading
from crawler.runfolder import RunFolder
from crawler.scrubbing import scrubbed
from crawler.sourcing import SourceReading, gather
from domain.check import Question
from domain.finding import LEAKS, Verdict
from domain.observation import AccountObservation, Post, Seen, Unseen, UnseenError
from domain.outcome import Violation
from domain.target import Account, Registry
from evidence.look import Clock, Look, LookRequest
from scheduler.belief import Glance, Group, group_of, held_groups
from scheduler.browsing import Browsing
from scheduler.credentials import credential_of
from storage.faults import StoreError
from storage.sources import SourceHealth, SourceSight
from storage.store import Store

MOST_LOOKS = 10
"""Posts at fault of one account that are looked at in the browser."""

LATELY = timedelta(days=14)
"""A source that is known to lack something has still proven itself by a post as new as this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountWork:
    """What working at an account came to. `looks` are the browser's, by address."""

    account: Account
    reading: SourceReading
    observation: AccountObservation
    verdicts: list[Verdict]
    newest: Post | None = None
    health: SourceHealth | None = None
    looks: Mapping[str, Look] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Newsroom:
    """Works at accounts. `survey` fetches what several sources say, `work_at` judges one of them.

    `before_fetch` is called before every request (a worker that lost its lease raises there).
    """

    registry: Registry
    questions: Sequence[Question]
    store: Store
    data: Path
    folder: RunFolder
    browsing: Browsing
    policy: GuardPolicy
    clock: Clock
    as_of: datetime
    origin: Path
    delay: float = 0.0
    pictures: bool = True
    before_fetch: Callable[[], object] = lambda: None
    _held: dict[Group, str] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def survey(self, accounts: Sequence[str]) -> None:
        """Looks at the accounts' sources, and at the control accounts of these sources first."""
        chosen = [account for account in self.registry.accounts if account.id in set(accounts)]
        groups = {group_of(account) for account in chosen} - {None}
        controls = [a for a in self.registry.accounts if a.control and group_of(a) in groups]
        listed = {account.id: account for account in (*controls, *chosen)}
        glances = [self._glance(account) for account in listed.values()]
        self._held |= held_groups(glances, self.as_of)

    def _glance(self, account: Account) -> Glance:
        reading = self._gather(account)
        keep_reading(self.folder, reading)
        observation = observe_account(account, self.registry, reading, as_of=self.as_of)
        newest = newest_post(observation)
        return Glance(account=account, newest=newest.posted_at if newest else None, gone=is_gone(observation))

    def _gather(self, account: Account) -> SourceReading:
        try:
            return gather(
                account,
                self._fetch,
                beside=self.origin,
                at=self.as_of,
                credential=credential_of(self.store, self.data),
            )
        except StoreError as error:
            return SourceReading(account=account.id, pages=(), trouble=str(error))

    def _fetch(self, url: str, *, json: Any = None, headers: dict[str, str] | None = None) -> Fetched:
        """Fetches politely: requests to one host stand `delay` seconds apart."""
        self.before_fetch()
        host = urlsplit(url).netloc
        wait = self._asked.get(host, float("-inf")) + self.delay - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._asked[host] = time.monotonic()
        return fetch(url, self.policy, at=self.clock(), json=json, headers=headers)

    def work_at(self, account_id: str) -> AccountWork:
        """Judges an account from what its source said; whoever is to be blamed is looked at again."""
        account = next(one for one in self.registry.accounts if one.id == account_id)
        reading = read_reading(self.folder, account.id) or self._gather(account)
        known = self.store.source_health(account.id)
        group = group_of(account)
        reading = replace(
            reading,
            held=self._held.get(group, "") if group and not account.control else "",
            known_newest=known.newest if known else None,
            blind_since=None,
        )
        health = self.store.note_source(self._sight(account, reading))
        reading = replace(reading, blind_since=None if health.works else health.since)
        work = self._judged(account, reading, health)
        if any(isinstance(verdict.outcome, Violation) for verdict in work.verdicts):
            work = self._look_again(work)
        keep_reading(self.folder, work.reading)
        return work

    def _sight(self, account: Account, reading: SourceReading) -> SourceSight:
        observation = observe_account(account, self.registry, reading, as_of=self.as_of)
        newest = newest_post(observation)
        first = reading.pages[0] if reading.pages else None
        return SourceSight(
            account=account.id,
            at=self.as_of,
            reason=blindness(observation) or reading.held,
            newest=newest.posted_at if newest else None,
            posts=0 if isinstance(observation.posts, Unseen) else len(observation.posts.fact),
            answer=self.folder.keep(first.body) if first and first.body else None,
        )

    def _judged(self, account: Account, reading: SourceReading, health: SourceHealth) -> AccountWork:
        observation = observe_account(account, self.registry, reading, as_of=self.as_of)
        return AccountWork(
            account=account,
            reading=reading,
            observation=observation,
            verdicts=merge(ask(self.questions, observation)),
            newest=newest_post(observation),
            health=health,
        )

    def _look_again(self, work: AccountWork) -> AccountWork:
        """Fetches the newest post's page, judges with it, and takes the pictures of what stays wrong."""
        if work.newest is not None and is_own_address(work.account, work.newest.url):
            page = scrubbed(self._fetch(work.newest.url), ())
            assert work.health is not None
            work = self._judged(work.account, replace(work.reading, newest=page), work.health)
        wanted = requests_of(work) if self.pictures else []
        looks = {request.url: look for request, look in self.browsing.look(wanted)}
        return replace(work, looks=looks)


def requests_of(work: AccountWork) -> list[LookRequest]:
    """What the browser looks at where an account is to be blamed: newest post, profile, posts at fault."""
    lapses = [(v.check, v.outcome) for v in work.verdicts if isinstance(v.outcome, Violation)]
    frames = {lapse.url: lapse.frame for _, lapse in lapses}
    leaks = {lapse.url for check, lapse in lapses if check in LEAKS}
    sources = {page.snapshot.url for page in work.reading.pages}
    posts = [url for url in frames if url not in sources]
    places = [work.newest.url if work.newest else "", work.account.profile or "", *posts[:MOST_LOOKS]]
    return [
        LookRequest(url=url, frame=frames.get(url), private=url in leaks)
        for url in dict.fromkeys(places)
        if is_own_address(work.account, url) and frames
    ]


def blindness(observation: AccountObservation) -> str:
    """Why nothing can be judged by a source: it shows nothing, or not all and nothing of late."""
    try:
        observation.gone.get()
        newest = newest_post(observation)
        if isinstance(observation.posts, Seen) and (
            newest is None or newest.posted_at < observation.as_of - LATELY
        ):
            observation.posts.whole()
    except UnseenError as error:
        return str(error)
    return ""


def is_gone(observation: AccountObservation) -> bool:
    """Whether the source says that the account is not there."""
    return not isinstance(observation.gone, Unseen) and observation.gone.fact
