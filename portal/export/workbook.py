"""The assessment as a workbook: totals and grades, every line, every deduction with its sum and evidence."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from domain.unit import CATEGORY_TITLES
from portal.export.evidence import Evidence
from portal.export.sheets import Book, Heading, Link, Page
from schemes.card import LineScore, Row, Scorecard
from schemes.charge import WAY_TITLES, Way
from schemes.model import EFFECT_TITLES, Scheme
from schemes.present import out_of
from schemes.spoken import rule_words, worth_words
from schemes.words import as_number, plain

TOTALS = (
    Heading("名次", 6, "centre"),
    Heading("单位", 26),
    Heading("类别", 12, "centre"),
    Heading("得分", 9, "strong"),
    Heading("全部属实时", 11, "number"),
    Heading("等次", 9, "centre"),
    Heading("已认定\n问题", 8, "number"),
    Heading("待核实\n问题", 8, "number"),
    Heading("计分过程", 40),
    Heading("说明", 40),
)
LINES = (
    Heading("单位", 22),
    Heading("序号", 7, "centre"),
    Heading("类别", 14),
    Heading("指标", 22),
    Heading("分值", 13, "centre"),
    Heading("得分", 8, "strong"),
    Heading("扣分", 8, "number"),
    Heading("加分", 8, "number"),
    Heading("自评分", 8, "number"),
    Heading("核定得分", 9, "number"),
    Heading("计算与说明", 56),
)
ROWS = (
    Heading("单位", 18),
    Heading("序号", 7, "centre"),
    Heading("指标", 15),
    Heading("依据条款", 16),
    Heading("问题", 32),
    Heading("分数", 7, "loss"),
    Heading("计算", 30),
    Heading("认定情况", 9, "centre"),
    Heading("日期", 11, "centre"),
    Heading("最近更新", 11, "centre"),
    Heading("网址", 24),
    Heading("截图", 20),
    Heading("网站或账号", 13),
    Heading("核实人", 8, "centre"),
    Heading("编号", 14),
)
SCHEME = (
    Heading("序号", 8, "centre"),
    Heading("类别", 16),
    Heading("指标", 20),
    Heading("分值", 18, "centre"),
    Heading("评分标准", 50),
    Heading("计分", 44),
    Heading("依据", 26),
    Heading("原文未定之处", 36),
)

PICTURE_COLUMN = [heading.title for heading in ROWS].index("截图")
PICTURE_SIZE = (136, 84)
"""Width and height of an embedded picture, in pixels."""


class Showing(NamedTuple):
    """What rows need beside the cards: evidence, names of targets by id, last updates by source."""

    evidence: Evidence
    names: Mapping[str, str]
    newest: Mapping[str, str]


def assessment_xlsx(
    scheme: Scheme,
    year: int,
    cards: Sequence[Scorecard],
    out: Path,
    data: Path | None = None,
    names: Mapping[str, str] | None = None,
    newest: Mapping[str, str] | None = None,
) -> None:
    """Writes the workbook of an assessment.

    `data` is the folder that holds the evidence: pictures are shown and links lead there. `names` are the
    names of sites and accounts by id, `newest` the last updates by source. Raises OSError when the file
    cannot be written.
    """
    _write(scheme, year, cards, out, Showing(Evidence(data, out), names or {}, newest or {}))


def assessment_xlsx_bytes(
    scheme: Scheme,
    year: int,
    cards: Sequence[Scorecard],
    data: Path | None = None,
    names: Mapping[str, str] | None = None,
) -> bytes:
    """The workbook's bytes; its links hold when it is put into the data folder."""
    out = io.BytesIO()
    _write(scheme, year, cards, out, Showing(Evidence(data), names or {}, {}))
    return out.getvalue()


def _write(
    scheme: Scheme,
    year: int,
    cards: Sequence[Scorecard],
    out: Path | io.BytesIO,
    showing: Showing,
) -> None:
    title = f"{scheme.name}　{year}年度"
    book = Book(out, title)
    ordered = in_order(cards)
    totals(book, scheme, title, ordered)
    _lines(book, scheme, title, ordered)
    rows(book, title, ordered, showing)
    _scheme(book, scheme)
    book.close()


def in_order(cards: Sequence[Scorecard]) -> list[Scorecard]:
    """The cards as a ranking: by catalogue, then by rank."""
    return sorted(cards, key=lambda card: (card.catalogue, card.rank or 0, card.unit))


def totals(book: Book, scheme: Scheme, title: str, cards: Sequence[Scorecard]) -> int:
    """The sheet of ranks, scores and grades; gives the number of rows."""
    marks = out_of(scheme)
    note = f"满分{plain(marks)}分。" if marks is not None else ""
    note += "得分只计已认定的问题；“全部属实时”为待核实问题全部属实后的得分。" + scheme.total.note
    page = book.page("总分与等次", f"{title}　总分与等次", TOTALS, note)
    for card in cards:
        page.add(
            [
                str(card.rank or ""),
                f"{card.unit_name}（{card.unit}）",
                card.catalogue or CATEGORY_TITLES[card.category],
                as_number(card.score) if card.score is not None else "未计",
                as_number(card.low),
                card.grade or "—",
                card.confirmed,
                card.open,
                "；".join([*card.words, *_vetoes(card)]),
                "；".join(card.notes[:2]),
            ]
        )
    page.close()
    return page.count


def _vetoes(card: Scorecard) -> list[str]:
    return [row.arithmetic for row in card.rows if row.certain and row.charge.way is Way.VETO]


def _lines(book: Book, scheme: Scheme, title: str, cards: Sequence[Scorecard]) -> None:
    page = book.page("逐项得分", f"{title}　逐项得分", LINES, "共用分值的各项，得分为共用部分合计后的余分。")
    worths = {line.no: worth_words(scheme, line) for line in scheme.indicators}
    for card in cards:
        for line in card.lines:
            page.add(_line(card, line, worths[line.no]))
    page.close()


def _line(card: Scorecard, line: LineScore, worth: str) -> list[Any]:
    effect = line.effect.value
    tail = f"（{EFFECT_TITLES[line.effect]}）" if effect in ("bonus", "penalty") else ""
    return [
        card.unit_name,
        line.no,
        line.group,
        line.title,
        worth + tail,
        as_number(line.score),
        as_number(line.deducted) if line.deducted else "",
        as_number(line.awarded) if line.awarded else "",
        as_number(line.self_score),
        as_number(line.review_score),
        line.explanation,
    ]


def rows(book: Book, title: str, cards: Sequence[Scorecard], showing: Showing, narrowed: str = "") -> int:
    """The sheet of deductions, bonuses and vetoes of some cards, with links and pictures.

    `narrowed` are the filters in Chinese. Gives the number of rows.
    """
    count = sum(len(card.rows) for card in cards)
    note = f"共{count}行（{narrowed or '全部'}）。已认定的每一行都可以在台账中查到；“待核实”的不计入得分。"
    note += "涉及隐私、涉密的截图不在此显示。"
    page = book.page("扣分明细", f"{title}　扣分与加分明细", ROWS, note)
    for card in cards:
        for row in card.rows:
            _row(page, card, row, showing)
    page.close()
    return page.count


def _row(page: Page, card: Scorecard, row: Row, showing: Showing) -> None:
    charge, evidence = row.charge, showing.evidence
    picture = evidence.picture_of(charge)
    link = evidence.link(picture) if picture else None
    small = evidence.thumbnail(picture, *PICTURE_SIZE) if picture else None
    number = page.add(
        [
            card.unit_name,
            charge.line,
            row.title,
            charge.clause,
            charge.summary or charge.arithmetic,
            as_number(row.points) if charge.way in (Way.TAKE, Way.GIVE) else WAY_TITLES[charge.way],
            row.arithmetic,
            "已认定" if row.certain else "待核实",
            charge.on.isoformat() if charge.on else "",
            showing.newest.get(charge.source, ""),
            Link(charge.url) if charge.url else "",
            link or "",
            showing.names.get(charge.target, charge.target),
            charge.reviewer,
            charge.source.partition(":")[2],
        ],
        height=82 if small else None,
    )
    if small and link:
        page.picture(number, PICTURE_COLUMN, small, link)


def _scheme(book: Book, scheme: Scheme) -> None:
    note = f"依据：{scheme.head.basis}。办法版本 {scheme.version[:12]}。{scheme.total.note}"
    page = book.page("考核办法", scheme.name, SCHEME, note)
    for line in scheme.indicators:
        page.add(
            [
                line.no,
                line.group,
                line.title,
                worth_words(scheme, line),
                line.standard,
                rule_words(line),
                line.basis,
                line.provisional,
            ]
        )
    page.close()


def deductions_xlsx(
    title: str,
    cards: Sequence[Scorecard],
    out: Path,
    data: Path | None = None,
    names: Mapping[str, str] | None = None,
    newest: Mapping[str, str] | None = None,
    narrowed: str = "",
) -> int:
    """The deduction list alone, of the cards handed in; gives the number of rows.

    `narrowed` says by which filters. Raises OSError when it cannot be written.
    """
    book = Book(out, title)
    showing = Showing(Evidence(data, out), names or {}, newest or {})
    count = rows(book, title, in_order(cards), showing, narrowed)
    book.close()
    return count
