"""The columns of a site: name, kind, unit, place and listing of each, and whether any may be missing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from crawler.observing.candidates import Candidate, Candidates
from crawler.observing.dating import Dates
from crawler.observing.gaps import SITE_MAP, what_may_hide, why_not_walked
from crawler.observing.hierarchy import Place, places
from crawler.observing.lists import Lists
from crawler.observing.owners import Owners
from crawler.observing.sidebars import Sidebars
from crawler.observing.sights import Sights, is_kept
from domain.observation import CHINA, Column, Entry, Fact, Listing, Seen, Sight, Unseen
from domain.page import Page, PageKind
from domain.target import ColumnKind, Site
from schemes.columns import classify, is_archive, is_disclosure, near

_LEADS_ON = frozenset(
    {ColumnKind.INTERACTION, ColumnKind.SERVICE_GUIDE, ColumnKind.STATUTORY_DISCLOSURE, ColumnKind.TOPIC}
)
_SHOWS_OTHERWISE = re.compile(
    r"公开$|交流|互动|服务|中心$|频道|平台|^政务$|走进|概况|大厅|专区|地图|导航|数据|报刊|电子报|公报|查询"
)
_PICTURED = re.compile(r"视频|图片|图库|图说|影像|直播|访谈|漫画")
_NO_COLUMN = re.compile(
    r"搜索|检索|登录|登陆|注册|RSS|订阅|无障碍|长者|适老|English|手机版|客户端|二维码|设为首页|收藏|关于我们|网站声明|版权",
    re.I,
)


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
        self._lists = Lists(sights, dates, Sidebars(sights, self._candidates))

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
        why = what_may_hide(self._candidates, kinds, frozenset(below), self._sights)
        return Grove(
            columns=tuple(one for key, column in own.items() for one in self._declared_anew(key, column)),
            complete=not why,
            why=why,
            sources={column.url: key for key, column in own.items()},
        )

    def _declared_anew(self, key: str, column: Column) -> Iterator[Column]:
        """A column as the registry declares it, once for each unit that shares its address."""
        yield column
        candidate = self._candidates.get(key)
        for declared in candidate.also if candidate else ():
            yield replace(
                column,
                name=declared.name,
                kind=declared.kind,
                unit=declared.unit or self._site.unit,
                exempt=declared.exempt,
                limit_days=declared.update_within_days,
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
        if any(SITE_MAP.search(name) for name in candidate.names):
            return False
        page = self._sights.page(candidate.key)
        if page is None:
            return kind is not None or candidate.in_menu
        named = any(classify(name) is not None for name in _names(candidate, page))
        if page.kind in {PageKind.ARTICLE, PageKind.DOCUMENT}:
            return named or (candidate.in_menu and not page.tags.get("ArticleTitle"))
        if kind is None and any(_NO_COLUMN.search(name) for name in candidate.names):
            return False
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
            may_be=frozenset() if kind or declared else self._near(candidate, names, place),
        )

    def _near(self, candidate: Candidate, names: Iterable[str], place: Place) -> frozenset[ColumnKind]:
        """The kinds that the names of an unknown column of the disclosure platform come near to."""
        if not self._is_disclosure(candidate, names, place):
            return frozenset()
        return frozenset(kind for name in names for kind in near(name))

    def _listing(
        self,
        candidate: Candidate,
        children: Iterable[str],
        addresses: frozenset[str],
        kind: ColumnKind | None,
    ) -> Fact[Listing]:
        sighting = self._sights.get(candidate.key)
        if sighting is None or sighting.role == "link":
            return Unseen(why_not_walked(candidate, self._sights))
        this_year = date(self._dates.today.year, 1, 1) if kind is ColumnKind.ANNUAL_REPORT else None
        listing = self._lists.listing(candidate.key, tuple(children), addresses, this_year)
        return self._doubted(listing, candidate, kind)

    def _doubted(
        self, listing: Fact[Listing], candidate: Candidate, kind: ColumnKind | None
    ) -> Fact[Listing]:
        """A bare page that may only lead on, or show what is not read as text, is not proven to be empty."""
        page = self._sights.page(candidate.key)
        if candidate.declared or not isinstance(listing, Seen) or page is None:
            return listing
        bare = not (listing.fact.entries or listing.fact.children or listing.fact.text_length)
        told = page.empty_notice or page.kind is PageKind.LIST
        unclear = kind is None and any(_SHOWS_OTHERWISE.search(name) for name in candidate.names)
        pictured = any(_PICTURED.search(name) for name in candidate.names)
        if not bare or told or not (unclear or pictured or kind in _LEADS_ON):
            return listing
        name = f"“{candidate.names[0]}”" if candidate.names else "页面"
        why = f"{name}没有条目，可能只起引导作用或以图像等形式展示，不能断定为空白（{candidate.shown}）"
        sight = replace(listing.sight, note=why)
        return replace(listing, sight=sight, complete=False)

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
