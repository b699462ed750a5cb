"""Verdicts that are the same pass word for word, told once with the list of their subjects.

Of a large site nearly every verdict is one of these: thousands of pages in which nothing was found.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.check import Subject
from domain.finding import Key, Verdict
from domain.outcome import Pass, Violation

LEAST = 8
"""Fewer subjects than these are told one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassList:
    """Subjects that one check passed alike. `like` is the verdict without its subject's key and name.

    `subjects` are the keys and names of the subjects; all are of the unit that `like` names.
    """

    like: Verdict
    subjects: tuple[tuple[str, str], ...]

    def verdicts(self) -> Iterator[Verdict]:
        """The verdicts, one a subject."""
        unit = self.like.subject.unit
        for key, name in self.subjects:
            yield replace(self.like, subject=Subject(key=key, unit=unit, name=name))


def gather(verdicts: Iterable[Verdict]) -> tuple[list[Verdict], tuple[PassList, ...]]:
    """The verdicts that are told one by one, and the lists of the others; in the order given."""
    single: list[Verdict] = []
    alike: dict[tuple[object, ...], list[Verdict]] = {}
    told = list(verdicts)
    words = [_words(verdict) for verdict in told]
    many = {said for said, count in Counter(words).items() if said is not None and count >= LEAST}
    for verdict, said in zip(told, words, strict=True):
        if said is not None and said in many:
            alike.setdefault(said, []).append(verdict)
        else:
            single.append(verdict)
    return single, tuple(map(_listed, alike.values()))


def _listed(verdicts: Sequence[Verdict]) -> PassList:
    unit = verdicts[0].subject.unit
    return PassList(
        like=replace(verdicts[0], subject=Subject(key="", unit=unit, name="")),
        subjects=tuple((one.subject.key, one.subject.name) for one in verdicts),
    )


def _words(verdict: Verdict) -> tuple[object, ...] | None:
    """Everything that a pass says besides its subject; None for what is never listed."""
    if type(verdict.outcome) is not Pass or verdict.crash:
        return None
    if any(isinstance(answer.outcome, Violation) for answer in verdict.answers):
        return None  # a warning beside the pass has figures of its own
    said = tuple((one.indicators, type(one.outcome), _reason(one.outcome)) for one in verdict.answers)
    return (
        verdict.check,
        verdict.target_kind,
        verdict.target,
        verdict.subject.unit,
        verdict.outcome.reason,
        verdict.indicators,
        said,
        verdict.witnesses,
        verdict.trial,
    )


def _reason(outcome: object) -> str:
    return str(getattr(outcome, "reason", ""))


def drawn(lists: Iterable[PassList], keys: Collection[Key]) -> tuple[list[Verdict], tuple[PassList, ...]]:
    """The verdicts on the subjects that `keys` name, taken out of the lists, and what is left of these."""
    out: list[Verdict] = []
    left: list[PassList] = []
    for one in lists:
        like = one.like
        wanted = {
            subject
            for check, target, unit, subject in keys
            if (check, target, unit) == (like.check, like.target, like.subject.unit)
        }
        if not wanted or wanted.isdisjoint(key for key, _ in one.subjects):
            left.append(one)
            continue
        out += replace(one, subjects=tuple(each for each in one.subjects if each[0] in wanted)).verdicts()
        rest = tuple(each for each in one.subjects if each[0] not in wanted)
        left += [replace(one, subjects=rest)] if rest else []
    return out, tuple(left)


def all_of(verdicts: Iterable[Verdict], lists: Iterable[PassList]) -> Iterator[Verdict]:
    """Every verdict, one by one."""
    yield from verdicts
    for one in lists:
        yield from one.verdicts()
