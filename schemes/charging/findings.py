"""Charges for what checks found: a finding, a missing element, one too few, by share, all or nothing."""

from collections.abc import Iterator
from decimal import Decimal

from domain.finding import Finding
from domain.outcome import Value
from schemes.charge import Charge
from schemes.charging.desk import Desk
from schemes.rules import AllOrNothing, PerFinding, PerMissing, PerShortfall, Recount, Share
from schemes.words import points, rounded


def per_finding(rule: PerFinding, desk: Desk) -> Iterator[Charge]:
    """So many points a finding, each lapse counted as the rule's `recount` says."""
    if rule.points is None:
        return
    seen: set[tuple[str, str, str]] = set()
    for finding in desk.of_checks(rule.checks):
        subject = (finding.check, finding.target, finding.subject)
        if rule.recount is Recount.YEAR and subject in seen:
            continue
        seen.add(subject)
        yield _priced(rule, desk, finding, rule.points, _times(rule, finding))


def _times(rule: PerFinding, finding: Finding) -> int:
    if rule.recount is not Recount.LASTING:
        return 1
    lasted = (finding.last_seen - finding.first_seen).days
    return 1 + lasted // rule.every_days


def _priced(
    rule: PerFinding | PerMissing | PerShortfall, desk: Desk, finding: Finding, price: Decimal, hits: int
) -> Charge:
    worth = price * hits
    if rule.cap is not None:
        worth = min(worth, rule.cap)
    return desk.from_finding(finding, worth, name=rule.name, counter=rule.counter, price=price, hits=hits)


def per_missing(rule: PerMissing, desk: Desk) -> Iterator[Charge]:
    """So many points for each missing element that a finding lists."""
    if rule.points is None:
        return
    for finding in desk.of_checks(rule.checks):
        hits = length(finding.observed.get(rule.element))
        if hits:
            yield _priced(rule, desk, finding, rule.points, hits)


def length(value: Value) -> int:
    """How many elements a figure lists; a bare figure counts as one."""
    if value is None:
        return 0
    return len(value) if isinstance(value, list | dict) else 1


def per_shortfall(rule: PerShortfall, desk: Desk) -> Iterator[Charge]:
    """So many points for each one too few."""
    if rule.points is None:
        return
    for finding in desk.of_checks(rule.checks):
        yield _priced(rule, desk, finding, rule.points, shortfall(finding, rule.window_days))


def shortfall(finding: Finding, window_days: int) -> int:
    """How many are lacking: required minus count, else whole windows without an item; at least one."""
    required, count = finding.observed.get("required"), finding.observed.get("count")
    if isinstance(required, int) and isinstance(count, int):
        return max(1, required - count)
    age = finding.observed.get("age_days")
    if window_days > 0 and isinstance(age, int):
        return max(1, age // window_days)
    return 1


def share(rule: Share, desk: Desk) -> Iterator[Charge]:
    """Points in proportion to what is missing, to two decimals."""
    worth = rule.points if rule.points is not None else desk.points
    if worth is None:
        return
    for finding in desk.of_checks(rule.checks):
        lacking = min(length(finding.observed.get(rule.element)), rule.of)
        if lacking:
            taken = rounded(worth * lacking / rule.of, 2)
            words = (
                f"{rule.name}{rule.of}项缺{lacking}项，{points(worth)}×{lacking}/{rule.of}={points(taken)}"
            )
            yield desk.from_finding(finding, taken, name=rule.name, words=words)


def all_or_nothing(rule: AllOrNothing, desk: Desk) -> Iterator[Charge]:
    """The whole worth with the first finding; further ones cost nothing more."""
    worth = rule.points if rule.points is not None else desk.points
    if worth is None:
        return
    for finding in desk.of_checks(rule.checks)[:1]:
        words = f"{rule.name}，{points(worth)}不得分"
        yield desk.from_finding(finding, worth, name=rule.name, words=words)
