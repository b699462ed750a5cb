"""Lists that scripts fetch: JSON of any shape and RSS, read as a list page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from html import escape
from itertools import islice

from crawler.address import resolve
from crawler.questions import taken_apart, turned
from crawler.reading.dates import read_value
from crawler.reading.spans import between
from crawler.reading.tree import plant
from domain.page import Item, Page, PageKind

_TITLES = (
    "title",
    "doctitle",
    "infotitle",
    "articletitle",
    "subject",
    "name",
    "topic",
    "bt",
    "headline",
    "listtitle",
    "标题",
    "名称",
    "信息标题",
)
_ADDRESSES = (
    "url",
    "link",
    "docpuburl",
    "href",
    "infourl",
    "visiturl",
    "linkurl",
    "puburl",
    "docurl",
    "path",
    "weburl",
    "pageurl",
    "链接",
    "网址",
)
_DATES = (
    *(
        "display_publish_time",
        "publish_time",
        "publishtime",
        "pubtime",
        "pubdate",
        "publishdate",
        "publish_date",
    ),
    *(
        "releasetime",
        "release_time",
        "issuetime",
        "infodate",
        "showdate",
        "docreltime",
        "fbrq",
        "fbsj",
        "date",
        "time",
    ),
    *(
        "publisheddate",
        "created_at",
        "createtime",
        "create_time",
        "createdate",
        "addtime",
        "inputtime",
        "updatetime",
    ),
    *("发布日期", "发布时间", "公布日期", "公布时间", "日期", "时间"),
)
_COUNTS = (
    *("total", "count", "totalcount", "recordcount", "totalnum", "totalrecords", "totalrecord"),
    *("totalelements", "totalsize", "totalrow", "recordstotal", "rowcount", "allcount"),
)
_CDATA = re.compile(r"<!\[CDATA\[([^\]]*(?:\](?!\]>)[^\]]*)*)\]\]>")
_VOID = re.compile(
    r"(</?)(link|title|source|base|meta|input|param|col|area|img|br|hr|embed|track|wbr)\b", re.IGNORECASE
)
"""Names that mean something else in HTML, whose parser reads these texts too."""

_TAGS = re.compile(r"<[^<>]{1,300}>")
_LINK = re.compile(r"<link[^<>]{0,300}?href=[\"']([^\"']+)")
MAX_ITEMS = 2000
MAX_XML = 4_000_000
MAX_NODES = 200_000


def read_json_list(value: object, url: str, today: date) -> Page | None:
    """The list that a JSON value holds: the longest array of records with a title; None without one.

    An empty array beside a count of zero is an empty list.
    """
    best: list[Mapping[str, object]] = []
    empty = False
    for node in _nodes(value):
        if isinstance(node, list):
            records = [entry for entry in node if isinstance(entry, Mapping) and _pick(entry, _TITLES)]
            if len(records) > len(best):
                best = records
            empty = empty or not node
    if not best and not (empty and _count_of(value) == 0):
        return None
    items = tuple(item_of(record, taken_apart(url)[0], today) for record in best[:MAX_ITEMS])
    return turned_page(list_page(url, "json", items, title=""), _count_of(value))


def list_page(
    url: str, adapter: str, items: tuple[Item, ...], title: str = "", pages: int | None = None
) -> Page:
    """A list page made of items that came without HTML."""
    return Page(
        url=url,
        adapter=adapter,
        charset="utf-8",
        kind=PageKind.LIST,
        title=title,
        items=items,
        page_count=pages,
        empty_notice=not items,
    )


def turned_page(page: Page, total: int | None, *, count: int | None = None) -> Page:
    """A list service's answer with the questions for its further pages."""
    pages = count if count is not None else page.page_count
    pager = turned(page.url, len(page.items), total, count=pages)
    return replace(page, pager=pager, total=total, page_count=pages or (len(pager) + 1 if pager else None))


def _nodes(value: object) -> Iterator[object]:
    """Every value inside, breadth first, up to a limit."""
    queue = [value]
    seen = 0
    while queue and seen < MAX_NODES:
        node = queue.pop(0) if len(queue) < 1000 else queue.pop()
        seen += 1
        yield node
        if isinstance(node, Mapping):
            queue.extend(node.values())
        elif isinstance(node, list):
            queue.extend(entry for entry in node if isinstance(entry, Mapping | list))


def _pick(record: Mapping[str, object], names: tuple[str, ...]) -> object:
    """The first filled field of those names, whatever their case."""
    lowered = {str(key).lower(): entry for key, entry in record.items()}
    return next((lowered[name] for name in names if lowered.get(name) not in (None, "", [], {})), None)


def item_of(record: Mapping[str, object], url: str, today: date) -> Item:
    """The entry that a record of data describes; `url` is the address its own are relative to."""
    title = " ".join(_TAGS.sub("", str(_pick(record, _TITLES))).split())[:300]
    address = _pick(record, _ADDRESSES)
    written = _pick(record, _DATES) or _any_date(record, today)
    if isinstance(written, Mapping):  # a date object as Java writes it out
        written = written.get("time")
    elif isinstance(written, list):  # the parts of a date, as Java's newer calendar is written out
        written = "-".join(str(part) for part in written[:3])
    pinned = _pick(record, ("istop", "is_top", "top", "settop", "iszd")) in (True, 1, "1", "true", "Y")
    return Item(
        title=title,
        url=resolve(url, address) or "" if isinstance(address, str) else "",
        day=read_value(written, today),
        raw=str(written)[:60] if written is not None else "",
        pinned=pinned,
    )


def _any_date(record: Mapping[str, object], today: date) -> object:
    """The first field that is called a time or a date of publication and holds one."""
    for wanted in ("pub", "release", ""):
        for key, entry in record.items():
            name = str(key).lower()
            dated = ("time" in name or "date" in name) and wanted in name and "end" not in name
            if dated and isinstance(entry, str | int) and read_value(entry, today):
                return entry
    return None


def _count_of(value: object) -> int | None:
    for node in _nodes(value):
        if isinstance(node, Mapping):
            count = _pick(node, _COUNTS)
            if isinstance(count, int | str) and str(count).isdigit():
                return int(count)
            if 0 in [node.get(name) for name in node if str(name).lower() in _COUNTS]:
                return 0
    return None


def read_xml_list(text: str, url: str, today: date) -> Page | None:
    """The entries of an RSS or Atom text, or of another that holds records with titles; None without any."""
    text = text[:MAX_XML]
    if "<rss" not in text[:3000] and "<feed" not in text[:3000] and "<rdf:RDF" not in text[:3000]:
        return _read_records(text, url, today)
    tag = "item" if "<item" in text else "entry"
    spans = islice(between(text, f"<{tag}", f"</{tag}>"), MAX_ITEMS)
    items = tuple(_xml_item(text[start:end], url, today) for start, end, _ in spans)
    return list_page(url, "rss", items, _inner(text[:3000], "title"))


def _read_records(text: str, url: str, today: date) -> Page | None:
    """The list in a text whose elements are records: fields in elements or attributes, a title among them."""
    plain = _CDATA.sub(lambda data: escape(data[1]), text)
    tree = plant(_VOID.sub(r"\1x-\2", plain))
    found: dict[str, list[dict[str, object]]] = {}
    for element in range(len(tree)):
        record: dict[str, object] = dict(tree.attributes[element] or {})
        for child in tree.children(element):
            record[tree.tags[child].removeprefix("x-")] = tree.text(child)
        if (
            len(record) > 1
            and _pick(record, _TITLES)
            and (_pick(record, _ADDRESSES) or _pick(record, _DATES))
        ):
            found.setdefault(tree.tags[element], []).append(record)
    records = max(found.values(), key=len, default=[])
    items = tuple(item_of(record, taken_apart(url)[0], today) for record in records[:MAX_ITEMS])
    return list_page(url, "xml", items) if len(items) > 1 else None


def _xml_item(entry: str, url: str, today: date) -> Item:
    written = _inner(entry, "pubdate", "dc:date", "published", "updated")
    link = _inner(entry, "link") or next(iter(_LINK.findall(entry[:20_000])), "")
    return Item(
        title=_inner(entry, "title"),
        url=resolve(url, link) or "",
        day=read_value(written, today) if written else None,
        raw=written[:60],
    )


def _inner(entry: str, *names: str) -> str:
    """The text within the first of these elements that the entry has."""
    for name in names:
        for start, end, _ in between(entry, f"<{name}", f"</{name}>"):
            words = entry[entry.find(">", start) + 1 : end].strip()
            words = words.removeprefix("<![CDATA[").removesuffix("]]>")
            tree = plant(f"<p>{words}</p>")
            return tree.text(0) if len(tree) else ""
    return ""
