"""Addresses that may be columns: declared, walked to, or linked and not seen; one for each page reached."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from crawler.address import canonical
from crawler.observing.sights import Sights, links_by_key
from domain.page import Page, Region
from domain.snapshot import FetchStatus
from domain.target import ColumnKind, DeclaredColumn, Site
from domain.walk import Sighting
from schemes.columns import classify

LONGEST_NAME = 30

SOUGHT_OUTSIDE = frozenset(
    {
        ColumnKind.GUIDE,
        ColumnKind.REGULATIONS,
        ColumnKind.CATALOGUE,
        ColumnKind.STATUTORY_DISCLOSURE,
        ColumnKind.ANNUAL_REPORT,
        ColumnKind.ON_REQUEST,
        ColumnKind.BUDGET,
        ColumnKind.PUBLIC_SUPERVISION,
    }
)
"""Kinds of column that may stand on another host and still be the site's."""

HOME_NAME = re.compile(r"^(?:(?:网站|返回|回到|本站|中心|单位|官网)?(?:首页|主页)|home|index)$", re.I)
_NO_NAME = re.compile(
    r"^(?:[\[【(（<+]*(?:查看|点击|了解)?(?:更多|全部|more|详细|详情|查看|进入|点击进入)[.…]*[\]】)）>+»›]*"
    r"|正文|列表|栏目|内容|[\W\d_]*|返回.*|登录|注册|搜索)$",
    re.I,
)
_BULLET = re.compile(r"^[·•●◆■▪>»›\-—|\s]+|[>»›|\s]+$")
_SUPERIOR = re.compile(r"国务院|中央|中国政府|国家|全国|[^本全]省(?:人民)?政府|^.{2,3}省|^省")


@dataclass(slots=True, kw_only=True)
class Candidate:
    """A page that may be a column, with every address and every name it goes by.

    `key` is where its addresses lead to, `shown` the address to show. `text` is the words of the link
    that the walk followed. `outside` marks a link to another host that was not walked. `linked_from` are
    the pages other than the home page that link to it. `also` are further declarations of the address.
    """

    key: str
    shown: str
    addresses: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    declared: DeclaredColumn | None = None
    found_on: str | None = None
    depth: int = 1
    in_menu: bool = False
    on_home: bool = False
    outside: bool = False
    linked_from: list[str] = field(default_factory=list)
    also: list[DeclaredColumn] = field(default_factory=list)

    def add_name(self, text: str) -> None:
        """Notes a name that the column is linked by, if it is one."""
        name = _BULLET.sub("", " ".join(text.split()))
        if is_name(name) and name not in self.names:
            self.names.append(name)


def is_name(text: str) -> bool:
    """Whether a link's words can be a column's name."""
    return bool(text) and len(text) <= LONGEST_NAME and not _NO_NAME.match(text) and not HOME_NAME.match(text)


class Candidates:
    """All candidates of a walk, by the page they lead to."""

    def __init__(self, sights: Sights, site: Site) -> None:
        self._sights = sights
        self._site = site
        self.home_keys = _home_keys(sights)
        self._asked = {
            key for key, sighting in sights if sighting.role == "column" and key not in self.home_keys
        }
        self._asked |= self._framed_columns()
        self._by_key: dict[str, Candidate] = {}
        self._landings: dict[str, str] = {}
        self._collect()

    def __iter__(self) -> Iterator[Candidate]:
        """The candidates in the order in which they were first met."""
        return iter(self._by_key.values())

    def get(self, key: str) -> Candidate | None:
        """The candidate that an address leads to."""
        return self._by_key.get(self.landing(key))

    def landing(self, key: str) -> str:
        """Where an address leads to, as `Sights.landing` tells it."""
        if key not in self._landings:
            self._landings[key] = self._sights.landing(key, self._asked)
        return self._landings[key]

    def _collect(self) -> None:
        for declared in self._site.columns:
            self._declare(declared)
        for key, sighting in self._sights:
            if key in self._asked:
                self._walked(key, sighting)
        for pending in self._sights.walk.pending:
            key = canonical(pending.url)
            if key not in self.home_keys:
                candidate = self._at(key, pending.url)
                candidate.add_name(pending.text)
                candidate.found_on = candidate.found_on or canonical(pending.found_on)
        for key, page in self._menu_pages():
            self._names_on(key, page)

    def _framed_columns(self) -> set[str]:
        """Pages met as the inline frame of another that a menu names as columns of their own."""
        frames = {key for key, sighting in self._sights if sighting.role == "frame"} - self.home_keys
        if not frames:
            return frames
        return {
            key
            for _, page in self._menu_pages()
            for key, link in links_by_key(page)
            if key in frames and link.region in {Region.NAV, Region.CRUMB} and is_name(link.text.strip())
        }

    def _at(self, key: str, url: str) -> Candidate:
        landing = self.landing(key)
        candidate = self._by_key.get(landing)
        if candidate is None:
            candidate = Candidate(key=landing, shown=landing if landing != key else canonical(url))
            self._by_key[landing] = candidate
        if key not in candidate.addresses:
            candidate.addresses.append(key)
        return candidate

    def _declare(self, declared: DeclaredColumn) -> None:
        candidate = self._at(canonical(declared.url), declared.url)
        if candidate.declared is not None:
            candidate.also.append(declared)
            return
        candidate.declared = declared
        candidate.shown = declared.url
        candidate.names.insert(0, declared.name)

    def _walked(self, key: str, sighting: Sighting) -> None:
        if self.landing(key) in self.home_keys:
            return
        candidate = self._at(key, sighting.snapshot.url)
        if sighting.role != "frame":
            candidate.add_name(sighting.asked_as)
        found_on = canonical(sighting.found_on) if sighting.found_on else None
        if candidate.found_on is None:
            candidate.found_on, candidate.depth = found_on, sighting.depth

    def _menu_pages(self) -> Iterator[tuple[str, Page]]:
        for key, sighting in self._sights:
            page = self._sights.page(key)
            if page is not None and sighting.role in {"home", "column", "frame"}:
                yield key, page

    def _names_on(self, page_key: str, page: Page) -> None:
        """Names and places of candidates among a page's links, and disclosure columns on other hosts."""
        at_home = page_key in self.home_keys
        for key, link in links_by_key(page):
            if link.region is Region.FOOT:
                continue
            candidate = self._by_key.get(self._landings.get(key, key))
            if candidate is None:
                if not self._is_sought_outside(key, link.text, link.region):
                    continue
                candidate = self._at(key, link.url)
                candidate.outside = True
            if link.region is not Region.LIST:
                candidate.add_name(link.text)
            candidate.on_home |= at_home
            if not at_home and page_key not in candidate.linked_from:
                candidate.linked_from.append(page_key)
            candidate.in_menu |= link.region in {Region.NAV, Region.CRUMB}

    def _is_sought_outside(self, key: str, text: str, region: Region) -> bool:
        name = text.strip()
        if region in {Region.LIST, Region.BODY} or not is_name(name) or _SUPERIOR.search(name):
            return False
        if key in self.home_keys or (self._sights.is_own(key) and self._sights.get(key) is not None):
            return False
        return classify(name) in SOUGHT_OUTSIDE


def _home_keys(sights: Sights) -> frozenset[str]:
    """The addresses of the home page itself, with or without a query that it takes no notice of."""
    landing = sights.landing(sights.home_key)
    paths = {sights.home_key.partition("?")[0], landing.partition("?")[0]}
    same = {
        key
        for key, sighting in sights
        if sighting.role == "home"
        or (key.partition("?")[0] in paths and sighting.snapshot.status is FetchStatus.MISDIRECTED)
    }
    return frozenset({sights.home_key, landing, *same})
