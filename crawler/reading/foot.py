"""The foot of a page: its text and the marks that 国办发〔2017〕47号 asks of it."""

import re
from collections.abc import Sequence

from crawler.reading.anchors import Anchor
from crawler.reading.tree import Tree

_IDENTIFIER = re.compile(r"(?:网站)?标识(?:编)?码\s*[:：]?\s*[（(]?\s*(bm\d{8}|\d{10})(?!\d)", re.IGNORECASE)
_CODE = re.compile(r"^(?:bm\d{8}|\d{10})$", re.IGNORECASE)
_ICP = re.compile(
    r"[\u4e00-\u9fff]?\s*ICP\s*备\s*(?:案)?(?:编号)?\s*[:：]?\s*(?:[\u4e00-\u9fff]?\s*(?:ICP)?\s*(?:备)?)?\s*(?:字)?\s*(?:第)?\s*\d{5,}|ICP\s*(?:证|备案)\s*\S{0,3}\s*[:：]?\s*\S{0,8}\d{5,}",
    re.IGNORECASE,
)
_POLICE = re.compile(r"(?:公网安备|公安(?:机关)?备案(?:编?号)?)\s*[:：]?\s*(?:第)?\s*\d{11,14}\s*号?")
_SPONSOR = re.compile(r"主\s*办\s*(?:单\s*位|方|机关|部门)?\s*[:：]?|主管单位")
_ORGAN = (
    r"(?!未经|不得|禁止|保留|技术|违者|维护)[\u4e00-\u9fff]{2,30}?"
    r"(?:人民政府|政府|办公室|委员会|管委会|办事处|联合会|集团|公司|学校|学院|大学|医院|中心|协会|银行|[局委厅部院社](?![\u4e00-\u9fff]))"
)
_OWNER = re.compile(
    rf"(?:版权(?:所有|归属?|为)|copyright|©)[\s:：©@\d\-–—~年,，.。·()（）|/a-z]{{0,60}}{_ORGAN}|{_ORGAN}[\s©:：()（）\d\-]{{0,16}}版权所有",
    re.IGNORECASE,
)
"""Who owns the site, named in the line of copyright: the standard asks that the unit be named, not how."""
_CONTACT = re.compile(
    r"联系(?:我们|方式|电话|人)|(?:办公|值班|热线|服务|咨询|维护|技术)?电话\s*[:：]|地址\s*[:：]|邮箱\s*[:：]|E-?mail\s*[:：]",
    re.IGNORECASE,
)
_SITE_MAP = re.compile(r"(?:网站|站点|本站)(?:地图|导航)|sitemap", re.IGNORECASE)
TAIL = 800
"""Characters at the end of a page that count as its foot, whatever they are called."""
_MARK = re.compile(r"^(?:党政机关|事业单位)(?:网站)?(?:标[识志])?$")
_CONAC = re.compile(r"(?:bszs|dcs)\.conac\.cn", re.IGNORECASE)

_WRITTEN_MARKS = (
    ("identifier_code", _IDENTIFIER, "标识"),
    ("icp", _ICP, "备"),
    ("police_record", _POLICE, "公"),
)
MARKS = ("identifier_code", "icp", "police_record", "party_gov_mark", "sponsor", "contact", "site_map")
"""The marks in the order of the catalogue."""


def foot_text(tree: Tree, feet: Sequence[int]) -> str:
    """The foot's text, one line an element."""
    return "\n".join(line for foot in feet for line in tree.lines(foot))[:20_000]


def identifier_in(text: str, tag: str) -> str | None:
    """The site identifier (网站标识码) that the foot states, else the one of the tag."""
    match = _IDENTIFIER.search(text)
    if match:
        return match.group(1).lower()
    return tag.strip().lower() if _CODE.match(tag.strip()) else None


def find_marks(tree: Tree, anchors: Sequence[Anchor], foot: str, whole: str) -> tuple[str, ...]:
    """Which of MARKS the page bears. `whole` is the text of the whole page: records and codes may stand
    anywhere in it, a sponsor or a contact only at its end.
    """
    place = f"{foot}\n{whole[-TAIL:]}"
    found = set()
    for mark, pattern, word in _WRITTEN_MARKS:
        if pattern.search(foot) or (word in whole and pattern.search(whole)):
            found.add(mark)
    if _has_conac(tree, anchors):
        found.add("party_gov_mark")
    if _SPONSOR.search(place) or _names_owner(place):
        found.add("sponsor")
    if _CONTACT.search(place):
        found.add("contact")
    if any(_names_site_map(anchor) for anchor in anchors):
        found.add("site_map")
    return tuple(mark for mark in MARKS if mark in found)


def _names_owner(place: str) -> bool:
    words = place.lower()
    return ("版权" in words or "copyright" in words or "©" in words) and _OWNER.search(place) is not None


def _names_site_map(anchor: Anchor) -> bool:
    words = anchor.text
    named = ("地图" in words or "导航" in words) and len(words) <= 20
    return (named and _SITE_MAP.search(words) is not None) or "sitemap" in anchor.url


def _has_conac(tree: Tree, anchors: Sequence[Anchor]) -> bool:
    """The party and government mark: its link, its script or the element that script fills."""
    if any("conac.cn" in anchor.url and _CONAC.search(anchor.url) for anchor in anchors):
        return True
    for element in tree.of("script"):
        source = tree.attribute(element, "src")
        if _CONAC.search(source) or (not source and "conac.cn" in tree.raw(element)):
            return True
    for image in tree.of("img"):
        if _CONAC.search(tree.attribute(image, "src")) or tree.attribute(image, "id") == "imgConac":
            return True
        # Pages saved from the register's own script keep its picture and words on their own server.
        if any(_MARK.search(tree.attribute(image, name)) for name in ("alt", "title")):
            return True
    return any(_MARK.search(tree.attribute(anchor.element, "title")) for anchor in anchors)
