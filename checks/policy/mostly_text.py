"""政策解读以纯文字为主（只提醒，不扣分）。

检查什么：一年内发布的政策解读中，非纯文字的占多少。
依据：寻乌县2022年度评分表第12项（非纯文字解读不少于解读总量的70%）、第11项；国办发〔2016〕80号实施细则。
如何判定：逐篇认定形式：标题写明图解、视频、问答、发布会、访谈的，带视频的，带图片的，为非纯文字；其余为纯文字。
非纯文字的占比低于规定比例的提醒，由人核实后录入数量计分；恰好够的合格。解读没有看全的，无法判定；没有解读的，不检查。
示例：一年发布解读10篇，图解、视频6篇，占60%，不足70%，提醒；7篇，合格。
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from checks.absence import date_of
from checks.policy.evidence import gather, prove_none_is_hidden
from checks.policy.pairing import form_of
from domain.check import Check, Subject
from domain.limit import Limit
from domain.observation import Document, SiteObservation
from domain.outcome import Outcome, Pass, Violation
from domain.target import ColumnKind

FORM_TITLES = {
    "text": "纯文字",
    "picture": "图解",
    "video": "视频",
    "qa": "问答",
    "press": "发布会",
    "interview": "访谈",
}
TOLD_AT_MOST, LOOKED_AT = 20, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """How far back interpretations are counted, and the percentage that is to be more than mere text."""

    within: Limit = field(default_factory=lambda: Limit(months=12))
    percent: int = 70


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """The interpretations of each unit that has any, by their column; then says so if there may be others."""
    for unit in dict.fromkeys(document.unit for document in gather(observation).interpretations):
        if unit in observation.units:
            yield Subject(key=_column(unit, observation), unit=unit, name=observation.units[unit].name)
    prove_none_is_hidden(observation, params.within.oldest(observation.today))


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether enough of the unit's interpretations are more than mere text."""
    oldest = params.within.oldest(observation.today)
    counted = [
        (document, "picture" if form == "text" and document.images else form)
        for document in gather(observation).interpretations
        if document.unit == subject.unit and _is_recent(document, oldest)
        for form in [form_of(document)]
    ]
    prove_none_is_hidden(observation, oldest)
    if not counted:
        return Pass(reason="一年内没有发布解读")
    plain = [document for document, form in counted if form == "text"]
    rich = len(counted) - len(plain)
    told = f"一年内发布解读{len(counted)}篇，非纯文字{rich}篇，占{100 * rich // len(counted)}%"
    if 100 * rich >= params.percent * len(counted):
        return Pass(reason=told)
    forms = Counter(FORM_TITLES[form] for _, form in counted)
    return Violation(
        url=subject.key,
        summary=f"“{subject.name}”{told}，不足{params.percent}%。",
        observed={
            "interpretations": len(counted),
            "non_text": rich,
            "forms": dict(forms),
            "text_only": [document.url for document in plain[:TOLD_AT_MOST]],
        },
        expected={"non_text_percent_at_least": params.percent},
        looked_at=tuple(document.url for document in plain[:LOOKED_AT]),
        severity="warning",
    )


def _is_recent(document: Document, oldest: date) -> bool:
    """Whether an interpretation is of the counted time. Raises UnseenError where its date was not seen."""
    day = date_of(document.day)
    return day is not None and day >= oldest


def _column(unit: str, observation: SiteObservation) -> str:
    """The address of the column of a unit's interpretations; the site's home page where there is none."""
    own = [
        column
        for column in observation.columns.get()
        if column.kind is ColumnKind.POLICY_INTERPRETATION and column.unit == unit
    ]
    if not own:
        return observation.site.home
    return min(own, key=lambda column: (not column.declared, column.level, column.url)).url


CHECK = Check(
    id="policy.mostly-text",
    title="政策解读以纯文字为主",
    basis="寻乌2022第11、12项；国办发〔2016〕80号",
    params=Params,
    subjects=subjects,
    judge=judge,
    trial=True,
)
