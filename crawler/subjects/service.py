"""What a service guide (办事指南) states: the eight kinds of element that the national inspection counts."""

import re
from collections.abc import Sequence

from crawler.subjects.labels import PHONE_NUMBER, lines_of, paired_rows, plain, values
from domain.page import Grid

ELEMENTS = ("item_name", "basis", "conditions", "materials", "place", "time", "phone", "process")

_ALONE = r"(?=\s*[:\t|\n】\]])"
_LABELS = {
    "item_name": (
        rf"(?:事项|项目|服务|办理事项|业务|许可事项)名称|实施清单名称|办理项|主项名称|(?:办理|服务|申请|申办|业务)事项{_ALONE}"
    ),
    "basis": (rf"(?:设定|法律|法定|办理|政策|实施|审批|设立|许可|法规|服务|受理)依据|依据{_ALONE}"),
    "conditions": (
        r"(?:申请|受理|办理|申办|准予|许可|审批|享受|办事|申报)条件|适用(?:范围|对象)"
        rf"|(?:办理|服务|申请)对象|条件{_ALONE}|申请人范围"
    ),
    "materials": (
        r"(?:办理|申请|申报|所需|提交|提供|需提供|需要|受理|需提交)(?:的)?(?:材料|资料|证件|手续)"
        rf"(?:清单|目录)?|材料(?:清单|目录|名称)|材料{_ALONE}"
    ),
    "place": (
        r"(?:办理|受理|办公|办事|服务|申请|办件|窗口)(?:地点|地址|窗口|场所|机构地址|大厅)"
        r"|(?<!网)(?<!邮箱)地址|地点"
    ),
    "time": (
        r"(?:办理|受理|办公|工作|服务|咨询|接待|上班)时间"
        r"|(?:办理|法定|承诺|办结|受理|审批)(?:时限|期限)|时限"
    ),
    "phone": (r"(?<!监督)(?<!投诉)(?<!举报)(?:联系|咨询|办公|服务|受理)?电话|(?:咨询|联系)方式|热线"),
    "process": (
        r"(?:办理|申请|受理|服务|审批|办事|工作|业务)(?:流程|程序|步骤|环节)(?:图)?"
        rf"|流程(?:图)?{_ALONE}|程序{_ALONE}|办理过程"
    ),
}
_STOP = re.compile(
    "|".join(f"(?:{label})" for label in _LABELS.values())
    + r"|(?:监督|投诉)(?:投诉)?电话|收费(?:标准|依据|情况)|办理形式|事项类型|实施主体|行使层级|监督方式"
)
_ITEM_TITLE = re.compile(
    r"办理|许可|登记|备案|申请|申领|审批|核准|确认|补贴|认定|查询|换发|补领|注册|变更|注销|发放|证明|缴纳|年检|报名|预约|给付|服务指南|办事指南|参保|救助|领取"
)
_PICTURED = re.compile(r"流程|liucheng|lct|process|flow", re.IGNORECASE)


def service_elements(
    text: str,
    *,
    title: str = "",
    tables: Sequence[Grid] = (),
    images: Sequence[str] = (),
    names: Sequence[str] = (),
) -> frozenset[str]:
    """Which of the eight kinds of element a service guide states. A label without a value states nothing.

    The page's own title names the item where it speaks of a service. A picture or attachment named after
    the process (`images`, `names`) states it.
    """
    body = plain(text)
    whole = "\n".join((body, paired_rows(body, _STOP), plain(lines_of(tables, _STOP))))
    found = set()
    for element, label in _LABELS.items():
        told = values(whole, re.compile(label), _STOP, reach=160)
        if any(_says(element, value) for value in told) or _heads_a_section(whole, label):
            found.add(element)
    if _ITEM_TITLE.search(title):
        found.add("item_name")
    if not any(PHONE_NUMBER.search(value) for value in values(whole, re.compile(_LABELS["phone"]), _STOP)):
        found.discard("phone")
    if any(_PICTURED.search(name) for name in (*images, *names)):
        found.add("process")
    return frozenset(found)


def _says(element: str, value: str) -> bool:
    if element == "phone":
        return bool(PHONE_NUMBER.search(value))
    return len(re.findall(r"[\w]", value)) >= 2 and not re.fullmatch(
        r"(?:详见|见|暂无|无|略|待定|/|-)+", value
    )


def _heads_a_section(text: str, label: str) -> bool:
    """Whether the label heads a section whose text begins with a numbered list (“三、申请条件”, “1.…”)."""
    heading = re.compile(
        rf"(?:^|\n)\s*(?:[(（]?[一二三四五六七八九十\d]{{1,3}}[)）]?[、.．\s])?\s*(?:{label})[^\n:]{{0,6}}:?\s*\n\s*(?P<next>[^\n]+)"
    )
    for match in heading.finditer(text):
        following = match["next"].strip()
        bare = re.sub(r"^[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?\s*", "", following)
        stop = _STOP.match(bare)
        if len(bare) >= 2 and not (stop and len(bare) - len(stop[0]) <= 6):
            return True
    return False
