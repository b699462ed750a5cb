"""What is put on record of one finding: everything a stranger needs to judge it again."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import msgspec

from domain.finding import LEAKS
from domain.observation import CHINA
from domain.outcome import Value
from domain.snapshot import STATUS_TITLES, FetchStatus, Snapshot
from evidence.look import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """A page that was searched for a thing that is missing, and how it was seen.

    `body` is the SHA-256 of its bytes among the kept bodies, `type` what the server called them.
    `pictures` are the files that show it, `seen_at` and `seen_as` when and how the browser saw it.
    `snapshot` is the whole exchange: status, headers both ways, redirects, server address.
    """

    url: str
    status: FetchStatus
    at: datetime | None = None
    title: str = ""
    body: str | None = None
    type: str = ""
    pictures: tuple[str, ...] = ()
    seen_at: datetime | None = None
    seen_as: FetchStatus | None = None
    notes: tuple[str, ...] = ()
    snapshot: Snapshot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What judged: the program, the check, the schemes by id with their digests or versions, the browser."""

    program: str
    check: str = ""
    schemes: Mapping[str, str] = field(default_factory=dict)
    browser: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRecord:
    """The facts of one finding as they are sealed.

    `captured_at` is an aware instant; `as_of` the moment the date rules used. `snapshots` are the
    looks it rests on, the crawler's and the browser's. `facts` is what was extracted of the pages.
    `searched` and `wordings` say where and for what was looked when something is missing (`absent`); of
    what is there `searched` are the further pages that it rests on. `network`
    is the state of the network that night (control sites, share of failures). `masked` are strings
    (of a leak) that no shown picture and no text of the record may bear.
    """

    finding: str
    check: str
    check_title: str
    unit: str
    unit_name: str
    target: str
    subject: str
    subject_name: str
    url: str
    summary: str
    captured_at: datetime
    as_of: datetime
    versions: Versions
    basis: str = ""
    target_name: str = ""
    outcome: str = "violation"
    reason: str = ""
    observed: Mapping[str, Value] = field(default_factory=dict)
    expected: Mapping[str, Value] = field(default_factory=dict)
    indicators: tuple[str, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    searched: tuple[Searched, ...] = ()
    wordings: tuple[str, ...] = ()
    absent: bool = False
    network: Mapping[str, Value] = field(default_factory=dict)
    charset: str = ""
    run: str = ""
    masked: tuple[str, ...] = ()
    year: int | None = None

    @property
    def assessment_year(self) -> int:
        """The year whose evidence this is: the one given, else that of `as_of` in China."""
        return self.year if self.year is not None else self.as_of.astimezone(CHINA).year


DIGEST = re.compile(r"[0-9a-f]{40,}")

NUMBER = re.compile(r"\d{11,}[Xx]?|1[3-9]\d[-—－]\d{4}[-—－]\d{4}")
"""Numbers as long as those of persons, cards and telephones."""


def facts_of(record: EvidenceRecord) -> dict[str, Any]:
    """The record as plain values for JSON, with local time beside UTC and without what must stay masked."""
    facts: dict[str, Any] = msgspec.to_builtins(record)
    facts.pop("masked", None)
    facts["year"] = record.assessment_year
    facts["captured_at_local"] = local(record.captured_at)
    facts["as_of_local"] = local(record.as_of)
    facts["timezone"] = "Asia/Shanghai (UTC+8)"
    return _hushed(facts, record) if is_leak(record) else facts


def is_leak(record: EvidenceRecord) -> bool:
    """Whether the finding is about something that must not be shown."""
    return bool(record.masked) or record.check in LEAKS


def hush(text: str, record: EvidenceRecord) -> str:
    """A text as it may be shown with this finding: of a leak without the secrets and long numbers."""
    if not is_leak(record):
        return text
    for secret in record.masked:
        text = text.replace(secret, mask(secret))
    if text.startswith(("http://", "https://")):
        # An address must stay one that can be opened.
        return text
    return NUMBER.sub(lambda found: mask(found.group()), text)


def _hushed(value: Any, record: EvidenceRecord) -> Any:
    if isinstance(value, str):
        # A digest's run of digits is no number of a person, and must stay what it is.
        return value if DIGEST.fullmatch(value) else hush(value, record)
    if isinstance(value, dict):
        return {_hushed(key, record): _hushed(inner, record) for key, inner in value.items()}
    if isinstance(value, list):
        return [_hushed(inner, record) for inner in value]
    return value


def mask(secret: str) -> str:
    """A secret with its middle hidden: enough to recognise it, not to know it."""
    if len(secret) < 8:
        return "*" * len(secret)
    return secret[:3] + "*" * (len(secret) - 5) + secret[-2:]


def local(moment: datetime) -> str:
    """An instant in China Standard Time, with the zone."""
    return moment.astimezone(CHINA).isoformat(timespec="seconds")


def spoken(moment: datetime) -> str:
    """An instant as a clerk writes it."""
    at = moment.astimezone(CHINA)
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M:%S}（北京时间，UTC+8）"


def with_look(record: EvidenceRecord, look: Look | None) -> EvidenceRecord:
    """The record with the browser's look at the page among what it rests on, and which browser it was."""
    if look is None or look.snapshot in record.snapshots:
        return record
    versions = replace(record.versions, browser=record.versions.browser or look.browser)
    return replace(record, snapshots=(*record.snapshots, look.snapshot), versions=versions)


def searched_of(urls: Iterable[str], seen: Mapping[str, Snapshot]) -> tuple[Searched, ...]:
    """The pages that were searched, with how each was seen; `seen` is by address asked for or final."""
    found = []
    for url in dict.fromkeys(urls):
        snapshot = seen.get(url)
        status = snapshot.status if snapshot else FetchStatus.UNVISITED
        found.append(
            Searched(
                url=url,
                status=status,
                at=snapshot.fetched_at if snapshot else None,
                body=snapshot.body if snapshot else None,
                type=(snapshot.header("content-type") or "") if snapshot else "",
                snapshot=snapshot,
            )
        )
    return tuple(found)


def status_title(status: FetchStatus) -> str:
    """How a page was seen, in Chinese."""
    return STATUS_TITLES[status]
