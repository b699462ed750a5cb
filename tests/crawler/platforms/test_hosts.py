"""Which pages are opened for evidence."""

import pytest

from crawler.platforms.hosts import is_own_address
from domain.target import Account, AccountSource, Platform, SourceType

ONE = Account(
    id="a1",
    unit="U01",
    platform=Platform.WECHAT,
    name="健康云溪",
    source=AccountSource(type=SourceType.RSS, url="http://bridge.test:8300/a1.xml"),
    profile="https://wjw.yunxi.test/wx.html",
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://mp.weixin.qq.com/s/abc", True),
        ("http://bridge.test:8300/p/1", True),
        ("https://wjw.yunxi.test/1.html", True),
        ("https://mp.weixin.qq.com.evil.test/s/abc", False),
        ("https://evil.test/?mp.weixin.qq.com", False),
        ("https://m.weibo.cn/status/1", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("http://[broken", False),
        ("", False),
    ],
)
def test_own_addresses(url: str, expected: bool) -> None:
    assert is_own_address(ONE, url) is expected


def test_weibo_by_number_is_at_home_on_its_platform() -> None:
    source = AccountSource(type=SourceType.WEIBO, options=(("uid", "1"),))
    weibo = Account(id="w", unit="U", platform=Platform.WEIBO, name="", source=source)
    assert is_own_address(weibo, "https://m.weibo.cn/status/N1")
    assert not is_own_address(weibo, "https://mp.weixin.qq.com/s/abc")
