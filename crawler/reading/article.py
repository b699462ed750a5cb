"""An article's own page: its title, the line of particulars under it, its text, its clues to a date."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crawler.reading.dates import Written, find_full, in_url, read_value, sole_date
from crawler.reading.regions import Regions
from crawler.reading.tree import Tree
from crawler.reading.words import BODY_NAME
from domain.page import DateClue, DateSource

_PUBLISHED = re.compile(
    r"(?:信息)?(?:发布|发表|公布|公开|上网|上传|录入|添加|发稿|刊登)(?:时间|日期|于)|(?:发布|公布)\s*[:：]|^\s*(?:时间|日期)\s*[:：]|[\s【\[（(|](?:时间|日期)\s*[:：]"
)
_UPDATED = re.compile(r"更新(?:时间|日期)|修改(?:时间|日期)")
_WRITTEN = re.compile(r"(?:成文|生成|印发|签发|发文|制发|形成)(?:时间|日期)")
_META_WORDS = re.compile(
    r"来源|作者|点击|浏览|阅读|访问|次数|字体|字号|编辑|打印|关闭|责编|供稿|分享|发布(?:机构|单位|人|者)|信息来源|文章来源|稿源|大\s*中\s*小"
)
_CLOCK = re.compile(
    r"今天是|今日|现在是|当前时间|北京时间|欢迎|天气|版权|copyright|©|all rights", re.IGNORECASE
)
_EVENT = re.compile(
    r"截止|截至|结束|开始|报名|会议|活动|考试|开标|施行|实施|执行|废止|有效|失效|起至|招标|开庭|听证|征集|采购|公告期|公示期|成交|中标|出生|任期|投标|挂牌|拍卖"
)
_SIGNATURE = re.compile(
    r"^[（(]?.{0,24}?(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[一二][〇零○OＯ0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十廿]{1,3}日)[）)]?$"
)
_SCRIPT_DATE = re.compile(
    r"(?:pub|publish|fb|fabu|release|wz|doc|news)?_?(?:data|date|time|sj|rq)\w*\s*=\s*['\"]([^'\"]{8,30})['\"]",
    re.IGNORECASE,
)
_TEXT_TAGS = frozenset(
    [
        "div",
        "td",
        "article",
        "section",
        "font",
        "form",
        "main",
        "span",
        "body",
        "dd",
        "ucapcontent",
        "table",
        "p",
    ]
)
MAX_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Body:
    """The element that holds the page's main text, and that text."""

    element: int
    text: str
    length: int


def main_text(tree: Tree, regions: Regions) -> Body:
    """The page's own text: a known content element where there is one, else where most plain text stands;
    everything outside menus and foot where neither holds most of it.
    """
    weights = _weights(tree, regions)
    total = weights[0] if weights else 0
    best = _named(tree, regions, weights) or _heaviest(tree, weights)
    if best is not None and (weights[best] >= total * 0.6 or tree.length(best) > 600):
        return Body(best, "\n".join(tree.lines(best))[:MAX_TEXT], weights[best])
    lines = _outside(tree, regions)
    return Body(0, "\n".join(lines)[:MAX_TEXT], total)


def _weights(tree: Tree, regions: Regions) -> list[int]:
    """For every element the number of characters of plain text inside: outside links, menus and foot."""
    weights = [0] * len(tree)
    if not weights:
        return weights
    tags, of, parents = tree.tags, regions.of, tree.parents
    for piece, owner in zip(tree.pieces, tree.owners, strict=True):
        if owner < 0 or len(piece) < 2:
            continue
        region = of[owner]
        if region is None and tags[owner] != "a":
            weights[owner] += len(piece.strip())
    for element in range(len(tree) - 1, 0, -1):
        if tags[element] != "a":
            weights[parents[element]] += weights[element]
    return weights


def _named(tree: Tree, regions: Regions, weights: Sequence[int]) -> int | None:
    best = None
    for element in tree.of("div", "td", "article", "font", "section", "span", "form", "ucapcontent", "p"):
        attributes = tree.attributes(element)
        if not ("id" in attributes or "class" in attributes) or not BODY_NAME.search(tree.names(element)):
            continue
        if tree.tags[element] == "ucapcontent" or weights[element] > (weights[best] * 1.05 if best else 20):
            best = element
    return best


def _heaviest(tree: Tree, weights: Sequence[int]) -> int | None:
    """The deepest element that still holds nearly all plain text of the page."""
    if not weights or weights[0] < 40:
        return None
    here = 0
    while True:
        child = max(tree.children(here), key=lambda c: weights[c], default=None)
        if (
            child is None
            or weights[child] < weights[here] * 0.75
            or tree.tags[child] in ("p", "li", "tr", "tbody")
        ):
            return here
        here = child


def _outside(tree: Tree, regions: Regions) -> list[str]:
    words: list[str] = []
    for piece, owner in zip(tree.pieces, tree.owners, strict=True):
        if piece == "\n" or owner < 0 or regions.of[owner] is None:
            words.append(piece)
    return [line for line in (" ".join(part.split()) for part in "".join(words).split("\n")) if line]


@dataclass(frozen=True, slots=True)
class MetaLine:
    """The line that states when and by whom a page was published: the range of its pieces, its words."""

    start: int
    stop: int
    text: str
    written: Written | None
    label: str


def meta_line(tree: Tree, regions: Regions, body: Body, today: date) -> MetaLine | None:
    """The line of particulars: a labelled publication date first, else a bare date among words such as
    source and visits, else a bare date of its own before the text.
    """
    best: tuple[int, MetaLine] | None = None
    for start, stop, line in _short_lines(tree, regions):
        if _CLOCK.search(line):
            continue
        found = find_full(line)
        rank, chosen, label = _rank(line, found, today)
        if rank and (best is None or rank < best[0]):
            best = (rank, MetaLine(start, stop, line, chosen, label))
    return best[1] if best else None


def _rank(line: str, found: Sequence[Written], today: date) -> tuple[int, Written | None, str]:
    if not found:
        return 0, None, ""
    for rank, pattern in ((1, _PUBLISHED), (4, _UPDATED), (5, _WRITTEN)):
        for match in pattern.finditer(line):
            after = next((w for w in found if 0 <= w.start - match.end() <= 12), None)
            if after:
                bare = not match.group().strip(" 【[（(|:：") or match.group().strip(" 【[（(|:：") in (
                    "时间",
                    "日期",
                )
                if bare and not _META_WORDS.search(line) and len(line) > 30:
                    continue
                return rank, after, match.group().strip(" :：【[（(")
    if _EVENT.search(line):
        return 0, None, ""
    if _META_WORDS.search(line) and len(line) <= 160:
        return 2, found[0], ""
    if len(found) == 1 and sole_date(line, today):
        return 3, found[0], ""
    return 0, None, ""


def _short_lines(tree: Tree, regions: Regions) -> list[tuple[int, int, str]]:
    """The short lines of the page outside menus and foot that hold a year, with their pieces."""
    lines: list[tuple[int, int, str]] = []
    start = 0
    pieces, owners = tree.pieces, tree.owners
    for number in range(len(pieces) + 1):
        if number < len(pieces) and pieces[number] != "\n":
            continue
        if number > start:
            raw = "".join(pieces[start:number])
            owner = owners[start]
            if (
                ("19" in raw or "20" in raw or "年" in raw)
                and len(raw) < 1500
                and (owner < 0 or regions.of[owner] is None)
            ):
                text = " ".join(raw.split())
                if 6 <= len(text) <= 260:
                    lines.append((start, number, text))
        start = number + 1
    return lines


def date_clues(
    tree: Tree,
    tags: Mapping[str, str],
    tag_value: str,
    line: MetaLine | None,
    body: Body,
    url: str,
    source: str,
    today: date,
) -> tuple[DateClue, ...]:
    """What the page says of its publication date, by where it says so."""
    clues: list[DateClue] = []
    value = tags.get("PubDate", "") or tag_value
    day = read_value(value, today) if value else None
    if day:
        clues.append(DateClue(source=DateSource.TAG, day=day, raw=value, certain=day <= today))
    if line and line.written:
        written, label = line.written, line.label
        certain = not _WRITTEN.search(label) and not _UPDATED.search(label)
        raw = f"{label}：{written.raw}" if label else written.raw
        clues.append(DateClue(source=DateSource.LABEL, day=written.day, raw=raw, certain=certain))
    elif "发布" in source or "时间" in source:
        clues.extend(_script_clue(source, today))
    place = in_url(url)
    if place:
        clues.append(DateClue(source=DateSource.URL, day=place.day, raw=place.raw, certain=False))
    signature = signature_of(body.text)
    if signature:
        clues.append(DateClue(source=DateSource.TEXT, day=signature.day, raw=signature.raw, certain=False))
    return tuple(clues)


def _script_clue(source: str, today: date) -> list[DateClue]:
    """A date that an inline script is about to write after the label of publication."""
    at = re.search(r"(?:发布|发表|公布)(?:时间|日期)", source)
    match = _SCRIPT_DATE.search(source, at.end(), at.end() + 600) if at else None
    day = read_value(match.group(1), today) if match else None
    return [DateClue(source=DateSource.LABEL, day=day, raw=match.group(1))] if match and day else []


def signature_of(text: str) -> Written | None:
    """The date under the signature at the end of a text."""
    lines = text.split("\n")[-12:]
    for line in reversed(lines):
        bare = line.strip()
        if len(bare) <= 40 and _SIGNATURE.match(bare.replace(" ", "")):
            found = find_full(bare.replace(" ", ""))
            if found and not _EVENT.search(bare):
                return found[-1]
    return None


_SITE_WORDS = re.compile(r"(?:网|网站|门户|政府|委员会|[局厅部院处]|平台|首页|公开)$")
_SPLIT = re.compile(r"\s*(?:_|\||｜|—{1,2}|--|–|\s-\s|-|»|>)\s*")


def page_title(raw: str, tags: Mapping[str, str], crumbs: Sequence[str]) -> str:
    """The page's own name out of its title element: without the site's name and the column's."""
    raw = " ".join(raw.split())
    parts = [part for part in _SPLIT.split(raw) if part]
    if len(parts) < 2:
        return raw
    site = tags.get("SiteName", "")
    strange = {site, *crumbs[:1], "首页"} - {""}
    kept = [part for part in parts if part not in strange]
    first = kept[0] if kept else parts[0]
    if len(kept) > 1 and (
        _SITE_WORDS.search(kept[-1]) or kept[-1] in crumbs or len(kept[-1]) < len(first) * 0.5
    ):
        while len(kept) > 1 and (_SITE_WORDS.search(kept[-1]) or kept[-1] in crumbs):
            kept.pop()
        end = raw.find(kept[-1], raw.find(kept[0])) + len(kept[-1])
        return raw[raw.find(kept[0]) : end]
    return raw if len(kept) == len(parts) else first


def article_title(
    tree: Tree,
    regions: Regions,
    tags: Mapping[str, str],
    raw: str,
    crumbs: Sequence[str],
    line: MetaLine | None,
) -> str:
    """An article's title: its tag, a heading, the title element, or the line above the particulars."""
    if len(tags.get("ArticleTitle", "")) > 1:
        return tags["ArticleTitle"]
    limit = line.start if line else None
    headings = [
        (h, tree.text(h))
        for h in tree.of("h1", "h2", "h3")
        if regions.of[h] is None and 4 <= len(tree.text(h)) <= 200
    ]
    squeezed = raw.replace(" ", "")
    for _, words in headings:
        if words.replace(" ", "")[:12] and words.replace(" ", "")[:12] in squeezed:
            return words
    above = [(h, words) for h, words in headings if limit is None or tree.starts[h] < limit]
    first = [words for h, words in above if tree.tags[h] == "h1"]
    own = page_title(raw, tags, crumbs)
    if first:
        return first[-1] if limit is not None else first[0]
    over = _line_above(tree, regions, line) if line else ""
    if over and over.replace(" ", "")[:12] in squeezed:
        return over
    if above and limit is not None and not _SITE_WORDS.search(above[-1][1]):
        return above[-1][1]
    generic = not own or bool(_SITE_WORDS.search(own)) or own in crumbs
    if over and (generic or (len(over) > len(own) + 4 and own in over)):
        return over
    return own or over


def _line_above(tree: Tree, regions: Regions, line: MetaLine) -> str:
    """The last line of text before the particulars, outside menus and breadcrumbs."""
    words: list[str] = []
    for number in range(line.start - 1, max(-1, line.start - 80), -1):
        piece = tree.pieces[number]
        owner = tree.owners[number]
        if piece == "\n":
            text = " ".join("".join(reversed(words)).split())
            if len(text) >= 4:
                return text[:200]
            words = []
        elif owner >= 0 and regions.of[owner] is None:
            words.append(piece)
    return ""
