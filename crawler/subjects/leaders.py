"""What a leader's page states of the nine particulars that a person in office owes the public."""

import re
from collections.abc import Sequence

from crawler.subjects.labels import lines_of, plain, values
from domain.page import Grid

PARTICULARS = (
    "photo",
    "name",
    "birth",
    "ethnicity",
    "education",
    "post",
    "political_status",
    "duties",
    "current_post",
)

_PEOPLES = (
    "汉|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土"
    "|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
_POST = (
    r"书记|局长|主任|县长|市长|区长|镇长|乡长|部长|厅长|院长|所长|处长|科长|股长|组长|主席|委员|调研员|巡视员|队长|总工程师|总经济师"
    r"|秘书长|党组成员|党委成员|总督学|督学|总会计师|总规划师|总农艺师|总畜牧师|总统计师|总审计师|总检验师|县级干部|总监|主官|政委|站长|校长|会长|理事长|经理|常委"
)
_STOP = re.compile(
    r"姓名|性别|民族|出生(?:年月|日期)?|籍贯|学历|学位|政治面貌|党派|职务|职位|现任(?:职务)?|(?:工作|职责|领导)?分工|分管|工作简历|简历|联系电话|办公电话|照片"
    r"|入党|参加工作|毕业院校|任职|工作职责|邮箱"
)
_HAN_NAME = r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,12}"
_WORDS = {
    "birth": re.compile(
        r"(?:19|20)\d\d\s*[年.\-/]\s*\d{0,2}\s*月?\s*\d{0,2}\s*日?\s*(?:出)?生|生于\s*(?:19|20)\d\d"
    ),
    "ethnicity": re.compile(rf"(?<![\u4e00-\u9fff])(?:{_PEOPLES})族(?!自治|乡|镇)"),
    "education": re.compile(
        r"研究生|本科|大学(?:学历|文化|毕业|专科|本科)|大专|专科|硕士|博士|学士|中专|(?:党校|大学|高中)(?:学历|文化)|(?:党校|全日制|在职|函授|自考|电大)大学(?![\u4e00-\u9fff])|(?<=[,、;\s])大学(?=[,、;。\s])"
    ),
    "post": re.compile(_POST),
    "political_status": re.compile(
        r"党员|中共预备党员|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|无党派|群众(?=[,、;。\s]|$)|加入中国共产党|入党"
    ),
    "duties": re.compile(
        r"分管[^:\s]{2,}|主持.{0,24}工作|协助.{0,30}(?:工作|负责|分管)|负责(?!人(?![事才口力防民大员]))[^:\s].{1,}|联系.{2,30}(?:工作|单位|镇|街道)"
    ),
    "current_post": re.compile(
        r"现任[^职:\s].|现任职务\s*:\s*\S|任现职|担任.{2,}|至今|[-—~至]\s*(?:今|现在)"
        r"|(?:^|[,。;\n])(?!曾|历任|原|先后)[^,。;:\n]{0,24}(?:[局委办府院镇乡会]|党组|党委|街道|中心)"
        rf"[^,。;:\n]{{0,12}}(?:{_POST})(?=[,。;\n]|$)"
    ),
}
_LABELS = {
    "name": (r"姓\s*名", rf"^(?:{_HAN_NAME})(?:$|[\s,、;(])"),
    "birth": (r"出生(?:年月(?:日)?|日期|时间|年份)?", r"(?:19|20)\d\d"),
    "ethnicity": (r"民族", rf"(?:{_PEOPLES})"),
    "education": (r"(?:最高)?学历(?:学位|及学位)?|文化程度|学位", r"[\u4e00-\u9fff]{2}"),
    "post": (r"职务|职位|岗位|现任职务", r"[\u4e00-\u9fff]{2}"),
    "political_status": (r"政治面貌|党派", r"[\u4e00-\u9fff]{2}"),
    "duties": (
        r"(?:工作|职责|领导)?分工|分管工作|工作职责|主要职责|负责工作|负责(?=\s*:)",
        r"[\u4e00-\u9fff]{2}",
    ),
    "current_post": (r"职务|职位|现任(?:职务)?|任职情况|简历|履历", r"[\u4e00-\u9fff]{2}"),
}
_NOT_A_PHOTO = re.compile(
    r"logo|icon|banner|bg[._]|qr|erweima|weixin|wx[._]|search|btn|button|arrow|more|dot|line|print|share|spacer|blank|\.gif(?:$|\?)|CONAC|nopic|noimg|default",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(
    rf"(?:^|\n)\s*(?P<name>{_HAN_NAME})\s*(?:[(][^)]{{1,8}}[)])?\s*[,、]?\s*(?:男|女)[,、\s]"
)
_NAME_LABEL = re.compile(rf"(?:^|\n)\s*姓名\s*[:\t|][ \t]*(?P<name>{_HAN_NAME})?")
_HEADER = re.compile(
    rf"^(?:(?:{_STOP.pattern}|序号|备注|排序|所在单位|单位|部门|相片|头像|电话){{0,3}}|.*(?:职务|分工))$"
)
IN_CHARGE = "openness"
"""What is stated where a leader's duties include government openness: no particular that each leader owes."""

_OPENNESS = re.compile(
    r"(?:分管|主管|负责|协助|联系|牵头|抓好?|主持|分工)[^。\n]{0,300}?(?:政务|政府信息|信息)公开(?!栏|专栏|指南|目录|年报|网|平台)"
)

LEAST_LABELS = 4
"""Columns of a table that presents people, one to a row."""

LONGEST_CAPTION = 24
"""Characters of a line above a person's text that may be the caption to it: a name, a post, or both."""
_TITLE_NAME = re.compile(rf"^(?:{_HAN_NAME})(?:同志)?(?:[\s|—\-(_].*)?$")
_POST_NAME = re.compile(rf"(?:{_POST})[:\s]{{0,3}}(?:{_HAN_NAME})$")


def leader_particulars(
    text: str, *, title: str = "", images: Sequence[str] = (), tables: Sequence[Grid] = ()
) -> frozenset[str]:
    """Which of the nine particulars a leader's page states, by labels or in running words.

    A page that presents several people, each under a name of their own, states what it states of all.
    """
    people = _listed(tables) or _people(plain(text))
    if len(people) == 1 and tables:
        people = [f"{people[0]}\n{plain(lines_of(tables))}"]
    stated = frozenset(PARTICULARS)
    for person in people:
        stated &= _stated(person, plain(title).strip() if len(people) == 1 else "")
    pictures = [image for image in images if not _NOT_A_PHOTO.search(image.rsplit("/", 1)[-1])]
    return (stated - {"photo"}) | ({"photo"} if len(pictures) >= len(people) else frozenset())


def is_in_charge(text: str) -> bool:
    """Whether duties that a text tells include government openness (政务公开、政府信息公开)."""
    return bool(_OPENNESS.search(plain(text)))


def leader_names(text: str) -> frozenset[str]:
    """The names of those whom a text presents, by its labels or by how it begins."""
    whole = plain(text)
    found = (match["name"] for form in (_NAME_LABEL, _NAME_FIRST) for match in form.finditer(whole))
    return frozenset(name for name in found if name)


def _listed(tables: Sequence[Grid]) -> list[str]:
    """Those whom a table presents one to a row, under a row that is nothing but labels."""
    found = []
    for grid in tables:
        for number, row in enumerate(grid[:3]):
            labels = [plain(cell).strip(" :") for cell in row]
            if "姓名" in labels and len(labels) >= LEAST_LABELS and all(map(_HEADER.match, labels)):
                found += [
                    "\n".join(f"{name}:{plain(cell)}" for name, cell in zip(labels, cells, strict=False))
                    for cells in grid[number + 1 :]
                    if len(cells) > labels.index("姓名") and cells[labels.index("姓名")].strip()
                ]
                break
    return found if len(found) > 1 else []


def _people(text: str) -> list[str]:
    """The parts of the text that present one person each; what is said of one twice is one part."""
    for form in (_NAME_LABEL, _NAME_FIRST):
        matches = list(form.finditer(text))
        if len({match["name"] for match in matches}) > 1:
            starts = [_caption_of(match["name"], match.start(), text) for match in matches]
            parts: dict[str, str] = {}
            for match, start, end in zip(matches, starts, [*starts[1:], len(text)], strict=True):
                name = match["name"] or str(start)
                parts[name] = f"{parts.get(name, '')}\n{text[start:end]}"
            return list(parts.values())
    return [text]


def _caption_of(name: str | None, start: int, text: str) -> int:
    """Where the part begins that presents a person: at the short lines above that bear the name or a post."""
    while start > 0:
        above = text.rfind("\n", 0, start) + 1
        line = text[above:start].strip()
        named = bool(name) and str(name) in line
        if len(line) > LONGEST_CAPTION or not (named or re.search(rf"(?:{_POST})$", line)):
            return start
        start = max(above - 1, 0)
    return start


def _stated(text: str, title: str) -> frozenset[str]:
    found = {name for name, pattern in _WORDS.items() if pattern.search(text)}
    for name, (label, shape) in _LABELS.items():
        if any(re.search(shape, value) for value in values(text, re.compile(label), _STOP, reach=60)):
            found.add(name)
    if _NAME_FIRST.search(text) or _TITLE_NAME.match(title) or _POST_NAME.search(title):
        found.add("name")
    if re.search(_POST, title):
        found.add("post")
    return frozenset({*found, "photo"})
