"""政府信息公开年报内容不全。

检查什么：上一年度的年度报告是否具备规定的六个部分。
依据：《中华人民共和国政府信息公开条例》第五十条；国办公开办函〔2021〕30号规定的年报格式。
如何判定：逐一查找总体情况、主动公开、收到和处理申请、行政复议和诉讼、存在问题及改进、其他事项六个部分，缺一部分即为违规；
正文在附件里而附件没有读出的，无法判定。只判上一年度的年报。
示例：年报有前五个部分而没有“其他需要报告的事项”，违规，所缺为 other。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checks.absence import in_words, lacking
from domain.check import Check, Subject
from domain.observation import SiteObservation
from domain.outcome import Outcome, Pass, Violation

SECTION_TITLES = {
    "overview": "总体情况",
    "proactive": "主动公开政府信息情况",
    "requests": "收到和处理政府信息公开申请情况",
    "litigation": "行政复议和行政诉讼情况",
    "problems": "存在的主要问题及改进情况",
    "other": "其他需要报告的事项",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The sections that a report owes, by their names in the catalogue."""

    required: tuple[str, ...] = tuple(SECTION_TITLES)


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Last year's reports of the watched units; then says so if there may be others."""
    year = observation.today.year - 1
    for report in observation.reports.get():
        if report.year == year and report.unit in observation.units:
            yield Subject(key=report.url, unit=report.unit, name=report.title)
    observation.reports.whole()


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the report has every section."""
    report = next(r for r in observation.reports.get() if (r.url, r.unit) == (subject.key, subject.unit))
    missing = lacking(params.required, report.sections)
    if not missing:
        return Pass(reason=f"{len(params.required)}个部分齐全")
    words = in_words(missing, SECTION_TITLES)
    return Violation(
        url=report.url,
        summary=f"“{report.title}”缺少{len(missing)}个部分：{words}。",
        observed={"missing": list(missing), "year": report.year},
        expected={"required": list(params.required)},
    )


CHECK = Check(
    id="annual-report.incomplete",
    title="政府信息公开年报内容不全",
    basis="《政府信息公开条例》第五十条",
    params=Params,
    subjects=subjects,
    judge=judge,
)
