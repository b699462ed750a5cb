"""What passes between office and units about a case: answers, appeals, decisions, due dates, rechecks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, desc, insert, select
from sqlalchemy.exc import IntegrityError

from storage.faults import StoreError
from storage.portal_tables import attachments, deadlines, decisions, submissions


class SubmissionKind(StrEnum):
    """What a unit writes."""

    ANSWER = "answer"
    APPEAL = "appeal"
    RECHECK = "recheck"


SUBMISSION_TITLES = {
    SubmissionKind.ANSWER: "答复",
    SubmissionKind.APPEAL: "申诉",
    SubmissionKind.RECHECK: "申请复查",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came with a submission; its bytes are kept by their SHA-256."""

    id: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided of an appeal, why and by whom."""

    upheld: bool
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One letter of a unit's about a case. `decision` is for appeals."""

    id: str
    case: str
    kind: SubmissionKind
    unit: str
    who: str
    words: str
    at: datetime
    attachments: tuple[Attachment, ...] = ()
    decision: Decision | None = None

    @property
    def title(self) -> str:
        """Its kind in Chinese."""
        return SUBMISSION_TITLES[self.kind]


def add(connection: Connection, letter: Submission) -> None:
    """Keeps a submission with its attachments."""
    connection.execute(
        insert(submissions).values(
            id=letter.id,
            case_id=letter.case,
            kind=letter.kind.value,
            unit=letter.unit,
            who=letter.who,
            words=letter.words,
            at=letter.at,
        )
    )
    rows = [
        {"id": each.id, "submission": letter.id, "name": each.name, "sha256": each.sha256, "size": each.size}
        for each in letter.attachments
    ]
    if rows:
        connection.execute(insert(attachments), rows)


def decide(connection: Connection, letter: str, decision: Decision) -> None:
    """Keeps what was decided of an appeal. Raises StoreError when it was decided before."""
    values = {
        "upheld": decision.upheld,
        "reason": decision.reason,
        "who": decision.who,
        "at": decision.at,
    }
    try:
        with connection.begin_nested():
            connection.execute(insert(decisions).values(submission=letter, **values))
    except IntegrityError as error:
        raise StoreError("这件申诉已经作出决定，请刷新页面查看") from error


def letters(connection: Connection, *, case: str) -> list[Submission]:
    """All that a unit wrote about a case, oldest first."""
    query = select(submissions).where(submissions.c.case_id == case).order_by(submissions.c.at)
    return _with_all(connection, connection.execute(query).mappings().all())


def letter(connection: Connection, letter_id: str) -> Submission:
    """The submission of this id. Raises StoreError."""
    query = select(submissions).where(submissions.c.id == letter_id)
    found = _with_all(connection, connection.execute(query).mappings().all())
    if not found:
        raise StoreError("没有这份材料")
    return found[0]


def undecided(connection: Connection, unit: str | None, limit: int) -> list[Submission]:
    """The appeals that wait for a decision, oldest first."""
    query = (
        select(submissions)
        .outerjoin(decisions, decisions.c.submission == submissions.c.id)
        .where(submissions.c.kind == SubmissionKind.APPEAL.value, decisions.c.submission.is_(None))
        .order_by(submissions.c.at)
        .limit(limit)
    )
    if unit is not None:
        query = query.where(submissions.c.unit == unit)
    return _with_all(connection, connection.execute(query).mappings().all())


def latest(connection: Connection, unit: str | None, limit: int) -> list[Submission]:
    """What units wrote last, newest first."""
    query = select(submissions).order_by(desc(submissions.c.at)).limit(limit)
    if unit is not None:
        query = query.where(submissions.c.unit == unit)
    return _with_all(connection, connection.execute(query).mappings().all())


def attachment(connection: Connection, attachment_id: str) -> tuple[Attachment, str]:
    """An attachment and the submission that it came with. Raises StoreError."""
    row = connection.execute(select(attachments).where(attachments.c.id == attachment_id)).first()
    if row is None:
        raise StoreError("没有这个附件")
    return Attachment(id=row.id, name=row.name, sha256=row.sha256, size=row.size), row.submission


def set_due(connection: Connection, case: str, due: date, who: str, at: datetime) -> None:
    """Notes until when a case is to be mended; the latest word counts."""
    connection.execute(insert(deadlines).values(case_id=case, due=due.isoformat(), who=who, at=at))


def due_dates(connection: Connection, cases: Sequence[str]) -> dict[str, date]:
    """Until when each of these cases is to be mended."""
    if not cases:
        return {}
    query = select(deadlines).where(deadlines.c.case_id.in_(cases)).order_by(deadlines.c.number)
    return {row.case_id: date.fromisoformat(row.due) for row in connection.execute(query)}


def _with_all(connection: Connection, rows: Sequence[Mapping[Any, Any]]) -> list[Submission]:
    ids = [row["id"] for row in rows]
    files = _attachments(connection, ids)
    decided = _decisions(connection, ids)
    return [
        Submission(
            id=row["id"],
            case=row["case_id"],
            kind=SubmissionKind(row["kind"]),
            unit=row["unit"],
            who=row["who"],
            words=row["words"],
            at=row["at"],
            attachments=tuple(files.get(row["id"], ())),
            decision=decided.get(row["id"]),
        )
        for row in rows
    ]


def _attachments(connection: Connection, ids: Iterable[str]) -> dict[str, list[Attachment]]:
    query = select(attachments).where(attachments.c.submission.in_(list(ids))).order_by(attachments.c.name)
    found: dict[str, list[Attachment]] = {}
    for row in connection.execute(query):
        file = Attachment(id=row.id, name=row.name, sha256=row.sha256, size=row.size)
        found.setdefault(row.submission, []).append(file)
    return found


def _decisions(connection: Connection, ids: Iterable[str]) -> dict[str, Decision]:
    query = select(decisions).where(decisions.c.submission.in_(list(ids)))
    return {
        row.submission: Decision(upheld=row.upheld, reason=row.reason, who=row.who, at=row.at)
        for row in connection.execute(query)
    }
