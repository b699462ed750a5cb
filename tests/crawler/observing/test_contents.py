"""Which forms and pictures are content of a page without entries."""

import pytest

from crawler.observing.contents import Contents, _asks
from crawler.observing.sights import Sights
from domain.page import PageKind
from tests.crawler.reading.pages import page_of
from tests.observations import SITE, url
from tests.walks import home, page, walked


@pytest.mark.parametrize(
    "form",
    [
        '<form action="/x"><input name=no>查询码<input type=submit value=查询></form>',
        "<form method=post><input name=xm>姓名<textarea name=nr></textarea>内容</form>",
    ],
)
def test_a_form_to_be_filled_in_is_content(form: str) -> None:
    assert _asks(page_of(f"<h3>申请状态</h3>{form}"))


@pytest.mark.parametrize(
    "form",
    [
        '<form action="/s"><input name=q><input type=submit value=查询></form>',
        '<form action="/s">站内信息<input name=q><input type=submit value=查询></form>',
        "<form></form>",
    ],
)
def test_a_search_box_is_none(form: str) -> None:
    assert not _asks(page_of(f"<h3>规划计划</h3>{form}"))


def test_a_picture_of_its_own_is_content_and_the_sites_ornaments_are_none() -> None:
    shown = (url("img/banner1.jpg"), url("img/lct.png"))
    site = walked(
        home(*((f"c{n}/", f"栏目{n}") for n in range(4))),
        page("c0/", PageKind.OTHER, text="", images=shown),
        *(page(f"c{n}/", PageKind.OTHER, text="", images=shown[:1]) for n in (1, 2)),
        page("c3/", PageKind.OTHER, text="", images=(url("img/icon_1.png"),)),
    )
    contents = Contents(Sights(site, SITE))
    sizes = [contents.of([one], frozenset()) for one in (s.page for s in site.sightings[1:]) if one]
    assert sizes == [1, 0, 0, 0]


def test_a_page_that_is_but_a_picture_shows_it() -> None:
    chart = page_of(
        "<div class='nav'><a href='/'>首页</a></div><img src='/img/lct.png'><div class='footer'>x</div>"
    )
    assert chart.images == ("http://www.yunxi.gov.cn/img/lct.png",)


def test_the_days_of_a_month_are_content_and_a_few_numbers_are_none() -> None:
    days = "\n".join(str(day) for day in range(1, 31))
    site = walked(
        home(("c0/", "办事日历"), ("c1/", "规划计划")),
        page("c0/", PageKind.OTHER, text=days),
        page("c1/", PageKind.OTHER, text="1\n2\n3"),
    )
    contents = Contents(Sights(site, SITE))
    assert [contents.of([one], frozenset()) for s in site.sightings[1:] if (one := s.page)] == [1, 0]
