"""政务新媒体政策解读不足。

检查什么：上一个完整年度，账号发布的政策解读是否达到规定次数。
依据：寻乌县2022年度评分表第30项（5次以上）。
如何判定：数上一年1月1日至12月31日标题或正文带有解读字样的信息，少于规定次数的违规；
信息源没有追溯到年初的，无法判定；上一年内才开通的账号，只要求开通之后的部分，由人核实，不判违规；上一年还没有开通的不适用。
示例：规定5次，上一年发布解读4次，违规；5次，合格。
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from checks.media.life import is_gone, not_assessed
from domain.check import Check, Subject
from domain.observation import CHINA, AccountObservation, Post
from domain.outcome import Inconclusive, NotApplicable, Outcome, Pass, Violation
from domain.target import AccountKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """How many are asked a year; the words that make a post an interpretation; kinds not bound."""

    required: int = 5
    words: tuple[str, ...] = (
        "解读",
        "图解",
        "读懂",
        "看懂",
        "政策问答",
        "问答",
        "答记者问",
        "政策详解",
        "划重点",
        "明白卡",
        "说政策",
        "讲政策",
    )
    exempt_kinds: tuple[AccountKind, ...] = ()


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
    pattern = re.compile("|".join(map(re.escape, params.words)))
    posts = observation.posts.get()
    count = sum(_year_of(post) == year and _is_interpretation(post, pattern) for post in posts)
    if count >= params.required:
        return Pass(reason=f"{year}年发布政策解读{count}次")
    observation.posts.whole()
    reach = observation.reaches_back_to
    if reach is None or reach > datetime(year, 1, 1, tzinfo=CHINA):
        return Inconclusive(reason=f"信息源没有追溯到{year}年年初，不能统计次数")
    if not posts:
        return Inconclusive(reason="信息源没有返回任何信息，不能说明没有发布")
    if account.opened_on and account.opened_on > date(year, 1, 1):
        return Inconclusive(reason=f"账号{account.opened_on.isoformat()}才开通，不足一个完整年度，请人工核实")
    observation.gone.whole()
    return Violation(
        url=account.profile or account.source.url or "",
        summary=f"“{account.name}”{year}年发布政策解读{count}次，少于规定的{params.required}次。",
        observed={"count": count, "required": params.required, "year": year},
        expected={"count_at_least": params.required},
    )


def _year_of(post: Post) -> int:
    return post.posted_at.astimezone(CHINA).year


def _is_interpretation(post: Post, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(post.title) or pattern.search(post.text))


CHECK = Check(
    id="media.few-interpretations",
    title="政务新媒体政策解读不足",
    basis="寻乌2022第30项",
    params=Params,
    subjects=subjects,
    judge=judge,
    of="account",
)
