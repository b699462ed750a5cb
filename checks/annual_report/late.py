"""政府信息公开年报逾期公开。

检查什么：上一年度的政府信息公开工作年度报告是否在规定期限之后才公开。
依据：《中华人民共和国政府信息公开条例》第四十九条。
如何判定：县级政府本级年报截止3月31日，其他单位截止1月31日；发布日期晚于截止日的为违规，恰在截止日当天的合格。
同一年报在多处公开的，以最早的一处为准。没有发布日期或者日期没有看到的，无法判定。
示例：某局2025年度报告的发布日期为2026-02-03，违规；为2026-01-31，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from checks.absence import date_of
from checks.annual_report.deadline import Deadlines, report_columns
from domain.check import Check, Subject
from domain.observation import Seen, SiteObservation
from domain.outcome import Frame, Inconclusive, Outcome, Pass, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """When reports are due."""

    deadlines: Deadlines = field(default_factory=Deadlines)


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Every copy of last year's report of a watched unit; then says so if there may be others."""
    year = observation.today.year - 1
    for report in observation.reports.get():
        if report.year == year and report.unit in observation.units:
            yield Subject(key=report.url, unit=report.unit, name=report.title)
    observation.reports.whole()


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the report, at its earliest place, was published in time."""
    year = observation.today.year - 1
    due = params.deadlines.due(observation, subject.unit)
    reports = observation.reports.get()
    copies = [r for r in reports if r.year == year and r.unit == subject.unit]
    for copy in copies:
        if isinstance(copy.day, Seen) and copy.day.fact and copy.day.fact <= due:
            return Pass(reason=f"{copy.day.fact.isoformat()}公开")
    days = [date_of(copy.day) for copy in copies]
    this = date_of(next(c for c in copies if c.url == subject.key).day)
    known = [day for day in days if day is not None]
    if this is None or len(known) < len(days):
        return Inconclusive(reason="年报没有标明发布日期，无法判定是否逾期")
    if this > observation.today:
        return Inconclusive(reason=f"年报日期（{this.isoformat()}）晚于监测日，无法据以判定")
    observation.reports.whole()
    report_columns(subject.unit, observation)
    over = (this - due).days
    return Violation(
        url=subject.key,
        summary=f"“{subject.name}”于{this.isoformat()}公开，晚于{due.isoformat()}的期限{over}天。",
        observed={"published": this.isoformat(), "deadline": due.isoformat(), "days_late": over},
        expected={"published_by": due.isoformat()},
        frame=Frame(text=this.isoformat()),
    )


CHECK = Check(
    id="annual-report.late",
    title="政府信息公开年报逾期公开",
    basis="《政府信息公开条例》第四十九条",
    params=Params,
    subjects=subjects,
    judge=judge,
)
