"""推文公开了完整的个人号码。

检查什么：政务新媒体账号所发推文的标题和文字是否公开了完整的居民身份证号码、银行卡号，或在人员名单中公开了手机号码。
依据：《个人信息保护法》；《政府信息公开条例》第十五条；常政办发〔2020〕120号附件第 8 项。
如何判定：号码的认定与 content.privacy 相同：校验码、出生日期、地区码都须有效，已遮盖的不算。号码遮盖后显示。
只检查一年内的推文；名录已登记暂停、注销的账号和已不存在的账号不检查。推文从信息源里滚动消失，不等于已经改正，须由人核实后办结。
信息源没有读到的，无法判定。
示例：推文列出获奖者完整身份证号码，违规；号码中间八位为星号，合格。
"""

from collections.abc import Iterable

from checks.content.privacy import Params, judge_parts
from checks.media.posts import parts_of, posts, silence_of
from domain.check import Check, Subject
from domain.observation import AccountObservation
from domain.outcome import Outcome


def subjects(observation: AccountObservation, params: Params) -> Iterable[Subject]:
    """Every post of the last year that was seen."""
    return posts(observation)


def judge(subject: Subject, observation: AccountObservation, params: Params) -> Outcome:
    """Whether the post publishes a personal number in full."""
    silence = silence_of(subject, observation)
    if silence is not None:
        return silence
    return judge_parts(subject, parts_of(subject, observation), "", observation.today, params)


CHECK = Check(
    id="media.privacy",
    title="推文公开了完整的个人号码",
    basis="《个人信息保护法》；《政府信息公开条例》第十五条",
    params=Params,
    subjects=subjects,
    judge=judge,
    of="account",
    fleeting=True,
)
