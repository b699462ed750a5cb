"""A check (检查项): what it judges and how. A value of two functions, no class of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from domain.observation import AccountObservation, Observation, SiteObservation
from domain.outcome import Outcome

O = TypeVar("O", SiteObservation, AccountObservation)  # noqa: E741
P = TypeVar("P")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What one judgement is about: `key` as the catalogue names it, the owning unit, a Chinese name."""

    key: str
    unit: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Generic[O, P]):
    """One rule. `subjects` enumerates what is judged, `judge` judges one of them.

    `of` is "site" or "account". `basis` names the clause or standard. A check on trial
    (`trial=True`) shows its violations but they cost nothing. `fleeting` subjects pass out of sight by
    themselves (posts of a feed): one that is no longer listed is not thereby mended.
    """

    id: str
    title: str
    basis: str
    params: type[P]
    subjects: Callable[[O, P], Iterable[Subject]]
    judge: Callable[[Subject, O, P], Outcome]
    of: str = "site"
    trial: bool = False
    fleeting: bool = False


AnyCheck = Check[Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A check with its parameters, and the scheme lines (`SCHEME/NO`) that ask it.

    `categories` limits it to some kinds of unit (empty: all). `trial`: the schemes that ask it only try it.
    """

    check: AnyCheck
    params: Any
    indicators: tuple[str, ...]
    categories: frozenset[str] = frozenset()
    trial: bool = False

    @property
    def on_trial(self) -> bool:
        """Whether its violations are shown and cost nothing, by the check itself or by who asks."""
        return self.trial or self.check.trial

    def fits(self, observation: Observation) -> bool:
        """Whether the question is about this sort of target."""
        return (self.check.of == "site") == isinstance(observation, SiteObservation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The answer to one question about one subject of one target. `crash` holds a traceback of ours."""

    question: Question
    target: str
    subject: Subject
    outcome: Outcome
    crash: str = ""
