"""Why a script must run before a page shows what it has: so that emptiness is not mistaken for absence."""

import re
from collections.abc import Sequence

from crawler.address import resolve
from crawler.questions import taken_apart
from crawler.reading.calls import list_calls
from crawler.reading.regions import Regions
from crawler.reading.sheet import Sheet
from crawler.reading.tree import Tree
from crawler.reading.words import EMPTY_NOTICE, FOOT_NAME
from domain.page import Page, Region

_APP_ROOT = frozenset(["app", "root", "__next", "__nuxt", "app-root", "main-app", "react-root", "vue-app"])
_TEMPLATE = re.compile(
    r"\{\{[^{}]{1,80}\}\}|\bv-for=|\bng-repeat=|\bng-app\b|\bms-repeat|\bdata-bind=|\bv-html="
)
_CALL = re.compile(
    r"\$\.(?:ajax|get|post|getJSON)\s*\(|jQuery\.(?:ajax|get|post|getJSON)\s*\(|axios(?:\.\w+)?\s*\(|(?<![\w.])fetch\s*\("
    r"|XMLHttpRequest|\.load\s*\(\s*['\"][^'\"]+['\"]|layui\.\w+|\$http\.|laypage\.render|\.pagination\s*\("
)
_SUBMIT = re.compile(r"\.submit\s*\(\s*\)")
_NOSCRIPT = re.compile(
    r"(?:启用|开启|打开|允许|支持)\s*(?:浏览器)?\S{0,4}\s*(?:java\s*script|js|脚本)|enable\s+javascript", re.I
)
_ADDRESS = re.compile(
    r"(?:url\s*:\s*|\.(?:get|post|getJSON|ajax|load)\s*\(\s*|fetch\s*\(\s*|\.open\s*\(\s*['\"](?:GET|POST)['\"]\s*,\s*)"
    r"['\"]([^'\"<>\s]{3,300})['\"]",
    re.IGNORECASE,
)
_LOADING = re.compile(
    r"(?:正在|数据|内容|列表|页面)(?:玩命|努力|拼命)?(?:加载|载入|读取)中?|^\s*加载中|loading\s*(?:\.{2,}|…|$)",
    re.I | re.M,
)
_WIDGET = re.compile(r"^(?:data-(?:url|source|api)|data-options|lay-data|v-bind:url|:url)$")
_LIBRARY = re.compile(
    r"jquery|bootstrap|swiper|slide|layui|layer|vue|react|echarts|respond|html5|base64|json2|util|common|tongji|stat|"
    r"analytics|gtag|count|click|hm\.js|ta-\d|trs|superslide|scroll|nav|menu|search|share|conac|jiucuo|wza|iframe|"
    r"modernizr|polyfill|cookie|md5|sidebar|sidemenu|(?:^|[/._-])(?:jquery\.?)?pag(?:e|er|ing|ination)(?:[._-]|$)|gotop|font|print|qrcode|barrier",
    re.IGNORECASE,
)
_HOLDERS = ("div", "ul", "ol", "tbody", "dl", "table", "section")
_HOLDER_NAME = re.compile(
    r"list|content|con\b|news|items?|data|tbody|result|main|info|article|detail|table|rec", re.I
)
_ORNAMENT = re.compile(
    r"clear|blank|line|bg|shadow|top|share|code|qr|weather|nav|menu|foot|head|page|pag|banner|mask|pop|dialog|"
    r"hover|arrow",
    re.IGNORECASE,
)
_TREE_NAME = re.compile(r"tree|menu|nav|catalog|mulu", re.IGNORECASE)
_FOOT_FILE = re.compile(r"foot|bottom|copyright|dibu|banquan|yejiao", re.IGNORECASE)
_FOOT_CALL = re.compile(
    r"(?:load|include|get)\w*\s*\(\s*['\"][^'\"]*(?:foot|bottom)[^'\"]*['\"]", re.IGNORECASE
)
_MENU_FILE = re.compile(
    r"/(?:\w*[_-])?(?:nav|menu|head(?:er)?|top|daohang|dh|caidan|zdh)(?:[_-]?\w{0,8})?\.js$", re.IGNORECASE
)
LEAST_MENU = 3
MAX_FEEDS = 10


def find_shell(sheet: Sheet, shown: bool, *, tree_read: bool = False) -> str:
    """Why the page's own matter is not there yet, as a Chinese clause; empty where nothing is missing.

    `shown` says whether entries or an article were read, `tree_read` whether the nodes of the tree that a
    script draws were: then its empty place hides nothing. A page out of a browser has its scripts behind
    it: only unfilled templates then still count.
    """
    if shown:
        return ""
    tree, regions, source, rendered = sheet.tree, sheet.regions, sheet.source, sheet.rendered
    words = sheet.body.length
    if not rendered and words < 200:
        for element in tree.of("div", "app-root", "main"):
            if tree.attribute(element, "id").lower() in _APP_ROOT and tree.length(element) < 200:
                return "页面内容由前端程序生成"
    inner = _own_source(tree, regions)
    if _TEMPLATE.search(inner) and words < 2000:
        return "列表由页面模板生成，尚未填入数据"
    if rendered:
        return ""
    if words < 200 and _LOADING.search(sheet.body.text):
        return "页面显示“正在加载”，内容由脚本填入"
    if words < 400 and EMPTY_NOTICE.search(inner) is None:
        if _has_widget(tree, regions):
            return "列表由脚本加载"
        reason = _unfilled(tree, regions, source, tree_read)
        if reason:
            return reason
    if words < 60 and any(_NOSCRIPT.search(tree.raw(element)) for element in tree.of("noscript")):
        return "页面要求浏览器执行脚本"
    if words < 60 and tree.of("form") and _submits_itself(tree):
        return "页面由脚本提交表单转到别处"
    if words < 20 and tree.of("script") and not tree.of("a") and not tree.of("iframe", "frame"):
        return "页面除脚本外没有内容"
    return ""


def _submits_itself(tree: Tree) -> bool:
    """Whether a page hands in a form of its own as soon as it is there."""
    loading = [tree.attribute(body, "onload") for body in tree.of("body")]
    return any(_SUBMIT.search(words) for words in (*loading, *map(tree.raw, tree.of("script"))))


def _own_source(tree: Tree, regions: Regions) -> str:
    """The texts and telling attributes of the page's own part: where an unfilled template would show."""
    words = [
        piece
        for piece, owner in zip(tree.pieces, tree.owners, strict=True)
        if owner >= 0 and regions.of[owner] is None
    ]
    for element in range(len(tree)):
        if regions.of[element] is None and tree.tags[element] in ("li", "tr", "div", "a", "ul", "dl"):
            words.extend(
                f" {name}={value} " if name[:2] in ("v-", "ng", "ms") else f" {value} "
                for name, value in tree.attributes[element].items()
                if value and (name[:2] in ("v-", "ng", "ms") or "{{" in value)
            )
    return "".join(words)[:100_000]


def _unfilled(tree: Tree, regions: Regions, source: str, tree_read: bool) -> str:
    """An empty holder with a name of its own, beside a script that fetches or a script of unknown purpose."""
    holders = _empty_holders(tree, regions)
    if tree_read:
        holders = [holder for holder in holders if not _TREE_NAME.search(tree.names(holder))]
    scripts = [tree.raw(s) for s in tree.of("script") if not tree.attribute(s, "src")]
    calls = [script for script in scripts if _CALL.search(script)]
    for holder in holders:
        name = tree.attribute(holder, "id")
        if name and any(name in script for script in scripts):
            return "列表由脚本加载"
    if calls and (holders or not tree.of("li", "td", "p")):
        return "列表由脚本加载"
    named = [holder for holder in holders if tree.attribute(holder, "id")]
    own = [s for s in (tree.attribute(e, "src") for e in tree.of("script")) if s and not _LIBRARY.search(s)]
    return "列表所在位置为空，可能由外部脚本填入" if named and own else ""


def _has_widget(tree: Tree, regions: Regions) -> bool:
    """Whether an element of the page's own part names the address that a script is to fill it from."""
    return any(
        _WIDGET.match(name) and value and ("/" in value or "url" in value)
        for element in tree.of("table", "ul", "div", "tbody", "dl")
        if regions.of[element] is None
        for name, value in tree.attributes[element].items()
    )


def _empty_holders(tree: Tree, regions: Regions) -> list[int]:
    return [
        element
        for element in tree.of(*_HOLDERS)
        if regions.of[element] is None
        and tree.starts[element] + 2 >= tree.stops[element] - 2
        and tree.length(element) <= 8
        and not tree.text(element)
        and not tree.inside(element, "img", "input", "iframe", "object", "video", "embed", "a")
        and (tree.attribute(element, "id") or _HOLDER_NAME.search(tree.names(element)))
        and not _is_ornament(tree, element)
    ]


def _is_ornament(tree: Tree, element: int) -> bool:
    return bool(_ORNAMENT.search(tree.names(element)))


def find_foot_shell(tree: Tree, regions: Regions, marks: Sequence[str], rendered: bool) -> str:
    """Why the foot is not there yet: an inline frame, an empty holder or a script that writes it."""
    if rendered or len(marks) >= 4:
        return ""
    for element in tree.of("iframe"):
        name = f"{tree.names(element)} {tree.attribute(element, 'name')} {tree.attribute(element, 'src')}"
        if _FOOT_FILE.search(name):
            return "页脚在内嵌框架中"
    if any(_is_foot_file(tree.attribute(element, "src")) for element in tree.of("script")):
        return "页脚由脚本写入"
    for element in tree.of("div", "footer"):
        named = tree.tags[element] == "footer" or FOOT_NAME.search(tree.names(element))
        if named and not tree.text(element) and not tree.inside(element, "a", "img"):
            return "页脚由脚本填入"
    scripts = [tree.raw(s)[:5000] for s in tree.of("script") if not tree.attribute(s, "src")]
    return "页脚由脚本加载" if any(_FOOT_CALL.search(script) for script in scripts) else ""


def foot_scripts(page: Page) -> tuple[str, ...]:
    """The script files that write a page's foot: what they write in so many words can be read."""
    return tuple(url for url in page.scripts if _is_foot_file(url)) if page.foot_shell else ()


def menu_scripts(page: Page) -> tuple[str, ...]:
    """The script files that write a page's menu, where the page itself has hardly any."""
    menu = sum(link.region is Region.NAV for link in page.links)
    if menu >= LEAST_MENU:
        return ()
    return tuple(url for url in page.scripts if _MENU_FILE.search(url.partition("?")[0]))[:3]


def _is_foot_file(address: str) -> bool:
    return bool(_FOOT_FILE.search(address))


def find_feeds(source: str, base: str) -> tuple[str, ...]:
    """The questions by which the page's scripts fetch data, as far as they are written out whole."""
    found = list(list_calls([source], base))
    asked = {taken_apart(question)[0].partition("?")[0] for question in found}
    for match in _ADDRESS.finditer(source[:400_000]):
        address = resolve(base, match.group(1))
        rest = source[match.end() : match.end() + 3].lstrip()
        if (
            address
            and address.partition("?")[0] not in asked
            and not rest.startswith("+")
            and not re.search(r"\.(?:js|css|png|jpg|gif)(?:\?|$)", address)
        ):
            found.append(address)
    return tuple(dict.fromkeys(found))[:MAX_FEEDS]
