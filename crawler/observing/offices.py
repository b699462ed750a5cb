"""The people and offices that a site presents: leaders' pages and the organisation column."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from crawler.address import canonical
from crawler.observing.columns import Grove
from crawler.observing.matter import Matter, matter_of, why_unread
from crawler.observing.sights import Sights, links_by_key
from crawler.subjects.leaders import IN_CHARGE, is_in_charge, leader_names, leader_particulars
from crawler.subjects.organisation import organisation_particulars
from crawler.subjects.parts import SHARED_DUTIES, names_a_part
from domain.observation import Column, Entry, Fact, Particulars, Seen, Sight, Unseen
from domain.page import Page, Region
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from schemes.columns import classify

LEAST_PROFILE = 30
"""Characters below which a page on leaders says nothing: the column is empty, which is another matter."""

LEAST_TOLD = 2
"""Personal particulars by which a column's own page is known to present a leader."""

_DEED = re.compile(
    r"调研|会议|讲话|出席|检查|主持|强调|部署|走访|慰问|召开|参加|活动|视察|督导|学习|通知|公告|任免|公示|发言|致辞"
)
_NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}$|^[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,12}$")
_POST = re.compile(
    r"书记|局长|主任|[县市区镇乡]长|部长|厅长|院长|所长|处长|组长|主席|经理|董事长|理事长|会长|行长|科长|股长|常委|调研员|巡视员|队长|总工程师|秘书长|党组成员|政委|站长|校长|同志$|简历$"
)
_PART = re.compile(
    r"^(?:(?:单位|机构|部门|内设|主要|工作|法定)*(?:职能|职责|机构|科室|股室|处室)(?:设置|职责|职能|介绍|简介)?"
    r"|联系(?:我们|方式|电话)|(?:办公|工作)(?:时间|地址|地点)(?:[及和、与]?(?:联系方式|电话|地址|时间))?"
    r"|(?:机构|单位|部门)(?:简介|概况|信息|领导))$"
)
_OFFICE = re.compile(
    r"机构|职能|职责|概况|简介|介绍|科室?|股室?|处室?|中心|办公室|内设|部门|三定|联系|地址|电话"
)
_NEWS = re.compile(r"通知|公告|公示|通报|任免|任职|会议|报告|方案|意见|办法|关于")
_PERSONAL = frozenset({"birth", "ethnicity", "education", "political_status", "duties"})


class Offices:
    """Reads one walk for who leads a unit and how it is made up."""

    def __init__(self, sights: Sights, grove: Grove) -> None:
        self._sights = sights
        self._grove = grove
        self._by_url = {column.url: column for column in grove.columns}
        self._columns = frozenset(grove.sources[column.url] for column in grove.columns)

    def leaders(self, home: str) -> Fact[tuple[Particulars, ...]]:
        """A page for each leader, or the column's own page where it presents them all."""
        found: dict[str, Particulars] = {}
        why = self._grove.why
        for column in self._named(ColumnKind.LEADERS):
            if not isinstance(column.listing, Seen):
                why = why or why_unseen(column)
                continue
            pages = list(self._people(column))
            for key, name in pages:
                page = self._sights.page(key)
                if page is None:
                    found.setdefault(key, unread(key, column.unit, name, self._sights))
                    continue
                found.setdefault(key, self._leader(key, column, name, page))
            key = self._grove.sources[column.url]
            page = self._sights.page(key)
            alone = not (pages or column.listing.fact.children or column.listing.fact.entries)
            if alone and page is not None and len(page.text) >= LEAST_PROFILE:
                found.setdefault(key, self._leader(column.url, column, column.name, page))
        return Seen(tuple(found.values()), Sight(url=home, note=why), not why)

    def _people(self, column: Column) -> Iterator[tuple[str, str]]:
        """The pages of single leaders that a column leads to."""
        for one in self._with_below(column):
            listed = [(entry.url, entry.title) for entry in entries_of(one)]
            page = self._sights.page(self._grove.sources[one.url])
            inside = [
                (key, link.text.strip())
                for key, link in (links_by_key(page) if page is not None else ())
                if link.region in {Region.BODY, Region.OTHER, Region.LIST}
                and self._sights.get(key) is not None
            ]
            titles: dict[str, list[str]] = {}
            for key, title in (*listed, *inside):
                titles.setdefault(key, []).append(title)
            for key, told in titles.items():
                is_column = self._sights.landing(key) in self._columns
                if any(_DEED.search(one) for one in told):
                    continue
                # The link of a card says all that stands on it, the entry what was made out as its title.
                name = next((one for one in told if self._presents(key, one, is_column=is_column)), None)
                if key and name is not None:
                    yield key, name

    def _presents(self, key: str, title: str, *, is_column: bool) -> bool:
        """Whether a page presents one leader: its title is a post or a name, and it says who that is.

        Of a column the page itself must say so: a post's name may be a mailbox's (局长信箱).
        """
        plain = re.sub(r"\s+", "", title)
        if len(plain) > 30 or _DEED.search(plain):
            return False
        if _POST.search(plain) and not is_column:
            return True
        page = self._sights.page(key)
        told = leader_particulars(page.text, tables=page.tables) if page is not None else frozenset()
        if is_column and (len(told & _PERSONAL) < LEAST_TOLD or (page is not None and page.items)):
            return False
        return bool(_NAME.match(plain) or _POST.search(plain)) and bool(told & _PERSONAL)

    def _leader(self, url: str, column: Column, name: str, page: Page) -> Particulars:
        matter = matter_of(page, canonical(url), self._sights, least=40, beside=True)
        asides = [self._aside(key) for key in self._asides_of(page) if key != canonical(url)]
        text = "\n".join((matter.text, *(told for told, _ in asides)))
        stated = leader_particulars(
            text, title=re.sub(r"\s+", "", name), images=page.images, tables=matter.tables
        )
        why = matter.why or next((why for _, why in asides if why), "")
        if is_in_charge(text):
            stated |= {IN_CHARGE}
        if not stated >= {"duties", IN_CHARGE}:
            shared = [self._aside(key) for key in self._shared_duties(column)]
            names = leader_names(text) or {re.sub(r"\s+", "", name)}
            of_all = "\n".join(told for told, _ in shared if any(name in told for name in names))
            why = why or ("" if "duties" in stated else next((why for _, why in shared if why), ""))
            stated |= ({"duties"} if of_all else set()) | ({IN_CHARGE} if is_in_charge(of_all) else set())
        fact = stated_of(stated, replace(matter, why=why))
        return Particulars(url=url, unit=column.unit, title=name, stated=fact)

    def _asides_of(self, page: Page) -> Iterator[str]:
        """Pages for a part of what a leader's page owes, as for the career or the duties."""
        for key, link in links_by_key(page):
            if link.region not in {Region.NAV, Region.CRUMB, Region.FOOT} and names_a_part(link.text):
                yield key

    def _shared_duties(self, column: Column) -> Iterator[str]:
        """Pages of a leaders' column that tell how duties are shared out among them all."""
        page = self._sights.page(self._grove.sources[column.url])
        links = links_by_key(page) if page is not None else ()
        named = [(key, link.text) for key, link in links]
        named += [(entry.url, entry.title) for entry in entries_of(column)]
        own = self._grove.sources[column.url]
        yield from dict.fromkeys(
            key for key, title in named if key and key != own and SHARED_DUTIES.search(title)
        )

    def _aside(self, key: str) -> tuple[str, str]:
        """The text of another page, and why it was not read."""
        page, sighting = self._sights.page(key), self._sights.get(key)
        if page is not None:
            matter = matter_of(page, key, self._sights, least=40, beside=True)
            return matter.text, matter.why
        gone = sighting is not None and sighting.snapshot.status is FetchStatus.GONE
        return "", "" if gone else why_unread("领导分工或简历的页面", self._sights, key)

    def organisations(self, home: str) -> Fact[tuple[Particulars, ...]]:
        """What the organisation columns of each unit state between them."""
        by_unit: dict[str, list[Column]] = {}
        why = self._grove.why
        for column in self._named(ColumnKind.ORGANISATION):
            if isinstance(column.listing, Seen):
                by_unit.setdefault(column.unit, []).append(column)
            else:
                why = why or why_unseen(column)
        found = tuple(self._organisation(unit, columns, why) for unit, columns in by_unit.items())
        return Seen(found, Sight(url=home, note=why), not why)

    def _organisation(self, unit: str, columns: list[Column], why: str) -> Particulars:
        root = min(columns, key=lambda column: (not column.declared, column.level))
        keys = dict.fromkeys(key for column in columns for key in self._pages_of(column))
        keys |= dict.fromkeys(key for column in columns for key in self._parts_of(column))
        matters = []
        for key in keys:
            page, sighting = self._sights.page(key), self._sights.get(key)
            if page is not None:
                matters.append(matter_of(page, key, self._sights, beside=True))
            elif sighting is None or sighting.snapshot.status is not FetchStatus.GONE:
                why = why or self._sights.sight(key).reason()
        why = why or next((matter.why for matter in matters if matter.why), "")
        stated = organisation_particulars(
            [matter.text for matter in matters], tables=[grid for matter in matters for grid in matter.tables]
        )
        if not stated & {"functions", "offices"} and not any(map(self._presents_office, columns)):
            why = why or "栏目里没有读到介绍机构的页面，所列的是其他信息"
        fact = Seen(stated, Sight(url=root.url, note=why), not why)
        return Particulars(url=root.url, unit=unit, title=root.name, stated=fact)

    def _presents_office(self, column: Column) -> bool:
        """Whether a column itself says what the organisation is, or lists a page that does by its title."""
        shown = [entry.title for one in self._with_below(column) for entry in entries_of(one)]
        return not shown or any(_OFFICE.search(title) and not _NEWS.search(title) for title in shown)

    # -- columns ---------------------------------------------------------------------------------

    def _named(self, kind: ColumnKind) -> Iterator[Column]:
        """The columns that are of a kind by their own name or the registry's word, not by their place."""
        for column in self._grove.columns:
            own = column.declared or classify(column.name) is kind
            if column.kind is kind and own and not column.archived and not is_gone(column):
                yield column

    def _parts_of(self, column: Column) -> Iterator[str]:
        """Pages that an organisation's own page leads to for a part of what it owes, wherever they stand."""
        page = self._sights.page(self._grove.sources[column.url])
        for key, link in links_by_key(page) if page is not None else ():
            own = link.region in {Region.BODY, Region.OTHER, Region.LIST}
            if own and _PART.search(link.text.strip()) and self._sights.get(key) is not None:
                yield key

    def _with_below(self, column: Column) -> Iterator[Column]:
        waiting, passed = [column], {column.url}
        while waiting:
            one = waiting.pop(0)
            yield one
            for child in one.listing.fact.children if isinstance(one.listing, Seen) else ():
                below = self._by_url.get(child)
                if below is not None and child not in passed:
                    passed.add(child)
                    waiting.append(below)

    def _pages_of(self, column: Column) -> Iterator[str]:
        for one in self._with_below(column):
            yield self._grove.sources[one.url]
            yield from (entry.url for entry in entries_of(one) if entry.url)


def why_unseen(column: Column) -> str:
    """Why a column was not seen; empty where it is gone, for then there is nothing to see."""
    return "" if is_gone(column) else column.listing.sight.reason()


def is_gone(column: Column) -> bool:
    """Whether a column's page is no longer there."""
    return column.listing.sight.status is FetchStatus.GONE


def entries_of(column: Column) -> Iterable[Entry]:
    """The entries of a column as far as they were seen."""
    return column.listing.fact.entries if isinstance(column.listing, Seen) else ()


def stated_of(stated: frozenset[str], matter: Matter) -> Fact[frozenset[str]]:
    """What a text states, as a fact that is as complete as the text itself."""
    text = matter.fact()
    if isinstance(text, Unseen):
        return text
    return Seen(stated, text.sight, text.complete)


def unread(url: str, unit: str, title: str, sights: Sights) -> Particulars:
    """A page that owes particulars and was not seen."""
    return Particulars(url=url, unit=unit, title=title, stated=sights.unseen(url))
