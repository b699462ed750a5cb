"""信息错放栏目。

检查什么：内容单一的栏目（规划计划、政策文件、财政预决算、公开制度、信息公开年报）里是否混入了别的信息。
依据：寻乌县2022年度评分表第28项（规划专栏只发规划，规范性文件专栏只发规范性文件）。
如何判定：只看标题。标题带有本栏目应有字样的，合格（形式是通知而内容是规划的，也合格）；
标题没有本栏目字样，又明显属于另一类（招聘、招标、动态、值班放假通知等）的，违规，并写明应属哪一类。
拿不准的、收在没有展开的页签里的（多属别的栏目）不判违规。栏目名称写明兼收另一类的，该类不算错放。
示例：“规划计划”栏目里有“关于做好端午节期间值班工作的通知”，违规，应属 notices。
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from checks.index import OncePer
from domain.check import Check, Subject
from domain.observation import Column, Seen, SiteObservation
from domain.outcome import Frame, Outcome, Pass, Violation
from domain.target import KIND_TITLES, ColumnKind

_OWN: Mapping[ColumnKind, re.Pattern[str]] = {
    ColumnKind.PLANNING: re.compile(
        r"规划|计划|纲要|十[二三四五六七]五|方案|布局|要点|目标|蓝图|战略|[总控详]规|选址|用地|行动|任务|发展|分工|工作报告|展望|愿景|修编|编制"
    ),
    ColumnKind.POLICY_DOCUMENTS: re.compile(
        r"通知|意见|办法|规定|细则|方案|决定|批复|条例|[的号]函|规划|公告|通告|命令|令$|规则|标准|制度|预案|目录|清单|要点|计划"
        r"|章程|措施|规范|指南|准则|政策|文件|法$|〔|规程|纲要|办函|实施|通报"
    ),
    ColumnKind.BUDGET: re.compile(
        r"预算|决算|预决算|三公|财政|资金|收支|经费|绩效|债务|收费|专项|转移支付|国有资本|审计|采购|支出|财务|政府性基金"
    ),
    ColumnKind.REGULATIONS: re.compile(
        r"制度|办法|规定|细则|条例|规则|规程|规范|机制|流程|程序|职责|要求|通知|意见|方案|清单|标准|章程|准则|守则|指引|法$|法律|法规|保密|审查|工作规"
    ),
    ColumnKind.ANNUAL_REPORT: re.compile(r"年报|年度|报告|信息公开|政务公开|年鉴"),
}
"""Words by which a title belongs in a column of the kind, however it is dressed."""

_PLAIN: tuple[tuple[ColumnKind, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        ColumnKind.PERSONNEL,
        re.compile(
            r"招聘|招录|拟?录用|任免|任前公示|任职公示|面试|笔试成绩|体检|选调|遴选公务员|资格复审|职称评审"
        ),
        re.compile(r"人事|招聘|招考|录用|任免"),
    ),
    (
        ColumnKind.PROCUREMENT,
        re.compile(r"招标|中标|成交(?:结果)?公告|采购公告|采购项目|竞争性|询价|比选|流标|废标"),
        re.compile(r"采购|招标|投标|交易"),
    ),
    (
        ColumnKind.ANNUAL_REPORT,
        re.compile(r"信息公开(?:工作)?(?:年度(?:工作)?报告|年报)"),
        re.compile(r"年报|年度报告"),
    ),
    (
        ColumnKind.BUDGET,
        re.compile(r"(?:部门|单位|财政|政府)?(?:预算|决算)(?:公开|说明|报表|草案)?$|三公.?经费"),
        re.compile(r"[预决]算|财政|财务"),
    ),
    (
        ColumnKind.CONSULTATION,
        re.compile(r"(?:公开)?(?:征求|征集).{0,40}(?:意见|建议)"),
        re.compile(r"征[求集]|意见|互动|调查"),
    ),
    (
        ColumnKind.POLICY_INTERPRETATION,
        re.compile(r"(?:政策|文件|一图|图文|图说).{0,4}(?:解读|读懂)|解读$|图解|答记者问"),
        re.compile(r"解读|图解|问答|解答|回应"),
    ),
    (
        ColumnKind.NOTICES,
        re.compile(
            r"(?:放假|值班|停水|停电|停气|会议|培训|报名|征兵|活动|检修|道路封闭|交通管制|节日|安全生产|防汛|招生|搬迁|暂停|开考|停办|评选|召开)"
            r".{0,24}(?:通知|公告|通告|公示|提示)$"
        ),
        re.compile(r"通知|公告|公示|通告"),
    ),
    (
        ColumnKind.NEWS,
        re.compile(
            r"(?:召开|举行|举办|开展|走访|慰问|调研|视察|莅临|赴.{2,12}(?:考察|调研|学习)|带队|启动仪式|圆满|顺利|喜获|荣获|参加|观看|检查指导|督导检查)"
        ),
        re.compile(r"动态|新闻|要闻|资讯|简报|工作信息|活动"),
    ),
)
"""Kinds that a title plainly belongs to, and the words by which a column says that it takes that kind too."""

_GENERAL_NOTICE = re.compile(r"(?:通知|公告|通告|公示|启事|提示)$")
_OF_PROJECTS = re.compile(r"项目|投资|工程|建设|年度|公布|下达|印发|转发|批准|用途|土地|征收")
"""Words by which a notice may stand in a column of plans after all."""

_IN_BRACKETS = re.compile(r"\s*[（(][^（()）]{1,16}[)）]\s*$")

_NOT_NEWS = re.compile(
    r"(?:通知|公告|公示|通报|方案|意见|办法|报告|函|决定|计划|规划|制度)(?:[（(].*[）)])?$"
)

_NAMED = re.compile(r"规划|计划|制度|文件|法规|规范|政策|预算|决算|财政|财务|年报|年度报告")


def _national() -> tuple[ColumnKind, ...]:
    return tuple(_OWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The kinds of column that may hold nothing else."""

    columns: tuple[ColumnKind, ...] = field(default_factory=_national)


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Every entry of a column that may hold one kind only."""
    passed: set[tuple[str, str]] = set()
    for column in observation.columns.get():
        if not _is_strict(column, params) or not isinstance(column.listing, Seen):
            continue
        for entry in column.listing.fact.entries:
            key = (entry.url, column.unit)
            if entry.url and key not in passed and not entry.hidden:
                passed.add(key)
                yield Subject(key=entry.url, unit=column.unit, name=entry.title)
    observation.columns.whole()


def _is_strict(column: Column, params: Params) -> bool:
    """Whether the column is of such a kind by its own name or the registry's word."""
    own = column.declared or bool(_NAMED.search(column.name))
    return column.kind in params.columns and column.kind in _OWN and own and not column.archived


@OncePer
def _listed(observation: SiteObservation) -> list[tuple[Column, frozenset[str]]]:
    """The columns whose lists were seen, each with the addresses of its entries."""
    return [
        (column, frozenset(entry.url for entry in column.listing.fact.entries))
        for column in observation.columns.get()
        if isinstance(column.listing, Seen)
    ]


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the entry belongs in one of the columns that list it."""
    homes = [
        column
        for column, listed in _listed(observation)
        if column.unit == subject.unit and subject.key in listed and _is_strict(column, params)
    ]
    for column in homes:
        kind = belongs_elsewhere(subject.name, column)
        if kind is not None:
            return _violation(subject, column, kind)
    return Pass(reason="标题与栏目相符")


def belongs_elsewhere(title: str, column: Column) -> ColumnKind | None:
    """The kind that a title plainly belongs to other than its column's; None where it may stand there."""
    title = _IN_BRACKETS.sub("", title.strip())
    if _OWN[column.kind].search(title):
        return None
    for kind, words, named in _PLAIN:
        plain = kind is not column.kind and words.search(title) and not named.search(column.name)
        if plain and not (kind is ColumnKind.NEWS and _NOT_NEWS.search(title)):
            return kind
    general = column.kind is ColumnKind.PLANNING and _GENERAL_NOTICE.search(title)
    said = re.search(r"通知|公告|公示|通告", column.name)
    return ColumnKind.NOTICES if general and not said and not _OF_PROJECTS.search(title) else None


def _violation(subject: Subject, column: Column, kind: ColumnKind) -> Violation:
    return Violation(
        url=subject.key,
        summary=f"“{subject.name}”属于{KIND_TITLES[kind]}，却放在“{column.name}”栏目。",
        observed={
            "column": column.url,
            "column_kind": column.kind.value,
            "expected_kind": kind.value,
            "title": subject.name,
        },
        expected={"column_kind": kind.value},
        frame=Frame(text=subject.name),
        looked_at=(column.url,),
    )


CHECK = Check(
    id="column.misplaced-item",
    title="信息错放栏目",
    basis="寻乌2022第28项",
    params=Params,
    subjects=subjects,
    judge=judge,
)
