"""Fetches what an account's source has to say: pages within bounds, files kept by hand, the profile page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from crawler import wechat_api
from crawler.fetching import Fetched
from crawler.platforms import wechat, weibo
from crawler.platforms.answer import Answer, SourceTrouble, oldest_of
from crawler.platforms.readers import reader_of
from crawler.platforms.wechat import Keys
from crawler.scrubbing import scrubbed
from domain.observation import CHINA
from domain.snapshot import FetchStatus, Snapshot
from domain.target import Account, SourceType

MOST_SOURCE_PAGES = 40
MOST_FILE_BYTES = 10 * 1024 * 1024
PLACEHOLDER = "__SECRET__"
"""Stands in a source's address for a secret that the registry does not hold."""


class Fetch(Protocol):
    """Fetches one address (with `json`: posts it) and says how it ended; never raises."""

    def __call__(self, url: str, *, json: Any = None, headers: dict[str, str] | None = None) -> Fetched:
        """The answer; `headers` go to that host only."""


Credential = Callable[[Account, str], str | None]
"""A credential of an account by kind (app_id, secret, token, cookie); None where none was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReading:
    """What one look at a source brought: its pages as fetched, and the profile page where one is named.

    `trouble` says in Chinese why there was nothing to fetch; `held` why a source that answers is not to be
    believed (its control accounts are silent too); `blind_since` the day since which it shows nothing.
    `newest` is the page of the newest post, fetched where the account is to be blamed; `known_newest` the
    newest post that an earlier run saw. `pictures` are the files named with posts, by the post's address.
    """

    account: str
    pages: tuple[Fetched, ...]
    profile: Fetched | None = None
    trouble: str = ""
    held: str = ""
    blind_since: datetime | None = None
    newest: Fetched | None = None
    known_newest: datetime | None = None


def no_credential(account: Account, kind: str) -> None:
    """Where no credentials are at hand."""


def gather(
    account: Account,
    fetch: Fetch,
    *,
    beside: Path | None,
    at: datetime,
    credential: Credential = no_credential,
) -> SourceReading:
    """Fetches an account's source, its further pages within bounds, and its profile page."""
    pages: list[Fetched] = []
    trouble = ""
    try:
        if account.source.type is not SourceType.FILE:
            pages = _of_source(account, fetch, at, credential)
    except SourceTrouble as error:
        trouble = str(error)
    if account.source.path is not None:
        pages.append(of_file(account.source.path, beside, at))
    profile = _clean(fetch(account.profile)) if account.profile else None
    return SourceReading(account=account.id, pages=tuple(pages), profile=profile, trouble=trouble)


def of_file(name: str, beside: Path | None, at: datetime) -> Fetched:
    """A file beside the registry, as if it had been fetched. Nothing outside that folder is read."""
    folder = (beside or Path()).resolve()
    path = (folder / name).resolve()
    try:
        if not path.is_relative_to(folder):
            return _missing(name, at, f"登记文件“{name}”不在名录所在的文件夹中")
        if path.stat().st_size > MOST_FILE_BYTES:
            return _missing(name, at, f"登记文件“{name}”过大，没有读取")
        body = path.read_bytes()
    except OSError:
        return _missing(name, at, f"找不到登记文件“{name}”")
    snapshot = Snapshot(url=name, final_url=name, status=FetchStatus.OK, fetched_at=at, size=len(body))
    return Fetched(snapshot=snapshot, body=body)


def _missing(name: str, at: datetime, why: str) -> Fetched:
    return Fetched(
        snapshot=Snapshot(url=name, final_url=name, status=FetchStatus.UNREACHABLE, fetched_at=at, detail=why)
    )


def _of_source(account: Account, fetch: Fetch, at: datetime, credential: Credential) -> list[Fetched]:
    if account.source.type is SourceType.WECHAT_API:
        base = account.source.url or dict(account.source.options).get("base_url") or wechat.BASE
        return wechat_api.gather(
            base, _keys(account, credential), fetch, enough=lambda page: _reaches(account, page, at)
        )
    return _of_address(account, fetch, at, credential)


def _keys(account: Account, credential: Credential) -> Keys:
    app_id, secret = credential(account, "app_id"), credential(account, "secret")
    if not app_id:
        raise SourceTrouble("这种信息源需要本单位的接口凭据，名录中没有写 app_id")
    if not secret:
        raise SourceTrouble(
            "这种信息源需要本单位的接口凭据，尚未提供 AppSecret（可用 govwatch secrets set 存入）"
        )
    return Keys(app_id=app_id, secret=secret)


def _of_address(account: Account, fetch: Fetch, at: datetime, credential: Credential) -> list[Fetched]:
    secret = credential(account, "secret")
    cookie, token = credential(account, "cookie"), credential(account, "token")
    headers = {"Cookie": cookie} if cookie else {}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    known = tuple(filter(None, (secret, cookie, token)))
    address = _address(account, secret)
    home = urlsplit(address or "")[:2]
    pages: list[Fetched] = []
    asked = set[str]()
    while address and address not in asked and len(pages) < MOST_SOURCE_PAGES:
        asked.add(address)
        own = headers if headers and urlsplit(address)[:2] == home else None
        page = fetch(address, headers=own) if own else fetch(address)
        if page.snapshot.status is FetchStatus.GONE and not pages:
            page = fetch(address, headers=own) if own else fetch(address)
        pages.append(scrubbed(page, known))
        address = _further(account, page, address, at)
    return pages


def _address(account: Account, secret: str | None) -> str | None:
    url = account.source.url
    uid = dict(account.source.options).get("uid")
    if url is None and account.source.type is SourceType.WEIBO and uid:
        return weibo.address_of(uid, dict(account.source.options).get("base_url") or weibo.BASE)
    if url is not None and PLACEHOLDER in url:
        if not secret:
            raise SourceTrouble("信息源的网址需要凭据，尚未提供（可用 govwatch secrets set 存入）")
        return url.replace(PLACEHOLDER, secret)
    return url


def _further(account: Account, page: Fetched, address: str, at: datetime) -> str | None:
    """The next address, unless this page failed or already reaches back far enough."""
    answer = _answer(account, page, at)
    if answer is None or answer.more is None or _far_enough(answer, at):
        return None
    if answer.more.startswith("&"):
        return _with_query(address, answer.more[1:])
    return urljoin(address, answer.more)


def _answer(account: Account, page: Fetched, at: datetime) -> Answer | None:
    if page.snapshot.status is not FetchStatus.OK:
        return None
    try:
        return reader_of(account, page.snapshot.url)(page.body, now=at)
    except SourceTrouble:
        return None


def _reaches(account: Account, page: Fetched, at: datetime) -> bool:
    answer = _answer(account, page, at)
    return answer is None or _far_enough(answer, at)


def _far_enough(answer: Answer, at: datetime) -> bool:
    """Whether the page reaches back beyond the first day that any rule asks about: last New Year's Day."""
    oldest = oldest_of(answer.posts)
    return oldest is not None and oldest.astimezone(CHINA).year < at.astimezone(CHINA).year - 1


def _with_query(address: str, query: str) -> str:
    parts = urlsplit(address)
    values = dict(parse_qsl(parts.query, keep_blank_values=True)) | dict(parse_qsl(query))
    return urlunsplit(parts._replace(query=urlencode(values)))


def _clean(page: Fetched) -> Fetched:
    return scrubbed(page, ())
