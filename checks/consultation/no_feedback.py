"""意见征集结束后没有反馈。

检查什么：公开征求意见结束后，是否在规定期限内公布意见采纳情况。
依据：《重大行政决策程序暂行条例》（国令第713号）；寻乌县2022年度评分表第3项（结束后3日内反馈）。
如何判定：从征集截止的次日起算，过了规定天数仍找不到反馈（按链接、标题或文件名称对应）的，违规；
恰在最后一天的，以及尚未截止的，不判定。另发公告延长期限的，按延长后的截止日期。征集、公告类栏目没有看全，或截止日期读不出来的，无法判定。
示例：规定3日，征集5月31日截止，6月3日尚不判定，6月4日仍无反馈，违规。
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from checks.absence import date_of, prove_all_read, prove_lists_seen
from checks.consultation.calls import (
    CALLS,
    calls,
    feedback_on,
    period_of,
    prolongs_another,
    prove_extensions_read,
    prove_no_feedback_is_hidden,
)
from domain.check import Check, Subject
from domain.limit import Limit
from domain.observation import SiteObservation
from domain.outcome import Inconclusive, NotApplicable, Outcome, Pass, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Days after closing within which feedback is due, and how far back consultations are judged."""

    limit_days: int = 30
    within: Limit = field(default_factory=lambda: Limit(months=12))


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """The announced consultations of the last year; then says so if there may be others."""
    for document in calls(observation, params.within):
        yield Subject(key=document.url, unit=document.unit, name=document.title)
    prove_lists_seen(observation, CALLS)
    prove_all_read(observation, params.within.oldest(observation.today), CALLS)


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether feedback was published in time after the consultation closed."""
    document = next(d for d in observation.documents.get() if d.url == subject.key)
    if prolongs_another(document, observation):
        return NotApplicable(reason="这是延长征集期限的公告，反馈随原公告判定")
    feedback = feedback_on(document, observation)
    if feedback:
        return Pass(reason=f"已反馈：{feedback}")
    period = period_of(document, observation)
    closed = period.closes if period else None
    if closed is None:
        date_of(document.day)
        return Inconclusive(reason="公告没有写明征集截止日期")
    waited = (observation.today - closed).days
    if waited <= params.limit_days:
        return NotApplicable(reason=f"征集截止于{closed.isoformat()}，反馈期限未过")
    date_of(document.day)
    prove_extensions_read(document, observation)
    prove_no_feedback_is_hidden(observation, closed)
    return Violation(
        url=subject.key,
        summary=(
            f"“{subject.name}”于{closed.isoformat()}截止，至今{waited}天没有公布意见采纳情况，"
            f"超过{params.limit_days}天。"
        ),
        observed={
            "closed": closed.isoformat(),
            "limit_days": params.limit_days,
            "days_since": waited,
        },
        expected={"feedback_within_days": params.limit_days},
    )


CHECK = Check(
    id="consultation.no-feedback",
    title="意见征集结束后没有反馈",
    basis="国令第713号；寻乌2022第3项",
    params=Params,
    subjects=subjects,
    judge=judge,
)
