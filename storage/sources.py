"""How accounts' sources stand: whether each works, since when not, and what it last gave."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from storage.source_tables import sources

WORKS, BLIND = "works", "blind"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSight:
    """What one look at a source came to. `reason` is empty when it works; `newest` its newest post."""

    account: str
    at: datetime
    reason: str = ""
    newest: datetime | None = None
    posts: int = 0
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How a source stands. `since` is when its present state began; `reason` why it is blind.

    `last_good` is when it last worked, with the newest post that it ever gave, how many posts it gave
    and the SHA-256 of that answer among the kept bodies. `failures` are looks in a row that failed.
    """

    account: str
    state: str
    since: datetime
    checked: datetime
    reason: str
    failures: int
    last_good: datetime | None
    newest: datetime | None
    posts: int | None
    answer: str | None

    @property
    def works(self) -> bool:
        """Whether the last look saw something."""
        return self.state == WORKS


def note(connection: Connection, sight: SourceSight) -> SourceHealth:
    """Takes a look into the record; a failure leaves the last good answer as it was."""
    known = of_account(connection, sight.account)
    values = _blinded(known, sight) if sight.reason else _working(known, sight)
    if known is None:
        connection.execute(insert(sources).values(account=sight.account, **values))
    else:
        connection.execute(update(sources).where(sources.c.account == sight.account).values(**values))
    return SourceHealth(account=sight.account, **values)


def _working(known: SourceHealth | None, sight: SourceSight) -> dict[str, Any]:
    since = known.since if known is not None and known.works else sight.at
    earlier = [known.newest] if known is not None and known.newest is not None else []
    newest = max([*earlier, sight.newest]) if sight.newest is not None else next(iter(earlier), None)
    return {
        "state": WORKS,
        "since": min(since, sight.at),
        "checked": sight.at,
        "reason": "",
        "failures": 0,
        "last_good": sight.at,
        "newest": newest,
        "posts": sight.posts,
        "answer": sight.answer,
    }


def _blinded(known: SourceHealth | None, sight: SourceSight) -> dict[str, Any]:
    since = known.since if known is not None and not known.works else sight.at
    return {
        "state": BLIND,
        "since": min(since, sight.at),
        "checked": sight.at,
        "reason": sight.reason,
        "failures": (known.failures if known is not None and not known.works else 0) + 1,
        "last_good": known.last_good if known else None,
        "newest": known.newest if known else None,
        "posts": known.posts if known else None,
        "answer": known.answer if known else None,
    }


def of_account(connection: Connection, account: str) -> SourceHealth | None:
    """How the account's source stands; None before the first look."""
    row = connection.execute(select(sources).where(sources.c.account == account)).first()
    return None if row is None else _health(row)


def all_of_them(connection: Connection) -> list[SourceHealth]:
    """All sources that were ever looked at, in the order of their accounts."""
    return [_health(row) for row in connection.execute(select(sources).order_by(sources.c.account))]


def forget(connection: Connection, account: str) -> None:
    """Drops what is known of an account's source (its address was changed)."""
    connection.execute(delete(sources).where(sources.c.account == account))


def _health(row: Row[tuple[object, ...]]) -> SourceHealth:
    return SourceHealth(**row._mapping)
