"""What was seen of a target, and the difference between "not there" and "not seen".

A check reads an observation and nothing else. Every fact that depends on having seen
something is a Fact: `get()` of an unseen one raises UnseenError, which the runner turns
into an inconclusive outcome. A fact seen in part has `complete=False`: `get()` gives
what was seen (enough to prove presence), `whole()` refuses (absence is not proven).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Generic, NoReturn, TypeVar

from domain.page import DateSource, Grid, Link
from domain.snapshot import STATUS_TITLES, FetchStatus
from domain.target import Account, ColumnKind, Site
from domain.unit import Unit

T_co = TypeVar("T_co", covariant=True)

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China Standard Time: every date rule is reckoned in it (no daylight saving since 1991)."""


class UnseenError(Exception):
    """A check asked for a fact that was not seen; its message is the reason in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Where and how a fact was (or was not) seen."""

    url: str
    status: FetchStatus = FetchStatus.OK
    at: datetime | None = None
    note: str = ""

    def reason(self) -> str:
        """Why nothing can be concluded from this sight, as one Chinese clause."""
        words = self.note or STATUS_TITLES[self.status]
        return f"{words}（{self.url}）" if self.url else words


@dataclass(frozen=True, slots=True)
class Seen(Generic[T_co]):
    """A fact that was seen; `complete` says whether all of it was."""

    fact: T_co
    sight: Sight
    complete: bool = True

    def get(self) -> T_co:
        """The fact as far as it was seen."""
        return self.fact

    def whole(self) -> T_co:
        """The fact, if all of it was seen. Raises UnseenError otherwise."""
        if not self.complete:
            raise UnseenError(self.sight.note or f"未能看全（{self.sight.url}）")
        return self.fact


@dataclass(frozen=True, slots=True)
class Unseen:
    """A fact that could not be seen, and why."""

    sight: Sight

    def get(self) -> NoReturn:
        """Raises UnseenError with the reason."""
        raise UnseenError(self.sight.reason())

    def whole(self) -> NoReturn:
        """Raises UnseenError with the reason."""
        raise UnseenError(self.sight.reason())


Fact = Seen[T_co] | Unseen


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of a list with the date that was believed.

    `day` is Seen(None) only when list, article and tag were all read and none bears a date
    (undated); where one of them could not be read it is Unseen. `article_day` is the date that
    the article's own page states. `first_seen` is the day of our own first sight, if there was
    an earlier night. `hidden` says that the list shows it only after a click (a tab): it keeps a column
    fresh, but nothing is held against it. `under` is the heading that it stands under in its list.
    """

    title: str
    url: str
    day: Fact[date | None]
    source: DateSource | None = None
    pinned: bool = False
    list_day: date | None = None
    article_day: Fact[date | None] | None = None
    first_seen: date | None = None
    yearless: bool = False
    hidden: bool = False
    under: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a column shows: its own entries, and the addresses of the columns below it.

    `static` says that the column is a single page of text (a guide, a profile) rather than a list.
    """

    entries: tuple[Entry, ...] = ()
    children: tuple[str, ...] = ()
    static: bool = False
    text_length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a site. `listing` is complete when the newest entry is sure to be among those seen.

    `limit_days` is the registry's own limit (update_within_days). `archived` marks past years
    and closed topics, which need no updates. `level` counts from 1 below the home page.
    `disclosure` says that it belongs to the disclosure platform (政府信息公开专栏). `may_be` are the kinds
    that the name of a column of no known kind comes near to: while there is such a column, none is missing.
    """

    url: str
    name: str
    kind: ColumnKind
    unit: str
    listing: Fact[Listing]
    declared: bool = False
    exempt: bool = False
    limit_days: int | None = None
    archived: bool = False
    level: int = 1
    parent: str | None = None
    disclosure: bool = False
    as_last_seen: date | None = None
    may_be: frozenset[ColumnKind] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The home page. `marks` is complete only when the footer was seen as a visitor sees it.

    `entries` are the dated or undated pieces of information it shows. `second_level` holds, for a
    gateway page that only leads on, the entries of the pages it leads to.
    """

    url: str
    title: str
    tags: Mapping[str, str]
    marks: Fact[frozenset[str]]
    identifier: str | None
    entries: Fact[tuple[Entry, ...]]
    gateway: bool = False
    second_level: tuple[Fact[tuple[Entry, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedPage:
    """A page whose required tags are judged: kind is home, column or article."""

    kind: str
    url: str
    tags: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that a page links, with the text read from it."""

    url: str
    name: str
    text: Fact[str]
    tables: Fact[tuple[Grid, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article page: what it says, where it stands, when it was published.

    `links` are the links inside its body. `column` is the address of the column that lists it, `also` are
    other addresses by which lists lead to it.
    """

    url: str
    title: str
    text: str
    also: tuple[str, ...] = ()
    column: str | None = None
    kind: ColumnKind = ColumnKind.OTHER
    unit: str = ""
    day: Fact[date | None]
    links: tuple[Link, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    images: tuple[str, ...] = ()
    document_no: str = ""
    index_no: str = ""
    source: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """The disclosure guide: which elements of art. 12 it states, and whether it speaks of fees."""

    url: str
    unit: str
    title: str
    elements: Fact[frozenset[str]]
    fees: Fact[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An annual report found on the site. `sections` are the six by name; `text` its main text."""

    url: str
    unit: str
    title: str
    year: int
    day: Fact[date | None]
    sections: Fact[frozenset[str]]
    text: Fact[str]
    tables: Fact[tuple[Grid, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRequest:
    """The on-request column: which of the five functions it offers."""

    url: str
    unit: str
    functions: Fact[frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """A page that owes particulars (leader, organisation, service item): those it states, by name."""

    url: str
    unit: str
    title: str
    stated: Fact[frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A public message (留言): when asked, and whether an answer is shown."""

    url: str
    title: str
    asked_on: Fact[date | None]
    answered: Fact[bool]


class LinkState(StrEnum):
    """What became of a link's target."""

    ALIVE = "alive"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTarget:
    """A link's target after its tries: `status` is what it answered, in words or as a number."""

    url: str
    found_on: tuple[str, ...]
    text: str
    state: LinkState
    status: str
    tries: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectLink:
    """A link or script that may have been planted: hidden, foreign, or both.

    `hijacked`: what is in plain view (a title, an outside link) is itself of a kind that no government
    page bears, as gambling or porn. `unknown`: it is suspicious for its host alone, which the site links
    nowhere in plain view: for a person to look at.
    """

    page: str
    target: str
    text: str
    hidden: bool
    suspicious: bool
    why: str
    hijacked: bool = False
    unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page's head says of it: its title; its description and key words as one text."""

    title: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadChange:
    """A page whose head is another than on the night before, with both titles.

    `suspicious`: it now speaks of a kind that no government page bears. Otherwise nothing is left of the
    former title, which a person should look at. `why` says so in Chinese.
    """

    page: str
    before: str
    after: str
    suspicious: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeSeries:
    """Availability probes of a home page over a window: how many, how many failed."""

    since: datetime
    until: datetime
    probes: int
    failed: int
    days_covered: int
    fewest_a_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another annual report that a report's text matches."""

    url: str
    unit: str
    title: str
    similarity: float
    of: str = ""


UNSEEN = Unseen(Sight(url="", status=FetchStatus.UNVISITED, note="本轮没有采集这项事实"))
"""For facts that a run did not gather at all."""


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class SiteObservation:
    """All that one run saw of one site, as of a moment (aware, any zone).

    `columns` is complete when the walk of the column tree was: only then is a column that is not
    there proven missing. `units` are the units that own something here, by code. `guests` are the
    units without a site of their own that are judged here because columns are declared for them.
    `elsewhere` gives, by unit, the kinds of column that the registry declares for it on other sites.
    `standing` are the home page and the pages of columns that are no articles, each with what it says itself
    (its lists' titles apart, which are the articles' own). `head_changes` compares with the night before;
    unseen where there was none.
    """

    site: Site
    units: Mapping[str, Unit]
    as_of: datetime
    home: Fact[Home]
    columns: Fact[tuple[Column, ...]]
    tagged: Fact[tuple[TaggedPage, ...]] = UNSEEN
    documents: Fact[tuple[Document, ...]] = UNSEEN
    standing: Fact[tuple[Document, ...]] = UNSEEN
    guides: Fact[tuple[Guide, ...]] = UNSEEN
    reports: Fact[tuple[Report, ...]] = UNSEEN
    on_request: Fact[tuple[OnRequest, ...]] = UNSEEN
    leaders: Fact[tuple[Particulars, ...]] = UNSEEN
    organisations: Fact[tuple[Particulars, ...]] = UNSEEN
    services: Fact[tuple[Particulars, ...]] = UNSEEN
    messages: Fact[tuple[Message, ...]] = UNSEEN
    channels: Fact[frozenset[str]] = UNSEEN
    links: Fact[tuple[LinkTarget, ...]] = UNSEEN
    suspects: Fact[tuple[SuspectLink, ...]] = UNSEEN
    head_changes: Fact[tuple[HeadChange, ...]] = UNSEEN
    probes: Fact[ProbeSeries] = UNSEEN
    peers: Fact[Mapping[str, tuple[Peer, ...]]] = UNSEEN
    working_days: Mapping[date, bool] = field(default_factory=dict)
    guests: tuple[str, ...] = ()
    elsewhere: Mapping[str, frozenset[ColumnKind]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The date of `as_of` in China."""
        return self.as_of.astimezone(CHINA).date()

    @property
    def target(self) -> str:
        """The id that findings name."""
        return self.site.id

    @property
    def owner(self) -> str:
        """Code of the unit that answers for the site."""
        return self.site.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of an account. `pinned` posts do not make an account fresh."""

    url: str
    title: str
    posted_at: datetime
    text: str = ""
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What an account's description and profile page say; `interactive` None: they do not say."""

    interactive: bool | None
    gone: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountObservation:
    """All that one run saw of one account. `posts` is complete back to the instant `reaches_back_to`.

    `known_until` is the moment up to which somebody looked, where that is not `as_of` (a file kept by hand).
    `known_newest` is the newest post that an earlier run saw: a source that shows less is in doubt.
    """

    account: Account
    unit: Unit
    as_of: datetime
    posts: Fact[tuple[Post, ...]]
    profile: Fact[Profile]
    gone: Fact[bool]
    reaches_back_to: datetime | None = None
    known_until: datetime | None = None
    known_newest: datetime | None = None

    @property
    def today(self) -> date:
        """The date of `as_of` in China."""
        return self.as_of.astimezone(CHINA).date()

    @property
    def target(self) -> str:
        """The id that findings name."""
        return self.account.id

    @property
    def owner(self) -> str:
        """Code of the unit that answers for the account."""
        return self.account.unit


Observation = SiteObservation | AccountObservation
