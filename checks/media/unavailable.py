"""政务新媒体账号已不存在。

检查什么：名录上正常运行的账号是否还在。
依据：国办秘函〔2019〕19号附件（新媒体无法使用）；国办发〔2018〕123号（账号关停须及时更新名录）。
如何判定：信息源答复404、410，或者写明账号已注销、已关闭的，违规；信息源的其他故障说明不了账号的情况，无法判定。
名录已登记暂停、注销的账号不考核。
示例：平台答复“该帐号已自主注销”，违规；平台返回503，无法判定。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checks.media.life import not_assessed, place_of
from domain.check import Check, Subject
from domain.observation import AccountObservation
from domain.outcome import Outcome, Pass, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Nothing to set."""


def subjects(observation: AccountObservation, params: Params) -> Iterable[Subject]:
    """The account."""
    account = observation.account
    yield Subject(key=account.id, unit=observation.owner, name=account.name)


def judge(subject: Subject, observation: AccountObservation, params: Params) -> Outcome:
    """Whether the account is gone for certain."""
    exempt = not_assessed(observation)
    if exempt:
        return exempt
    if not observation.gone.get():
        observation.gone.whole()
        return Pass(reason="账号可以访问")
    account, sight = observation.account, observation.gone.sight
    return Violation(
        url=place_of(observation) or sight.url,
        summary=f"“{account.name}”已不存在或已注销：{sight.reason()}。",
        observed={"gone": True, "answer": sight.note or sight.status.value},
        expected={"gone": False},
    )


CHECK = Check(
    id="media.unavailable",
    title="政务新媒体账号已不存在",
    basis="国办秘函〔2019〕19号；国办发〔2018〕123号",
    params=Params,
    subjects=subjects,
    judge=judge,
    of="account",
)
