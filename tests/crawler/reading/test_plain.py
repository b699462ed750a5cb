"""What a page says itself, as against what its links say of other pages."""

from crawler.reading.plain import MAX_WORDS
from tests.crawler.reading.pages import page_of

LIST = "".join(
    f'<li><a href="/art/{n}.html">关于做好第{n}批惠民资金发放工作的通知</a><span>2026-06-{n:02}</span></li>'
    for n in range(1, 13)
)


def words(body: str, url: str = "http://wjw.test/tzgg/") -> str:
    page = page_of(body, url=url)
    assert page.kind.value != "article", page.kind
    return page.words


def test_titles_of_articles_are_not_the_lists_own_words() -> None:
    told = words(f"<div class='note'>本栏目每周更新。</div><ul>{LIST}</ul>")
    assert "本栏目每周更新。" in told
    assert "惠民资金" not in told


def test_links_to_other_hosts_and_scripts_are() -> None:
    told = words(
        f'<ul>{LIST}</ul><p><a href="http://other.test/">外部专题</a><a href="javascript:;">展开</a></p>'
    )
    assert "外部专题" in told
    assert "展开" in told


def test_menu_and_foot_are_the_home_pages_matter() -> None:
    menu = '<div class="nav"><a href="/">首页</a><a href="/gk/">政务公开</a><a href="/hd/">互动交流</a></div>'
    foot = '<div class="footer">主办单位：示例市卫生健康局　网站标识码：9901230007</div>'
    body = f"{menu}<div class='slogan'>健康示例</div><ul>{LIST}</ul>{foot}"
    of_home = words(body, "http://wjw.test/")
    assert all(one in of_home for one in ("政务公开", "健康示例", "主办单位"))
    assert "惠民资金" not in of_home
    of_list = words(body)
    assert "健康示例" in of_list
    assert "政务公开" not in of_list
    assert "主办单位" not in of_list


def test_abstracts_that_are_cut_short_are_the_articles_words() -> None:
    rows = "".join(
        f'<li><a href="/art/{n}.html">通知公告第{n}号全文发布</a><p>近日，市里部署第{n}项工作…… [详情]</p>'
        f"<span>2026-06-{n:02}</span></li>"
        for n in range(1, 9)
    )
    assert "部署" not in words(f"<ul>{rows}</ul>")
    assert "欢迎访问" in words(f"<p>欢迎访问本站</p><ul>{rows}</ul>")


def test_an_article_has_none_and_length_is_bounded() -> None:
    text = "<p>" + "各镇人民政府要认真贯彻执行。" * 40 + "</p>"
    article = page_of(
        f"<h1>通知</h1><p>发布时间：2026-06-01</p>{text}", url="http://wjw.test/art/2026/6/1/art_1.html"
    )
    assert article.kind.value == "article"
    assert article.words == ""
    assert len(words("<p>长</p>" * MAX_WORDS + f"<ul>{LIST}</ul>")) <= MAX_WORDS
