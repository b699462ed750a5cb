"""政务新媒体长期未更新。

检查什么：账号最新一条信息是否早于规定的期限。
依据：国办秘函〔2019〕19号附件（新媒体2周内无更新）；常政办发〔2020〕120号附件第9项；寻乌县2022年度评分表第29项（13天）。
如何判定：取最新一条非置顶信息的日期，早于“监测日往前推期限”的违规，恰在期限当日的合格；置顶信息不算更新。
信息源出错、返回为空或没有读全的，无法判定；人工登记的，只算到最近一次核查之日；此前见过而现在缺失的，无法判定。
新开通的账号有宽限期；暂停、注销的账号不考核；考核办法可对服务号另作规定。
示例：监测日2026-06-30，期限14天，最新一条为2026-06-15，违规；为2026-06-16，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from checks.media.life import GRACE_DAYS, in_grace, is_gone, known_on, not_assessed, place_of, seen_before
from domain.check import Check, Subject
from domain.limit import Limit
from domain.observation import CHINA, AccountObservation, Post
from domain.outcome import Frame, Inconclusive, Outcome, Pass, Value, Violation
from domain.target import AccountKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """How old the newest post may be; kinds of account that the rule does not bind.

    An account opened fewer than `grace_days` ago is let alone.
    """

    limit: Limit = field(default_factory=lambda: Limit(days=14))
    exempt_kinds: tuple[AccountKind, ...] = ()
    grace_days: int = GRACE_DAYS


DYING_DAYS = 60
ADVICE = "长期不更新的账号，应当并入其他账号或者注销，并及时变更名录，不应为应付检查发布凑数信息"
"""What a unit is told about an account that has been silent for DYING_DAYS or more."""


def subjects(observation: AccountObservation, params: Params) -> Iterable[Subject]:
    """The account."""
    account = observation.account
    yield Subject(key=account.id, unit=observation.owner, name=account.name)


def judge(subject: Subject, observation: AccountObservation, params: Params) -> Outcome:
    """Whether the newest post that is not pinned is within the limit."""
    exempt = (
        not_assessed(observation, params.exempt_kinds)
        or is_gone(observation)
        or in_grace(observation, params.grace_days)
    )
    if exempt:
        return exempt
    oldest = params.limit.oldest(observation.today)
    today = observation.today
    posts = [post for post in observation.posts.get() if post.posted_at.astimezone(CHINA).date() <= today]
    latest = max((p for p in posts if not p.pinned), key=lambda post: post.posted_at, default=None)
    newest = latest.posted_at.astimezone(CHINA).date() if latest else date.min
    if newest >= oldest:
        return Pass(reason=f"最新一条为 {newest.isoformat()}")
    observation.posts.whole()
    if not posts:
        return Inconclusive(reason="信息源没有返回任何信息，不能说明账号没有更新")
    if latest is None:
        return Inconclusive(reason="信息源只给出置顶信息，不能说明账号没有更新")
    day = known_on(observation)
    if newest >= params.limit.oldest(day):
        return Inconclusive(reason=f"登记只到{day.isoformat()}，此后有没有发布不知道，不能说明账号没有更新")
    observation.gone.whole()
    return seen_before(observation, oldest) or _violation(observation, latest, newest, params)


def _violation(observation: AccountObservation, latest: Post, newest: date, params: Params) -> Violation:
    account, day = observation.account, known_on(observation)
    age, oldest = (day - newest).days, params.limit.oldest(day)
    lead = "距今" if day == observation.today else f"到{day.isoformat()}核查时已有"
    expected: dict[str, Value] = {
        "newest_on_or_after": oldest.isoformat(),
        "limit": params.limit.title(),
    }
    if age >= DYING_DAYS:
        expected["advice"] = ADVICE
    return Violation(
        url=latest.url or place_of(observation),
        summary=(
            f"“{account.name}”最新一条信息为{newest.isoformat()}，{lead}{age}天，"
            f"超过{params.limit.title()}的更新期限。"
        ),
        observed={
            "newest": newest.isoformat(),
            "age_days": age,
            "limit_days": params.limit.in_days(day),
        },
        expected=expected,
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
