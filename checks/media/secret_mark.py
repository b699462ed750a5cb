"""推文带有密级标志。

检查什么：政务新媒体账号所发推文的标题和文字是否带有“绝密”“机密”“秘密”的密级标志。
依据：《中华人民共和国保守国家秘密法》；《政府信息公开条例》第十四条。
如何判定：密级标志的认定与 content.secret-mark 相同；保密宣传中举例说明密级标志的，不算。
只检查一年内的推文；名录已登记暂停、注销的账号和已不存在的账号不检查。推文从信息源里滚动消失，不等于已经改正，须由人核实后办结。
信息源没有读到的，无法判定。
示例：推文贴出的通知开头写有“秘密★5年”，违规；介绍密级标志由密级、★和保密期限组成，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checks.content.secret_mark import judge_parts
from checks.media.posts import parts_of, posts, silence_of
from domain.check import Check, Subject
from domain.observation import AccountObservation
from domain.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Nothing to set."""


def subjects(observation: AccountObservation, params: Params) -> Iterable[Subject]:
    """Every post of the last year that was seen."""
    return posts(observation)


def judge(subject: Subject, observation: AccountObservation, params: Params) -> Outcome:
    """Whether the post bears a mark."""
    silence = silence_of(subject, observation)
    if silence is not None:
        return silence
    return judge_parts(subject, parts_of(subject, observation), "")


CHECK = Check(
    id="media.secret-mark",
    title="推文带有密级标志",
    basis="《保守国家秘密法》；《政府信息公开条例》第十四条",
    params=Params,
    subjects=subjects,
    judge=judge,
    of="account",
    fleeting=True,
)
