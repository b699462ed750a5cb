"""What a walk over a site brought home: pages as seen, and whether all of the column tree was walked."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.page import Page
from domain.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One address of a walk: the snapshot, what its page says (None when it could not be read).

    `asked_as` is the text of the link that led here, `found_on` the page that bore it, `depth` the
    number of links from the home page. `role` is why it was asked: home, column, pager (a further
    page of a list, or the data that its script fetches), frame (what a page shows in an inline frame),
    article, attachment, link (only tried: no page; also the earlier tries of addresses of other roles).
    """

    snapshot: Snapshot
    page: Page | None
    asked_as: str = ""
    found_on: str | None = None
    depth: int = 0
    role: str = "column"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A link that might be a column and was not visited, and why."""

    url: str
    text: str
    found_on: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The whole walk of one site. `complete` is True only when every candidate column was fetched.

    `pending` lists what was known and not visited; `stopped` says in Chinese why the walk ended early.
    """

    site: str
    started_at: datetime
    ended_at: datetime
    complete: bool
    stopped: str = ""
    pending: tuple[Pending, ...] = ()
    sightings: tuple[Sighting, ...] = field(default=())
