"""Sites that sent their visitors on to TLS: all is seen there, under the addresses that were asked for."""

from dataclasses import replace
from datetime import date

from checks.absence import unread_since
from crawler.observe import observe
from domain.observation import SiteObservation
from domain.page import Concealed, Link, Page, PageKind, Region
from domain.walk import Sighting
from tests.observations import AS_OF, HOME, SITE, url
from tests.walks import article, home, item, page, registry, sighting, walk

COLUMN = page("tzgg/", title="通知公告", items=(item("a.html", "2026-06-20"), item("b.html", "2026-06-18")))
SPAM = Concealed(url="http://spam.test/casino", text="真人百家乐", how="移出屏幕之外")


def moved(one: Page) -> Page:
    return replace(one, url=one.url.replace("http://", "https://"))


def came(one: Page, role: str = "column") -> Sighting:
    """A page that was asked for by its old address and came from its new one."""
    return sighting(moved(one), one.url, role=role, found_on=None if role == "home" else HOME)


def seen(*sightings: Sighting) -> SiteObservation:
    return observe(SITE, registry(), walk(*sightings), as_of=AS_OF)


def test_articles_that_moved_are_read_as_those_that_lists_name() -> None:
    new = url("a.html").replace("http://", "https://")
    link = Link(url=new, text="关于一的通知", region=Region.BODY)
    other = article("b.html", "关于二的通知", "2026-06-18", links=(link,))
    front = home(("tzgg/", "通知公告"))
    found = seen(
        came(front, "home"), came(COLUMN), came(article("a.html", "关于一的通知", "2026-06-20"), "article"),
        came(other, "article"), sighting(None, moved(front).url, role="link"),
    )  # fmt: skip
    documents = {document.url: document for document in found.documents.get()}
    assert set(documents) == {url("a.html"), url("b.html")}
    assert {document.title for document in documents.values()} == {"关于一的通知", "关于二的通知"}
    assert [link.url for link in documents[url("b.html")].links] == [url("a.html")]
    [column] = found.columns.get()
    assert {document.column for document in documents.values()} == {column.url}
    assert {entry.url for entry in column.listing.get().entries} == set(documents)


def test_an_article_whose_new_address_was_read_too_is_one() -> None:
    one = article("a.html", "关于一的通知", "2026-06-20")
    found = seen(
        came(home(("tzgg/", "通知公告")), "home"), came(one, "article"), sighting(moved(one), role="article")
    )
    assert [document.url for document in found.documents.get()] == [moved(one).url]


def test_pages_of_a_site_that_moved_with_its_home_page_are_its_own() -> None:
    front = moved(home(("tzgg/", "通知公告"), items=(item("a.html", "2026-06-20"),), concealed=(SPAM,)))
    front = replace(front, url="https://www.moved.test/")
    column = replace(COLUMN, url="https://www.moved.test/tzgg/", kind=PageKind.LIST)
    found = seen(sighting(front, HOME, role="home", found_on=None, depth=0), sighting(column))
    assert [one.kind for one in found.tagged.get()] == ["home", "column"]
    assert [one.page for one in found.suspects.get()] == [HOME]


def test_an_article_is_told_of_by_the_address_that_lists_name() -> None:
    """A list names the new address, and only another article's link led to the page, by the old one."""
    new = page(
        "tzgg/", title="通知公告", items=(item(url("a.html").replace("http://", "https://"), "2026-06-20"),)
    )
    found = seen(
        came(home(("tzgg/", "通知公告")), "home"),
        came(new),
        came(article("a.html", "关于一的通知", "2026-06-20"), "article"),
    )
    [document] = found.documents.get()
    [column] = found.columns.get()
    assert [entry.url for entry in column.listing.get().entries] == [document.url]
    assert (document.url.partition(":")[0], document.column) == ("https", column.url)


def test_an_article_is_read_whichever_of_its_addresses_a_list_names() -> None:
    one = article("a.html", "关于一的通知", "2026-06-20")
    front = home(("tzgg/", "通知公告"), ("zcwj/", "政策文件"))
    old = page("zcwj/", title="政策文件", items=(item("a.html", "2026-06-20"),))
    new = page("tzgg/", title="通知公告", items=(item(moved(one).url, "2026-06-20"),))
    found = seen(
        came(front, "home"), came(old), came(new), came(one, "article"), sighting(moved(one), role="article")
    )
    [document] = found.documents.get()
    assert (document.url, document.also) == (moved(one).url, (one.url,))
    assert list(unread_since(found, date(2026, 1, 1))) == []


def test_a_column_that_moved_is_no_leader() -> None:
    """The leaders' page links to the office's, by its old address; that four characters long is no name."""
    text = "主要职责：负责全县卫生健康工作。内设机构：办公室、医政科。" * 9
    offices = page("jgzn/", title="机构职能", text=text)
    links = (Link(url=url("jgzn/"), text="机构职能", region=Region.LIST),)
    leaders = page(
        "ldxx/", title="领导信息", items=(item("ld/1.html", "2026-05-01", title="张三　局长"),), links=links
    )
    front = home(("ldxx/", "领导信息"), ("jgzn/", "机构职能"))
    one = article(
        "ld/1.html",
        "张三　局长",
        text="张三，男，汉族，1970年1月生，大学学历，中共党员，现任局长，主持全面工作。" * 3,
    )
    found = seen(came(front, "home"), came(leaders), came(offices), came(one, "article"))
    assert [particulars.title for particulars in found.leaders.get()] == ["张三　局长"]
