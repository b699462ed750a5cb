"""Personal numbers published in full: identity numbers, bank cards, mobile numbers in name lists.

Identity numbers follow GB 11643: check digit, a date of birth, a region. What only looks like one
(unified credit codes, index and project numbers, masked numbers) is let be. What is given out is masked.
"""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from stdnum import luhn, numdb
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from checks.content.numbers import CARD, IDENTITY, MOBILE, Number, long_numbers

KIND_TITLES = {IDENTITY: "居民身份证号码", CARD: "银行卡号", MOBILE: "手机号码"}

LEAST_ROWS = 3
"""So many rows with a name and a mobile number make a list of persons."""

MOST_CELLS, LONGEST_CELL = 8, 20
"""How far above a number in a table's cell its row may begin, and characters of such a cell."""

LONGEST_ROW = 200
"""Characters of a row that is told in one piece: a longer one is a paragraph."""

SAYS_WHAT_IT_IS, SAYS_WHOSE_IT_IS = 30, 60
"""Characters before a number among which it may be called an identity number, or an account of somebody."""

ABOVE_A_LIST, OPENING = 400, 200
"""Characters that say what a list is: those above its first row, and those that the text begins with."""

_EARLIEST_BIRTH = date(1900, 1, 1)

_RESIDENTS_OF = frozenset({"810000", "820000", "830000"})
"""Regions of residence permits for people of Hong Kong, Macao and Taiwan."""

_MAY_HOLD_ONE = re.compile(r"[0-9０-９](?:[ \u3000\xa0-]?[0-9０-９]){10}")
"""A quick look, full-width digits included: most texts hold no long number."""

_WIDE = re.compile(r"[０-９ＸｘⅩⅹ\u3000\xa0]")
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | str.maketrans("Ⅹⅹ\u3000\xa0", "Xx  ")
"""Full-width signs and blanks as ASCII writes them. Nothing else: a ① before a number is no digit of it."""

_MOBILE = re.compile(r"(?<![0-9A-Za-z*])1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9A-Za-z*])")
_BLANKS = str.maketrans("", "", " -")
_ISSUERS = re.compile(
    r"62\d|9558|9559|60(?:1382|1428|3367|3445|3506|3694|3708)|690755|436742|436745|456351|427020|427030|518710|524094|552599"
)
_CODE_MARKS = ("/", ".", "_", "-")
_IN_A_CODE = re.compile(r"(?<=[0-9A-Za-z][-/_.])")
_CODE_GOES_ON = re.compile(r"[-_][0-9A-Za-z]")
_OF_A_PERSON = re.compile(r"身份证|身份号|证件号|公民身份")
_OTHER_NUMBER = re.compile(
    r"(?:准考证|学籍|考号|宗地|单元号|发票|监管号|税号|证书号|编码|代码|信用代码|索引号|编号|文号|流水号|受理号|许可证号?|合同号|备案号|登记号|单号|批次|执照|项目代码|机构代码|凭证号|批准号|案号|标段|识别号|注册号|条码|货号|批号)[^\n]{0,8}$"
)
_OF_MONEY = re.compile(r"银行|卡号|账号|帐号|账户|帐户|存折|开户|一卡通|社保卡|收款|打卡")
_OF_A_UNIT = re.compile(
    r"(?:户名|开户名|账户名称|户头|单位名称|收款(?:人|单位|方)|名称)[^\n]{0,30}(?:局|公司|中心|财政|政府|委员会|办公室|厅|医院|学校|协会|专户|银行|交易|法院|基金会|总队|支队|所)|专户[^\n]{0,12}$"
)
_SPELT_OUT = re.compile(r"(?:身份证|公民身份)[^0-9\n]{0,12}((?:[0-9][ -]?){17}[0-9Xx])(?![0-9A-Za-z*])")
"""An identity number that is called one, in whatever groups."""

_NAME = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])")
_ONLY_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,2}[ ·][\u4e00-\u9fff]{1,4}")
_LABEL = re.compile(
    r"电话|手机|号码|姓名|地址|住址|性别|年龄|单位|备注|序号|联系|职务|学校|专业|金额|类别|身份|户主|电联"
)
_PIECE = re.compile(r"[^\n;；。]+")
_OF_PERSONS = re.compile(
    r"名单|花名册|明细|公示|补贴|补助|救助|低保|五保|特困|残疾|户主|学生|考生|受助|录取|录用|体检|领取|发放|申请人|获奖|失业|贫困|脱贫户|监测户"
    r"|村民|居民|保障对象|优抚|人员信息|家庭成员"
)
_OF_OFFICES = re.compile(
    r"值班|联系人|联络员|通讯录|咨询|客服|服务电话|投诉|监督电话|河长|林长|路长|湖长|网格员|包保|责任人|负责人|企业|商户|药店|门店|网点|经销|合作社"
    r"|机构|律师|调解员|仲裁员|志愿者|接种点|旅行社|公司|中介|办公电话|报名电话|维修|家政|农资|经营|驾校|培训学校|专家|讲师|技术员"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """A personal number published in full: its kind, the number masked, how many of the kind there are."""

    kind: str
    masked: str
    count: int = 1


def find_leaks(text: str, today: date, wanted: Container[str] = tuple(KIND_TITLES)) -> tuple[Leak, ...]:
    """The kinds of personal numbers that a text publishes, each with its first number masked and a count."""
    if not _MAY_HOLD_ONE.search(text):
        return ()
    plain = text.translate(_NARROW) if _WIDE.search(text) else text
    numbers: dict[str, list[Number]] = {IDENTITY: [], CARD: [], MOBILE: []}
    for number in long_numbers(plain):
        numbers[number.kind].append(number)
    found = (
        (IDENTITY, dict.fromkeys(_identity_numbers(plain, numbers[IDENTITY], today)), _mask_identity),
        (CARD, dict.fromkeys(_bank_cards(plain, numbers[CARD])), _mask_card),
        (MOBILE, dict.fromkeys(_mobiles_in_lists(plain, len(numbers[MOBILE]))), _mask_mobile),
    )
    return tuple(
        Leak(kind=kind, masked=mask(next(iter(numbers))), count=len(numbers))
        for kind, numbers, mask in found
        if numbers and kind in wanted
    )


def _identity_numbers(text: str, candidates: Iterable[Number], today: date) -> Iterator[str]:
    for match in _SPELT_OUT.finditer(text):
        digits = match[1].translate(_BLANKS).upper()
        if is_identity_number(digits, today):
            yield digits
    for one in candidates:
        if not is_identity_number(one.digits, today):
            continue
        before = _before(text, one, SAYS_WHAT_IT_IS)
        if _OF_A_PERSON.search(before) or not (
            _stands_in_a_code(text, one) or _OTHER_NUMBER.search(before) or _is_credit_code(one.digits)
        ):
            yield one.digits


def is_identity_number(number: str, today: date) -> bool:
    """Whether 18 characters are an identity number: check digit, a birth not to come, a known region."""
    if number[-1] != ric.calc_check_digit(number):
        return False
    try:
        born = ric.get_birth_date(number)
    except ValidationError:
        return False
    return _EARLIEST_BIRTH <= born <= today and _known_region(number[:6])


def _is_credit_code(number: str) -> bool:
    """Whether an identity number may as well be a unified credit code: one in 31 has its check digit too,
    but few have a region where such a code has its own.
    """
    return uscc.is_valid(number) and _known_region(number[2:8])


@cache
def _known_region(code: str) -> bool:
    """Whether six digits are, or once were, the code of a county."""
    return code in _RESIDENTS_OF or any(
        "county" in properties for _, properties in numdb.get("cn/loc").info(code)
    )


def _bank_cards(text: str, candidates: Iterable[Number]) -> Iterator[str]:
    for one in candidates:
        number = one.digits
        before = _before(text, one, SAYS_WHOSE_IT_IS)
        if before[-1:] in _CODE_MARKS or not _ISSUERS.match(number) or not luhn.is_valid(number):
            continue
        if _CODE_GOES_ON.match(text, one.end) or _OTHER_NUMBER.search(before) or _OF_A_UNIT.search(before):
            continue
        usual = len(number) in (16, 19) and number.startswith("62")
        if usual or _OF_MONEY.search(before):
            yield number


def _mobiles_in_lists(text: str, candidates: int) -> Iterator[str]:
    if candidates < LEAST_ROWS:
        return
    rows = list(_rows_of_persons(text))
    if len(rows) < LEAST_ROWS:
        return
    first = rows[0][0]
    head = text[:first][-ABOVE_A_LIST:] + text[:OPENING]
    if not _OF_PERSONS.search(head) or _OF_OFFICES.search(head):
        return
    numbers = [number.translate(_BLANKS) for _, row in rows for number in _MOBILE.findall(row)]
    if len(set(numbers)) >= LEAST_ROWS:
        yield from numbers


def _rows_of_persons(text: str) -> Iterator[tuple[int, str]]:
    """Where each row of a list that names a person and a mobile number begins, and the words with the number.

    The cells of a table come one a line: then the name is one of the few lines above the number.
    """
    above: list[tuple[int, str]] = []
    for match in _PIECE.finditer(text):
        start, piece = match.start(), match[0].strip()
        if not piece:
            continue
        if not _MOBILE.search(piece):
            above = [*above, (start, piece)][-MOST_CELLS:]
            continue
        if len(piece) <= LONGEST_ROW and _NAME.search(piece):
            yield start, piece
        elif len(piece) <= LONGEST_CELL:
            names = [cell for cell in above if _ONLY_NAME.fullmatch(cell[1]) and not _LABEL.search(cell[1])]
            if names:
                yield names[-1][0], piece
        above = []


def _stands_in_a_code(text: str, number: Number) -> bool:
    return bool(_IN_A_CODE.match(text, number.start) or _CODE_GOES_ON.match(text, number.end))


def _before(text: str, number: Number, reach: int) -> str:
    return text[: number.start][-reach:]


def _mask_identity(number: str) -> str:
    return f"{number[:3]}{'*' * 13}{number[-2:]}"


def _mask_card(number: str) -> str:
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"


def _mask_mobile(number: str) -> str:
    return f"{number[:3]}****{number[-4:]}"
