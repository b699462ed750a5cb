"""Whether an account is assessed at all: its life, its kind, and what we still see of it."""

from datetime import date, timedelta

from domain.observation import CHINA, AccountObservation, Unseen, UnseenError
from domain.outcome import Inconclusive, NotApplicable
from domain.target import AccountKind, AccountState, Platform

GRACE_DAYS = 30
"""How long a new account is let alone, unless the scheme says otherwise."""

STATE_TITLES = {
    AccountState.SUSPENDED: "已暂停",
    AccountState.CLOSING: "正在注销",
    AccountState.CLOSED: "已注销",
}


def not_assessed(
    observation: AccountObservation, exempt_kinds: tuple[AccountKind, ...] = ()
) -> NotApplicable | None:
    """Why the account is not assessed; None when it is."""
    account = observation.account
    if account.control:
        return NotApplicable(reason="对照账号，只用来检验信息源，不考核")
    state = account.state_on(observation.today)
    if state is not AccountState.NORMAL:
        since = f"（自{account.state_since.isoformat()}）" if account.state_since else ""
        return NotApplicable(reason=f"账号{STATE_TITLES[state]}{since}，不考核")
    if account.kind in exempt_kinds:
        return NotApplicable(reason="考核办法不对此类账号提这项要求")
    return None


def place_of(observation: AccountObservation) -> str:
    """Where a person can see the account: its profile page, else its source, else its newest post."""
    account = observation.account
    if account.profile:
        return account.profile
    uid = dict(account.source.options).get("uid")
    if account.platform is Platform.WEIBO and uid:
        return f"https://m.weibo.cn/u/{uid}"
    posts = () if isinstance(observation.posts, Unseen) else observation.posts.fact
    newest = max((post for post in posts if post.url), key=lambda post: post.posted_at, default=None)
    return account.source.url or (newest.url if newest else "")


def in_grace(observation: AccountObservation, days: int) -> NotApplicable | None:
    """Says so when the account was opened fewer than so many days ago; None when it was not."""
    opened = observation.account.opened_on
    if opened is None or observation.today >= opened + timedelta(days=days):
        return None
    return NotApplicable(reason=f"账号{opened.isoformat()}开通，不满{days}天，处于宽限期")


def known_on(observation: AccountObservation) -> date:
    """The day up to which is known what the account published: today, or when somebody last looked."""
    until = observation.known_until
    return observation.today if until is None else min(observation.today, until.astimezone(CHINA).date())


def seen_before(observation: AccountObservation, oldest: date) -> Inconclusive | None:
    """Why silence since `oldest` is not proven: an earlier run saw a later post, which is lacking now."""
    known = observation.known_newest
    if known is None or known > observation.as_of or known.astimezone(CHINA).date() < oldest:
        return None
    day = known.astimezone(CHINA).date().isoformat()
    return Inconclusive(reason=f"此前曾见到{day}发布的信息，信息源现在没有给出，不能说明账号没有更新")


def is_gone(observation: AccountObservation) -> NotApplicable | None:
    """Says so when the account is known to be gone: that is media.unavailable's matter."""
    try:
        gone = observation.gone.get()
    except UnseenError:
        return None
    return NotApplicable(reason="账号已不存在，另行认定") if gone else None


def weeks_between(first: date, last: date) -> list[date]:
    """The Mondays of the whole weeks (Monday to Sunday) within a period, both days included."""
    monday = first + timedelta(days=(7 - first.weekday()) % 7)
    weeks = []
    while monday + timedelta(days=6) <= last:
        weeks.append(monday)
        monday += timedelta(days=7)
    return weeks
