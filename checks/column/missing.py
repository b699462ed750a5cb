"""缺少应设栏目。

检查什么：考核办法要求设置的栏目能否在网站上找到。
依据：《中华人民共和国政府信息公开条例》及政府信息公开专栏建设规范（指南、制度、法定主动公开内容、年报、依申请公开）；
双政公开办发〔2019〕5号第五条。
如何判定：在首页导航、网站地图、信息公开专栏及各级栏目中按通行名称查找；整个栏目树都看全而仍未找到的为违规。
栏目链接存在但页面已不存在（404）的不算找到；链接存在而页面没有看到的，以及有页面没有看到、可能藏有该栏目的，无法判定。
信息公开栏目中有名称相近、认不出种类的栏目的，也无法判定。登记给多个单位共用的栏目，本单位的年报也在其中的，算已设；没有写明是否属于门户本单位的，无法判定。
没有自己网站的单位，按登记在其他门户上的栏目判定；登记的栏目都不属于信息公开一类的，无法判定。
示例：网站有指南、制度、法定主动公开内容、年报，没有依申请公开，违规，对象为 on_request。
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from checks.shared_portal import judged_units, unless_declared_here
from domain.check import Check, Subject
from domain.observation import Column, Seen, SiteObservation
from domain.outcome import Inconclusive, Outcome, Pass, Violation
from domain.snapshot import FetchStatus
from domain.target import KIND_TITLES, ColumnKind

WORDINGS: Mapping[ColumnKind, tuple[str, ...]] = {
    ColumnKind.GUIDE: ("政府信息公开指南", "信息公开指南", "公开指南"),
    ColumnKind.REGULATIONS: ("政府信息公开制度", "信息公开制度", "公开制度"),
    ColumnKind.CATALOGUE: ("政府信息公开目录", "信息公开目录", "公开目录"),
    ColumnKind.STATUTORY_DISCLOSURE: ("法定主动公开内容", "主动公开内容", "主动公开"),
    ColumnKind.ANNUAL_REPORT: ("政府信息公开年报", "信息公开年度报告", "公开年报"),
    ColumnKind.ON_REQUEST: ("依申请公开", "申请公开"),
    ColumnKind.BUDGET: ("财政预决算", "预算决算", "财政信息"),
    ColumnKind.PUBLIC_SUPERVISION: ("社会监督评议", "社会评议", "监督评议"),
}
"""A few of the wordings searched for, to be shown; the whole list is the classifier's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The required kinds, and the wordings to name in a finding."""

    required: tuple[ColumnKind, ...] = (
        ColumnKind.GUIDE,
        ColumnKind.REGULATIONS,
        ColumnKind.STATUTORY_DISCLOSURE,
        ColumnKind.ANNUAL_REPORT,
        ColumnKind.ON_REQUEST,
    )
    wordings: Mapping[ColumnKind, tuple[str, ...]] = field(default_factory=lambda: dict(WORDINGS))


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Each required kind, for the site's unit and for each unit whose columns live here."""
    for unit in judged_units(observation):
        for kind in params.required:
            yield Subject(key=kind.value, unit=unit, name=KIND_TITLES[kind])


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether a column of the kind was found for the unit."""
    kind = ColumnKind(subject.key)
    candidates = [c for c in observation.columns.get() if c.kind is kind and c.unit == subject.unit]
    for column in candidates:
        if isinstance(column.listing, Seen):
            return Pass(reason=f"已设：“{column.name}”（{column.url}）")
    proof = _found_otherwise(kind, subject.unit, observation)
    if proof:
        return Pass(reason=f"已设：{proof}")
    for column in candidates:
        if not _gone(column):
            return Inconclusive(reason=column.listing.sight.reason())
    shared = _shared(kind, subject.unit, observation)
    if shared:
        return shared
    if kind in observation.elsewhere.get(subject.unit, frozenset()):
        return Inconclusive(reason="名录登记该栏目在其他网站上")
    unproven = unless_declared_here(subject.unit, observation)
    if unproven:
        return unproven
    columns = observation.columns.whole()
    near = next((c for c in columns if kind in c.may_be and c.unit == subject.unit and not _gone(c)), None)
    if near is not None:
        return Inconclusive(reason=f"“{near.name}”栏目可能就是，仅凭名称不能断定（{near.url}）")
    if kind is ColumnKind.GUIDE:
        observation.guides.whole()
    if kind is ColumnKind.ON_REQUEST:
        observation.on_request.whole()
    return _violation(subject, kind, candidates, _places(columns, observation), observation, params)


def _found_otherwise(kind: ColumnKind, unit: str, observation: SiteObservation) -> str:
    """The address of the guide or the on-request page where it was found outside a column of its name."""
    if kind is ColumnKind.GUIDE and isinstance(observation.guides, Seen):
        return next((g.url for g in observation.guides.fact if g.unit == unit), "")
    if kind is ColumnKind.ON_REQUEST and isinstance(observation.on_request, Seen):
        return next((c.url for c in observation.on_request.fact if c.unit == unit), "")
    return ""


def _shared(kind: ColumnKind, unit: str, observation: SiteObservation) -> Outcome | None:
    """What a column says that the registry declares for others: it may be the portal's own as well."""
    if unit != observation.owner:
        return None
    others: dict[str, set[str]] = {}
    for column in observation.columns.get():
        if column.kind is kind and not _gone(column):
            others.setdefault(column.url, set()).add(column.unit)
    holds_reports = kind is ColumnKind.ANNUAL_REPORT and others
    for report in observation.reports.get() if holds_reports else ():
        if report.unit == unit:
            return Pass(reason=f"本单位的年报公开在共用的年报栏目中：{report.url}")
    for url, units in others.items():
        if len(units) > 1:
            return Inconclusive(reason=f"名录把该类栏目登记给多个单位共用，没有写明是否也属于本单位（{url}）")
    if holds_reports:
        observation.reports.whole()
    return None


def _gone(column: Column) -> bool:
    return column.listing.sight.status is FetchStatus.GONE


def _places(columns: tuple[Column, ...], observation: SiteObservation) -> list[str]:
    """The pages that list columns and were searched: the home page, sections, the disclosure platform."""
    parents = {column.parent for column in columns if column.parent}
    sections = [c.url for c in columns if c.url in parents or c.disclosure]
    return [observation.site.home, *dict.fromkeys(sections)]


def _violation(
    subject: Subject,
    kind: ColumnKind,
    dead: list[Column],
    places: list[str],
    observation: SiteObservation,
    params: Params,
) -> Violation:
    title = KIND_TITLES[kind]
    unit = observation.units.get(subject.unit)
    whose = unit.name if unit else observation.site.name
    but = f"（链接{dead[0].url}指向的页面已不存在）" if dead else ""
    wordings = params.wordings.get(kind, (title,))
    return Violation(
        url=dead[0].url if dead else observation.site.home,
        summary=f"在“{observation.site.name}”查找了{len(places)}处页面，未找到{whose}的“{title}”栏目{but}。",
        observed={
            "looked_in": list(places),
            "wordings": list(wordings),
            "dead_links": [column.url for column in dead],
        },
        expected={"column": kind.value, "title": title},
        looked_at=tuple(places),
    )


CHECK = Check(
    id="column.missing",
    title="缺少应设栏目",
    basis="国令第711号；双政公开办发〔2019〕5号；政府信息公开专栏规范",
    params=Params,
    subjects=subjects,
    judge=judge,
)
