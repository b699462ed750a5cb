"""Charges for on-request cases: late answers, formal defects, answers set aside; the bonus for clean ones."""

from collections.abc import Iterator
from decimal import Decimal

from schemes.charge import Charge, Way
from schemes.charging.desk import Desk
from schemes.records import RequestCase
from schemes.rules import Cases, CleanCases
from schemes.words import points


def cases(rule: Cases, desk: Desk) -> Iterator[Charge]:
    """Points for each fault of each case; with `whole` the line's points once, with the first fault."""
    for record in desk.all(RequestCase):
        for fault, worth in _faults(rule, record, desk):
            if rule.whole:
                if desk.points is not None:
                    words = f"{rule.name}“{record.case_no}”{fault}，{points(desk.points)}不得分"
                    yield desk.from_record(record, desk.points, Way.TAKE, words=words, summary=fault)
                return
            yield desk.from_record(
                record,
                worth,
                Way.TAKE,
                name=f"{rule.name}“{record.case_no}”{fault}",
                counter="次",
                price=worth,
                summary=f"{record.case_no}：{fault}",
            )


def _faults(rule: Cases, record: RequestCase, desk: Desk) -> Iterator[tuple[str, Decimal]]:
    if rule.late and record.late(desk.as_of):
        answered = record.answered_on.isoformat() if record.answered_on else "尚未答复"
        yield f"未在法定期限内答复（应于{record.due_on.isoformat()}前，{answered}）", rule.late
    if rule.defect and record.defects:
        yield f"答复不规范（{'、'.join(record.defects)}）", rule.defect
    if rule.reconsideration and record.corrected_by == "reconsideration":
        yield "被行政复议纠错", rule.reconsideration
    if rule.litigation and record.corrected_by == "litigation":
        yield "被行政诉讼纠错", rule.litigation


def clean_cases(rule: CleanCases, desk: Desk) -> Iterator[Charge]:
    """The bonus when enough cases were closed and none was set aside."""
    records = list(desk.all(RequestCase))
    closed = [record for record in records if record.closed_on or record.answered_on]
    if len(closed) < rule.closed or any(record.corrected_by for record in records):
        return
    words = f"{rule.name}：结案{len(closed)}件，无复议诉讼败诉，加{points(rule.points)}"
    yield Charge(
        line=desk.line.no,
        clause=desk.line.basis,
        way=Way.GIVE,
        source="standing",
        points=rule.points,
        words=words,
        summary=f"结案{len(closed)}件，无复议诉讼败诉",
    )
