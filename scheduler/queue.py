"""The queue in PostgreSQL (Procrastinate): its tables in a schema of their own, errands put in order."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import procrastinate
import psycopg
from procrastinate import exceptions
from procrastinate.schema import SchemaManager, migrations_path
from procrastinate.sync_psycopg_connector import SyncPsycopgConnector
from sqlalchemy.engine import make_url

from crawler.address import canonical
from crawler.spiders.scope import place_of
from domain.target import Registry
from scheduler.errands import Errand
from storage.engine import address_of
from storage.faults import StoreError
from storage.measures import QUEUE_SCHEMA

TASK = "govwatch.errand"
SITES, KEEPING = "sites", "keeping"
"""The queues: errands, and the keeping of the queue itself, which must not wait behind long walks."""

URGENCY = {"site": 0, "accounts": 1, "finish": 2}
"""What is nearer to its end goes first: added to the priority of the run."""

NOT_POSTGRESQL = (
    "多机巡检需要 PostgreSQL：请设置环境变量 GOVWATCH_DATABASE_URL=postgresql://用户:密码@主机:端口/库名"
)


def conninfo_of(database_url: str | None) -> str:
    """The address for psycopg. Raises StoreError unless it is PostgreSQL's."""
    if not database_url:
        raise StoreError(NOT_POSTGRESQL)
    address = address_of(None, database_url)
    if address.get_backend_name() != "postgresql":
        raise StoreError(NOT_POSTGRESQL)
    return make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)


def prepare_queue(database_url: str | None) -> None:
    """Makes the queue's tables, or brings them up to this program's version. Raises StoreError."""
    try:
        with psycopg.connect(conninfo_of(database_url)) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(hashtext('govwatch queue'))")
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {QUEUE_SCHEMA}")
            connection.execute(f"SET LOCAL search_path TO {QUEUE_SCHEMA}")
            connection.execute("CREATE TABLE IF NOT EXISTS applied (name text PRIMARY KEY)")
            _bring_up(connection)
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise StoreError(f"任务队列的表建不起来：{reason}") from error


def _bring_up(connection: "psycopg.Connection[Any]") -> None:
    steps = sorted(path.name for path in migrations_path.glob("*.sql"))
    done = {row[0] for row in connection.execute("SELECT name FROM applied")}
    if not done:
        connection.execute(SchemaManager.get_schema())
    else:
        for name in steps:
            if name not in done:
                connection.execute((migrations_path / name).read_bytes())
    for name in steps:
        connection.execute("INSERT INTO applied VALUES (%s) ON CONFLICT DO NOTHING", [name])


def pool_options() -> dict[str, Any]:
    """How connections of the queue are opened."""
    return {"kwargs": {"options": f"-c search_path={QUEUE_SCHEMA}"}}


class Sender:
    """Puts errands on the queue. A context manager; may be used from any thread."""

    def __init__(self, database_url: str | None) -> None:
        self._connector = SyncPsycopgConnector(conninfo=conninfo_of(database_url), **pool_options())
        self._app = procrastinate.App(connector=self._connector)

    def __enter__(self) -> "Sender":
        self._app.open()
        return self

    def __exit__(self, *_: object) -> None:
        self._app.close()

    def send(
        self,
        errands: Iterable[Errand],
        registry: Registry,
        *,
        priority: int = 0,
        starts: Mapping[str, datetime] | None = None,
    ) -> int:
        """Queues errands; gives how many were not queued already. `starts` are the slots of sites.

        What needs the same lock is taken up in the order in which it was sent: by slot.
        """
        slots = starts or {}
        known = [(slots.get(errand.target), errand) for errand in errands]
        at_once = [errand for at, errand in known if at is None]
        later = sorted(((at, errand) for at, errand in known if at is not None), key=lambda pair: pair[0])
        return sum(self._send(errand, registry, priority) for errand in at_once) + sum(
            self._send(errand, registry, priority, at) for at, errand in later
        )

    def _send(self, errand: Errand, registry: Registry, priority: int, at: datetime | None = None) -> bool:
        order = order_of(errand, lock_of(errand, registry), priority)
        if at is not None:
            order["schedule_at"] = at
        try:
            self._app.configure_task(TASK, queue=SITES, **order).defer(**arguments_of(errand, priority))
        except exceptions.AlreadyEnqueued:
            return False
        return True


def order_of(errand: Errand, lock: str | None, priority: int) -> dict[str, Any]:
    """When an errand may run: its locks and its priority."""
    return {
        "lock": lock,
        "queueing_lock": f"{errand.run}/{errand.kind}/{errand.target}",
        "priority": priority + URGENCY[errand.kind],
    }


def arguments_of(errand: Errand, priority: int, tries: int = 0) -> dict[str, Any]:
    """What is kept of an errand on the queue; `tries` are those that failed."""
    found = {"kind": errand.kind, "run": errand.run, "target": errand.target, "priority": priority}
    return found | {"tries": tries}


def lock_of(errand: Errand, registry: Registry) -> str:
    """What no two errands may have at once: a site's host, so that its pauses are kept by one process."""
    if errand.kind == "site":
        for site in registry.sites:
            if site.id == errand.target:
                return f"host/{place_of(canonical(site.home))[0]}"
    return errand.lease
