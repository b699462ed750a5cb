"""The seven columns of table 3, and a row's labels and values by them, however the table was pasted."""

from collections.abc import Sequence

from checks.annual_report.cells import BLANKS, cell_of, is_figure

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
"""The seven columns of table 3."""

Row = Sequence[str]
Split = tuple[Row, Row]
"""A row's labels and its seven values."""


def split_rows(rows: Sequence[Row]) -> list[Split]:
    """The rows that have seven values, in the header's columns or as their last seven cells.

    Empty where the columns stand in an order that cannot be made out: it is not guessed at.
    """
    columns = _columns(rows)
    if columns is None:
        return [split for split in map(_last_seven, rows) if split is not None]
    if not columns:
        return []
    in_order = list(columns) == sorted(columns)
    found = []
    for row in rows:
        split = _last_seven(row) if len(row) <= max(columns) else _by_header(row, columns, in_order)
        if split is not None:
            found.append(split)
    return found if in_order or all(_adds_up(values) for _, values in found) else []


def _by_header(row: Row, columns: Sequence[int], in_order: bool) -> Split | None:
    """A row's labels and values by the header's columns, or by its own labels where it has fewer of them.

    None where it cannot be told which cells are its seven.
    """
    first = min(columns)
    aligned = row[:first], [row[column] for column in columns]
    if _is_words(row[first - 1]):
        return aligned
    label = max((at for at, cell in enumerate(row[:first]) if _is_words(cell)), default=None)
    if label is None:
        return None
    end = max(at for at, cell in enumerate(row) if cell) + 1
    if end - label - 1 == len(APPLICANTS):
        return (row[: label + 1], row[label + 1 : end]) if in_order else None
    return aligned if end == max(columns) + 1 else None


def _is_words(cell: str) -> bool:
    return bool(cell) and not is_figure(cell)


def _columns(rows: Sequence[Row]) -> tuple[int, ...] | None:
    """Where the seven columns stand, by the header row that names them; empty where it leaves that open."""
    for written in rows:
        row = ["其他" if cell == "其它" else cell for cell in written]
        cells = enumerate(row)  # one walk along the row: each name stands to the right of the one before
        places = [next((at for at, cell in cells if cell.startswith(name)), -1) for name in APPLICANTS]
        if -1 not in places:
            return tuple(places)
        if all(row.count(name) == 1 for name in APPLICANTS):
            return tuple(row.index(name) for name in APPLICANTS)
        shifts = [row.index(name) - at for at, name in enumerate(APPLICANTS) if row.count(name) == 1]
        if len(shifts) > 2 and len(set(shifts)) > 1:
            return ()
    return None


def _adds_up(values: Row) -> bool:
    """Whether a row's total is what it should be, as far as it is known.

    Columns in an odd order may be ill-read ones.
    """
    known = [value for value in (cell_of(text).value for text in values) if value is not None]
    return len(known) < len(APPLICANTS) or sum(known[:-1]) == known[-1]


def _last_seven(row: Row) -> Split | None:
    """A row split before its last seven cells.

    None where there are more than seven values, or fewer, so that a label that is repeated over merged
    cells reaches into their places or a value into the labels'.
    """
    values = 0
    for cell in reversed(row):
        if cell not in BLANKS and cell_of(cell).value is None:
            break
        values += 1
    if values > len(APPLICANTS):
        return None
    cells = row[-len(APPLICANTS) :]
    labels = row[: len(row) - len(cells)]
    spread = any(cell in labels for cell in cells if cell not in BLANKS and cell_of(cell).value is None)
    return None if spread or (labels and is_figure(labels[-1])) else (labels, cells)
