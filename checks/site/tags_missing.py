"""网页标签缺失。

检查什么：首页、栏目页、文章页是否带有规定的网页标签。
依据：国办发〔2017〕47号附件（网页标签规范）。
如何判定：首页查网站标签（SiteName、SiteDomain、SiteIDCode），抽取若干栏目页查栏目标签（ColumnName、ColumnDescription、
ColumnKeywords、ColumnType），抽取若干文章页查内容标签（ArticleTitle、PubDate、ContentSource）。标签不存在或内容为空均为缺失；
抽查的页面中有一页缺失即为违规，并写明是哪些页面。页面没有看到的不算缺失。
示例：抽查的3个文章页中有1页没有 PubDate，违规，所缺为 article:PubDate。
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.check import Check, Subject
from domain.observation import SiteObservation, TaggedPage
from domain.outcome import Inconclusive, Outcome, Pass, Value, Violation

KIND_TITLES = {"home": "首页", "column": "栏目页", "article": "文章页"}


def _national() -> Mapping[str, tuple[str, ...]]:
    return {
        "home": ("SiteName", "SiteDomain", "SiteIDCode"),
        "column": ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"),
        "article": ("ArticleTitle", "PubDate", "ContentSource"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Required tags by kind of page: home, column, article."""

    required: Mapping[str, tuple[str, ...]] = field(default_factory=_national)


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """The home page stands for the site."""
    yield Subject(key=observation.site.home, unit=observation.owner, name=f"{observation.site.name}网页标签")


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether any sampled page lacks a tag that its kind owes."""
    pages = observation.tagged.get()
    where: dict[str, list[str]] = {}
    for kind, required in params.required.items():
        for page in pages:
            if page.kind == kind:
                for tag in _lacking(page, required):
                    where.setdefault(f"{kind}:{tag}", []).append(page.url)
    if where:
        return _violation(observation, pages, where)
    seen = {page.kind for page in pages}
    unseen = [KIND_TITLES.get(kind, kind) for kind in params.required if kind not in seen]
    if unseen:
        return Inconclusive(reason=f"没有看到可供抽查的{'、'.join(unseen)}")
    return Pass(reason=f"抽查{len(pages)}页，标签齐全")


def _lacking(page: TaggedPage, required: tuple[str, ...]) -> list[str]:
    return [tag for tag in required if not page.tags.get(tag, "").strip()]


def _violation(
    observation: SiteObservation, pages: tuple[TaggedPage, ...], where: Mapping[str, list[str]]
) -> Violation:
    places: dict[str, Value] = {tag: list(urls) for tag, urls in where.items()}
    at_fault = list(dict.fromkeys(url for urls in where.values() for url in urls))
    return Violation(
        url=at_fault[0],
        summary=f"“{observation.site.name}”抽查{len(pages)}页，{len(at_fault)}页缺少网页标签：{'、'.join(where)}。",
        observed={"missing": list(where), "pages": places, "sampled": [page.url for page in pages]},
        expected={"missing": []},
        looked_at=tuple(at_fault),
    )


CHECK = Check(
    id="site.tags-missing",
    title="网页标签缺失",
    basis="国办发〔2017〕47号",
    params=Params,
    subjects=subjects,
    judge=judge,
)
