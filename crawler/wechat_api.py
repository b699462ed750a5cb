"""Calls WeChat's publishing API: a token, then page after page, within quota; nothing kept bears a secret."""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from crawler.fetching import Fetched
from crawler.platforms import wechat
from crawler.platforms.answer import SourceTrouble
from crawler.platforms.wechat import Keys, Refusal
from crawler.scrubbing import scrubbed
from domain.snapshot import STATUS_TITLES, FetchStatus

MOST_CALLS = 80
"""Calls a run for one account: a small part of the day's quota."""


class Ask(Protocol):
    """Fetches one address (with `json`: posts it) and says how it ended."""

    def __call__(self, url: str, *, json: Any = None) -> Fetched:
        """Never raises for what the world does."""


def gather(base: str, keys: Keys, ask: Ask, *, enough: Callable[[Fetched], bool]) -> list[Fetched]:
    """The pages of publications as answered, newest first, their addresses without the token.

    Ends when all were listed, when `enough` says so of a page, or at the first that failed (which is the
    last one given). Raises SourceTrouble when no token was to be had.
    """
    call = _Caller(base.rstrip("/") or wechat.BASE, keys, ask)
    pages: list[Fetched] = []
    for page in call.pages():
        pages.append(page)
        if enough(page):
            break
    return pages


class _Caller:
    """One account's conversation with the API."""

    def __init__(self, base: str, keys: Keys, ask: Ask) -> None:
        self._base, self._keys, self._ask = base, keys, ask
        self._token = self._fresh(force=False)
        self._renewed = False

    def pages(self) -> Iterator[Fetched]:
        """Page after page until all are listed or one fails."""
        offset, count, calls = 0, wechat.PAGE, 0
        while calls < MOST_CALLS:
            calls += 1
            page = self._call(offset, count)
            if page.snapshot.status is FetchStatus.UNREADABLE and count > 1:
                count = max(
                    1, count // 5
                )  # the bodies of twenty publications can be too large for one answer
                continue
            yield page
            listed, total = _figures(page)
            offset += listed
            if not listed or offset >= total:
                return

    def _call(self, offset: int, count: int) -> Fetched:
        page = self._post(offset, count)
        code = _code_of(page)
        if code in wechat.STALE_TOKEN and not self._renewed:
            self._renewed = True
            self._token = self._fresh(force=True)
            page = self._post(offset, count)
        elif code == wechat.BUSY:
            page = self._post(offset, count)
        return page

    def _post(self, offset: int, count: int) -> Fetched:
        place = f"{self._base}/cgi-bin/freepublish/batchget"
        page = self._ask(
            f"{place}?access_token={self._token}", json={"offset": offset, "count": count, "no_content": 0}
        )
        return scrubbed(page, self._secrets(), url=f"{place}?offset={offset}&count={count}")

    def _fresh(self, *, force: bool) -> str:
        """A token. The plain interface, which ends other systems' tokens, only where there is no other."""
        body = {
            "grant_type": "client_credential",
            "appid": self._keys.app_id,
            "secret": self._keys.secret,
            "force_refresh": force,
        }
        page = self._ask(f"{self._base}/cgi-bin/stable_token", json=body)
        if page.snapshot.status is FetchStatus.GONE:
            page = self._ask(
                f"{self._base}/cgi-bin/token?grant_type=client_credential"
                f"&appid={self._keys.app_id}&secret={self._keys.secret}"
            )
        if page.snapshot.status is not FetchStatus.OK:
            status = scrubbed(page, (self._keys.secret,)).snapshot
            raise SourceTrouble(f"微信接口没有应答：{status.detail or STATUS_TITLES[status.status]}")
        return wechat.token_of(page.body)

    def _secrets(self) -> tuple[str, ...]:
        return (self._token, self._keys.secret)


def _code_of(page: Fetched) -> int | None:
    if page.snapshot.status is not FetchStatus.OK:
        return None
    try:
        wechat.token_of(page.body)
    except Refusal as refusal:
        return refusal.code
    except SourceTrouble:
        return None
    return None


def _figures(page: Fetched) -> tuple[int, int]:
    """How many publications the page lists, and how many there are; none where it is no page."""
    if page.snapshot.status is not FetchStatus.OK:
        return 0, 0
    try:
        answer = wechat.read(page.body, now=page.snapshot.fetched_at)
    except SourceTrouble:
        return 0, 0
    return answer.listed, answer.total or 0
