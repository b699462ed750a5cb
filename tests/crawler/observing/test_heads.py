"""Heads of pages against those of the night before."""

import pytest

from crawler.observe import observe
from crawler.observing.heads import head_changes, heads_of
from crawler.observing.sights import Sights
from domain.observation import Head, HeadChange, Unseen
from domain.page import Page
from tests.crawler.reading.pages import page_of
from tests.observations import AS_OF, HOME, SITE, url
from tests.walks import article, home, item, page, registry, walked

MENU = (("tzgg/", "通知公告"),)


def sights(*pages: Page) -> Sights:
    return Sights(walked(*pages), SITE)


def of(title: str, **tags: str) -> tuple[Page, ...]:
    """A site whose home page bears this title and these tags."""
    return (
        home(*MENU, title=title, site_title=title, tags=tags),
        page("tzgg/", title="通知公告", items=(item("a1.html", "2026-06-20"),)),
        article("a1.html", "关于节日值班的通知", "2026-06-20"),
    )


BEFORE = heads_of(sights(*of("示例市卫生健康局", Keywords="卫生,健康")))


def changes(*pages: Page) -> tuple[HeadChange, ...]:
    return head_changes(SITE, sights(*pages), BEFORE).whole()


def test_every_page_that_was_read_is_kept_for_the_next_night() -> None:
    assert BEFORE[HOME] == Head(title="示例市卫生健康局", words="卫生,健康")
    assert {HOME, url("tzgg/"), url("a1.html")} <= set(BEFORE)


def test_nothing_changed_and_nothing_known() -> None:
    assert changes(*of("示例市卫生健康局", Keywords="卫生,健康")) == ()
    assert isinstance(head_changes(SITE, sights(*of("甲")), None), Unseen)
    assert head_changes(SITE, sights(*of("澳门新葡京娱乐")), {}).whole() == ()


@pytest.mark.parametrize("title", ["澳门新葡京娱乐-官方网站", "bet365 示例市卫生健康局", "成人电影在线"])
def test_a_title_that_now_speaks_of_such_matter(title: str) -> None:
    (change,) = changes(*of(title, Keywords="卫生,健康"))
    assert change.suspicious
    assert (change.page, change.before, change.after) == (HOME, "示例市卫生健康局", title)
    assert "标题" in change.why


def test_key_words_and_descriptions_count_too() -> None:
    for tags in (
        {"Keywords": "百家乐,棋牌平台"},
        {"Keywords": "卫生,健康", "Description": "真人荷官 注册送彩金"},
    ):
        (change,) = changes(*of("示例市卫生健康局", **tags))
        assert change.suspicious
        assert "描述或关键词" in change.why


@pytest.mark.parametrize(
    "title", ["示例市卫生健康局严打 bet365 网络赌博", "示例市卫生健康委员会", "示例市卫生健康局门户网站"]
)
def test_innocent_changes(title: str) -> None:
    assert changes(*of(title, Keywords="卫生,健康")) == ()


def test_a_wholly_new_title_is_told_of_the_home_page_alone() -> None:
    (change,) = changes(*of("Default Web Site", Keywords="卫生,健康"))
    assert not change.suspicious
    pages = list(of("示例市卫生健康局", Keywords="卫生,健康"))
    pages[2] = article("a1.html", "另一篇完全不同", "2026-06-20")
    assert changes(*pages) == ()


def test_an_article_whose_title_was_changed() -> None:
    pages = list(of("示例市卫生健康局", Keywords="卫生,健康"))
    pages[2] = article("a1.html", "澳门威尼斯人 真人娱乐", "2026-06-20")
    (change,) = changes(*pages)
    assert change.suspicious
    assert change.page == url("a1.html")


def test_what_a_template_does_to_all_pages_is_one_change() -> None:
    pages = list(of("时时彩计划", Keywords="卫生,健康"))
    pages[1] = page(
        "tzgg/", title="时时彩计划", site_title="时时彩计划", items=(item("a1.html", "2026-06-20"),)
    )
    (change,) = changes(*pages)
    assert change.page == HOME


def test_titles_in_numeric_entities_are_read() -> None:
    coded = "".join(f"&#x{ord(letter):X};" for letter in "澳门新葡京娱乐场")
    read = page_of("<p>欢迎</p>", f"<title>{coded}</title>", url=HOME)
    assert read.title == "澳门新葡京娱乐场"


def test_an_observation_compares_when_it_is_told_of_the_night_before() -> None:
    walk = walked(*of("太阳城集团"))
    told = observe(SITE, registry(), walk, as_of=AS_OF, heads=BEFORE)
    assert [change.suspicious for change in told.head_changes.get()] == [True]
    assert isinstance(observe(SITE, registry(), walk, as_of=AS_OF).head_changes, Unseen)
