"""Shells: what a script has yet to fill is not taken for nothing, nor nothing for a shell."""

import pytest

from tests.crawler.reading.pages import page_of

TRAIL = '<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/tzgg/">通知公告</a></div>'
MARKS = '主办单位：云溪县民政局　<a href="/wzdt/">网站地图</a>　某ICP备20260001号　联系我们'
FOOT = f'<div class="footer">{MARKS}</div>'


@pytest.mark.parametrize(
    "body",
    [
        '<div id="app"></div><script src="/app.js"></script>',
        '<ul><li v-for="x in list"><a :href="x.url">{{x.title}}</a></li></ul>',
        '<ul id="lb"></ul><script>$.get("/a.json",function(d){$("#lb").html(d)})</script>',
        '<table><tbody id="rows"></tbody></table><script>fetch("/api/list").then(render)</script>',
        '<div class="news-list"></div><script>axios.get("/api/list")</script>',
        '<div id="list"></div><script src="/js/tzgg_2026.js"></script>',
        "<noscript>请开启浏览器的JavaScript功能</noscript>",
        "<script>eval(x)</script>",
    ],
)
def test_pages_that_wait_for_a_script_are_shells(body: str) -> None:
    assert page_of((TRAIL if "<ul" in body or "list" in body else "") + body).shell


@pytest.mark.parametrize(
    "body",
    [
        '<div class="list"><ul></ul></div>',
        '<div class="list"><ul></ul></div><script src="/js/jquery.min.js"></script>',
        '<ul id="lb"></ul><p>暂无数据</p><script>$.get("/hits")</script>',
        '<ul id="lb"><li><a href="a1.html">关于公布名单的通知</a>2026-05-08</ul><script>$.get("/x")</script>',
        "<p>正文内容很长很长。</p>" * 60 + '<div id="comments"></div><script>$.get("/c")</script>',
        '<div class="clear"></div><p>机构职能：负责全县民政事务。</p>',
    ],
)
def test_pages_that_show_what_they_have_are_none(body: str) -> None:
    assert not page_of(TRAIL + body + FOOT).shell


@pytest.mark.parametrize(
    ("foot", "shell"),
    [
        ('<div id="footer"></div>', True),
        ("<footer></footer>", True),
        ('<iframe src="/common/foot.html"></iframe>', True),
        ('<script src="/js/footer.js"></script>', True),
        ('<div id="d"></div><script>$("#d").load("/inc/footer.html")</script>', True),
        (FOOT, False),
        ("", False),
    ],
)
def test_feet_that_come_later_are_told(foot: str, shell: bool) -> None:
    assert bool(page_of("<p>首页内容，工作动态和通知公告。</p>" + foot).foot_shell) == shell


def test_feeds_are_the_addresses_that_scripts_fetch_whole() -> None:
    page = page_of(
        TRAIL
        + '<ul id="lb"></ul><script>$.ajax({url:"/api/list?id=3"}); $.get("/a/"+id); $.getJSON("d.json");'
        '$.get("/s.css");</script>'
    )
    assert page.feeds == ("http://www.yunxi.gov.cn/api/list?id=3", "http://www.yunxi.gov.cn/zwgk/tzgg/d.json")
