"""The lexicon of wrong wordings (lexicon.toml): loaded, checked, and handed to the check that asks for it.

`load(path)` is what `govwatch lexicon check FILE` runs: it raises one WordFileError with every problem,
each with its line, the value and the mend.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from checks.content.terms import SEVERITIES, Lexicon, Term
from domain.check import Question
from schemes.phrases import phrase_terms
from schemes.wordfile import WordFileError, read_toml

SHIPPED = Path(__file__).with_name("lexicon.toml")

CHECKS = frozenset({"content.wording", "media.wording"})
"""The checks whose parameters carry a lexicon."""

SHORTEST, LONGEST = 2, 40
"""Characters of a wrong wording: a single one would be found everywhere."""

_TABLES = ("group", "phrase", "homophones")
_GROUP_KEYS = ("kind", "severity", "note", "terms")
_TERM_KEYS = ("wrong", "right", "unless")


def load(path: Path = SHIPPED) -> Lexicon:
    """The lexicon of a file. Raises WordFileError with all that is wrong with it."""
    tables, text = read_toml(path)
    lines = text.splitlines()
    problems = [
        f"{_line(lines, name)}不认识的键 {name}，词条写在 [[group]] 之下"
        for name in tables
        if name not in _TABLES
    ]
    groups = tables.get("group", [])
    if not isinstance(groups, list) or not all(isinstance(group, dict) for group in groups):
        raise WordFileError(path, [*problems, "group 应写作 [[group]]，每组一段"])
    terms: list[Term] = []
    for group in groups:
        terms += _group(group, lines, problems)
    problems += _clashes(terms, lines)
    listed = {term.wrong for term in terms}
    varied = phrase_terms(tables.get("phrase", []), tables.get("homophones", {}), problems)
    terms += [term for term in varied if term.wrong not in listed]
    if not terms and not problems:
        problems.append('没有一个词条，请在 [[group]] 之下写 terms = [{ wrong = "…", right = "…" }]')
    if problems:
        raise WordFileError(path, problems)
    return Lexicon(tuple(terms))


@cache
def shipped() -> Lexicon:
    """The lexicon that the program ships."""
    return load()


def equipped(question: Question, lexicon: Lexicon | None = None) -> Question:
    """The question with a lexicon (default: the shipped one) in its parameters, where it asks for wording."""
    if question.check.id not in CHECKS or question.params.lexicon is not None:
        return question
    return replace(question, params=replace(question.params, lexicon=lexicon or shipped()))


def _group(group: Mapping[str, Any], lines: list[str], problems: list[str]) -> Iterator[Term]:
    kind, severity = group.get("kind"), group.get("severity", "")
    name = f"类别“{kind}”" if kind else "没有 kind 的一组"
    for key in group:
        if key not in _GROUP_KEYS:
            problems.append(f"{_line(lines, key)}{name}中不认识的键 {key}，可用：{'、'.join(_GROUP_KEYS)}")
    if not isinstance(kind, str) or not kind.strip():
        problems.append('有一组没有写 kind（类别），请补上，如 kind = "国名"')
    if severity not in SEVERITIES:
        problems.append(
            f"{_line(lines, str(severity))}{name}的 severity 为 {severity!r}，应为 {' 或 '.join(SEVERITIES)}"
        )
    entries = group.get("terms", [])
    if not isinstance(entries, list):
        problems.append(f"{name}的 terms 应为列表")
        return
    for entry in entries:
        term = _term(entry, str(kind), str(severity), lines, problems)
        if term is not None:
            yield term


def _term(entry: Any, kind: str, severity: str, lines: list[str], problems: list[str]) -> Term | None:
    if not isinstance(entry, dict):
        problems.append(f'{_line(lines, str(entry))}词条 {entry!r} 应写作 {{ wrong = "…", right = "…" }}')
        return None
    wrong, right, unless = entry.get("wrong", ""), entry.get("right", ""), entry.get("unless", [])
    found = [f"不认识的键 {key}，可用：{'、'.join(_TERM_KEYS)}" for key in entry if key not in _TERM_KEYS]
    if not isinstance(wrong, str) or not SHORTEST <= len(wrong) <= LONGEST or wrong != wrong.strip():
        found.append(f"wrong = {wrong!r}：应为 {SHORTEST} 至 {LONGEST} 个字、首尾没有空格的文字")
    if not isinstance(right, str) or not right.strip():
        found.append(f"right = {right!r}：应写正确的写法")
    elif wrong == right:
        found.append(f"wrong 与 right 都是“{right}”：二者不应相同")
    if not isinstance(unless, list) or not all(isinstance(word, str) for word in unless):
        found.append(f"unless = {unless!r}：应为文字的列表")
    elif isinstance(wrong, str):
        found += [
            f"unless 中的“{word}”不含“{wrong}”：应写含有它的上下文" for word in unless if wrong not in word
        ]
        found += [
            f"unless 中的“{word}”就是 wrong 本身：这一条永远不会报出" for word in unless if word == wrong
        ]
    if found:
        place = _line(lines, str(wrong))
        problems += [f"{place}{words}" for words in found]
        return None
    return Term(wrong=wrong, right=right, severity=severity, kind=kind, unless=tuple(unless))


def _clashes(terms: list[Term], lines: list[str]) -> Iterator[str]:
    """Entries listed twice, and wrong wordings that correct ones contain."""
    for wrong, times in Counter(term.wrong for term in terms).items():
        if times > 1:
            yield f"{_line(lines, wrong, last=True)}“{wrong}”列了{times}次，请只留一条"
    finder = Lexicon(tuple(terms))
    for right in dict.fromkeys(term.right for term in terms):
        for hit in finder.scan(right):
            yield (
                f"{_line(lines, hit.term.wrong)}“{hit.term.wrong}”出现在正确写法“{right}”之中，会误报："
                f"请改长一些，或在 unless 中写明"
            )


def _line(lines: list[str], words: str, *, last: bool = False) -> str:
    """The number of the line that quotes the words, as the beginning of a sentence; empty when none does."""
    found = [
        number
        for number, line in enumerate(lines, start=1)
        if words and (f'"{words}"' in line or line.lstrip().startswith(f"{words} ") or line.strip() == words)
    ]
    if not found:
        return ""
    return f"第 {found[-1 if last else 0]} 行："
