"""没有有效的咨询渠道。

检查什么：网站是否提供公众咨询、建言的渠道。
依据：国办秘函〔2019〕19号附件（互动回应差，单项否决）。
如何判定：在首页和互动交流类栏目中查找留言、信箱、咨询、投诉等入口，整个网站看全而一个也没有的，违规；
互动类栏目页上直接可填的留言表单也算；信访、纪检举报渠道不算。有页面没有看到的，无法判定。
示例：网站只有“信访”和“纪检举报”两个入口，违规；另有“局长信箱”，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.check import Check, Subject
from domain.observation import SiteObservation
from domain.outcome import Outcome, Pass, Violation

CHANNEL_TITLES = {
    "mayor_mailbox": "领导信箱",
    "message": "留言",
    "consultation": "咨询",
    "complaint": "投诉",
    "petition": "信访",
    "discipline": "纪检举报",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Channels that do not count as a way to ask."""

    not_counted: tuple[str, ...] = ("petition", "discipline", "solicitation", "interview")


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """The site, by its home page."""
    yield Subject(key=observation.site.home, unit=observation.owner, name=observation.site.name)


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether there is any way to ask."""
    found = observation.channels.get() - set(params.not_counted)
    if found:
        words = "、".join(sorted(CHANNEL_TITLES.get(name, name) for name in found))
        return Pass(reason=f"设有{words}")
    observation.channels.whole()
    return Violation(
        url=observation.site.home,
        summary=f"“{observation.site.name}”没有找到留言、信箱、咨询等公众咨询渠道（信访、纪检渠道不算）。",
        observed={"channels": []},
        expected={"channels_at_least": 1},
    )


CHECK = Check(
    id="interaction.no-channel",
    title="没有有效的咨询渠道",
    basis="国办秘函〔2019〕19号",
    params=Params,
    subjects=subjects,
    judge=judge,
)
