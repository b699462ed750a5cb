"""From an answer to a sighting: ruled, read once, kept. One page's trouble stays that page's."""

import hashlib
import logging
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from crawler.address import canonical
from crawler.classify import (
    OK,
    Failure,
    HomeMark,
    Identity,
    Reply,
    Ruling,
    classify_failure,
    classify_page,
    classify_reply,
    mark_home,
)
from crawler.extract import read_page
from crawler.runfolder import RunFolder
from crawler.spiders.scope import place_of
from crawler.spiders.visit import Visit
from domain.page import Page
from domain.snapshot import FetchStatus, Snapshot, Via
from domain.target import Site
from domain.walk import Sighting

_log = logging.getLogger(__name__)

_PAGE_TYPES = frozenset(
    {"text/html", "application/xhtml+xml", "text/xml", "application/xml", "application/json", "text/json"}
    | {"application/javascript", "text/javascript", "application/x-javascript", "text/htm", "html"}
)
_VAGUE_TYPES = frozenset({"", "text/plain", "application/octet-stream", "application/x-download", "unknown"})
_READ_THOUGH = frozenset({FetchStatus.OK, FetchStatus.UNRENDERED})
"""Statuses whose page is kept: of a script shell the parts that are there lead on to its channels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for one try: the reply or the failure, when, from where and how fast."""

    at: datetime
    reply: Reply | None = None
    failure: Failure | None = None
    words: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    server_ip: str | None = None
    elapsed_ms: int | None = None
    via: Via = Via.HTTP
    known: Page | None = None
    known_body: str | None = None


@dataclass(slots=True, kw_only=True)
class Witness:
    """Makes sightings of one site's answers. `today` is the date that page dates are read by."""

    site: Site
    folder: RunFolder
    today: date
    home: HomeMark | None = None
    codes: frozenset[str] = field(default=frozenset())

    def __post_init__(self) -> None:
        if self.site.identifier:
            self.codes = frozenset({self.site.identifier.lower()})

    def see(self, visit: Visit, answer: Answer) -> Sighting:
        """The sighting of one try, with its body kept and its page read where there is one."""
        if answer.reply is None:
            return self._unanswered(visit, answer)
        reply = answer.reply
        ruling = classify_reply(reply)
        page: Page | None = None
        digest = hashlib.sha256(reply.body).hexdigest() if reply.body else None
        if ruling is OK and visit.role != "robots" and _is_page(answer.headers, reply.body):
            if digest is not None and digest == answer.known_body and answer.known is not None:
                page = answer.known
            else:
                page, ruling = self._read(reply, answer.headers)
            if page is not None:
                ruling = classify_page(page, reply.body, self._identity(visit, reply, digest or ""))
        kept = self.folder.keep(reply.body) if self._worth_keeping(visit, reply, ruling) else None
        if ruling.status not in _READ_THOUGH or visit.role in {"link", "robots"}:
            page = None
        return self._sighting(visit, answer, ruling, kept, page)

    def take_for_home(self, sighting: Sighting) -> None:
        """Remembers the home page, so that it is known again when it is given for other addresses."""
        page, body = sighting.page, sighting.snapshot.body
        if page is None or body is None or sighting.snapshot.status is not FetchStatus.OK:
            return
        key = canonical(sighting.snapshot.final_url)
        self.home = mark_home(page, key=key, host=place_of(key)[0], digest=body)
        if not self.codes and self.home.code:
            self.codes = frozenset({self.home.code})

    def _identity(self, visit: Visit, reply: Reply, digest: str) -> Identity:
        key = canonical(reply.final_url)
        return Identity(
            key=key,
            host=place_of(key)[0],
            digest=digest,
            home=None if visit.role in {"home", "link"} else self.home,
            codes=frozenset() if visit.role == "link" else self.codes,
            asked_as=visit.text,
            asked_key=visit.key,
        )

    def _read(self, reply: Reply, headers: tuple[tuple[str, str], ...]) -> tuple[Page | None, Ruling]:
        try:
            page = read_page(
                reply.body, reply.final_url, content_type=_header(headers, "content-type"), today=self.today
            )
        except Exception:
            _log.exception("reading %s failed", reply.final_url)
            return None, classify_failure(Failure.CRASH)
        return page, OK

    @staticmethod
    def _worth_keeping(visit: Visit, reply: Reply, ruling: Ruling) -> bool:
        """Pages are kept; of links that are only tried, the answers that may become evidence."""
        return bool(reply.body) and not (visit.role == "link" and ruling.status is FetchStatus.OK)

    def _unanswered(self, visit: Visit, answer: Answer) -> Sighting:
        ruling = classify_failure(answer.failure or Failure.CRASH, answer.words)
        return self._sighting(visit, answer, ruling, None, None)

    @staticmethod
    def _sighting(
        visit: Visit, answer: Answer, ruling: Ruling, body: str | None, page: Page | None
    ) -> Sighting:
        reply = answer.reply
        snapshot = Snapshot(
            url=visit.url,
            final_url=reply.final_url if reply else visit.at or visit.url,
            status=ruling.status,
            fetched_at=answer.at,
            http_status=reply.http_status if reply else None,
            via=answer.via,
            headers=answer.headers,
            body=body,
            size=len(reply.body) if reply else 0,
            redirects=tuple(visit.hops),
            server_ip=answer.server_ip,
            elapsed_ms=answer.elapsed_ms,
            detail=ruling.detail,
        )
        return Sighting(
            snapshot=snapshot,
            page=page,
            asked_as=visit.text,
            found_on=visit.found_on,
            depth=visit.depth,
            role=visit.role,
        )


def as_try(sighting: Sighting) -> Sighting:
    """A sighting as one try of a link: the address will have, or has, another sighting of its own role."""
    return sighting if sighting.role == "link" else replace(sighting, role="link", page=None)


def _header(headers: tuple[tuple[str, str], ...], name: str) -> str | None:
    for key, value in headers:
        if key.lower() == name:
            return value
    return None


def _is_page(headers: tuple[tuple[str, str], ...], body: bytes) -> bool:
    """Whether an answer is text that a page can be read from."""
    kind = (_header(headers, "content-type") or "").partition(";")[0].strip().lower()
    if kind in _PAGE_TYPES or kind.endswith(("+xml", "+json")):
        return True
    return kind in _VAGUE_TYPES and is_markup(body)


def is_markup(body: bytes) -> bool:
    """Whether bytes of no stated kind begin like a page."""
    head = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<meta", b"<script", b"<!--", b"<?xml"))
