"""Lines that people score: what the reviewers gave, what the unit claims, what was not entered at all."""

from dataclasses import dataclass, replace
from decimal import Decimal

from schemes.charge import Charge, Way
from schemes.charging.desk import Desk
from schemes.model import Effect
from schemes.records import Applicability, Record, ReviewScore, SelfScore
from schemes.words import ZERO, points


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a line was read. `settled`: an entered score stands for the whole line.

    `note` says in Chinese what the reader of the card must know. `open` names what is still to be done.
    """

    charges: tuple[Charge, ...] = ()
    settled: bool = False
    note: str = ""
    open: str = ""
    self_score: Decimal | None = None
    review_score: Decimal | None = None
    excluded: bool = False


UNREAD = Reading()
"""Of a line on which nobody entered a score."""


def read_line(desk: Desk) -> Reading:
    """The entered scores of a line, the newest of each kind.

    A reviewer's score stands. A unit's own claim stands for the time being on lines that only people can
    score, but never for a bonus. Where the line demands evidence and none is there, nothing is given.
    """
    excluded: Applicability | None = None
    own: SelfScore | None = None
    given: ReviewScore | None = None
    for record in desk.records:
        if isinstance(record, SelfScore):
            own = record
        elif isinstance(record, ReviewScore):
            given = record
        elif isinstance(record, Applicability):
            excluded = record
    if excluded is not None and not excluded.applies:
        return _excluded(desk, excluded)
    claims = UNREAD
    if own is not None or given is not None:
        claims = Reading(self_score=own.score if own else None, review_score=given.score if given else None)
    if desk.line.pool or desk.points is None or desk.line.effect in (Effect.VETO, Effect.PENALTY):
        return claims
    if given is not None:
        proven = given.proven or (own is not None and own.proven)
        words = f"考核组核定{points(given.score)}"
        return _scored(desk, given, given.score, proven, words, claims)
    if own is not None and desk.line.by_hand:
        return _claimed(desk, own, claims)
    return _silent(desk, claims)


def _excluded(desk: Desk, record: Applicability) -> Reading:
    charge = desk.from_record(record, ZERO, Way.EXCLUDE, words=f"不适用：{record.reason}")
    return Reading(charges=(charge,), settled=True, note=f"不适用：{record.reason}", excluded=True)


def _claimed(desk: Desk, own: SelfScore, claims: Reading) -> Reading:
    if desk.line.effect is Effect.BONUS:
        note = f"单位自评{points(own.score)}，加分项经核定后计入"
        return _with(claims, settled=True, note=note, open="待核定")
    words = f"单位自评{points(own.score)}，尚未核定，暂按自评计"
    return _scored(desk, own, own.score, own.proven, words, claims, open_="待核定")


def _scored(
    desk: Desk,
    record: Record,
    score: Decimal,
    proven: bool,
    words: str,
    claims: Reading,
    open_: str = "",
) -> Reading:
    full = desk.points or ZERO
    got = max(ZERO, min(score, full))
    if desk.line.evidence_required and not proven:
        got, words = ZERO, f"{words.split('，')[0]}，未提供佐证，不予认定"
    if desk.way is Way.GIVE:
        charge = desk.from_record(record, got, Way.GIVE, words=words)
    else:
        lost = full - got
        charge = desk.from_record(
            record, lost, Way.TAKE, words=f"{words}，{points(full)}－{points(got)}＝扣{points(lost)}"
        )
    return _with(claims, charges=(charge,) if charge.points else (), settled=True, note=words, open=open_)


def _silent(desk: Desk, claims: Reading) -> Reading:
    if not desk.line.by_hand:
        return claims
    if desk.line.effect is Effect.DEDUCT:
        return _with(claims, note=f"未录入，按满分{points(desk.points or ZERO)}计", open="未录入")
    return _with(claims, note="未录入，按0分计", open="未录入")


def _with(reading: Reading, **changes: object) -> Reading:
    return replace(reading, **changes)  # type: ignore[arg-type]
