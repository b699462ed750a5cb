"""政策文件与解读没有相互链接。

检查什么：政策文件和它的解读是否互相链接。
依据：寻乌县2022年度评分表第4、12项；国办发〔2017〕47号（解读与文件相互关联）。
如何判定：按文号、标题或者单向链接认出文件和解读；两者都链接到对方的合格，缺一个方向的违规，并写明缺哪个方向。
一份文件有多篇解读的，有一篇与文件互相链接即合格；还有解读没有看到的，无法判定。没有解读的另行认定。
示例：解读页链接了文件，文件页没有链接解读，违规，document_links 为 false。
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from checks.absence import date_of, prove_all_read, prove_lists_seen
from checks.policy.evidence import POLICIES, as_subjects, gather, prove_none_is_hidden
from domain.check import Check, Subject
from domain.limit import Limit
from domain.observation import SiteObservation
from domain.outcome import NotApplicable, Outcome, Pass, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """How far back documents are judged."""

    within: Limit = field(default_factory=lambda: Limit(months=12))


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """The interpreted policy documents of the last year; then says so if there may be others."""
    evidence = gather(observation)
    yield from as_subjects(evidence.interpreted(evidence.recent(observation.today, params.within)))
    prove_lists_seen(observation, POLICIES)
    prove_all_read(observation, params.within.oldest(observation.today), POLICIES)


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the document and an interpretation of it link each other."""
    pairs = gather(observation).pairs_of(subject.key)
    if any(found.document_links and found.interpretation_links for found in pairs):
        return Pass(reason="文件与解读相互链接")
    if not pairs:
        return NotApplicable(reason="没有解读，另行认定")
    best = max(pairs, key=lambda found: (found.document_links or found.interpretation_links, found.by))
    day = date_of(best.document.day)
    prove_none_is_hidden(observation, day or params.within.oldest(observation.today))
    missing = [
        words
        for words, there in (
            ("文件页没有链接解读", best.document_links),
            ("解读页没有链接文件", best.interpretation_links),
        )
        if not there
    ]
    return Violation(
        url=subject.key,
        summary=f"“{subject.name}”与其解读没有相互链接：{'，'.join(missing)}。",
        observed={
            "interpretation": best.interpretation.url,
            "document_links": best.document_links,
            "interpretation_links": best.interpretation_links,
        },
        expected={"document_links": True, "interpretation_links": True},
        looked_at=(subject.key, best.interpretation.url),
    )


CHECK = Check(
    id="policy.unlinked",
    title="政策文件与解读没有相互链接",
    basis="寻乌2022第4、12项",
    params=Params,
    subjects=subjects,
    judge=judge,
)
