"""How an account of the city is put together: registry entry, source, answers, what is planted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sample.accounts import shapes
from sample.accounts.posts import diary
from sample.model import Answer, SampleAccount
from sample.moment import days_ago
from sample.truth import Plant, located
from sample.units import Profile, profiles

FRESH = days_ago(3)
XUNWU = ("xunwu-2022",)
OPEN = "官方账号，发布权威信息，欢迎在评论区留言互动，也可私信咨询。"
SHUT = "本账号只发布信息，未开通留言互动功能。"


@dataclass(frozen=True, slots=True)
class Entry:
    """An account with the answers of its source by path on the media host."""

    account: SampleAccount
    answers: Mapping[str, Answer]


def unit_of(code: str) -> Profile:
    """The unit with this code."""
    return profiles()[code]


def made(
    account: str,
    code: str,
    platform: str,
    source: Mapping[str, str],
    answers: Mapping[str, Answer],
    about: str,
    *plants: Plant,
    kind: str | None = None,
    name: str = "",
    state: str | None = None,
    opened_on: str | None = None,
    profile: str = "",
    files: Mapping[str, bytes] | None = None,
    more: Mapping[str, object] | None = None,
) -> Entry:
    """An account with its source, the answers of the media host, and what is planted.

    `profile` is the body of its profile page (empty: it has none); `files` lie beside the registry; `more`
    are further keys of its registry entry.
    """
    answers = dict(answers)
    if profile:
        words = (
            f"<html><head><meta charset='utf-8'><title>账号主页</title></head><body>{profile}</body></html>"
        )
        answers[f"/u/{account}.html"] = Answer(body=words.encode())
    return Entry(
        SampleAccount(
            id=account,
            unit=code,
            platform=platform,
            kind=kind,
            name=name or name_of(code),
            source=source,
            state=state,
            opened_on=opened_on,
            profile=f"@@media@@/u/{account}.html" if profile else None,
            truths=located(plants, account, code, {}),
            files=files or {},
            more=more or {},
            about=about,
        ),
        answers,
    )


def name_of(code: str) -> str:
    """What the unit's account is called."""
    return unit_of(code).short.removeprefix("市") + "发布"


def xml(body: bytes) -> Answer:
    """The answer of a feed in XML."""
    return Answer(body=body, content_type="application/xml; charset=utf-8")


def in_json(body: bytes) -> Answer:
    """The answer of a source in JSON."""
    return Answer(body=body, content_type="application/json; charset=utf-8")


def feed(account: str, ending: str) -> dict[str, str]:
    """The source entry of a feed at the media host."""
    return {"type": "rss", "url": f"@@media@@/{account}.{ending}"}


def rss_of(account: str, code: str, newest: date, words: str = OPEN, readings: int = 6) -> dict[str, Answer]:
    """The whole diary of an account as an RSS feed."""
    posts = diary(unit_of(code), newest, readings=readings)
    return {f"/{account}.xml": xml(shapes.rss(name_of(code), words, posts, account))}
