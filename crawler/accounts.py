"""The sources of new-media accounts: fetched and read, then assembled into an observation."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from crawler.fetching import Fetched
from crawler.platforms import feed, record, weibo
from crawler.platforms.answer import Answer, SourceTrouble, interactive_by, oldest_of
from domain.observation import AccountObservation, Fact, Post, Profile, Seen, Sight, Unseen
from domain.snapshot import FetchStatus, Snapshot
from domain.target import Account, Registry, SourceType

MOST_SOURCE_PAGES = 10
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)

Fetch = Callable[[str], Fetched]
"""Fetches one address and says how it ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReading:
    """What one look at a source brought: its pages as fetched, and the profile page where one is named."""

    account: str
    pages: tuple[Fetched, ...]
    profile: Fetched | None = None


READERS: dict[SourceType, Callable[..., Answer]] = {
    SourceType.RSS: feed.read,
    SourceType.WEIBO: weibo.read,
    SourceType.FILE: record.read,
}


def gather(account: Account, fetch: Fetch, *, beside: Path | None, at: datetime) -> SourceReading:
    """Fetches an account's source, its further pages within bounds, and its profile page."""
    if account.source.path is not None:
        pages = [_of_file(account.source.path, beside, at)]
    else:
        pages = _of_address(account, fetch, at)
    profile = fetch(account.profile) if account.profile else None
    return SourceReading(account=account.id, pages=tuple(pages), profile=profile)


def _of_file(name: str, beside: Path | None, at: datetime) -> Fetched:
    path = (beside or Path()) / name
    try:
        body = path.read_bytes()
    except OSError:
        snapshot = Snapshot(
            url=name,
            final_url=name,
            status=FetchStatus.UNREACHABLE,
            fetched_at=at,
            detail=f"找不到登记文件“{name}”",
        )
        return Fetched(snapshot=snapshot)
    snapshot = Snapshot(url=name, final_url=name, status=FetchStatus.OK, fetched_at=at, size=len(body))
    return Fetched(snapshot=snapshot, body=body)


def _of_address(account: Account, fetch: Fetch, at: datetime) -> list[Fetched]:
    pages: list[Fetched] = []
    address, asked = account.source.url, set[str]()
    while address and address not in asked and len(pages) < MOST_SOURCE_PAGES:
        asked.add(address)
        pages.append(fetch(address))
        address = _further(account, pages[-1], at)
    return pages


def _further(account: Account, page: Fetched, at: datetime) -> str | None:
    reader = READERS.get(account.source.type)
    if reader is None or page.snapshot.status is not FetchStatus.OK:
        return None
    try:
        answer = reader(page.body, now=at)
    except SourceTrouble:
        return None
    return answer.more


def observe_account(
    account: Account, registry: Registry, reading: SourceReading, *, as_of: datetime
) -> AccountObservation:
    """What was seen of an account, as of a moment.

    A source that answers 404 or 410, or says that the account is closed, proves that the account is
    gone; any other trouble of the source leaves everything unseen.
    """
    posts, profile, gone, reach = _facts(account, reading, as_of)
    return AccountObservation(
        account=account,
        unit=registry.unit(account.unit),
        as_of=as_of,
        posts=posts,
        profile=profile,
        gone=gone,
        reaches_back_to=reach,
    )


def _facts(
    account: Account, reading: SourceReading, as_of: datetime
) -> tuple[Fact[tuple[Post, ...]], Fact[Profile], Fact[bool], datetime | None]:
    if not reading.pages:
        blind = Unseen(Sight(url="", note="名录没有写明这个账号的信息源"))
        return blind, blind, blind, None
    first = reading.pages[0].snapshot
    sight = Sight(url=first.final_url, status=first.status, at=first.fetched_at, note=first.detail)
    if first.status is FetchStatus.GONE:
        return Unseen(sight), Unseen(sight), Seen(True, replace(sight, status=FetchStatus.OK)), None
    if first.status is not FetchStatus.OK:
        return Unseen(sight), Unseen(sight), Unseen(sight), None
    try:
        answer, complete = _read_all(account, reading, as_of)
    except SourceTrouble as trouble:
        blind = Unseen(Sight(url=first.final_url, at=first.fetched_at, note=str(trouble)))
        return blind, blind, blind, None
    if answer.gone:
        gone_profile = Profile(interactive=None, gone=True, words=answer.words)
        return Unseen(sight), Seen(gone_profile, sight), Seen(True, sight), None
    reach = BEGINNING if answer.whole else oldest_of(answer.posts)
    posts = Seen(answer.posts, sight, complete)
    return posts, _profile(answer, reading, sight), Seen(False, sight), reach


def _read_all(account: Account, reading: SourceReading, as_of: datetime) -> tuple[Answer, bool]:
    reader = READERS.get(account.source.type)
    if reader is None:
        raise SourceTrouble("这种信息源需要本单位的接口凭据，尚未提供")
    answers = []
    broken = False
    for page in reading.pages:
        if page.snapshot.status is not FetchStatus.OK:
            broken = True
            break
        answers.append(reader(page.body, now=as_of))
    found = {(post.url, post.posted_at): post for answer in answers for post in answer.posts}
    posts = tuple(sorted(found.values(), key=lambda post: post.posted_at, reverse=True))
    whole = not broken and answers[-1].more is None and (len(answers) > 1 or answers[0].whole)
    return replace(answers[0], posts=posts, whole=whole), True


def _profile(answer: Answer, reading: SourceReading, sight: Sight) -> Fact[Profile]:
    """Both the description and the profile page must deny an entry before one is said to be lacking."""
    words, verdicts = answer.words, [answer.interactive]
    if reading.profile is not None:
        snapshot = reading.profile.snapshot
        if snapshot.status is not FetchStatus.OK:
            if answer.interactive is True:
                return Seen(Profile(interactive=True, words=words), sight)
            return Unseen(Sight(url=snapshot.final_url, status=snapshot.status, note=snapshot.detail))
        text = reading.profile.body.decode("utf-8", errors="replace")
        words, verdicts = f"{words}\n{text[:2000]}", [*verdicts, interactive_by(text)]
    if True in verdicts:
        return Seen(Profile(interactive=True, words=words), sight)
    return Seen(Profile(interactive=False if False in verdicts else None, words=words), sight)
