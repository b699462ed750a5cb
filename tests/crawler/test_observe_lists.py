"""What a column shows: entries, believed dates, and whether the newest is among them."""

from dataclasses import replace
from datetime import date

import pytest

from crawler.observe import observe
from domain.observation import Entry, Listing, Seen, Unseen
from domain.page import DateSource, PageKind, Region
from domain.snapshot import FetchStatus
from domain.walk import Walk
from tests.observations import AS_OF, SITE, url
from tests.walks import article, clue, home, item, links, page, registry, unseen_at, walked


def listing_of(one: Walk, path: str = "tzgg/", **more) -> Seen[Listing] | Unseen:
    observation = observe(SITE, registry(), one, as_of=AS_OF, **more)
    return next(column.listing for column in observation.columns.get() if column.url == url(path))


def listed(*items, articles=(), pages=(), **more) -> Walk:
    front = home(("tzgg/", "通知公告"))
    return walked(front, page("tzgg/", title="通知公告", items=items, **more), *articles, *pages)


def entries(one: Walk, **more) -> tuple[Entry, ...]:
    listing = listing_of(one, **more)
    assert isinstance(listing, Seen)
    return listing.fact.entries


def day_of(entry: Entry) -> date | None:
    assert isinstance(entry.day, Seen)
    return entry.day.fact


# -- dates -----------------------------------------------------------------------------------------


def test_the_date_of_the_list_wins_and_the_article_s_own_is_kept() -> None:
    one = listed(item("a.html", "2026-06-20"), articles=[article("a.html", "标题", "2026-05-20")])
    entry = entries(one)[0]
    assert day_of(entry) == date(2026, 6, 20)
    assert entry.source is DateSource.LIST
    assert entry.list_day == date(2026, 6, 20)
    assert entry.article_day is not None
    assert entry.article_day.get() == date(2026, 5, 20)


def test_article_gives_the_date_that_the_list_does_not() -> None:
    clues = [clue("2026-01-01", DateSource.URL), clue("2026-06-19"), clue("2026-06-18", DateSource.TAG)]
    one = listed(item("a.html"), articles=[article("a.html", "标题", *clues)])
    entry = entries(one)[0]
    assert day_of(entry) == date(2026, 6, 18)
    assert entry.source is DateSource.TAG


def test_an_article_s_date_without_a_year_contradicts_the_list_only_if_it_does_in_every_year() -> None:
    """The latest such day would be this year's, and the entry of an earlier year look forged."""
    yearless = replace(clue("2026-06-02"), yearless=True)
    for listed_day, own in (("2024-06-02", "2024-06-02"), ("2024-05-20", "2024-06-02")):
        one = listed(item("a.html", listed_day), articles=[article("a.html", "标题", yearless)])
        entry = entries(one)[0]
        assert day_of(entry) == date.fromisoformat(listed_day)
        assert entry.article_day is not None
        assert entry.article_day.get() == date.fromisoformat(own)


def test_an_article_s_date_across_new_year_is_the_list_s_neighbour() -> None:
    yearless = replace(clue("2026-01-01"), yearless=True)
    one = listed(item("a.html", "2024-12-31"), articles=[article("a.html", "标题", yearless)])
    own = entries(one)[0].article_day
    assert own is not None
    assert own.get() == date(2025, 1, 1)


def test_undated_only_when_the_article_was_read_and_bears_none() -> None:
    one = listed(item("a.html"), articles=[article("a.html", "标题")])
    assert day_of(entries(one)[0]) is None
    for status in (FetchStatus.BLOCKED, FetchStatus.GONE, None):
        blind = unseen_at(one, {"a.html": status})
        assert isinstance(entries(blind)[0].day, Unseen)


def test_unread_article_does_not_matter_where_the_list_has_the_date() -> None:
    one = unseen_at(listed(item("a.html", "2026-06-20"), articles=[article("a.html")]), ["a.html"])
    entry = entries(one)[0]
    assert day_of(entry) == date(2026, 6, 20)
    assert isinstance(entry.article_day, Unseen)


def test_year_that_the_list_leaves_out_is_the_article_s() -> None:
    yearless = item("a.html", "2026-06-20", yearless=True)
    one = listed(yearless, articles=[article("a.html", "标题", "2024-06-20")])
    assert day_of(entries(one)[0]) == date(2024, 6, 20)
    assert day_of(entries(unseen_at(one, ["a.html"]))[0]) == date(2026, 6, 20)


def test_a_list_of_dates_of_writing_tells_no_day_of_publication() -> None:
    """The article's own word goes before it and does not contradict it; unread it may be newer."""
    written = item("a.html", "2025-10-20", written=True)
    one = listed(written, articles=[article("a.html", "标题", "2026-06-11")])
    entry = entries(one)[0]
    assert (day_of(entry), entry.list_day) == (date(2026, 6, 11), None)
    assert isinstance(entries(unseen_at(one, ["a.html"]))[0].day, Unseen)
    silent = entries(listed(written, articles=[article("a.html", "标题")]))[0]
    assert (day_of(silent), silent.source) == (date(2025, 10, 20), DateSource.LIST)
    fresh = listed(item("a.html", "2026-06-25", written=True), articles=[article("a.html")])
    assert day_of(entries(unseen_at(fresh, ["a.html"]))[0]) == date(2026, 6, 25)


def test_a_date_of_another_event_dates_the_entry_and_contradicts_nothing() -> None:
    letter = item("a.html", "2026-06-01", event=True)
    entry = entries(listed(letter, articles=[article("a.html", "标题", "2026-06-11")]))[0]
    assert (day_of(entry), entry.list_day) == (date(2026, 6, 1), None)


def test_of_several_words_of_the_article_the_one_that_agrees_with_the_list_counts() -> None:
    clues = [clue("2026-06-29", DateSource.TAG), clue("2026-06-11")]
    entry = entries(listed(item("a.html", "2026-06-11"), articles=[article("a.html", "标题", *clues)]))[0]
    assert entry.article_day is not None
    assert entry.article_day.get() == date(2026, 6, 11)
    other = entries(listed(item("a.html", "2026-05-01"), articles=[article("a.html", "标题", *clues)]))[0]
    assert other.article_day is not None
    assert other.article_day.get() == date(2026, 6, 29)


def test_list_date_yet_to_come_needs_the_article() -> None:
    one = listed(item("a.html", "2027-06-20"), articles=[article("a.html", "标题", "2026-06-20")])
    assert day_of(entries(one)[0]) == date(2026, 6, 20)
    assert entries(one)[0].list_day == date(2027, 6, 20)
    assert isinstance(entries(unseen_at(one, ["a.html"]))[0].day, Unseen)


def test_uncertain_clues_are_no_word_of_the_article() -> None:
    unsure = clue("2026-06-19", DateSource.LABEL, certain=False)
    one = listed(item("a.html", "2026-06-20"), articles=[article("a.html", "标题", unsure)])
    assert entries(one)[0].article_day == entries(one)[0].article_day
    assert entries(one)[0].article_day.get() is None  # type: ignore[union-attr]


def test_entry_that_only_a_script_opens_is_not_undated() -> None:
    one = listed(
        replace(item("a.html"), url=""), replace(item("b.html", "2026-01-01"), url="", title="另一条")
    )
    first, second = entries(one)
    assert isinstance(first.day, Unseen)
    assert day_of(second) == date(2026, 1, 1)


def test_day_of_first_sight_is_kept_by_address() -> None:
    one = listed(item("a.html", "2026-06-20"))
    first_seen = {url("a.html;jsessionid=AB12CD34"): date(2026, 6, 21)}
    assert entries(one, first_seen=first_seen)[0].first_seen == date(2026, 6, 21)


# -- completeness ------------------------------------------------------------------------------------

FALLING = (item("a.html", "2026-03-03"), item("b.html", "2026-03-02"), item("c.html", "2026-03-02"))


def is_complete(one: Walk) -> bool:
    listing = listing_of(one)
    assert isinstance(listing, Seen)
    return listing.complete


def test_single_page_is_complete_in_any_order() -> None:
    assert is_complete(listed(*FALLING[::-1]))


def test_first_page_that_falls_is_complete_without_the_rest() -> None:
    assert is_complete(listed(*FALLING, pager=["tzgg/2.html"]))
    assert is_complete(listed(*FALLING, page_count=7))


def test_pinned_entries_do_not_disturb_the_order() -> None:
    pinned = item("p.html", "2020-01-01", pinned=True)
    assert is_complete(listed(pinned, *FALLING, page_count=7))


def test_unordered_first_page_needs_all_the_pages() -> None:
    mixed = (FALLING[1], FALLING[0], FALLING[2])
    second = page("tzgg/2.html", items=(item("d.html", "2026-06-01"),), pager=["tzgg/3.html"])
    third = page("tzgg/3.html", items=(item("e.html", "2026-06-02"),))
    whole = listed(*mixed, pager=["tzgg/2.html"], pages=[second, third])
    assert is_complete(whole)
    assert len(entries(whole)) == 5
    assert not is_complete(unseen_at(whole, ["tzgg/3.html"]))
    assert not is_complete(listed(*mixed, page_count=3))


def test_rising_list_is_not_complete_by_its_first_page() -> None:
    assert not is_complete(listed(*FALLING[::-1], page_count=2))


def test_further_page_that_is_gone_is_no_gap() -> None:
    one = listed(*FALLING[::-1], pager=["tzgg/2.html"])
    assert is_complete(one)


def test_blocks_that_fall_each_by_itself_are_complete() -> None:
    left = tuple(item(f"l{n}.html", f"2026-01-0{4 - n}", block=0) for n in range(3))
    right = tuple(item(f"r{n}.html", f"2026-05-0{4 - n}", block=1) for n in range(3))
    assert is_complete(listed(*left, *right, page_count=5))
    risen = tuple(item(f"r{n}.html", f"2026-05-0{1 + n}", block=1) for n in range(3))
    assert not is_complete(listed(*left, *risen, page_count=5))


PINNED = tuple(item(f"p{n}.html", f"{2024 - n}-03-01") for n in range(3))
"""A first page of nothing but entries that stay on top, though nothing marks them."""


def test_first_page_of_unmarked_pinned_entries_proves_nothing_about_the_rest() -> None:
    second = page("tzgg/2.html", items=FALLING, pager=["tzgg/3.html"])
    third = page("tzgg/3.html", items=(item("e.html", "2026-01-02"),))
    whole = listed(*PINNED, pager=["tzgg/2.html"], pages=[second, third])
    assert is_complete(whole)
    assert not is_complete(unseen_at(whole, ["tzgg/3.html"]))
    assert is_complete(unseen_at(listed(*FALLING, pager=["tzgg/2.html"]), ["tzgg/2.html"]))


def test_first_page_that_would_make_the_list_older_than_the_web_proves_nothing() -> None:
    assert not is_complete(listed(*PINNED, page_count=40))
    assert is_complete(listed(*PINNED, page_count=4))
    follows = page("tzgg/2.html", items=(item("d.html", "2021-12-01"),))
    assert is_complete(listed(*PINNED, pager=["tzgg/2.html"], page_count=40, pages=[follows]))


def test_entry_that_was_entered_late_does_not_disturb_the_order() -> None:
    late = page("tzgg/2.html", items=(item("d.html", "2022-03-20"),), pager=["tzgg/3.html"])
    one = listed(*PINNED, pager=["tzgg/2.html"], pages=[late])
    assert is_complete(unseen_at(one, ["tzgg/3.html"]))


def test_undated_list_whose_articles_bear_no_date_is_undated_throughout() -> None:
    paths = [f"a{number}.html" for number in range(5)]
    one = listed(*map(item, paths), articles=map(article, paths), page_count=9)
    assert is_complete(one)
    assert not is_complete(unseen_at(one, [paths[0]]))
    assert not is_complete(listed(*map(item, paths[:4]), articles=map(article, paths[:4]), page_count=9))


# -- content -----------------------------------------------------------------------------------------


def content(path: str = "tzgg/", **more) -> Listing:
    kind = more.pop("kind", PageKind.OTHER)
    pages = more.pop("pages", ())
    one = walked(home((path, "机构职能")), page(path, kind, crumbs=[("", "机构职能")], **more), *pages)
    listing = listing_of(one, path)
    assert isinstance(listing, Seen)
    return listing.fact


def test_text_makes_a_single_page() -> None:
    shown = content(text="负责全市卫生健康工作，拟订规划并组织实施。", kind=PageKind.ARTICLE)
    assert shown.static
    assert shown.text_length > 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "机构职能",
        "当前位置：首页 > 机构职能\n共0条 首页 上一页 下一页 尾页",
        "通知公告\n工作动态\n信息公开指南\n信息公开制度\n政策文件",
    ],
)
def test_furniture_is_no_content(text: str) -> None:
    menu = tuple((f"m{n}/", name) for n, name in enumerate(text.split("\n")))
    shown = content(text=text, links=links(Region.NAV, *menu) if "工作动态" in text else ())
    assert shown.text_length == 0
    assert not shown.static


def test_words_that_there_is_nothing_are_no_content() -> None:
    assert content(text="暂无相关信息，敬请期待后续更新内容", empty_notice=True).text_length == 0
    assert content(text="欢迎提出人民建议，邮箱见下。").text_length > 0
    assert content(text="欢迎提出人民建议").text_length == 0
    assert content(text="暂无此项信息内容。", empty_notice=True).text_length == 0
    assert content(text="传真：暂无。" + "职责" * 60, empty_notice=True).text_length > 0


@pytest.mark.parametrize(
    "more",
    [
        {"attachments": [("x.pdf", "机构设置.pdf")]},
        {"images": ("http://wjw.test/x.png",)},
        {"tables": ((("科室", "职责"),),)},
        {"links": links(Region.BODY, ("film.html", "宣传片")), "pages": [article("film.html", "宣传片")]},
        {"title": "依申请公开流程图"},
    ],
)
def test_files_pictures_tables_and_functions_are_content(more) -> None:
    assert content(**more).text_length > 0


def test_page_in_a_frame_that_was_not_seen_may_hold_the_content() -> None:
    framed = page("tzgg/", PageKind.OTHER, frames=["tzgg/in.html"])
    one = walked(home(("tzgg/", "通知公告")), framed, page("tzgg/in.html", items=(FALLING[0],)))
    assert len(entries(one)) == 1
    listing = listing_of(unseen_at(one, ["tzgg/in.html"]))
    assert isinstance(listing, Seen)
    assert not listing.complete
    assert listing.fact.text_length == 0


def test_names_of_columns_in_a_list_are_no_entries() -> None:
    front = home(("xxgk/", "信息公开"), ("xxgk/zn/", "公开指南"))
    section = page("xxgk/", PageKind.LIST, items=(item("xxgk/zn/", title="公开指南"),))
    listing = listing_of(walked(front, section, article("xxgk/zn/", "公开指南")), "xxgk/")
    assert isinstance(listing, Seen)
    assert listing.fact.entries == ()
    assert listing.fact.children == (url("xxgk/zn/"),)


# -- templates -----------------------------------------------------------------------------------------


def with_sidebars(number: int, stale: str = "2024-01-01") -> Walk:
    """Columns that each show an old entry of their own and the same fresh entries beside it."""
    menu = [(f"c{n}/", f"栏目{n}") for n in range(number)]
    beside = tuple(item(f"c0/fresh{n}.html", "2026-06-29", block=1) for n in range(2))
    pages = [
        page(
            path,
            title=name,
            items=(item(f"{path}own.html", stale), *beside),
            text="版权所有示例市人民政府办公室主办",
        )
        for path, name in menu
    ]
    fresh = [article(f"c0/fresh{n}.html", crumbs=[("c0/", "栏目0"), ("", "正文")]) for n in range(2)]
    return walked(home(*menu), *pages, *fresh)


def test_entries_beside_every_list_belong_to_their_own_column() -> None:
    one = with_sidebars(6)
    assert len(entries_at(one, "c0/")) == 3
    assert [entry.url for entry in entries_at(one, "c1/")] == [url("c1/own.html")]


def test_a_few_columns_may_list_the_same_entry() -> None:
    assert len(entries_at(with_sidebars(5), "c1/")) == 3


def test_words_of_the_template_are_no_content() -> None:
    menu = [
        (f"c{n}/", name)
        for n, name in enumerate(["人事信息", "统计信息", "规划计划", "招标采购", "财政预决算"])
    ]
    words = "示例市卫生健康局欢迎您的访问与监督，请多提意见"
    pages = [page(path, PageKind.OTHER, title=name, text=words) for path, name in menu]
    for number, length in ((5, 0), (4, len(words))):
        listing = listing_of(walked(home(*menu[:number]), *pages[:number]), "c0/")
        assert isinstance(listing, Seen)
        assert bool(listing.fact.text_length) is bool(length)


def entries_at(one: Walk, path: str) -> tuple[Entry, ...]:
    listing = listing_of(one, path)
    assert isinstance(listing, Seen)
    return listing.fact.entries


@pytest.mark.parametrize("name", ["政务公开", "互动交流", "视频新闻中心", "办事服务"])
def test_bare_page_that_may_only_lead_on_is_not_proven_empty(name: str) -> None:
    bare = page("x/", PageKind.OTHER, title=name, crumbs=[("", name)])
    listing = listing_of(walked(home(("x/", name)), bare), "x/")
    assert isinstance(listing, Seen)
    assert not listing.complete
    said = page("x/", PageKind.OTHER, title=name, crumbs=[("", name)], text="暂无内容", empty_notice=True)
    listing = listing_of(walked(home(("x/", name)), said), "x/")
    assert isinstance(listing, Seen)
    assert listing.complete


def test_a_number_in_the_address_that_does_nothing_shows_no_further_page() -> None:
    """The same entries again are not the second page: what it holds was not seen."""
    same = (item("a.html", "2025-03-01"), item("b.html", "2025-05-20"), item("c.html", "2025-01-05"))
    other = (item("d.html", "2026-06-20"),)
    for second, complete in ((same, False), (other, True)):
        one = listed(*same, page_count=2, pager=("tzgg/?p=2",), pages=[page("tzgg/?p=2", items=second)])
        listing = listing_of(one)
        assert isinstance(listing, Seen)
        assert listing.complete is complete


def tabbed(fresh_crumbs: tuple[tuple[str, str], ...], *, visible: bool = True) -> Walk:
    """A column with an old entry and a fresh one in a closed tab, whose article states where it belongs."""
    front = home(("tzgg/", "通知公告"), ("gzdt/", "工作动态"))
    own = (item("tzgg/a.html", "2024-01-01"),) if visible else ()
    tab = item("art/b.html", "2026-06-29", block=1, hidden=visible)
    return walked(
        front,
        page("tzgg/", title="通知公告", items=(*own, tab)),
        page("gzdt/", title="工作动态", items=(item("art/b.html", "2026-06-29"),)),
        article("art/b.html", "标题", "2026-06-29", crumbs=fresh_crumbs),
    )


def test_a_tab_that_is_another_column_s_does_not_make_this_one_fresh() -> None:
    shown = entries(tabbed((("gzdt/", "工作动态"),)))
    assert [day_of(entry) for entry in shown] == [date(2024, 1, 1)]


@pytest.mark.parametrize("crumbs", [(("tzgg/", "通知公告"),), ()])
def test_a_tab_of_the_column_itself_or_of_no_known_column_counts(crumbs: tuple[tuple[str, str], ...]) -> None:
    shown = entries(tabbed(crumbs))
    assert [(day_of(entry), entry.hidden) for entry in shown] == [
        (date(2024, 1, 1), False),
        (date(2026, 6, 29), True),
    ]


def test_what_is_all_that_a_column_shows_stays_whatever_it_is() -> None:
    assert len(entries(tabbed((("gzdt/", "工作动态"),), visible=False))) == 1
