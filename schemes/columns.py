"""Which kind a column is by its name, and whether it is an archive or part of the disclosure platform.

The accepted wordings are data (columns.toml). A name decides before the page tag, the tag before the
columns above, those before a weak wording, and that before the address; of several wordings in one name
the longest wins, of equally long ones the last, for a Chinese name ends with what it is.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from domain.target import ColumnKind
from schemes.wordfile import WordFileError, read_toml

SHIPPED = Path(__file__).with_name("columns.toml")

LONGEST_NAME = 40
"""Longer texts are titles or sentences, not names of columns."""

DEEPEST_PATH = 12

_UNIT = re.compile(
    r"(?:局|委员会|管委会|办公室|办事处|人民政府|有限公司|集团|银行|医院|学校|中学|小学|学院|大队|支队|"
    r"(?:服务|管理|交易|研究|监测|检测|指导|执法|审批|规划)中心|(?<!大)厅|[委镇乡]|街道)$"
)
_UNIT_PREFIX = re.compile(
    r"^.{1,24}(?:人民政府办公室|人民政府|委员会|管委会|街道办事处|办事处|办公室|管理局|局|(?<!大)厅|[市县区镇乡委]|街道|中心)"
)
_YEARS = r"(?:20\d\d|[二2][〇○零O][〇○零一二三四五六七八九]{2})"
_YEAR_WORD = re.compile(rf"{_YEARS}\s*年?度?")
_YEAR_ONLY = re.compile(
    rf"^[(\[]?({_YEARS})(?:年度|年|度)?(?:[-—~至到]{_YEARS}(?:年度|年)?)?(?:份|以前|及以前|之前)?[)\]]?$"
)
_YEAR_FIRST = re.compile(rf"^[(\[]?{_YEARS}(?:(?:年度|年)?[-—~至到]{_YEARS})?(?:$|年|度|[)\]])")
_NOISE = re.compile(r"[\s·•|>»›＞“”‘’\"「」《》]+|(?:[(（\[]\d+[)）\]])$|^[-—.、:：]+|[-—.、:：]+$")
_BRACKETS = re.compile(r"[(（][^()（）]{0,12}[)）]$")
_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWords:
    """The wordings of one kind, as columns.toml explains them."""

    contains: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    disclosure: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    never_under: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """Wordings of one group of names: contained or exact, and those that forbid it."""

    contains: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    def fits(self, text: str) -> bool:
        """Whether a tidied name belongs to the group."""
        if any(word in text for word in self.never):
            return False
        return text in self.exact or any(word in text for word in self.contains)


@dataclass(frozen=True, kw_only=True)
class Wordings:
    """All of columns.toml."""

    kinds: Mapping[ColumnKind, KindWords]
    archive: NameWords = field(default_factory=NameWords)
    disclosure: NameWords = field(default_factory=NameWords)
    neutral: NameWords = field(default_factory=NameWords)


_KIND_KEYS = {
    "contains": "contains",
    "ends": "ends",
    "exact": "exact",
    "alone": "alone",
    "disclosure": "disclosure",
    "weak": "weak",
    "not": "never",
    "not_under": "never_under",
    "tags": "tags",
    "urls": "urls",
}
_NAME_KEYS = {"contains": "contains", "exact": "exact", "not": "never"}
_GROUPS = ("archive", "disclosure", "neutral")


def load(path: Path = SHIPPED) -> Wordings:
    """The wordings of a file. Raises WordFileError naming each unknown kind, key or wrong value."""
    tables, _ = read_toml(path)
    problems = [
        f"不认识的表 [{name}]，可用：kinds、{'、'.join(_GROUPS)}"
        for name in tables
        if name != "kinds" and name not in _GROUPS
    ]
    kinds: dict[ColumnKind, KindWords] = {}
    for name, table in _tables(tables, "kinds", problems).items():
        if name not in set(ColumnKind):
            known = "、".join(kind.value for kind in ColumnKind)
            problems.append(f"[kinds.{name}] 不是栏目种类，可用：{known}")
            continue
        kinds[ColumnKind(name)] = KindWords(**_words(f"kinds.{name}", table, _KIND_KEYS, problems))
    groups = {name: NameWords(**_words(name, tables.get(name, {}), _NAME_KEYS, problems)) for name in _GROUPS}
    problems += _claimed_twice(kinds)
    if problems:
        raise WordFileError(path, problems)
    return Wordings(kinds=kinds, **groups)


def _tables(tables: Mapping[str, Any], name: str, problems: list[str]) -> Mapping[str, Any]:
    table = tables.get(name, {})
    if isinstance(table, dict):
        return table
    problems.append(f"{name} 应为表，写作 [{name}.种类]")
    return {}


def _words(
    place: str, table: Any, keys: Mapping[str, str], problems: list[str]
) -> dict[str, tuple[str, ...]]:
    if not isinstance(table, dict):
        problems.append(f'[{place}] 应为表，其下写 contains = ["…"] 等')
        return {}
    words: dict[str, tuple[str, ...]] = {}
    for key, value in table.items():
        if key not in keys:
            problems.append(f"[{place}] 不认识的键 {key}，可用：{'、'.join(keys)}")
        elif not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            problems.append(f"[{place}] {key} = {value!r}：应为非空字符串的列表")
        else:
            words[keys[key]] = tuple(tidy(word) if key != "urls" else word.lower() for word in value)
    return words


def _claimed_twice(kinds: Mapping[ColumnKind, KindWords]) -> Iterator[str]:
    claims: dict[str, ColumnKind] = {}
    for kind, words in kinds.items():
        for word in dict.fromkeys((*words.contains, *words.exact, *words.alone)):
            if word in claims:
                yield f"“{word}”同时列在 [kinds.{claims[word]}] 和 [kinds.{kind}]，请只留一处"
            claims.setdefault(word, kind)


@cache
def shipped() -> Wordings:
    """The wordings that the program ships."""
    return load()


def tidy(name: str) -> str:
    """A name as it is compared: half-width, no blanks, arrows, counts in brackets or outer punctuation."""
    text = unicodedata.normalize("NFKC", name).replace("：", ":")
    return _NOISE.sub("", text)


def wordings(kind: ColumnKind) -> tuple[str, ...]:
    """The wordings by which a column of this kind is sought, for evidence of what is missing."""
    words = shipped().kinds.get(kind, KindWords())
    return tuple(dict.fromkeys((*words.contains, *words.exact, *words.disclosure)))


def classify(
    name: str, *, path: Sequence[str] = (), column_type: str = "", url: str = ""
) -> ColumnKind | None:
    """The kind of a column; None where nothing tells.

    `path` are the names of the columns above it, nearest last. `column_type` is the page tag's value.
    """
    above = tuple(tidy(part) for part in path[-DEEPEST_PATH:])
    return _classify(tidy(name), above, tidy(column_type), url)


@lru_cache(maxsize=20_000)
def _classify(text: str, above: tuple[str, ...], tag: str, url: str) -> ColumnKind | None:
    words = shipped()
    if words.neutral.fits(text):
        return None
    barred = _barred(text, above)
    if len(text) <= LONGEST_NAME and not _UNIT.search(text):
        named = _by_name(text, any(words.disclosure.fits(part) for part in above), barred)
        if named is not None:
            return named
    tagged = _by_tag(tag, barred)
    if tagged is not None:
        return tagged
    if above:
        parent = _classify(above[-1], above[:-1], "", "")
        alone = parent is not None and above[-1] in words.kinds[parent].alone
        if parent is not None and not alone and parent not in barred:
            return parent
    weak = _longest(text, ((kind, own.weak) for kind, own in words.kinds.items()), barred)
    return weak if weak is not None else _by_url(url, barred)


def _barred(text: str, above: tuple[str, ...]) -> frozenset[ColumnKind]:
    return frozenset(
        kind
        for kind, own in shipped().kinds.items()
        if any(word in text for word in own.never)
        or any(word in part for word in own.never_under for part in above)
    )


def _by_name(text: str, disclosed: bool, barred: frozenset[ColumnKind]) -> ColumnKind | None:
    undated = _YEAR_WORD.sub("", text)
    forms = {text, undated, _UNIT_PREFIX.sub("", undated)} - {""}
    own = [(kind, words) for kind, words in shipped().kinds.items() if kind not in barred]
    for kind, words in own:
        if forms & {*words.exact, *words.alone} or (disclosed and forms & set(words.disclosure)):
            return kind
    bare = _BRACKETS.sub("", text)
    ended = ((kind, tuple(word for word in words.ends if bare.endswith(word))) for kind, words in own)
    named = ((kind, (*words.contains, *ends)) for (kind, words), (_, ends) in zip(own, ended, strict=True))
    return _longest(text, named, barred)


def _longest(
    text: str, candidates: Iterator[tuple[ColumnKind, tuple[str, ...]]], barred: frozenset[ColumnKind]
) -> ColumnKind | None:
    """The kind whose wording in the text is longest, or of equal ones ends last."""
    best: tuple[int, int] = (0, 0)
    found: ColumnKind | None = None
    for kind, words in candidates:
        if kind in barred:
            continue
        for word in words:
            at = text.rfind(word)
            if at >= 0 and (len(word), at + len(word)) > best:
                best, found = (len(word), at + len(word)), kind
    return found


def _by_tag(tag: str, barred: frozenset[ColumnKind]) -> ColumnKind | None:
    if not tag or len(tag) > LONGEST_NAME:
        return None
    for part in re.split(r"[,，;；、]", tag):
        for kind, words in shipped().kinds.items():
            if kind not in barred and part in words.tags:
                return kind
    return None


def _by_url(url: str, barred: frozenset[ColumnKind]) -> ColumnKind | None:
    try:
        segments = urlsplit(url).path.lower().split("/")
    except ValueError:
        return None
    for segment in reversed(segments[-DEEPEST_PATH:]):
        bare = re.sub(r"(?:[_-]?\d+)?(?:\.[a-z]{2,5})?$", "", segment)
        for kind, words in shipped().kinds.items():
            if kind not in barred and bare and bare in words.urls:
                return kind
    return None


def is_archive(name: str, path: Sequence[str] = (), *, this_year: int | None = None) -> bool:
    """Whether a column holds past years or closed topics, by its own name or one above it.

    A name that is only a year counts. With `this_year` given, that year and later ones do not, and a
    name that begins with an earlier year (2019年政策文件) counts too.
    """
    return any(_is_past(tidy(part), this_year) for part in (name, *path[-DEEPEST_PATH:]))


def _is_past(text: str, this_year: int | None) -> bool:
    if len(text) > LONGEST_NAME:
        return False
    bears_year = (_YEAR_ONLY if this_year is None else _YEAR_FIRST).match(text)
    if bears_year and (this_year is None or _last_year_of(bears_year[0]) < this_year):
        return True
    return shipped().archive.fits(text)


def _last_year_of(text: str) -> int:
    return max(int(digits) for digits in re.findall(r"2\d{3}", text.translate(_DIGITS)))


def is_disclosure(name: str, path: Sequence[str] = ()) -> bool:
    """Whether a column is the disclosure platform (政府信息公开) or stands below it."""
    return any(shipped().disclosure.fits(tidy(part)) for part in (name, *path[-DEEPEST_PATH:]))
