"""网页有表述错误。

检查什么：文章页、首页、栏目页及其附件的文字是否有词库所列的错误表述。
依据：国办秘函〔2019〕19号附件（严重表述错误单项否决）；常政办发〔2020〕120号附件第 6、8 项；
《寻乌县2022年度政务公开工作考核评分表》第 14 项。
如何判定：按词库逐条查找；词条注明的例外上下文、指出错误的文字（“应为”“误写为”等）不算。
词库中严重的（国名、党名、机关名称、固定政治表述写错等）判违规；一般错别字只提醒，不扣分。
附件没有读到、已读到的部分没有发现的，无法判定；没有提供词库的，无法判定。
示例：正文写作“中华人民共合国”，违规，应为“中华人民共和国”。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checks.content.published import Part, page_of, pages, parts_of
from checks.content.terms import Hit, Lexicon
from domain.check import Check, Subject
from domain.observation import SiteObservation
from domain.outcome import Frame, Inconclusive, Outcome, Pass, Value, Violation

TOLD_AT_MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The lexicon to look by; None until the shell puts one in (`schemes.lexicon.equipped`)."""

    lexicon: Lexicon | None = None


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Every page that was read; then says so if there are others."""
    return pages(observation)


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the page or a file it links has a wrong wording."""
    parts, gap = parts_of(page_of(subject, observation))
    return judge_parts(subject, parts, gap, params)


def judge_parts(subject: Subject, parts: Iterable[Part], gap: str, params: Params) -> Outcome:
    """The same of any pieces of text; `gap` says what of them was not read. The first's address is told."""
    if params.lexicon is None:
        return Inconclusive(reason="没有提供词库")
    parts = tuple(parts)
    url = parts[0].url
    found = [(hit, part.url) for part in parts for hit in params.lexicon.scan(part.text)]
    serious = [one for one in found if one[0].term.severity == "serious"]
    if serious:
        return _violation(subject, url, serious, found)
    if gap:
        return Inconclusive(reason=gap)
    if found:
        return _violation(subject, url, found, found, "warning")
    return Pass(reason="没有发现词库所列的错误表述")


def _violation(
    subject: Subject,
    url: str,
    told: list[tuple[Hit, str]],
    found: list[tuple[Hit, str]],
    severity: str = "violation",
) -> Violation:
    terms = list(dict.fromkeys(hit.term for hit, _ in told))
    pairs = "，".join(f"“{term.wrong}”应为“{term.right}”" for term in terms[:TOLD_AT_MOST])
    more = "等" if len(terms) > TOLD_AT_MOST else ""
    listed: list[Value] = [
        {
            "found": term.wrong,
            "suggest": term.right,
            "severity": term.severity,
            "times": sum(hit.term == term for hit, _ in found),
        }
        for term in dict.fromkeys(hit.term for hit, _ in found)
    ]
    sort = "严重表述错误" if severity == "violation" else "错别字"
    return Violation(
        url=url,
        summary=f"“{subject.name}”有{sort}{len(terms)}种：{pairs}{more}。",
        observed={
            "found": terms[0].wrong,
            "suggest": terms[0].right,
            "terms": listed,
            "found_in": told[0][1],
        },
        expected={"found": "none"},
        frame=Frame(text=terms[0].wrong),
        looked_at=tuple(dict.fromkeys(place for _, place in told)),
        severity=severity,
    )


CHECK = Check(
    id="content.wording",
    title="网页有表述错误",
    basis="国办秘函〔2019〕19号；各考核办法关于严重错误的条款",
    params=Params,
    subjects=subjects,
    judge=judge,
)
