"""Which reader reads which kind of source."""

from collections.abc import Callable

from crawler.platforms import app_page, feed, record, wechat, weibo
from crawler.platforms.answer import Answer
from domain.target import Account, SourceType

Reader = Callable[..., Answer]
"""Takes the bytes of an answer and `now`. Raises SourceTrouble when it proves nothing."""

READERS: dict[SourceType, Reader] = {
    SourceType.RSS: feed.read,
    SourceType.WEIBO: weibo.read,
    SourceType.FILE: record.read,
    SourceType.WECHAT_API: wechat.read,
    SourceType.APP_PAGE: app_page.read,
}


def reader_of(account: Account, url: str) -> Reader:
    """The reader of one page of an account's source: a file beside the registry is a record."""
    if account.source.path is not None and url == account.source.path:
        return record.read
    return READERS[account.source.type]
