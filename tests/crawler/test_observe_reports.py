"""Annual reports, guides and on-request columns as they are found on a site."""

from dataclasses import replace

import pytest

from crawler.observe import observe
from domain.observation import Report, Seen, SiteObservation, Unseen
from domain.page import PageKind, Region
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from domain.walk import Walk
from tests.crawler.test_observe_units import PORTAL, of
from tests.observations import AS_OF, SITE, declared, url
from tests.walks import article, home, item, links, page, registry, unseen_at, walked

REPORT_TEXT = "\n".join(
    [
        "一、总体情况",
        "内容" * 60,
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "内容" * 60,
    ]
)
GUIDE_TEXT = (
    "本机关公开的政府信息分类如下。" + "内容" * 40 + "联系电话：0512-52881234。依申请提供信息不收取费用。"
)
TITLE = "2025年政府信息公开工作年度报告"


def seen_on(one: Walk, site=SITE, reg=None) -> SiteObservation:
    return observe(site, reg or registry(site=site), one, as_of=AS_OF)


def reporting(*items, articles=(), **more) -> Walk:
    front = home(("nb/", "政府信息公开年报"))
    return walked(front, page("nb/", title="政府信息公开年报", items=items, **more), *articles)


def only(one: Walk) -> Report:
    reports = seen_on(one).reports.get()
    assert len(reports) == 1, reports
    return reports[0]


def test_report_of_the_column_with_its_year_day_and_sections() -> None:
    one = reporting(
        item("nb/1.html", "2026-01-20", TITLE), articles=[article("nb/1.html", TITLE, text=REPORT_TEXT)]
    )
    report = only(one)
    assert (report.year, report.unit, report.day.get()) == (
        2025,
        "U01",
        AS_OF.date().replace(month=1, day=20),
    )
    assert report.sections.get() == {"overview", "proactive", "requests", "litigation", "problems"}
    assert isinstance(report.sections, Seen)
    assert report.sections.complete


def test_report_whose_page_was_not_seen_is_there_unread() -> None:
    one = reporting(
        item("nb/1.html", "2026-01-20", TITLE), articles=[article("nb/1.html", TITLE, text=REPORT_TEXT)]
    )
    assert isinstance(only(unseen_at(one, ["nb/1.html"])).sections, Unseen)


def test_report_whose_page_is_gone_is_not_there() -> None:
    assert seen_on(reporting(item("nb/1.html", "2026-01-20", TITLE))).reports.get() == ()


def test_report_in_an_attachment_is_read_from_it() -> None:
    pointer = article("nb/1.html", TITLE, text="详见附件", attachments=[("nb/1.pdf", "年度报告.pdf")])
    file = page("nb/1.pdf", PageKind.DOCUMENT, text=REPORT_TEXT)
    one = walked(
        home(("nb/", "年报")),
        page("nb/", title="信息公开年报", items=(item("nb/1.html", "2026-01-20", TITLE),)),
        pointer,
        file,
    )
    # the walk of the tests follows lists only: the attachment is asked for from the article
    assert "problems" in only(one).sections.get()
    assert isinstance(only(unseen_at(one, ["nb/1.pdf"])).sections, Unseen)


def test_report_that_the_list_links_as_a_file() -> None:
    one = reporting(
        item("nb/1.pdf", "2026-01-20", TITLE),
        articles=[page("nb/1.pdf", PageKind.DOCUMENT, text=REPORT_TEXT)],
    )
    assert len(only(one).sections.get()) == 5


def test_column_that_is_the_report_itself() -> None:
    one = walked(
        home(("nb.html", "政府信息公开年报")), article("nb.html", TITLE, "2026-01-20", text=REPORT_TEXT)
    )
    report = only(one)
    assert (report.url, report.year) == (url("nb.html"), 2025)


def test_report_published_among_notices_counts() -> None:
    front = home(("tzgg/", "通知公告"))
    one = walked(
        front,
        page(
            "tzgg/",
            items=(
                item("a.html", "2026-01-20", TITLE),
                item("b.html", title="关于编制2025年政府信息公开年度报告的通知"),
            ),
        ),
    )
    blind = unseen_at(one, {"a.html": FetchStatus.BLOCKED, "b.html": FetchStatus.BLOCKED})
    assert [report.year for report in seen_on(blind).reports.get()] == [2025]


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        (f"示例市{TITLE}", "U00"),
        (f"示例市人民政府{TITLE}", "U00"),
        (TITLE, "U00"),
        (f"示例市卫生健康局{TITLE}", "U01"),
        (f"柳林镇{TITLE}", "U03"),
        (f"示例市教育局{TITLE}", ""),
    ],
)
def test_report_on_a_portal_belongs_to_whom_its_title_names(title: str, unit: str) -> None:
    one = reporting(
        item("nb/1.html", "2026-01-20", title), articles=[article("nb/1.html", title, text=REPORT_TEXT)]
    )
    assert [report.unit for report in seen_on(one, PORTAL, of(PORTAL)).reports.get()] == [unit]


def test_report_in_a_guest_s_column_is_the_guest_s() -> None:
    site = replace(PORTAL, columns=(declared("cd/nb/", ColumnKind.ANNUAL_REPORT, "U02"),))
    pages = (
        home(),
        page("cd/nb/", items=(item("cd/nb/1.html", "2026-01-20", TITLE),)),
        article("cd/nb/1.html", TITLE, text=REPORT_TEXT),
    )
    one = walked(*pages, declared=[url("cd/nb/")])
    assert [report.unit for report in seen_on(one, site, of(site)).reports.get()] == ["U02"]


def test_report_column_is_whole_only_when_seen_back_into_last_year() -> None:
    old, new = item("nb/o.html", "2025-01-20", "2024年年报"), item("nb/n.html", "2026-01-20", "2025年年报")

    def whole(*items) -> bool:
        column = seen_on(reporting(*items, page_count=3)).columns.get()[0]
        assert isinstance(column.listing, Seen)
        return column.listing.complete

    assert whole(new, old)
    assert not whole(new, item("nb/m.html", "2026-01-10", "2025年年报"))


def test_report_whose_year_nobody_tells_makes_reports_incomplete() -> None:
    unread = reporting(item("nb/1.html", title="政府信息公开工作年度报告"))
    observation = seen_on(unseen_at(unread, ["nb/1.html"]))
    assert observation.reports.get() == ()
    assert not observation.reports.complete  # type: ignore[union-attr]


# -- guides ------------------------------------------------------------------------------------------


def test_guide_that_is_a_page() -> None:
    one = walked(home(("zn/", "政府信息公开指南")), article("zn/", "指南", text=GUIDE_TEXT))
    guide = seen_on(one).guides.get()[0]
    assert (guide.url, guide.unit, guide.title) == (url("zn/"), "U01", "政府信息公开指南")
    assert "phone" in guide.elements.get()
    assert guide.fees.get() is True


def test_newest_of_several_guides_counts() -> None:
    column = page(
        "zn/",
        items=(
            item("zn/1.html", "2020-01-01", "信息公开指南"),
            item("zn/2.html", "2025-01-01", "信息公开指南（新版）"),
        ),
    )
    pages = [article("zn/1.html", text="旧" * 99), article("zn/2.html", text=GUIDE_TEXT)]
    one = walked(home(("zn/", "政府信息公开指南")), column, *pages)
    assert [guide.url for guide in seen_on(one).guides.get()] == [url("zn/2.html")]


def test_guide_of_which_the_newest_is_not_known_is_unread() -> None:
    column = page(
        "zn/",
        items=(item("zn/1.html", title="信息公开指南"), item("zn/2.html", title="信息公开指南（新版）")),
    )
    one = walked(
        home(("zn/", "政府信息公开指南")),
        column,
        article("zn/1.html", "旧", "2020-01-01"),
        article("zn/2.html"),
    )
    guide = seen_on(unseen_at(one, ["zn/2.html"])).guides.get()[0]
    assert isinstance(guide.elements, Unseen)


def test_guide_that_is_a_picture_is_unread_and_an_empty_one_is_none() -> None:
    picture = walked(
        home(("zn/", "公开指南")), article("zn/", "指南", text="", images=("http://wjw.test/z.jpg",))
    )
    assert isinstance(seen_on(picture).guides.get()[0].elements, Unseen)
    empty = walked(home(("zn/", "公开指南")), page("zn/", PageKind.OTHER, text="公开指南"))
    assert seen_on(empty).guides.get() == ()


def test_guide_column_not_seen_leaves_guides_incomplete() -> None:
    one = walked(home(("zn/", "公开指南")), article("zn/", "指南", text=GUIDE_TEXT))
    guides = seen_on(unseen_at(one, ["zn/"])).guides
    assert isinstance(guides, Seen)
    assert not guides.complete


# -- on request --------------------------------------------------------------------------------------


def test_functions_are_gathered_over_the_pages_of_the_column() -> None:
    column = page(
        "ysq/",
        PageKind.SECTION,
        title="依申请公开",
        links=links(Region.OTHER, ("ysq/lct.html", "申请流程图")),
        items=(item("ysq/xz.html", "2025-01-01", "依申请公开须知"),),
    )
    one = walked(home(("ysq/", "依申请公开")), column, article("ysq/xz.html"), article("ysq/lct.html"))
    found = seen_on(one).on_request.get()
    assert [(one.url, one.unit) for one in found] == [(url("ysq/"), "U01")]
    assert found[0].functions.get() >= {"flowchart", "instructions"}
    blind = seen_on(unseen_at(one, ["ysq/xz.html"])).on_request.get()[0]
    assert not blind.functions.complete  # type: ignore[union-attr]


def test_a_picture_among_the_entries_hides_no_function() -> None:
    entries = (item("f/lct.jpg", title="依申请公开流程图"), item("ysq/xz.html", title="依申请公开须知"))
    column = page("ysq/", title="依申请公开", items=entries)
    one = walked(home(("ysq/", "依申请公开")), column, article("ysq/xz.html"))
    assert seen_on(one).on_request.get()[0].functions.whole() == {"flowchart", "instructions"}
    hidden = seen_on(unseen_at(one, ["ysq/xz.html"])).on_request.get()[0].functions
    assert isinstance(hidden, Seen)
    assert not hidden.complete
    assert hidden.sight.note.startswith("栏目内的页面")


SHARED_PORTAL = replace(
    PORTAL, columns=tuple(declared("nb/", ColumnKind.ANNUAL_REPORT, code, "年报") for code in ("U01", "U02"))
)


def makers_of(*pages) -> tuple[dict[str, str], bool]:
    """Whose each report is in a column that several units share, and whether all are sure to be known."""
    one = walked(home(("nb/", "年报")), *pages, declared=[url("nb/")])
    reports = seen_on(one, SHARED_PORTAL, of(SHARED_PORTAL)).reports
    assert isinstance(reports, Seen)
    return {report.url: report.unit for report in reports.fact}, reports.complete


def test_in_a_shared_column_the_heading_above_an_entry_tells_whose_report_it_is() -> None:
    names = ("示例市卫生健康局", "示例市城东街道办事处", "示例市人民政府")
    items = tuple(
        item(f"nb/{n}.html", "2026-01-20", TITLE, under=name, block=n) for n, name in enumerate(names)
    )
    pages = [article(f"nb/{n}.html", TITLE, text=REPORT_TEXT) for n in range(3)]
    found, whole = makers_of(page("nb/", title="年报", items=items), *pages)
    assert found == {url("nb/0.html"): "U01", url("nb/1.html"): "U02", url("nb/2.html"): "U00"}
    assert whole


def test_in_a_shared_column_the_opening_tells_it_and_where_nothing_does_nobody_lacks_a_report() -> None:
    listed = page("nb/", title="年报", items=(item("nb/1.html", "2026-01-20", TITLE),))
    named = article("nb/1.html", TITLE, text=f"示例市城东街道办事处公布本报告。{REPORT_TEXT}")
    assert makers_of(listed, named) == ({url("nb/1.html"): "U02"}, True)
    nameless = article("nb/1.html", TITLE, text=REPORT_TEXT)
    assert makers_of(listed, nameless) == ({url("nb/1.html"): ""}, False)


def test_a_table_of_units_and_years_leads_to_the_reports() -> None:
    titles = {"nb/a.html": f"示例市卫生健康局{TITLE}", "nb/b.html": f"示例市城东街道办事处{TITLE}"}
    table = page(
        "nb/", PageKind.OTHER, title="年报", links=links(Region.OTHER, *((path, "2025年") for path in titles))
    )
    found, whole = makers_of(
        table, *(article(path, title, text=REPORT_TEXT) for path, title in titles.items())
    )
    assert found == {url("nb/a.html"): "U01", url("nb/b.html"): "U02"}
    assert whole
