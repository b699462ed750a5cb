"""When an article's page says it was published: the line of particulars, and every clue with its worth."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.reading.dates import Written, days_ago, find_full, find_yearless, in_url, read_value, sole_date
from crawler.reading.regions import Regions
from crawler.reading.tree import Tree
from domain.page import DateClue, DateSource

_PUBLISHED = re.compile(
    r"(?:信息|文章|公告|稿件|网站)?(?:发布|发表|公布|公开|上网|发稿|刊登|公告|信息)(?:时间|日期|于)|(?:发布|公布)\s*[:：]"
)
_TOLD = re.compile(r"(?:信息|文章|公告|稿件|网站)?(?:发布|发表|公布|公开|刊登)")
_BARE = re.compile(
    r"(?:^|[\s【\[（(|｜])(?:时间|日期|Time|Date|Published(?: on)?|Posted(?: on)?)\s*[:：]", re.IGNORECASE
)
_UPDATED = re.compile(r"(?:更新|修改|录入|添加|上传|审核|入库)(?:时间|日期)")
_WRITTEN = re.compile(r"(?:成文|生成|印发|签发|发文|制发|形成)(?:时间|日期)")
_META = re.compile(
    r"(?:来源|作者|编辑|责编|供稿|稿源|发布(?:机构|单位|人|者))\s*[:：]|点击|浏览|阅读|访问|次数|字体|字号|打印|关闭|分享|"
    r"大\s*中\s*小"
)
_CLOCK = re.compile(
    r"今天是|今日|现在是|最后更新|总访问|访问总量|本站(?:自|从|于|第|已|累计|访问|运行|总)|[位名](?:访客|访问者)|"
    r"(?:当前|北京|系统|访问|打印|下载|浏览|阅读|登录)(?:时间|日期)|[上下]一[篇条则个]|"
    r"欢迎|天气|版权|copyright|©|all rights",
    re.I,
)
_EVENT = re.compile(
    r"截止|截至|结束|开始|报名|会议|活动|考试|开标|施行|实施|执行|废止|有效|失效|起至|开庭|听证|公示期|公告期|"
    r"成交|中标|出生|任期|投标|挂牌|拍卖|征集|采购"
)
_PLACE = re.compile(r"^\s*(?:地\s*点|地\s*址|主\s*题|议\s*题|参会|对\s*象)\s*[:：]")
_DATE = (
    r"(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日"
    r"|[一二][〇零○OＯ0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十廿]{1,3}日)"
)
_SIGNATURE = re.compile(rf"^[（(]?.{{0,24}}?{_DATE}[）)]?$")
_SCRIPT_LABEL = re.compile(r"(?:发布|发表|公布)(?:时间|日期)")
_SCRIPT_DATE = re.compile(
    r"(?:\b\w*(?:data|date|time|shijian|riqi|sj|rq)\w*\s*=|(?:innerHTML|innerText|textContent)\s*=|\.(?:html|text)\()"
    r"\s*['\"]((?:19|20)\d\d[-/.年][^'\"]{3,26})['\"]",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"(?:(?:^|\s|发布于|发表于|[:：])(?P<ago>\d{1,2}\s*(?:天|小时|分钟|周|个月)前|[昨前]天(?:\s*\d{1,2}:\d{2})?|刚刚)\s*(?:发布|发表|更新)?(?=\s|$))"
)
_REPRINT = re.compile(
    r"(?:来源|稿源|转自|转载自)\s*[:：]\s*[“《]?\S{0,8}?(?:新华|人民[网日]|央视|央广|光明[网日]|中国新闻网|通讯社|日报|晚报|晨报)"
)
"""A source of news beside whose name a date without a label may be that of its own publication."""

DEEP = 300
"""Characters into the text from which a bare date is the text's own and no longer a particular."""


@dataclass(frozen=True, slots=True)
class MetaLine:
    """The line of particulars: the range of its pieces, its words, the date it states and as what.

    `rank` is 1 for a labelled date of publication, rising to 6 for a date of writing.
    """

    start: int
    stop: int
    text: str
    written: Written
    label: str
    rank: int


def meta_line(tree: Tree, regions: Regions, body: int, today: date) -> MetaLine | None:
    """The line that says when the page was published; `body` is the element that holds its main text."""
    best: MetaLine | None = None
    after_trail = tree.stops[regions.crumbs[0]] if regions.crumbs else 0
    for start, stop in _lines_about(tree, regions, _holds_year):
        if tree.offsets[stop] - tree.offsets[start] > 1000:
            continue
        line = " ".join("".join(tree.pieces[start:stop]).split())
        if not 6 <= len(line) <= 300 or _CLOCK.search(line):
            continue
        deep = body > 0 and tree.offsets[start] - tree.offsets[tree.starts[body]] > DEEP
        deep = deep and start < tree.stops[body]
        before = _line_before(tree, start)
        if deep and not _may_label(line) and not _may_label(before):
            continue
        found = find_full(line)
        if not found:
            continue
        rank, chosen, label = _rank(line, found, before, today, deep)
        if rank == 4 and (start < after_trail or _at_end(tree, body, start)):
            continue
        if rank and rank <= 4 and _PLACE.search(_line_after(tree, stop)):
            continue
        if rank and (best is None or rank < best.rank):
            best = MetaLine(start, stop, line, chosen, label, rank)
            if rank == 1:
                break
    if best and best.rank <= 4:
        return best
    return _yearless_line(tree, regions, body, today) or best


def _yearless_line(tree: Tree, regions: Regions, body: int, today: date) -> MetaLine | None:
    """The only line that labels a date without a year as that of publication; None where several do: they
    are the entries of a list.
    """
    found: list[MetaLine] = []
    for start, stop in _lines_about(tree, regions, _may_label):
        line = " ".join("".join(tree.pieces[start:stop]).split())
        deep = body > 0 and tree.offsets[start] - tree.offsets[tree.starts[body]] > DEEP
        if not 6 <= len(line) <= 300 or (deep and start < tree.stops[body]):
            continue
        if _CLOCK.search(line) or _EVENT.search(line) or _PLACE.search(_line_after(tree, stop)):
            continue
        days = [] if find_full(line) else find_yearless(line, today)
        for rank, label in ((1, _PUBLISHED.search(line)), (2, _BARE.search(line))) if days else ():
            near = label and next((w for w in days if 0 <= w.start - label.end() <= 4), None)
            if label and near and (rank == 1 or _META.search(line) or len(line) <= 30):
                words = label.group().strip(" :：【[（(|｜")
                found.append(MetaLine(start, stop, line, near, words, rank))
                break
    return found[0] if len(found) == 1 else _line_of_days_ago(tree, regions, today)


def _line_of_days_ago(tree: Tree, regions: Regions, today: date) -> MetaLine | None:
    """The only line of particulars that tells the date by its distance (3天前发布)."""
    found: list[MetaLine] = []
    for start, stop in _lines_about(tree, regions, _tells_distance):
        line = " ".join("".join(tree.pieces[start:stop]).split())
        stated = _AGO.search(line) if len(line) <= 120 and "。" not in line else None
        written = (
            days_ago(stated["ago"], today) if stated and (_META.search(line) or len(line) <= 20) else None
        )
        if written:
            found.append(MetaLine(start, stop, line, written, "发布", 3))
    return found[0] if len(found) == 1 else None


def _tells_distance(words: str) -> bool:
    return "前" in words or "刚" in words or "天" in words


def _may_label(words: str) -> bool:
    """Whether the words may hold a label of a date: a quick look before the patterns are tried."""
    return "时间" in words or "日期" in words or "布" in words or "于" in words


def _at_end(tree: Tree, body: int, piece: int) -> bool:
    """Whether a line stands in the second half of the text or behind it: where signatures are."""
    begin, end = tree.offsets[tree.starts[body]], tree.offsets[tree.stops[body]]
    return tree.offsets[piece] > begin + (end - begin) * 0.5


def _holds_year(piece: str) -> bool:
    return "20" in piece or "19" in piece or "年" in piece


def _lines_about(tree: Tree, regions: Regions, telling: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """The ranges of pieces of the lines that hold a telling piece, outside menus and foot."""
    pieces, owners, of = tree.pieces, tree.owners, regions.of
    done = -1
    for number, piece in enumerate(pieces):
        if number < done or not telling(piece):
            continue
        if of[owners[number]] is not None:
            continue
        start, stop = number, number + 1
        while start > 0 and pieces[start - 1] != "\n" and number - start < 60:
            start -= 1
        while stop < len(pieces) and pieces[stop] != "\n" and stop - number < 60:
            stop += 1
        done = stop
        yield start, stop


def _line_before(tree: Tree, start: int) -> str:
    stop = start - 1
    first = stop
    while first > 0 and tree.pieces[first - 1] != "\n" and stop - first < 20:
        first -= 1
    return " ".join("".join(tree.pieces[first:stop]).split()) if stop > first else ""


def _line_after(tree: Tree, stop: int) -> str:
    return "".join(tree.pieces[stop + 1 : stop + 3])[:40]


def _rank(
    line: str, found: Sequence[Written], before: str, today: date, deep: bool
) -> tuple[int, Written, str]:
    """How good a line is as the statement of a publication date (0: not at all), the date and its label."""
    for rank, pattern in ((1, _PUBLISHED), (5, _UPDATED), (6, _WRITTEN)):
        # of 录入时间, 审核时间 and 发布时间 in one line the last is meant
        for match in sorted(pattern.finditer(line), key=lambda match: not _TOLD.match(match.group())):
            after = next((w for w in found if 0 <= w.start - match.end() <= 12), None)
            if after and not _is_told_of(line, match.start()):
                return rank + (1 if deep else 0), after, match.group().strip(" :：")
    alone = len(found) == 1 and sole_date(line, today) is not None
    if alone and len(before) <= 14:
        for rank, pattern in ((1, _PUBLISHED), (5, _UPDATED), (6, _WRITTEN)):
            label = pattern.search(before)
            if label:
                return rank + (1 if deep else 0), found[0], label.group().strip(" :：")
    if deep or _EVENT.search(line) or (alone and _EVENT.search(before[-8:])):
        return 0, found[0], ""
    bare = _BARE.search(line)
    if bare and 0 <= found[0].start - bare.end() <= 4 and (_META.search(line) or len(line) <= 30):
        return 2, found[0], bare.group().strip(" :：【[（(|｜")
    if _META.search(line) and len(line) <= 200 and "。" not in line:
        return 3, found[0], ""
    return (4 if alone and "星期" not in line else 0), found[0], ""


def _is_told_of(line: str, label: int) -> bool:
    """Whether a label stands in a sentence that tells of something else's date (该办法的发布日期：…)."""
    before = line[:label]
    return before.endswith("的") or ("。" in line and bool(before) and not _META.search(before))


def date_clues(
    tags: Mapping[str, str],
    tag_value: str,
    line: MetaLine | None,
    text: str,
    url: str,
    source: str,
    today: date,
) -> tuple[DateClue, ...]:
    """What the page says of its publication date, by where it says so.

    `tag_value` is what a misnamed tag states, `text` the main text, `source` the page's source.
    """
    clues: list[DateClue] = []
    value = tags.get("PubDate", "") or tag_value
    day = read_value(value, today) if value else None
    if day:
        clues.append(DateClue(source=DateSource.TAG, day=day, raw=value, certain=day <= today))
    if line:
        raw = f"{line.label}：{line.written.raw}" if line.label else line.written.raw
        certain = line.rank <= 4 and not (line.rank == 3 and _REPRINT.search(line.text))
        day, yearless = _with_year(line.written, (in_url(url), signature_of(text)))
        clues.append(DateClue(source=DateSource.LABEL, day=day, raw=raw, certain=certain, yearless=yearless))
    elif "发布" in source:
        clues.extend(_script_clue(source, today))
    place = in_url(url)
    if place:
        clues.append(DateClue(source=DateSource.URL, day=place.day, raw=place.raw, certain=False))
    signature = signature_of(text)
    if signature:
        clues.append(DateClue(source=DateSource.TEXT, day=signature.day, raw=signature.raw, certain=False))
    return tuple(clues)


def _with_year(written: Written, others: Sequence[Written | None]) -> tuple[date, bool]:
    """A date with the year that the address or the signature states for the same day, where it has none."""
    for other in others if written.yearless else ():
        if other and (other.day.month, other.day.day) == (written.day.month, written.day.day):
            return other.day, False
    return written.day, written.yearless


def _script_clue(source: str, today: date) -> list[DateClue]:
    """A date that an inline script is about to write after the label of publication."""
    at = _SCRIPT_LABEL.search(source)
    match = _SCRIPT_DATE.search(source, at.end(), at.end() + 2000) if at else None
    day = read_value(match.group(1), today) if match else None
    return [DateClue(source=DateSource.LABEL, day=day, raw=match.group(1))] if match and day else []


def signature_of(text: str) -> Written | None:
    """The date under the signature at the end of a text."""
    for line in reversed(text.split("\n")[-12:]):
        bare = line.replace(" ", "")
        if len(bare) <= 40 and _SIGNATURE.match(bare) and not _EVENT.search(bare):
            found = find_full(bare)
            if found:
                return found[-1]
    return None
