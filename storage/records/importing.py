"""Imports a file of records into the store: checked whole, its proofs kept, then appended in one go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.target import Registry
from schemes.model import Scheme
from schemes.records import Record
from storage.records.known import known_of
from storage.records.loading import load
from storage.records.proofs import keep
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The records that were added, and how many of the file's were there before."""

    added: tuple[Record, ...]
    already: int


def import_file(
    store: Store,
    data: Path,
    path: Path,
    *,
    at: datetime,
    schemes: Mapping[str, Scheme],
    author: str | None = None,
    registry: Registry | None = None,
) -> Imported:
    """Adds the records of a file. The same file again adds nothing; a changed entry replaces the former.

    `registry` None: that of the last run. `author` stands where the file names nobody. Raises IntakeError
    when anything is wrong with the file, StoreError when there is no registry or the year is closed.
    """
    known = known_of(registry or store.registry(), schemes, store.records())
    batch = load(path, known, at=at, author=author)
    for file in batch.files:
        keep(file, data)
    store.add_records(batch.records)
    return Imported(added=batch.records, already=batch.already)
