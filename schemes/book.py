"""All that an assessment looks at, as one value: units, findings, reviews, records, as of a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.finding import CaseState, Finding
from domain.target import Account, AccountState, Site
from domain.unit import Unit
from schemes.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What people decided of a finding: who confirmed it and when, when the unit was told.

    `confirmed_on` None: nobody confirmed it (yet). `by_machine`: the unit was told on the machine's word
    alone, as the scheme allows; it counts when no objection came in time.
    """

    confirmed_on: date | None = None
    reviewer: str = ""
    notified_on: date | None = None
    objected: bool = False
    by_machine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that could not be judged: it costs nothing, and the card says so."""

    unit: str
    check: str
    subject: str
    reason: str
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The whole matter of one year's assessment.

    `reviews` are the decisions by finding id; None where no history is at hand: then the state of a finding
    alone tells whether it was confirmed. `as_of` is the day on which open deadlines are reckoned.
    """

    year: int
    as_of: date
    units: tuple[Unit, ...]
    sites: tuple[Site, ...] = ()
    accounts: tuple[Account, ...] = ()
    findings: tuple[Finding, ...] = ()
    records: tuple[Record, ...] = ()
    reviews: Mapping[str, Review] | None = None
    gaps: tuple[Gap, ...] = field(default=())


LIVE_ACCOUNTS = frozenset({AccountState.NORMAL})
"""Accounts that are assessed: suspended, closing and closed ones are not."""

DECIDED = frozenset({CaseState.CONFIRMED, CaseState.NOTIFIED, CaseState.RECTIFYING})
MENDED = frozenset({CaseState.RECTIFIED, CaseState.CLOSED})
REFUSED = frozenset({CaseState.DISMISSED, CaseState.EXEMPTED})
