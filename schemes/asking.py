"""From the lines of schemes to the questions that a scan asks: equal ones of several schemes become one."""

import typing
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from checks.catalogue import all_checks
from domain.check import AnyCheck, Question
from domain.target import ColumnKind
from domain.unit import UnitCategory
from schemes.lexicon import equipped
from schemes.mistakes import SchemeError
from schemes.model import Ask, Scheme
from schemes.tables import Reader


@cache
def known_checks() -> Mapping[str, AnyCheck]:
    """The checks that exist in code."""
    return all_checks()


def params_of(ask: Ask) -> Any:
    """The check's own parameters, None for a check not written yet. Raises SchemeError on a bad one.

    The mistakes name the parameter as their key.
    """
    check = known_checks().get(ask.check)
    if check is None:
        return None
    reader = Reader(ask.check, {(): 1})
    params = reader.table(check.params, ask.params, ())
    if reader.mistakes:
        raise SchemeError(reader.mistakes)
    return params


def questions(
    scheme_ids: Iterable[str],
    schemes: Mapping[str, Scheme],
    wordings: Mapping[ColumnKind, tuple[str, ...]] | None = None,
) -> tuple[Question, ...]:
    """All questions of some schemes, equal ones merged with all their `SCHEME/NO` indicators.

    What one scheme tries and another counts stays two questions.
    `wordings` replaces the parameter of that name where a check has it and the scheme does not set it.
    Raises KeyError for an unknown scheme.
    """
    merged: list[Question] = []
    for scheme_id in scheme_ids:
        for question in _asked_by(schemes[scheme_id], wordings):
            _add(merged, question)
    return tuple(question for question in merged if not _needless(question, merged))


def _needless(question: Question, asked: Iterable[Question]) -> bool:
    """Whether a mere reminder asks what a question of wider reach asks already."""
    return not question.indicators and any(
        other is not question
        and other.check.id == question.check.id
        and other.params == question.params
        and (question.trial or not other.trial)
        and (not other.categories or (question.categories and other.categories >= question.categories))
        for other in asked
    )


def _asked_by(scheme: Scheme, wordings: Mapping[ColumnKind, tuple[str, ...]] | None) -> Iterable[Question]:
    """The questions of one scheme. Units that a line does not bind are asked all the same, as a reminder."""
    for line in scheme.indicators:
        for ask in line.asks:
            bound = frozenset(ask.categories or line.applies_to)
            trial = ask.check in scheme.trial
            yield from _question(ask, (f"{scheme.id}/{line.no}",), bound, trial, wordings)
            if bound and not scheme.catalogues:
                yield from _question(ask, (), frozenset(UnitCategory) - bound, trial, wordings)
    for ask in scheme.watches:
        yield from _question(ask, (), frozenset(ask.categories), ask.check in scheme.trial, wordings)


def _question(
    ask: Ask,
    indicators: tuple[str, ...],
    categories: frozenset[UnitCategory],
    trial: bool,
    wordings: Mapping[ColumnKind, tuple[str, ...]] | None,
) -> Iterable[Question]:
    check = known_checks().get(ask.check)
    if check is None:
        return
    params = params_of(ask)
    names = typing.get_type_hints(check.params)
    if wordings is not None and "wordings" in names and "wordings" not in ask.params:
        params = replace(params, wordings=dict(wordings))
    yield equipped(
        Question(check=check, params=params, indicators=indicators, categories=categories, trial=trial)
    )


def _add(merged: list[Question], question: Question) -> None:
    for index, other in enumerate(merged):
        if (
            other.check.id == question.check.id
            and other.categories == question.categories
            and other.trial == question.trial
            and other.params == question.params
        ):
            lines = dict.fromkeys((*other.indicators, *question.indicators))
            merged[index] = replace(other, indicators=tuple(lines))
            return
    merged.append(question)
