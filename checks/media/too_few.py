"""政务新媒体发布数量不足。

检查什么：每年8至10月，账号每周发布的信息是否达到规定条数。
依据：寻乌县2022年度评分表第29项（8—10月每周两条）。
如何判定：取最近一个已经开始的8至10月，只数其中完整的、已经过完的周（周一至周日）；每周不足规定条数的，按所缺条数累计，
有一周不足即为违规。信息源没有追溯到该时段开头的，无法判定；开通之前和宽限期内的周不计；人工登记的，只算到最近一次核查之日。
示例：规定每周2条，共12个完整周，其中一周只发1条，应计24条而只计到23条，违规，少1条。
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from checks.media.life import GRACE_DAYS, is_gone, known_on, not_assessed, place_of, weeks_between
from domain.check import Check, Subject
from domain.observation import CHINA, AccountObservation
from domain.outcome import Inconclusive, NotApplicable, Outcome, Pass, Violation
from domain.target import AccountKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Posts asked a week; the first and last month of the period; kinds of account not bound.

    Weeks that begin fewer than `grace_days` after the account was opened do not count.
    """

    a_week: int = 2
    first_month: int = 8
    last_month: int = 10
    exempt_kinds: tuple[AccountKind, ...] = ()
    grace_days: int = GRACE_DAYS


def subjects(observation: AccountObservation, params: Params) -> Iterable[Subject]:
    """The account."""
    account = observation.account
    yield Subject(key=account.id, unit=observation.owner, name=account.name)


def judge(subject: Subject, observation: AccountObservation, params: Params) -> Outcome:
    """Whether each whole week of the period had enough posts."""
    exempt = not_assessed(observation, params.exempt_kinds) or is_gone(observation)
    if exempt:
        return exempt
    weeks = _weeks(observation, params)
    if not weeks:
        return NotApplicable(reason="考核时段内还没有完整的一周")
    counts = _counts(observation, weeks)
    counted = sum(min(counts[week], params.a_week) for week in weeks)
    required = params.a_week * len(weeks)
    if counted >= required:
        return Pass(reason=f"{len(weeks)}周每周不少于{params.a_week}条")
    observation.posts.whole()
    reach = observation.reaches_back_to
    if reach is None or reach > datetime.combine(weeks[0], time(), CHINA):
        return Inconclusive(reason=f"信息源没有追溯到{weeks[0].isoformat()}，不能统计条数")
    if not observation.posts.get():
        return Inconclusive(reason="信息源没有返回任何信息，不能说明没有发布")
    end = datetime.combine(weeks[-1] + timedelta(days=7), time(), CHINA)
    if all(post.posted_at >= end for post in observation.posts.get()):
        return Inconclusive(reason="信息源给出的信息都在考核时段以后，不能统计条数")
    observation.gone.whole()
    return _violation(observation, weeks, counts, params)


def _weeks(observation: AccountObservation, params: Params) -> list[date]:
    """The whole weeks of the latest period that has begun, as far as they are over."""
    today, opened = observation.today, observation.account.opened_on
    year = today.year if today >= date(today.year, params.first_month, 1) else today.year - 1
    after = date(year + params.last_month // 12, params.last_month % 12 + 1, 1)
    last = min(after - timedelta(days=1), today - timedelta(days=1), known_on(observation))
    first = date(year, params.first_month, 1)
    bound = opened + timedelta(days=params.grace_days) if opened else first
    return weeks_between(max(first, bound), last)


def _counts(observation: AccountObservation, weeks: list[date]) -> Counter[date]:
    counts: Counter[date] = Counter()
    for post in observation.posts.get():
        day = post.posted_at.astimezone(CHINA).date()
        monday = day - timedelta(days=day.weekday())
        if monday in weeks:
            counts[monday] += 1
    return counts


def _violation(
    observation: AccountObservation, weeks: list[date], counts: Counter[date], params: Params
) -> Violation:
    short = [week for week in weeks if counts[week] < params.a_week]
    counted = sum(min(counts[week], params.a_week) for week in weeks)
    required = params.a_week * len(weeks)
    last = weeks[-1] + timedelta(days=6)
    account = observation.account
    return Violation(
        url=place_of(observation),
        summary=(
            f"“{account.name}”{weeks[0].isoformat()}至{last.isoformat()}的{len(weeks)}个完整周中，"
            f"有{len(short)}周不足{params.a_week}条，共少{required - counted}条。"
        ),
        observed={
            "period": f"{weeks[0].isoformat()}/{last.isoformat()}",
            "count": counted,
            "required": required,
            "posts": counts.total(),
            "short_weeks": {week.isoformat(): counts[week] for week in short},
        },
        expected={"a_week": params.a_week},
    )


CHECK = Check(
    id="media.too-few",
    title="政务新媒体发布数量不足",
    basis="寻乌2022第29项",
    params=Params,
    subjects=subjects,
    judge=judge,
    of="account",
)
