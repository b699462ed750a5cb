"""Which addresses are an account's own: those of its source, its profile page, its platform."""

from urllib.parse import urlsplit

from crawler.platforms import wechat, weibo
from domain.target import Account, Platform, SourceType

_OF_PLATFORM: dict[Platform, tuple[str, ...]] = {
    Platform.WECHAT: ("mp.weixin.qq.com",),
    Platform.WEIBO: ("weibo.cn", "weibo.com"),
    Platform.DOUYIN: ("douyin.com", "iesdouyin.com"),
    Platform.TOUTIAO: ("toutiao.com", "snssdk.com"),
    Platform.KUAISHOU: ("kuaishou.com", "gifshow.com", "chenzhongtech.com"),
}


def is_own_address(account: Account, url: str) -> bool:
    """Whether a page of this address may be opened to see what the account posted.

    A source's answer is a stranger's text: what it links elsewhere is not the account's.
    """
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return False
    if not host or not url.startswith(("http://", "https://")):
        return False
    return host in _named(account) or any(
        host == name or host.endswith(f".{name}") for name in _OF_PLATFORM.get(account.platform, ())
    )


def _named(account: Account) -> set[str]:
    base = dict(account.source.options).get("base_url")
    if base is None and account.source.url is None:
        base = {SourceType.WEIBO: weibo.BASE, SourceType.WECHAT_API: wechat.BASE}.get(account.source.type)
    addresses = filter(None, (account.source.url, account.profile, base))
    return {(urlsplit(address).hostname or "").lower() for address in addresses} - {""}
