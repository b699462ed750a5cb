"""政府信息公开年报的数字自相矛盾。

检查什么：上一年度年报的表三、表四是否符合勾稽关系。
依据：国办公开办函〔2021〕30号规定的年报格式；《中华人民共和国政府信息公开条例》第五十条。
如何判定：A1 每一列“本年新收+上年结转=总计+结转下年度”；A2 每一列“总计=办理结果各项之和”；
A3 每一行“总计=六类申请人之和”；A4 每一列上年报告的“结转下年度”等于本年报告的“上年结转”；
A5 表四每一组“总计=维持、纠正、其他、尚未审结之和”。任一不成立即违规，逐条列出。
空白、“/”、“-”与 0 不同：有格子不是数字的，涉及它的等式不判；没有不成立的等式而有等式不能判的，无法判定。
找不到上年报告的，A4 不判，不影响结论。表格是图片、没有读到的，无法判定。
示例：“自然人”列本年新收 3、上年结转 0、总计 2、结转下年度 0，3≠2，违规（A1）。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checks.annual_report.relations import Relation, relations
from checks.annual_report.tables import ReportTables, report_tables
from domain.check import Check, Subject
from domain.observation import Report, SiteObservation, UnseenError
from domain.outcome import ROW, Frame, Inconclusive, Outcome, Pass, Value, Violation

RULES = ("A1", "A2", "A3", "A4", "A5")

NAMED_AT_MOST = 3
"""So many broken relations are told in the sentence; all of them are in `rules`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Which of the relations A1 to A5 are judged."""

    rules: tuple[str, ...] = RULES


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Last year's reports of the watched units; then says so if there may be others."""
    year = observation.today.year - 1
    for report in observation.reports.get():
        if report.year == year and report.unit in observation.units:
            yield Subject(key=report.url, unit=report.unit, name=report.title)
    observation.reports.whole()


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether every relation between the report's figures holds."""
    reports = observation.reports.get()
    report = next(r for r in reports if (r.url, r.unit) == (subject.key, subject.unit))
    tables = report_tables(report.tables.get())
    if tables is None or not (tables.requests or tables.reviews):
        return Inconclusive(reason=f"年报中没有读到可以核对的表格，可能是图片（{report.url}）")
    former = report_of_year_before(report, reports)
    found = [r for r in relations(tables, former[1] if former else None) if r.rule in params.rules]
    broken = [relation for relation in found if relation.broken()]
    if broken:
        return _violation(report, broken, former[0] if former else None)
    gaps = [relation for relation in found if not relation.assessable() and relation.rule != "A4"]
    if gaps:
        first = gaps[0]
        return Inconclusive(
            reason=f"有{len(gaps)}条等式无法核对，如 {first.rule} {first.where}：{first.gap}（{report.url}）"
        )
    for name, part in (("表三", tables.requests), ("表四", tables.reviews)):
        if not part:
            return Inconclusive(reason=f"年报中没有读到{name}（{report.url}）")
    return Pass(reason=f"{len(found)}条等式全部成立")


def report_of_year_before(report: Report, reports: Iterable[Report]) -> tuple[Report, ReportTables] | None:
    """The same unit's report of the year before with its tables, if one was read."""
    for other in reports:
        if other.unit == report.unit and other.year == report.year - 1:
            try:
                tables = report_tables(other.tables.get())
            except UnseenError:
                continue
            if tables is not None:
                return other, tables
    return None


def _violation(report: Report, broken: list[Relation], former: Report | None) -> Violation:
    """The figures at odds. What contradicts the report of the year before has that report as evidence too."""
    texts: list[Value] = [relation.text() for relation in broken]
    more = "等" if len(broken) > NAMED_AT_MOST else ""
    told = "；".join(relation.text() for relation in broken[:NAMED_AT_MOST])
    return Violation(
        url=report.url,
        summary=f"“{report.title}”有{len(broken)}处数字自相矛盾：{told}{more}。",
        observed={"rules": texts, "year": report.year},
        expected={"rules": [f"{rule} 各等式成立" for rule in dict.fromkeys(r.rule for r in broken)]},
        frame=Frame(selector=ROW, text=broken[0].place),
        looked_at=(report.url, former.url)
        if former and any(r.rule == "A4" for r in broken)
        else (report.url,),
    )


CHECK = Check(
    id="annual-report.figures",
    title="政府信息公开年报数字自相矛盾",
    basis="国办公开办函〔2021〕30号；《政府信息公开条例》第五十条",
    params=Params,
    subjects=subjects,
    judge=judge,
)
