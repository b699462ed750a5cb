"""办事指南要素不全。

检查什么：办事指南是否写明规定的各类要素。
依据：国办秘函〔2019〕19号附件（办事服务）。
如何判定：逐类查找事项名称、设定依据、申请条件、办理材料、办理地点、办理时间、联系电话、办理流程八类要素，
缺四类及以上的违规，缺三类及以下的合格；页面没有看全的，只要所缺可能达到四类即无法判定。
示例：只写了事项名称、条件、材料和电话，缺四类，违规；再写明办理地点，缺三类，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checks.particulars import judge_page, pages
from domain.check import Check, Subject
from domain.observation import SiteObservation
from domain.outcome import Outcome

ELEMENT_TITLES = {
    "item_name": "事项名称",
    "basis": "设定依据",
    "conditions": "申请条件",
    "materials": "办理材料",
    "place": "办理地点",
    "time": "办理时间",
    "phone": "联系电话",
    "process": "办理流程",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The kinds of element a guide owes, and from how many missing ones on it is a lapse."""

    required: tuple[str, ...] = tuple(ELEMENT_TITLES)
    least_missing: int = 4


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Every service guide that was found."""
    return pages(observation.services)


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the guide lacks too many kinds of element."""
    return judge_page(
        subject,
        observation.services,
        params.required,
        ELEMENT_TITLES,
        least_missing=params.least_missing,
    )


CHECK = Check(
    id="service-guide.incomplete",
    title="办事指南要素不全",
    basis="国办秘函〔2019〕19号",
    params=Params,
    subjects=subjects,
    judge=judge,
)
