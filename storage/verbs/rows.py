"""Verbs of rows that are sealed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import IO

from storage import consistency, rows
from storage.rows import Difference
from storage.session import Session


class RowVerbs(Session):
    """What the store does so that its rows can be sealed and held against the seal."""

    def write_run_rows(self, numbers: Sequence[int], out: IO[bytes]) -> None:
        """Writes the rows of runs, by their numbers."""
        with self.reading() as connection:
            out.writelines(rows.run_lines(connection, numbers))

    def write_journal(self, sealed: Mapping[str, frozenset[str]], out: IO[bytes]) -> None:
        """Writes what people entered and decided, what is `sealed` already left out."""
        with self.reading() as connection:
            out.writelines(rows.journal_lines(connection, sealed))

    def compare_rows(self, lines: Iterable[bytes]) -> list[Difference]:
        """The rows that are no longer what sealed lines say. Raises ValueError for lines not ours."""
        with self.reading() as connection:
            return rows.differences(connection, lines)

    def contradictions(self) -> list[Difference]:
        """The rows that say what the sealed rows beneath them do not: cases, registries."""
        with self.reading() as connection:
            return consistency.contradictions(connection)
