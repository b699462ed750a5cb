"""Years of assessment: each scheme with the weights of its yearly plan, closed years as they were closed."""

from collections.abc import Mapping
from pathlib import Path

from portal.shelf import Shelf
from schemes.mistakes import SchemeError
from schemes.model import Scheme
from schemes.plan import plan_file, planned
from schemes.scheme import load_all
from storage.closing import Closed, closed
from storage.faults import StoreError
from storage.store import Store

CLOSED_YEARS = 8
"""How many closed years are kept as read: their cards take megabytes in a large city."""
PLANS = 40
"""How many schemes with their weights are kept."""


def with_own(shipped: Mapping[str, Scheme], data: Path) -> Mapping[str, Scheme]:
    """The schemes with those of the data folder's `schemes`, which stand in for others of the same id.

    Raises SchemeError when a file there is not usable.
    """
    own = data / "schemes"
    return dict(sorted({**shipped, **load_all(own)}.items())) if own.is_dir() else shipped


class Years:
    """What schemes are in a year, over a data folder and its store."""

    def __init__(self, data: Path, store: Store, schemes: Mapping[str, Scheme]) -> None:
        """Over an open store."""
        self._data = data
        self._store = store
        self._schemes = schemes
        self._closed = Shelf(CLOSED_YEARS)
        self._planned = Shelf(PLANS)

    def closed(self, scheme: str, year: int) -> Closed | None:
        """A year as it was closed; None while it is open or where no cards were kept. Raises StoreError."""
        closing = self._store.closing(scheme, year)
        if closing is None:
            return None
        rows = self._store.ledger_size(scheme, year)
        name = (scheme, year, closing.seal, rows)
        return self._closed.fetch(name, lambda: closed(self._store, scheme, year))

    def scheme(self, scheme: str, year: int) -> Scheme:
        """The scheme as the year is assessed by it: of a closed year the one it was closed with.

        Raises StoreError when there is none, or its yearly plan is not usable.
        """
        shut = self.closed(scheme, year)
        return shut.frozen.scheme if shut is not None else self.weighed(scheme, year)[0]

    def weighed(self, scheme: str, year: int) -> tuple[Scheme, Path | None]:
        """The scheme with the weights of the plan in the data folder, and the plan's file. Raises StoreError.

        A plan put there, changed or taken away while the program runs is seen at once.
        """
        found = self._schemes.get(scheme)
        if found is None:
            raise StoreError(f"没有编号为“{scheme}”的考核办法，可用的有：{'、'.join(self._schemes)}")
        try:
            stamp = _stamp(plan_file(scheme, year, self._data))
            return self._planned.fetch((found.version, year, stamp), lambda: planned(found, year, self._data))
        except SchemeError as error:
            raise StoreError(f"“{found.name}”{year}年度的方案有误，不能计分。{error}") from error
        except OSError as error:
            raise StoreError(f"“{found.name}”{year}年度的方案读不出来（{error}）") from error


def _stamp(path: Path) -> tuple[int, int] | None:
    """What tells one state of a file from another; None where there is no file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return (found.st_mtime_ns, found.st_size)
