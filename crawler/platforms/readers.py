"""Which reader reads which kind of source."""

from collections.abc import Callable
from functools import wraps

from crawler.platforms import app_page, feed, record, wechat, weibo
from crawler.platforms.answer import Answer, SourceTrouble
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
    """The reader of one page of an account's source: a file beside the registry is a record.

    It raises nothing but SourceTrouble, whatever the bytes: one odd source must not end a scan.
    """
    if account.source.path is not None and url == account.source.path:
        return _troubled(record.read)
    return _troubled(READERS[account.source.type])


def _troubled(read: Reader) -> Reader:
    @wraps(read)
    def reading(*args: object, **named: object) -> Answer:
        try:
            return read(*args, **named)
        except SourceTrouble:
            raise
        except Exception as error:  # odd bytes make the libraries fail in every way
            raise SourceTrouble(f"程序没能解读信息源的内容（{type(error).__name__}）") from error

    return reading
