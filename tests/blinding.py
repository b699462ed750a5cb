"""Blinding: an observation as it would be had less of it been seen.

A fact becomes unseen, or seen in part; what it holds may then be less, never more or other.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any

from domain.observation import AccountObservation, Observation, Seen, Sight, SiteObservation, Unseen
from domain.snapshot import FetchStatus

Choose = Callable[[int], int]
"""Gives a number from 0 to n - 1."""

NOT_SEEN = Sight(url="http://blind.test/", status=FetchStatus.BLOCKED)
IN_PART = Sight(url="http://blind.test/", note="只看到一部分")


def blind(observation: Observation, choose: Choose) -> Observation:
    """The observation with some of its facts unseen or seen in part."""
    changed: Observation = _blind_fields(observation, choose)
    if isinstance(changed, SiteObservation):
        return replace(changed, working_days=_fewer(changed.working_days, choose))
    return _shorter_reach(changed, choose)


def _shorter_reach(observation: AccountObservation, choose: Choose) -> AccountObservation:
    known = observation.reaches_back_to
    if known is None or choose(3):
        return observation
    later: datetime | None = known + (observation.as_of - known) / 2
    return replace(observation, reaches_back_to=(later, None)[choose(2)])


def _blind_value(value: Any, choose: Choose) -> Any:
    if isinstance(value, Seen):
        return _blind_fact(value, choose)
    if isinstance(value, Unseen):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return _blind_fields(value, choose)
    if isinstance(value, tuple):
        return tuple(_blind_value(part, choose) for part in value)
    if isinstance(value, Mapping):
        return {key: _blind_value(part, choose) for key, part in value.items()}
    return value


def _blind_fields(value: Any, choose: Choose) -> Any:
    changes = {f.name: _blind_value(getattr(value, f.name), choose) for f in fields(value)}
    return replace(value, **changes)


def _blind_fact(fact: Seen[Any], choose: Choose) -> Any:
    how = choose(8)
    if how == 0:
        return Unseen(NOT_SEEN)
    inside = _blind_value(fact.fact, choose)
    if how == 1:
        return Seen(inside, IN_PART, complete=False)
    if how == 2:
        return Seen(_less_of(inside, choose), IN_PART, complete=False)
    return Seen(inside, fact.sight, fact.complete)


def _less_of(value: Any, choose: Choose) -> Any:
    """A part of what was seen."""
    if isinstance(value, bool):
        return False
    if isinstance(value, str):
        lines = value.splitlines(keepends=True)
        return "".join(lines[: choose(len(lines) + 1)])
    if isinstance(value, tuple | frozenset | Mapping):
        return _fewer(value, choose)
    if is_dataclass(value) and not isinstance(value, type):
        collections = [f.name for f in fields(value) if isinstance(getattr(value, f.name), tuple | Mapping)]
        return replace(value, **{name: _fewer(getattr(value, name), choose) for name in collections})
    return None


def _fewer(value: Any, choose: Choose) -> Any:
    if isinstance(value, Mapping):
        return {key: part for key, part in value.items() if choose(4)}
    kept = [part for part in value if choose(2)]
    return frozenset(kept) if isinstance(value, frozenset) else tuple(kept)
