"""What a disclosure guide states: the nine elements of 国令711号 art. 12, and whether it speaks of fees."""

import re
from collections.abc import Sequence

from crawler.subjects.labels import HEADING, PHONE_NUMBER, lines_of, paired_rows, plain, values
from domain.page import Grid, Link, Region

ELEMENTS = (
    "classification",
    "arrangement",
    "access_methods",
    "office_name",
    "office_address",
    "office_hours",
    "phone",
    "fax",
    "internet_contact",
)
"""The nine elements, in the order of the article."""

_ADDRESS = (
    r"(?:办公|通讯|通信|联系|受理|接待|邮寄|详细|单位|机构|查阅)?"
    r"(?<!邮箱)(?<!网站)(?<!网络)(?<!网页)(?<!邮件)(?<!链接)(?<!互联网)(?:地址|地点)"
)
_HOURS = r"(?:办公|工作|受理|接待|服务|上班|办理|开放|咨询)时间"
_PHONE = (
    r"(?<!监督)(?<!投诉)(?<!举报)(?<!信访)(?<!传真)(?:电话|热线)(?:号码)?"
    r"(?:[/、及和与(]+传真(?:号码|电话)?\)?)?"
)
_FAX = r"传真(?:号码|电话)?(?:[/、及和与(]+(?:联系)?电话\)?)?"
_MAIL = (
    r"(?:互联网|网络|网上)(?:联系方式|联系地址|联系|地址)|电子邮箱|电子邮件|电子信箱|邮箱|[Ee]-?mail"
    r"|网址|网站地址|网站|微信公众号"
)
_OFFICE = (
    r"(?:(?:信息公开|政务公开|公开)?(?:工作|受理|负责|主管|承办|管理|责任|公开|申请受理|日常工作)"
    r"(?:机构|部门|科室|单位)|(?:机构|部门|单位|科室|办公室|处室)名称|联系部门|联系科室"
    r"|(?<![\u4e00-\u9fff])名称)(?:名称)?(?=\s*[:|\t]|\s*为|\s*是|\s*\n)"
)
_STOP = re.compile(
    rf"{_ADDRESS}|{_HOURS}|(?:[\u4e00-\u9fff]{{0,4}})电话|{_FAX}|{_MAIL}|邮政编码|邮编|联系人|负责人|联系方式"
    r"|机构名称|部门名称"
)
_LABEL = re.compile(f"{_STOP.pattern}|(?:工作|受理|公开)?(?:机构|部门)")

_NONE_AT_ALL = re.compile(r"^(?:无|暂无|没有|未开通|未设)(?:传真)?(?:[,。;\s]|$)")
_PLACE = re.compile(r"[路街道巷弄号楼室层栋幢座院镇乡村区县市厦园场中心馆社苑]")
_CLOCK = re.compile(
    r"\d{1,2}\s*[:时点]\s*\d{0,2}|上午|下午|(?:周|星期)[一二三四五]|工作日|\d{1,2}\s*[-—~至]\s*\d{1,2}"
)
_BODY = re.compile(r"办公室|[局委厅部院所站科股处室会]|中心|政府|街道|[乡镇]|专班|小组|窗口")
_EMAIL = re.compile(r"[A-Za-z0-9._+-]{1,64}\s*(?:@|\(at\))\s*[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_ONLINE = re.compile(
    rf"{_EMAIL.pattern}|https?://\S{{4,}}"
    r"|(?:www\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.(?:cn|com|net|org)|\d{6,}"
)
_WEEKLY = re.compile(
    r"(?:周|星期)[一二三四五1-5].{0,40}?\d{1,2}\s*[:时点]\s*\d{0,2}|工作日.{0,30}?\d{1,2}\s*[:时点]"
    r"|上午\s*\d{1,2}\s*[:时点].{0,40}?下午"
)
_CLASSIFIES = re.compile(
    r"(?<!主题)(?<!体裁)(?<!组配)(?<!对象)(?<!垃圾)分类(?!号|管理|处置|指导|施策)|分为.{0,40}类"
    r"|(?:信息|公开)(?:的)?(?:类别|种类)|按.{0,20}分类"
    r"|信息[^。\n]{0,8}(?:包括|分为|有|如下)[^。\n]{0,6}(?:种类|类别|[几大0-9一二三四五六七八九十]类)"
)
_ARRANGES = re.compile(r"编排|索引号.{0,40}(?:组成|构成|编码|代码)|组织体系")
_OBTAINS = re.compile(
    r"(?:获取|获得|查阅|查询|公开)(?:信息)?(?:的)?(?:主要)?(?:方式|途径|渠道|形式|方法)"
    r"|获取(?:政府)?信息(?:的)?(?:方式|途径|渠道)|信息的?获[取得](?=[ \t]*(?:[:】]|\n))"
    r"|(?:查阅|公开|查询)(?:点|场所)"
    r"|(?:通过|登录|登陆|前往|到).{2,60}?(?:查阅|查询|获取|获得|浏览)"
)
_NAMES_OFFICE = re.compile(
    r"公开(?:日常)?(?:工作|事务|事宜)?由.{0,30}?(?:办公室|科|股|处|中心|局|室|院|所|部)"
    r"(?:负责|承担|办理|牵头|受理|承办|组织|具体)|"
    r"由.{0,12}(?:办公室|科|股|处|中心|局|室).{0,6}(?:负责|承担|具体|组织|受理).{0,30}公开"
    r"|(?:办公室|科|股|处|中心|局|室)\)?[,，]?(?:是|为|负责|承担|作为|具体负责|统一受理).{0,24}公开"
    r"|公开(?:工作)?(?:机构|部门|领导小组办公室|工作机构).{0,12}(?:为|是|设在|设于).{0,30}"
    r"(?:办公室|科|股|处|中心|局|室|政府)"
    r"|向.{2,24}(?:办公室|科|股|处|中心|局).{0,8}(?:提出|提交|递交)申请"
)
_LISTED = (
    r"[^、,。;:\n]{0,14}?(?:分类|编排体系|编排方式|获取方式|获取途径|名称|地址|时间|电话|传真|联系方式"
    r"|电子邮箱|邮箱|网址)(?:号码)?"
)
_ENUMERATION = re.compile(
    rf"{_LISTED}(?:(?:[、,和及与]|以及)(?:的)?{_LISTED}){{2,}}(?:等.{{0,6}}(?:内容|要素|信息|事项))?"
)
_SUPERVISION = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十]{1,3}[)]|第[一二三四五六七八九十\d]+[章条部])?"
    r"[^\n。:]{0,12}(?:监督|救济|投诉|举报|权利保障)[^\n。:]{0,16}:?\s*$",
    re.MULTILINE,
)
_FEES = re.compile(
    r"(?<!事业性)(?<!行政事业)收费(?!项目|目录|公示|公路|站|管理|许可|政策)|(?<!事业性)收取(?:.{0,8})费"
    r"|信息处理费|(?:检索|复制|邮寄|工本)(?:、(?:检索|复制|邮寄))*(?:等)?(?:成本)?费"
    r"|(?<!三公)费用|免费|缴费|成本费"
)
_FORM_TITLE = re.compile(r"^[^\n。,]{0,30}(?:公开)?申请表\)?\s*$", re.MULTILINE)


def guide_elements(text: str, links: Sequence[Link], tables: Sequence[Grid] = ()) -> frozenset[str]:
    """Which of the nine elements a guide states. A label without a value does not state anything.

    The acceptance office's own particulars count as the office's, those of the supervisory body do not,
    and a sentence that only lists what a guide holds states none of it.
    """
    whole = _ENUMERATION.sub("", plain(text))
    rows = plain(lines_of(tables))
    office = without_supervision(whole)
    office = "\n".join((office, paired_rows(office, _LABEL), without_supervision(rows)))
    stated = {
        "classification": _speaks(whole, _CLASSIFIES),
        "arrangement": _speaks(whole, _ARRANGES),
        "access_methods": _speaks(whole, _OBTAINS),
        "office_name": _has(office, _OFFICE, _BODY) or bool(_NAMES_OFFICE.search(office)),
        "office_address": _has(office, _ADDRESS, _PLACE, least=4),
        "office_hours": _has(office, _HOURS, _CLOCK) or bool(_WEEKLY.search(office)),
        "phone": _has(office, rf"{_PHONE}|联系方式", PHONE_NUMBER),
        "fax": _has(office, _FAX, PHONE_NUMBER) or _has(office, _FAX, _NONE_AT_ALL, least=1),
        "internet_contact": _reachable_online(office, links),
    }
    return frozenset(name for name in ELEMENTS if stated[name])


def mentions_fees(text: str) -> bool:
    """Whether the guide says anything on fees for information given on request, also that none are taken."""
    return bool(_FEES.search(_without_form(plain(text))))


def without_supervision(text: str) -> str:
    """The text without the sections on supervision and complaints, whose contacts are another body's."""
    kept, at = [], 0
    for heading in _SUPERVISION.finditer(text):
        if heading.start() < at:
            continue
        kept.append(text[at : heading.start()])
        following = HEADING.search(text, heading.end())
        at = following.start() if following else len(text)
    return "".join((*kept, text[at:]))


def _without_form(text: str) -> str:
    """The text up to an application form printed at its end."""
    for title in _FORM_TITLE.finditer(text):
        if re.search(r"证件号码|所需信息|申请人", text[title.end() : title.end() + 300]):
            return text[: title.start()]
    return text


def _has(text: str, label: str, shape: re.Pattern[str], least: int = 2) -> bool:
    """Whether some occurrence of the label is followed by a value of the right shape."""
    return any(
        len(value) >= least and re.match(r"[\w(<《“\"+]", value) and shape.search(value)
        for value in values(text, re.compile(label), _STOP)
    )


def _speaks(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether the text says something where the pattern occurs: more than a bare label or lone heading."""
    for match in pattern.finditer(text):
        line_end = text.find("\n", match.end())
        rest = text[match.end() : line_end if line_end >= 0 else len(text)].strip(" :。;,、)》的及和与")
        start = text.rfind("\n", 0, match.start()) + 1
        before = text[start : match.start()].strip()
        if len(rest) >= 6 or (len(before) >= 12 and not HEADING.match(before)):
            return True
        below = text[line_end + 1 : line_end + 400].lstrip() if line_end >= 0 else ""
        if below and not _same_rank(text[start:line_end], below):
            return True
    return False


def _same_rank(heading: str, below: str) -> bool:
    """Whether the text below a heading begins with a heading of its own rank, so that the first is empty."""
    own, next_one = HEADING.match(heading), HEADING.match(below)
    if next_one is None:
        return bool(re.match(r"[^\n。,]{2,14}:", below)) and heading.rstrip().endswith(":")
    return own is not None and _mark(own[0]) == _mark(next_one[0])


def _mark(numbering: str) -> str:
    return (
        re.sub(r"[一二三四五六七八九十百\d\s]+", "#", numbering.strip())
        .replace("，", "、")
        .replace(".", "、")
    )


def _reachable_online(office: str, links: Sequence[Link]) -> bool:
    if any(
        link.url.startswith("mailto:") and "@" in link.url and link.region is not Region.FOOT
        for link in links
    ):
        return True
    if _EMAIL.search(office) or _has(office, _MAIL, _ONLINE):
        return True
    return _has(office, r"(?:互联网|网络)联系(?:方式|地址)", re.compile(r"[\u4e00-\u9fff]{4}"), least=4)
