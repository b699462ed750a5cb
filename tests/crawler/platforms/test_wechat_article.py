"""Pages of WeChat articles, and the notices in their place."""

from datetime import UTC, datetime

import pytest

from crawler.platforms.wechat_article import Standing, is_article_address, read
from domain.observation import CHINA

NOW = datetime(2026, 6, 30, 2, 0, tzinfo=CHINA)

ARTICLE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<meta property="og:title" content="义诊进社区 &amp; 健康到家" /></head><body>
<div id="js_article"><h1 class="rich_media_title" id="activity-name">
义诊进社区</h1><a href="javascript:void(0);" class="wx_tap_link" id="js_name"> 健康云溪 </a>
<em id="publish_time" class="rich_media_meta"></em>
<div class="rich_media_content" id="js_content" style="visibility: hidden;"><p>周六上午</p><p>广场见。</p>
<p>附：该内容已被发布者删除是什么意思</p></div>
<script nonce="1">var ct = "1782354600"; var oriCreateTime = '1782354600';
var createTime = '2026-06-25 10:30'; var nickname = htmlDecode("健康云溪");</script></body></html>"""


def notice(words: str) -> bytes:
    return (
        "<!DOCTYPE html><html><head><title></title></head><body><div class='weui-msg'>"
        f"<div class='weui-msg__title warn'>{words}</div></div></body></html>"
    ).encode()


def test_article() -> None:
    article = read(ARTICLE.encode(), now=NOW)
    assert article.standing is Standing.READABLE
    assert article.title == "义诊进社区 & 健康到家"
    assert article.account == "健康云溪"
    assert article.posted_at == datetime(2026, 6, 25, 2, 30, tzinfo=UTC)
    assert article.text.startswith("周六上午\n广场见。")


def test_written_time_where_no_seconds_stand() -> None:
    text = ARTICLE.replace("var ct = \"1782354600\"; var oriCreateTime = '1782354600';", "")
    assert read(text.encode(), now=NOW).posted_at == datetime(2026, 6, 25, 10, 30, tzinfo=CHINA)
    none = text.replace("var createTime = '2026-06-25 10:30';", "")
    assert read(none.encode(), now=NOW).posted_at is None


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ("该内容已被发布者删除", Standing.DELETED),
        ("此内容因违规无法查看", Standing.VIOLATING),
        ("该公众号已迁移", Standing.MIGRATED),
        ("此帐号已自主注销，内容无法查看", Standing.CLOSED),
        ("此帐号已被屏蔽, 内容无法查看", Standing.BLOCKED),
        ("当前环境异常，完成验证后即可继续访问。", Standing.CHALLENGE),
        ("参数错误", Standing.UNKNOWN),
        ("", Standing.UNKNOWN),
    ],
)
def test_notices(words: str, standing: Standing) -> None:
    assert read(notice(words), now=NOW).standing is standing


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://mp.weixin.qq.com/s/AbC", True),
        ("http://mp.weixin.qq.com/s?__biz=MzA", True),
        ("https://mp.weixin.qq.com.evil.test/s/AbC", False),
        ("https://example.test/?u=mp.weixin.qq.com/s", False),
    ],
)
def test_addresses(url: str, expected: bool) -> None:
    assert is_article_address(url) is expected


def test_huge_and_hostile_pages_end_soon() -> None:
    assert read(b"id='js_content'>" + b"<" * 3_000_000, now=NOW).standing is Standing.READABLE
    assert read(b"\xff" * 1_000_000, now=NOW).standing is Standing.UNKNOWN
