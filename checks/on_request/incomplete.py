"""依申请公开栏目功能不全。

检查什么：依申请公开栏目是否提供流程图、须知、进度查询、在线填报、申请表下载五项功能。
依据：双政公开办发〔2019〕5号第五条（1.2.2、2.2.2）；政府信息公开栏目规范。
如何判定：在栏目页、其下级页面和链接中逐项查找，缺一项即为违规；有页面没有看到而疑似缺项的，无法判定。
示例：栏目有须知、流程图、在线填报和申请表下载，没有进度查询，违规，所缺为 progress_query。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checks.absence import in_words, lacking
from domain.check import Check, Subject
from domain.observation import SiteObservation
from domain.outcome import Outcome, Pass, Violation
from domain.target import KIND_TITLES, ColumnKind

FUNCTION_TITLES = {
    "flowchart": "流程图",
    "instructions": "申请须知",
    "progress_query": "进度查询",
    "online_form": "在线填报",
    "form_download": "申请表下载",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The functions that the column owes, by their names in the catalogue."""

    required: tuple[str, ...] = tuple(FUNCTION_TITLES)


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Every on-request column that was found; then says so if there may be others."""
    name = KIND_TITLES[ColumnKind.ON_REQUEST]
    for column in observation.on_request.get():
        yield Subject(key=column.url, unit=column.unit, name=name)
    observation.on_request.whole()


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the column offers every function."""
    found = observation.on_request.get()
    column = next(c for c in found if (c.url, c.unit) == (subject.key, subject.unit))
    missing = lacking(params.required, column.functions)
    if not missing:
        return Pass(reason=f"{len(params.required)}项功能齐全")
    words = in_words(missing, FUNCTION_TITLES)
    return Violation(
        url=column.url,
        summary=f"依申请公开栏目缺少{len(missing)}项功能：{words}。",
        observed={"missing": list(missing)},
        expected={"required": list(params.required)},
    )


CHECK = Check(
    id="on-request.incomplete",
    title="依申请公开栏目功能不全",
    basis="双政公开办发〔2019〕5号第五条",
    params=Params,
    subjects=subjects,
    judge=judge,
)
