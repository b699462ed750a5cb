"""公开的文件带有密级标志。

检查什么：文章页、首页、栏目页及其附件的正文是否带有“绝密”“机密”“秘密”的密级标志。
依据：《中华人民共和国保守国家秘密法》；《政府信息公开条例》第十四条。
如何判定：密级与“★”连写（可带保密期限），单独成行或在文件首部的，即为密级标志；宣传、培训中举例说明密级标志的，不算；
“绝密★启用前”一类试卷标记，考试后公布的，不算。
发现后应立即下线并按保密规定处理，本系统不复制文件内容。附件没有读到、已读到的部分没有发现的，无法判定。
示例：附件首页右上角标有“机密★10年”，违规；“国家秘密的标志由密级、★和保密期限组成”，合格。
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from checks.content.published import Part, page_of, pages, parts_of
from domain.check import Check, Subject
from domain.observation import SiteObservation
from domain.outcome import Inconclusive, Outcome, Pass, Violation

HEAD = 400
"""Characters at the beginning of a text in which a mark need not stand on a line of its own."""

LONGEST_LINE = 30
"""Characters of a line on which a mark stands by itself, wherever it is."""

SAID_BEFORE = 20
"""Characters before a mark in which it may be said that it is but told of."""

STARS = "★☆✩⭐"

_MARK = re.compile(
    r"(?<!商业)(?<!技术)(?<!工作)(?:绝\s*密|机\s*密|秘\s*密)[ \t]*[★☆✩⭐]"
    r"(?![ \t]*(?:[★☆✩⭐]|启[用封]|考试|开考))"
    r"(?:[ \t]*(?:长期|\d{1,3}[ \t]*(?:年|个月|月|天)|[一二三四五六七八九十]{1,3}年))?"
)
_EXAMPLE = re.compile(
    r"标志|标识|标注|标有|写有|印有|盖有|注明|样式|例如|比如|举例|如[“\"(:：]|形式为|格式|组成|密级分为|字样|什么是|区分|以上|表示|符号|题|解密|脱密|原为|原定[“\"「『《(（]$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Nothing to set."""


def find_mark(text: str) -> str | None:
    """The first classification mark that a document bears, without blanks; None where it bears none."""
    if not any(star in text for star in STARS):
        return None
    plain = unicodedata.normalize("NFKC", text)
    for match in _MARK.finditer(plain):
        above, below = plain[: match.start()], plain[match.end() :]
        line = above.rpartition("\n")[2] + match[0] + below.partition("\n")[0]
        before = above[-SAID_BEFORE:]
        alone = len(line.strip()) <= LONGEST_LINE
        if (alone or match.start() < HEAD) and not _EXAMPLE.search(before) and not _EXAMPLE.search(line):
            return re.sub(r"\s+", "", match[0])
    return None


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Every page that was read; then says so if there are others."""
    return pages(observation)


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the page or a file it links bears a mark."""
    parts, gap = parts_of(page_of(subject, observation))
    return judge_parts(subject, parts, gap)


def judge_parts(subject: Subject, parts: Iterable[Part], gap: str) -> Outcome:
    """The same of any pieces of text; `gap` says what of them was not read. The first's address is told."""
    read = tuple(parts)
    for part in read:
        mark = find_mark(part.text)
        if mark is not None:
            where = f"的附件“{part.file}”" if part.file else ""
            return Violation(
                url=read[0].url,
                summary=f"“{subject.name}”{where}带有密级标志“{mark}”，请立即下线并按保密规定处理。",
                observed={"mark": mark, "found_in": part.url},
                expected={"mark": "none"},
                looked_at=(part.url,),
            )
    return Inconclusive(reason=gap) if gap else Pass(reason="没有发现密级标志")


CHECK = Check(
    id="content.secret-mark",
    title="公开的文件带有密级标志",
    basis="《保守国家秘密法》；《政府信息公开条例》第十四条",
    params=Params,
    subjects=subjects,
    judge=judge,
)
