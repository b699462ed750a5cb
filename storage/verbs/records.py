"""Verbs of records, ledger and closed years."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from domain.target import Registry
from schemes.book import Book, Review
from schemes.ledger import LedgerRow, reverse, seal
from schemes.records import Record
from storage import books, ledger_rows, runs
from storage.engine import lock_name
from storage.faults import StoreError
from storage.ledger_rows import Closing
from storage.session import Session


class RecordVerbs(Session):
    """What the store does with what people enter and with the ledger. Nothing here changes a row."""

    def book(self, year: int, as_of: date, registry: Registry | None = None) -> Book:
        """All that an assessment of the year looks at, by the last run's registry or the one given.

        Raises StoreError when there is neither.
        """
        with self.reading() as connection:
            run = runs.last(connection)
            listed = registry or runs.registry_of(connection, runs.find(connection, None))
            return books.book_of(connection, listed, year, as_of, run)

    def reviews(self) -> dict[str, Review]:
        """What people decided of each finding, by its id."""
        with self.reading() as connection:
            return books.reviews(connection)

    def add_records(self, records: Sequence[Record]) -> None:
        """Appends records, all or none. Raises StoreError when the year of one is closed."""
        with self.writing() as connection:
            ledger_rows.add_records(connection, records)

    def records(
        self, scheme: str | None = None, year: int | None = None, unit: str | None = None
    ) -> list[Record]:
        """The records, replaced ones too, in order of entry; `schemes.records.in_force` sifts them."""
        with self.reading() as connection:
            return ledger_rows.all_records(connection, scheme, year, unit)

    def append_ledger(self, rows: Sequence[LedgerRow]) -> None:
        """Appends ledger rows, all or none. Raises StoreError for charges in a closed year."""
        with self.writing() as connection:
            ledger_rows.add_rows(connection, rows)

    def ledger(
        self, scheme: str | None = None, year: int | None = None, unit: str | None = None
    ) -> list[LedgerRow]:
        """The ledger's rows, in the order posted."""
        with self.reading() as connection:
            return ledger_rows.all_rows(connection, scheme, year, unit)

    def ledger_size(self, scheme: str, year: int) -> int:
        """How many rows the ledger of a year has; it only grows."""
        with self.reading() as connection:
            return ledger_rows.size_of(connection, scheme, year)

    def reverse_row(self, row: str, at: datetime, author: str, reason: str, program: str = "") -> LedgerRow:
        """Undoes a ledger row by another one, with author and reason; also in a closed year.

        Raises StoreError when there is no such row, it was reversed before, or author or reason is lacking.
        """
        if not author.strip() or not reason.strip():
            raise StoreError("冲销必须写明经办人和理由")
        with self.writing() as connection:
            lock_name(connection, "ledger")
            found = ledger_rows.row_of(connection, row)
            ledger_rows.refuse_second_reversal(connection, found)
            undone = reverse(found, at, author.strip(), reason.strip(), program)
            ledger_rows.add_rows(connection, [undone])
            return undone

    def close_year(
        self,
        scheme: str,
        year: int,
        *,
        at: datetime,
        author: str,
        versions: Iterable[str],
        scores: Mapping[str, str],
        papers: Mapping[str, str] | None = None,
        rows_seen: int | None = None,
    ) -> Closing:
        """Fixes schemes, ledger and scores of a year under a hash.

        `papers` are the texts to keep with it (see schemes.closing); `rows_seen` is how many ledger rows the
        scores rest on. Raises StoreError when the year is closed, or rows were added in between.
        """
        with self.writing() as connection:
            lock_name(connection, "ledger")
            rows = ledger_rows.all_rows(connection, scheme, year, None)
            if rows_seen is not None and len(rows) != rows_seen:
                raise StoreError("核算期间台账有新的记录，没有封账。请再执行一次")
            kept = tuple(sorted(versions))
            closing = Closing(
                scheme=scheme,
                year=year,
                seal=seal(rows, kept, scores.items(), (papers or {}).items()),
                author=author,
                at=at,
                versions=kept,
                scores=dict(scores),
            )
            ledger_rows.close(connection, closing)
            ledger_rows.add_papers(connection, scheme, year, papers or {})
            return closing

    def closing_papers(self, scheme: str, year: int) -> dict[str, str]:
        """The texts fixed with a closed year by name; none while it is open. Raises StoreError."""
        with self.reading() as connection:
            return ledger_rows.papers_of(connection, scheme, year)

    def closing(self, scheme: str, year: int) -> Closing | None:
        """How a year was closed; None while it is open."""
        with self.reading() as connection:
            return ledger_rows.closing_of(connection, scheme, year)

    def verify_closing(self, scheme: str, year: int) -> bool | None:
        """Whether the rows of a closed year are those it was closed with; None while it is open.

        Reversals after the closing are in the open and left out.
        """
        with self.reading() as connection:
            closing = ledger_rows.closing_of(connection, scheme, year)
            if closing is None:
                return None
            rows = ledger_rows.all_rows(connection, scheme, year, None)
            papers = ledger_rows.papers_of(connection, scheme, year)
        before = [row for row in rows if row.at <= closing.at]
        return seal(before, closing.versions, closing.scores.items(), papers.items()) == closing.seal
