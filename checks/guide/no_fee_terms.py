"""信息公开指南未载明收费事项。

检查什么：政府信息公开指南是否写明依申请公开的收费要求和标准（包括写明不收费）。
依据：《中华人民共和国政府信息公开条例》第四十二条；寻乌县2022年度评分表第19项。
如何判定：指南全文没有任何收费方面的表述，违规；写明收费办法、标准或者不收费，合格；全文没有看全的，无法判定。
示例：指南写有“不收取费用，超出合理范围的按规定收取信息处理费”，合格；通篇未提费用，违规。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.check import Check, Subject
from domain.observation import SiteObservation
from domain.outcome import Outcome, Pass, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Nothing to set."""


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Every guide that was found; then says so if there may be others."""
    for guide in observation.guides.get():
        yield Subject(key=guide.url, unit=guide.unit, name=guide.title)
    observation.guides.whole()


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the guide says anything of fees."""
    guide = next(g for g in observation.guides.get() if (g.url, g.unit) == (subject.key, subject.unit))
    if guide.fees.get() or guide.fees.whole():
        return Pass(reason="指南载明了收费事项")
    return Violation(
        url=guide.url,
        summary=f"“{guide.title}”没有载明收费要求和标准。",
        observed={"fees": False},
        expected={"fees": True},
    )


CHECK = Check(
    id="guide.no-fee-terms",
    title="信息公开指南未载明收费事项",
    basis="《政府信息公开条例》第四十二条；寻乌2022第19项",
    params=Params,
    subjects=subjects,
    judge=judge,
)
