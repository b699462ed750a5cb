"""What one page says, read off its bytes by an adapter: no judgement, no other page's knowledge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class PageKind(StrEnum):
    """What sort of page it is, as far as its own markup tells."""

    HOME = "home"
    LIST = "list"
    ARTICLE = "article"
    SECTION = "section"
    FORM = "form"
    DOCUMENT = "document"
    OTHER = "other"


class Region(StrEnum):
    """In which part of a page a link stands."""

    NAV = "nav"
    CRUMB = "crumb"
    LIST = "list"
    BODY = "body"
    FOOT = "foot"
    OTHER = "other"


class DateSource(StrEnum):
    """Where a date was read; the order is that of trust for an article's own page."""

    TAG = "tag"
    LABEL = "label"
    LIST = "list"
    URL = "url"
    TEXT = "text"
    ATTACHMENT = "attachment"
    FIRST_SEEN = "first_seen"


DATE_SOURCE_TITLES: dict[DateSource, str] = {
    DateSource.TAG: "页面标签 PubDate",
    DateSource.LABEL: "正文页标注的发布时间",
    DateSource.LIST: "列表页日期",
    DateSource.URL: "网址中的日期",
    DateSource.TEXT: "正文落款",
    DateSource.ATTACHMENT: "附件",
    DateSource.FIRST_SEEN: "本系统首次见到的日期",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as it stands: absolute address, visible text, place on the page."""

    url: str
    text: str
    region: Region = Region.OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a list (条目). `day` is None where the list shows no date beside it.

    `raw` is the date as written; `yearless` says that the year was inferred. `hidden` says that it stands in
    a part that is not shown at once, though others are: a tab that a click opens. `under` is the heading that
    its block stands under. `written` says that the list calls the date that of writing (成文日期), and
    not of publication; `event` that it is that of something else (来信, 受理, 更新): it dates the entry and
    contradicts no other date.
    """

    title: str
    url: str
    day: date | None = None
    raw: str = ""
    yearless: bool = False
    pinned: bool = False
    block: int = 0
    hidden: bool = False
    under: str = ""
    written: bool = False
    event: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DateClue:
    """A candidate for a page's publication date: where it was read and as what.

    `yearless` says that the page leaves out the year: it is the latest such day not after the reading.
    """

    source: DateSource
    day: date
    raw: str
    certain: bool = True
    yearless: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form on the page: where it sends to, its visible words and the names of its fields."""

    action: str
    text: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Concealed:
    """A link that a visitor does not see, and how it is hidden."""

    url: str
    text: str
    how: str


Grid = tuple[tuple[str, ...], ...]
"""A table's cells as text, row by row, merged cells repeated in every place they cover."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that was read off one page.

    `url` is the address it answered at. `tags` are the meta tags of 国办发〔2017〕47号 under
    their canonical names (an empty value is kept as the empty string). `pager` are the
    addresses of further pages of the same list; `page_count` their number where the page says it.
    `forward` is the address a meta refresh, frame set or script sends the visitor to at once.
    `shell` says why a script has to run before there is anything to read (empty: nothing missing).
    `foot_shell` says the same of the footer alone. `marks` are the footer marks found, named as in
    site.footer-incomplete. `foot` is the footer's text, `text` the main text. `feeds` are the addresses
    from which the page's scripts fetch what it lists (JSON or XML that `read_page` reads as a list).
    `buttons` are the words of what can be clicked but has no address of its own (script links, buttons),
    those of the foot left out. `total` is the number of entries on all pages of the list, where it is
    stated. `unaddressed` are the names of a menu kept in a script that states no address for them. `beside`
    is the opening of a short article's page with the blocks that stand beside its main text (a portrait's
    caption, a list of duties), empty where there is no more than `text`.
    `words` is what a page that is no article says itself, outside the links to other pages of its host.
    `head_title` is the title element as it stands, whatever the page itself calls its matter.
    `settings` is what a page that waits for its list tells the script files it loads; `script` is the text of
    a script file that asks a list service, empty of every other page.
    """

    url: str
    adapter: str
    charset: str
    kind: PageKind
    title: str
    site_title: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)
    crumbs: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()
    items: tuple[Item, ...] = ()
    pager: tuple[str, ...] = ()
    page_count: int | None = None
    text: str = ""
    foot: str = ""
    marks: tuple[str, ...] = ()
    identifier: str | None = None
    forms: tuple[Form, ...] = ()
    buttons: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    forward: str | None = None
    shell: str = ""
    foot_shell: str = ""
    dates: tuple[DateClue, ...] = ()
    attachments: tuple[Link, ...] = ()
    tables: tuple[Grid, ...] = ()
    concealed: tuple[Concealed, ...] = ()
    scripts: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    source: str = ""
    document_no: str = ""
    index_no: str = ""
    feeds: tuple[str, ...] = ()
    beside: str = ""
    words: str = ""
    head_title: str = ""
    total: int | None = None
    unaddressed: tuple[str, ...] = ()
    soft_404: bool = False
    empty_notice: bool = False
    settings: str = ""
    script: str = ""
