"""One page read by itself: what `govwatch read` shows, with the reason for the date that was believed."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlsplit

from crawler.address import canonical, same_host
from crawler.classify import Flaw, Identity, Reply, classify_page, classify_reply
from crawler.extract import read_page
from crawler.fetching import Fetched, fetch
from crawler.guard import GuardPolicy
from crawler.questions import taken_apart
from crawler.reading.belief import believe
from crawler.reading.crumbs import column_of
from crawler.reading.dates import is_distance
from domain.observation import CHINA
from domain.page import DATE_SOURCE_TITLES, Item, Page, PageKind
from domain.snapshot import STATUS_TITLES, FetchStatus
from domain.target import ColumnKind
from schemes.columns import classify

Reading = dict[str, object]

_OF_LISTS = {PageKind.HOME, PageKind.LIST, PageKind.SECTION}
"""Kinds of page that have no date of publication of their own."""

MOST_FEEDS = 3
"""List services of a page that are asked for its entries."""


def reading_of_address(address: str, *, at: datetime, networks: Sequence[str]) -> Reading:
    """Fetches one address (the one that was named may be private) and says what was read."""
    policy = GuardPolicy(hosts=_hosts(address), networks=tuple(networks))
    fetched = fetch(address, policy, at=at)
    if fetched.snapshot.http_status is None:
        return _failed(address, fetched.snapshot.status, fetched.snapshot.detail)
    return _reading_of_answer(fetched, policy, at)


def _hosts(address: str) -> frozenset[str]:
    parts = urlsplit(address)
    return frozenset({(parts.hostname or "").lower(), parts.netloc.lower()} - {""})


def _reading_of_answer(fetched: Fetched, policy: GuardPolicy, at: datetime) -> Reading:
    snapshot, today = fetched.snapshot, at.astimezone(CHINA).date()
    reply = Reply(
        url=snapshot.url,
        final_url=snapshot.final_url,
        http_status=snapshot.http_status or 0,
        headers={name.lower(): value for name, value in snapshot.headers},
        body=fetched.body,
        redirects=snapshot.redirects,
        flaw=Flaw.TRUNCATED if snapshot.status is FetchStatus.UNREADABLE else None,
    )
    ruling = classify_reply(reply)
    if ruling.status is not FetchStatus.OK:
        return _failed(snapshot.final_url, ruling.status, ruling.detail)
    content_type = snapshot.header("content-type")
    page = read_page(fetched.body, snapshot.final_url, content_type=content_type, today=today)
    if page.feeds and not page.items:
        page = _with_list(page, policy, at)
    return _reading_of_page(page, fetched.body, snapshot.final_url, today)


def _with_list(page: Page, policy: GuardPolicy, at: datetime) -> Page:
    """The page with the list that its scripts would fetch, if a service on its own host answers with one."""
    today = at.astimezone(CHINA).date()
    for question in page.feeds[:MOST_FEEDS]:
        url, form = taken_apart(question)
        if not same_host(url, page.url):
            continue
        answer = fetch(url, policy, at=at, form=form)
        if answer.snapshot.status is not FetchStatus.OK:
            continue
        kind = answer.snapshot.header("content-type")
        listed = read_page(answer.body, question, content_type=kind, today=today)
        if listed.items:
            return replace(page, kind=PageKind.LIST, items=listed.items, shell="")
    return page


def reading_of_bytes(body: bytes, url: str, *, content_type: str | None, today: date) -> Reading:
    """What is read off these bytes, as if they had been answered at `url`."""
    if not body.strip():
        return _failed(url, FetchStatus.UNRENDERED, "内容为空")
    return _reading_of_page(read_page(body, url, content_type=content_type, today=today), body, url, today)


def _reading_of_page(page: Page, body: bytes, url: str, today: date) -> Reading:
    identity = Identity(
        key=canonical(url), host=urlsplit(url).netloc, digest=hashlib.sha256(body).hexdigest(), home=None
    )
    ruling = classify_page(page, body, identity)
    if page.kind is PageKind.DOCUMENT and not page.text and not page.tables:
        return _failed(url, FetchStatus.UNREADABLE, page.shell)
    return _reading(page, ruling.status, ruling.detail, today)


def _failed(url: str, status: FetchStatus, detail: str) -> Reading:
    """What is said of a page that was not read: every field, with nothing in it."""
    page = Page(url=url, adapter="", charset="", kind=PageKind.OTHER, title="")
    reading: Reading = dict.fromkeys(_reading(page, status, "", date.max))
    lists: Reading = {"items": [], "date_clues": [], "marks": [], "attachments": [], "tags": {}, "undated": 0}
    told: Reading = {"url": url, "fetch_status": status.value, "reason": detail or STATUS_TITLES[status]}
    return reading | lists | told


def _reading(page: Page, status: FetchStatus, detail: str, today: date) -> Reading:
    column, kind = _column(page)
    dates = [item.day for item in page.items if item.day is not None]
    belief = believe(() if page.kind in _OF_LISTS else page.dates)
    found: Reading = {
        "url": page.url,
        "fetch_status": status.value,
        "adapter": page.adapter,
        "charset": page.charset,
        "kind": page.kind.value,
        "title": page.title,
        "column": column,
        "column_kind": kind,
        "published_on": belief.day.isoformat() if belief.day else None,
        "date_source": belief.source.value if belief.source else None,
        "date_why": _of_entries(page) if page.kind in _OF_LISTS else belief.why,
        "date_clues": [
            {"source": DATE_SOURCE_TITLES[clue.source], "day": clue.day.isoformat(), "raw": clue.raw}
            for clue in page.dates
        ],
        "items": [_entry(item, today) for item in page.items],
        "newest": max(dates).isoformat() if dates else None,
        "undated": sum(item.day is None for item in page.items),
        "tags": dict(page.tags),
        "marks": list(page.marks),
        "attachments": [{"title": link.text, "url": link.url} for link in page.attachments],
    }
    if page.forward:
        found["forward"] = page.forward
    if detail:
        found["reason"] = detail
    return found


def _of_entries(page: Page) -> str:
    """What a page that lists entries says of dates: the entries' own count, it has none itself."""
    if not page.items:
        return "列表页没有自己的发布日期，也没有读到信息条目"
    days = [item.day for item in page.items if item.day is not None]
    undated = len(page.items) - len(days)
    if not days:
        return f"列表页以各条信息的日期为准；{len(page.items)}条都没有读到日期，要看各条的正文页"
    words = f"列表页以各条信息的日期为准；共{len(page.items)}条，最新一条为{max(days).isoformat()}"
    return words + (f"，另有{undated}条没有读到日期，要看正文页" if undated else "")


def _entry(item: Item, today: date) -> Reading:
    return {
        "title": item.title,
        "url": item.url,
        "date": item.day.isoformat() if item.day else None,
        "date_raw": item.raw,
        "date_why": _why(item, today),
        "pinned": item.pinned,
    }


def _why(item: Item, today: date) -> str:
    """Why an entry has the date that it has, as a Chinese clause."""
    if item.day is None:
        return f"“{item.raw}”不是可以辨认的日期" if item.raw else "没有读到日期，要看正文页"
    if item.yearless:
        words = f"“{item.raw}”没有写年份，取不晚于监测日的最近一次"
    elif is_distance(item.raw):
        words = f"“{item.raw}”从读取当日推算"
    else:
        words = f"页面上写的“{item.raw}”" if item.raw else "页面标明"
    if item.written:
        words += "，是成文日期，发布日期要看正文页"
    elif item.event:
        words += "，列表没有说是发布日期"
    return words + ("；晚于监测日，不算更新" if item.day > today else "")


def _column(page: Page) -> tuple[str | None, str | None]:
    """The column the page belongs to, by tag, breadcrumbs or its own title, and that column's kind."""
    name, above = column_of(page)
    if not name or page.kind in {PageKind.HOME, PageKind.DOCUMENT}:
        return None, None
    kind = classify(name, path=above, column_type=page.tags.get("ColumnType", ""), url=page.url)
    return name, (kind or ColumnKind.OTHER).value
