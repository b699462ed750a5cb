"""What a site owes its visitors: leaders, organisation, service guides, messages and ways to ask."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from crawler.address import canonical
from crawler.observing.columns import Grove
from crawler.observing.matter import Matter, matter_of
from crawler.observing.sights import Sights, links_by_key
from crawler.subjects.channels import effective_channels
from crawler.subjects.leaders import leader_particulars
from crawler.subjects.messages import ListedMessage, listed_messages, message_of
from crawler.subjects.organisation import organisation_particulars
from crawler.subjects.service import service_elements
from domain.observation import Column, Entry, Fact, Message, Particulars, Seen, Sight, Unseen
from domain.page import Page, Region
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from schemes.columns import classify

LEAST_PROFILE = 30
"""Characters below which a page on leaders says nothing: the column is empty, which is another matter."""

_DEED = re.compile(
    r"调研|会议|讲话|出席|检查|主持|强调|部署|走访|慰问|召开|参加|活动|视察|督导|学习|通知|公告|任免|公示|发言|致辞"
)
_NAME = re.compile(r"^[\u4e00-\u9fff]{2,4}$|^[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,12}$")
_POST = re.compile(
    r"书记|局长|主任|[县市区镇乡]长|部长|厅长|院长|所长|处长|组长|主席|经理|董事长|理事长|会长|行长|科长|股长|常委|调研员|巡视员|队长|总工程师|秘书长|党组成员|政委|站长|校长|同志$|简历$"
)
_PERSONAL = frozenset({"birth", "ethnicity", "education", "political_status", "duties"})
_SERVICE = re.compile(
    r"办理|许可|登记|备案|申请|申领|审批|核准|确认|补贴|认定|换发|补领|注册|变更|注销|发放|证明|缴纳|年检|报名|预约|给付|指南"
    r"|参保|救助|领取|审核|核发|报销|转移|开具|签发"
)
_NO_SERVICE = re.compile(
    r"通知$|公告$|公示$|通报$|会议|新闻|动态|召开|部署|意见$|办法$|目录$|清单$|一览表|解读|流程图$|下载$"
)
_MESSAGES = re.compile(r"信箱|留言|咨询|来信|信件|问答|投诉|建言|诉求|选登|答复|民声|民意|互动")
_NO_MESSAGES = re.compile(r"访谈|调查|征集|投票|信访|举报|纪检|发布会|热线|电话")


class Services:
    """Reads one walk for what visitors are owed."""

    def __init__(self, sights: Sights, grove: Grove) -> None:
        self._sights = sights
        self._grove = grove
        self._by_url = {column.url: column for column in grove.columns}

    # -- people and offices ----------------------------------------------------------------------

    def leaders(self, home: str) -> Fact[tuple[Particulars, ...]]:
        """A page for each leader, or the column's own page where it presents them all."""
        found: dict[str, Particulars] = {}
        why = self._grove.why
        for column in self._named(ColumnKind.LEADERS):
            if not isinstance(column.listing, Seen):
                why = why or self._why(column)
                continue
            pages = list(self._people(column))
            for key, name in pages:
                page = self._sights.page(key)
                if page is None:
                    found.setdefault(key, _unread(key, column.unit, name, self._sights))
                    continue
                found.setdefault(key, self._leader(key, column.unit, name, page))
            key = self._grove.sources[column.url]
            page = self._sights.page(key)
            alone = not (pages or column.listing.fact.children or column.listing.fact.entries)
            if alone and page is not None and len(page.text) >= LEAST_PROFILE:
                found.setdefault(key, self._leader(column.url, column.unit, column.name, page))
        return Seen(tuple(found.values()), Sight(url=home, note=why), not why)

    def _people(self, column: Column) -> Iterator[tuple[str, str]]:
        """The pages of single leaders that a column leads to."""
        for one in self._with_below(column):
            listed = [(entry.url, entry.title) for entry in _entries(one)]
            page = self._sights.page(self._grove.sources[one.url])
            inside = [
                (key, link.text.strip())
                for key, link in (links_by_key(page) if page is not None else ())
                if link.region in {Region.BODY, Region.OTHER, Region.LIST}
                and self._sights.get(key) is not None
            ]
            columns = {self._grove.sources[c.url] for c in self._grove.columns}
            for key, title in dict(listed + inside).items():
                if key and key not in columns and self._presents(key, title):
                    yield key, title

    def _presents(self, key: str, title: str) -> bool:
        """Whether a page presents one leader: its title is a post or a name, and it says who that is."""
        plain = re.sub(r"\s+", "", title)
        if len(plain) > 30 or _DEED.search(plain):
            return False
        if _POST.search(plain):
            return True
        page = self._sights.page(key)
        told = leader_particulars(page.text, tables=page.tables) if page is not None else frozenset()
        return bool(_NAME.match(plain)) and bool(told & _PERSONAL)

    def _leader(self, url: str, unit: str, name: str, page: Page) -> Particulars:
        matter = matter_of(page, canonical(url), self._sights, least=40, beside=True)
        stated = leader_particulars(
            matter.text, title=re.sub(r"\s+", "", name), images=page.images, tables=matter.tables
        )
        return Particulars(url=url, unit=unit, title=name, stated=_fact(stated, matter))

    def organisations(self, home: str) -> Fact[tuple[Particulars, ...]]:
        """What the organisation columns of each unit state between them."""
        by_unit: dict[str, list[Column]] = {}
        why = self._grove.why
        for column in self._named(ColumnKind.ORGANISATION):
            if isinstance(column.listing, Seen):
                by_unit.setdefault(column.unit, []).append(column)
            else:
                why = why or self._why(column)
        found = tuple(self._organisation(unit, columns, why) for unit, columns in by_unit.items())
        return Seen(found, Sight(url=home, note=why), not why)

    def _organisation(self, unit: str, columns: list[Column], why: str) -> Particulars:
        root = min(columns, key=lambda column: (not column.declared, column.level))
        keys = dict.fromkeys(key for column in columns for key in self._pages_of(column))
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
        fact = Seen(stated, Sight(url=root.url, note=why), not why)
        return Particulars(url=root.url, unit=unit, title=root.name, stated=fact)

    # -- services --------------------------------------------------------------------------------

    def services(self, home: str) -> Fact[tuple[Particulars, ...]]:
        """The service guides among the entries of the service columns."""
        found: dict[str, Particulars] = {}
        why = self._grove.why
        for column in self._grove.columns:
            if column.kind is not ColumnKind.SERVICE_GUIDE:
                continue
            if not isinstance(column.listing, Seen):
                why = why or self._why(column)
                continue
            for entry in _entries(column):
                if not _SERVICE.search(entry.title) or _NO_SERVICE.search(entry.title):
                    continue
                page = self._sights.page(entry.url)
                made = (
                    _unread(entry.url, column.unit, entry.title, self._sights)
                    if page is None
                    else self._service(entry.url, column.unit, entry.title, page)
                )
                found.setdefault(entry.url, made)
        return Seen(tuple(found.values()), Sight(url=home, note=why), not why)

    def _service(self, url: str, unit: str, title: str, page: Page) -> Particulars:
        matter = matter_of(page, url, self._sights, beside=True)
        stated = service_elements(
            matter.text,
            title=title,
            tables=matter.tables,
            images=page.images,
            names=[link.text for link in page.attachments],
        )
        return Particulars(url=url, unit=unit, title=title, stated=_fact(stated, matter))

    # -- interaction -----------------------------------------------------------------------------

    def messages(self, home: str) -> Fact[tuple[Message, ...]]:
        """The public messages that the site shows, with the day they were sent and whether answered."""
        found: dict[str, Message] = {}
        why = self._grove.why
        for column in self._grove.columns:
            if column.kind is not ColumnKind.INTERACTION or not _holds_messages(column):
                continue
            if not isinstance(column.listing, Seen):
                why = why or self._why(column)
                continue
            shown = self._shown_in(column)
            for entry in _entries(column):
                if entry.url:
                    message = self._message(shown.get(entry.url), entry.url, entry.title)
                    found.setdefault(entry.url, message)
        return Seen(tuple(found.values()), Sight(url=home, note=why), not why)

    def _shown_in(self, column: Column) -> dict[str, ListedMessage]:
        """What the column's list pages say of each message beside its title."""
        shown: dict[str, ListedMessage] = {}
        waiting, passed = [self._grove.sources[column.url]], set()
        while waiting:
            key = waiting.pop(0)
            page = self._sights.page(key)
            if page is None or key in passed:
                continue
            passed.add(key)
            for message in listed_messages(page):
                shown.setdefault(canonical(message.url), message)
            waiting.extend(canonical(url) for url in (*page.pager, *page.frames))
        return shown

    def _message(self, listed: ListedMessage | None, url: str, title: str) -> Message:
        page = self._sights.page(url)
        own = message_of(page) if page is not None else None
        asked = (listed.asked_on if listed else None) or (own.asked_on if own else None)
        answered = _answered(own, listed)
        sight = Sight(url=url)
        unseen = self._sights.unseen(url)
        day: Fact[date | None] = Seen(asked, sight) if asked or page is not None else unseen
        return Message(
            url=url,
            title=title,
            asked_on=day,
            answered=Seen(answered, sight) if answered is not None else unseen,
        )

    def channels(self, home: str) -> Fact[frozenset[str]]:
        """The ways to ask that the home page and the columns name."""
        found: set[str] = set()
        for key, sighting in self._sights:
            page = self._sights.page(key)
            if page is not None and sighting.role in {"home", "column", "frame"}:
                found.update(page.channels)
        why = self._grove.why
        for column in self._grove.columns:
            if column.kind is ColumnKind.INTERACTION and not isinstance(column.listing, Seen):
                why = why or self._why(column)
        return Seen(effective_channels(found), Sight(url=home, note=why), not why)

    # -- columns ---------------------------------------------------------------------------------

    def _named(self, kind: ColumnKind) -> Iterator[Column]:
        """The columns that are of a kind by their own name or the registry's word, not by their place."""
        for column in self._grove.columns:
            own = column.declared or classify(column.name) is kind
            if column.kind is kind and own and not column.archived and not _is_gone(column):
                yield column

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
            yield from (entry.url for entry in _entries(one) if entry.url)

    @staticmethod
    def _why(column: Column) -> str:
        return "" if _is_gone(column) else column.listing.sight.reason()


def _is_gone(column: Column) -> bool:
    return column.listing.sight.status is FetchStatus.GONE


def _entries(column: Column) -> Iterable[Entry]:
    return column.listing.fact.entries if isinstance(column.listing, Seen) else ()


def _holds_messages(column: Column) -> bool:
    return bool(_MESSAGES.search(column.name)) and not _NO_MESSAGES.search(column.name)


def _answered(own: ListedMessage | None, listed: ListedMessage | None) -> bool | None:
    """Whether a message was answered: an answer seen anywhere counts; that there is none, only its own page
    tells, or its list where the page does not say.
    """
    if (own and own.answered) or (listed and listed.answered):
        return True
    if own is None:
        return None
    return own.answered if own.answered is not None else (listed.answered if listed else None)


def _fact(stated: frozenset[str], matter: Matter) -> Fact[frozenset[str]]:
    text = matter.fact()
    if isinstance(text, Unseen):
        return text
    return Seen(stated, text.sight, text.complete)


def _unread(url: str, unit: str, title: str, sights: Sights) -> Particulars:
    return Particulars(url=url, unit=unit, title=title, stated=sights.unseen(url))
