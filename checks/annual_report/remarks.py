"""政府信息公开年报的文字和数字存疑（只提醒，不扣分）。

检查什么：上一年度年报的正文数字与表格是否一致，六个部分的顺序和内容是否合乎要求。
依据：国办公开办函〔2021〕30号规定的年报格式；《政府信息公开信息处理费管理办法》。
如何判定：A6 正文所说收到的申请件数与表三“本年新收”（或加上“上年结转”）不一致；
A7 六个部分顺序颠倒，或第五部分只写“无”；
A8 规范性文件“现行有效件数”不等于上年数加制发减废止；A11 第六部分没有说明收取信息处理费的情况。
任一出现即提醒，由人核实；表格或正文没有读到的，不提醒。
示例：正文称“收到政府信息公开申请2件”，表三本年新收总计为 3，提醒（A6）。
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checks.annual_report.figures import report_of_year_before
from checks.annual_report.sections import SECTION_TITLES, SECTIONS, Section, read_sections
from checks.annual_report.tables import CARRIED_IN, NEW, ReportTables, report_tables
from domain.check import Check, Subject
from domain.observation import Report, SiteObservation
from domain.outcome import Outcome, Pass, Value, Violation

_TAIL = (
    r"(?:政府|政务)?信息公开(?:的)?申请(?:(?:总数|数量)?\s*(?:共计|合计|总计|共|为|是|:)\s*|(?:总数|数量)(?=\d)|\s*(?=\d))"
    r"(\d{1,6})\s*[件份条宗次]"
)
"""A number in a sentence: behind a gap stands the first figure of the table itself (…申请数量 3件)."""

_RECEIVED = re.compile(
    r"(?:新收|收到|受理|接收|接到|共收)(?:到)?(?:公民|法人|其他组织|群众|各类|书面|[、和])*(?:的)?(?:依)?"
    + _TAIL
)
_NONE = re.compile(r"(?:未|没有)(?:新)?(?:收到|接到|接收到|受理)(?:过)?[^。;,]{0,14}?信息公开(?:的)?申请")
_FEE = re.compile(r"信息处理费")


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Which of the remarks A6, A7, A8 and A11 are made."""

    rules: tuple[str, ...] = ("A6", "A7", "A8", "A11")


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Last year's reports of the watched units; then says so if there may be others."""
    year = observation.today.year - 1
    for report in observation.reports.get():
        if report.year == year and report.unit in observation.units:
            yield Subject(key=report.url, unit=report.unit, name=report.title)
    observation.reports.whole()


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """What a person should look at in the report."""
    reports = observation.reports.get()
    report = next(r for r in reports if (r.url, r.unit) == (subject.key, subject.unit))
    text = unicodedata.normalize("NFKC", report.text.whole())
    tables = report_tables(report.tables.get()) or ReportTables()
    former = report_of_year_before(report, reports)
    sections = read_sections(text)
    found = [
        *_against_table(text, tables),
        *_of_sections(sections),
        *_documents_in_force(tables, former[1] if former else None),
        *_on_fees(sections),
    ]
    remarks = [f"{rule} {words}" for rule, words in found if rule in params.rules]
    if not remarks:
        return Pass(reason="没有需要提醒的地方")
    return _warning(report, remarks)


def _warning(report: Report, remarks: list[str]) -> Violation:
    told: list[Value] = list(remarks)
    return Violation(
        url=report.url,
        summary=f"“{report.title}”有{len(remarks)}处需要核实：{'；'.join(remarks)}。",
        observed={"rules": told, "year": report.year},
        expected={"rules": []},
        severity="warning",
    )


def _against_table(text: str, tables: ReportTables) -> Iterator[tuple[str, str]]:
    """A6: the number of applications that the text states against table 3."""
    new, carried = (tables.requests.get(key) for key in (NEW, CARRIED_IN))
    if new is None or new[-1].value is None:
        return
    taken = {new[-1].value}
    if carried is not None and carried[-1].value is not None:
        taken.add(new[-1].value + carried[-1].value)
    told = _RECEIVED.search(text)
    said = int(told[1]) if told else 0 if _NONE.search(text) else None
    if said is not None and said not in taken:
        yield "A6", f"正文称收到政府信息公开申请{said}件，表三本年新收总计为{new[-1].value}"


def _of_sections(sections: tuple[Section, ...]) -> Iterator[tuple[str, str]]:
    """A7: the order of the sections, and whether the fifth says something."""
    order = [SECTIONS.index(section.name) for section in sections]
    if order != sorted(order):
        yield "A7", "六个部分的顺序与规定不一致：" + "、".join(SECTION_TITLES[s.name] for s in sections)
    if any(section.name == "problems" and section.says_nothing() for section in sections):
        yield "A7", "“存在的主要问题及改进情况”没有实际内容"


def _documents_in_force(tables: ReportTables, last: ReportTables | None) -> Iterator[tuple[str, str]]:
    """A8: rules and documents in force against last year's."""
    for name, cells in tables.documents.items():
        before = last.documents.get(name) if last is not None else None
        made, abolished, kept = (cell.value for cell in cells)
        held = before[2].value if before is not None else None
        if made is None or abolished is None or kept is None or held is None:
            continue
        due = held + made - abolished
        if kept != due:
            yield "A8", f"{name}现行有效{kept}件，上年{held}件加制发{made}件减废止{abolished}件为{due}件"


def _on_fees(sections: tuple[Section, ...]) -> Iterator[tuple[str, str]]:
    """A11: section six on fees for processing information."""
    for section in sections:
        if section.name == "other" and not _FEE.search(section.body):
            yield "A11", "“其他需要报告的事项”没有说明收取信息处理费的情况"


CHECK = Check(
    id="annual-report.remarks",
    title="政府信息公开年报文字和数字存疑",
    basis="国办公开办函〔2021〕30号；《政府信息公开信息处理费管理办法》",
    params=Params,
    subjects=subjects,
    judge=judge,
    trial=True,
)
