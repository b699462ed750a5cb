"""政务新媒体没有互动功能。

检查什么：账号是否提供有效的互动功能。
依据：国办秘函〔2019〕19号附件（无有效互动功能）；常政办发〔2020〕120号附件第10项。
如何判定：账号简介和主页没有互动入口，并且写明不提供互动的，违规；有入口的合格；没有写明的，无法判定。
示例：简介写明“本号不设留言功能”，主页也没有入口，违规；主页有“我要留言”，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checks.media.life import is_gone, not_assessed, place_of
from domain.check import Check, Subject
from domain.observation import AccountObservation
from domain.outcome import Inconclusive, Outcome, Pass, Violation
from domain.target import AccountKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Kinds of account that the rule does not bind."""

    exempt_kinds: tuple[AccountKind, ...] = ()


def subjects(observation: AccountObservation, params: Params) -> Iterable[Subject]:
    """The account."""
    account = observation.account
    yield Subject(key=account.id, unit=observation.owner, name=account.name)


def judge(subject: Subject, observation: AccountObservation, params: Params) -> Outcome:
    """Whether description and profile page offer a way to interact."""
    exempt = not_assessed(observation, params.exempt_kinds) or is_gone(observation)
    if exempt:
        return exempt
    profile, account = observation.profile.get(), observation.account
    if profile.gone:
        return Inconclusive(reason="账号主页已打不开")
    if profile.interactive:
        return Pass(reason="提供互动入口")
    if profile.interactive is None:
        return Inconclusive(reason="简介和主页没有写明是否提供互动")
    observation.profile.whole()
    observation.gone.whole()
    return Violation(
        url=place_of(observation),
        summary=f"“{account.name}”的简介和主页没有互动入口，并写明不提供互动功能。",
        observed={"interactive": False, "words": profile.words},
        expected={"interactive": True},
    )


CHECK = Check(
    id="media.no-interaction",
    title="政务新媒体没有互动功能",
    basis="国办秘函〔2019〕19号；常熟2020第10项",
    params=Params,
    subjects=subjects,
    judge=judge,
    of="account",
)
