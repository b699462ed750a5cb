"""Frames between processes of ours alone: a length and a pickle.

Dataclasses with slots look up their fields anew for each object that is pickled; those that travel by the
thousand are told here how to go at once.
"""

import copyreg
import pickle
import struct
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import IO, Any

from domain.check import Subject
from domain.finding import Answer, EvidenceFile, Verdict
from domain.outcome import Frame, Inconclusive, NotApplicable, Outcome, Pass, Violation
from domain.page import Item, Page
from domain.snapshot import Hop, Snapshot
from domain.walk import Sighting

HEAD = struct.Struct("!Q")

TRAVELLERS = (
    Answer,
    EvidenceFile,
    Frame,
    Hop,
    Inconclusive,
    Item,
    NotApplicable,
    Page,
    Pass,
    Sighting,
    Snapshot,
    Subject,
    Violation,
)
_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in TRAVELLERS}
_PUTS: dict[type, tuple[Callable[[Any, Any], None], ...]] = {
    kind: tuple(getattr(kind, name).__set__ for name in names) for kind, names in _NAMES.items()
}


def _rebuilt(kind: type, values: tuple[Any, ...]) -> Any:
    one: Any = object.__new__(kind)
    for put, value in zip(_PUTS[kind], values, strict=True):
        put(one, value)
    return one


def _flat(verdict: Verdict) -> tuple[Any, ...]:
    """A verdict in one piece: most are passes with one answer, which is the verdict's own outcome."""
    own, subject = verdict.outcome, verdict.subject
    answers = tuple(
        (answer.indicators, None if answer.outcome is own else answer.outcome) for answer in verdict.answers
    )
    return (
        _verdict,
        (
            (subject.key, subject.unit, subject.name),
            own.reason if type(own) is Pass else own,
            answers,
            _others(verdict),
        ),
    )


def _verdict(
    subject: tuple[str, str, str], own: str | Outcome, answers: tuple[Any, ...], others: tuple[Any, ...]
) -> Verdict:
    outcome = Pass(reason=own) if isinstance(own, str) else own
    verdict: Verdict = object.__new__(Verdict)
    for put, value in zip(_OTHER_PUTS, others, strict=True):
        put(verdict, value)
    _PUT_SUBJECT(verdict, Subject(key=subject[0], unit=subject[1], name=subject[2]))
    _PUT_OUTCOME(verdict, outcome)
    _PUT_ANSWERS(
        verdict,
        tuple(
            Answer(indicators=lines, outcome=outcome if other is None else other) for lines, other in answers
        ),
    )
    return verdict


_PUT_SUBJECT, _PUT_OUTCOME, _PUT_ANSWERS = (
    getattr(Verdict, name).__set__ for name in ("subject", "outcome", "answers")
)
_OTHER_NAMES = tuple(
    field.name for field in fields(Verdict) if field.name not in {"subject", "outcome", "answers"}
)
_OTHER_PUTS = tuple(getattr(Verdict, name).__set__ for name in _OTHER_NAMES)
_others = attrgetter(*_OTHER_NAMES)


def _reducer(kind: type, names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    take = attrgetter(*names)  # of one name it gives the value itself
    if len(names) == 1:
        return lambda one: (_rebuilt, (kind, (take(one),)))
    return lambda one: (_rebuilt, (kind, take(one)))


for _kind, _its in _NAMES.items():
    copyreg.pickle(_kind, _reducer(_kind, _its))
copyreg.pickle(Verdict, _flat)


def send(pipe: IO[bytes], value: Any) -> None:
    """Writes one frame. Raises OSError when the other side is gone."""
    body = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    pipe.write(HEAD.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """Reads one frame. Raises EOFError when the other side is gone."""
    return pickle.loads(receive_closed(pipe))


def receive_closed(pipe: IO[bytes]) -> bytes:
    """Reads one frame and leaves it as it came, a fifth of what it takes opened. Raises as `receive` does."""
    head = pipe.read(HEAD.size)
    if len(head) < HEAD.size:
        raise EOFError
    (length,) = HEAD.unpack(head)
    body = pipe.read(length)
    if len(body) < length:
        raise EOFError
    return body
