"""Whether an account is assessed at all: its life, its kind, and what we still see of it."""

from datetime import date, timedelta

from domain.observation import AccountObservation, UnseenError
from domain.outcome import NotApplicable
from domain.target import AccountKind, AccountState

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
    if account.state is not AccountState.NORMAL:
        return NotApplicable(reason=f"账号{STATE_TITLES[account.state]}，不考核")
    if account.kind in exempt_kinds:
        return NotApplicable(reason="考核办法不对此类账号提这项要求")
    return None


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
