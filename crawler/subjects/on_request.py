"""Which of the five functions an on-request column offers: by links, files, forms and its own text."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from domain.page import Form, Page, Region

FUNCTIONS = ("flowchart", "instructions", "progress_query", "online_form", "form_download")

LONGEST_NAME = 24
"""Longer texts are sentences, which mention a function without offering it."""

_OTHERS_BUSINESS = re.compile(
    r"办件|办事|信件|来信|咨询|投诉|许可|公积金|社保|缴费|准营|留言|婚姻|企业|出生|处罚|身份证|不动产|职称|招聘|报名|成绩|复议申请"
)
_NAMES = {
    "flowchart": re.compile(r"流程|程序图|(?:申请|办理|受理)步骤图?"),
    "instructions": re.compile(
        r"(?:申请|公开).{0,8}(?:须知|指南|说明|指引|注意事项|要求|条件|方式|程序|介绍|帮助|规定)"
        r"|^(?:须知|说明|申请|填写说明|填表说明|注意事项|操作指南|使用说明)$|(?:怎样|如何|怎么).{0,6}申请|申请.{0,4}(?:怎么|如何)"
    ),
    "progress_query": re.compile(
        r"(?:进度|结果|状态|进展|处理情况|办理情况|回执|答复|受理号?|申请(?:编号|件|表|记录|公开)?).{0,4}(?:查询|查看|跟踪|反馈)|查询(?:申请|进度|结果|回执|状态)|查询码"
        r"|(?:我的|历史)申请|^(?:状态|进度|结果)?查询$"
    ),
    "online_form": re.compile(
        r"(?:在线|网上|网络|互联网|电子|线上|我要|立即|马上).{0,8}(?:申请|填报|填写|提交|受理|填表)"
        r"|(?:申请|公开).{0,4}(?:在线|网上)(?:填报|填写|提交|申请|受理)|(?:公民|法人|个人|单位|组织).{0,6}申请$|^(?:提交申请|申请入口|申请平台|我要申请|点击申请)$"
        r"|^(?:网上|在线)依申请公开$"
    ),
    "form_download": re.compile(
        r"申请(?:表格?|书|单).{0,8}|(?:表格?|样表|模板|文书).{0,4}下载|下载.{0,8}(?:表格?|申请书)|下载专区"
    ),
}
_NOT = {
    "flowchart": re.compile(r"流程再造|办事流程"),
    "instructions": re.compile(
        r"^(?:政府|政务)?信息?公开(?:指南|规定|说明|要求|方式|程序)$|信息公开指南$|网站|隐私|版权|公开规定|公开条例"
    ),
    "progress_query": re.compile(r"说明|须知"),
    "online_form": re.compile(r"说明|须知|指南|流程|查询|下载|办理$|网上申请公开年|结果"),
    "form_download": re.compile(
        r"(?:在线|网上|填写|提交).{0,6}申请表|填写说明|注意事项|申请(?:表|书)?(?:查询|须知|说明|指南|流程)|申请书面"
    ),
}
_FILE = re.compile(r"\.(?:docx?|xlsx?|wps|et|pdf|rtf|zip|rar|ofd)(?:$|[?#])", re.IGNORECASE)
_FLOW_FILE = re.compile(
    r"流程|liucheng|(?:^|[/_-])(?:lct|lc|sqlc|ysqgklc|flow(?:chart)?)[^/]{0,12}\.(?:png|jpe?g|gif|bmp|webp|pdf|docx?)",
    re.IGNORECASE,
)
_TELLS_HOW = re.compile(r"(?:提出|提交|递交|书面|填写).{0,20}申请|申请.{0,20}(?:填写|提出|提交)")
_TELLS_MORE = re.compile(r"受理|答复|当面|信函|邮寄|传真|补正|工作日|注意")
_INSTRUCTS = re.compile(
    r"^[ \t\W\d一二三四五六七八九十]{0,6}申请(?:须知|说明|指南|注意事项|要求)\s*[:：]\s*"
    r"(?![^\n]{0,12}(?:暂无|建设中|更新中))"
    r"(?=[^\n]{10})",
    re.MULTILINE,
)
"""A line that opens with the name of the instructions and goes on to give them."""
_FORM_FIELDS = re.compile(
    r"姓名|证件|申请人|所需信息|所需的|信息内容|信息描述|单位名称|获取信息的方式|提供方式"
)
_QUERY_FIELDS = re.compile(r"查询(?:码|号|密码|编号)|申请(?:编号|单号|号)|受理编号|回执(?:编)?号|流水号")


def offered_functions(pages: Sequence[Page]) -> frozenset[str]:
    """The functions that the column's pages offer between them.

    A function is offered by a link, entry, file or picture named after it, by a form that does it, or by a
    heading of its own; a sentence that only speaks of it is not enough. Instructions are also offered by
    the text itself where it tells how to apply.
    """
    found: set[str] = set()
    for page in pages:
        for name in _names(page):
            found |= functions_named(name)
        for form in page.forms:
            found |= _of_form(form)
        found |= _of_files(page)
        if _tells_how_to_apply(page.text) or _INSTRUCTS.search(page.text):
            found.add("instructions")
    return frozenset(found)


def functions_named(name: str) -> frozenset[str]:
    """The functions that the name of a link, entry or heading promises."""
    text = _tidy(name)
    if not text or len(text) > LONGEST_NAME or _OTHERS_BUSINESS.search(text):
        return frozenset()
    return frozenset(
        function
        for function in FUNCTIONS
        if _NAMES[function].search(text) and not _NOT[function].search(text)
    )


def _names(page: Page) -> Iterator[str]:
    """Every short text of the page that may name a function: links, entries, files, headings."""
    for link in page.links:
        if link.region is Region.FOOT:
            continue
        if link.region is not Region.NAV or "申请" in link.text:
            yield link.text
    yield from page.buttons
    yield from (item.title for item in page.items)
    yield from (link.text for link in page.attachments)
    for line in page.text.split("\n"):
        if len(line) <= LONGEST_NAME and not re.search(r"[。，；,;？！]", line):
            yield line


def _of_form(form: Form) -> set[str]:
    text = _tidy(form.text)
    found: set[str] = set()
    if _QUERY_FIELDS.search(text) and "查询" in text:
        found.add("progress_query")
    if len(form.fields) >= 4 and _FORM_FIELDS.search(text):
        found.add("online_form")
    return found


def _of_files(page: Page) -> set[str]:
    found: set[str] = set()
    links = [(link.text, link.url) for link in (*page.attachments, *page.links)]
    if any("申请" in text and _FILE.search(f"{text} {url}") and "流程" not in text for text, url in links):
        found.add("form_download")
    if any("申请表" in page.title and _FILE.search(url) for _, url in links):
        found.add("form_download")
    if any(_FLOW_FILE.search(address) for address in (*page.images, *(url for _, url in links))):
        found.add("flowchart")
    return found


def _tells_how_to_apply(text: str) -> bool:
    plain = _tidy(text)
    return len(plain) >= 80 and bool(_TELLS_HOW.search(plain)) and len(set(_TELLS_MORE.findall(plain))) >= 2


def _tidy(text: str) -> str:
    return re.sub(
        r"[\s\u3000《》“”\"'【】\[\]>»›·•:：]+|^\d{1,2}[.、]", "", unicodedata.normalize("NFKC", text)
    )
