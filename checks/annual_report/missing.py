"""未公开上一年度政府信息公开年报。

检查什么：过了规定期限，上一年度的政府信息公开工作年度报告是否已经公开。
依据：《中华人民共和国政府信息公开条例》第四十九条。
如何判定：县级政府本级年报截止3月31日，其他单位截止1月31日；截止日当天仍不判定，次日起在整个网站都找不到的为违规。
栏目缺失不掩盖年报缺失，两者分别认定。单位没有自己的网站而栏目设在其他门户的，按登记的栏目和年报标题中的单位名称归属；
该单位登记的栏目都不属于信息公开一类的，无法判定。年报栏目或网站没有看全的，无法判定。
示例：监测日2026-02-01，某局2025年度报告没有找到，违规；监测日2026-01-31，不判定。
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from checks.annual_report.deadline import Deadlines, report_columns, report_subject
from checks.shared_portal import judged_units, unless_declared_here
from domain.check import Check, Subject
from domain.observation import SiteObservation
from domain.outcome import Inconclusive, NotApplicable, Outcome, Pass, Violation
from domain.target import ColumnKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """When reports are due."""

    deadlines: Deadlines = field(default_factory=Deadlines)


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Last year's report of the site's unit and of each unit whose columns live here."""
    year = observation.today.year - 1
    for unit in judged_units(observation):
        yield Subject(key=report_subject(year), unit=unit, name=f"{year}年政府信息公开工作年度报告")


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the report was found, once it is overdue."""
    year = observation.today.year - 1
    due = params.deadlines.due(observation, subject.unit)
    if observation.today <= due:
        return NotApplicable(reason=f"公开期限为{due.isoformat()}，尚未到期")
    reports = observation.reports.get()
    found = [r for r in reports if r.year == year and r.unit == subject.unit]
    if found:
        return Pass(reason=f"已公开：{found[0].url}")
    if ColumnKind.ANNUAL_REPORT in observation.elsewhere.get(subject.unit, frozenset()):
        return Inconclusive(reason="名录登记该单位的年报栏目在其他网站上")
    unproven = unless_declared_here(subject.unit, observation)
    if unproven:
        return unproven
    observation.reports.whole()
    columns = report_columns(subject.unit, observation)
    url = columns[0].url if columns else observation.site.home
    owner = observation.units[subject.unit].name
    return Violation(
        url=url,
        summary=f"{owner}{year}年政府信息公开工作年度报告应在{due.isoformat()}前公开，至{observation.today.isoformat()}仍未找到。",
        observed={"deadline": due.isoformat(), "year": year, "looked_in": [c.url for c in columns] or [url]},
        expected={"published_by": due.isoformat()},
        looked_at=tuple(c.url for c in columns),
    )


CHECK = Check(
    id="annual-report.missing",
    title="未公开上一年度政府信息公开年报",
    basis="《政府信息公开条例》第四十九条",
    params=Params,
    subjects=subjects,
    judge=judge,
)
