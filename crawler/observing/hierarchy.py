"""Which column stands below which: by bread crumbs, else by address, else by the page that led to it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crawler.address import canonical
from crawler.observing.candidates import HOME_NAME, Candidate, Candidates
from crawler.observing.sights import Sights
from domain.page import Link, Page, PageKind
from domain.snapshot import FetchStatus

DEEPEST = 12

_GENERIC = re.compile(r"^(?:正文|列表页?|内容页?|详情页?|信息列表|栏目列表|文章|全文)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a column stands: the key of the column above it, and the names above it, nearest last."""

    parent: str | None = None
    path: tuple[str, ...] = ()

    @property
    def level(self) -> int:
        """1 right below the home page."""
        return len(self.path) + 1


def places(candidates: Candidates, sights: Sights) -> Mapping[str, Place]:
    """The place of every candidate by its key."""
    return _Tree(candidates, sights).places()


class _Tree:
    def __init__(self, candidates: Candidates, sights: Sights) -> None:
        self._candidates = candidates
        self._sights = sights
        self._folders = {
            folder: candidate.key for candidate in candidates if (folder := folder_of(candidate.key))
        }

    def places(self) -> dict[str, Place]:
        parents: dict[str, str | None] = {}
        trails: dict[str, tuple[str, ...]] = {}
        for candidate in self._candidates:
            page = self._sights.page(candidate.key)
            trail = trail_of(page, candidate) if page else ()
            trails[candidate.key] = tuple(link.text for link in trail)
            parents[candidate.key] = self._parent(candidate, page, trail)
        for candidate in self._candidates:
            if parents[candidate.key] is None and not self._is_known(candidate.key):
                parents[candidate.key] = self._by_links(candidate, parents)
        return {
            key: Place(parent=parent, path=trails[key] or self._path(parent, parents, trails))
            for key, parent in _without_circles(parents).items()
        }

    def _is_known(self, key: str) -> bool:
        """Whether a page was seen, or seen not to be there."""
        sighting = self._sights.get(key)
        gone = sighting is not None and sighting.snapshot.status is FetchStatus.GONE
        return gone or self._sights.page(key) is not None

    def _parent(self, candidate: Candidate, page: Page | None, trail: tuple[Link, ...]) -> str | None:
        for link in reversed(trail):
            found = self._stands_at(canonical(link.url), candidate) if link.url else None
            if found:
                return found
        by_address = self._by_address(candidate)
        if by_address or trail:
            return by_address
        if page is not None and page.crumbs:
            return None
        return self._by_discovery(candidate)

    def _stands_at(self, key: str, candidate: Candidate) -> str | None:
        """The column at an address, unless it forwards elsewhere or is the candidate or the home page.

        One whose answer only came from another address (it moved to TLS, say) is where it was.
        """
        came = self._sights.get(self._candidates.landing(key))
        if key in self._candidates.home_keys or came is not self._sights.get(key):
            return None
        found = self._candidates.get(key)
        return found.key if found and found.key != candidate.key else None

    def _by_address(self, candidate: Candidate) -> str | None:
        """The column whose folder holds the candidate's address, the nearest one."""
        path = candidate.key.partition("?")[0]
        for folder in _folders_above(path):
            key = self._folders.get(folder)
            if key and key != candidate.key:
                return key
        return None

    def _by_discovery(self, candidate: Candidate) -> str | None:
        """The section page that alone led to the candidate."""
        if candidate.on_home or candidate.declared or not candidate.found_on:
            return None
        found = self._stands_at(candidate.found_on, candidate)
        page = self._sights.page(found) if found else None
        if page is None:
            return found if found and self._sights.get(found) is None else None
        leads_on = page.kind is PageKind.SECTION or not page.items
        return found if leads_on and page.kind is not PageKind.ARTICLE else None

    def _by_links(self, candidate: Candidate, parents: Mapping[str, str | None]) -> str | None:
        """Where a column that was not seen may stand: with those whose pages link to it and the home page's
        does not, for what it would have said of itself is not known.
        """
        if candidate.on_home:
            return None
        linking = [self._stands_at(key, candidate) for key in candidate.linked_from]
        above = Counter(parents.get(key) for key in linking if key)
        above.pop(None, None)
        if above and above.most_common(1)[0][0] != candidate.key:
            return above.most_common(1)[0][0]
        return next((key for key in linking if key), None)

    def _path(
        self, parent: str | None, parents: Mapping[str, str | None], trails: Mapping[str, tuple[str, ...]]
    ) -> tuple[str, ...]:
        names: list[str] = []
        passed: set[str] = set()
        while parent and parent not in passed and len(names) < DEEPEST:
            passed.add(parent)
            candidate = self._candidates.get(parent)
            if candidate and candidate.names:
                names.insert(0, candidate.names[0])
            if trails.get(parent):
                return (*trails[parent], *names)
            parent = parents.get(parent)
        return tuple(names)


def folder_of(key: str) -> str:
    """The folder that a column's address is, with a slash at its end; empty where it is a file or a root."""
    path, mark, _ = key.partition("?")
    if mark or path.count("/") < 4 or not path.endswith("/"):
        return ""
    return path


def _folders_above(path: str) -> Iterator[str]:
    """The folders that hold an address, the nearest first, the root of the host left out."""
    end = path.rfind("/", 0, len(path) - 1)
    while end > 0 and path.count("/", 0, end) > 2:
        yield path[: end + 1]
        end = path.rfind("/", 0, end)


def trail_of(page: Page, candidate: Candidate) -> tuple[Link, ...]:
    """The bread crumbs above a column: without the home page and without the column itself."""
    trail = [link for link in page.crumbs if not HOME_NAME.match(link.text.strip())]
    own = {candidate.key, canonical(page.url)}
    while trail and _GENERIC.match(trail[-1].text.strip()):
        trail.pop()
    if trail and (not trail[-1].url or trail[-1].text in candidate.names):
        trail.pop()
    while trail and trail[-1].url and canonical(trail[-1].url) in own:
        trail.pop()
    return tuple(trail[:DEEPEST])


def _without_circles(parents: Mapping[str, str | None]) -> dict[str, str | None]:
    """The same, with each link cut that would lead a column back to itself."""
    kept = dict(parents)
    for key in parents:
        passed = {key}
        above = kept[key]
        while above:
            if above in passed:
                kept[key] = None
                break
            passed.add(above)
            above = kept.get(above)
    return kept
