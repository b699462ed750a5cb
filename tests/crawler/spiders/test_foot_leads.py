"""What a foot leads to: the site map alone, be it written by a script file."""

from datetime import date

import pytest

from crawler.extract import read_page
from crawler.spiders.leads import Lead, leads_of
from crawler.spiders.scope import Scope
from crawler.spiders.visit import Order, Visit
from domain.page import Link, Page, PageKind, Region

HOME = "http://www.a.gov.cn/"


def home(*links: Link, foot_shell: str = "", scripts: tuple[str, ...] = ()) -> Page:
    return Page(
        url=HOME,
        adapter="generic",
        charset="utf-8",
        kind=PageKind.HOME,
        title="",
        links=links,
        foot_shell=foot_shell,
        scripts=scripts,
    )


def leads(page: Page, role: str = "home") -> dict[str, Lead]:
    visit = Visit(url=page.url, key=page.url, role=role, order=Order.HOME)  # type: ignore[arg-type]
    found: dict[str, Lead] = {}
    for lead in leads_of(page, visit, Scope(HOME), {}):
        found.setdefault(lead.url, lead)
    return found


@pytest.mark.parametrize("name", ["网站地图", "站点导航", "本站地图", "【网站地图】", "Sitemap"])
def test_the_site_map_of_the_foot_may_lead_to_columns(name: str) -> None:
    found = leads(home(Link(url=HOME + "map.html", text=name, region=Region.FOOT)))
    assert found[HOME + "map.html"].role == "column"
    assert found[HOME + "map.html"].candidate


@pytest.mark.parametrize("name", ["联系我们", "网站声明", "关于网站地图改版的通知"])
def test_other_links_of_the_foot_are_only_tried(name: str) -> None:
    found = leads(home(Link(url=HOME + "x.html", text=name, region=Region.FOOT)))
    assert found[HOME + "x.html"].role == "link"


def test_a_script_file_that_writes_the_foot_is_read_like_a_frame() -> None:
    scripts = (HOME + "js/jquery.js", HOME + "js/foot.js")
    found = leads(home(foot_shell="页脚由脚本写入", scripts=scripts))
    assert [lead.url for lead in found.values()] == [HOME + "js/foot.js"]
    assert found[HOME + "js/foot.js"].role == "frame"
    assert not leads(home(scripts=scripts))


def test_what_a_script_file_writes_is_read_and_leads_to_the_site_map() -> None:
    lines = (
        'document.write("<div class=\\"footer\\"><p><a href=\\"/map.html\\">网站地图</a></p>");\n'
        'document.write("<p>主办单位：甲县统计局 网站标识码：6399010005</p></div>");'
    )
    url = HOME + "js/foot.js"
    read = read_page(
        lines.encode(), url, content_type="application/javascript; charset=utf-8", today=date(2026, 6, 30)
    )
    assert {"site_map", "sponsor", "identifier_code"} <= set(read.marks)
    assert leads(read, role="frame")[HOME + "map.html"].role == "column"
