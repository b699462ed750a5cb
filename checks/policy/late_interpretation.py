"""政策解读迟于规定期限。

检查什么：政策文件的解读是否在规定期限内发布。
依据：国办发〔2016〕80号实施细则（解读与文件同步发布，最迟不超过3个工作日）；寻乌县2022年度评分表第4项（3日内）。
如何判定：以最早的一篇解读为准，从文件发布的次日起数工作日（含调休上班，不含法定假日），超过规定天数的违规，恰在最后一天的合格。
文件或解读没有日期、日期没有看到、工作日历没有该年度，或者还有解读没有看到的，无法判定。
示例：文件周一发布，解读同周周四发布，正好3个工作日，合格；周五发布，违规。
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from checks.absence import date_of, prove_all_read, prove_lists_seen
from checks.policy.evidence import POLICIES, as_subjects, gather, prove_none_is_hidden, working_days_after
from domain.check import Check, Subject
from domain.limit import Limit
from domain.observation import SiteObservation
from domain.outcome import Inconclusive, NotApplicable, Outcome, Pass, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The working days within which interpretations are due, and how far back documents are judged."""

    working_days: int = 3
    within: Limit = field(default_factory=lambda: Limit(months=12))


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """The interpreted policy documents of the last year; then says so if there may be others."""
    evidence = gather(observation)
    yield from as_subjects(evidence.interpreted(evidence.recent(observation.today, params.within)))
    prove_lists_seen(observation, POLICIES)
    prove_all_read(observation, params.within.oldest(observation.today), POLICIES)


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the first interpretation came in time."""
    pairs = gather(observation).pairs_of(subject.key)
    if not pairs:
        return NotApplicable(reason="没有解读，另行认定")
    published = date_of(pairs[0].document.day)
    days = {found.interpretation.url: date_of(found.interpretation.day) for found in pairs}
    known = {url: day for url, day in days.items() if day is not None}
    if published is None or len(known) < len(days):
        return Inconclusive(reason="文件或解读没有标明发布日期")
    first, day = min(known.items(), key=lambda item: item[1])
    taken = working_days_after(published, day, observation.working_days)
    if taken is not None and taken <= params.working_days:
        return Pass(reason=f"{day.isoformat()}发布解读")
    if taken is None:
        return Inconclusive(reason="没有这段时间的工作日历，无法计算工作日")
    prove_none_is_hidden(observation, published)
    return Violation(
        url=subject.key,
        summary=(
            f"“{subject.name}”于{published.isoformat()}发布，解读{day.isoformat()}才发布，"
            f"相隔{taken}个工作日，超过{params.working_days}个工作日。"
        ),
        observed={
            "published": published.isoformat(),
            "interpreted": day.isoformat(),
            "working_days": taken,
            "interpretation": first,
        },
        expected={"working_days_at_most": params.working_days},
        looked_at=(subject.key, first),
    )


CHECK = Check(
    id="policy.late-interpretation",
    title="政策解读迟于规定期限",
    basis="国办发〔2016〕80号；寻乌2022第4项",
    params=Params,
    subjects=subjects,
    judge=judge,
)
