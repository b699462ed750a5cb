"""Lists of subjects that passed alike: written once, read back as the verdicts they stand for.

The subjects themselves are kept under the digest of their text, so that checks with the same subjects, and
nights on which nothing changed, share them.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, func, insert, select

from domain.check import Subject
from domain.finding import Verdict
from domain.outcome import Pass, name_of
from domain.passlist import PassList
from storage.bulk import insert_or_ignore
from storage.codec import answers_from, verdict_row
from storage.column_types import whole_characters
from storage.faults import StoreError
from storage.runs import Run
from storage.tables import pass_lists, subject_lists

PASSED = name_of(Pass())
_ROW = frozenset(
    ("check_id", "target_kind", "target", "unit", "reason", "indicators", "answers", "witnesses", "trial")
)
_LIST = msgspec.json.Decoder(tuple[tuple[str, str], ...])


def write(connection: Connection, run: Run, lists: Sequence[PassList]) -> None:
    """Writes the lists of one target."""
    bodies: dict[str, bytes] = {}
    known: dict[tuple[tuple[str, str], ...], str] = {}
    rows = []
    for one in lists:
        if one.subjects not in known:
            text = _text(one.subjects)
            known[one.subjects] = hashlib.sha256(text).hexdigest()
            bodies[known[one.subjects]] = text
        row = {name: value for name, value in verdict_row(one.like).items() if name in _ROW}
        rows.append({"run": run.number, "size": len(one.subjects), "subjects": known[one.subjects]} | row)
    there = select(subject_lists.c.digest).where(subject_lists.c.digest.in_(list(bodies)))
    kept = set(connection.execute(there).scalars()) if bodies else set()
    fresh = [
        {"digest": digest, "body": zlib.compress(text)}
        for digest, text in bodies.items()
        if digest not in kept
    ]
    insert_or_ignore(connection, subject_lists, fresh)
    if rows:
        connection.execute(insert(pass_lists), rows)


def _text(subjects: Iterable[tuple[str, str]]) -> bytes:
    return msgspec.json.encode([(whole_characters(key), whole_characters(name)) for key, name in subjects])


def read(connection: Connection, *chosen: ColumnElement[bool]) -> Iterator[Verdict]:
    """The verdicts of the lists that are chosen, in the order taken in. Raises StoreError."""
    for row in connection.execute(_rows(*chosen)).mappings():
        yield from _verdicts(row, 0, None)


def read_part(
    connection: Connection, chosen: Sequence[ColumnElement[bool]], limit: int, offset: int
) -> list[Verdict]:
    """Some of those verdicts, without opening the lists before and after. Raises StoreError."""
    found: list[Verdict] = []
    sizes = select(pass_lists.c.number, pass_lists.c.size).where(*chosen).order_by(pass_lists.c.number)
    for number, size in connection.execute(sizes).all():
        if len(found) >= limit:
            break
        if offset < size:
            row = connection.execute(_rows(pass_lists.c.number == number)).mappings().one()
            found += _verdicts(row, offset, limit - len(found))
        offset = max(0, offset - size)
    return found


def total(connection: Connection, *chosen: ColumnElement[bool]) -> int:
    """How many verdicts the chosen lists stand for."""
    counted = connection.execute(select(func.coalesce(func.sum(pass_lists.c.size), 0)).where(*chosen))
    return int(counted.scalar_one())


def totals(connection: Connection, run: int) -> dict[str, int]:
    """The same of a run by target."""
    rows = connection.execute(
        select(pass_lists.c.target, func.sum(pass_lists.c.size))
        .where(pass_lists.c.run == run)
        .group_by(pass_lists.c.target)
    )
    return {str(target): int(size) for target, size in rows}


def altered(connection: Connection) -> Iterator[str]:
    """The digests of lists whose text is not what their digest and their size say."""
    sizes: dict[str, set[int]] = {}
    for digest, size in connection.execute(select(pass_lists.c.subjects, pass_lists.c.size).distinct()):
        sizes.setdefault(digest, set()).add(size)
    for row in connection.execute(select(subject_lists).order_by(subject_lists.c.digest)):
        try:
            subjects = _opened(row.digest, row.body)
        except StoreError:
            yield row.digest
            continue
        if sizes.pop(row.digest, {len(subjects)}) != {len(subjects)}:
            yield row.digest
    yield from sorted(sizes)


def _rows(*chosen: ColumnElement[bool]) -> Any:
    return (
        select(pass_lists, subject_lists.c.body)
        .outerjoin(subject_lists, subject_lists.c.digest == pass_lists.c.subjects)
        .where(*chosen)
        .order_by(pass_lists.c.number)
    )


def _verdicts(row: Mapping[Any, Any], start: int, count: int | None) -> Iterator[Verdict]:
    outcome = Pass(reason=row["reason"])
    like = Verdict(
        check=row["check_id"],
        target_kind=row["target_kind"],
        target=row["target"],
        subject=Subject(key="", unit=row["unit"], name=""),
        outcome=outcome,
        indicators=tuple(row["indicators"]),
        answers=answers_from(row["answers"], outcome),
        witnesses=row["witnesses"],
        trial=row["trial"],
    )
    subjects = _opened(row["subjects"], row["body"])
    end = None if count is None else start + count
    return PassList(like=like, subjects=subjects[start:end]).verdicts()


def _opened(digest: str, body: bytes | None) -> tuple[tuple[str, str], ...]:
    """The subjects kept under a digest. Raises StoreError when they are gone or were altered."""
    try:
        whole = zlib.decompressobj()
        text = whole.decompress(body or b"")
        if whole.eof and not whole.unused_data and hashlib.sha256(text).hexdigest() == digest:
            return _LIST.decode(text)
    except (zlib.error, msgspec.MsgspecError):
        pass
    raise StoreError(f"数据库 subject_lists 表的一行已损坏（{digest}），请运行 govwatch evidence verify 核对")
