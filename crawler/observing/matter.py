"""What an article says in all: its text with that of its attachments, frames and further pages."""

import re
from dataclasses import dataclass, replace

from crawler.address import canonical
from crawler.nonsense import has_lost_words
from crawler.observing.sights import Sights, is_foot_frame, sight_of
from domain.observation import Attachment, Fact, Seen, Sight, Unseen
from domain.page import Grid, Link, Page
from domain.snapshot import FetchStatus

SHORT_TEXT = 200
"""Characters below which a page's own text is only a pointer to an attachment or a picture."""

MOST_FRAMES = 60
"""Inline frames and further pages of one article, frames within frames included."""

_SIDE_PAPER = re.compile(r"申请表|流程图|登记表|回执|委托书|样表")

_DECORATION = re.compile(
    r"(?:^|[_\-])(?:logo|icons?|banner|bg|qr|erweima|ewm|weixin|wx|search|btn|button|arrow|more|dot|line|print|share"
    r"|spacer|blank|top|back|home|close|jiucuo|conac)(?:[_\-\d]|\.|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """The whole of an article. `why` says in Chinese what of it was not read (empty: all was)."""

    title: str
    text: str
    tables: tuple[Grid, ...]
    links: tuple[Link, ...]
    sight: Sight
    why: str = ""
    least: int = SHORT_TEXT

    def fact(self) -> Fact[str]:
        """The text as a fact; unseen where next to nothing of it was read."""
        if self.why and len(self.text) < self.least:
            return Unseen(self._noted())
        return Seen(self.text, self._noted(), not self.why)

    def grids(self) -> Fact[tuple[Grid, ...]]:
        """The tables as a fact."""
        if self.why and not self.tables:
            return Unseen(self._noted())
        return Seen(self.tables, self._noted(), not self.why)

    def _noted(self) -> Sight:
        return Sight(url=self.sight.url, status=self.sight.status, at=self.sight.at, note=self.why)


def matter_of(
    page: Page, key: str, sights: Sights, *, least: int = SHORT_TEXT, beside: bool = False
) -> Matter:
    """Reads a page together with what belongs to it. With fewer than `least` characters of its own it is a
    mere pointer to pictures and attachments. With `beside` the blocks beside its main text are read too.
    """
    own_text = page.text
    if beside and page.beside:
        own_text = page.beside if page.text in page.beside else f"{page.beside}\n{page.text}"
    texts, tables, links, whys = [own_text], list(page.tables), list(page.links), []
    waiting = [*page.frames, *page.pager]
    passed: set[str] = set()
    while waiting:
        url = waiting.pop(0)
        if is_foot_frame(url) or canonical(url) in passed:
            continue
        passed.add(canonical(url))
        more = sights.page(canonical(url)) if len(passed) <= MOST_FRAMES else None
        if more is None:
            whys.append(why_unread("内嵌页面或后续页", sights, canonical(url)))
            continue
        texts.append(more.text)
        tables.extend(more.tables)
        links.extend(more.links)
        waiting.extend(more.frames)
    own = sum(map(len, texts))
    for link in page.attachments:
        if own >= least and _SIDE_PAPER.search(link.text):
            continue
        read = sights.page(canonical(link.url))
        if read is None or read.shell or not (read.text or read.tables):
            told = f"未能读取：{read.shell}" if read and read.shell else ""
            words = f"附件“{link.text}”"
            whys.append(words + told if told else why_unread(words, sights, canonical(link.url)))
            continue
        texts.append(read.text)
        tables.extend(read.tables)
    if own < least and not page.attachments and any(map(_may_say_something, page.images)):
        whys.append("正文为图片，未能读取文字")
    if page.shell:
        whys.append(page.shell)
    if any(map(has_lost_words, texts)):
        whys.append("有的文字是乱码，无法辨认")
    sighting = sights.get(key)
    return Matter(
        title=page.title,
        text="\n".join(filter(None, texts)),
        tables=tuple(tables),
        links=tuple(links),
        sight=sight_of(sighting) if sighting else Sight(url=page.url),
        why=whys[0] if whys else "",
        least=least,
    )


def why_unread(what: str, sights: Sights, key: str) -> str:
    """Why a page or file was not read, in Chinese: also one that came and could not be made out."""
    sight = sights.sight(key)
    words = "未能读取" if sight.status is FetchStatus.OK else sight.reason()
    return f"{what}{words}"


def attachments_of(page: Page, sights: Sights) -> tuple[Attachment, ...]:
    """The files that a page attaches, each with its text and tables as facts."""
    return tuple(_attachment(link, sights) for link in page.attachments)


def _attachment(link: Link, sights: Sights) -> Attachment:
    key = canonical(link.url)
    page, sighting = sights.page(key), sights.get(key)
    if page is None or sighting is None or page.shell:
        unseen = sights.unseen(key)
        if page is not None and sighting is not None:
            unseen = Unseen(replace(sight_of(sighting), note=page.shell))
        return Attachment(url=link.url, name=link.text, text=unseen, tables=unseen)
    sight = sight_of(sighting)
    return Attachment(
        url=link.url, name=link.text, text=Seen(page.text, sight), tables=Seen(page.tables, sight)
    )


def _may_say_something(image: str) -> bool:
    """Whether a picture may hold the page's words: a logo, a background or a button does not."""
    return not _DECORATION.search(image.rsplit("/", 1)[-1].partition("?")[0])
