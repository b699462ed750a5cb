"""The columns of a site: name, kind, unit, place and listing of each, and whether any may be missing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from crawler.address import canonical, same_host
from crawler.observing.candidates import Candidate, Candidates
from crawler.observing.dating import Dates
from crawler.observing.hierarchy import Place, places
from crawler.observing.lists import Lists
from crawler.observing.owners import Owners
from crawler.observing.sights import Sights, is_kept, links_by_key
from crawler.reading.shells import foot_scripts
from domain.observation import CHINA, Column, Entry, Fact, Listing, Seen, Sight, Unseen
from domain.page import Page, PageKind
from domain.snapshot import FetchStatus
from domain.target import ColumnKind, Site
from schemes.columns import classify, is_archive, is_disclosure

HIDES_NOTHING = frozenset(
    {
        ColumnKind.NEWS,
        ColumnKind.NOTICES,
        ColumnKind.POLICY_INTERPRETATION,
        ColumnKind.CONSULTATION,
        ColumnKind.LEADERS,
        ColumnKind.PERSONNEL,
        ColumnKind.PLANNING,
        ColumnKind.PROCUREMENT,
        ColumnKind.STATISTICS,
        ColumnKind.TOPIC,
        ColumnKind.SERVICE_GUIDE,
    }
)
"""Kinds whose page, when it was not seen, is not taken to hide a column of another kind."""

_SITE_MAP = re.compile(r"^\W*(?:(?:网站|站点|本站)(?:地图|导航)|site ?map)\W*$", re.I)
_OFF_SITE = "栏目在其他网站上，未采集"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grove:
    """All columns of a site and what they were made of."""

    columns: tuple[Column, ...]
    complete: bool
    why: str
    sources: Mapping[str, str]
    """The key of the page of each column, by the column's address."""

    def fact(self, home: str) -> Fact[tuple[Column, ...]]:
        """The columns as a fact."""
        return Seen(self.columns, Sight(url=home, note=self.why), self.complete)


class Columns:
    """Makes the columns of one walk."""

    def __init__(self, site: Site, sights: Sights, dates: Dates, owners: Owners) -> None:
        self._site = site
        self._sights = sights
        self._dates = dates
        self._owners = owners
        self._candidates = Candidates(sights, site)
        self._places = places(self._candidates, sights)
        self._sections = {place.parent for place in self._places.values() if place.parent}
        self._lists = Lists(sights, dates)

    @property
    def candidates(self) -> Candidates:
        """The pages that may be columns."""
        return self._candidates

    @property
    def lists(self) -> Lists:
        """The reader of lists."""
        return self._lists

    def grow(self) -> Grove:
        """The columns, in the order in which they were first met."""
        kinds = {candidate.key: self._kind(candidate) for candidate in self._candidates}
        chosen = [c for c in self._candidates if self._is_column(c, kinds[c.key])]
        shown = {candidate.key: candidate.shown for candidate in chosen}
        below: dict[str, list[str]] = {}
        for candidate in chosen:
            parent = self._nearest(candidate.key, shown)
            if parent:
                below.setdefault(parent, []).append(candidate.key)
        addresses = frozenset(address for c in chosen for address in (c.key, *c.addresses))
        columns = {
            candidate.key: self._column(candidate, kinds[candidate.key], below, shown, addresses)
            for candidate in chosen
        }
        own = _without_entries_of_children(columns, below)
        why = self._gap(kinds, {key for key in below if key in own})
        return Grove(
            columns=tuple(own.values()),
            complete=not why,
            why=why,
            sources={column.url: key for key, column in own.items()},
        )

    def _nearest(self, key: str, shown: Mapping[str, str]) -> str | None:
        """The nearest column above, candidates that turned out to be none left out."""
        parent = self._places[key].parent
        while parent and parent not in shown:
            parent = self._places[parent].parent
        return parent

    # -- one column ------------------------------------------------------------------------------

    def _kind(self, candidate: Candidate) -> ColumnKind | None:
        if candidate.declared:
            return candidate.declared.kind
        page, path = self._sights.page(candidate.key), self._places[candidate.key].path
        names = _names(candidate, page)
        for name in names:
            kind = classify(name)
            if kind is not None:
                return kind
        tag = page.tags.get("ColumnType", "") if page else ""
        for name in names[:1] or [""]:
            return classify(name, path=path, column_type=tag, url=candidate.key)
        return None

    def _is_column(self, candidate: Candidate, kind: ColumnKind | None) -> bool:
        if candidate.declared:
            return True
        if candidate.outside:
            return kind is not None
        if any(_SITE_MAP.search(name) for name in candidate.names):
            return False
        page = self._sights.page(candidate.key)
        if page is None:
            return kind is not None or candidate.in_menu
        named = any(classify(name) is not None for name in _names(candidate, page))
        if page.kind in {PageKind.ARTICLE, PageKind.DOCUMENT}:
            return named or (candidate.in_menu and not page.tags.get("ArticleTitle"))
        if kind is not None or page.items or candidate.key in self._sections:
            return True
        return candidate.in_menu and bool(page.tags.get("ColumnName") or page.crumbs)

    def _column(
        self,
        candidate: Candidate,
        kind: ColumnKind | None,
        below: Mapping[str, list[str]],
        shown: Mapping[str, str],
        addresses: frozenset[str],
    ) -> Column:
        page, place = self._sights.page(candidate.key), self._places[candidate.key]
        names = _names(candidate, page)
        name = names[0] if names else candidate.shown
        declared = candidate.declared
        children = [shown[child] for child in below.get(candidate.key, ())]
        parent = self._nearest(candidate.key, shown)
        return Column(
            url=candidate.shown,
            name=name,
            kind=kind or ColumnKind.OTHER,
            unit=self._unit(candidate, place),
            listing=self._listing(candidate, children, addresses, kind),
            declared=declared is not None,
            exempt=declared.exempt if declared else False,
            limit_days=declared.update_within_days if declared else None,
            archived=any(is_archive(n, place.path, this_year=self._dates.today.year) for n in names),
            level=place.level,
            parent=shown[parent] if parent else None,
            disclosure=self._is_disclosure(candidate, names, place),
            as_last_seen=self._as_last_seen(candidate),
        )

    def _listing(
        self,
        candidate: Candidate,
        children: Iterable[str],
        addresses: frozenset[str],
        kind: ColumnKind | None,
    ) -> Fact[Listing]:
        sighting = self._sights.get(candidate.key)
        if sighting is None or sighting.role == "link":
            return self._not_walked(candidate)
        this_year = date(self._dates.today.year, 1, 1) if kind is ColumnKind.ANNUAL_REPORT else None
        return self._lists.listing(candidate.key, tuple(children), addresses, this_year)

    def _not_walked(self, candidate: Candidate) -> Unseen:
        sight = self._sights.sight(candidate.key)
        if sight.status in {FetchStatus.OK, FetchStatus.UNVISITED}:
            pending = {canonical(p.url): p.why for p in self._sights.walk.pending}
            note = next((pending[key] for key in candidate.addresses if key in pending), "")
            note = note or (_OFF_SITE if candidate.outside else "")
            sight = Sight(url=candidate.shown, status=FetchStatus.UNVISITED, note=note)
        return Unseen(sight)

    def _unit(self, candidate: Candidate, place: Place) -> str:
        if candidate.declared:
            return candidate.declared.unit or self._site.unit
        named = self._owners.among((*place.path, *candidate.names[:1]))
        above = place.parent
        while named is None and above:
            parent = self._candidates.get(above)
            if parent and parent.declared and parent.declared.unit:
                return parent.declared.unit
            above = self._places[above].parent
        return named or self._site.unit

    def _is_disclosure(self, candidate: Candidate, names: Iterable[str], place: Place) -> bool:
        if any(is_disclosure(name, place.path) for name in names):
            return True
        above = place.parent
        while above:
            parent = self._candidates.get(above)
            if parent and any(is_disclosure(name) for name in parent.names):
                return True
            above = self._places[above].parent
        return False

    def _as_last_seen(self, candidate: Candidate) -> date | None:
        sighting = self._sights.get(candidate.key)
        if sighting is None or not is_kept(sighting):
            return None
        return sighting.snapshot.fetched_at.astimezone(CHINA).date()

    # -- what may be missing ---------------------------------------------------------------------

    def _gap(self, kinds: Mapping[str, ColumnKind | None], sections: set[str]) -> str:
        """Why there may be columns that were not found; empty where the walk proves that there are none."""
        walk = self._sights.walk
        if walk.stopped:
            return f"网站没有采集完：{walk.stopped}"
        if self._sights.page(self._candidates.landing(self._sights.home_key)) is None:
            return self._sights.unseen(self._sights.home_key).sight.reason()
        hidden = self._hidden_entrance()
        if hidden:
            return hidden
        for candidate in self._candidates:
            if not self._hides(candidate, kinds[candidate.key], candidate.key in sections):
                continue
            name = candidate.names[0] if candidate.names else candidate.shown
            return f"“{name}”没有看到，其下可能还有栏目：{self._why_unseen(candidate)}"
        return "" if walk.complete or walk.pending else "网站没有采集完"

    def _hidden_entrance(self) -> str:
        """What of the home page was not seen, or a site map, that may lead to further columns."""
        home = self._sights.page(self._candidates.landing(self._sights.home_key))
        if home is None:
            return ""
        frames = [self._sights.page(canonical(url)) for url in (*home.frames, *foot_scripts(home))]
        shown = [home, *(frame for frame in frames if frame)]
        maps = {key for page in shown for key, link in links_by_key(page) if _SITE_MAP.search(link.text)}
        unseen = [key for key in maps if same_host(key, self._site.home) and self._is_unseen(key)]
        if unseen:
            return f"网站地图没有看到：{self._sights.sight(unseen[0]).reason()}"
        if home.foot_shell and not maps and not (frames and all(frames)):
            return f"首页页脚没有呈现（{home.foot_shell}），其中可能有网站地图等入口"
        return ""

    def _is_unseen(self, key: str) -> bool:
        sighting = self._sights.get(key)
        if sighting is not None and sighting.snapshot.status is FetchStatus.GONE:
            return False
        return self._sights.page(key) is None

    def _hides(self, candidate: Candidate, kind: ColumnKind | None, section: bool) -> bool:
        if candidate.outside:
            return False
        return self._is_unseen(candidate.key) and (section or kind not in HIDES_NOTHING)

    def _why_unseen(self, candidate: Candidate) -> str:
        listing = self._not_walked(candidate)
        return listing.sight.reason()


def _names(candidate: Candidate, page: Page | None) -> list[str]:
    """The names of a column, the one to show first: declared, the link's words, the page's own."""
    names = list(candidate.names)
    if page is not None and page.kind not in {PageKind.ARTICLE, PageKind.DOCUMENT}:
        names += [page.tags.get("ColumnName", "").strip(), page.title.strip()]
    return [name for name in dict.fromkeys(names) if name]


def _without_entries_of_children(
    columns: Mapping[str, Column], below: Mapping[str, list[str]]
) -> dict[str, Column]:
    """The columns, each section without the entries that its columns below list themselves."""
    made = dict(columns)
    for key, children in below.items():
        column = made.get(key)
        if column is None or not isinstance(column.listing, Seen):
            continue
        theirs = {
            entry.url for child in _all_below(children, below) for entry in _entries(columns.get(child))
        }
        listing = column.listing.fact
        own = tuple(entry for entry in listing.entries if entry.url not in theirs)
        if len(own) < len(listing.entries):
            made[key] = replace(column, listing=replace(column.listing, fact=replace(listing, entries=own)))
    return made


def _all_below(children: Iterable[str], below: Mapping[str, list[str]]) -> list[str]:
    found: list[str] = []
    waiting = list(children)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.append(key)
            waiting.extend(below.get(key, ()))
    return found


def _entries(column: Column | None) -> tuple[Entry, ...]:
    if column is None or not isinstance(column.listing, Seen):
        return ()
    return column.listing.fact.entries
