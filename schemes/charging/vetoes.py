"""Vetoes (单项否决): counts of findings, a problem announced again, a decision entered, falsification."""

from collections.abc import Iterator

from domain.finding import Finding
from schemes.charge import Charge, Way
from schemes.charging.desk import Desk
from schemes.records import Announcement, Deduction, Falsification
from schemes.rules import Count, EnteredVeto, Repeated, Threshold
from schemes.words import ZERO


def threshold(rule: Threshold, desk: Desk) -> Iterator[Charge]:
    """A veto for each count that one site or account of the unit reaches."""
    for _, findings in sorted(desk.owned.items()):
        for count in rule.any:
            hit = [finding for finding in findings if _counts(count, finding)]
            if len(hit) >= count.at_least:
                words = f"{count.name}{len(hit)}个，达到{count.at_least}个，单项否决"
                yield desk.from_finding(hit[0], ZERO, way=Way.VETO, words=words, hits=len(hit))


def _counts(count: Count, finding: Finding) -> bool:
    """Whether a finding is of the sort; what the finding does not say is not held against the count."""
    if count.checks and finding.check not in count.checks:
        return False
    kind, level = finding.observed.get("column_kind"), finding.observed.get("level")
    if count.column_kinds and kind is not None and kind not in count.column_kinds:
        return False
    narrow = count.first_level and kind != "news"
    return not (narrow and isinstance(level, int) and level > 1)


def repeated(rule: Repeated, desk: Desk) -> Iterator[Charge]:
    """A veto when the same problem was announced so many times."""
    by_problem: dict[str, list[Announcement]] = {}
    first_of: dict[str, str] = {}
    for record in sorted(desk.all(Announcement), key=lambda r: (r.on, r.id)):
        problem = "".join(record.problem.split())
        key = first_of.get(record.repeat_of) or problem
        first_of[record.id] = key
        by_problem.setdefault(key, []).append(record)
    for records in by_problem.values():
        if len(records) >= rule.times:
            last = records[-1]
            words = f"{rule.name}：“{last.problem}”被通报{len(records)}次，单项否决"
            yield desk.from_record(last, ZERO, Way.VETO, words=words, summary=last.problem, hits=len(records))


def entered_veto(rule: EnteredVeto, desk: Desk) -> Iterator[Charge]:
    """A veto for each announcement or decision entered on the line."""
    for record in desk.all(Announcement):
        words = f"{rule.name}：{record.problem}（{record.document}）"
        yield desk.from_record(record, ZERO, Way.VETO, words=words, summary=record.problem)
    for decision in desk.all(Deduction):
        words = f"{rule.name}：{decision.reason}"
        yield desk.from_record(decision, ZERO, Way.VETO, words=words, summary=decision.reason)


def falsified(desk: Desk) -> Iterator[Charge]:
    """A veto for each recorded falsification."""
    for record in desk.all(Falsification):
        words = f"弄虚作假：{record.reason}"
        yield desk.from_record(record, ZERO, Way.VETO, words=words, summary=record.reason)
