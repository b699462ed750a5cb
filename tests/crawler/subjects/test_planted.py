"""Planted links: hidden and suspicious, hijacked heads, and what only looks like either."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.subjects.planted import is_trusted, suspect_links
from domain.observation import SuspectLink
from domain.page import Concealed, Page, PageKind
from tests.crawler.subjects.pages import links, page

REAL = Path(__file__).parents[3].parent / "shared" / "realpages" / "darklink"


def hidden(text: str, url: str = "http://spam.test/", how: str = "display:none") -> Page:
    return page(concealed=(Concealed(url=url, text=text, how=how),))


def planted(found: tuple[SuspectLink, ...]) -> list[str]:
    return [s.target for s in found if s.hijacked or (s.hidden and s.suspicious)]


@pytest.mark.parametrize(
    "text",
    [
        "澳门新葡京",
        "网上彩票平台",
        "成人视频",
        "代开发票",
        "自考毕业证",
        "晋城男科医院",
        "六合彩",
        "办理毕业证",
        "棋牌下载",
    ],
)
def test_hidden_links_of_such_trades(text: str) -> None:
    (suspect,) = suspect_links(hidden(text))
    assert (suspect.hidden, suspect.suspicious, suspect.hijacked) == (True, True, False)
    assert "display:none" in suspect.why


def test_a_hidden_link_to_a_host_of_the_trade() -> None:
    assert planted(suspect_links(hidden("首页", "http://www.365bet-vip.test/"))) == [
        "http://www.365bet-vip.test/"
    ]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("友情链接", "http://someone.test/"),
        ("县电视台", "http://tv.test/"),
        ("人民网", "http://www.people.com.cn/"),
        ("机构设置", "http://www.example.test/jgsz/"),
        ("公安机关打击六合彩", "http://www.example.test/1.html"),
        ("警惕网上赚钱骗局", "http://news.test/1.html"),
    ],
)
def test_hidden_links_of_menus_are_not_suspicious(text: str, url: str) -> None:
    assert planted(suspect_links(hidden(text, url))) == []


def test_hidden_gambling_counts_wherever_it_leads() -> None:
    assert planted(suspect_links(hidden("百家乐", "http://www.example.test/a.html"))) != []
    assert planted(suspect_links(hidden("百家乐", "http://www.other.gov.cn/a.html"))) != []


def test_hosts_never_seen_before_need_a_history_and_a_way_of_hiding_that_no_menu_uses() -> None:
    away = hidden("某某网", how="移出屏幕之外")
    assert planted(suspect_links(away)) == []
    assert planted(suspect_links(away, known_hosts={"spam.test"})) == []
    assert planted(suspect_links(away, known_hosts=set())) == ["http://spam.test/"]
    assert planted(suspect_links(hidden("某某网"), known_hosts=set())) == []
    assert planted(suspect_links(away, known_hosts=set(), own_hosts={"www.spam.test"})) == []


def test_foreign_links_in_plain_view() -> None:
    found = suspect_links(page(links=links("必威体育|http://b.test/", "县融媒体中心|http://rm.test/")))
    assert planted(found) == ["http://b.test/"]
    assert found[0].hijacked
    assert planted(suspect_links(page(links=links("严厉打击百家乐等赌博犯罪|http://n.test/")))) == []
    assert planted(suspect_links(page(links=links("百家乐新闻|http://www.people.com.cn/1")))) == []
    assert planted(suspect_links(page(links=links("老虎机|http://www.example.test/1")))) == []


def test_a_hijacked_title_of_a_home_page() -> None:
    home = page(kind=PageKind.HOME, title="365bet官方网站", url="http://www.example.test/")
    assert planted(suspect_links(home)) == ["http://www.example.test/"]
    words = page(kind=PageKind.HOME, title="某某局", tags={"Keywords": "六合彩,百家乐"})
    assert planted(suspect_links(words)) != []
    article = page(kind=PageKind.ARTICLE, title="六合彩网站被查")
    assert planted(suspect_links(article)) == []
    drive = page(kind=PageKind.LIST, title="打击六合彩专项行动")
    assert planted(suspect_links(drive)) == []


def test_ports_of_a_bare_number_are_hosts_of_their_own() -> None:
    one = page(
        url="http://127.0.0.1:8101/",
        concealed=(Concealed(url="http://127.0.0.1:9999/x", text="代开发票", how="display:none"),),
    )
    assert planted(suspect_links(one)) == ["http://127.0.0.1:9999/x"]
    assert planted(suspect_links(one, own_hosts={"127.0.0.1:9999"})) == []


def test_trusted_hosts() -> None:
    assert is_trusted("www.suzhou.gov.cn")
    assert not is_trusted("gov.cn.spam.test")


@pytest.mark.skipif(not REAL.exists(), reason="没有 realpages 文件夹")
@pytest.mark.parametrize(
    "name", ["fzfire_com_cn__index.html", "hncic_net__index.html", "lgedu_net__index.html"]
)
def test_real_hijacked_pages(name: str) -> None:
    from datetime import date

    from crawler.extract import read_page

    body = (REAL / name).read_bytes()
    read = read_page(body, "http://www.example.gov.cn/", content_type="text/html", today=date(2026, 6, 30))
    assert planted(suspect_links(read)) != []


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_link_is_read(text: str, url: str) -> None:
    suspect_links(hidden(text, url), known_hosts=set())
    suspect_links(page(title=text, kind=PageKind.HOME, links=links(f"{text.replace('|', '')}|http://{url}")))


def titled(head: str, own: str, kind: PageKind = PageKind.ARTICLE, text: str = "正文" * 80) -> Page:
    return page(kind=kind, title=own, head_title=head, text=text)


def test_an_article_whose_title_element_is_anothers() -> None:
    (suspect,) = suspect_links(titled("澳门新葡京官网-首页", "关于节日值班的通知"))
    assert suspect.hijacked
    assert "新葡京" in suspect.why


@pytest.mark.parametrize(
    ("head", "own"),
    [
        ("关于节日值班的通知-某某局", "关于节日值班的通知"),
        ("远离百家乐等网络陷阱-某某局", "远离百家乐等网络陷阱"),
        ("百家乐骗了我三十万 一名受害者的自述", "百家乐骗了我三十万"),
        ("", "关于节日值班的通知"),
    ],
)
def test_articles_whose_title_element_is_their_own(head: str, own: str) -> None:
    assert suspect_links(titled(head, own)) == ()


def test_descriptions_and_title_elements_of_lists_count() -> None:
    for found in (
        page(kind=PageKind.LIST, title="通知公告", head_title="真人荷官在线"),
        page(kind=PageKind.LIST, title="通知公告", tags={"Description": "时时彩 六合彩 投注"}),
    ):
        assert [one.hijacked for one in suspect_links(found)] == [True]


def test_frames_and_scripts_from_hosts_of_the_trade() -> None:
    one = page(
        frames=("http://www.bet365-vip.test/", "http://map.example.test/"),
        scripts=("http://js.bocai-888.test/tj.js", "http://hm.baidu.com/h.js", "/js/casino.js"),
    )
    assert planted(suspect_links(one)) == ["http://www.bet365-vip.test/", "http://js.bocai-888.test/tj.js"]
