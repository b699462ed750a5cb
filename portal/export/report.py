"""The assessment as a document: the ranking with grades, then why each unit lost or gained points."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from domain.unit import CATEGORY_TITLES
from portal.export.bars import Bar, bars
from portal.export.evidence import Evidence
from portal.export.papers import Column, Paper, Shown
from portal.export.workbook import in_order
from schemes.card import Row, Scorecard
from schemes.charge import WAY_TITLES, Way
from schemes.model import Scheme
from schemes.present import out_of, score_words
from schemes.words import ZERO, plain, rounded

RANKING = (
    Column("名次", 1.3, True),
    Column("单位", 5.5),
    Column("类别", 2.8, True),
    Column("得分", 3.6, True),
    Column("等次", 2.0, True),
    Column("已认定", 1.5, True),
    Column("待核实", 1.5, True),
)
ROWS = (
    Column("序号", 1.2, True),
    Column("依据条款", 2.8),
    Column("问题与网址", 5.4),
    Column("分数", 1.4, True),
    Column("计算", 4.2),
    Column("截图", 3.4, True),
)
SHOWN_ROWS = 400
"""A document spells out so many rows of a unit; the workbook has all of them."""


def assessment_docx(
    scheme: Scheme,
    year: int,
    cards: Sequence[Scorecard],
    out: Path,
    data: Path | None = None,
    names: Mapping[str, str] | None = None,
) -> None:
    """Writes the report of an assessment. Raises OSError when it cannot be written."""
    evidence = Evidence(data, out, most_pictures=120)
    paper = Paper()
    marks = out_of(scheme)
    full = f"　满分{plain(marks)}分" if marks is not None else ""
    paper.title(f"{year}年度政务公开考核结果", f"{scheme.full_name}{full}")
    paper.heading("一、总体情况")
    paper.text(overall(scheme, cards))
    spread(paper, scheme, cards)
    if scheme.total.note:
        paper.text(f"口径：{scheme.total.note}", small=True)
    paper.heading("二、得分与等次")
    ranking(paper, cards)
    paper.heading("三、各单位扣分与加分")
    for card in in_order(cards):
        unit_rows(paper, card, evidence, names or {})
    paper.save(out)


def overall(scheme: Scheme, cards: Sequence[Scorecard]) -> str:
    """How many units, their grades, the mean, what is still open, in one paragraph."""
    scored = [card.score for card in cards if card.score is not None]
    words = f"共考核{len(cards)}个单位。"
    if scored:
        mean = plain(rounded(sum(scored, ZERO) / len(scored), 2))
        words += f"平均{mean}分，最高{plain(max(scored))}分，最低{plain(min(scored))}分。"
    grades = Counter(card.grade for card in cards if card.grade)
    if grades:
        listed = [grade.name for grade in scheme.grades if grades[grade.name]]
        words += "、".join(f"{name}{grades[name]}个" for name in listed) + "。"
    vetoed = [card.unit_name for card in cards if card.vetoed]
    if vetoed:
        words += f"其中单项否决{len(vetoed)}个：{'、'.join(vetoed)}。"
    waiting = sum(card.open for card in cards)
    confirmed = sum(card.confirmed for card in cards)
    words += f"已认定问题{confirmed}项"
    return words + (f"，另有{waiting}项待核实，未计入得分。" if waiting else "。")


def spread(paper: Paper, scheme: Scheme, cards: Sequence[Scorecard]) -> None:
    """A chart of how many units have each grade; by tens of points where the scheme has no grades."""
    found = Counter(card.grade for card in cards if card.grade)
    if found:
        worst = scheme.grades[-1].name
        best = scheme.grades[0].name
        bars(
            paper,
            "各等次单位数",
            [
                Bar(
                    grade.name,
                    found[grade.name],
                    f"{found[grade.name]}个",
                    "bad" if grade.name == worst else "good" if grade.name == best else "",
                )
                for grade in scheme.grades
            ],
        )
        return
    tens = Counter(min(int(card.score // 10), 9) for card in cards if card.score is not None)
    bars(
        paper, "各分数段单位数", [Bar(_band(ten), tens[ten], f"{tens[ten]}个") for ten in sorted(tens)[::-1]]
    )


def _band(ten: int) -> str:
    return "90分及以上" if ten >= 9 else f"{ten * 10}分至不足{ten * 10 + 10}分"


def ranking(paper: Paper, cards: Sequence[Scorecard]) -> None:
    """The table of ranks and grades."""
    paper.table(
        RANKING,
        [
            [
                card.rank or "",
                card.unit_name,
                card.catalogue or CATEGORY_TITLES[card.category],
                score_words(card),
                card.grade or "—",
                card.confirmed,
                card.open,
            ]
            for card in in_order(cards)
        ],
    )


def unit_rows(paper: Paper, card: Scorecard, evidence: Evidence, names: Mapping[str, str]) -> None:
    """A unit's deductions and bonuses with clause, sum, address and picture."""
    paper.text(
        f"{card.unit_name}：{score_words(card)}　{card.grade}　（{'；'.join(card.words)}）", indent=False
    )
    if not card.rows:
        paper.text("没有扣分、加分事项。", small=True)
        return
    paper.table(ROWS, [row_cells(row, evidence, names) for row in card.rows[:SHOWN_ROWS]])
    if len(card.rows) > SHOWN_ROWS:
        paper.text(f"另有{len(card.rows) - SHOWN_ROWS}行，见工作簿“扣分明细”。", small=True)


def row_cells(row: Row, evidence: Evidence, names: Mapping[str, str]) -> list[object]:
    """The cells of one row."""
    charge = row.charge
    picture = evidence.picture_of(charge)
    small = evidence.thumbnail(picture, 420, 260) if picture else None
    problem = charge.summary or row.title
    target = names.get(charge.target, charge.target)
    address = "\n".join(part for part in (charge.url, f"（{target}）" if target else "") if part)
    named = picture.path if picture and not small else ""
    shown = Shown(named, (small,) if small else (), 3.2)
    sign = "+" if row.points > ZERO else ""
    points = WAY_TITLES[charge.way] if charge.way in (Way.VETO, Way.EXCLUDE) else sign + plain(row.points)
    return [
        charge.line,
        charge.clause,
        f"{problem}\n{address}".strip(),
        points if row.certain else f"{points}\n（待核实）",
        row.arithmetic,
        shown,
    ]
