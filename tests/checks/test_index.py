"""What is gathered once per observation is right for each, and lives no longer than it."""

import gc
from dataclasses import replace

import pytest

from checks.index import OncePer, grouped
from domain.observation import SiteObservation, UnseenError
from tests.observations import site_observation


def test_it_gathers_once_for_one_observation() -> None:
    asked: list[str] = []

    def gather(observation: SiteObservation) -> str:
        asked.append(observation.owner)
        return observation.owner

    once = OncePer(gather)
    here = site_observation()
    assert once(here) == once(here) == here.owner
    assert len(asked) == 1


def test_an_equal_observation_is_another_one() -> None:
    once = OncePer(id)
    here = site_observation()
    there = replace(here)
    assert (once(here), once(there), once(here)) == (id(here), id(there), id(here))


def test_nothing_is_kept_when_the_observation_is_gone() -> None:
    once = OncePer(lambda observation: [observation.owner])
    here = site_observation()
    once(here)
    assert once._kept is not None
    del here
    gc.collect()
    assert once._kept is None


def test_what_could_not_be_seen_is_asked_for_again() -> None:
    answers: list[Exception | int] = [UnseenError("没有看到"), 7]

    def gather(_: SiteObservation) -> int:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    once = OncePer(gather)
    here = site_observation()
    with pytest.raises(UnseenError):
        once(here)
    assert once(here) == 7


def test_things_keep_their_order_within_a_group() -> None:
    assert grouped(["b1", "a1", "b2"], lambda word: word[0]) == {"b": ["b1", "b2"], "a": ["a1"]}
