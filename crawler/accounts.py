"""What the answers of an account's source say together: the observation that the checks read. Pure."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from crawler.platforms import wechat, wechat_article, weibo
from crawler.platforms.answer import (
    Answer,
    SourceTrouble,
    interactive_by,
    newest_first,
    oldest_of,
)
from crawler.platforms.markup import plain_text
from crawler.platforms.readers import reader_of
from crawler.platforms.wechat_article import Standing
from crawler.sourcing import SourceReading, gather
from domain.observation import CHINA, AccountObservation, Fact, Post, Profile, Seen, Sight, Unseen
from domain.snapshot import FetchStatus
from domain.target import Account, Registry, SourceType

__all__ = ["BEGINNING", "SourceReading", "gather", "newest_post", "observe_account"]

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_YES = frozenset({"true", "yes", "1", "是"})
_API_PATHS = ("/api/container/getIndex",)
"""Paths of platforms' interfaces: that one of them is missing says nothing of an account."""

MOST_AHEAD = timedelta(hours=8)
"""How far a post may lie ahead of us where its source took China's time for Greenwich's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    posts: Fact[tuple[Post, ...]]
    profile: Fact[Profile]
    gone: Fact[bool]
    reach: datetime | None = None
    known_until: datetime | None = None


def observe_account(
    account: Account, registry: Registry, reading: SourceReading, *, as_of: datetime
) -> AccountObservation:
    """What was seen of an account, as of a moment.

    A source that answers 404 or 410, or says that the account is closed, proves that the account is
    gone; any other trouble of the source leaves everything unseen.
    """
    facts = _facts(account, reading, as_of)
    return AccountObservation(
        account=account,
        unit=registry.unit(account.unit),
        as_of=as_of,
        posts=facts.posts,
        profile=facts.profile,
        gone=facts.gone,
        reaches_back_to=facts.reach,
        known_until=facts.known_until,
        known_newest=reading.known_newest,
    )


def newest_post(observation: AccountObservation) -> Post | None:
    """The newest post that is not pinned and not yet to come; None where none was seen."""
    if isinstance(observation.posts, Unseen):
        return None
    shown = (post for post in observation.posts.fact if not post.pinned)
    posts = [post for post in shown if post.posted_at.astimezone(CHINA).date() <= observation.today]
    return max(posts, key=lambda post: post.posted_at, default=None)


def _facts(account: Account, reading: SourceReading, as_of: datetime) -> _Facts:
    if reading.trouble:
        return _blind(Sight(url=account.source.url or "", note=reading.trouble), reading)
    if not reading.pages:
        return _blind(Sight(url="", note="名录没有写明这个账号的信息源"), reading)
    first = reading.pages[0].snapshot
    sight = Sight(url=first.final_url, status=first.status, at=first.fetched_at, note=first.detail)
    if first.status is FetchStatus.GONE and _tells_of_accounts(account):
        if reading.held:
            return _blind(replace(sight, note=reading.held), reading)
        note = f"信息源答复{first.http_status or 404}，两次都是如此"
        gone = Seen(True, replace(sight, status=FetchStatus.OK, note=note))
        return _Facts(posts=Unseen(sight), profile=Unseen(sight), gone=gone)
    if first.status is not FetchStatus.OK:
        return _blind(sight, reading)
    try:
        answer = _read_all(account, reading, as_of)
    except SourceTrouble as trouble:
        return _blind(Sight(url=first.final_url, at=first.fetched_at, note=str(trouble)), reading)
    if answer.gone or _closed_by_article(reading, as_of):
        words = answer.words if answer.gone else "最新一条的网页显示账号已注销或已迁移"
        seen = Profile(interactive=None, gone=True, words=words)
        said = replace(sight, note=f"信息源写明“{' '.join(words.split())[:80]}”")
        return _Facts(posts=Unseen(sight), profile=Seen(seen, sight), gone=Seen(True, said))
    return _standing(answer, reading, sight, as_of)


def _standing(answer: Answer, reading: SourceReading, sight: Sight, as_of: datetime) -> _Facts:
    """The facts of an account that is there."""
    lacking = reading.held or answer.lacking or _clock_trouble(answer.posts, sight, as_of)
    noted = replace(sight, note=_since(lacking, reading)) if lacking else sight
    posts: Fact[tuple[Post, ...]] = Seen(answer.posts, noted, not lacking)
    if not answer.posts:
        posts = Unseen(noted)
    return _Facts(
        posts=posts,
        profile=_profile(answer, reading, sight),
        gone=Seen(False, sight),
        reach=BEGINNING if answer.whole else oldest_of(answer.posts),
        known_until=answer.known_until,
    )


def _blind(sight: Sight, reading: SourceReading) -> _Facts:
    blind = Unseen(replace(sight, note=_since(sight.reason(), reading), url="", status=FetchStatus.OK))
    return _Facts(posts=blind, profile=blind, gone=blind)


def _since(reason: str, reading: SourceReading) -> str:
    if reading.blind_since is None:
        return reason
    return f"自{reading.blind_since.astimezone(CHINA).date().isoformat()}起无法判定：{reason}"


def _tells_of_accounts(account: Account) -> bool:
    """Whether a page that is missing is the account's own, rather than the platform's interface."""
    if account.source.type is SourceType.WECHAT_API:
        return False
    path = urlsplit(account.source.url or _API_PATHS[0]).path
    return account.source.type is not SourceType.WEIBO or path not in _API_PATHS


def _read_all(account: Account, reading: SourceReading, as_of: datetime) -> Answer:
    """The pages' answers joined. A page that fails after some were read leaves what was read."""
    answers: list[Answer] = []
    broken = ""
    for page in reading.pages:
        snapshot = page.snapshot
        try:
            if snapshot.status is not FetchStatus.OK:
                raise SourceTrouble(snapshot.detail or "信息源的后续页没有取到")
            answers.append(reader_of(account, snapshot.url)(page.body, now=as_of))
        except SourceTrouble as trouble:
            if not any(answer.posts for answer in answers):
                raise
            broken = str(trouble)
    return _joined(account, answers, broken, reading)


def _joined(account: Account, answers: list[Answer], broken: str, reading: SourceReading) -> Answer:
    first = answers[0]
    if any(answer.gone for answer in answers):
        return next(answer for answer in answers if answer.gone)
    found = {(post.url, post.title, post.posted_at): post for answer in answers for post in answer.posts}
    mirror = dict(account.source.options).get("base_url") if account.source.type is SourceType.WEIBO else None
    posts = tuple(
        replace(post, url=post.url.replace(weibo.BASE, mirror.rstrip("/"), 1)) if mirror else post
        for post in sorted(found.values(), key=lambda post: post.posted_at, reverse=True)
    )
    if not posts and not first.lacking:
        raise SourceTrouble("信息源返回成功但没有任何内容，不能据此认定账号未更新")
    lacking = next((answer.lacking for answer in answers if answer.lacking), "")
    if broken and not newest_first(first.posts):
        lacking = lacking or f"信息源的后续页没有读到：{broken}"
    if account.source.type is SourceType.WECHAT_API:
        lacking = lacking or _api_gap(account, broken)
    more = answers[-1].more is not None
    checks = [answer.known_until for answer in answers if answer.known_until is not None]
    return replace(
        first,
        posts=posts,
        lacking=lacking,
        words="\n".join(dict.fromkeys(answer.words for answer in answers if answer.words)),
        whole=not broken and not more and _complete(account, answers),
        known_until=max(checks, default=None),
    )


def _complete(account: Account, answers: list[Answer]) -> bool:
    """Whether the pages hold all there is: by the source's own count, by its last "next", by its length.

    Weibo stops giving pages whenever it likes.
    """
    totals = [answer.total for answer in answers if answer.total is not None]
    if totals:
        return sum(answer.listed for answer in answers) >= max(totals)
    return answers[0].whole or (len(answers) > 1 and account.source.type is SourceType.RSS)


def _api_gap(account: Account, broken: str) -> str:
    """Why WeChat's interface does not show all; nothing where a file adds the rest or the unit vouches."""
    vouched = dict(account.source.options).get("covers_all", "").strip().lower() in _YES
    if vouched or (account.source.path is not None and not broken):
        return ""
    return wechat.NOT_ALL


def _closed_by_article(reading: SourceReading, as_of: datetime) -> bool:
    """Whether the newest article's own page says that its account is closed or has moved."""
    page = reading.newest
    if page is None or page.snapshot.status is not FetchStatus.OK:
        return False
    if not wechat_article.is_article_address(page.snapshot.url):
        return False
    article = wechat_article.read(page.body, now=as_of)
    return article.standing in (Standing.CLOSED, Standing.MIGRATED)


def _clock_trouble(posts: tuple[Post, ...], sight: Sight, as_of: datetime) -> str:
    """A post a few hours ahead of both clocks was published: its source has mistaken the zone."""
    now = max(as_of, sight.at) if sight.at is not None else as_of
    if any(now < post.posted_at <= now + MOST_AHEAD for post in posts if not post.pinned):
        return "信息源有一条的时间晚于此刻几个小时，时区可能有误，不能据此认定没有更新"
    return ""


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030", errors="replace")


def _profile(answer: Answer, reading: SourceReading, sight: Sight) -> Fact[Profile]:
    """Both the description and the profile page must deny an entry before one is said to be lacking."""
    words, verdicts = answer.words, [answer.interactive]
    if reading.profile is not None:
        snapshot = reading.profile.snapshot
        if snapshot.status is not FetchStatus.OK:
            if answer.interactive is True:
                return Seen(Profile(interactive=True, words=words), sight)
            return Unseen(Sight(url=snapshot.final_url, status=snapshot.status, note=snapshot.detail))
        text = plain_text(_decoded(reading.profile.body))
        words, verdicts = f"{words}\n{text[:2000]}", [*verdicts, interactive_by(text)]
    if True in verdicts:
        return Seen(Profile(interactive=True, words=words), sight)
    return Seen(Profile(interactive=False if False in verdicts else None, words=words), sight)
