"""A unit's dossier (考核档案): its result, each line, every deduction with evidence, what was entered."""

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from domain.observation import CHINA
from domain.unit import CATEGORY_TITLES
from portal.export.evidence import Evidence
from portal.export.papers import Column, Paper
from portal.export.report import unit_rows
from schemes.book import Gap
from schemes.card import Scorecard
from schemes.explained import signed
from schemes.ledger import ENTRY_TITLES, LedgerRow
from schemes.model import Scheme
from schemes.present import score_words
from schemes.records import Record, in_force
from schemes.spoken import worth_words
from schemes.words import plain

LINES = (
    Column("序号", 1.3, True),
    Column("指标", 4.0),
    Column("分值", 3.4, True),
    Column("得分", 1.4, True),
    Column("计算与说明", 7.4),
)
GAPS = (Column("检查项", 3.6), Column("对象", 5.0), Column("无法判定的原因", 8.8))
ENTRIES = (
    Column("类型", 2.4, True),
    Column("序号", 1.4, True),
    Column("内容", 6.6),
    Column("佐证", 4.0),
    Column("录入", 3.0, True),
)
LEDGER = (
    Column("时间", 3.0, True),
    Column("种类", 1.4, True),
    Column("序号", 1.3, True),
    Column("分数", 1.3, True),
    Column("计算或原因", 7.4),
    Column("编号", 3.0, True),
)


def dossier_docx(
    scheme: Scheme,
    card: Scorecard,
    out: Path | io.BytesIO,
    data: Path | None = None,
    records: Sequence[Record] = (),
    ledger: Sequence[LedgerRow] = (),
    gaps: Sequence[Gap] = (),
    names: Mapping[str, str] | None = None,
) -> None:
    """Writes the dossier of one unit; bytes are meant to lie where the evidence lies.

    Raises OSError when it cannot be written.
    """
    paper = Paper()
    place = out if isinstance(out, Path) else None
    paper.title(f"{card.unit_name}政务公开考核档案", f"{scheme.name}　{card.year}年度")
    _result(paper, scheme, card)
    _lines(paper, scheme, card)
    paper.section("扣分与加分")
    unit_rows(paper, card, Evidence(data, place, most_pictures=200), names or {})
    _gaps(paper, [gap for gap in gaps if gap.unit == card.unit])
    _entries(paper, [record for record in in_force(records) if record.unit == card.unit])
    _ledger(paper, [row for row in ledger if row.unit == card.unit])
    paper.save(out)


def _result(paper: Paper, scheme: Scheme, card: Scorecard) -> None:
    paper.section("考核结果")
    grade = f"，等次为{card.grade}" if card.grade else ""
    rank = f"，列{card.catalogue or '全部考核对象'}第{card.rank}名" if card.rank else ""
    paper.text(f"{CATEGORY_TITLES[card.category]}，得分{score_words(card)}{grade}{rank}。")
    paper.text(f"计分过程：{'；'.join(card.words)}。" if card.words else "未计总分。")
    for note in card.notes:
        paper.text(note, small=True)
    paper.text(f"依据：{scheme.head.basis}。办法版本 {card.version[:12]}。", small=True)


def _lines(paper: Paper, scheme: Scheme, card: Scorecard) -> None:
    paper.section("逐项得分")
    rows = []
    for line in card.lines:
        score = "" if line.score is None else plain(line.score)
        rows.append(
            [line.no, line.title, worth_words(scheme, scheme.indicator(line.no)), score, line.explanation]
        )
    paper.table(LINES, rows)


def _gaps(paper: Paper, gaps: Sequence[Gap]) -> None:
    if gaps:
        paper.section("无法判定的事项（未扣分）")
        paper.table(GAPS, [[gap.check, gap.subject, gap.reason] for gap in gaps])


def _entries(paper: Paper, records: Sequence[Record]) -> None:
    if not records:
        return
    paper.section("录入材料")
    paper.table(
        ENTRIES,
        [
            [
                record.title,
                getattr(record, "line", ""),
                "；".join(_said(record)),
                "\n".join(p.url or p.picture or p.document for p in record.proofs if p),
                f"{record.author}\n{record.at.astimezone(CHINA):%Y-%m-%d}",
            ]
            for record in records
        ],
    )


SAID = (
    ("score", "{}分"),
    ("points", "{}分"),
    ("count", "数量或得分{}"),
    ("problem", "{}"),
    ("document", "{}"),
    ("merit", "{}"),
    ("case_no", "{}"),
    ("reason", "{}"),
    ("note", "{}"),
)
"""What a dossier repeats of an entry."""


def _said(record: Record) -> Iterator[str]:
    for name, words in SAID:
        value = getattr(record, name, None)
        if value not in (None, ""):
            yield words.format(value)


def _ledger(paper: Paper, rows: Sequence[LedgerRow]) -> None:
    if not rows:
        return
    paper.section("台账")
    paper.table(
        LEDGER,
        [
            [
                f"{row.at.astimezone(CHINA):%Y-%m-%d %H:%M}",
                ENTRY_TITLES[row.entry],
                row.line,
                signed(row),
                f"冲销 {row.reverses}：{row.reason}" if row.reverses else row.arithmetic,
                row.id,
            ]
            for row in rows
        ],
    )
