"""Which findings count: confirmed, merely suspected, or not at all."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from domain.finding import Finding
from domain.observation import CHINA
from schemes.book import DECIDED, MENDED, REFUSED, Review
from schemes.model import Confirmation, Scheme


class Standing(StrEnum):
    """What a finding is worth to a score."""

    PROVEN = "proven"
    """It costs points."""
    OPEN = "open"
    """It may yet cost points: it is in the range, not in the score."""
    NONE = "none"
    """It never costs points."""


def standing_of(
    finding: Finding, scheme: Scheme, as_of: date, reviews: Mapping[str, Review] | None
) -> Standing:
    """What a finding is worth under a scheme on a day.

    Dismissed, exempted, warnings and checks on trial, in themselves or by this scheme, never cost. A finding
    that a person confirmed counts if it has evidence and two witnesses (the person is one). What nobody
    confirmed counts only where the scheme lets the machine's word stand: see `stands_by_itself`.
    """
    tried = finding.trial or finding.check in scheme.trial
    if finding.state in REFUSED or tried or finding.severity == "warning":
        return Standing.NONE
    review = (reviews or {}).get(finding.id, Review())
    if not finding.evidence:
        return Standing.OPEN
    if _confirmed(finding, review, known=reviews is not None):
        witnesses = finding.witnesses + (1 if review.reviewer else 0)
        return Standing.PROVEN if witnesses >= 2 else Standing.OPEN
    if stands_by_itself(finding, scheme.confirmation, as_of, review):
        return Standing.PROVEN
    return Standing.OPEN


def _confirmed(finding: Finding, review: Review, *, known: bool) -> bool:
    if review.by_machine and review.confirmed_on is None:
        return False
    if finding.state in DECIDED:
        return True
    if finding.state in MENDED:
        return review.confirmed_on is not None if known else True
    return False


def stands_by_itself(finding: Finding, terms: Confirmation, as_of: date, review: Review) -> bool:
    """Whether the machine's word is enough: a named check, two witnesses, notice, no objection in time."""
    if finding.check not in terms.machine_checks or finding.witnesses < 2 or review.objected:
        return False
    if review.notified_on is None:
        return False
    return as_of > review.notified_on + timedelta(days=terms.objection_days)


def falls_in(finding: Finding, first: date, last: date) -> bool:
    """Whether the lapse was seen on any day of the period (days in China)."""
    begun = finding.first_seen.astimezone(CHINA).date()
    ended = finding.last_seen.astimezone(CHINA).date()
    return begun <= last and ended >= first
