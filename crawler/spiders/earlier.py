"""An earlier night's walk of a site: what it saw need not be asked again while its list did not change."""

import weakref
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from crawler.address import canonical
from crawler.reading.dates import is_distance
from crawler.runfolder import RunFolder
from domain.page import Page
from domain.snapshot import FetchStatus, Snapshot, Via
from domain.walk import Sighting

OLDEST = timedelta(days=30)
"""How long a page that was seen once is carried on without asking for it again."""

OLDEST_LINK = timedelta(days=7)
"""The same for a link's target."""

_CARRIED = frozenset({"article", "attachment", "pager"})

_decode = msgspec.json.Decoder(Sighting).decode


class _Head(msgspec.Struct):
    snapshot: Snapshot
    asked_as: str = ""
    role: str = "column"


_decode_head = msgspec.json.Decoder(_Head).decode


class EarlierWalk:
    """What an earlier run's folder holds of one site, read from disk when it is wanted."""

    def __init__(self, folder: RunFolder, site_id: str) -> None:
        self._at: dict[str, tuple[int, int]] = {}
        if folder.read_summary(site_id) is None:
            return
        place = 0
        self._file = folder.site_path(site_id).open("rb")
        weakref.finalize(self, self._file.close)
        for line in self._file:
            self._note(line, place)
            place += len(line)

    def __len__(self) -> int:
        return len(self._at)

    def _note(self, line: bytes, place: int) -> None:
        try:
            head = _decode_head(line)
        except msgspec.MsgspecError:
            return
        key = canonical(head.snapshot.url)
        if head.snapshot.status is FetchStatus.OK and (head.role != "link" or key not in self._at):
            self._at[key] = (place, len(line))

    def find(self, key: str, *, role: str = "") -> Sighting | None:
        """The sighting of an address that went well (in this role, if one is given); None without one."""
        where = self._at.get(key)
        if where is None:
            return None
        self._file.seek(where[0])
        found = _decode(self._file.read(where[1]))
        return found if role in {"", found.role} else None


def carried_on(
    earlier: Sighting, *, role: str, text: str, now: datetime, oldest: timedelta = OLDEST
) -> Sighting | None:
    """The earlier sighting as one of this walk, if it may stand without being asked for again.

    An article may while its list shows the same title, a target of a link for a week. It keeps the
    instant at which it was really seen. Nothing older than `oldest` is carried on.
    """
    age = now - earlier.snapshot.fetched_at
    if role == "link":
        fits = earlier.role == "link" and age <= min(oldest, OLDEST_LINK)
    else:
        fits = (
            role in _CARRIED
            and earlier.role == role
            and earlier.asked_as == text
            and age <= min(oldest, OLDEST)
        )
    if not fits:
        return None
    return replace(earlier, snapshot=replace(earlier.snapshot, via=Via.KEPT))


def still_readable(page: Page | None) -> bool:
    """Whether a page read on another day says the same today: none of its dates had its year guessed or is
    told by its distance from the day of reading.
    """
    return (
        page is not None
        and not any(item.yearless or is_distance(item.raw) for item in page.items)
        and not any(is_distance(clue.raw) for clue in page.dates)
    )


def validators(snapshot: Snapshot) -> dict[str, str]:
    """The request headers that ask for a page only if it changed since it was seen."""
    found = {}
    etag, modified = snapshot.header("ETag"), snapshot.header("Last-Modified")
    if etag:
        found["If-None-Match"] = etag
    if modified:
        found["If-Modified-Since"] = modified
    return found if snapshot.body else {}
