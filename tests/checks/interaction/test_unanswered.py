from dataclasses import replace

from checks.interaction.unanswered import CHECK
from domain.outcome import Inconclusive, Outcome, Pass, Violation
from tests.observations import judged, message, only, seen, site_observation, unseen, url


def of(*messages, complete=True):
    return site_observation(messages=seen(messages, complete=complete))


def asked(day: str | None, *, answered: bool = False) -> Outcome:
    return only(CHECK, of(message("m/1.html", day, answered)))


def test_answered_message_passes_however_old() -> None:
    assert isinstance(asked("2024-01-01", answered=True), Pass)


def test_three_months_to_the_day_are_in_time_and_a_day_more_is_not() -> None:
    assert isinstance(asked("2026-03-30"), Pass)
    outcome = asked("2026-03-29")
    assert isinstance(outcome, Violation)
    assert outcome.observed == {"asked_on": "2026-03-29", "age_days": 93, "limit_days": 92}
    assert outcome.url == url("m/1.html")
    assert "93天" in outcome.summary


def test_what_was_not_seen_is_inconclusive() -> None:
    one = message("m/1.html", "2026-01-01", answered=False)
    assert isinstance(only(CHECK, of(replace(one, answered=unseen()))), Inconclusive)
    assert isinstance(only(CHECK, of(replace(one, answered=seen(False, complete=False)))), Inconclusive)
    assert isinstance(only(CHECK, of(replace(one, asked_on=unseen()))), Inconclusive)
    assert isinstance(asked(None), Inconclusive)
    assert isinstance(judged(CHECK, of(complete=False))["*"], Inconclusive)
