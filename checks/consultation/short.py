"""意见征集期限过短。

检查什么：公开征求意见的期限是否达到规定天数。
依据：《重大行政决策程序暂行条例》（国令第713号）第十五条（一般不少于30日）；寻乌县2022年度评分表第3项。
如何判定：从公告正文读出起止日期或天数，首尾两天都算；少于规定天数而没有说明缩短理由的违规，恰好够的合格。
以工作日计的，按工作日历折算；另发公告延长期限的，按延长后的期限；可能刊登延期公告的栏目（发布征集的栏目、征集类和通知公告类栏目）没有看到的，无法判定。公告没有写明期限、期限读不出来的，无法判定。
示例：2026年5月1日至5月29日共29天，违规；5月1日至5月30日共30天，合格；写明“因情况紧急缩短为15日”，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from checks.absence import date_of, prove_all_read, prove_lists_seen
from checks.consultation.calls import CALLS, calls, period_of, prove_extensions_read
from domain.check import Check, Subject
from domain.limit import Limit
from domain.observation import SiteObservation
from domain.outcome import Frame, Inconclusive, NotApplicable, Outcome, Pass, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The least number of days, and how far back consultations are judged."""

    least_days: int = 30
    within: Limit = field(default_factory=lambda: Limit(months=12))


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """The announced consultations of the last year; then says so if there may be others."""
    for document in calls(observation, params.within):
        yield Subject(key=document.url, unit=document.unit, name=document.title)
    prove_lists_seen(observation, CALLS)
    prove_all_read(observation, params.within.oldest(observation.today), CALLS)


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the consultation runs long enough."""
    document = next(d for d in observation.documents.get() if d.url == subject.key)
    period = period_of(document, observation)
    if period is not None and period.extends:
        return NotApplicable(reason="这是延长征集期限的公告，原公告另行判定")
    if period is None or period.days is None:
        date_of(document.day)
        return Inconclusive(reason="公告没有写明可以计算的征集期限")
    if period.days >= params.least_days:
        return Pass(reason=f"征集{period.days}天")
    if period.reason:
        return Pass(reason=f"征集{period.days}天，公告说明了缩短的理由")
    date_of(document.day)
    prove_extensions_read(document, observation)
    return Violation(
        url=subject.key,
        summary=f"“{subject.name}”的征集期限为{period.days}天，少于{params.least_days}天，也没有说明缩短的理由。",
        observed={
            "days": period.days,
            "first": period.first.isoformat() if period.first else None,
            "last": period.last.isoformat() if period.last else None,
            "words": period.words,
        },
        expected={"days_at_least": params.least_days},
        frame=Frame(text=period.words),
    )


CHECK = Check(
    id="consultation.short",
    title="意见征集期限过短",
    basis="国令第713号第十五条；寻乌2022第3项",
    params=Params,
    subjects=subjects,
    judge=judge,
)
