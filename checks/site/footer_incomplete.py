"""首页页脚标识不全。

检查什么：首页底部是否具备规定的标识。
依据：国办发〔2017〕47号；国办秘函〔2019〕19号附件。
如何判定：逐项查找网站标识码、ICP备案号、公安备案号、党政机关标识、主办单位、联系方式、网站地图，缺一项即为违规；
页脚由脚本或内嵌页面生成而没有呈现的，只要有疑似缺项即无法判定。
示例：页脚没有公安备案号，违规，所缺为 police_record。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checks.absence import in_words, lacking
from domain.check import Check, Subject
from domain.observation import SiteObservation
from domain.outcome import FOOT, Outcome, Pass, Violation

MARK_TITLES = {
    "identifier_code": "网站标识码",
    "icp": "ICP备案号",
    "police_record": "公安备案号",
    "party_gov_mark": "党政机关标识",
    "sponsor": "主办单位",
    "contact": "联系方式",
    "site_map": "网站地图",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The marks that the foot owes, by their names in the catalogue."""

    required: tuple[str, ...] = tuple(MARK_TITLES)


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """The home page."""
    yield Subject(key=observation.site.home, unit=observation.owner, name=f"{observation.site.name}首页")


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the foot of the home page bears every mark."""
    missing = lacking(params.required, observation.home.get().marks)
    if not missing:
        return Pass(reason=f"{len(params.required)}项标识齐全")
    words = in_words(missing, MARK_TITLES)
    return Violation(
        url=observation.site.home,
        summary=f"“{observation.site.name}”首页页脚缺少{len(missing)}项标识：{words}。",
        observed={"missing": list(missing)},
        expected={"required": list(params.required)},
        frame=FOOT,
    )


CHECK = Check(
    id="site.footer-incomplete",
    title="首页页脚标识不全",
    basis="国办发〔2017〕47号；国办秘函〔2019〕19号",
    params=Params,
    subjects=subjects,
    judge=judge,
)
