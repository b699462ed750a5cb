"""机构职能信息不全。

检查什么：机构职能栏目是否写明规定的各项内容。
依据：寻乌县2022年度评分表第17项；《政府信息公开条例》第二十条。
如何判定：把该单位机构职能栏目的各个页面合起来看，逐项查找单位职能、内设机构、科室负责人、联系电话、办公时间，
缺一项即为违规；有页面没有看到而疑似缺项的，栏目里只有通知一类信息、没有读到介绍机构的页面的，无法判定。
示例：写有职能、科室、负责人和电话，没有办公时间，违规，所缺为 hours。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checks.particulars import judge_page, pages
from domain.check import Check, Subject
from domain.observation import SiteObservation
from domain.outcome import Outcome

PARTICULAR_TITLES = {
    "functions": "单位职能",
    "offices": "内设机构",
    "office_heads": "科室负责人",
    "phone": "联系电话",
    "hours": "办公时间",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The particulars that an organisation's pages owe, by their names in the catalogue."""

    required: tuple[str, ...] = tuple(PARTICULAR_TITLES)


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """The organisation column of each unit that has one."""
    return pages(observation.organisations)


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the column's pages state every particular between them."""
    return judge_page(subject, observation.organisations, params.required, PARTICULAR_TITLES)


CHECK = Check(
    id="organisation.incomplete",
    title="机构职能信息不全",
    basis="寻乌2022第17项",
    params=Params,
    subjects=subjects,
    judge=judge,
)
