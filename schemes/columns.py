"""Which kind a column is by its name, and whether it is an archive or part of the disclosure platform.

The accepted wordings are data (columns.toml). A name decides before the page tag, the tag before the
columns above, those before a weak wording, and that before the address; of several wordings in one name
the longest wins, of equally long ones the last, unless one of three characters or more stands behind it at
the name's end: a Chinese name ends with what it is. What says only whose or of when a column is
(往年年报, 县直部门年度报告公示) is peeled off before a name is given up.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from domain.target import ColumnKind
from schemes.columnwords import KindWords, PeelWords, shipped, tidy

LONGEST_NAME = 40
"""Longer texts are titles or sentences, not names of columns."""

DEEPEST_PATH = 12

_LIMITED = frozenset(
    {
        ColumnKind.NEWS,
        ColumnKind.NOTICES,
        ColumnKind.POLICY_DOCUMENTS,
        ColumnKind.POLICY_INTERPRETATION,
    }
)
"""Kinds that must be updated: a name is only taken for one of them when it says so without peeling."""

HEAD = 3
"""Characters from which a wording at the end of a name outweighs longer ones before it."""

_UNIT = re.compile(
    r"(?:局|委员会|管委会|办公室|办事处|人民政府|有限公司|集团|银行|医院|学校|中学|小学|学院|大队|支队|"
    r"(?:服务|管理|交易|采购|研究|监测|检测|指导|执法|审批|规划)中心|(?<!大)厅|[委镇乡]|街道)$"
)
_UNIT_PREFIX = re.compile(
    r"^.{1,24}(?:人民政府办公室|人民政府|委员会|管委会|街道办事处|办事处|办公室|管理局|局|(?<!大)厅|[市县镇乡委]|(?<![专社园灾辖景林矿牧学片])区|街道|中心)"
)
_OWNER = re.compile(
    r"^.{1,24}(?:人民政府办公室|人民政府|委员会|管委会|办事处|办公室|有限公司|集团|联合社|联合会|总会|协会|医院|学院|学校|研究院|"
    r"局|(?<!大)厅|[市县镇乡委]|(?<![专社园灾辖景林矿牧学片])区|街道|中心|大队|支队|(?:监督|管理|司法|派出|财政)所|(?<![举申督交承])办(?![理事法]))"
)
_OF_UNIT = re.compile(r"^(.{2,30}?)[-_—:](.{2,24})$")
_YEARS = r"(?:20\d\d|[二2][〇○零O][〇○零一二三四五六七八九]{2})"
_YEAR_WORD = re.compile(rf"{_YEARS}\s*年?度?")
_YEAR_ONLY = re.compile(
    rf"^[(\[]?({_YEARS})(?:年度|年|度)?(?:[-—~至到]{_YEARS}(?:年度|年)?)?(?:份|以前|及以前|之前)?[)\]]?$"
)
_YEAR_FIRST = re.compile(rf"^[(\[]?{_YEARS}(?:(?:年度|年)?[-—~至到]{_YEARS})?(?:$|年|度|[)\]])")
_BRACKETS = re.compile(r"[(（][^()（）]{0,12}[)）]$")
_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")


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
    of_unit = _OF_UNIT.match(text)
    if of_unit and (_UNIT.search(of_unit[2]) or _OWNER.fullmatch(of_unit[2])):
        text = of_unit[1]
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
    free = ((kind, own) for kind, own in words.kinds.items() if kind not in barred)
    weak = _longest(text, ((kind, _at_end(text, kind, own.weak)) for kind, own in free))
    if weak is None:
        weak = _bare(text, barred)
    return weak if weak is not None else _by_url(url, barred)


def _at_end(text: str, kind: ColumnKind, weak: tuple[str, ...]) -> tuple[str, ...]:
    """Those weak wordings that may tell a kind: one with a limit is told only by what a name ends with
    (产业政策 are policies, 产业政策环境 is none).
    """
    if kind not in _LIMITED:
        return weak
    tails = ((word, text.rpartition(word)[2]) for word in weak if word in text)
    after = shipped().peel.after
    return tuple(word for word, tail in tails if not tail or PeelWords(after=after).leaves(tail, after))


def near(name: str) -> frozenset[ColumnKind]:
    """The kinds that a column of no known kind may be all the same, as its name bears a word of theirs."""
    text = tidy(name)
    words = shipped()
    if len(text) > LONGEST_NAME or words.neutral.fits(text):
        return frozenset()
    barred = _barred(text, ())
    return frozenset(
        kind
        for kind, own in words.kinds.items()
        if kind not in barred and any(word in text for word in own.near)
    )


def _bare(text: str, barred: frozenset[ColumnKind]) -> ColumnKind | None:
    """The kind whose wording a name consists of, but for words of whose, of when and of what field it is.

    A name that says of what else its notices are (彩票公告) names a list that need not grow.
    """
    undated = re.sub(r"[、,/&和与及]", "", _YEAR_WORD.sub("", _BRACKETS.sub("", text)))
    forms = {undated, _OWNER.sub("", undated)}
    for kind, own in shipped().kinds.items():
        if kind not in barred and own.bare and any(shipped().peel.leaves(form, own.bare) for form in forms):
            return kind
    return None


def _barred(text: str, above: tuple[str, ...]) -> frozenset[ColumnKind]:
    """The kinds that a name rules out. What a unit is called (审计局, 国资委) rules out nothing."""
    core = _OWNER.sub("", text) or text
    return frozenset(
        kind
        for kind, own in shipped().kinds.items()
        if any(word in core for word in own.never)
        or any(word in part for word in own.never_under for part in above if not _UNIT.search(part))
    )


def _by_name(text: str, disclosed: bool, barred: frozenset[ColumnKind]) -> ColumnKind | None:
    undated = _YEAR_WORD.sub("", text)
    forms = {text, undated, _UNIT_PREFIX.sub("", undated)}
    own = [(kind, words) for kind, words in shipped().kinds.items() if kind not in barred]
    exact = _exactly(forms, own, disclosed)
    if exact is not None:
        return exact
    bare = _BRACKETS.sub("", text)
    compound = _compound(_YEAR_WORD.sub("", bare), own)
    if compound is not None:
        return compound
    found = _longest(text, ((kind, (*words.contains, *_ending(bare, words.ends))) for kind, words in own))
    if found is not None:
        return found
    cores = dict.fromkeys(core for form in forms for core in shipped().peel.cores(_BRACKETS.sub("", form)))
    free = [(kind, words) for kind, words in own if kind not in _LIMITED]
    return next((kind for core in cores if (kind := _exactly({core}, free, disclosed)) is not None), None)


def _ending(text: str, words: Iterable[str]) -> Iterator[str]:
    return (word for word in words if text.endswith(word))


def _compound(text: str, own: Sequence[tuple[ColumnKind, KindWords]]) -> ColumnKind | None:
    """The kind whose head ends a name that says before it of what it is; of several the longest head."""
    found = [
        (len(head), kind)
        for kind, words in own
        for head in words.heads
        if text.endswith(head) and any(word in text[: -len(head)] for word in words.of)
    ]
    return max(found, key=lambda one: one[0])[1] if found else None


def _exactly(
    forms: set[str], own: Sequence[tuple[ColumnKind, KindWords]], disclosed: bool
) -> ColumnKind | None:
    for kind, words in own:
        if forms & {*words.exact, *words.alone} or (disclosed and forms & set(words.disclosure)):
            return kind
    return None


def _longest(text: str, candidates: Iterable[tuple[ColumnKind, tuple[str, ...]]]) -> ColumnKind | None:
    """The kind of the longest wording in the text, of equal ones the last; a head behind it goes before."""
    found: list[tuple[int, int, ColumnKind]] = []
    for kind, words in candidates:
        places = ((len(word), text.rfind(word)) for word in words)
        found += [(size, at + size, kind) for size, at in places if at >= 0]
    if not found:
        return None
    _, end, kind = max(found)
    core = len(_BRACKETS.sub("", text))
    heads = [one for one in found if one[1] == core and one[0] >= HEAD and core - one[0] >= end]
    return max(heads)[2] if heads else kind


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
