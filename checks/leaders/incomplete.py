"""领导信息不全。

检查什么：领导信息页面是否写明规定的各项内容。
依据：寻乌县2022年度评分表第16项。
如何判定：逐项查找照片、姓名、出生年月、民族、学历、职务、政治面貌、分工、现任职务，缺一项即为违规，并列出所缺；
页面没有看全的，只要有疑似缺项即无法判定。
示例：某副局长的页面没有民族和学历，违规，所缺为 ethnicity、education。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checks.particulars import judge_page, pages
from domain.check import Check, Subject
from domain.observation import SiteObservation
from domain.outcome import Outcome

PARTICULAR_TITLES = {
    "photo": "照片",
    "name": "姓名",
    "birth": "出生年月",
    "ethnicity": "民族",
    "education": "学历",
    "post": "职务",
    "political_status": "政治面貌",
    "duties": "分工",
    "current_post": "现任职务",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The particulars that a leader's page owes, by their names in the catalogue."""

    required: tuple[str, ...] = tuple(PARTICULAR_TITLES)


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Every leader's page that was found."""
    return pages(observation.leaders)


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the page states every particular."""
    return judge_page(subject, observation.leaders, params.required, PARTICULAR_TITLES)


CHECK = Check(
    id="leaders.incomplete",
    title="领导信息不全",
    basis="寻乌2022第16项",
    params=Params,
    subjects=subjects,
    judge=judge,
)
