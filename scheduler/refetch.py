"""Fetches again the pages that one finding rests on, and puts them in the place of what was seen before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Event
from urllib.parse import urlsplit

from crawler.address import canonical
from crawler.classify import Failure, Identity, classify_failure, classify_page
from crawler.extract import read_page
from crawler.fetching import Fetched
from crawler.runfolder import RunFolder
from domain.finding import Finding
from domain.outcome import Violation
from domain.snapshot import FetchStatus, Snapshot
from domain.target import Site
from domain.walk import Sighting, Walk

MOST_PAGES = 60
"""Pages that a recheck fetches besides new articles: a finding that rests on more needs a whole walk."""

MOST_NEW = 40
"""Articles, new since the last walk, that a recheck reads."""

Fetcher = Callable[[str], Fetched]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """The walk with fresh pages in it, the fresh sightings alone, and whether every page was seen."""

    walk: Walk
    sightings: tuple[Sighting, ...]
    all_seen: bool


def pages_of(finding: Finding, last: Violation | None, site: Site, walk: Walk) -> list[str]:
    """The addresses that a finding rests on: its own, where it was found, what was looked at, what is below.

    The home page is always among them: it says what a visitor is led to.
    """
    wanted = [site.home, finding.url, finding.subject]
    found_on = finding.observed.get("found_on")
    wanted += [str(url) for url in found_on] if isinstance(found_on, list) else [str(found_on or "")]
    wanted += last.looked_at if last is not None else ()
    below = canonical(finding.url)
    for sighting in walk.sightings:
        if sighting.role in {"column", "pager", "frame"} and canonical(sighting.found_on or "") == below:
            wanted.append(sighting.snapshot.url)
    kept = {canonical(url): url for url in wanted if urlsplit(url).scheme in {"http", "https"}}
    return list(kept.values())


def fetch_again(
    walk: Walk,
    site: Site,
    addresses: Sequence[str],
    fetcher: Fetcher,
    folder: RunFolder,
    today: date,
    pause: float = 0.0,
) -> Fresh:
    """The addresses asked again, `pause` seconds apart, and the articles that are new on their lists."""
    fetcher = _paced(fetcher, pause)
    before = _by_address(walk.sightings)
    fresh = [_look(url, before.get(canonical(url)), site, fetcher, folder, today) for url in addresses]
    for tried in [one for one in fresh if one.role == "link" and one.snapshot.status is not FetchStatus.OK]:
        # A link counts as broken only when a second try failed too.
        fresh.append(_look(tried.snapshot.url, tried, site, fetcher, folder, today))
    lists = [sighting for sighting in fresh if sighting.page is not None and sighting.role != "link"]
    for url, found_on in _new_items(lists, before).items():
        sighting = _look(url, None, site, fetcher, folder, today)
        fresh.append(replace(sighting, role="article", found_on=found_on, depth=3))
    return Fresh(
        walk=_put(walk, fresh),
        sightings=tuple(fresh),
        all_seen=all(one.snapshot.status in {FetchStatus.OK, FetchStatus.GONE} for one in fresh),
    )


def _paced(fetcher: Fetcher, pause: float) -> Fetcher:
    """The same with a pause between two requests: politeness, not synchronisation."""
    asked: list[str] = []
    waiting = Event()

    def ask(url: str) -> Fetched:
        if asked and pause > 0:
            waiting.wait(pause)
        asked.append(url)
        return fetcher(url)

    return ask


def _look(
    url: str,
    before: Sighting | None,
    site: Site,
    fetcher: Fetcher,
    folder: RunFolder,
    today: date,
) -> Sighting:
    fetched = fetcher(url)
    snapshot = _named_alike(fetched.snapshot)
    page = None
    if fetched.body:
        snapshot = replace(snapshot, body=folder.keep(fetched.body))
    if snapshot.status is FetchStatus.OK:
        kind = snapshot.header("content-type")
        page = read_page(fetched.body, snapshot.final_url, content_type=kind, today=today)
        identity = Identity(
            key=canonical(snapshot.final_url),
            host=urlsplit(snapshot.final_url).netloc,
            digest=snapshot.body or "",
            home=None,
        )
        ruling = classify_page(page, fetched.body, identity)
        if ruling.status is not FetchStatus.OK:
            snapshot = replace(snapshot, status=ruling.status, detail=ruling.detail)
        elif page.shell and not page.items and not page.empty_notice:
            snapshot = replace(snapshot, status=FetchStatus.UNRENDERED, detail=page.shell)
    if before is None:
        role = "home" if canonical(url) == canonical(site.home) else "article"
        return Sighting(snapshot=snapshot, page=page, role=role)
    return replace(before, snapshot=snapshot, page=page)


def _named_alike(snapshot: Snapshot) -> Snapshot:
    """A failure in the words of the crawl: what judges links reads them."""
    words = snapshot.detail.lower()
    if snapshot.status is FetchStatus.UNREACHABLE and "refused" in words:
        return replace(snapshot, detail=classify_failure(Failure.CONNECTION_REFUSED).detail)
    if snapshot.status is FetchStatus.UNREACHABLE and words.startswith("域名无法解析"):
        return replace(snapshot, detail=classify_failure(Failure.DNS).detail)
    return snapshot


def _by_address(sightings: Iterable[Sighting]) -> dict[str, Sighting]:
    """What was seen before, a page rather than a mere try of a link."""
    found: dict[str, Sighting] = {}
    for sighting in sorted(sightings, key=lambda one: one.role == "link"):
        found.setdefault(canonical(sighting.snapshot.url), sighting)
        found.setdefault(canonical(sighting.snapshot.final_url), sighting)
    return found


def _new_items(lists: Iterable[Sighting], before: Mapping[str, Sighting]) -> dict[str, str]:
    """Entries that the last walk did not know, by address with the list that shows them."""
    found: dict[str, str] = {}
    for sighting in lists:
        page = sighting.page
        if page is None:
            continue
        host = urlsplit(page.url).netloc
        for item in page.items:
            key = canonical(item.url)
            if key not in before and item.url not in found and urlsplit(item.url).netloc == host:
                found[item.url] = page.url
    return dict(list(found.items())[:MOST_NEW])


def _put(walk: Walk, fresh: Sequence[Sighting]) -> Walk:
    by_key: dict[str, list[Sighting]] = {}
    for one in fresh:
        by_key.setdefault(canonical(one.snapshot.url), []).append(one)
    used: set[str] = set()
    kept: list[Sighting] = []
    for sighting in walk.sightings:
        key = canonical(sighting.snapshot.url)
        if key not in by_key:
            kept.append(sighting)
        elif key not in used:
            used.add(key)
            kept += by_key[key]
    kept += [one for key, found in by_key.items() if key not in used for one in found]
    return replace(walk, sightings=tuple(kept))
