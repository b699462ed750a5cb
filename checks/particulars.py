"""What checks on pages that owe particulars have in common."""

from collections.abc import Iterable, Mapping

from checks.absence import in_words, lacking
from domain.check import Subject
from domain.observation import Fact, Particulars
from domain.outcome import Outcome, Pass, Violation


def pages(found: Fact[tuple[Particulars, ...]]) -> Iterable[Subject]:
    """Every page found; then says so if there may be others."""
    for page in found.get():
        yield Subject(key=page.url, unit=page.unit, name=page.title)
    found.whole()


def judge_page(
    subject: Subject,
    found: Fact[tuple[Particulars, ...]],
    required: tuple[str, ...],
    titles: Mapping[str, str],
    *,
    least_missing: int = 1,
) -> Outcome:
    """Whether the page lacks `least_missing` or more of the required particulars."""
    page = next(p for p in found.get() if (p.url, p.unit) == (subject.key, subject.unit))
    stated = page.stated.get()
    if sum(name not in stated for name in required) < least_missing:
        return Pass(reason=f"写明{sum(name in stated for name in required)}项，共{len(required)}项")
    missing = lacking(required, page.stated)
    words = in_words(missing, titles)
    return Violation(
        url=page.url,
        summary=f"“{page.title}”缺少{len(missing)}项：{words}。",
        observed={"missing": list(missing), "title": page.title},
        expected={"required": list(required), "missing_fewer_than": least_missing},
    )
