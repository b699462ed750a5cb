"""What a crawl tells while it runs, one JSON object a line between its processes."""

import msgspec


class SiteStarted(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A site's walk began."""

    site: str
    name: str = ""


class PageSeen(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """How many addresses of a site were seen so far, and how many are known and still waiting."""

    site: str
    pages: int
    waiting: int = 0


class SiteDone(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A site's walk ended. `kept` says that an interrupted crawl had finished it before."""

    site: str
    pages: int
    complete: bool
    stopped: str = ""
    pending: int = 0
    kept: bool = False


class SiteFailed(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A site could not be walked, and why in Chinese; its walk says so too."""

    site: str
    reason: str


class Alive(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A process still works (for the parent alone)."""

    pid: int


Event = SiteStarted | PageSeen | SiteDone | SiteFailed
Message = Event | Alive

encode_event = msgspec.json.Encoder().encode
decode_event = msgspec.json.Decoder(Message).decode
