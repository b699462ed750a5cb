"""What a check looks up for every subject of an observation, gathered once and not for each subject anew."""

import weakref
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from domain.observation import SiteObservation

F = TypeVar("F")


class OncePer(Generic[F]):
    """A function of an observation that remembers its answer on the latest one, as long as that lives.

    Meant for what is derived from the observation alone: the answer is the same, only sooner. What the
    function raises (UnseenError) is not remembered.
    """

    def __init__(self, gather: Callable[[SiteObservation], F]) -> None:
        self._gather = gather
        self._kept: tuple[weakref.ref[SiteObservation], F] | None = None

    def __call__(self, observation: SiteObservation) -> F:
        """The function's answer."""
        kept = self._kept
        if kept is not None and kept[0]() is observation:
            return kept[1]
        found = self._gather(observation)
        self._kept = (weakref.ref(observation, self._forget), found)
        return found

    def _forget(self, _: "weakref.ref[SiteObservation]") -> None:
        """The latest observation is gone: a reference to an earlier one went with its answer."""
        self._kept = None


K = TypeVar("K", bound=Hashable)


def grouped(things: Iterable[F], key: Callable[[F], K]) -> dict[K, list[F]]:
    """Things by a key, in their order."""
    groups: dict[K, list[F]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return groups
