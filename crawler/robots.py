"""What robots.txt allows. The stated policy: RFC 9309, read kindly where a server says nothing.

An answer of 4xx, an unreachable or unreadable file forbids nothing (many government servers answer any
unknown address with 5xx or their home page); the pages themselves then show whether they can be reached.
"""

from collections.abc import Mapping
from enum import Enum

from protego import Protego

from crawler.plan import ROBOTS_NAME

MOST_BYTES = 512 * 1024
"""How much of a robots.txt is read (RFC 9309 asks for at least 500 KiB)."""

LONGEST_DELAY = 10.0
"""Seconds up to which a Crawl-delay is followed."""


class Known(Enum):
    """How far the rules of a host are known."""

    NOT_ASKED = "not asked"
    ASKED = "asked"
    KNOWN = "known"


class Rules:
    """The rules of one host."""

    def __init__(self, text: str = "") -> None:
        self._rules = Protego.parse(text) if text.strip() else None

    def allows(self, url: str) -> bool:
        """Whether the rules let this crawler ask for an address."""
        return self._rules is None or bool(self._rules.can_fetch(url, ROBOTS_NAME))

    @property
    def delay(self) -> float:
        """The pause in seconds that the rules ask for, bounded; 0 when they ask for none."""
        asked = self._rules.crawl_delay(ROBOTS_NAME) if self._rules is not None else None
        return min(float(asked), LONGEST_DELAY) if asked else 0.0


def read_rules(http_status: int, body: bytes, headers: Mapping[str, str]) -> Rules:
    """The rules in an answer to robots.txt; none where it is no such file."""
    kind = headers.get("content-type", "").lower()
    if http_status != 200 or "html" in kind:
        return Rules()
    text = body[:MOST_BYTES].decode("utf-8-sig", "replace")
    if text.lstrip()[:1] == "<":
        return Rules()
    return Rules(text)


class RobotsBook:
    """The rules of all hosts that a process has met, by `scheme://host:port`."""

    def __init__(self) -> None:
        self._rules: dict[str, Rules | None] = {}

    def state(self, origin: str) -> Known:
        """Whether the rules of an origin are known, asked for, or neither."""
        if origin not in self._rules:
            return Known.NOT_ASKED
        return Known.ASKED if self._rules[origin] is None else Known.KNOWN

    def ask(self, origin: str) -> str:
        """Marks the rules as asked for and gives the address to fetch."""
        self._rules[origin] = None
        return f"{origin}/robots.txt"

    def learn(self, origin: str, rules: Rules) -> None:
        """Takes in what an origin answered."""
        self._rules[origin] = rules

    def allows(self, url: str) -> bool:
        """Whether an address may be asked for, as far as the rules are known."""
        rules = self._rules.get(origin_of(url))
        return rules is None or rules.allows(url)

    def delay(self, origin: str) -> float:
        """The pause that an origin asks for."""
        rules = self._rules.get(origin)
        return rules.delay if rules is not None else 0.0


def origin_of(url: str) -> str:
    """`scheme://host:port` of an absolute address."""
    start = url.find("://") + 3
    end = len(url)
    for mark in "/?#":
        at = url.find(mark, start)
        if 0 <= at < end:
            end = at
    return url[:end].lower()
