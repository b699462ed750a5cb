"""Errors of typing in set phrases: a character of the same sound for the right one, two changed about."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checks.content.terms import SEVERITIES, Term

SHORTEST = 4
"""Shorter phrases have too many neighbours that are words of their own."""

WHOLE_FROM = 6
"""From so many characters on the first one is varied too; the last only of those names that are listed as
`to_the_end`, for elsewhere it may begin a word."""

CHANGED_FROM = 5
"""From so many characters on two neighbours behind the first that changed places make an error."""

_KEYS = ("kind", "severity", "note", "names", "to_the_end", "except")


def phrase_terms(phrases: Any, homophones: Any, problems: list[str]) -> Iterator[Term]:
    """The misspellings of every phrase of the file; what is wrong with its tables goes into `problems`."""
    sounds = _homophones(homophones, problems)
    if not isinstance(phrases, list) or not all(isinstance(phrase, dict) for phrase in phrases):
        problems.append("phrase 应写作 [[phrase]]，每类一段")
        return
    groups = [group for phrase in phrases if (group := _checked(phrase, problems)) is not None]
    correct = _windows({name for group in groups for name in group["names"]})
    seen: set[str] = set()
    for group in groups:
        for name in group["names"]:
            for wrong in _misspelt(name, sounds, last=name in group["to_the_end"]):
                if wrong in seen or any(word in wrong for word in group["except"]) or wrong in correct:
                    continue
                seen.add(wrong)
                yield Term(wrong=wrong, right=name, severity=group["severity"], kind=group["kind"])


def _misspelt(name: str, sounds: Mapping[str, str], *, last: bool) -> Iterator[str]:
    first = 0 if len(name) >= WHOLE_FROM else 1
    for place in range(first, len(name) - (not last)):
        for character in sounds.get(name[place], ""):
            yield name[:place] + character + name[place + 1 :]
    for place in range(1, len(name) - 1) if len(name) >= CHANGED_FROM else ():
        yield name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _windows(names: set[str]) -> set[str]:
    """Every part of a name that is as long as some name (and its ends): what is one is no error.

    Asking each name for each error would take half of the time that a lexicon takes to load.
    """
    lengths = {len(name) for name in names}
    return {
        name[start : start + length] for name in names for length in lengths for start in range(len(name))
    }


def _homophones(table: Any, problems: list[str]) -> Mapping[str, str]:
    if not isinstance(table, dict):
        problems.append("homophones 应为表，写作 [homophones]")
        return {}
    for character, others in table.items():
        if len(character) != 1 or not isinstance(others, str) or not others or character in others:
            problems.append(f"[homophones] {character} = {others!r}：左边应为一个字，右边为与它同音的其他字")
    return {c: others for c, others in table.items() if isinstance(others, str)}


def _checked(phrase: Mapping[str, Any], problems: list[str]) -> dict[str, Any] | None:
    """The phrase's keys if all are in order."""
    kind, severity = phrase.get("kind", ""), phrase.get("severity", "")
    names, exceptions = phrase.get("names", []), phrase.get("except", [])
    whole = phrase.get("to_the_end", [])
    found = [f"不认识的键 {key}，可用：{'、'.join(_KEYS)}" for key in phrase if key not in _KEYS]
    if not isinstance(kind, str) or not kind:
        found.append("没有写 kind（类别）")
    if severity not in SEVERITIES:
        found.append(f"severity 为 {severity!r}，应为 {' 或 '.join(SEVERITIES)}")
    found += [
        *_of_texts("names", names),
        *_of_texts("to_the_end", whole),
        *_of_texts("except", exceptions),
    ]
    if isinstance(names, list) and isinstance(whole, list):
        found += [f"to_the_end 中的“{name}”没有列在 names 中" for name in whole if name not in names]
    if isinstance(names, list):
        found += [
            f"names 中的“{name}”不足 {SHORTEST} 个字，易误报，请写入 [[group]]"
            for name in names
            if isinstance(name, str) and len(name) < SHORTEST
        ]
    problems += [f"[[phrase]] 类别“{kind}”：{words}" for words in found]
    if found:
        return None
    return {
        "kind": kind,
        "severity": severity,
        "names": names,
        "to_the_end": whole,
        "except": exceptions,
    }


def _of_texts(key: str, value: object) -> Sequence[str]:
    if isinstance(value, list) and all(isinstance(word, str) and word for word in value):
        return ()
    return (f"{key} = {value!r}：应为非空文字的列表",)
