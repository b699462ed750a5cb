"""Rich observations: sites and accounts with faults of many kinds, drawn at random."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from checks.annual_report.incomplete import SECTION_TITLES
from checks.guide.incomplete import ELEMENT_TITLES
from checks.on_request.incomplete import FUNCTION_TITLES
from checks.site.footer_incomplete import MARK_TITLES
from domain.observation import (
    CHINA,
    AccountObservation,
    Attachment,
    Column,
    Document,
    Entry,
    Guide,
    HeadChange,
    Home,
    LinkState,
    LinkTarget,
    Listing,
    Message,
    OnRequest,
    Particulars,
    Peer,
    Post,
    ProbeSeries,
    Profile,
    Report,
    SiteObservation,
    SuspectLink,
    TaggedPage,
)
from domain.page import Link, Region
from domain.target import ColumnKind
from tests import observations as o
from tests.checks.annual_report.grids import SOUND, SOUND4, table3

YEAR = {
    o.AS_OF.date() + timedelta(days=n): (o.AS_OF.date() + timedelta(days=n)).weekday() < 5
    for n in range(-400, 30)
}
PATHS = tuple(f"c{n}/" for n in range(5))
KINDS = (
    ColumnKind.NEWS,
    ColumnKind.NOTICES,
    ColumnKind.GUIDE,
    ColumnKind.ANNUAL_REPORT,
    ColumnKind.POLICY_DOCUMENTS,
    ColumnKind.POLICY_INTERPRETATION,
    ColumnKind.CONSULTATION,
    ColumnKind.PLANNING,
    ColumnKind.OTHER,
)
TITLES = (
    "关于促进就业的实施意见",
    "《关于促进就业的实施意见》政策解读",
    "关于公开征求《城市管理办法》意见的公告",
    "关于公开征求《供水管理办法（草案）》意见的公告",
    "《城市管理办法》征求意见采纳情况反馈",
    "2026年公开招聘工作人员公告",
    "城市发展规划纲要",
    "召开年中工作会议",
    "关于端午节放假的通知",
)
TEXTS = (
    "征求意见时间：2026年5月1日至5月10日。",
    "征求意见时间：2026年5月3日至5月20日。",
    "征求意见时间：2026年4月6日至4月16日。",
    "征求意见时间：2026年4月1日至4月30日。",
    "征求意见时间延长至2026年6月20日。",
    "为更好理解《关于促进就业的实施意见》，现解读如下。",
    "联系人身份证号码11010519491231002X，电话13800138000。",
    "内容从略。",
    "秘密★5年\n中华人民共合国",
)
TABLES = ((), (table3(SOUND), SOUND4), (table3({**SOUND, "total": ("9",) * 7}), SOUND4))
REPORTS = ("一、总体情况\n良好。\n二、主动公开情况\n如下。\n", "六、其他需要报告的事项\n无\n一、总体情况\n")
UNITS = ("U01", "U02")

flags = st.booleans()
units = st.sampled_from(UNITS)


def parts(names: object) -> st.SearchStrategy[frozenset[str]]:
    """All of the names but a few."""
    known = sorted(names)  # type: ignore[call-overload]
    return st.sets(st.sampled_from(known), max_size=3).map(lambda gone: frozenset(known) - gone)


AGES = (None, 0, 1, 13, 14, 15, 29, 30, 60, 150, 182, 183, 200, 330, 400, -1, -30)
days = st.sampled_from(AGES).map(lambda age: None if age is None else o.AS_OF.date() - timedelta(days=age))


@st.composite
def entries(draw: st.DrawFn, path: str = "", titles: tuple[str, ...] = TITLES) -> Entry:
    day: date | None = draw(days)
    return Entry(
        title=draw(st.sampled_from(titles)),
        url=o.url(f"{path}a{draw(st.integers(0, 3))}.html"),
        day=o.seen(day),
        list_day=draw(st.sampled_from([day, None])),
        article_day=o.seen(draw(days)) if draw(flags) else None,
        pinned=draw(flags),
    )


@st.composite
def columns(
    draw: st.DrawFn, path: str, kinds: tuple[ColumnKind, ...] = KINDS, titles: tuple[str, ...] = TITLES
) -> Column:
    children = tuple(o.url(other) for other in draw(st.sets(st.sampled_from(PATHS), max_size=2)))
    listing = Listing(
        entries=tuple(draw(st.lists(entries(path, titles), max_size=3))),
        children=children,
        static=draw(flags),
        text_length=draw(st.sampled_from([0, 0, 200])),
    )
    return Column(
        url=o.url(path),
        name=draw(st.sampled_from(["栏目", "规划计划"])),
        kind=draw(st.sampled_from(kinds)),
        unit=draw(units),
        listing=o.seen(listing, where=o.url(path)),
        exempt=draw(st.sampled_from([False, False, False, True])),
        archived=draw(st.sampled_from([False, False, False, True])),
        disclosure=draw(flags),
        limit_days=draw(st.sampled_from([None, None, 30])),
        parent=draw(st.sampled_from([None, *map(o.url, PATHS)])),
    )


@st.composite
def homes(draw: st.DrawFn) -> Home:
    return Home(
        url=o.HOME,
        title="首页",
        tags={},
        marks=o.seen(draw(parts(MARK_TITLES))),
        identifier=None,
        entries=o.seen(tuple(draw(st.lists(entries(), max_size=3)))),
        gateway=draw(flags),
        second_level=tuple(
            o.seen(tuple(part)) for part in draw(st.lists(st.lists(entries(), max_size=2), max_size=2))
        ),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    path = f"{draw(st.sampled_from(PATHS))}a{draw(st.integers(0, 3))}.html"
    text = draw(st.sampled_from(TEXTS))
    links = draw(st.lists(st.sampled_from(PATHS), max_size=2))
    return Document(
        url=o.url(path),
        title=draw(st.sampled_from(TITLES)),
        text=text,
        column=o.url(path[: path.index("/") + 1]),
        kind=draw(st.sampled_from(KINDS)),
        unit=draw(units),
        day=o.seen(draw(days)),
        links=tuple(
            Link(url=o.url(f"{to}a{draw(st.integers(0, 3))}.html"), text="相关", region=Region.BODY)
            for to in links
        ),
        attachments=(
            Attachment(
                url=o.url(path + ".xls"),
                name="名单.xls",
                text=o.seen(draw(st.sampled_from(TEXTS))),
                tables=o.seen(()),
            ),
        )
        if draw(flags)
        else (),
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    path = draw(st.sampled_from(["nb/1.html", "nb/2.html", "nb/3.html"]))
    return Report(
        url=o.url(path),
        unit=draw(units),
        title="政府信息公开工作年度报告",
        year=draw(st.sampled_from([2024, 2025, 2025])),
        day=o.seen(draw(days)),
        sections=o.seen(draw(parts(SECTION_TITLES))),
        text=o.seen(draw(st.sampled_from(REPORTS))),
        tables=o.seen(draw(st.sampled_from(TABLES))),
    )


def particulars(names: tuple[str, ...]) -> st.SearchStrategy[tuple[Particulars, ...]]:
    one = st.builds(
        lambda n, unit, stated: Particulars(
            url=o.url(f"p/{n}.html"), unit=unit, title="一页", stated=o.seen(stated)
        ),
        st.integers(0, 3),
        units,
        st.sets(st.sampled_from(names)).map(frozenset),
    )
    return st.lists(one, max_size=2, unique_by=lambda page: page.url).map(tuple)


LEADER = (
    "photo",
    "name",
    "birth",
    "ethnicity",
    "education",
    "post",
    "political_status",
    "duties",
    "current_post",
)
ORGANISATION = ("functions", "offices", "office_heads", "phone", "hours")
SERVICE = ("item_name", "basis", "conditions", "materials", "place", "time", "phone", "process")

messages = st.builds(
    lambda n, asked, answered: Message(
        url=o.url(f"m/{n}.html"), title="留言", asked_on=o.seen(asked), answered=o.seen(answered)
    ),
    st.integers(0, 3),
    days,
    flags,
)
links = st.builds(
    lambda n, state: LinkTarget(
        url=o.url(f"l/{n}"), found_on=(o.HOME,), text="链接", state=state, status="404", tries=2
    ),
    st.integers(0, 3),
    st.sampled_from(list(LinkState)),
)
suspects = st.builds(
    lambda n, hidden, suspicious: SuspectLink(
        page=o.HOME,
        target=f"http://spam{n}.test/",
        text="彩票",
        hidden=hidden,
        suspicious=suspicious,
        why="隐藏且可疑",
    ),
    st.integers(0, 3),
    flags,
    flags,
)
head_changes = st.builds(
    lambda n, suspicious: HeadChange(
        page=o.url(f"c{n}/"), before="通知公告", after="彩票平台", suspicious=suspicious, why="标题改换"
    ),
    st.integers(0, 3),
    flags,
)
probes = st.builds(
    lambda failed, days_covered: o.probes(failed=failed, days=days_covered),
    st.sampled_from([0, 6, 7, 70]),
    st.sampled_from([3, 7]),
)


def many(strategy: st.SearchStrategy[object], most: int = 3) -> st.SearchStrategy[tuple[object, ...]]:
    """Some of a strategy's values, each address once."""
    return st.lists(strategy, max_size=most, unique_by=lambda value: getattr(value, "url", value)).map(tuple)


@st.composite
def articles_of(draw: st.DrawFn, column: Column) -> tuple[Document, ...]:
    """The articles of a column's entries, all of them read."""
    entries = column.listing.fact.entries  # type: ignore[union-attr]
    return tuple(
        Document(
            url=entry.url,
            title=entry.title,
            text=draw(st.sampled_from(TEXTS)),
            column=column.url,
            kind=column.kind,
            unit=column.unit,
            day=entry.day,
            links=tuple(
                Link(url=other.url, text="相关", region=Region.BODY) for other in entries if draw(flags)
            ),
        )
        for entry in entries
    )


@st.composite
def sites(
    draw: st.DrawFn,
    kinds: tuple[ColumnKind, ...] = KINDS,
    titles: tuple[str, ...] = TITLES,
    all_read: bool = False,
) -> SiteObservation:
    """A site, all of it seen, with whatever faults were drawn."""
    as_of = datetime(2026, draw(st.sampled_from([1, 2, 3, 4, 6])), 28, 9, tzinfo=CHINA)
    tagged = (
        TaggedPage(
            kind=kind,
            url=o.url(path),
            tags=dict.fromkeys(draw(parts(o.TagParams().required[kind])), "值"),
        )
        for kind, path in (("home", ""), ("column", "c0/"), ("article", "c0/a0.html"))
    )
    guides = st.builds(
        lambda unit, elements, fees: Guide(
            url=o.url(f"zn/{unit}"), unit=unit, title="指南", elements=o.seen(elements), fees=o.seen(fees)
        ),
        units,
        parts(ELEMENT_TITLES),
        flags,
    )
    on_request = st.builds(
        lambda unit, functions: OnRequest(url=o.url(f"ysq/{unit}"), unit=unit, functions=o.seen(functions)),
        units,
        parts(FUNCTION_TITLES),
    )
    found_reports = tuple(draw(st.lists(reports(), max_size=3, unique_by=lambda report: report.url)))
    peers = {
        report.url: (Peer(url="http://other.test/nb", unit="U03", title="另一份", similarity=0.97),)
        for report in found_reports
        if draw(flags)
    }
    paths = draw(st.sets(st.sampled_from(PATHS)))
    grown = tuple(draw(columns(path, kinds, titles)) for path in sorted(paths))
    reading = all_read or draw(flags)
    read = [document for column in grown for document in draw(articles_of(column))] if reading else []
    read += [] if all_read else draw(st.lists(documents(), max_size=3))
    return o.site_observation(
        as_of=draw(st.sampled_from([o.AS_OF, as_of])),
        home=o.seen(draw(homes())),
        columns=o.seen(grown),
        tagged=o.seen(tuple(tagged)),
        documents=o.seen(tuple({d.url: d for d in read}.values())),
        standing=o.seen((replace(draw(documents()), url=o.HOME),)),
        guides=o.seen(draw(many(guides, 2))),
        reports=o.seen(found_reports),
        on_request=o.seen(draw(many(on_request, 2))),
        leaders=o.seen(draw(particulars(LEADER))),
        organisations=o.seen(draw(particulars(ORGANISATION))),
        services=o.seen(draw(particulars(SERVICE))),
        messages=o.seen(draw(many(messages))),
        channels=o.seen(
            draw(st.sampled_from([frozenset(), frozenset({"message_board"}), frozenset({"petition"})]))
        ),
        links=o.seen(draw(many(links))),
        suspects=o.seen(draw(many(suspects))),
        head_changes=o.seen(draw(many(head_changes, 1))),
        probes=o.seen(draw(probes)),
        peers=o.seen(peers),
        working_days=YEAR,
        guests=("U02",) if draw(flags) else (),
        site=o.with_declared(o.declared("c0/", ColumnKind.GUIDE, "U02")),
    )


def dealings(*, paired: bool = False, prolonged: bool = False) -> st.SearchStrategy[SiteObservation]:
    """Sites whose columns hold policies, interpretations and consultations, every article read.

    With `paired` all is about one policy and its interpretation, with `prolonged` about one consultation
    and the notice that it runs longer.
    """
    kinds = (ColumnKind.POLICY_DOCUMENTS, ColumnKind.POLICY_INTERPRETATION, ColumnKind.CONSULTATION)
    if prolonged:
        titles = (TITLES[2], "关于延长《城市管理办法》征求意见期限的公告")
        return sites(kinds=(ColumnKind.CONSULTATION, ColumnKind.NOTICES), titles=titles, all_read=True)
    titles = (*TITLES[:4], "关于加强养老服务工作的意见", "关于规范停车收费的办法")
    return sites(kinds=kinds[:2] if paired else kinds, titles=titles[:2] if paired else titles, all_read=True)


posts = st.builds(
    lambda age, title, text, pinned: Post(
        url=f"http://feeds.test/{age}",
        title=title,
        text=text,
        posted_at=o.AS_OF.astimezone(UTC) - timedelta(days=age),
        pinned=pinned,
    ),
    st.one_of(st.integers(0, 30), st.integers(230, 340), st.integers(181, 545)),
    st.sampled_from(["一图读懂新办法", "工作动态", "政策解读：医保新规"]),
    st.sampled_from(["", *TEXTS[4:]]),
    flags,
)


@st.composite
def accounts(draw: st.DrawFn) -> AccountObservation:
    """An account, all of it seen."""
    return o.account_observation(
        *draw(st.lists(posts, max_size=12)),
        profile=o.seen(Profile(interactive=draw(st.sampled_from([True, False, None])))),
        gone=o.seen(draw(flags)),
        reaches_back_to=datetime(2024, 1, 1, tzinfo=CHINA),
    )


__all__ = ["ProbeSeries", "accounts", "dealings", "sites"]
