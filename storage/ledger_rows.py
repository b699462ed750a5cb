"""Records and ledger rows in the database: appended, read back, never changed."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from schemes import ledger as ledger_of_schemes
from schemes import records as records_of_schemes
from schemes.ledger import Entry, LedgerRow
from schemes.records import Record
from storage.faults import StoreError
from storage.record_tables import closing_papers, closings, ledger, records


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A closed year: the hash that its schemes, rows and scores were fixed under, by whom and when."""

    scheme: str
    year: int
    seal: str
    author: str
    at: datetime
    versions: tuple[str, ...]
    scores: Mapping[str, str]


def add_records(connection: Connection, new: Sequence[Record]) -> None:
    """Appends records. Raises StoreError when the year of one is closed."""
    for scheme, year in {(record.scheme, record.year) for record in new}:
        if closing_of(connection, scheme, year) is not None:
            raise StoreError(f"{scheme} {year}年度已封账，不能再填报；有异议的请作冲销")
    if new:
        connection.execute(insert(records), [_record_row(record) for record in new])


def all_records(
    connection: Connection, scheme: str | None, year: int | None, unit: str | None
) -> list[Record]:
    """The records asked for, replaced ones too, in order of entry."""
    bodies = _bodies(connection, records, scheme, year, unit)
    return [records_of_schemes.from_fields(body) for body in bodies]


def add_rows(connection: Connection, new: Sequence[LedgerRow]) -> None:
    """Appends ledger rows. Raises StoreError for anything but a reversal in a closed year."""
    for scheme, year in {(row.scheme, row.year) for row in new if row.entry is not Entry.REVERSAL}:
        if closing_of(connection, scheme, year) is not None:
            raise StoreError(f"{scheme} {year}年度已封账，只能冲销，不能再记账")
    if new:
        connection.execute(insert(ledger), [_ledger_row(row) for row in new])


def all_rows(
    connection: Connection, scheme: str | None, year: int | None, unit: str | None
) -> list[LedgerRow]:
    """The ledger rows asked for, in the order posted."""
    bodies = _bodies(connection, ledger, scheme, year, unit)
    return [ledger_of_schemes.from_fields(body) for body in bodies]


def size_of(connection: Connection, scheme: str, year: int) -> int:
    """How many ledger rows a year has."""
    query = select(func.count()).where(ledger.c.scheme == scheme, ledger.c.year == year)
    return int(connection.execute(query).scalar_one())


def row_of(connection: Connection, row: str) -> LedgerRow:
    """The ledger row with this id. Raises StoreError when there is none."""
    body = connection.execute(select(ledger.c.body).where(ledger.c.id == row)).scalar()
    if body is None:
        raise StoreError(f"台账中没有编号为“{row}”的记录")
    return ledger_of_schemes.from_fields(body)


def refuse_second_reversal(connection: Connection, row: LedgerRow) -> None:
    """Raises StoreError when the row is a reversal itself or was reversed before."""
    if row.entry is Entry.REVERSAL:
        raise StoreError(f"“{row.id}”本身就是冲销，不能再冲销")
    again = connection.execute(select(ledger.c.id).where(ledger.c.reverses == row.id)).scalar()
    if again is not None:
        raise StoreError(f"“{row.id}”已被“{again}”冲销过")


def close(connection: Connection, closing: Closing) -> None:
    """Closes a year. Raises StoreError when it is closed already."""
    if closing_of(connection, closing.scheme, closing.year) is not None:
        raise StoreError(f"{closing.scheme} {closing.year}年度已经封账")
    connection.execute(
        insert(closings).values(
            scheme=closing.scheme,
            year=closing.year,
            seal=closing.seal,
            author=closing.author,
            at=closing.at,
            versions=list(closing.versions),
            scores=dict(closing.scores),
        )
    )


def add_papers(connection: Connection, scheme: str, year: int, papers: Mapping[str, str]) -> None:
    """Keeps the texts fixed with a closed year."""
    rows = [
        {"scheme": scheme, "year": year, "name": name, "body": zlib.compress(body.encode())}
        for name, body in papers.items()
    ]
    if rows:
        connection.execute(insert(closing_papers), rows)


def papers_of(connection: Connection, scheme: str, year: int) -> dict[str, str]:
    """The texts fixed with a closed year by name. Raises StoreError when one cannot be read."""
    query = select(closing_papers.c.name, closing_papers.c.body).where(
        closing_papers.c.scheme == scheme, closing_papers.c.year == year
    )
    found: dict[str, str] = {}
    for row in connection.execute(query.order_by(closing_papers.c.name)):
        try:
            found[row.name] = zlib.decompress(row.body).decode()
        except (zlib.error, UnicodeDecodeError) as error:
            raise StoreError(f"{scheme} {year}年度封存的“{row.name}”已损坏，请用备份恢复") from error
    return found


def closing_of(connection: Connection, scheme: str, year: int) -> Closing | None:
    """How the year was closed; None while it is open."""
    row = connection.execute(
        select(closings).where(closings.c.scheme == scheme, closings.c.year == year)
    ).first()
    if row is None:
        return None
    return Closing(
        scheme=row.scheme,
        year=row.year,
        seal=row.seal,
        author=row.author,
        at=row.at,
        versions=tuple(row.versions),
        scores=row.scores,
    )


def _bodies(
    connection: Connection, table: Table, scheme: str | None, year: int | None, unit: str | None
) -> Iterable[dict[str, Any]]:
    query = select(table.c.body).order_by(table.c.number)
    for column, value in ((table.c.scheme, scheme), (table.c.year, year), (table.c.unit, unit)):
        if value is not None:
            query = query.where(column == value)
    return connection.execute(query).scalars().all()


def _record_row(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "kind": record.kind,
        "scheme": record.scheme,
        "year": record.year,
        "unit": record.unit,
        "author": record.author,
        "at": record.at,
        "replaces": record.replaces,
        "body": records_of_schemes.to_fields(record),
    }


def _ledger_row(row: LedgerRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "entry": row.entry.value,
        "scheme": row.scheme,
        "version": row.version,
        "year": row.year,
        "unit": row.unit,
        "line": row.line,
        "way": row.way,
        "points": str(row.points),
        "source": row.source,
        "reverses": row.reverses,
        "author": row.author,
        "at": row.at,
        "body": ledger_of_schemes.to_fields(row),
    }
