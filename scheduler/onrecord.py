"""What of a walk goes on record with a judgement, and the record of a site that could not be judged. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from checks.runner import WHOLE_TARGET
from crawler.address import canonical
from domain.check import Question, Subject
from domain.finding import Verdict
from domain.outcome import Inconclusive, Violation
from domain.page import Page
from domain.walk import Sighting, Walk
from scheduler.tasks import Failed

MOST_FACTS = 40
"""Entries of a list that are put on record with a finding."""


def unjudged(target: str, unit: str, asked: Iterable[Question], failed: Failed) -> list[Verdict]:
    """The verdicts on a site that could not be judged because of us."""
    questions = tuple(asked)
    counted = {question.check.id for question in questions if not question.on_trial}
    return [
        Verdict(
            check=check.id,
            target_kind="site",
            target=target,
            subject=Subject(key=WHOLE_TARGET, unit=unit, name=check.title),
            outcome=Inconclusive(reason=failed.words),
            trial=check.id not in counted,
            crash=failed.trace,
        )
        for check in {question.check.id: question.check for question in questions}.values()
    ]


def plain_sightings(walk: Walk, verdicts: Iterable[Verdict]) -> dict[str, Sighting]:
    """What plain HTTP saw of the addresses that violations rest on, by canonical address.

    A page as it was read goes before a mere try of a link. Of its page is kept what goes on record.
    """
    wanted: set[str] = set()
    for verdict in verdicts:
        if isinstance(verdict.outcome, Violation):
            wanted |= {canonical(url) for url in (verdict.outcome.url, *verdict.outcome.looked_at)}
    found: dict[str, Sighting] = {}
    for sighting in sorted(walk.sightings, key=lambda sighting: sighting.role == "link"):
        for url in (sighting.snapshot.url, sighting.snapshot.final_url):
            key = canonical(url)
            if key in wanted and key not in found:
                found[key] = replace(sighting, page=_on_record(sighting.page))
    return found


def _on_record(page: Page | None) -> Page | None:
    if page is None:
        return None
    return Page(
        url=page.url,
        adapter=page.adapter,
        charset=page.charset,
        kind=page.kind,
        title=page.title,
        tags=page.tags,
        items=page.items[:MOST_FACTS],
    )
