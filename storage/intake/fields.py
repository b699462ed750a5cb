"""The fields that a record may have, and how each value is read from the text as written."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from storage.intake.node import Scalar, ScalarKind

E = TypeVar("E", bound=StrEnum)


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word most like this one, None where none is like it."""
    from rapidfuzz import fuzz, process  # large, and only needed where a word is wrong

    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=50)
    return found[0] if found else None


class Unfit(Exception):
    """A value that a field cannot take: what is wrong with it and how to mend it, in Chinese."""

    def __init__(self, message: str, mend: str = "") -> None:
        """`mend` may be empty where the message says it all."""
        super().__init__(message)
        self.message = message
        self.mend = mend


Reader = Callable[[Scalar], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its key, its Chinese header, its reader.

    `also` are further accepted headers. `choices` are offered in the workbook's drop-down list.
    `note` explains it in the template. `shown` writes a value back into a workbook's cell.
    """

    key: str
    title: str
    read: Reader
    required: bool = False
    default: Any = None
    also: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    note: str = ""
    width: int = 16


LONGEST = 500


def name(scalar: Scalar) -> str:
    """A name in words. A bare number or date is no name."""
    if scalar.kind is not ScalarKind.TEXT:
        raise Unfit(f"应为文字，而不是{scalar.kind.value}", "若确是文字，请用引号括起来")
    return text(scalar)


def text(scalar: Scalar) -> str:
    """Any short text; numbers are taken as written."""
    if len(scalar.raw) > LONGEST:
        raise Unfit(f"文字过长（{len(scalar.raw)}字，最多{LONGEST}字）", "请缩短")
    if any(ord(c) < 32 or 0xD800 <= ord(c) <= 0xDFFF for c in scalar.raw):
        raise Unfit("含有换行或控制字符", "请删去")
    return scalar.raw


def long_text(scalar: Scalar) -> str:
    """A text of several lines, up to 20,000 characters."""
    if len(scalar.raw) > 20_000:
        raise Unfit("文字超过两万字", "请缩短，全文作为佐证材料另附")
    return "".join(c if c in "\n\t" or c.isprintable() else " " for c in scalar.raw)


_CODE = re.compile(r"[\w.\-]{1,64}")


def code(scalar: Scalar) -> str:
    """A short code: letters (Chinese ones too), digits, dot, hyphen, underscore; at most 64."""
    if not _CODE.fullmatch(scalar.raw):
        raise Unfit("编号只能用字母、汉字、数字、点、横线和下划线，最多64个字符", "请去掉空格和其他符号")
    return scalar.raw


def whole_number(least: int, most: int) -> Reader:
    """A reader of whole numbers within bounds, both included."""

    def read(scalar: Scalar) -> int:
        try:
            number = int(scalar.raw.translate(_HALF_WIDTH))
        except ValueError:
            raise Unfit("应为整数", f"请填{least}到{most}之间的整数") from None
        if not least <= number <= most:
            raise Unfit("数字超出范围", f"请填{least}到{most}之间的整数")
        return number

    return read


def decimal_number(least: Decimal, most: Decimal) -> Reader:
    """A reader of exact decimals within bounds, both included."""

    def read(scalar: Scalar) -> Decimal:
        try:
            number = Decimal(scalar.raw.translate(_HALF_WIDTH))
        except InvalidOperation:
            raise Unfit("应为数字", f"请填{least}到{most}之间的数，可带小数") from None
        if not number.is_finite() or not least <= number <= most:
            raise Unfit("数字超出范围", f"请填{least}到{most}之间的数，可带小数")
        return number

    return read


_HALF_WIDTH = {ord("０") + i: ord("0") + i for i in range(10)} | {ord("．"): ord("."), ord("－"): ord("-")}
_TRUE = frozenset({"true", "yes", "on", "y", "1", "是", "对", "√"})
_FALSE = frozenset({"false", "no", "off", "n", "0", "否", "不是", "×"})


def yes_or_no(scalar: Scalar) -> bool:
    """是 or 否; true and false too."""
    word = scalar.raw.lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise Unfit("应为“是”或“否”", "请填 是 或 否（YAML 中为 true 或 false）")


_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:[ T]00:00(?::00)?)?")


def day(scalar: Scalar) -> date:
    """A date: 2026-01-05, 2026/1/5 or 2026年1月5日."""
    match = _DAY.fullmatch(scalar.raw)
    if match is None:
        raise Unfit("不是日期", "请写成 2026-01-05 的样式")
    year, *rest = (int(part) for part in match.groups() if part)
    try:
        return date(year, rest[0], rest[1])
    except ValueError:
        raise Unfit("没有这一天", "请核对年月日，写成 2026-01-05 的样式") from None


def one_of(kind: type[E], titles: Mapping[E, str], also: Mapping[str, E] | None = None) -> Reader:
    """A reader of one of an enumeration's values, by its English value or its Chinese title."""
    known: dict[str, E] = {member.value: member for member in kind}
    known.update({title: member for member, title in titles.items()})
    known.update(also or {})
    allowed = "、".join(f"{member.value}（{titles[member]}）" for member in kind)

    def read(scalar: Scalar) -> E:
        found = known.get(scalar.raw) or known.get(scalar.raw.lower())
        if found is None:
            close = nearest(scalar.raw.lower(), list(known))
            hint = f"是否应为“{close}”？" if close else ""
            raise Unfit("不在允许的取值之内", f"{hint}可填：{allowed}")
        return found

    return read


def words(scalar: Scalar) -> tuple[str, ...]:
    """Several words in one cell, parted by commas, semicolons, ideographic commas or line breaks."""
    return tuple(part for part in re.split(r"[,，;；、\s]+", scalar.raw) if part)


_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")


def email(scalar: Scalar) -> str:
    """An e-mail address."""
    if len(scalar.raw) > 254 or not _EMAIL.fullmatch(scalar.raw):
        raise Unfit("不是电子邮箱地址", "请写成 name@example.gov.cn 的样式")
    return scalar.raw


_PHONE = re.compile(r"[0-9+()（）\-\s转,，;；/、]{3,60}")


def phone(scalar: Scalar) -> str:
    """A telephone number as people write it."""
    if not _PHONE.fullmatch(scalar.raw):
        raise Unfit("不是电话号码", "请写成 0512-12345678 的样式")
    return scalar.raw


_IDENTIFIER = re.compile(r"(\d{10}|bm\d{8})")


def identifier(scalar: Scalar) -> str:
    """A website identifier (网站标识码): ten digits, or bm and eight digits."""
    if not _IDENTIFIER.fullmatch(scalar.raw):
        raise Unfit("不是网站标识码", "应为10位数字，或 bm 加8位数字")
    return scalar.raw


_DIGEST = re.compile(r"[0-9a-fA-F]{64}")


def digest(scalar: Scalar) -> str:
    """A SHA-256 in hexadecimal."""
    if not _DIGEST.fullmatch(scalar.raw):
        raise Unfit("不是 SHA-256 校验值", "应为64位十六进制数")
    return scalar.raw.lower()
