"""Particulars of a page: source, document and index numbers, forms, entries for interaction, attachments."""

import re
from collections.abc import Mapping, Sequence
from itertools import chain, islice
from urllib.parse import unquote

from crawler.address import looks_like_document, resolve
from crawler.reading.anchors import Anchor
from crawler.reading.published import MetaLine
from crawler.reading.regions import Regions
from crawler.reading.tree import Tree
from crawler.reading.words import ANY_CHANNEL, CHANNELS
from domain.page import Form, Link, Region

_SOURCE = re.compile(
    r"(?:信息|文章|稿件|新闻|内容)?(?:来源|稿源|出处)[ \t]*[:：][ \t]*([^\s:：|｜【】\[\]]{2,60})"
)
_SOURCE_END = re.compile(
    r"作者|编辑|责编|点击|浏览|阅读|访问|字体|字号|发布|时间|日期|打印|审核|类型|关闭|分享|\d{4}[-年]|[（(【\[]|大\s*中\s*小"
)
_NUMBER = (
    r"[\u4e00-\u9fff]{1,12}(?:[（(][\u4e00-\u9fff]{1,6}[)）])?"
    r"\s*[〔\[［(（【]\s*(?:19|20)\d\d\s*[〕\]］)）】]\s*(?:第)?\s*\d{1,5}\s*号"
)
_DOCUMENT_NO = re.compile(
    rf"(?:发文字号|文\s*号|文件编号|发文文号|公文字号|文件号)\s*[:：]?\s*({_NUMBER}|[^\s:：]{{0,20}}号)"
)
_BARE_NO = re.compile(_NUMBER)
_YEAR_IN_NO = re.compile(r"[〔\[［(（【]\s*(?:19|20)\d\d\s*[〕\]］)）】]")
_VIEWED = re.compile(r"[?&](?:file|url|src|pdf)=([^&#]{1,500}\.(?:pdf|docx?|xlsx?|ofd))", re.IGNORECASE)
_INDEX_NO = re.compile(
    r"(?:索\s*引\s*号|信息索引号?|索引码|索取号)\s*[:：]?\s*([0-9A-Za-z][0-9A-Za-z/_.\-—－]{5,60})"
)
_NOT_A_FIELD = frozenset(["hidden", "submit", "button", "image", "reset"])
_FILE_NAME = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|pptx?|ofd|ceb|zip|rar|txt|rtf)\s*$", re.IGNORECASE)
MAX_FORMS = 20
MAX_FIELDS = 80
HEAD_LENGTH = 3000
BESIDE = 3
"""Elements above the text in which a picture still stands beside it."""


def source_of(tags: Mapping[str, str], line: MetaLine | None, head: str) -> str:
    """Who the page says it comes from: the line of particulars first, then the tag."""
    for text in ([line.text] if line else []) + [head]:
        match = _SOURCE.search(text)
        if match:
            end = _SOURCE_END.search(match.group(1))
            words = match.group(1)[: end.start()] if end else match.group(1)
            if len(words.strip("，,。；; ")) > 1:
                return words.strip("，,。；; ")
    return tags.get("ContentSource", "")


def document_number(head: str, body: str) -> str:
    """The document number (文号): the labelled one, else the first in the opening of the text."""
    match = _DOCUMENT_NO.search(head)
    if match:
        return re.sub(r"\s+", "", match.group(1))
    match = _BARE_NO.search(body[:600]) if _YEAR_IN_NO.search(body[:600]) else None
    return re.sub(r"\s+", "", match.group()) if match and _stands_alone(match, body) else ""


def _stands_alone(match: re.Match[str], body: str) -> bool:
    """Whether a number is the document's own, on a line of its own, and not one it cites."""
    start = body.rfind("\n", 0, match.start()) + 1
    end = body.find("\n", match.end())
    line = body[start : end if end >= 0 else len(body)]
    return len(line.strip(" 　()（）")) <= len(match.group()) + 2


def index_number(head: str) -> str:
    """The index number (索引号) of a catalogue record."""
    match = _INDEX_NO.search(head)
    return match.group(1).strip("-—_.") if match else ""


def find_forms(tree: Tree, base: str) -> tuple[Form, ...]:
    """The forms of the page with their visible words and the names of the fields a visitor fills in."""
    made: list[Form] = []
    for element in tree.of("form")[:MAX_FORMS]:
        made.append(
            Form(
                action=resolve(base, tree.attribute(element, "action")) or "",
                text=tree.text(element)[:5000],
                fields=tuple(_fields(tree, element)),
            )
        )
    if not made:
        loose = _fields(tree, 0) if len(tree) else []
        if len(loose) >= 4:
            made.append(Form(action="", text=tree.text(0)[:5000], fields=tuple(loose)))
    return tuple(made)


def _fields(tree: Tree, element: int) -> list[str]:
    names: list[str] = []
    for field in tree.inside(element, "input", "select", "textarea"):
        attributes = tree.attributes[field]
        if (attributes.get("type") or "text").lower() in _NOT_A_FIELD:
            continue
        names.append(attributes.get("name") or attributes.get("id") or attributes.get("placeholder") or "")
    return names[:MAX_FIELDS]


def find_channels(anchors: Sequence[Anchor], frames: Sequence[str]) -> tuple[str, ...]:
    """The kinds of entries for interaction that links of the page name (see words.CHANNELS)."""
    found: set[str] = set()
    for words in {anchor.text for anchor in anchors if 2 <= len(anchor.text) <= 20}:
        if ANY_CHANNEL.search(words):
            found.update(name for name, pattern in CHANNELS.items() if pattern.search(words))
    return tuple(name for name in CHANNELS if name in found)


def find_attachments(anchors: Sequence[Anchor], regions: Regions) -> tuple[Link, ...]:
    """The documents that the page attaches: links to them in its own matter, by address or by name."""
    found: dict[str, Link] = {}
    for anchor in anchors:
        if not anchor.url or regions.of[anchor.element] in (Region.NAV, Region.FOOT):
            continue
        if looks_like_document(anchor.url) or _FILE_NAME.search(anchor.text):
            found.setdefault(anchor.url, Link(url=anchor.url, text=anchor.text, region=Region.BODY))
    return tuple(found.values())


def find_shown(tree: Tree, base: str) -> tuple[Link, ...]:
    """The documents that the page shows in itself: embedded, or in a frame by a viewer that is told which."""
    sources = [(tree.attribute(element, "src"), False) for element in tree.of("embed")]
    sources += [(tree.attribute(element, "data"), False) for element in tree.of("object")]
    sources += [(tree.attribute(element, "src"), True) for element in tree.of("iframe")]
    files = (viewed(base, source) if framed else resolve(base, source) for source, framed in sources)
    shown = dict.fromkeys(file for file in files if file and looks_like_document(file))
    return tuple(Link(url=url, text=unquote(url.rpartition("/")[2]), region=Region.BODY) for url in shown)


def viewed(base: str, source: str) -> str:
    """The file that the address of a viewer's frame tells it to show; "" where it is no viewer's."""
    told = _VIEWED.search(source)
    return (resolve(resolve(base, source) or base, unquote(told[1])) or "") if told else ""


_PAGE_PATH = re.compile(
    r"^https?://[^?#]*(?:/|\.(?:s?html?|jhtml|jspx?|aspx?|php|do|action))(?:[?#]|$)", re.IGNORECASE
)
_PLAYED = ("video", "audio", "source", "embed", "object")
"""Elements that show a film, a sound or a file: content that is not read as text, as pictures are."""


def _source_of(tree: Tree, element: int) -> str:
    return tree.attribute(element, "src") or tree.attribute(element, "data")


def find_inner_pages(tree: Tree, base: str) -> tuple[str, ...]:
    """The pages that stand in another as objects: like those in frames."""
    found = (resolve(base, _source_of(tree, one)) for one in tree.of("object", "embed"))
    return tuple(dict.fromkeys(one for one in found if one and _PAGE_PATH.search(one)))


def find_images(tree: Tree, regions: Regions, base: str, inside: int) -> tuple[str, ...]:
    """The pictures within the element that holds the page's text, those of a foot inside it left out.

    One shown several times is told as often. Where there are none, those that stand beside it count: a
    portrait beside a life, a chart beside its words.
    """
    for holder in (inside, *islice(tree.up(inside), BESIDE)):
        if holder != inside and tree.tags[holder] in ("body", "html"):
            break
        outside = (Region.FOOT,) if holder == inside else (Region.FOOT, Region.NAV, Region.CRUMB)
        shown = (tree.inside(holder, tag) for tag in ("img", *_PLAYED))
        images = (image for image in chain.from_iterable(shown) if regions.of[image] not in outside)
        sources = (resolve(base, _source_of(tree, image)) for image in images)
        found = tuple(source for source in sources if source)[:300]
        if found:
            return found
    return ()
