"""Links that a visitor does not see, by the ways in which hijacked pages hide them."""

import pytest

from crawler.reading.concealed import how_hidden
from tests.crawler.reading.pages import page_of

LINK = "<a href='http://spam.test/1'>代开发票</a>"


def hidden(body: str) -> list[tuple[str, str, str]]:
    page = page_of(f"<html><head><title>某局</title></head><body><p>正文</p>{body}</body></html>")
    return [(link.url, link.text, link.how) for link in page.concealed]


@pytest.mark.parametrize(
    ("style", "how"),
    [
        ("position:absolute;clip:rect(0,0,0,0)", "裁剪到看不见"),
        ("clip: rect(1px, 1px, 1px, 1px)", "裁剪到看不见"),
        ("clip-path: inset(50%)", "裁剪到看不见"),
        ("clip-path:circle(0)", "裁剪到看不见"),
        ("transform:scale(0)", "尺寸近于零"),
        ("transform: translateX(-9999px)", "移出屏幕之外"),
        ("transform:translate(0, -5000px)", "移出屏幕之外"),
        ("text-indent:-9999px", "文字移出屏幕之外"),
        ("margin-left:-9999px", "移出屏幕之外"),
    ],
)
def test_more_ways_of_hiding(style: str, how: str) -> None:
    assert how_hidden(style) == how
    assert hidden(f"<div style='{style}'>{LINK}</div>") == [("http://spam.test/1", "代开发票", how)]


@pytest.mark.parametrize(
    "style",
    [
        "transform:scale(0.5)",
        "transform:translateX(-50%)",
        "transform:translate(-100px,0)",
        "clip:rect(0,200px,40px,0)",
        "clip-path:inset(0)",
        "clip-path:inset(10%)",
        "zoom:1",
        "color:#fff",
        "background:#fff",
    ],
)
def test_what_only_looks_like_hiding(style: str) -> None:
    assert how_hidden(style) == ""


@pytest.mark.parametrize(
    ("around", "colour"),
    [
        ("<div style='background:#FFF'>{}</div>", "#ffffff"),
        ("<table><tr><td bgcolor=white>{}</td></tr></table>", "rgb(255, 255, 255)"),
        ("<div style='background-color: #1a2b3c'><p>{}</p></div>", "#1A2B3C"),
        ("{}", "transparent"),
    ],
)
def test_links_in_the_colour_of_their_ground(around: str, colour: str) -> None:
    link = f"<a style='text-decoration:none;color:{colour}' href='http://spam.test/1'>代开发票</a>"
    assert [how for *_, how in hidden(around.format(link))] == ["与背景同色"]


@pytest.mark.parametrize(
    "body",
    [
        "<a style='color:#fff' href='http://x.test/'>什么底色不知道</a>",
        "<div style='background:#c00'><a style='color:#fff' href='http://x.test/'>红底白字</a></div>",
        "<div bgcolor=white><div style='background:#c00'><a style='color:white' href='http://x.test/'>红底</a></div></div>",
        "<div style='background:#fff;color:#fff'><a href='http://x.test/'>链接自有颜色</a></div>",
        "<div style='background:#fff'><a style='background-color:#c00;color:#fff' href='http://x.test/'>按钮</a></div>",
    ],
)
def test_links_that_can_be_read(body: str) -> None:
    assert hidden(body) == []


def test_links_for_programs_only() -> None:
    assert hidden(
        "<noscript><div><a class=x href='http://spam.test/2'><b>六合&#24425;</b></a></div></noscript>"
    ) == [("http://spam.test/2", "六合彩", "只给不运行脚本的程序看")]
    sent = "<script>if (/baidu/.test(document.referrer)) { location.href = 'http://spam.test/3'; }</script>"
    assert hidden(sent) == [("http://spam.test/3", "", "只对从搜索引擎来的访客跳转")]
    assert (
        hidden("<script>location.search; var r = document.referrer;</script><noscript>请开启脚本</noscript>")
        == []
    )
    assert hidden(f"<!-- {LINK} -->") == []
