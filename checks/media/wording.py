"""推文有表述错误。

检查什么：政务新媒体账号所发推文的标题和文字是否有词库所列的错误表述。
依据：国办秘函〔2019〕19号附件（新媒体严重表述错误单项否决）；常政办发〔2020〕120号附件第 8 项。
如何判定：词库、例外和严重程度与 content.wording 相同：严重的判违规，一般错别字只提醒。
只检查一年内的推文；名录已登记暂停、注销的账号和已不存在的账号不检查。推文从信息源里滚动消失，不等于已经改正，须由人核实后办结。
信息源没有读到的，无法判定。
示例：推文写作“中华人民共合国”，违规；推文指出“‘登陆系统’应为‘登录系统’”，合格。
"""

from collections.abc import Iterable

from checks.content.wording import Params, judge_parts
from checks.media.posts import parts_of, posts, silence_of
from domain.check import Check, Subject
from domain.observation import AccountObservation
from domain.outcome import Outcome


def subjects(observation: AccountObservation, params: Params) -> Iterable[Subject]:
    """Every post of the last year that was seen."""
    return posts(observation)


def judge(subject: Subject, observation: AccountObservation, params: Params) -> Outcome:
    """Whether the post has a wrong wording."""
    silence = silence_of(subject, observation)
    if silence is not None:
        return silence
    return judge_parts(subject, parts_of(subject, observation), "", params)


CHECK = Check(
    id="media.wording",
    title="推文有表述错误",
    basis="国办秘函〔2019〕19号；各考核办法关于严重错误的条款",
    params=Params,
    subjects=subjects,
    judge=judge,
    of="account",
    fleeting=True,
)
