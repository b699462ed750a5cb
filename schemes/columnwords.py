"""The wordings by which columns are known (columns.toml), read and held against each other."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from domain.target import ColumnKind
from schemes.wordfile import WordFileError, read_toml

SHIPPED = Path(__file__).with_name("columns.toml")

MOST_PEELED = 3
"""Words taken off a name before it is given up."""

_NOISE = re.compile(r"[\s·•|>»›＞“”‘’\"「」《》]+|(?:[(（\[]\d+[)）\]])$|^[-—.、:：]+|[-—.、:：]+$")
_CIRCLED = re.compile(r"^\s*[\u2460-\u249b\u2776-\u2793]\s*")
_BULLET = re.compile(r"^[^\w(\[【<《「“\"']+")
_NUMBERED = re.compile(
    r"^(?:[(\[【](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)\]】]|(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[、.:)]|\d{1,2}\s)\s*(?=\S)"
)
_MORE = re.compile(r"(?<=[\u4e00-\u9fff\s])(?:more|new)[!+>.\s]*$", re.IGNORECASE)
_FRAMED = re.compile(r"[【\[<《「]([^【】\[\]<>《》「」]+)[】\]>》」]")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWords:
    """The wordings of one kind, as columns.toml explains them."""

    contains: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    disclosure: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PeelWords:
    """Words before or after the core of a name that say whose or of when it is, not of which kind."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    def cores(self, text: str) -> Iterator[str]:
        """What is left of a name as words are taken off, one by one, from its end and its beginning."""
        left = [text]
        for _ in range(MOST_PEELED):
            left = [core for part in left for core in self._shorter(part)]
            yield from left

    def leaves(self, text: str, words: Collection[str]) -> bool:
        """Whether a name is made of some of these words, else only of words of whose, when, which field."""
        known = {*self.before, *self.after, *self.fields, *words}
        reached, told = {0}, set[int]()
        for start in range(len(text)):
            for word in known if start in reached else ():
                if text.startswith(word, start):
                    reached.add(start + len(word))
                    if start in told or word in words:
                        told.add(start + len(word))
        return len(text) in told

    def _shorter(self, text: str) -> Iterator[str]:
        after = max((len(word) for word in self.after if text.endswith(word)), default=0)
        before = max((len(word) for word in self.before if text.startswith(word)), default=0)
        if 0 < after < len(text):
            yield text[:-after]
        if 0 < before < len(text):
            yield text[before:]


@dataclass(frozen=True, kw_only=True)
class Wordings:
    """All of columns.toml."""

    kinds: Mapping[ColumnKind, KindWords]
    archive: NameWords = field(default_factory=NameWords)
    disclosure: NameWords = field(default_factory=NameWords)
    neutral: NameWords = field(default_factory=NameWords)
    peel: PeelWords = field(default_factory=PeelWords)


_KIND_KEYS = {
    "contains": "contains",
    "ends": "ends",
    "exact": "exact",
    "alone": "alone",
    "disclosure": "disclosure",
    "weak": "weak",
    "bare": "bare",
    "of": "of",
    "heads": "heads",
    "near": "near",
    "not": "never",
    "not_under": "never_under",
    "tags": "tags",
    "urls": "urls",
}
_NAME_KEYS = {"contains": "contains", "exact": "exact", "not": "never"}
_GROUPS = ("archive", "disclosure", "neutral")
_PEEL_KEYS = {"before": "before", "after": "after", "fields": "fields"}


def load(path: Path = SHIPPED) -> Wordings:
    """The wordings of a file. Raises WordFileError naming each unknown kind, key or wrong value."""
    tables, _ = read_toml(path)
    problems = [
        f"不认识的表 [{name}]，可用：kinds、{'、'.join(_GROUPS)}、peel"
        for name in tables
        if name not in {"kinds", "peel", *_GROUPS}
    ]
    kinds: dict[ColumnKind, KindWords] = {}
    for name, table in _kind_tables(tables, problems).items():
        if name not in set(ColumnKind):
            known = "、".join(kind.value for kind in ColumnKind)
            problems.append(f"[kinds.{name}] 不是栏目种类，可用：{known}")
            continue
        kinds[ColumnKind(name)] = KindWords(**_words(f"kinds.{name}", table, _KIND_KEYS, problems))
    groups = {name: NameWords(**_words(name, tables.get(name, {}), _NAME_KEYS, problems)) for name in _GROUPS}
    peel = PeelWords(**_words("peel", tables.get("peel", {}), _PEEL_KEYS, problems))
    problems += _claimed_twice(kinds)
    if problems:
        raise WordFileError(path, problems)
    return Wordings(kinds=kinds, peel=peel, **groups)


def _kind_tables(tables: Mapping[str, Any], problems: list[str]) -> Mapping[str, Any]:
    table = tables.get("kinds", {})
    if isinstance(table, dict):
        return table
    problems.append("kinds 应为表，写作 [kinds.种类]")
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


@lru_cache(maxsize=20_000)
def tidy(name: str) -> str:
    """A name as it is compared: half-width, no blanks, arrows, numbers before it, counts in brackets, words
    such as "more" behind it, outer brackets or punctuation.
    """
    text = unicodedata.normalize("NFKC", _CIRCLED.sub("", name))
    text = _BULLET.sub("", _NUMBERED.sub("", _BULLET.sub("", text)))
    text = _NOISE.sub("", _MORE.sub("", text))
    framed = _FRAMED.fullmatch(text)
    return framed[1] if framed else text
