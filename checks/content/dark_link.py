"""网页被植入暗链或被劫持。

检查什么：网页是否含有隐藏的可疑链接，或被改成赌博、色情等内容。
依据：国办秘函〔2019〕19号附件（安全、泄密事故等严重问题单项否决）；国办发〔2017〕47号。
如何判定：链接被隐藏（不显示、移出屏幕、字号近于零、与背景同色、裁剪到看不见、只给搜索引擎看、位于页面结束标记之外等）
并且可疑（文字或网址含赌博、色情、代办证件等词），两者同时具备为违规；网页标题、关键词、描述或公开的外部链接、
载入的脚本和内嵌页面直接是这类内容的，也为违规。移出屏幕、与背景同色或位于页面结束标记之外，
指向本网站别处从未公开链接过的外部域名而看不出内容的，只作提示，由人核实，不扣分。
标题、描述、关键词较上一轮改成这类内容的，违规；首页标题较上一轮全部改换的，只作提示，由人核实，不扣分。
只是隐藏（如折叠菜单）或只是陌生的外部链接，不算。没有读到的网页，无法判定。
示例：首页有一段 display:none 的“网上彩票平台”链接指向境外域名，违规；下拉菜单中隐藏的友情链接，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.check import Check, Subject
from domain.observation import HeadChange, Seen, SiteObservation, SuspectLink, UnseenError
from domain.outcome import Frame, Outcome, Pass, Value, Violation

SHOWN_AT_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Nothing to set."""


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Each page that bears a suspect, the home page in any case; then says so if there may be others."""
    titles = _titles(observation)
    changed = [change.page for change in _changes(observation)]
    if not changed:
        observation.suspects.get()
    pages = (observation.site.home, *(suspect.page for suspect in _suspects(observation)), *changed)
    for page in dict.fromkeys(pages):
        yield Subject(key=page, unit=observation.owner, name=titles.get(page, observation.site.name))
    observation.suspects.whole()


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the page bears a link that is hidden and suspicious, or is itself hijacked."""
    found = [s for s in _suspects(observation) if s.page == subject.key and _is_planted(s)]
    if found:
        return _violation(subject, found)
    changed = [change for change in _changes(observation) if change.page == subject.key]
    for change in sorted(changed, key=lambda one: not one.suspicious):
        if not change.suspicious:
            observation.suspects.whole()
        return _changed(subject, change)
    observation.suspects.whole()
    return Pass(reason="没有发现暗链")


def _suspects(observation: SiteObservation) -> tuple[SuspectLink, ...]:
    """What may have been planted, as far as it was seen: a changed head is told without it."""
    return observation.suspects.fact if isinstance(observation.suspects, Seen) else ()


def _changes(observation: SiteObservation) -> tuple[HeadChange, ...]:
    """Heads that changed; none where there is no night before to compare with."""
    changes = observation.head_changes
    return changes.fact if isinstance(changes, Seen) else ()


def _is_planted(suspect: SuspectLink) -> bool:
    return suspect.hijacked or (suspect.hidden and suspect.suspicious)


def _titles(observation: SiteObservation) -> dict[str, str]:
    try:
        return {document.url: document.title for document in observation.documents.get()}
    except UnseenError:
        return {}


def _violation(subject: Subject, found: list[SuspectLink]) -> Violation:
    found = sorted(found, key=lambda one: one.unknown)
    first = found[0]
    shown: list[Value] = [
        {"target": s.target, "text": s.text, "hidden": s.hidden, "why": s.why} for s in found[:SHOWN_AT_MOST]
    ]
    sure = not first.unknown
    words = f"“{first.text}”" if first.text else "一处"
    more = f"等{len(found)}处" if len(found) > 1 else ""
    return Violation(
        url=subject.key,
        summary=f"“{subject.name}”{'疑被植入暗链' if sure else '有隐藏的链接，请人工核实是否暗链'}："
        f"{words}{more}指向 {first.target}（{first.why}）。",
        observed={"target": first.target, "text": first.text, "count": len(found), "links": shown},
        expected={"count": 0},
        frame=Frame(href=first.target, text=first.text),
        looked_at=tuple(dict.fromkeys(s.target for s in found[:SHOWN_AT_MOST])),
        severity="violation" if sure else "warning",
    )


def _changed(subject: Subject, change: HeadChange) -> Violation:
    severity = "violation" if change.suspicious else "warning"
    mend = "疑被篡改" if change.suspicious else "请人工核实是否被篡改"
    return Violation(
        url=subject.key,
        summary=f"“{subject.name}”{mend}：{change.why}，原为“{change.before}”，现为“{change.after}”。",
        observed={"target": change.page, "text": change.after, "before": change.before, "count": 1},
        expected={"count": 0},
        severity=severity,
    )


CHECK = Check(
    id="content.dark-link",
    title="网页被植入暗链或被劫持",
    basis="国办秘函〔2019〕19号；国办发〔2017〕47号",
    params=Params,
    subjects=subjects,
    judge=judge,
)
