"""没有公开分管政务公开工作的领导（只提醒，不扣分）。

检查什么：单位公开的领导分工中，是否有一位领导分管政务公开工作。
依据：寻乌县2022年度评分表第33项（确定一位领导分管政务公开工作，并在门户网站公开）；常政办发〔2020〕120号附件第1项。
如何判定：逐页查看该单位各位领导的分工（连同领导分工的通知），有一位写明分管、负责或协助政务公开（政府信息公开）工作的合格；
都看全了而没有一位写明的，提醒，由人核实后录入计分。领导页面没有看全、没有读到分工的，无法判定。
示例：三位领导的分工都没有提到政务公开，提醒；其中一位“分管办公室、政务公开”，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from checks.absence import unread_since
from domain.check import Check, Subject
from domain.observation import Particulars, SiteObservation, UnseenError
from domain.outcome import Inconclusive, Outcome, Pass, Violation
from domain.target import ColumnKind

IN_CHARGE = "openness"
"""The name under which `Particulars.stated` says that a leader's duties include government openness."""

TOLD_AT_MOST, LOOKED_AT = 20, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Nothing to set."""


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """The column of leaders of each unit that presents leaders; then says so if there may be others."""
    for unit in dict.fromkeys(leader.unit for leader in observation.leaders.get()):
        yield Subject(key=_column(unit, observation), unit=unit, name=observation.units[unit].name)
    observation.leaders.whole()


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether one of the unit's leaders is said to be in charge of openness."""
    leaders = [leader for leader in observation.leaders.get() if leader.unit == subject.unit]
    for leader in leaders:
        if IN_CHARGE in _seen(leader):
            return Pass(reason=f"“{leader.title}”的分工写明政务公开")
    observation.leaders.whole()
    for entry in unread_since(observation, date.min, {ColumnKind.LEADERS}):
        return Inconclusive(reason=f"“{entry.title}”没有看到，可能写有领导分工")
    stated = [leader.stated.whole() for leader in leaders]
    if not any("duties" in one for one in stated):
        return Inconclusive(reason="没有读到领导分工")
    return Violation(
        url=subject.key,
        summary=f"“{subject.name}”的领导信息（{len(leaders)}页）没有写明由谁分管政务公开工作。",
        observed={"leaders": [leader.title for leader in leaders[:TOLD_AT_MOST]], "in_charge": 0},
        expected={"in_charge_at_least": 1},
        looked_at=tuple(leader.url for leader in leaders[:LOOKED_AT]),
        severity="warning",
    )


def _seen(leader: Particulars) -> frozenset[str]:
    """What a leader's page was seen to state; nothing where it was not seen."""
    try:
        return leader.stated.get()
    except UnseenError:
        return frozenset()


def _column(unit: str, observation: SiteObservation) -> str:
    """The address of the column of a unit's leaders; the first leader's page where none was seen."""
    own = [
        column
        for column in observation.columns.get()
        if column.kind is ColumnKind.LEADERS and column.unit == unit
    ]
    if own:
        return min(own, key=lambda column: (not column.declared, column.level, column.url)).url
    return next(leader.url for leader in observation.leaders.get() if leader.unit == unit)


CHECK = Check(
    id="leaders.none-in-charge",
    title="没有公开分管政务公开工作的领导",
    basis="寻乌2022第33项；常政办发〔2020〕120号附件第1项",
    params=Params,
    subjects=subjects,
    judge=judge,
    trial=True,
)
