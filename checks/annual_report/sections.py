"""The six sections of an annual report (国办公开办函〔2021〕30号), read off its text in their order.

A section is there when a heading names it. The same words in running text, in a list of contents or as a
sub-heading of another section (“（一）主动公开”under the overview) are not the section.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

SECTIONS = ("overview", "proactive", "requests", "litigation", "problems", "other")
"""The six, in the order they are due."""

SECTION_TITLES = {
    "overview": "总体情况",
    "proactive": "主动公开政府信息情况",
    "requests": "收到和处理政府信息公开申请情况",
    "litigation": "政府信息公开行政复议、行政诉讼情况",
    "problems": "存在的主要问题及改进情况",
    "other": "其他需要报告的事项",
}

_ANY = r"[^。;,:\n]"
_MEND = r"(?:情况|措施|意见|打算|方向|计划|建议|对策|工作|改进|整改)"
_WORDINGS = {
    "litigation": rf"{_ANY}{{0,20}}?(?:复议|诉讼){_ANY}{{0,18}}?情况",
    "requests": (
        rf"(?:收到|受理|接收|办理|处理|政府信息(?:公开)?|信息公开|依){_ANY}{{0,12}}?申请(?:公开)?"
        r"(?:[^。;,:复\n]{0,10}?情况)?"
    ),
    "proactive": rf"{_ANY}{{0,8}}?主动公开(?:{_ANY}{{0,8}}?(?:情况|数据)|政府信息)?",
    "problems": (
        rf"{_ANY}{{0,10}}?(?:存在|主要|面临)(?:的)?{_ANY}{{0,5}}?(?:问题|不足|困难)(?:[^。;,:\s]{{0,14}}{_MEND})?"
        rf"|(?:问题|不足)(?:[、和及与]|以及){_ANY}{{0,6}}?(?:改进|整改)(?:{_ANY}{{0,6}}{_MEND})?"
    ),
    "other": (
        r"(?:其他|其它)[^。;,:结处\n]{0,10}?(?:事项|情况|问题)"
        r"|需要?(?:说明|报告)的[^。;,:\n]{0,4}?(?:事项|情况|问题)(?:[、和及与]附[表件录])?"
    ),
    "overview": rf"{_ANY}{{0,14}}?(?:(?:总体|基本|整体)(?:工作)?情况|概述|概况)",
}
_NAMED = "|".join(f"(?P<{name}>{words})" for name, words in _WORDINGS.items())
_FULL = {
    "overview": r"总体情况",
    "proactive": r"主动公开政府信息(?:的)?情况",
    "requests": r"收到和处理政府信息公开申请(?:的)?情况",
    "litigation": r"(?:因)?政府信息公开(?:工作)?(?:被申请)?行政复议[、和及]?(?:提起)?行政诉讼(?:的)?情况",
    "problems": r"存在的主要问题[及和]改进情况",
    "other": r"其[他它]需要报告的事项",
}
_MARKS = {
    "chapter": r"第[一二三四五六七八九十\d]{1,3}[部章节](?:分)?[、.,:\s]*",
    "han": r"[一二三四五六七八九十]{1,3}\s*[、.,:\s]\s*",
    "bracket": r"[(]\s*[一二三四五六七八九十\d]{1,3}\s*[)]\s*[、.]?\s*",
    "digit": r"(?:\d{1,2}\s*[、.,)](?!\d)|[①-⑩])\s*",
    "bullet": r"[■◆●▶※★□○◇•·【\[<《]\s*",
    "bare": r"",
}
_TITLE_END = r"\s*[】\]>》:。]?\s*(?:[(][^)]{0,30}[)])?\s*[:。]?\s*$"
_TEXT_FOLLOWS = r"(?=\s*[。:]?\s*[\w(《“])(?!\s*[;,、。.]?\s*[一二三四五六七][、.])"
_ALONE = {
    mark: re.compile(rf"^\s*{pattern}(?:20\d\d年(?:度)?)?(?:{_NAMED}){_TITLE_END}")
    for mark, pattern in _MARKS.items()
}
_RUN_IN = {
    mark: re.compile(rf"^\s*{_MARKS[mark]}(?>{_NAMED}){_TEXT_FOLLOWS}")
    for mark in ("han", "chapter", "bracket")
}
_FULL_LINE = {
    name: re.compile(rf"^(?:.{{0,6}}?[、.)]\s*)?(?:{words}){_TITLE_END}") for name, words in _FULL.items()
}
_INLINE = re.compile(rf"(?:^|(?<=[。;!\s]))[一二三四五六]\s*[、.]\s*(?>{_NAMED})(?:{_TEXT_FOLLOWS}|\s*$)")
_CONTENTS = re.compile(r"(?:\.{3,}|…+|·{3,}|-{3,})\s*\d*\s*$")
_ENDS_AS_HEADING = re.compile(r"(?:情况|事项|概述|概况|数据|措施|打算|改进|整改|计划|方向|附[表件录])$")
_NOTHING = re.compile(
    r"^(?:本(?:单位|机关|部门|局|年度?))?(?:暂时?)?(?:无|没有|不存在)(?:问题|其他)?[。.;!\s]*$"
)


LONGEST_LINE = 4_000
LONGEST_SPACED = 80
_APART = re.compile(r"(?<=[\u4e00-\u9fff、])[ ]+(?=[\u4e00-\u9fff、])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section: its name and what stands below its heading."""

    name: str
    body: str

    def says_nothing(self) -> bool:
        """Whether the section is empty or says only that there is nothing."""
        return not self.body.strip() or bool(_NOTHING.match(self.body.strip()))


@dataclass(frozen=True, slots=True)
class _Hit:
    name: str
    mark: str
    start: int
    end: int
    full: bool = False
    """Whether it stands alone in the prescribed wording."""


def read_sections(text: str) -> tuple[Section, ...]:
    """The sections in the order of the text, each once (its first heading)."""
    half = unicodedata.normalize("NFKC", text)
    hits = _of_one_rank(list(_heading_lines(half)) or list(_run_in_headings(half)))
    if len({hit.name for hit in hits}) < 3:
        hits = max(
            hits, _of_one_rank(list(_run_in_headings(half))), key=lambda found: len({h.name for h in found})
        )
    sections = []
    for index, hit in enumerate(hits):
        end = hits[index + 1].start if index + 1 < len(hits) else len(half)
        sections.append(Section(name=hit.name, body=half[hit.end : end]))
    return tuple(sections)


def report_sections(text: str) -> frozenset[str]:
    """Which of the six sections the report has."""
    return frozenset(section.name for section in read_sections(text))


def _heading_lines(text: str) -> list[_Hit]:
    hits = []
    at = 0
    for line in text.split("\n"):
        hit = _heading_line(line, at) or _spaced_heading(line, at)
        if hit is not None:
            hits.append(hit)
        at += len(line) + 1
    return hits


def _heading_line(line: str, at: int) -> _Hit | None:
    if len(line) > LONGEST_LINE or _CONTENTS.search(line):
        return None
    for mark, pattern in _ALONE.items():
        match = pattern.match(line)
        if match is None:
            continue
        name = _name_of(match)
        if mark != "bare" or _ENDS_AS_HEADING.search(match[name]):
            full = bool(_FULL_LINE[name].match(line.strip()))
            return _Hit(name=name, mark=mark, start=at, end=at + match.end(name), full=full)
    for mark, pattern in _RUN_IN.items():
        match = pattern.match(line)
        if match is not None and _INLINE.search(line, match.end()) is None:
            name = _name_of(match)
            return _Hit(name=name, mark=mark, start=at, end=at + match.end(name))
    return None


def _spaced_heading(line: str, at: int) -> _Hit | None:
    """The same of a short line whose letters are set apart (总 体 情 况)."""
    if len(line) > LONGEST_SPACED or not _APART.search(line):
        return None
    hit = _heading_line(_APART.sub("", line), at)
    return None if hit is None else replace(hit, end=at + len(line))


def _name_of(match: re.Match[str]) -> str:
    return next(name for name in SECTIONS if match[name] is not None)


def _run_in_headings(text: str) -> list[_Hit]:
    """Numbered headings inside a paragraph, for texts that lost their line breaks."""
    hits = []
    for match in _INLINE.finditer(text):
        name = _name_of(match)
        hits.append(_Hit(name=name, mark="inline", start=match.start(), end=match.end(name)))
    return hits


def _of_one_rank(hits: list[_Hit]) -> list[_Hit]:
    """The headings of the main rank, and those of another that use the full wording.

    The main rank is the one that names most sections; a higher one that names but one fewer goes before.
    """
    named = {mark: {hit.name for hit in hits if hit.mark == mark} for mark in (*_MARKS, "inline")}
    most = max(map(len, named.values()))
    if not most:
        return []
    main = next(mark for mark, names in named.items() if len(names) >= max(most - 1, min(most, 2)))
    seen: set[str] = set()
    kept = []
    own = named[main]
    for hit in hits:
        if hit.name in seen or (hit.mark != main and (hit.name in own or not hit.full)):
            continue
        seen.add(hit.name)
        kept.append(hit)
    return kept
