"""What is put on record of an account beside its source's answer: posts as read, the date reckoning."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.platforms.answer import SourceTrouble
from crawler.platforms.readers import reader_of
from crawler.sourcing import of_file
from domain.observation import CHINA, Post, Unseen
from domain.outcome import Violation
from domain.snapshot import FetchStatus
from evidence.look import Look
from scheduler.newsroom import AccountWork

MOST_POSTS = 40
MOST_PICTURES = 3
PICTURE_MARKS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}


def account_facts(work: AccountWork, lapse: Violation) -> dict[str, Any]:
    """The posts that were read, newest first, how the dates were reckoned, and how the source stands."""
    observation = work.observation
    posts = () if isinstance(observation.posts, Unseen) else observation.posts.fact
    facts: dict[str, Any] = {
        "reckoning": reckoning(work, lapse),
        "posts": [_shown(post) for post in posts[:MOST_POSTS]],
        "posts_read": len(posts),
    }
    if observation.reaches_back_to is not None and observation.reaches_back_to.year > 1970:
        facts["reaches_back_to"] = _local(observation.reaches_back_to)
    if observation.known_until is not None:
        facts["known_until"] = _local(observation.known_until)
    if work.health is not None:
        facts["source"] = {"works_since": _local(work.health.since), "checked": _local(work.health.checked)}
    return facts


def reckoning(work: AccountWork, lapse: Violation) -> str:
    """How the figures came about, as a clerk would write it down."""
    observed, expected = lapse.observed, lapse.expected
    today = work.observation.today.isoformat()
    if "newest" in observed:
        return (
            f"监测日{today}（北京时间），期限{expected.get('limit', '')}，"
            f"最新一条应在{expected.get('newest_on_or_after', '')}（含）以后；"
            f"读到的最新一条非置顶信息为{observed['newest']}，距监测日{observed.get('age_days')}天。"
        )
    if "count" in observed:
        period = observed.get("period") or f"{observed.get('year')}年"
        required = observed.get("required")
        return f"监测日{today}（北京时间），统计时段{period}，规定{required}，读到{observed['count']}。"
    return f"监测日{today}（北京时间）。{lapse.summary}"


def _shown(post: Post) -> dict[str, Any]:
    return {
        "title": post.title[:200],
        "url": post.url,
        "posted_at": _local(post.posted_at),
        "pinned": post.pinned,
    }


def _local(moment: datetime) -> str:
    return moment.astimezone(CHINA).isoformat(timespec="seconds")


def look_of(work: AccountWork, lapse: Violation) -> Look | None:
    """The browser's look at what the lapse is about; of what the dates tell, else at the newest post."""
    dated = "newest" in lapse.observed or "count" in lapse.observed
    newest = work.looks.get(work.newest.url) if work.newest and dated else None
    return work.looks.get(lapse.url) or newest


def answers_of(work: AccountWork) -> dict[str, bytes]:
    """The source's answers as received, by file name."""
    pages = enumerate(work.reading.pages, 1)
    return {f"source-{number}.bin": page.body for number, page in pages if page.body}


def pictures_of(work: AccountWork, origin: Path) -> Mapping[str, bytes]:
    """The pictures that people recorded with the newest posts, by file name, as they are."""
    found: dict[str, bytes] = {}
    for page in work.reading.pages:
        if page.snapshot.url != work.account.source.path or page.snapshot.status is not FetchStatus.OK:
            continue
        try:
            answer = reader_of(work.account, page.snapshot.url)(page.body, now=work.observation.as_of)
        except SourceTrouble:
            continue
        newest = sorted(answer.posts, key=lambda post: post.posted_at, reverse=True)
        named = dict(answer.pictures)
        for name in [named[post.url] for post in newest if post.url in named][:MOST_PICTURES]:
            body = of_file(name, origin, work.observation.as_of).body
            ending = next((end for mark, end in PICTURE_MARKS.items() if body.startswith(mark)), None)
            if ending:
                found[f"recorded-{len(found) + 1}.{ending}"] = body
    return found
