"""Blind the walk in any way, and no new violation appears: unseen pages accuse nobody."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from checks.catalogue import all_checks
from checks.runner import ask, merge
from crawler.address import canonical
from crawler.observe import observe
from domain.check import Question
from domain.limit import Limit
from domain.outcome import Violation
from domain.page import Item, Link, Page, PageKind, Region
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from domain.walk import Pending, Walk
from tests.observations import AS_OF, SITE, declared, url, with_declared
from tests.walks import MARKS, article, home, item, links, nav, page, registry, walked

pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
"""A failing example is a whole site: hypothesis warns of its length."""

NOT_SEEN = (
    FetchStatus.BLOCKED,
    FetchStatus.TIMEOUT,
    FetchStatus.HTTP_ERROR,
    FetchStatus.UNREACHABLE,
    FetchStatus.UNRENDERED,
    FetchStatus.MISDIRECTED,
    None,
)
"""How a page may end unseen; None: it was never asked for."""

OWN_REACH = {"site.unreachable", "site.broken-link"}
STALE = {
    "limits": {kind: Limit(days=14) for kind in (ColumnKind.NEWS, ColumnKind.NOTICES)},
    "every_disclosure_column": Limit(months=6),
}
QUESTIONS = [
    Question(
        check=check,
        params=check.params(**(STALE if check.id == "column.stale" else {})),
        indicators=("test/1",),
    )
    for check in all_checks().values()
    if check.of == "site" and check.id not in OWN_REACH
]

TOP = (
    "工作动态",
    "通知公告",
    "政策文件",
    "政策解读",
    "意见征集",
    "局长信箱",
    "办事服务",
    "专题专栏",
    "魅力示例",
)
BELOW = (
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "政府信息公开年报",
    "依申请公开",
    "财政预决算",
    "领导信息",
    "机构职能",
    "规划计划",
)
TITLES = {
    "政府信息公开年报": ("2025年政府信息公开工作年度报告", "2024年政府信息公开工作年度报告"),
    "政策文件": ("关于促进就业的实施意见", "关于规范停车收费的办法"),
    "政策解读": ("《关于促进就业的实施意见》政策解读", "一图读懂停车收费"),
    "意见征集": ("关于公开征求《停车管理办法》意见的公告", "《停车管理办法》征求意见采纳情况反馈"),
    "规划计划": ("“十五五”发展规划", "关于做好端午节值班工作的通知"),
    "领导信息": ("张三 局长", "李四 副局长"),
    "办事服务": ("卫生许可办事指南", "医师注册办理"),
}
TEXTS = (
    "征求意见时间：2026年5月1日至5月10日。",
    "来信时间：2026-01-05 答复内容：已办理，谢谢您的来信。",
    "来信时间：2026-01-05",
    "一、总体情况\n二、主动公开政府信息情况\n" + "内容" * 120,
    "姓名：张三 民族：汉族 " + "简历" * 40,
    "办理材料：身份证 联系电话：0512-52881234 " + "说明" * 40,
    "",
)
days = st.one_of(
    st.none(),
    st.sampled_from([1, 10, 14, 15, 40, 90, 160, 183, 200, 500, -2]).map(
        lambda age: AS_OF.date() - timedelta(days=age)
    ),
)


@dataclass(frozen=True)
class Drawn:
    """A walk that does not print its thousands of words when a test fails."""

    walk: Walk = field(repr=False)


@st.composite
def lists(draw: st.DrawFn, path: str, name: str, crumbs: list[tuple[str, str]] | None) -> list[Page]:
    """A column with one or two pages, and its articles."""
    titles = TITLES.get(name, ("一条信息的标题", "另一条信息的标题"))
    found = draw(st.lists(days, max_size=4))
    if draw(st.integers(0, 3)):
        found = sorted(found, key=lambda day: day or date.min, reverse=True)
    items: list[Item] = []
    pages: list[Page] = []
    for number, day in enumerate(found):
        where = f"{path}a{number}.html"
        title = titles[number % len(titles)]
        listed = day if draw(st.booleans()) else None
        items.append(item(where, listed.isoformat() if listed else None, title))
        own = [day.isoformat()] if day and draw(st.integers(0, 3)) else []
        text = draw(st.sampled_from(TEXTS))
        pages.append(article(where, title, *own, text=text, tags={"ArticleTitle": title}))
    more: dict[str, Any] = {"crumbs": crumbs} if crumbs else {}
    half = len(items) // 2
    if half and draw(st.booleans()):
        pages.append(page(f"{path}2.html", title=name, items=tuple(items[half:])))
        items, more["pager"] = items[:half], [f"{path}2.html"]
    empty = not items and draw(st.booleans())
    text = "" if empty or items else draw(st.sampled_from(TEXTS))
    kind = PageKind.LIST if items else PageKind.OTHER
    first = page(path, kind, title=name, items=tuple(items), text=text, tags={"ColumnName": name}, **more)
    return [first, *pages]


@st.composite
def sites(draw: st.DrawFn) -> Walk:
    """A site as one finds it: menu, disclosure section, lists, articles, in either style of address."""
    opaque = draw(st.booleans())
    pages: list[Page] = []
    menu: list[tuple[str, str]] = []
    for number, name in enumerate(draw(st.lists(st.sampled_from(TOP), unique=True, max_size=5))):
        path = f"col{number}/" if opaque else f"c{number}/"
        menu.append((path, name))
        pages += draw(lists(path, name, [("", name)] if draw(st.booleans()) else None))
    pages += draw(disclosure(menu, opaque))
    shown = tuple(item(one.url, None, one.title) for one in pages if one.kind is PageKind.ARTICLE)
    front = home(
        *menu,
        items=shown[: draw(st.integers(0, 3))],
        marks=MARKS[: draw(st.integers(4, len(MARKS)))],
        tags={"SiteName": "示例"},
        channels=("message",) if draw(st.booleans()) else (),
    )
    return walked(front, *pages, declared=[url("nb/")] if draw(st.booleans()) else [])


@st.composite
def disclosure(draw: st.DrawFn, menu: list[tuple[str, str]], opaque: bool) -> list[Page]:
    """The disclosure section, reached from the menu, and the columns below it."""
    section = "col90/" if opaque else "xxgk/"
    pages: list[Page] = []
    below: list[tuple[str, str]] = []
    told = draw(st.booleans()) or opaque
    for number, name in enumerate(draw(st.lists(st.sampled_from(BELOW), unique=True, max_size=6))):
        path = f"col9{number + 1}/" if opaque else f"xxgk/x{number}/"
        below.append((path, name))
        pages += draw(lists(path, name, [(section, "政府信息公开"), ("", name)] if told else None))
    if draw(st.booleans()):
        menu.append((section, "政府信息公开"))
        linked: tuple[Link, ...] = links(Region.OTHER, *below) if draw(st.booleans()) else nav(*below)
        pages.append(page(section, PageKind.SECTION, title="政府信息公开", links=linked))
    else:
        menu.extend(below)
    return pages


def violations(walk: Walk) -> set[tuple[str, str, str]]:
    """What the walk's observation violates; a crash of a check fails the test."""
    site = with_declared(declared("nb/", ColumnKind.ANNUAL_REPORT))
    site = site if any(url("nb/") == s.snapshot.url for s in walk.sightings) else SITE
    observation = observe(site, registry(site=site), walk, as_of=AS_OF)
    judgements = list(ask(QUESTIONS, observation))
    assert not [one.crash for one in judgements if one.crash]
    return {
        (verdict.check, verdict.subject.unit, verdict.subject.key)
        for verdict in merge(judgements)
        if isinstance(verdict.outcome, Violation) and verdict.outcome.severity == "violation"
    }


def blinded(walk: Walk, chance: Random) -> Walk:
    """The walk with some pages unseen, and perhaps without what only they lead to."""
    share = chance.choice([0.05, 0.2, 0.6])
    kept, pending = [], list(walk.pending)
    touched = False
    for old in walk.sightings:
        if old.snapshot.status is FetchStatus.GONE or chance.random() >= share:
            kept.append(old)
            continue
        touched = True
        ended = chance.choice(NOT_SEEN)
        ended = ended or (FetchStatus.TIMEOUT if old.role == "home" else None)
        if ended is not None:
            kept.append(replace(old, snapshot=replace(old.snapshot, status=ended), page=None))
        if old.role in {"column", "home"}:
            pending.append(
                Pending(url=old.snapshot.url, text=old.asked_as, found_on=old.found_on or "", why="未能看到")
            )
    one = replace(walk, sightings=tuple(kept), pending=tuple(pending), complete=not touched)
    return _as_far_as_reached(one) if chance.random() < 0.5 else one


def _as_far_as_reached(walk: Walk) -> Walk:
    """The walk without what no page that was seen leads to."""
    led = {canonical(target) for one in walk.sightings if one.page for target in _targets(one.page)}
    kept = (s for s in walk.sightings if s.role == "home" or canonical(s.snapshot.url) in led)
    return replace(walk, sightings=tuple(kept))


def _targets(one: Page) -> list[str]:
    found = [link.url for link in one.links] + [entry.url for entry in one.items]
    return [*found, *one.pager, *one.frames, *(file.url for file in one.attachments)]


def test_pages_that_were_not_seen_accuse_nobody() -> None:
    accused: set[str] = set()

    @settings(
        max_examples=150,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn=sites().map(Drawn), seed=st.integers(0, 2**32))
    def prove(drawn: Drawn, seed: int) -> None:
        found = violations(drawn.walk)
        accused.update(check for check, _, _ in found)
        chance = Random(seed)
        for _ in range(3):
            new = violations(blinded(drawn.walk, chance)) - found
            assert not new, new

    prove()
    assert accused >= {
        "annual-report.missing",
        "column.empty",
        "column.missing",
        "column.stale",
        "consultation.short",
        "guide.incomplete",
        "leaders.incomplete",
        "on-request.incomplete",
        "site.footer-incomplete",
        "site.home-stale",
        "site.tags-missing",
    }
