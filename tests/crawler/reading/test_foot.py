"""Marks of the foot: each found in its usual dress, none invented."""

import pytest

from tests.crawler.reading.pages import page_of

BODY = "<p>云溪县民政局关于公布养老机构名单的通知，请各镇人民政府、县直各有关单位认真贯彻执行。</p>" * 3


def marks(foot: str, head: str = "") -> tuple[str, ...]:
    return page_of(f'<div>{BODY}</div><div class="footer">{foot}</div>', head).marks


@pytest.mark.parametrize(
    ("foot", "mark"),
    [
        ("网站标识码：9901230007", "identifier_code"),
        ("政府网站标识码 bm99000001", "identifier_code"),
        ("豫ICP备15021526号-1", "icp"),
        ("备案编号：京 ICP 备 05037313 号", "icp"),
        ("ICP备案编号：京ICP备13026484", "icp"),
        ("豫公网安备 41142402000535号", "police_record"),
        ("公网安备11010502042638号", "police_record"),
        ('<a href="http://bszs.conac.cn/sitename?method=show&id=1"><img src="x.png"></a>', "party_gov_mark"),
        ("<script src='http://dcs.conac.cn/js/1.js'></script>", "party_gov_mark"),
        ("<script>document.write(unescape('%3Cscript src=//dcs.conac.cn%3E'))</script>", "party_gov_mark"),
        ('<a href="/ba/"><img src="/i/red.png" alt="党政机关网站标识"></a>', "party_gov_mark"),
        ('<a href="/ba/" title="事业单位"><img src="/i/blue.png"></a>', "party_gov_mark"),
        ("主办单位：云溪县人民政府办公室", "sponsor"),
        ("主 办：云溪县民政局", "sponsor"),
        ("版权所有：云溪县民政局", "sponsor"),
        ("Copyright © 2020-2026 云溪县人民政府 All Rights Reserved", "sponsor"),
        ("云溪县卫生健康委员会　版权所有", "sponsor"),
        ("© 2026 云溪县水务集团有限公司", "sponsor"),
        ('<a href="/lxwm/">联系我们</a>', "contact"),
        ("联系电话：0000-8800000", "contact"),
        ('<a href="/wzdt/">网站地图</a>', "site_map"),
        ('<a href="/map.html">站点地图</a>', "site_map"),
    ],
)  # fmt: skip
def test_a_mark_is_found(foot: str, mark: str) -> None:
    assert marks(foot) == (mark,)


@pytest.mark.parametrize(
    "foot",
    [
        "版权所有 2009-2026",
        "版权所有 未经许可不得转载 技术支持：某某科技有限公司",
        "版权所有　技术支持：某某科技有限公司",
        "Copyright © www.yunxi.gov.cn All Rights Reserved",
        "本站版权所有 翻版必究",
        "承办：云溪县融媒体中心",
        "技术支持：某某公司",
        "标识码：123",
        "ICP备案中",
        "Copyright 2026",
        "公网安备",
        '<img src="/i/x.png" alt="党政机关领导活动">',
    ],
)
def test_what_is_no_mark_is_not_taken_for_one(foot: str) -> None:
    assert marks(foot) == ()


def test_the_identifier_is_that_of_the_foot_else_of_the_tag() -> None:
    tag = '<meta name="SiteIDCode" content="9901230008">'
    assert page_of('<div class="footer">网站标识码：9901230007</div>', tag).identifier == "9901230007"
    assert page_of("<p>正文</p>", tag).identifier == "9901230008"
    assert page_of("<p>正文</p>", '<meta name="SiteIDCode" content="无">').identifier is None
