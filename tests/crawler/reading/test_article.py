"""What an article's text holds, and what around it is none of its."""

from datetime import date

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
