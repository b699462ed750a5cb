"""Builders of observations for tests: everything seen and in order unless told otherwise."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from checks.annual_report.incomplete import SECTION_TITLES
from checks.guide.incomplete import ELEMENT_TITLES
from checks.on_request.incomplete import FUNCTION_TITLES
from checks.runner import ask
from checks.site.footer_incomplete import MARK_TITLES
from checks.site.tags_missing import Params as TagParams
from domain.check import AnyCheck, Question
from domain.observation import (
    CHINA,
    AccountObservation,
    Column,
    Document,
    Entry,
    Fact,
    Guide,
    Home,
    Listing,
    Message,
    Observation,
    OnRequest,
    Particulars,
    Post,
    ProbeSeries,
    Profile,
    Report,
    Seen,
    Sight,
    SiteObservation,
    TaggedPage,
    Unseen,
)
from domain.outcome import Outcome
from domain.page import DateSource, Link, Region
from domain.snapshot import FetchStatus
from domain.target import (
    Account,
    AccountKind,
    AccountSource,
    AccountState,
    ColumnKind,
    DeclaredColumn,
    Platform,
    Site,
    SourceType,
)
from domain.unit import Unit, UnitCategory
from tests.approved import approve
from tests.told import assert_well_told

T = TypeVar("T")

HOME = "http://wjw.test/"
AS_OF = datetime(2026, 6, 30, 9, 0, tzinfo=CHINA)

OWNER = Unit(code="U01", name="示例市卫生健康局", category=UnitCategory.DEPARTMENT)
COUNTY = Unit(code="U00", name="示例市人民政府", category=UnitCategory.COUNTY)
GUEST = Unit(code="U02", name="示例市城东街道办事处", category=UnitCategory.TOWNSHIP)

SITE = Site(id="s01", unit="U01", name="示例市卫生健康局网站", home=HOME)

BLOCKED = FetchStatus.BLOCKED


def url(path: str) -> str:
    """An address on the test site."""
    return HOME + path.lstrip("/")


def seen(fact: T, *, complete: bool = True, where: str = HOME) -> Seen[T]:
    """A fact that was seen."""
    return Seen(fact, Sight(url=where, note="" if complete else "只看到一部分"), complete)


def unseen(where: str = HOME, status: FetchStatus = BLOCKED) -> Unseen:
    """A fact that was not."""
    return Unseen(Sight(url=where, status=status))


def day_fact(day: date | str | Fact[date | None] | None) -> Fact[date | None]:
    """A date as a fact: of a date, an ISO text or None; a fact stays as it is."""
    if isinstance(day, Seen | Unseen):
        return day
    return seen(date.fromisoformat(day) if isinstance(day, str) else day)


def entry(
    day: date | str | Fact[date | None] | None = None,
    path: str = "a1.html",
    title: str = "一条信息",
    **more: Any,
) -> Entry:
    """An entry with its believed date."""
    fact = day_fact(day)
    source = DateSource.LIST if isinstance(fact, Seen) and fact.fact else None
    return Entry(title=title, url=url(path), day=fact, source=source, **more)


def listing(*entries: Entry, complete: bool = True, **more: Any) -> Seen[Listing]:
    """A column's listing that was seen."""
    return seen(Listing(entries=entries, **more), complete=complete)


def column(
    path: str = "tzgg/",
    kind: ColumnKind = ColumnKind.NOTICES,
    of: Fact[Listing] | None = None,
    **more: Any,
) -> Column:
    """A column of the test site, with one fresh entry unless a listing is given."""
    of = of if of is not None else listing(entry("2026-06-29", path + "a1.html"))
    more.setdefault("name", "通知公告" if kind is ColumnKind.NOTICES else kind.value)
    more.setdefault("unit", "U01")
    return Column(url=url(path), kind=kind, listing=of, **more)


def guide(path: str = "zn/", **more: Any) -> Guide:
    """A disclosure guide with every element."""
    more.setdefault("elements", seen(frozenset(ELEMENT_TITLES)))
    more.setdefault("fees", seen(True))
    return Guide(url=url(path), unit=more.pop("unit", "U01"), title="政府信息公开指南", **more)


def report(
    year: int = 2025, day: date | str | Fact[date | None] | None = "2026-01-20", **more: Any
) -> Report:
    """An annual report with every section, in time."""
    more.setdefault("sections", seen(frozenset(SECTION_TITLES)))
    more.setdefault("text", seen("年度报告正文"))
    more.setdefault("tables", seen(()))
    more.setdefault("url", url(f"nb/{year}.html"))
    more.setdefault("title", f"{year}年政府信息公开工作年度报告")
    return Report(unit=more.pop("unit", "U01"), year=year, day=day_fact(day), **more)


def on_request(path: str = "ysqgk/", **more: Any) -> OnRequest:
    """An on-request column with every function."""
    more.setdefault("functions", seen(frozenset(FUNCTION_TITLES)))
    return OnRequest(url=url(path), unit=more.pop("unit", "U01"), **more)


def particulars(path: str, stated: Iterable[str], **more: Any) -> Particulars:
    """A page that states these particulars."""
    more.setdefault("title", "张三")
    return Particulars(url=url(path), unit=more.pop("unit", "U01"), stated=seen(frozenset(stated)), **more)


def document(path: str, title: str, day: str | None = "2026-05-06", **more: Any) -> Document:
    """An article page."""
    links = tuple(Link(url=url(to), text=to, region=Region.BODY) for to in more.pop("to", ()))
    more.setdefault("text", title)
    more.setdefault("unit", "U01")
    return Document(url=url(path), title=title, day=day_fact(day), links=links, **more)


def message(path: str, asked_on: str | None, answered: bool) -> Message:
    """A public message."""
    return Message(url=url(path), title="咨询一个问题", asked_on=day_fact(asked_on), answered=seen(answered))


def home(**more: Any) -> Home:
    """A home page in order: every mark, one fresh entry."""
    more.setdefault("marks", seen(frozenset(MARK_TITLES)))
    more.setdefault("entries", seen((entry("2026-06-29", "tzgg/a1.html"),)))
    return Home(url=HOME, title="示例市卫生健康局", tags={}, identifier=None, **more)


def tagged(kind: str, path: str = "", drop: Iterable[str] = (), **change: str) -> TaggedPage:
    """A page with every tag its kind owes, but for those dropped or changed."""
    tags = {name: "值" for name in TagParams().required[kind] if name not in set(drop)}
    return TaggedPage(kind=kind, url=url(path), tags=tags | change)


def site_observation(**more: Any) -> SiteObservation:
    """A site all seen and in order, with these facts instead."""
    defaults: dict[str, Any] = {
        "site": SITE,
        "units": {unit.code: unit for unit in (COUNTY, OWNER, GUEST)},
        "as_of": AS_OF,
        "home": seen(home()),
        "columns": seen((column(),)),
        "tagged": seen((tagged("home"), tagged("column", "tzgg/"), tagged("article", "tzgg/a1.html"))),
        "documents": seen(()),
        "standing": seen(()),
        "guides": seen((guide(),)),
        "reports": seen((report(),)),
        "on_request": seen((on_request(),)),
        "leaders": seen(()),
        "organisations": seen(()),
        "services": seen(()),
        "messages": seen(()),
        "channels": seen(frozenset({"message_board"})),
        "links": seen(()),
        "suspects": seen(()),
        "probes": seen(probes(failed=0)),
    }
    return SiteObservation(**(defaults | more))


def probes(*, failed: int, of: int = 140, days: int = 7, fewest: int = 20) -> ProbeSeries:
    """A week of probes."""
    return ProbeSeries(
        since=datetime(2026, 6, 23, tzinfo=UTC),
        until=datetime(2026, 6, 30, tzinfo=UTC),
        probes=of,
        failed=failed,
        days_covered=days,
        fewest_a_day=fewest,
    )


def declared(path: str, kind: ColumnKind, unit: str | None = None, name: str = "栏目") -> DeclaredColumn:
    """A declared column of the test site."""
    return DeclaredColumn(name=name, url=url(path), kind=kind, unit=unit)


def with_declared(*columns: DeclaredColumn) -> Site:
    """The test site with these columns declared."""
    return replace(SITE, columns=columns)


def account(**more: Any) -> Account:
    """A WeChat subscription account in its normal life."""
    more.setdefault("platform", Platform.WECHAT)
    more.setdefault("kind", AccountKind.SUBSCRIPTION)
    more.setdefault("state", AccountState.NORMAL)
    source = AccountSource(type=SourceType.RSS, url="http://feeds.test/a01.xml")
    return Account(id="a01", unit="U01", name="健康示例", source=source, **more)


def post(day: str, title: str = "推文", **more: Any) -> Post:
    """A post at noon of a day in China."""
    at = datetime.combine(date.fromisoformat(day), datetime.min.time(), CHINA).replace(hour=12)
    return Post(url=f"http://feeds.test/{day}/{title}", title=title, posted_at=at, **more)


def account_observation(*posts: Post, **more: Any) -> AccountObservation:
    """An account whose posts were all seen."""
    defaults: dict[str, Any] = {
        "account": account(),
        "unit": OWNER,
        "as_of": AS_OF,
        "posts": seen(posts),
        "profile": seen(Profile(interactive=True)),
        "gone": seen(False),
        "reaches_back_to": datetime(2024, 1, 1, tzinfo=CHINA),
    }
    return AccountObservation(**(defaults | more))


def judged(check: AnyCheck, observation: Observation, params: Any = None) -> dict[str, Outcome]:
    """Every outcome of one check over the observation, by subject."""
    return {key: outcome for (key, _), outcome in judged_by_unit(check, observation, params).items()}


def judged_by_unit(
    check: AnyCheck, observation: Observation, params: Any = None
) -> dict[tuple[str, str], Outcome]:
    """Every outcome of one check, by subject and unit; a crash, or words nobody can read, fails the test."""
    question = Question(check=check, params=params if params is not None else check.params(), indicators=())
    outcomes: dict[tuple[str, str], Outcome] = {}
    for judgement in ask([question], observation):
        assert_well_told(judgement)
        approve(judgement)
        key = (judgement.subject.key, judgement.subject.unit)
        assert key not in outcomes, f"{key} is judged twice"
        outcomes[key] = judgement.outcome
    return outcomes


def only(check: AnyCheck, observation: Observation, params: Any = None) -> Outcome:
    """The one outcome of a check that judges one subject here."""
    outcomes = judged_by_unit(check, observation, params)
    assert len(outcomes) == 1, outcomes
    return next(iter(outcomes.values()))
