"""Tables of figures and particulars as grids of text, merged cells repeated in every place they cover."""

from collections.abc import Sequence

from crawler.reading.regions import Regions
from crawler.reading.tree import Tree
from domain.page import Grid

MAX_TABLES = 40
MAX_ROWS = 600
MAX_COLUMNS = 60
MAX_CELL = 500
MAX_CELLS = 20_000


def find_tables(tree: Tree, regions: Regions) -> tuple[Grid, ...]:
    """The tables that hold something, outside menus and foot: at least two rows and two columns, and no
    mere frame of a layout.
    """
    grids: list[Grid] = []
    room = MAX_CELLS
    for table in tree.of("table"):
        if len(grids) >= MAX_TABLES or room <= 0:
            break
        if regions.of[table] is not None or _is_layout(tree, table):
            continue
        grid = read_grid(tree, table)
        if len(grid) >= 2 and len(grid[0]) >= 2 and sum(bool(cell) for row in grid for cell in row) >= 4:
            room -= len(grid) * len(grid[0])
            grids.append(grid)
    return tuple(grids)


def _is_layout(tree: Tree, table: int) -> bool:
    """Whether a table only arranges the page: tables within it, long texts, or hardly anything but links."""
    if tree.inside(table, "table"):
        return True
    cells = tree.inside(table, "td", "th")
    if len(cells) < 4:
        return True
    links = len(tree.inside(table, "a"))
    return links > len(cells) * 0.5 or tree.length(table) / len(cells) > 600


def read_grid(tree: Tree, table: int) -> Grid:
    """A table's cells, row by row, as wide as its widest row."""
    rows = [row for row in tree.inside(table, "tr") if _belongs(tree, row, table)][:MAX_ROWS]
    covered: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in tree.children(row):
            if tree.tags[cell] not in ("td", "th"):
                continue
            while (number, column) in covered:
                column += 1
            if column >= MAX_COLUMNS:
                break
            words = tree.text(cell)[:MAX_CELL]
            down = _span(tree, cell, "rowspan", len(rows) - number)
            across = _span(tree, cell, "colspan", MAX_COLUMNS - column)
            for y in range(number, number + down):
                for x in range(column, column + across):
                    covered.setdefault((y, x), words)
            column += across
    return fill(covered, len(rows))


def fill(covered: dict[tuple[int, int], str], height: int) -> Grid:
    """The grid of what covers each place; places that nothing covers are empty."""
    width = max((x for _, x in covered), default=-1) + 1
    return tuple(tuple(covered.get((y, x), "") for x in range(width)) for y in range(height))


def _belongs(tree: Tree, row: int, table: int) -> bool:
    return next((above for above in tree.up(row) if tree.tags[above] == "table"), None) == table


def _span(tree: Tree, cell: int, name: str, most: int) -> int:
    """How many places a cell covers; 0 means to the end, nonsense means one."""
    words = tree.attribute(cell, name).strip()
    number = int(words) if words.isascii() and words.isdigit() and len(words) <= 4 else 1
    return max(1, min(number or most, most))


def widest(grids: Sequence[Grid]) -> int:
    """The number of columns of the widest grid."""
    return max((len(grid[0]) for grid in grids if grid), default=0)
