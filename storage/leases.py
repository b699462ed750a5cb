"""Leases: who may work at a target now. Each grant has a number of its own, the fence; the newest counts.

The time is the database's: machines whose clocks differ agree on it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    String,
    Table,
    func,
    select,
    update,
)

from storage.bulk import insert_or_ignore
from storage.column_types import Instant
from storage.faults import StoreError
from storage.tables import metadata

leases = Table(
    "leases",
    metadata,
    Column("name", String(120), primary_key=True),
    Column("fence", BigInteger, nullable=False),
    Column("holder", String(200), nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("beat_at", Instant, nullable=False),
    Column("released", Boolean, nullable=False),
)

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_HOLDER = 200


class FenceError(StoreError):
    """Another has been given the target since: what this one brings is not taken in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A grant: the target's name (`site/s01`) and the number of the grant."""

    name: str
    fence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A target that is being worked at: by whom, since when, and the last sign of life."""

    name: str
    fence: int
    holder: str
    taken_at: datetime
    beat_at: datetime


def grant(connection: Connection, name: str, holder: str, patience: timedelta) -> Lease | None:
    """The lease of a target, or None while another holds it that gave a sign of life within `patience`."""
    now = database_now(connection)
    empty = {"name": name, "fence": 0, "holder": "", "taken_at": _NEVER, "beat_at": _NEVER, "released": True}
    insert_or_ignore(connection, leases, [empty])
    row = connection.execute(select(leases).where(leases.c.name == name).with_for_update()).one()
    if not row.released and now - row.beat_at < patience:
        return None
    fence = int(row.fence) + 1
    values = {
        "fence": fence,
        "holder": holder[:LONGEST_HOLDER],
        "taken_at": now,
        "beat_at": now,
        "released": False,
    }
    connection.execute(update(leases).where(leases.c.name == name).values(**values))
    return Lease(name=name, fence=fence)


def beat(connection: Connection, lease: Lease) -> bool:
    """Gives a sign of life; False when the lease is not ours any more."""
    changed = connection.execute(update(leases).where(*_ours(lease)).values(beat_at=database_now(connection)))
    return changed.rowcount == 1


def release(connection: Connection, lease: Lease) -> bool:
    """Gives the target back; False when it was not ours any more."""
    changed = connection.execute(update(leases).where(*_ours(lease)).values(released=True))
    return changed.rowcount == 1


def demand(connection: Connection, lease: Lease) -> None:
    """Holds the lease's row to the end of the transaction. Raises FenceError when it is not ours any more."""
    found = connection.execute(select(leases.c.fence).where(*_ours(lease)).with_for_update()).first()
    if found is None:
        raise FenceError(f"“{lease.name}”已交由另一工作进程办理（本次序号 {lease.fence} 已失效），结果未采纳")


def held(connection: Connection) -> list[Holding]:
    """The targets that are being worked at, the longest first."""
    rows = connection.execute(
        select(leases).where(leases.c.released.is_(False)).order_by(leases.c.taken_at, leases.c.name)
    )
    return [
        Holding(name=row.name, fence=row.fence, holder=row.holder, taken_at=row.taken_at, beat_at=row.beat_at)
        for row in rows
    ]


def database_now(connection: Connection) -> datetime:
    """The present instant by the database's clock."""
    if connection.dialect.name == "postgresql":
        found = connection.execute(select(func.clock_timestamp())).scalar_one()
        assert isinstance(found, datetime)
        return found.astimezone(UTC)
    text = connection.exec_driver_sql("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')").scalar_one()
    return datetime.fromisoformat(str(text)).replace(tzinfo=UTC)


def _ours(lease: Lease) -> tuple[ColumnElement[bool], ...]:
    return (leases.c.name == lease.name, leases.c.fence == lease.fence, leases.c.released.is_(False))
