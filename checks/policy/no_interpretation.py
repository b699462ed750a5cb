"""政策文件没有解读。

检查什么：新发布的政策性文件是否有对应的解读材料。
依据：国办发〔2016〕80号实施细则（解读与文件同步）；寻乌县2022年度评分表第4、9项。
如何判定：按相互链接、文号、标题为一年内发布的政策文件查找解读；解读栏目全部看过而没有找到的，违规。
任免、表彰、会议通知等不需要解读的不查；发布不满规定工作日的，还在解读期内，不判定；
解读栏目或其中的条目没有看全，或者文件没有日期的，无法判定。
示例：2026-05-06发布的实施意见，网站上没有任何解读，违规。
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
    """How far back documents are judged, and the working days within which interpretations are due."""

    within: Limit = field(default_factory=lambda: Limit(months=12))
    working_days: int = 3


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """The policy documents of the last year; then says so if there may be others."""
    yield from as_subjects(gather(observation).recent(observation.today, params.within))
    prove_lists_seen(observation, POLICIES)
    prove_all_read(observation, params.within.oldest(observation.today), POLICIES)


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether there is an interpretation of the document."""
    evidence = gather(observation)
    for found in evidence.pairs_of(subject.key):
        return Pass(reason=f"有解读：{found.interpretation.url}")
    document = evidence.document(subject.key)
    day = date_of(document.day)
    if day is None:
        return Inconclusive(reason="文件没有标明发布日期，无法判定是否应有解读")
    passed = working_days_after(day, observation.today, observation.working_days)
    if passed is None and (observation.today - day).days <= 2 * params.working_days + 14:
        return Inconclusive(reason="没有这段时间的工作日历，无法判定解读期是否已过")
    if passed is not None and passed <= params.working_days:
        return NotApplicable(reason=f"{day.isoformat()}发布，尚在{params.working_days}个工作日的解读期内")
    prove_none_is_hidden(observation, day)
    return Violation(
        url=subject.key,
        summary=f"“{subject.name}”于{day.isoformat()}发布，网站上没有找到对应的解读。",
        observed={
            "published": day.isoformat(),
            "interpretations": 0,
            "document_no": document.document_no,
        },
        expected={"interpretations_at_least": 1},
    )


CHECK = Check(
    id="policy.no-interpretation",
    title="政策文件没有解读",
    basis="国办发〔2016〕80号；寻乌2022第4、9项",
    params=Params,
    subjects=subjects,
    judge=judge,
)
