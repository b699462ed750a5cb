"""What stands beside the main text of a short article: a portrait, a list of duties."""

from datetime import date

from crawler.extract import read_page

PROFILE = """<html><body><div class="nav"><a href="/">首页</a><img src="/logo.png"></div>
<div class="mainContent">
<div class="left"><div class="photo"><img src="/p/zhang.jpg"></div>
<h3>张　三</h3><span>党组书记、局长</span></div>
<div class="right"><div class="a"><p>分工：主持市卫生健康局全面工作，分管办公室、人事科。</p></div>
<div class="b">个人简历：张三，男，汉族，1970年5月出生，大学学历，中共党员。1992年参加工作，
历任科员、副科长、科长、副局长，长期从事卫生健康管理工作，熟悉基层情况，具有丰富的管理经验，曾获多项表彰，现任示例市卫生健康局局长。</div></div>
</div><div class="footer">主办单位：示例市卫生健康局</div></body></html>"""


def read(html: str):
    return read_page(
        html.encode(), "http://wjw.test/ld/1.html", content_type="text/html", today=date(2026, 6, 30)
    )


def test_portrait_and_duties_beside_a_life_are_read() -> None:
    page = read(PROFILE)
    assert "http://wjw.test/p/zhang.jpg" in page.images
    whole = page.text + page.beside
    assert "主持市卫生健康局全面工作" in whole
    assert "张" in whole
    assert "主办单位" not in page.beside


def test_pictures_inside_the_text_come_first() -> None:
    html = PROFILE.replace("个人简历：", '<img src="/p/in.jpg">个人简历：')
    assert read(html).images[0] == "http://wjw.test/p/in.jpg"
