"""政务新媒体长期未更新。

检查什么：账号最新一条信息是否早于规定的期限。
依据：国办秘函〔2019〕19号附件（新媒体2周内无更新）；常政办发〔2020〕120号附件第9项；寻乌县2022年度评分表第29项（13天）。
如何判定：取最新一条非置顶信息的日期，早于“监测日往前推期限”的违规，恰在期限当日的合格；置顶信息不算更新。
信息源出错、返回为空或没有读全的，无法判定；暂停、注销的账号不考核；考核办法可对服务号另作规定。
示例：监测日2026-06-30，期限14天，最新一条为2026-06-15，违规；为2026-06-16，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from checks.media.life import is_gone, not_assessed
from domain.check import Check, Subject
from domain.limit import Limit
from domain.observation import CHINA, AccountObservation
from domain.outcome import Frame, Inconclusive, NotApplicable, Outcome, Pass, Violation
from domain.target import AccountKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """How old the newest post may be; kinds of account that the rule does not bind."""

    limit: Limit = field(default_factory=lambda: Limit(days=14))
    exempt_kinds: tuple[AccountKind, ...] = ()


def subjects(observation: AccountObservation, params: Params) -> Iterable[Subject]:
    """The account."""
    account = observation.account
    yield Subject(key=account.id, unit=observation.owner, name=account.name)


def judge(subject: Subject, observation: AccountObservation, params: Params) -> Outcome:
    """Whether the newest post that is not pinned is within the limit."""
    exempt = not_assessed(observation, params.exempt_kinds) or is_gone(observation)
    if exempt:
        return exempt
    today, account = observation.today, observation.account
    oldest = params.limit.oldest(today)
    posts = [post for post in observation.posts.get() if post.posted_at <= observation.as_of]
    days = [post.posted_at.astimezone(CHINA).date() for post in posts if not post.pinned]
    newest = max(days, default=None)
    if newest and newest >= oldest:
        return Pass(reason=f"最新一条为 {newest.isoformat()}")
    observation.posts.whole()
    if not posts:
        return Inconclusive(reason="信息源没有返回任何信息，不能说明账号没有更新")
    if newest is None:
        return Inconclusive(reason="信息源只给出置顶信息，不能说明账号没有更新")
    if account.opened_on and account.opened_on > oldest:
        return NotApplicable(reason=f"账号{account.opened_on.isoformat()}开通，尚未满期限")
    observation.gone.whole()
    age = (today - newest).days
    return Violation(
        url=next(p.url for p in posts if p.posted_at.astimezone(CHINA).date() == newest and not p.pinned),
        summary=(
            f"“{account.name}”最新一条信息为{newest.isoformat()}，距今{age}天，"
            f"超过{params.limit.title()}的更新期限。"
        ),
        observed={
            "newest": newest.isoformat(),
            "age_days": age,
            "limit_days": params.limit.in_days(today),
        },
        expected={"newest_on_or_after": oldest.isoformat(), "limit": params.limit.title()},
        frame=Frame(text=newest.isoformat()),
    )


CHECK = Check(
    id="media.stale",
    title="政务新媒体长期未更新",
    basis="国办秘函〔2019〕19号；常熟2020第9项；寻乌2022第29项",
    params=Params,
    subjects=subjects,
    judge=judge,
    of="account",
)
