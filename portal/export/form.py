"""The scoring form (考核评分表) of one unit, in the columns an office prints it, as a workbook or a document.

一级指标, 二级指标, 分值, 评分标准, 考核对象, 考核方式, 自评分, 得分, and the evidence handed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.unit import CATEGORY_TITLES
from portal.export.evidence import SENSITIVE, Evidence, best
from portal.export.papers import Column, Paper, Shown, merge_across, merge_runs
from portal.export.sheets import Book, Heading, Link, Page
from schemes.card import LineScore, Scorecard
from schemes.charge import Exhibit
from schemes.model import METHOD_TITLES, Effect, Indicator, Scheme
from schemes.present import out_of, score_words
from schemes.records import Record, SelfScore
from schemes.spoken import rule_words
from schemes.words import as_number, plain

SHEET = (
    Heading("一级指标", 9, "group"),
    Heading("二级指标", 10, "group"),
    Heading("分值", 5, "centre"),
    Heading("评分标准", 38),
    Heading("考核对象", 9, "centre"),
    Heading("考核方式", 10, "centre"),
    Heading("自评分", 7, "number"),
    Heading("得分", 7, "strong"),
    Heading("扣分依据与佐证", 28),
    Heading("佐证链接", 14),
    Heading("佐证截图", 15),
)
PAPER = (
    Column("一级指标", 2.3, True),
    Column("二级指标", 2.3, True),
    Column("分值", 1.2, True),
    Column("评分标准", 7.2),
    Column("考核对象", 2.1, True),
    Column("考核方式", 2.3, True),
    Column("自评分", 1.3, True),
    Column("得分", 1.3, True),
    Column("扣分依据与佐证", 6.0),
)
PICTURE_SIZE = (100, 62)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """One line of the form."""

    indicator: Indicator
    score: LineScore
    evidence: tuple[Exhibit, ...]
    subgroups: bool = True

    @property
    def standard(self) -> str:
        """The marking standard with its number, and how it is counted."""
        return f"{self.indicator.no}.{self.indicator.standard}"

    @property
    def reasons(self) -> str:
        """Why the line has its score."""
        return self.score.explanation

    @property
    def method(self) -> str:
        """How the line is assessed."""
        return self.indicator.how or METHOD_TITLES[self.indicator.method]

    @property
    def second(self) -> str:
        """What stands under 二级指标: the line's own title where the scheme has no such headings."""
        return self.indicator.subgroup if self.subgroups else self.indicator.title

    @property
    def scope(self) -> str:
        """Who is assessed by the line."""
        if self.indicator.scope:
            return self.indicator.scope
        return "、".join(CATEGORY_TITLES[c] for c in self.indicator.applies_to) or "各单位"


def form_lines(scheme: Scheme, card: Scorecard, records: Sequence[Record] = ()) -> list[FormLine]:
    """The lines of a unit's form with the evidence the unit handed in, newest claim last."""
    claims = {r.line: r for r in records if isinstance(r, SelfScore) and r.unit == card.unit}
    subgroups = any(indicator.subgroup for indicator in scheme.indicators)
    found: list[FormLine] = []
    for score in card.lines:
        proofs = claims[score.no].proofs if score.no in claims else ()
        handed = [Exhibit(kind="link", url=proof.url) for proof in proofs if proof.url]
        handed += [Exhibit(kind="picture", path=p.picture, sha256=p.sha256) for p in proofs if p.picture]
        taken = [
            exhibit
            for row in card.rows
            if row.charge.line == score.no and row.charge.check not in SENSITIVE
            for exhibit in row.charge.exhibits
        ]
        found.append(
            FormLine(
                indicator=scheme.indicator(score.no),
                score=score,
                evidence=tuple(dict.fromkeys((*handed, *taken))),
                subgroups=subgroups,
            )
        )
    return found


def worth(line: FormLine) -> str:
    """What the form prints under 分值."""
    if line.indicator.effect is Effect.VETO:
        return "否决"
    return plain(line.score.points) if line.score.points is not None else "另定"


def form_xlsx(
    scheme: Scheme, card: Scorecard, out: Path, data: Path | None = None, records: Sequence[Record] = ()
) -> None:
    """Writes a unit's scoring form as a workbook. Raises OSError when it cannot be written."""
    evidence = Evidence(data, out)
    book = Book(out, scheme.name)
    page = book.page("评分表", scheme.name, SHEET, _below(scheme, card))
    lines = form_lines(scheme, card, records)
    first = page.row
    for line in lines:
        picture = best(line.evidence)
        link = evidence.link(picture) if picture else None
        small = evidence.thumbnail(picture, *PICTURE_SIZE) if picture else None
        url = next((exhibit.url for exhibit in line.evidence if exhibit.url), "")
        row = page.add(
            [
                line.indicator.group,
                line.second,
                worth(line),
                line.standard,
                line.scope,
                line.method,
                as_number(line.score.self_score),
                as_number(line.score.score),
                line.reasons,
                Link(url) if url else "",
                link or "",
            ],
            height=66 if small else None,
        )
        if small and link:
            page.picture(row, 10, small, link)
    _merge(page, first, lines)
    marks = as_number(out_of(scheme))
    page.across(
        [
            "总分",
            "",
            marks,
            "",
            "",
            "",
            _claimed(lines),
            as_number(card.score),
            "；".join(card.words),
            "",
            "",
        ],
        ((0, 1), (3, 5), (8, 10)),
    )
    if card.grade:
        page.across(["等次", "", card.grade] + [""] * 8, ((0, 1), (2, 10)))
    for note in _notes(card):
        page.across(["附注", "", note] + [""] * 8, ((0, 1), (2, 10)), kind="text")
    page.close(filtered=False)
    book.close()


def _notes(card: Scorecard) -> list[str]:
    """What stands below the form: the range, where something is still open, then the card's notes."""
    open_words = card.score is not None and card.low is not None and card.low != card.score
    return [*([f"得分{score_words(card)}"] if open_words else []), *card.notes]


def _claimed(lines: Sequence[FormLine]) -> int | float | None:
    claims = [line.score.self_score for line in lines if line.score.self_score is not None]
    return as_number(sum(claims)) if claims else None  # type: ignore[arg-type]


def _merge(page: Page, first: int, lines: Sequence[FormLine]) -> None:
    for column, key in ((0, _group), (1, _subgroup), (2, _pool)):
        start = 0
        for index in range(1, len(lines) + 1):
            if index < len(lines) and key(lines[index]) == key(lines[start]):
                continue
            kind = "centre" if column == 2 else "group"
            value = (lines[start].indicator.group, lines[start].second, worth(lines[start]))[column]
            if index - start > 1:
                page.merge(first + start, first + index - 1, column, value, kind)
            start = index


def _group(line: FormLine) -> object:
    return line.indicator.group


def _subgroup(line: FormLine) -> object:
    return (line.indicator.group, line.second or line.indicator.no)


def _pool(line: FormLine) -> object:
    return line.indicator.pool or line.indicator.no


def _below(scheme: Scheme, card: Scorecard) -> str:
    marks = out_of(scheme)
    total = f"总分{plain(marks)}分　" if marks is not None else ""
    who = f"被考核单位：{card.unit_name}　得分：{score_words(card)}　{card.grade}"
    return f"（{total}{card.year}年度）　{who}".rstrip()


def form_docx(
    scheme: Scheme, card: Scorecard, out: Path, data: Path | None = None, records: Sequence[Record] = ()
) -> None:
    """Writes a unit's scoring form as a document. Raises OSError when it cannot be written."""
    evidence = Evidence(data, out, most_pictures=60)
    paper = Paper(landscape=True)
    paper.title(scheme.name, _below(scheme, card))
    lines = form_lines(scheme, card, records)
    rows: list[list[object]] = [
        [
            line.indicator.group,
            line.second,
            worth(line),
            f"{line.standard}（计分：{rule_words(line.indicator)}）",
            line.scope,
            line.method,
            "" if line.score.self_score is None else plain(line.score.self_score),
            "" if line.score.score is None else plain(line.score.score),
            _shown(line, evidence),
        ]
        for line in lines
    ]
    rows.append(_total_row(scheme, card, lines))
    table = paper.table(PAPER, rows)
    merge_across(table, len(rows), ((0, 1), (3, 5)))
    merge_runs(table, 0, [_group(line) for line in lines])
    merge_runs(table, 1, [_subgroup(line) for line in lines])
    merge_runs(table, 2, [_pool(line) for line in lines])
    for note in _notes(card):
        paper.text(f"附注：{note}", small=True)
    paper.save(out)


def _total_row(scheme: Scheme, card: Scorecard, lines: Sequence[FormLine]) -> list[object]:
    claimed, marks = _claimed(lines), out_of(scheme)
    return [
        "总分",
        "",
        "" if marks is None else plain(marks),
        "；".join(card.words),
        "",
        "",
        "" if claimed is None else claimed,
        "未计" if card.score is None else plain(card.score),
        f"等次：{card.grade}" if card.grade else "",
    ]


def _shown(line: FormLine, evidence: Evidence) -> Shown:
    picture = best(line.evidence)
    small = evidence.thumbnail(picture, 420, 260) if picture else None
    urls = list(dict.fromkeys(exhibit.url for exhibit in line.evidence if exhibit.url))
    text = "\n".join(part for part in (line.reasons, *urls[:3]) if part)
    return Shown(f"\n{text}" if small and text else text, (small,) if small else (), 3.0)
