"""The pieces of a page that state a date and hardly anything else: a date alone, a labelled one, a moment."""

import re
from bisect import bisect_left
from datetime import date

from crawler.reading.dates import Written, days_ago, find_full, of_epoch, sole_date
from crawler.reading.tree import Tree

_MAYBE = re.compile(
    r"[0-9０-９]\s*[-/.年月\u2010-\u2015－／．]|[0-9]{8}|[〇零○一二三四五六七八九]年|:[0-9]{2} |[A-Z][a-z]{2}"
    r"|[今昨前][天日]|[天日时钟周月期]之?以?前|刚[刚才]"
)
_LABEL = re.compile(
    r"(?:发布|发文|公布|公开|发表|更新|上传|录入|添加|开始|起始|征集|留言|来信|写信|提交|受理)(?:时间|日期)?\s*[:：]\s*$"
)
_LED_IN = re.compile(
    _LABEL.pattern.removesuffix("$") + r"(?=[\d０-９一二A-Z])",
)
_TIMED = re.compile(r"(?:来源|作者|编辑|发布(?:者|人|单位|机构)?)\s*[:：].{1,24}?(?:时间|日期)\s*[:：]\s*")
_ELSEWHERE = re.compile(r"地\s*[点址]|主\s*题|截止|报名|开标|会议|活动")
_OPENED = re.compile(r"[ 　\[(（【]*[\d０-９一二A-Z]")
_BESIDE = re.compile(r"来源|浏览|点击|阅读|作者|发布|次数|评论")
_NUMERAL = re.compile(r"[0-9０-９〇零○年天日刚前]")


class Dated:
    """The pieces of a page that state a date and hardly anything else, found once, looked up by range."""

    def __init__(self, tree: Tree, today: date) -> None:
        """Reads every short piece that may hold a date."""
        self.today = today
        self.at: list[int] = []
        self.dates: list[Written] = []
        seen: dict[str, Written | None] = {}
        for number, piece in enumerate(tree.pieces):
            if not 2 <= len(piece) <= 100 or not _NUMERAL.search(piece) or not _MAYBE.search(piece):
                continue
            if piece not in seen:
                seen[piece] = (
                    sole_date(piece, today) or labelled(piece) or _moment(piece) or days_ago(piece, today)
                )
            written = seen[piece]
            if written is not None:
                self.at.append(number)
                self.dates.append(written)

    def within(self, start: int, stop: int) -> list[tuple[int, Written]]:
        """The dates among the pieces of a range, with the numbers of their pieces."""
        low, high = bisect_left(self.at, start), bisect_left(self.at, stop)
        return list(zip(self.at[low:high], self.dates[low:high], strict=True))

    def count(self, start: int, stop: int) -> int:
        """How many there are in a range."""
        return bisect_left(self.at, stop) - bisect_left(self.at, start)


def _moment(piece: str) -> Written | None:
    """A moment in milliseconds since 1970, shown as it left the database."""
    bare = piece.strip(" []()（）")
    day = of_epoch(int(bare)) if len(bare) == 13 and bare.isascii() and bare.isdigit() else None
    return Written(day, bare, 0, len(piece)) if day else None


def labelled(piece: str) -> Written | None:
    """The date behind a label of publication, or one that opens a line of particulars."""
    told = _TIMED.search(piece)
    if told and not _ELSEWHERE.search(piece) and len(found := find_full(piece)) == 1:
        return found[0] if found[0].start == told.end() else None
    if not _LED_IN.search(piece) and not (_OPENED.match(piece) and _BESIDE.search(piece)):
        return None
    found = find_full(piece)
    for written in found:
        if _LABEL.search(piece[: written.start]):
            return written
    if found and not piece[: found[0].start].strip(" 　[(（【") and _BESIDE.search(piece[found[0].end :]):
        return found[0]
    return None
