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
from crawler.patience import OutOfPatienceError, at_most
from crawler.runfolder import RunFolder
from crawler.spiders.scope import place_of
from crawler.spiders.visit import Visit
from domain.page import Page
from domain.snapshot import FetchStatus, Snapshot, Via
from domain.target import Site
from domain.walk import Sighting

_log = logging.getLogger(__name__)

LONGEST_READING = 20.0
"""Seconds that reading one page may take."""

_READ_THOUGH = frozenset({FetchStatus.OK, FetchStatus.UNRENDERED})
"""Statuses whose page is kept: of a script shell the parts that are there lead on to its channels."""


Reading = Page | Ruling
"""A page that was read, or why it could not be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for one try: the reply or the failure, when, from where and how fast.

    `reading` is set where the page was read beforehand. `known` and `known_body` are the page and the
    digest of an earlier night.
    """

    at: datetime
    reply: Reply | None = None
    failure: Failure | None = None
    words: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    request_headers: tuple[tuple[str, str], ...] = ()
    server_ip: str | None = None
    elapsed_ms: int | None = None
    via: Via = Via.HTTP
    known: Page | None = None
    known_body: str | None = None
    reading: Reading | None = None


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
        if ruling is OK and is_to_be_read(visit, answer):
            reading = self._page_of(answer, digest)
            if isinstance(reading, Page):
                page = reading
                ruling = classify_page(page, reply.body, self._identity(visit, reply, digest or ""))
            else:
                ruling = reading
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

    def read(self, answer: Answer) -> Reading:
        """Reads the page of an answer; what goes wrong in it costs this page only."""
        reply = answer.reply
        assert reply is not None
        try:
            with at_most(LONGEST_READING):
                return read_page(
                    reply.body,
                    reply.final_url,
                    content_type=_header(answer.headers, "content-type"),
                    today=self.today,
                    rendered=answer.via is Via.BROWSER,
                )
        except OutOfPatienceError:
            return classify_failure(Failure.CRASH, f"超过 {LONGEST_READING:g} 秒没有读完")
        except Exception:
            _log.exception("reading %s failed", reply.final_url)
            return classify_failure(Failure.CRASH)

    def _page_of(self, answer: Answer, digest: str | None) -> Reading:
        if answer.reading is not None:
            return answer.reading
        if digest is not None and digest == answer.known_body and answer.known is not None:
            return answer.known
        return self.read(answer)

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
            method=answer.method,
            request_headers=answer.request_headers,
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


def is_to_be_read(visit: Visit, answer: Answer) -> bool:
    """Whether an answer is read: all but robots.txt, and of links that are only tried pages alone."""
    if visit.role == "robots" or answer.reply is None or not answer.reply.body:
        return False
    if visit.role != "link":
        return True
    kind = (_header(answer.headers, "content-type") or "").lower()
    return "html" in kind or (not kind and is_markup(answer.reply.body))


def is_markup(body: bytes) -> bool:
    """Whether bytes of no stated kind begin like a page."""
    head = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<meta", b"<script", b"<!--", b"<?xml"))
