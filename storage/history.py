"""What earlier nights saw: when each item first appeared, and what to send to be told "not modified"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from storage.bulk import insert_or_ignore, insert_or_replace
from storage.tables import identity_of, item_history, validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """What a server said of a page's version. `body` is the SHA-256 of the bytes it belongs to."""

    url: str
    etag: str | None
    last_modified: str | None
    body: str | None
    fetched_at: datetime


def first_seen(connection: Connection, site: str) -> dict[str, date]:
    """The day on which we first saw each item of a site, by its address."""
    query = select(item_history.c.url, item_history.c.first_seen).where(item_history.c.site == site)
    return {row.url: row.first_seen for row in connection.execute(query)}


def note_items(connection: Connection, site: str, urls: Iterable[str], day: date) -> None:
    """Notes items that were seen; the first day stands for good."""
    known = first_seen(connection, site)
    rows = [
        {"site": site, "digest": identity_of(url), "url": url, "first_seen": day}
        for url in dict.fromkeys(urls)
        if url not in known
    ]
    insert_or_ignore(connection, item_history, rows)


def validators_of(connection: Connection, site: str) -> dict[str, Validator]:
    """What is known of the site's pages, by address."""
    rows = connection.execute(select(validators).where(validators.c.site == site))
    return {
        row.url: Validator(
            url=row.url,
            etag=row.etag,
            last_modified=row.last_modified,
            body=row.body,
            fetched_at=row.fetched_at,
        )
        for row in rows
    }


def keep_validators(connection: Connection, site: str, found: Iterable[Validator]) -> None:
    """Keeps what servers said; the latest word on an address replaces the former."""
    rows = {
        each.url: {
            "site": site,
            "digest": identity_of(each.url),
            "url": each.url,
            "etag": each.etag,
            "last_modified": each.last_modified,
            "body": each.body,
            "fetched_at": each.fetched_at,
        }
        for each in found
    }
    columns = ("url", "etag", "last_modified", "body", "fetched_at")
    insert_or_replace(connection, validators, list(rows.values()), columns)
