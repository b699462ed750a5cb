"""Regions: menus, trails and feet are told by what they hold, not by their names alone."""

import pytest

from domain.page import Region
from tests.crawler.reading.pages import page_of

MENU = '<a href="/a/">机构概况</a><a href="/b/">政务公开</a><a href="/c/">互动交流</a>'
TEXT = (
    "<p>各镇人民政府：现将有关事项通知如下，请认真贯彻执行，并于月底前将落实情况书面报送县政府办公室督查室汇总。</p>"
    * 4
)


def regions(body: str) -> dict[str, Region]:
    return {link.text: link.region for link in page_of(body).links}


@pytest.mark.parametrize(
    "tag", ["<nav>{}</nav>", '<div class="mainNav">{}</div>', '<div id="header">{}</div>']
)
def test_menus_are_navigation(tag: str) -> None:
    assert set(regions(tag.format(MENU) + TEXT).values()) == {Region.NAV}


def test_a_dated_list_in_a_box_called_navigation_is_a_list() -> None:
    rows = '<li><a href="a1.html">关于规范校外托管机构的通知</a><span>2026-05-08</span></li>' * 1
    rows += '<li><a href="a2.html">校车运行线路调整的通知</a><span>2026-05-06</span></li>'
    assert set(regions(f'<div class="xxgk_navli"><ul>{rows}</ul></div>').values()) == {Region.LIST}


def test_a_text_in_a_box_called_navigation_is_text() -> None:
    assert "书面报送" in page_of(f'<div class="right_nav_content">{TEXT}</div>').text


HOME, ABOVE, OWN = (
    f'<a href="{url}">{name}</a>' for url, name in (("/", "首页"), ("/zwgk/", "政务公开"), ("./", "通知公告"))
)


@pytest.mark.parametrize(
    "trail",
    [
        f'<div class="abc">您现在的位置：{HOME} &gt; {ABOVE} &gt; 通知公告</div>',
        f'<p class="crumbs">{HOME} » {ABOVE} » <span>通知公告</span></p>',
        f"<table><tr><td>当前位置：{HOME}/{ABOVE}/{OWN}</td></tr></table>",
        f'<div class="weizhi">{HOME}--&gt;{ABOVE}--&gt;通知公告--&gt;列表</div>',
        f"<div>所在位置： {HOME}｜{ABOVE}｜{OWN}</div>",
    ],
)
def test_trails_are_read_in_every_dress(trail: str) -> None:
    page = page_of(trail + TEXT)
    assert [link.text for link in page.crumbs][:3] == ["首页", "政务公开", "通知公告"]
    assert page.crumbs[1].url == "http://www.yunxi.gov.cn/zwgk/"


@pytest.mark.parametrize("frame", ["<footer>{}</footer>", '<div class="footer">{}</div>', "<div>{}</div>"])
def test_the_foot_is_found_with_or_without_a_name(frame: str) -> None:
    foot = "<p>主办单位：云溪县民政局</p><p>某ICP备20260001号　网站标识码：9901230007</p>"
    page = page_of(f"<div>{TEXT}</div>" + frame.format(foot))
    assert "网站标识码" in page.foot
    assert "贯彻执行" not in page.foot
    assert "网站标识码" not in page.text


def test_a_page_of_nothing_has_no_regions() -> None:
    page = page_of("")
    assert (page.links, page.crumbs, page.foot) == ((), (), "")
