"""How long a unit has to mend, by what is wrong: what leaks at once, a missing column longer. Defaults."""

from collections.abc import Mapping

DEFAULT_WORKING_DAYS = 10

WORKING_DAYS: Mapping[str, int] = {
    "content.privacy": 1,
    "content.secret-mark": 1,
    "media.privacy": 1,
    "media.secret-mark": 1,
    "content.dark-link": 1,
    "content.wording": 2,
    "site.unreachable": 1,
    "site.broken-link": 5,
    "site.home-stale": 3,
    "column.stale": 5,
    "column.empty": 5,
    "column.date-suspect": 5,
    "column.misplaced-item": 5,
    "media.stale": 3,
    "media.unavailable": 5,
    "interaction.unanswered": 5,
    "consultation.no-feedback": 5,
    "annual-report.missing": 5,
}
"""Working days by check; an office's own terms go before these."""


def working_days_to_mend(check: str, own: Mapping[str, int] | None = None) -> int:
    """Working days from the notice to the due date."""
    return (own or {}).get(check, WORKING_DAYS.get(check, DEFAULT_WORKING_DAYS))
