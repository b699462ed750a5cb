"""What the sample city is made of: hosts that answer, the sites and accounts on them, its units."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sample.truth import Truth

HTML = "text/html; charset=utf-8"


class Behaviour(StrEnum):
    """How an address answers, beside its status and body."""

    PLAIN = "plain"
    COOKIE = "cookie"
    """Sends the visitor round once to set a cookie, then answers."""
    FAIL_FIRST = "fail_first"
    """The very first request gets 503, every later one the answer."""
    CUT = "cut"
    """Closes the line in the middle of a gzip body."""
    BOMB = "bomb"
    """Sends a little that unpacks to very much."""
    DROP = "drop"
    """Closes the line without a word."""
    DRIP = "drip"
    """Sends the body byte by byte, and goes on without end."""
    FLOOD = "flood"
    """Goes on after the body until a hundred megabytes have been sent, and says no length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one address answers. `@@id@@` in body and headers stands for the address of host `id`.

    `delay` is in seconds.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0
    behaviour: Behaviour = Behaviour.PLAIN


Service = Callable[[Mapping[str, str], Mapping[str, str]], Answer]
"""What makes an answer: given the fields of the address and those of the form sent (none: GET)."""

NOT_FOUND = Answer(status=404, body=b"<html><head><title>404 Not Found</title></head><body>404</body></html>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """One port of the city. `fallback` answers every address that `pages` does not know.

    `services` make the answers of their paths. A `secure` host speaks TLS, with a certificate that nobody
    has signed. One that has `moved` sends every visitor on to the same address of that host.
    """

    id: str
    pages: Mapping[str, Answer]
    fallback: Answer = NOT_FOUND
    services: Mapping[str, Service] = field(default_factory=dict)
    secure: bool = False
    moved: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A column that the registry states; `url` may begin with `@@id@@`."""

    name: str
    url: str
    kind: str
    unit: str | None = None
    update_within_days: int | None = None
    exempt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSite:
    """A website of the city: its hosts (the first is its own, others belong to it) and its truth.

    `again` makes the site anew from its plan as changed by a function (None: it has no plan).
    """

    id: str
    unit: str
    name: str
    hosts: tuple[Host, ...]
    identifier: str | None = None
    home: str = "/"
    declared: tuple[Declared, ...] = ()
    truths: tuple[Truth, ...] = ()
    obey_robots: bool = True
    page_seconds: int | None = None
    about: str = ""
    again: "Callable[[Callable[[Any], Any]], SampleSite] | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAccount:
    """A new-media account of the city, where its posts are read, and its truth.

    `more` are further keys of its registry entry.
    """

    id: str
    unit: str
    platform: str
    name: str
    source: Mapping[str, str]
    kind: str | None = None
    state: str | None = None
    opened_on: str | None = None
    profile: str | None = None
    truths: tuple[Truth, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleUnit:
    """An assessed unit of the city."""

    code: str
    name: str
    category: str
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """All of it. `outside` are hosts that belong to no site: the world that pages link to."""

    units: tuple[SampleUnit, ...]
    sites: tuple[SampleSite, ...]
    accounts: tuple[SampleAccount, ...] = ()
    outside: tuple[Host, ...] = ()

    def hosts(self) -> tuple[Host, ...]:
        """Every port of the city, in a fixed order."""
        return tuple(host for site in self.sites for host in site.hosts) + self.outside

    def truths(self) -> tuple[Truth, ...]:
        """Everything that is planted, faults and traps."""
        of_sites = tuple(truth for site in self.sites for truth in site.truths)
        return of_sites + tuple(truth for account in self.accounts for truth in account.truths)
