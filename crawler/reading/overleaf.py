"""Tables that go on over the pages of a document, put together again."""

from collections.abc import Iterable, Sequence
from itertools import takewhile

from crawler.reading.ruled import NEAR, Ruled
from domain.page import Grid


def joined_tables(pages: Sequence[tuple[Ruled, ...]]) -> tuple[Grid, ...]:
    """The tables of a document; one that goes on at the top of the next page, in the same columns, is one."""
    grids: list[list[list[str]]] = []
    open_columns: tuple[float, ...] = ()
    for tables in pages:
        for number, table in enumerate(tables):
            rows = [list(row) for row in table.grid]
            if number == 0 and grids and _same(open_columns, table.columns):
                _go_on(grids[-1], rows)
            else:
                grids.append(rows)
            open_columns = table.columns
        if not tables:
            open_columns = ()
    return tuple(tuple(tuple(row) for row in grid) for grid in grids)


def _same(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(abs(a - b) <= 2 * NEAR for a, b in zip(one, other, strict=True))


def _go_on(grid: list[list[str]], rows: list[list[str]]) -> None:
    """Adds what stands on the next page: repeated headings left out, a row cut in two made one, and cells
    that reach over the break written in every row that they cover.
    """
    while rows and rows[0] in grid[:4] and not _figures(rows[0]):
        rows.pop(0)
    if not rows:
        return
    last, first = grid[-1], rows[0]
    figures = _figures(last)
    labels = range(min(figures)) if len(figures) >= 3 else range(0)
    cut = bool(labels) and not any(first[column] for column in figures)
    for column in labels:
        above, below = last[column], first[column]
        if not (cut or (above and not below)):
            continue
        whole = above + below
        for row in _run(reversed(grid), column, above):
            row[column] = whole
        for row in _run(rows, column, below):
            row[column] = whole
    grid.extend(rows[1:] if cut else rows)


def _figures(row: Sequence[str]) -> list[int]:
    """The columns of a row that hold numbers."""
    return [column for column, words in enumerate(row) if words.replace(",", "").isdigit()]


def _run(rows: Iterable[list[str]], column: int, words: str) -> list[list[str]]:
    """The first rows that bear the same words in a column: one cell that covers them."""
    return list(takewhile(lambda row: row[column] == words, rows))
