"""What became of the links of the pages that were read: alive, broken at the second try too, or not known."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from crawler.classify import REDIRECT_LOOP, SOFT_404, Failure, classify_failure
from crawler.observing.sights import Sights, links_by_key
from domain.observation import Fact, LinkState, LinkTarget, Seen, Sight
from domain.snapshot import STATUS_TITLES, FetchStatus, Snapshot
from domain.walk import Sighting

TRIES_NEEDED = 2
MOST_PLACES = 20
"""Pages named as bearing a link."""

_NO_NAME = classify_failure(Failure.DNS).detail
_REFUSED = classify_failure(Failure.CONNECTION_REFUSED).detail
_ADDRESS = re.compile(r"[\d.]+|.*:.*")
_NOT_TOLD = frozenset({503, 521})
"""Answers of 5xx that a server gives for a while, or to a monitor."""


def link_targets(sights: Sights) -> Fact[tuple[LinkTarget, ...]]:
    """Every link of a page that was read and whose target was tried."""
    places, texts, untried = _places(sights)
    names_resolve = _names_resolve(sights)
    found = []
    for key, tries in sights.tries():
        # What only a script asks for (further pages of a list) is no link that a visitor can follow.
        pages = places.get(key) or [s.found_on for s in tries if s.found_on and s.role == "link"]
        if not pages:
            continue
        text = next((s.asked_as for s in tries if s.asked_as), "") or texts.get(key, "")
        found.append(_target(key, tries, tuple(pages[:MOST_PLACES]), text, names_resolve))
    home = sights.landing(sights.home_key)
    if not found and sights.page(home) is None:
        return sights.unseen(home)
    note = f"有{untried}个链接没有试探" if untried else ""
    return Seen(tuple(found), Sight(url=sights.home_key, note=note), not untried)


def _places(sights: Sights) -> tuple[Mapping[str, list[str]], Mapping[str, str], int]:
    """Pages that bear each link, its words, and how many links were never tried."""
    places: dict[str, list[str]] = defaultdict(list)
    texts: dict[str, str] = {}
    for page_key, _ in sights:
        page = sights.page(page_key)
        if page is None:
            continue
        for key, link in links_by_key(page):
            if len(places[key]) < MOST_PLACES and page_key not in places[key][-1:]:
                places[key].append(page_key)
            if link.text:
                texts.setdefault(key, link.text)
    tried = {key for key, _ in sights.tries()}
    untried = sum(key not in tried and sights.get(key) is None for key in places)
    return places, texts, untried


def _target(
    key: str, tries: Sequence[Sighting], pages: tuple[str, ...], text: str, names_resolve: bool
) -> LinkTarget:
    states = [state_of(sighting.snapshot, names_resolve=names_resolve) for sighting in tries]
    if LinkState.ALIVE in states:
        chosen, state = tries[states.index(LinkState.ALIVE)], LinkState.ALIVE
    elif states.count(LinkState.BROKEN) >= TRIES_NEEDED:
        chosen, state = tries[len(states) - 1 - states[::-1].index(LinkState.BROKEN)], LinkState.BROKEN
    else:
        chosen, state = tries[-1], LinkState.UNKNOWN
    return LinkTarget(
        url=key,
        found_on=pages,
        text=text,
        state=state,
        status=status_words(chosen.snapshot),
        tries=len(tries),
    )


def _names_resolve(sights: Sights) -> bool:
    """Whether a foreign host answered under its name: else it may be our own resolver that fails."""
    home = urlsplit(sights.home_key).hostname or ""
    tried = (sighting.snapshot for _, tries in sights.tries() for sighting in tries)
    return any(
        snapshot.http_status is not None and _is_foreign_name(urlsplit(snapshot.url).hostname or "", home)
        for snapshot in tried
    )


def _is_foreign_name(host: str, home: str) -> bool:
    return bool(host) and host not in {home, "localhost"} and not _ADDRESS.fullmatch(host)


def state_of(snapshot: Snapshot, *, names_resolve: bool = True) -> LinkState:
    """What one try tells of a link's target.

    A name that does not resolve tells something only when other names do (`names_resolve`), or when it is
    one that never can (RFC 6761).
    """
    status, detail = snapshot.status, snapshot.detail
    if status in {FetchStatus.OK, FetchStatus.UNRENDERED}:
        return LinkState.ALIVE
    if status is FetchStatus.UNREADABLE and snapshot.http_status and snapshot.http_status < 300:
        return LinkState.ALIVE  # it came: that we cannot read it is not the link's fault
    if status is FetchStatus.GONE:
        return LinkState.BROKEN
    if status is FetchStatus.HTTP_ERROR:
        code = snapshot.http_status or 0
        failing = 500 <= code < 600 and code not in _NOT_TOLD
        return LinkState.BROKEN if failing or REDIRECT_LOOP in detail else LinkState.UNKNOWN
    if status is FetchStatus.UNREACHABLE and detail.startswith(_NO_NAME):
        never = (urlsplit(snapshot.url).hostname or "").endswith(".invalid")
        return LinkState.BROKEN if names_resolve or never else LinkState.UNKNOWN
    if status is FetchStatus.UNREACHABLE and detail.startswith(_REFUSED):
        return LinkState.BROKEN
    return LinkState.UNKNOWN


def status_words(snapshot: Snapshot) -> str:
    """What a target answered: the status code, or words where there is none or it does not tell."""
    if SOFT_404 in snapshot.detail:
        return SOFT_404
    if REDIRECT_LOOP in snapshot.detail:
        return REDIRECT_LOOP
    if snapshot.status is FetchStatus.OK:
        return str(snapshot.http_status or 200)
    if snapshot.http_status and snapshot.status in {FetchStatus.GONE, FetchStatus.HTTP_ERROR}:
        return str(snapshot.http_status)
    return snapshot.detail or STATUS_TITLES[snapshot.status]
