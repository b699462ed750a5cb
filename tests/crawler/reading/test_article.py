"""What an article's text holds, and what around it is none of its."""

from datetime import date

import pytest

from crawler.extract import read_page

OLD_TABLES = """<html><head><title>取水许可办事指南_水务局网站</title></head><body>
<table width="1000"><tr><td><table><tr><td><a href="/">首页</a></td><td><a href="/tz.htm">通知公告</a></td>
<td><a href="/bs.htm">办事服务</a></td></tr></table></td></tr>
<tr><td><h1>取水许可办事指南</h1><table border="1">
<tr><td>办理条件</td><td>{conditions}</td></tr><tr><td>联系电话</td><td>0900-5550100</td></tr></table></td></tr>
<tr><td class="bottom"><p><a href="/map.htm">网站地图</a></p><p>主办单位：水务局　地址：临江路7号</p>
<p>ICP备99010009号 网站标识码：6399010009</p></td></tr></table></body></html>"""


def text_of(source: str) -> str:
    url = "http://swj.example/bs/2026/1.htm"
    return read_page(
        source.encode(), url, content_type="text/html; charset=utf-8", today=date(2026, 6, 30)
    ).text


def test_the_foot_within_one_great_table_is_not_the_articles_text() -> None:
    text = text_of(OLD_TABLES.format(conditions="申请人依法登记，具备计量设施。" * 60))
    assert "具备计量设施" in text
    assert "临江路" not in text
    assert "主办单位" not in text


def test_a_named_body_loses_its_foot_and_nothing_else() -> None:
    paragraph = "<p>各科室要按照职责分工做好防汛值守工作，及时报告险情。</p>" * 30
    source = (
        "<html><head><title>通知</title></head><body>"
        f'<div id="zoom"><h1>关于防汛值守的通知</h1>{paragraph}'
        '<div class="menu"><a href="/a.htm">附则</a></div>'
        '<div class="footer"><p>主办单位：水务局 地址：临江路7号 ICP备99010009号</p></div></div>'
        "</body></html>"
    )
    text = text_of(source)
    assert text.count("防汛值守工作") == 30
    assert "附则" in text
    assert "临江路" not in text


def test_pictures_of_the_foot_are_none_of_the_article() -> None:
    source = (
        "<html><head><title>取水许可办事指南</title></head><body><table><tr><td><h1>取水许可办事指南</h1>"
        '<p>发布日期：2026-03-18</p><p>取水许可由水务局办理。<img src="/lct.png"></p></td></tr>'
        '<tr><td class="bottom"><p><img src="/police.png">ICP备99010009号 主办单位：水务局</p></td></tr>'
        "</table></body></html>"
    )
    url = "http://swj.example/bs/2026/1.htm"
    page = read_page(source.encode(), url, content_type="text/html; charset=utf-8", today=date(2026, 6, 30))
    assert page.images == ("http://swj.example/lct.png",)


LINES = [
    ("发布时间：2026-06-11", "2026-06-11"),
    ("来源：县水利局 2026-06-11", "2026-06-11"),
    ("发布时间：2026-06-11 来源：新华网（2026-01-01）", "2026-06-11"),
    ("录入时间：2026-06-20 审核时间：2026-06-25", None),
    ("更新时间：2026-06-20", None),
    ("访问时间：2026-06-29 浏览：20", None),
    ("来源：某局 打印时间：2026-06-30", None),
    ("来源：新华网 2026-01-01", None),
    ("来源：《示例日报》 2026-01-01", None),
    ("会议时间：2026-07-01 地点：三楼会议室", None),
    ("公示期：2026-06-20至2026-06-29", None),
]


@pytest.mark.parametrize(("line", "day"), LINES)
def test_only_what_is_surely_the_day_of_publication_may_contradict_a_list(line: str, day: str | None) -> None:
    text = "<p>正文内容若干文字，说明有关事项，请遵照执行。</p>" * 8
    assert _sure(f"<h1>关于加强水库管理的通知</h1><p>{line}</p><div>{text}</div>") == day


def test_neighbours_and_quoted_documents_tell_no_day_of_publication() -> None:
    head = "<h1>关于转发管理办法的通知</h1><p>来源：某局</p>"
    text = "<p>正文内容若干文字，说明有关事项，请遵照执行。</p>" * 8
    quoted = "<p>该办法的发布日期：2026-02-01，现予转发。</p>"
    assert _sure(f"{head}<div>{quoted}{text}</div>") is None
    after = "<p>下一篇：<a href='/p/9.html'>另一篇文章</a> 发布时间：2026-06-29</p>"
    assert _sure(f"{head}<div>{text}</div>{after}") is None


def _sure(matter: str) -> str | None:
    body = f"<html><head><title>关于加强水库管理的通知</title></head><body>{matter}</body></html>".encode()
    page = read_page(body, "http://a.test/gg/1.html", content_type=None, today=date(2026, 6, 30))
    days = [clue.day.isoformat() for clue in page.dates if clue.certain]
    return days[0] if days else None
