"""网页公开了完整的个人号码。

检查什么：文章页、首页、栏目页及其附件是否公开了完整的居民身份证号码、银行卡号，或在人员名单中公开了手机号码。
依据：《中华人民共和国政府信息公开条例》第十五条；《个人信息保护法》；常政办发〔2020〕120号附件第 6 项。
如何判定：身份证号码须符合 GB 11643：校验码正确、出生日期存在、地区码有效；
银行卡号须是国内发卡号段且校验位正确；
手机号码须与姓名成行出现三行以上，且是公示、补贴、救助等人员名单（值班、联系人等办公电话不算）。
统一社会信用代码、索引号、项目编号、已遮盖的号码不算。附件中的号码算在链接它的网页上。发现的号码一律遮盖后显示。
附件没有读到、已读到的部分没有发现的，无法判定。
示例：拟录用人员公示的附件表格列有完整身份证号码，违规；号码中间八位为星号，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from checks.content.personal import KIND_TITLES, Leak, find_leaks
from checks.content.published import Part, page_of, pages, parts_of
from domain.check import Check, Subject
from domain.observation import SiteObservation
from domain.outcome import Inconclusive, Outcome, Pass, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Which kinds of number are looked for."""

    kinds: tuple[str, ...] = tuple(KIND_TITLES)


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Every page that was read; then says so if there are others."""
    return pages(observation)


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the page or a file it links publishes a personal number in full."""
    parts, gap = parts_of(page_of(subject, observation))
    return judge_parts(subject, parts, gap, observation.today, params)


def judge_parts(subject: Subject, parts: Iterable[Part], gap: str, today: date, params: Params) -> Outcome:
    """The same of any pieces of text; `gap` says what of them was not read. The first's address is told."""
    read = tuple(parts)
    found = [(part, leak) for part in read for leak in find_leaks(part.text, today, params.kinds)]
    if found:
        return _violation(subject, read[0].url, found)
    return Inconclusive(reason=gap) if gap else Pass(reason="没有发现完整的个人号码")


def _violation(subject: Subject, url: str, found: list[tuple[Part, Leak]]) -> Violation:
    part, leak = min(found, key=lambda one: list(KIND_TITLES).index(one[1].kind))
    counts: dict[str, int] = {}
    for _, other in found:
        counts[other.kind] = counts.get(other.kind, 0) + other.count
    where = f"的附件“{part.file}”" if part.file else ""
    told = "、".join(f"{KIND_TITLES[kind]}{count}个" for kind, count in counts.items())
    return Violation(
        url=url,
        summary=f"“{subject.name}”{where}公开了完整的{told}（如 {leak.masked}）。",
        observed={"kind": leak.kind, "masked": leak.masked, "counts": dict(counts), "found_in": part.url},
        expected={"kind": "none"},
        looked_at=tuple(dict.fromkeys(one.url for one, _ in found)),
    )


CHECK = Check(
    id="content.privacy",
    title="网页公开了完整的个人号码",
    basis="《政府信息公开条例》第十五条；《个人信息保护法》",
    params=Params,
    subjects=subjects,
    judge=judge,
)
