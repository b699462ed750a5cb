"""信息公开指南要素不全。

检查什么：政府信息公开指南是否写明法定的九项要素。
依据：《中华人民共和国政府信息公开条例》（国令第711号）第十二条。
如何判定：逐项查找分类、编排体系、获取方式，以及工作机构的名称、办公地址、办公时间、联系电话、传真号码、互联网联系方式；
缺一项即为违规，并列出所缺。指南全文没有看全的，只要有疑似缺项即无法判定。
示例：指南写有其余八项而没有传真号码，违规，所缺为 fax；九项俱全，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checks.absence import in_words, lacking
from domain.check import Check, Subject
from domain.observation import SiteObservation
from domain.outcome import Outcome, Pass, Violation

ELEMENT_TITLES = {
    "classification": "政府信息的分类",
    "arrangement": "编排体系",
    "access_methods": "获取方式",
    "office_name": "工作机构名称",
    "office_address": "办公地址",
    "office_hours": "办公时间",
    "phone": "联系电话",
    "fax": "传真号码",
    "internet_contact": "互联网联系方式",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The elements that a guide owes, by their names in the catalogue."""

    required: tuple[str, ...] = tuple(ELEMENT_TITLES)


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Every guide that was found; then says so if there may be others."""
    for guide in observation.guides.get():
        yield Subject(key=guide.url, unit=guide.unit, name=guide.title)
    observation.guides.whole()


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the guide states every element."""
    guide = next(g for g in observation.guides.get() if (g.url, g.unit) == (subject.key, subject.unit))
    missing = lacking(params.required, guide.elements)
    if not missing:
        return Pass(reason=f"{len(params.required)}项要素齐全")
    words = in_words(missing, ELEMENT_TITLES)
    return Violation(
        url=guide.url,
        summary=f"“{guide.title}”缺少{len(missing)}项要素：{words}。",
        observed={"missing": list(missing)},
        expected={"required": list(params.required)},
    )


CHECK = Check(
    id="guide.incomplete",
    title="信息公开指南要素不全",
    basis="《政府信息公开条例》第十二条",
    params=Params,
    subjects=subjects,
    judge=judge,
)
