"""What a site owes its visitors: service guides, messages and ways to ask."""

import re
from datetime import date

from crawler.address import canonical
from crawler.observing.columns import Grove
from crawler.observing.matter import matter_of
from crawler.observing.offices import entries_of, stated_of, unread, why_unseen
from crawler.observing.sights import Sights
from crawler.subjects.channels import effective_channels
from crawler.subjects.messages import ListedMessage, listed_messages, message_of
from crawler.subjects.service import service_elements
from domain.observation import Column, Fact, Message, Particulars, Seen, Sight
from domain.page import Form, Page
from domain.target import ColumnKind

_SERVICE = re.compile(
    r"办理|许可|登记|备案|申请|申领|审批|核准|确认|补贴|认定|换发|补领|注册|变更|注销|发放|证明|缴纳|年检|报名|预约|给付|指南"
    r"|参保|救助|领取|审核|核发|报销|转移|开具|签发"
)
_NO_SERVICE = re.compile(
    r"通知$|公告$|公示$|通报$|会议|新闻|动态|召开|部署|意见$|办法$|目录$|清单$|一览表|解读|流程图$|下载$"
)
_MESSAGES = re.compile(r"信箱|留言|咨询|来信|信件|问答|投诉|建言|诉求|选登|答复|民声|民意|互动")
_NO_MESSAGES = re.compile(r"访谈|调查|征集|投票|信访|举报|纪检|发布会|热线|电话")

_NO_WAY_TO_ASK = re.compile(r"信访|纪检|监察|调查|征集|投票|访谈|报名")
_WRITES = re.compile(r"内容|留言|建议|问题|来信|咨询|诉求|提交|发送")
_SEARCHES = re.compile(r"搜\s*索|检\s*索|查\s*询|登\s*[录陆]|关键[字词]|订阅")


class Services:
    """Reads one walk for what visitors are owed."""

    def __init__(self, sights: Sights, grove: Grove) -> None:
        self._sights = sights
        self._grove = grove

    # -- services --------------------------------------------------------------------------------

    def services(self, home: str) -> Fact[tuple[Particulars, ...]]:
        """The service guides among the entries of the service columns."""
        found: dict[str, Particulars] = {}
        why = self._grove.why
        for column in self._grove.columns:
            if column.kind is not ColumnKind.SERVICE_GUIDE:
                continue
            if not isinstance(column.listing, Seen):
                why = why or why_unseen(column)
                continue
            for entry in entries_of(column):
                if not _SERVICE.search(entry.title) or _NO_SERVICE.search(entry.title):
                    continue
                page = self._sights.page(entry.url)
                made = (
                    unread(entry.url, column.unit, entry.title, self._sights)
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
        return Particulars(url=url, unit=unit, title=title, stated=stated_of(stated, matter))

    # -- interaction -----------------------------------------------------------------------------

    def messages(self, home: str) -> Fact[tuple[Message, ...]]:
        """The public messages that the site shows, with the day they were sent and whether answered."""
        found: dict[str, Message] = {}
        why = self._grove.why
        for column in self._grove.columns:
            if column.kind is not ColumnKind.INTERACTION or not _holds_messages(column):
                continue
            if not isinstance(column.listing, Seen):
                why = why or why_unseen(column)
                continue
            shown = self._shown_in(column)
            for entry in entries_of(column):
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
            if column.kind is not ColumnKind.INTERACTION:
                continue
            if not isinstance(column.listing, Seen):
                why = why or why_unseen(column)
            page = self._sights.page(self._grove.sources[column.url])
            if page is not None and not _NO_WAY_TO_ASK.search(column.name) and any(map(_asks, page.forms)):
                found.add("message")
        return Seen(effective_channels(found), Sight(url=home, note=why), not why)


def _asks(form: Form) -> bool:
    """Whether a form of an interaction column takes what a visitor writes; a search or a login does not."""
    if len(form.fields) <= 2 and _SEARCHES.search(form.text):
        return False
    return len(form.fields) >= 3 or bool(form.fields and _WRITES.search(form.text))


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
