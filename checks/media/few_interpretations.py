"""政务新媒体政策解读不足。

检查什么：上一个完整年度，账号发布的政策解读是否达到规定次数。
依据：寻乌县2022年度评分表第30项（5次以上）。
如何判定：数上一年1月1日至12月31日标题写明是政策解读的信息（解读、图解、一图读懂、答记者问、政策问答等），逐条列出归类的理由；
达到规定次数的合格；连同疑似的（标题没有写明、正文提到的）仍少于规定次数的违规；疑似的算上才够的，无法判定，由人核实。
信息源没有追溯到年初的，无法判定；上一年内才开通的账号，由人核实，不判违规；上一年还没有开通的不适用。
示例：规定5次，上一年发布解读4次，违规；5次，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from checks.media.interpreting import Likeness, Reading, classify
from checks.media.life import is_gone, known_on, not_assessed, place_of
from domain.check import Check, Subject
from domain.observation import CHINA, AccountObservation, Post
from domain.outcome import Inconclusive, NotApplicable, Outcome, Pass, Value, Violation
from domain.target import AccountKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """How many are asked a year; a scheme's own words that make a title one; kinds not bound."""

    required: int = 5
    words: tuple[str, ...] = ()
    exempt_kinds: tuple[AccountKind, ...] = ()


MOST_LISTED = 20


def subjects(observation: AccountObservation, params: Params) -> Iterable[Subject]:
    """The account."""
    account = observation.account
    yield Subject(key=account.id, unit=observation.owner, name=account.name)


def judge(subject: Subject, observation: AccountObservation, params: Params) -> Outcome:
    """Whether last year's posts held enough interpretations."""
    exempt = not_assessed(observation, params.exempt_kinds) or is_gone(observation)
    if exempt:
        return exempt
    account, year = observation.account, observation.today.year - 1
    if account.opened_on and account.opened_on.year > year:
        return NotApplicable(reason=f"账号{account.opened_on.isoformat()}开通，{year}年还没有")
    posts = [post for post in observation.posts.get() if _year_of(post) == year]
    readings = [(post, classify(post, params.words)) for post in posts]
    sure = [pair for pair in readings if pair[1].likeness is Likeness.SURE]
    possible = [pair for pair in readings if pair[1].likeness is Likeness.POSSIBLE]
    if len(sure) >= params.required:
        return Pass(reason=f"{year}年发布政策解读{len(sure)}次")
    gap = _gap(observation, year)
    if gap:
        return gap
    if len(sure) + len(possible) >= params.required:
        words = f"{year}年写明是政策解读的{len(sure)}次，另有疑似{len(possible)}次，请人工核实"
        return Inconclusive(reason=words)
    observation.gone.whole()
    return Violation(
        url=place_of(observation),
        summary=f"“{account.name}”{year}年发布政策解读{len(sure)}次，少于规定的{params.required}次。",
        observed={
            "count": len(sure),
            "required": params.required,
            "year": year,
            "interpretations": _listed(sure),
            "possible": _listed(possible),
        },
        expected={"count_at_least": params.required},
    )


def _gap(observation: AccountObservation, year: int) -> Inconclusive | None:
    """Why the year's count is not proven; None when it is."""
    observation.posts.whole()
    reach, account = observation.reaches_back_to, observation.account
    if reach is None or reach > datetime(year, 1, 1, tzinfo=CHINA):
        return Inconclusive(reason=f"信息源没有追溯到{year}年年初，不能统计次数")
    if not observation.posts.get():
        return Inconclusive(reason="信息源没有返回任何信息，不能说明没有发布")
    if all(_year_of(post) > year for post in observation.posts.get()):
        return Inconclusive(reason=f"信息源给出的信息都在{year}年以后，不能统计次数")
    if known_on(observation) < date(year, 12, 31):
        return Inconclusive(reason=f"登记只到{known_on(observation).isoformat()}，不能统计全年次数")
    if account.opened_on and account.opened_on > date(year, 1, 1):
        return Inconclusive(reason=f"账号{account.opened_on.isoformat()}才开通，不足一个完整年度，请人工核实")
    return None


def _year_of(post: Post) -> int:
    return post.posted_at.astimezone(CHINA).year


def _listed(readings: list[tuple[Post, Reading]]) -> list[Value]:
    """The posts with the day and the reason why each was counted."""
    return [
        {
            "day": post.posted_at.astimezone(CHINA).date().isoformat(),
            "title": post.title[:100],
            "url": post.url,
            "reason": reading.reason,
        }
        for post, reading in readings[:MOST_LISTED]
    ]


CHECK = Check(
    id="media.few-interpretations",
    title="政务新媒体政策解读不足",
    basis="寻乌2022第30项",
    params=Params,
    subjects=subjects,
    judge=judge,
    of="account",
)
