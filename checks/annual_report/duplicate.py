"""政府信息公开年报雷同。

检查什么：上一年度年报的正文是否与其他单位的年报、或与本单位以前年度的年报雷同。
依据：《寻乌县2022年度政务公开工作考核评分表》第 24 项（年报内容不得雷同）；《政府信息公开条例》第五十条。
如何判定：去掉单位名称、年份、数字、规定的标题和表格用语、引用法规的句子后比对各单位自己写的文字，
相同部分达到九成的为雷同（文字很短的须达到九成七）。两家雷同的，两家都列出，由人核实谁抄谁。
正文没有读到、本次没有比对的，无法判定。
示例：两家单位的年报除单位名称和数字外一字不差，违规；只有“一、总体情况”等规定标题相同，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.check import Check, Subject
from domain.observation import Peer, SiteObservation
from domain.outcome import Inconclusive, Outcome, Pass, Value, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The likeness (0 to 1) from which two reports count as the same, inclusive."""

    at_least: float = 0.9


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Last year's reports of the watched units; then says so if there may be others."""
    year = observation.today.year - 1
    for report in observation.reports.get():
        if report.year == year and report.unit in observation.units:
            yield Subject(key=report.url, unit=report.unit, name=report.title)
    observation.reports.whole()


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the report's own words match another report's."""
    report = next(r for r in observation.reports.get() if (r.url, r.unit) == (subject.key, subject.unit))
    report.text.get()
    found = observation.peers.get().get(report.url)
    if found is None:
        return Inconclusive(reason=f"年报中单位自己的文字太少，没有比对（{report.url}）")
    alike = sorted(
        (p for p in found if p.similarity >= params.at_least), key=lambda p: (-p.similarity, p.url)
    )
    if not alike:
        return Pass(reason="与其他年报没有雷同")
    first = alike[0]
    others = f"等{len(alike)}份年报" if len(alike) > 1 else ""
    named = _named(first, subject.unit, observation)
    return Violation(
        url=report.url,
        summary=f"“{report.title}”与{named}{others}雷同，相似度{first.similarity:.0%}。",
        observed={
            "similar_to": first.url,
            "similarity": first.similarity,
            "peers": [_shown(peer) for peer in alike],
            "year": report.year,
        },
        expected={"similarity_below": params.at_least},
        looked_at=tuple(peer.url for peer in alike),
    )


def _named(peer: Peer, unit: str, observation: SiteObservation) -> str:
    if peer.unit == unit:
        return f"本单位以前年度的“{peer.title}”"
    owner = observation.units.get(peer.unit)
    return f"{owner.name if owner else peer.of or peer.unit}的“{peer.title}”"


def _shown(peer: Peer) -> Value:
    return {"url": peer.url, "unit": peer.unit, "title": peer.title, "similarity": peer.similarity}


CHECK = Check(
    id="annual-report.duplicate",
    title="政府信息公开年报雷同",
    basis="寻乌县2022年度政务公开工作考核评分表第24项；《政府信息公开条例》第五十条",
    params=Params,
    subjects=subjects,
    judge=judge,
)
