"""What a page on an organisation states: functions, offices, heads of offices, phone, office hours."""

import re
from collections.abc import Sequence

from crawler.subjects.labels import PHONE_NUMBER, lines_of, plain, values
from domain.page import Grid

PARTICULARS = ("functions", "offices", "office_heads", "phone", "hours")

_STOP = re.compile(
    r"主要职[责能]|职能|内设机构|内设科室|负责人|联系电话|办公电话|电话|传真|办公时间|工作时间|办公地址|地址|邮编|邮政编码|邮箱|网址"
)
_FUNCTIONS = re.compile(r"(?:主要|工作|部门|单位|机构|法定)?职[责能](?:职责)?|工作任务")
_DOES = re.compile(r"贯彻(?:执行|落实)|负责.{4,}|组织(?:实施|拟订|起草|指导)|承担.{4,}|拟订.{4,}|统筹.{4,}")
_OFFICE_NAME = re.compile(
    r"办公室|综合科|[\u4e00-\u9fff]{2,10}(?:科|股|处|室|中心|大队|所|站)(?=[:,、;。(\s\n\t|]|$|负责|承担|主要|职责)"
)
_OFFICES = re.compile(r"内设(?:机构|科室|股室|处室|部门)|(?:科室|股室|处室|机构)(?:设置|职能|职责)|下设")
_HEAD = re.compile(
    r"(?:科室|股室|处室|部门|机构)?(?:主要)?负责人(?![事才口力防民大员])(?:姓名)?|(?:科|股|处|站|所)长|(?:办公室)?主任|大队长|联系人"
)
_PHONE = re.compile(r"(?:电话|热线)(?:[(/、及和与]{1,2}传真[)]?)?|联系方式")
_PERSON = re.compile(r"^[(:]?\s*[\u4e00-\u9fff]{1,4}(?:·[\u4e00-\u9fff]{1,8})?\s*(?:$|[\s,、;。)(\d]|同志)")
_CLOCK = re.compile(r"\d{1,2}\s*[:时点]\s*\d{0,2}|(?:周|星期)[一二三四五]|工作日|上午|下午")
_WEEKLY = re.compile(
    r"(?:周|星期)[一二三四五].{0,30}\d{1,2}\s*[:时点]|工作日.{0,30}\d{1,2}\s*[:时点]|上午\s*\d{1,2}\s*[:时点]"
)


def organisation_particulars(texts: Sequence[str], *, tables: Sequence[Grid] = ()) -> frozenset[str]:
    """Which of the five particulars the pages on an organisation state between them."""
    whole = plain("\n".join((*texts, lines_of(tables))))
    cells = plain("\n".join("\t".join(row) for grid in tables for row in grid))
    text = f"{whole}\n{cells}"
    found = set()
    if len(_DOES.findall(text)) >= 2 or any(len(v) >= 12 for v in values(text, _FUNCTIONS, _STOP, reach=200)):
        found.add("functions")
    names = set(_OFFICE_NAME.findall(text))
    if len(names) >= 2 or (names and _OFFICES.search(text)):
        found.add("offices")
    if any(_PERSON.match(value) for value in values(text, _HEAD, _STOP, reach=24)):
        found.add("office_heads")
    if any(PHONE_NUMBER.search(value) for value in values(text, _PHONE, _STOP, reach=60)):
        found.add("phone")
    hours = re.compile(r"(?:办公|工作|上班|接待|服务|对外办公)时间")
    if _WEEKLY.search(text) or any(_CLOCK.search(value) for value in values(text, hours, _STOP, reach=80)):
        found.add("hours")
    return frozenset(found)
