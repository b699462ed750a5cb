"""The home page: what it shows, its foot, gateways, and the pages whose tags are judged."""

from dataclasses import replace

import pytest

from crawler.observe import observe
from domain.observation import Home, Seen, SiteObservation, Unseen
from domain.page import PageKind
from domain.snapshot import FetchStatus
from domain.walk import Walk
from tests.observations import AS_OF, HOME, SITE, url
from tests.walks import MARKS, article, home, item, page, registry, sighting, unseen_at, walk, walked


def seen_on(one: Walk) -> SiteObservation:
    return observe(SITE, registry(), one, as_of=AS_OF)


def home_of(one: Walk) -> Home:
    fact = seen_on(one).home
    assert isinstance(fact, Seen)
    return fact.fact


def shown(one: Walk) -> dict[str, str]:
    entries = home_of(one).entries
    assert isinstance(entries, Seen)
    return {
        entry.url: str(entry.day.fact) if isinstance(entry.day, Seen) else "unseen" for entry in entries.fact
    }


def test_entry_is_dated_by_the_home_page_a_column_or_its_article() -> None:
    front = home(
        ("tzgg/", "通知公告"),
        items=(item("a.html", "2026-06-20"), item("b.html"), item("c.html"), item("d.html")),
    )
    column = page("tzgg/", items=(item("b.html", "2026-06-18"),))
    one = walked(front, column, article("c.html", "标题", "2026-06-17"), article("d.html"))
    assert shown(one) == {
        url("a.html"): "2026-06-20",
        url("b.html"): "2026-06-18",
        url("c.html"): "2026-06-17",
        url("d.html"): "None",
    }
    assert shown(unseen_at(one, ["d.html"]))[url("d.html")] == "unseen"


def test_column_links_and_foreign_undated_links_are_no_information() -> None:
    front = home(
        ("tzgg/", "通知公告"),
        items=(
            item("tzgg/", title="通知公告"),
            item("http://gov.test/a", title="国务院办公厅", block=1),
            item("http://mp.test/b", title="一篇推文的标题", block=2),
            item("a.html", "2026-06-20", block=2),
        ),
    )
    one = walked(front, page("tzgg/", items=(item("a.html", "2026-06-20"),)))
    assert shown(one) == {"http://mp.test/b": "unseen", url("a.html"): "2026-06-20"}


def test_entries_in_a_frame_belong_to_the_home_page_and_the_foot_does_not() -> None:
    main = page("main.html", items=(item("a.html", "2026-06-20"),), marks=MARKS, text="要闻" * 600)
    foot = page(
        "di.html", PageKind.OTHER, marks=("icp", "sponsor"), items=(item("m.html", title="网站地图"),)
    )
    one = walked(home(frames=["main.html", "di.html"]), main, foot)
    assert shown(one) == {url("a.html"): "2026-06-20"}
    entries = home_of(unseen_at(one, ["main.html"])).entries
    assert isinstance(entries, Seen)
    assert not entries.complete


def test_home_page_not_seen_is_unseen() -> None:
    for status in (FetchStatus.TIMEOUT, FetchStatus.BLOCKED):
        observation = seen_on(unseen_at(walked(home()), [""], status))
        assert isinstance(observation.home, Unseen)
        assert isinstance(observation.tagged, Unseen)


def test_home_page_that_sends_on_is_the_page_it_sends_to() -> None:
    real = page("main/", PageKind.HOME, title="首页", marks=MARKS, items=(item("a.html", "2026-06-20"),))
    one = walked(page("", PageKind.OTHER, forward=url("main/")), real)
    assert shown(one) == {url("a.html"): "2026-06-20"}
    assert home_of(one).url == HOME
    assert seen_on(one).columns.get() == ()


@pytest.mark.parametrize("first", [True, False])
def test_home_page_that_moved_to_tls_is_seen_though_its_new_address_was_tried_as_a_link(first: bool) -> None:
    """Every page's own link to the home page leads to the new address, which is then no page but a link."""
    moved = HOME.replace("http://", "https://")
    real = replace(home(items=(item("a.html", "2026-06-20"),)), url=moved)
    came = sighting(real, HOME, role="home", found_on=None, depth=0)
    tried = sighting(None, moved, role="link")
    one = walk(came, tried) if first else walk(tried, came)
    assert shown(one) == {url("a.html"): "2026-06-20"}
    assert home_of(one).url == HOME


# -- foot --------------------------------------------------------------------------------------------


def test_marks_that_a_garbled_foot_seems_to_lack_are_not_missing() -> None:
    garbled = "主办单位：云溪县人民政府办公室".encode().decode("gb18030", "replace")
    marks = home_of(walked(home(marks=("icp",), foot=f"{garbled} 2026"))).marks
    assert isinstance(marks, Seen)
    assert not marks.complete
    assert "乱码" in marks.sight.note


def test_marks_are_whole_when_the_foot_was_there() -> None:
    marks = home_of(walked(home(marks=("icp",)))).marks
    assert isinstance(marks, Seen)
    assert (marks.fact, marks.complete) == (frozenset({"icp"}), True)


def test_foot_that_a_script_writes_is_not_whole() -> None:
    marks = home_of(walked(home(marks=("icp",), foot_shell="页脚由脚本写入"))).marks
    assert isinstance(marks, Seen)
    assert not marks.complete


def test_foot_in_a_frame_is_read_with_it() -> None:
    foot = page("foot.html", PageKind.OTHER, marks=("sponsor", "contact"))
    one = walked(home(marks=("icp",), foot_shell="页脚在内嵌框架中", frames=["foot.html"]), foot)
    marks = home_of(one).marks
    assert isinstance(marks, Seen)
    assert marks.fact == {"icp", "sponsor", "contact"}
    assert marks.complete
    hidden = home_of(unseen_at(one, ["foot.html"])).marks
    assert isinstance(hidden, Seen)
    assert not hidden.complete


# -- gateways ----------------------------------------------------------------------------------------


def test_gateway_is_judged_by_where_it_leads() -> None:
    front = home(("tzgg/", "通知公告"), ("gzdt/", "工作动态"), text="请选择您要进入的栏目")
    one = walked(
        front,
        page("tzgg/", items=(item("a.html", "2026-06-20"),)),
        page("gzdt/", items=(item("b.html", "2026-06-10"),)),
    )
    gateway = home_of(one)
    assert gateway.gateway
    days = [entry.list_day for part in gateway.second_level for entry in part.get()]
    assert [str(day) for day in days] == ["2026-06-20", "2026-06-10"]
    blind = home_of(unseen_at(one, ["gzdt/"]))
    assert sum(isinstance(part, Unseen) for part in blind.second_level) == 1


def test_home_page_with_information_or_many_links_is_no_gateway() -> None:
    assert not home_of(walked(home(items=(item("a.html", "2020-01-01"),)))).gateway
    many = home(*((f"c{n}/", f"栏目{n}") for n in range(40)))
    assert not home_of(walked(many)).gateway


# -- tags --------------------------------------------------------------------------------------------


def test_tags_of_home_page_lists_and_their_first_articles() -> None:
    front = home(("tzgg/", "通知公告"), ("zn/", "公开指南"), tags={"SiteName": "示例"})
    column = page("tzgg/", tags={"ColumnName": "通知公告"}, items=(item("a.html"), item("b.html")))
    one = walked(
        front,
        column,
        article("zn/", "公开指南"),
        article("a.html", tags={"PubDate": "2026-06-20 10:00"}),
        article("b.html"),
    )
    tagged = seen_on(one).tagged.get()
    assert [(page.kind, page.url) for page in tagged] == [
        ("home", HOME),
        ("column", url("tzgg/")),
        ("article", url("a.html")),
    ]
    assert tagged[2].tags == {"PubDate": "2026-06-20 10:00"}
    fewer = seen_on(unseen_at(one, ["a.html"])).tagged.get()
    assert [page.url for page in fewer] == [HOME, url("tzgg/")]
