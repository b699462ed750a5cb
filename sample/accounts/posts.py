"""What an account posted: two posts a week over a year and a half, with interpretations among them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sample.moment import CHINA
from sample.prose.wording import fill, pick, texts
from sample.units import Profile

FIRST = date(2024, 12, 24)
"""A Tuesday before the year whose interpretations are counted."""

_READING_MONTHS = (1, 3, 5, 7, 9, 11)


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePost:
    """One post. `number` makes its address."""

    number: int
    title: str
    text: str
    at: datetime
    pinned: bool = False


def diary(unit: Profile, newest: date, *, readings: int = 6, first: date = FIRST) -> tuple[SamplePost, ...]:
    """Posts on Tuesdays and Fridays from `first` on, and one on `newest`; newest first.

    So many of the posts of 2025 are interpretations of policies.
    """
    days = [first + timedelta(days=offset) for offset in range((newest - first).days)]
    chosen = [day for day in days if day.weekday() in (1, 4)] + [newest]
    months = set(_READING_MONTHS[:readings])
    result = []
    for number, day in enumerate(chosen):
        reads = day.year == 2025 and day.month in months
        if reads:
            months.discard(day.month)
        result.append(_post(unit, number, day, reads))
    return tuple(reversed(result))


def _post(unit: Profile, number: int, day: date, reads: bool) -> SamplePost:
    seed = f"{unit.code}/post/{number}"
    if reads:
        name = pick(unit.policies, seed)
        title = f"政策解读｜一图读懂《{name}》"
        text = fill(pick(texts()["policy"]["reading"], seed), unit, seed)
    else:
        title = fill(pick(texts()["news"]["titles"], seed), unit, seed)
        text = fill(pick(texts()["news"]["paragraphs"], seed), unit, seed)
    hour = (8, 10, 15, 17)[number % 4]
    return SamplePost(number=number, title=title, text=text, at=datetime.combine(day, time(hour, 20), CHINA))


def without(posts: Iterable[SamplePost], *days: date) -> tuple[SamplePost, ...]:
    """The posts but for those of some days."""
    return tuple(post for post in posts if post.at.date() not in days)


def moved(posts: Iterable[SamplePost], day: date, at: datetime) -> tuple[SamplePost, ...]:
    """The posts, that of one day put to another instant, newest first."""
    shifted = (replace(post, at=at) if post.at.date() == day else post for post in posts)
    return tuple(sorted(shifted, key=lambda post: post.at, reverse=True))


def pinned(unit: Profile, day: date, title: str) -> SamplePost:
    """A pinned post of that day."""
    at = datetime.combine(day, time(9, 0), CHINA)
    return SamplePost(number=9000, title=title, text=f"{unit.name}官方账号。", at=at, pinned=True)
