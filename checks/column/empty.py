"""空白栏目。

检查什么：栏目是否没有任何内容。
依据：国办秘函〔2019〕19号附件（空白栏目）；国办发〔2017〕47号（网站不得有空白栏目）。
如何判定：栏目本身没有条目、没有正文、没有附件，下级栏目也都没有内容，或者页面写明暂无内容的，违规。
单页栏目有正文即为有内容；下级栏目有内容的，上级栏目不算空白。栏目或其任何一个下级栏目没有看到的，无法判定。
示例：“人事信息”栏目打开后列表为空，违规；“信息公开制度”本身无条目而其下级栏目有文件，合格。
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.check import Check, Subject
from domain.observation import Column, Seen, SiteObservation, UnseenError
from domain.outcome import NotApplicable, Outcome, Pass, Violation
from domain.snapshot import FetchStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """How many characters of text make a page without entries a page with content."""

    least_text: int = 1


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Every column; then says so if the walk of the site was not complete."""
    for column in observation.columns.get():
        yield Subject(key=column.url, unit=column.unit, name=column.name)
    observation.columns.whole()


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the column, or any column below it, has content."""
    found = observation.columns.get()
    columns = {column.url: column for column in found}
    column = next(c for c in found if (c.url, c.unit) == (subject.key, subject.unit))
    if column.listing.sight.status is FetchStatus.GONE:
        return NotApplicable(reason="页面已不存在，不按空白栏目判定")
    content = content_of(column, columns, params)
    if content.found:
        return Pass(reason=content.found)
    if content.gap:
        raise UnseenError(content.gap)
    return Violation(
        url=column.url,
        summary=f"“{column.name}”栏目没有任何内容。",
        observed={
            "entries": 0,
            "children": len(column.listing.get().children),
            "column_kind": column.kind.value,
            "level": column.level,
        },
        expected={"entries_at_least": 1},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Where content was found (empty: nowhere), and what was not seen that might hold some."""

    found: str = ""
    gap: str = ""


def content_of(
    column: Column, columns: Mapping[str, Column], params: Params, above: frozenset[str] = frozenset()
) -> Content:
    """Content of a column or of the columns below it."""
    if column.listing.sight.status is FetchStatus.GONE:
        return Content()
    if not isinstance(column.listing, Seen):
        return Content(gap=column.listing.sight.reason())
    listing = column.listing.fact
    if listing.entries:
        return Content(found=f"“{column.name}”有{len(listing.entries)}条信息")
    if listing.text_length >= params.least_text:
        return Content(found=f"“{column.name}”有正文")
    gap = ""
    try:
        column.listing.whole()
    except UnseenError as error:
        gap = str(error)
    for child in listing.children:
        if child == column.url or child in above:
            continue
        below = columns.get(child)
        part = Content(gap=f"未能看到下级栏目（{child}）")
        if below:
            part = content_of(below, columns, params, above | {column.url})
        if part.found:
            return part
        gap = gap or part.gap
    return Content(gap=gap)


CHECK = Check(
    id="column.empty",
    title="空白栏目",
    basis="国办秘函〔2019〕19号；国办发〔2017〕47号",
    params=Params,
    subjects=subjects,
    judge=judge,
)
