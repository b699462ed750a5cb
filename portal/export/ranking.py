"""The ranking with grades alone: one table, as a workbook or a document."""

from collections.abc import Sequence
from pathlib import Path

from portal.export.papers import Paper
from portal.export.report import overall, ranking, spread
from portal.export.sheets import Book
from portal.export.workbook import in_order, totals
from schemes.card import Scorecard
from schemes.model import Scheme


def ranking_xlsx(scheme: Scheme, year: int, cards: Sequence[Scorecard], out: Path) -> int:
    """Writes the workbook; gives the number of units. Raises OSError when it cannot be written."""
    title = f"{scheme.name}　{year}年度"
    book = Book(out, title)
    count = totals(book, scheme, title, in_order(cards))
    book.close()
    return count


def ranking_docx(scheme: Scheme, year: int, cards: Sequence[Scorecard], out: Path) -> int:
    """Writes the document; gives the number of units. Raises OSError when it cannot be written."""
    paper = Paper()
    paper.title(f"{year}年度政务公开考核得分与等次", scheme.full_name)
    paper.text(overall(scheme, cards))
    spread(paper, scheme, cards)
    ranking(paper, cards)
    if scheme.total.note:
        paper.text(f"口径：{scheme.total.note}", small=True)
    for card in in_order(cards):
        for note in card.notes[:1]:
            if note.startswith("封账后"):
                paper.text(f"{card.unit_name}：{note}", small=True)
    paper.save(out)
    return len(cards)
