"""Asks questions of an observation; an unseen fact or a crash of ours becomes inconclusive here."""

import traceback
from collections.abc import Iterable, Iterator
from dataclasses import replace

from domain.check import Judgement, Question, Subject
from domain.finding import Answer, Verdict
from domain.observation import Observation, SiteObservation, UnseenError
from domain.outcome import Inconclusive, NotApplicable, Outcome, Pass, Violation

WHOLE_TARGET = "*"
"""Subject of a judgement when not even the subjects could be enumerated."""


def ask(questions: Iterable[Question], observation: Observation) -> Iterator[Judgement]:
    """Every question that fits the observation, about every subject of it, one judgement each."""
    for question in questions:
        if question.fits(observation):
            yield from _ask_one(question, observation)


def _ask_one(question: Question, observation: Observation) -> Iterator[Judgement]:
    subjects, gap, crash = _subjects_of(question, observation)
    for subject in subjects:
        if _binds(question, observation, subject):
            yield _judge_one(question, observation, subject)
    if gap:
        subject = Subject(key=WHOLE_TARGET, unit=observation.owner, name=question.check.title)
        if _binds(question, observation, subject):
            yield Judgement(
                question=question,
                target=observation.target,
                subject=subject,
                outcome=Inconclusive(reason=gap),
                crash=crash,
            )


def _subjects_of(question: Question, observation: Observation) -> tuple[list[Subject], str, str]:
    """The subjects, why there may be more (empty: there are not), and a traceback of ours."""
    found: list[Subject] = []
    try:
        for subject in question.check.subjects(observation, question.params):
            found.append(subject)
    except UnseenError as error:
        return found, str(error), ""
    except Exception:
        return found, "程序在列出检查对象时出错，已记录", traceback.format_exc()
    return found, "", ""


def _binds(question: Question, observation: Observation, subject: Subject) -> bool:
    if not question.categories:
        return True
    if isinstance(observation, SiteObservation):
        unit = observation.units.get(subject.unit)
    else:
        unit = observation.unit
    return unit is not None and unit.category in question.categories


def _judge_one(question: Question, observation: Observation, subject: Subject) -> Judgement:
    outcome: Outcome
    crash = ""
    try:
        outcome = question.check.judge(subject, observation, question.params)
    except UnseenError as error:
        outcome = Inconclusive(reason=str(error))
    except Exception:
        outcome = Inconclusive(reason="程序在判定时出错，已记录")
        crash = traceback.format_exc()
    return Judgement(
        question=question, target=observation.target, subject=subject, outcome=outcome, crash=crash
    )


def merge(judgements: Iterable[Judgement]) -> list[Verdict]:
    """One verdict a (check, target, unit, subject), in the order first met.

    A violation of any question is a violation; its figures are those of the strictest limit crossed;
    `indicators` are the lines whose own limit is crossed. It is on trial when every question that it
    violates is: the figures are those of a question that counts wherever one is violated. Without a
    violation an inconclusive answer outweighs a pass, and a pass outweighs "not applicable".
    """
    groups: dict[tuple[str, str, str, str], list[Judgement]] = {}
    for judgement in judgements:
        subject = judgement.subject
        key = (judgement.question.check.id, judgement.target, subject.unit, subject.key)
        groups.setdefault(key, []).append(judgement)
    return [_merge_group(group) for group in groups.values()]


def _merge_group(group: list[Judgement]) -> Verdict:
    first = group[0]
    crossed = [j for j in group if isinstance(j.outcome, Violation)]
    alike = not crossed and len({type(j.outcome) for j in group}) == 1
    chosen = first if alike else min(group, key=_weight)
    lines = sorted({line for j in crossed for line in j.question.indicators})
    return Verdict(
        check=first.question.check.id,
        target_kind=first.question.check.of,
        target=first.target,
        subject=first.subject,
        outcome=chosen.outcome,
        indicators=tuple(lines),
        answers=tuple(Answer(indicators=j.question.indicators, outcome=j.outcome) for j in group),
        trial=all(j.question.on_trial for j in crossed or group),
        crash="\n".join(j.crash for j in group if j.crash),
    )


_GRAVITY = (Violation, Inconclusive, Pass, NotApplicable)


def _weight(judgement: Judgement) -> tuple[float, ...]:
    outcome = judgement.outcome
    rank = _GRAVITY.index(type(outcome))
    if not isinstance(outcome, Violation):
        return (rank,)
    limit = outcome.observed.get("limit_days")
    figure = limit if isinstance(limit, int | float) else outcome.severity == "warning"
    return (rank, judgement.question.on_trial, figure)


def without_second_witness(verdict: Verdict, reason: str) -> Verdict:
    """The verdict when the second look did not repeat the first: inconclusive, with the reason."""
    if not isinstance(verdict.outcome, Violation):
        return verdict
    return replace(verdict, outcome=Inconclusive(reason=reason), indicators=())
