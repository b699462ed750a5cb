"""What an account posted, as the checks on what is published read it."""

from collections.abc import Iterable

from checks.content.published import Part
from checks.media.life import is_gone, not_assessed, place_of
from domain.check import Subject
from domain.limit import Limit
from domain.observation import CHINA, AccountObservation, Post, Unseen
from domain.outcome import NotApplicable, Pass

REACH = Limit(months=12)
"""Posts as old as that are read: a feed may go back for years."""


def key_of(post: Post, observation: AccountObservation) -> str:
    """The address of a post; where the source gives none, the account with the moment of posting."""
    return post.url or f"{observation.account.id}:{post.posted_at.isoformat()}"


def posts(observation: AccountObservation) -> Iterable[Subject]:
    """Every post of the last year that was seen; the account where it is not assessed or shows none."""
    account = observation.account
    oldest = REACH.oldest(observation.today)
    recent = {
        key_of(post, observation): post
        for post in (() if _not_judged(observation) else observation.posts.get())
        if post.posted_at.astimezone(CHINA).date() >= oldest
    }
    if not recent:
        yield Subject(key=account.id, unit=observation.owner, name=account.name)
        return
    for key, post in recent.items():
        title = post.title or post.text[:30]
        yield Subject(key=key, unit=observation.owner, name=f"{account.name}：{title}")


def silence_of(subject: Subject, observation: AccountObservation) -> Pass | NotApplicable | None:
    """What is to be said of an account instead of its posts; None for a post."""
    if subject.key != observation.account.id:
        return None
    exempt = _not_judged(observation)
    if exempt:
        return exempt
    observation.posts.whole()
    return Pass(reason="一年内没有发布信息")


def _not_judged(observation: AccountObservation) -> NotApplicable | None:
    """Why nothing is said of the posts: the account is out of life, or gone with all it posted."""
    gone = is_gone(observation) if isinstance(observation.posts, Unseen) else None
    return not_assessed(observation) or gone


def parts_of(subject: Subject, observation: AccountObservation) -> tuple[Part, ...]:
    """The title and text of every post under the subject's address."""
    place = place_of(observation)
    return tuple(
        Part(text=f"{post.title}\n{post.text}", url=post.url or place)
        for post in observation.posts.get()
        if key_of(post, observation) == subject.key
    )
