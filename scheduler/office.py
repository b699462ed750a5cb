"""One job of the nights at work: what it needs, and what it puts before the operators."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from alerts.digest import Item, Kind, fingerprint
from alerts.letter import Outlets
from domain.observation import CHINA
from domain.target import Registry
from scheduler.desk import NightStore, Place
from scheduler.postman import OPERATIONS, Postman
from scheduler.progress import Progress
from scheduler.reminding import Reminding, as_notice
from scheduler.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What this machine has for the nights besides the store: mail and robots, operators, places, a stamper.

    `operators` are mail addresses or channels. `backup_to` is a folder outside the data folder (None: no
    backups). `tsa` is the address of a time stamp authority, `tsa_roots` its certificates.
    """

    outlets: Outlets = field(default_factory=Outlets)
    operators: tuple[str, ...] = ()
    backup_to: Path | None = None
    tsa: str = ""
    tsa_roots: Path | None = None
    tell: Callable[[Progress], None] = field(default=lambda progress: None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """A job under way: as of `now`, which was due at `due`."""

    place: Place
    store: NightStore
    registry: Registry
    terms: Terms
    means: Means
    now: datetime
    due: datetime

    @property
    def today(self) -> date:
        """The day in China."""
        return self.now.astimezone(CHINA).date()

    @property
    def postman(self) -> Postman:
        """Who tells."""
        return Postman(
            store=self.store,
            registry=self.registry,
            terms=self.terms,
            outlets=self.means.outlets,
            operators=(*self.means.operators, *self.terms.operators),
        )

    @property
    def reminding(self) -> Reminding:
        """What may be told."""
        return Reminding(
            place=self.place, store=self.store, registry=self.registry, terms=self.terms, now=self.now
        )

    def note(self, items: list[Item]) -> int:
        """Keeps what is to be told; gives how many are new."""
        return self.store.note_notices([as_notice(item, self.now) for item in items])

    def warn_operators(self, name: str, words: str, *, urgent: bool = True, todo: str = "") -> None:
        """Tells the operators something of the program's own, once for each `name`."""
        kind = Kind.URGENT if urgent else Kind.OPERATIONS
        item = Item(
            kind=kind,
            unit=OPERATIONS,
            fingerprint=fingerprint("operations", name),
            what=words,
            since=self.today.isoformat(),
            todo=todo or "请检查运行情况。",
            level=3,
        )
        self.note([item])
