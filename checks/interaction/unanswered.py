"""留言长期未答复。

检查什么：公开的网民留言是否在三个月内得到答复。
依据：国办秘函〔2019〕19号附件（互动回应差，单项否决）。
如何判定：留言日期早于“监测日往前推3个月”而页面没有答复的，违规；恰在三个月当日的仍为合格。
留言日期、是否答复没有看到的，无法判定；访谈、调查征集、信访不在此列。
示例：监测日2026-06-30，2026-03-29的留言没有答复，违规；2026-03-30的留言没有答复，尚未超期。
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from checks.absence import date_of
from domain.check import Check, Subject
from domain.limit import Limit
from domain.observation import SiteObservation
from domain.outcome import Inconclusive, Outcome, Pass, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """How long an answer may take."""

    limit: Limit = field(default_factory=lambda: Limit(months=3))


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Every public message that was found; then says so if there may be others."""
    for message in observation.messages.get():
        yield Subject(key=message.url, unit=observation.owner, name=message.title)
    observation.messages.whole()


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the message has waited too long."""
    message = next(m for m in observation.messages.get() if m.url == subject.key)
    if message.answered.get():
        return Pass(reason="已答复")
    message.answered.whole()
    asked = date_of(message.asked_on)
    if asked is None:
        return Inconclusive(reason="留言没有标明日期")
    today = observation.today
    if asked >= params.limit.oldest(today):
        return Pass(reason=f"{asked.isoformat()}留言，尚未超过{params.limit.title()}")
    age = (today - asked).days
    return Violation(
        url=message.url,
        summary=f"留言“{message.title}”于{asked.isoformat()}提出，至今{age}天未见答复，超过{params.limit.title()}。",
        observed={
            "asked_on": asked.isoformat(),
            "age_days": age,
            "limit_days": params.limit.in_days(today),
        },
        expected={"answered_within": params.limit.title()},
    )


CHECK = Check(
    id="interaction.unanswered",
    title="留言长期未答复",
    basis="国办秘函〔2019〕19号",
    params=Params,
    subjects=subjects,
    judge=judge,
)
