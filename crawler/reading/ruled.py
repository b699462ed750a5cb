"""Tables of PDF pages: grids of ruled lines, with the characters that stand within them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref, c_double, c_float, c_int
from dataclasses import dataclass
from typing import Any

from crawler.reading.tables import MAX_CELL, MAX_COLUMNS, MAX_ROWS
from domain.page import Grid

THIN = 3.0
"""Points (1/72 inch) up to which a drawn shape is a line."""

NEAR = 2.5
"""Points by which ends of lines that are meant to meet may miss each other."""

PRINTED_TWICE = 1.0
"""Points between two prints of one character that make it bold."""

MAX_OBJECTS = 20_000
MAX_SEGMENTS = 20_000
MAX_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """A level or upright line: its place across, and from where to where it runs. In points."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Character:
    """A character: its middle, which tells the cell that it stands in, and where it starts on which line."""

    x: float
    y: float
    start: float
    foot: float
    character: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table: the places of its upright lines from the left, its cells, its lowest and highest point."""

    columns: tuple[float, ...]
    grid: Grid
    bottom: float
    top: float


def ruled_tables(page: Any, words: Any) -> tuple[Ruled, ...]:
    """The tables of a page (a PdfPage and its PdfTextPage) from the top down; none without clear lines."""
    import pypdfium2.raw as raw  # type: ignore[import-untyped]

    level: list[Line] = []
    upright: list[Line] = []
    for shape in _shapes(page, raw):
        _sort_out(shape, level, upright)
    level, upright = _joined(level), _joined(upright)
    if len(level) < 3 or len(upright) < 3:
        return ()
    chars = list(_chars(words, raw))
    found = [_table(*group, chars) for group in _groups(level, upright)]
    return tuple(sorted((one for one in found if one), key=lambda one: -one.top))


def _shapes(page: Any, raw: Any) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    """The outlines drawn on a page, as points in its own measure, and whether each is stroked.

    Those of forms within the page are left out: they have a measure of their own.
    """
    room = MAX_SEGMENTS
    for number, thing in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1)):
        if number >= MAX_OBJECTS or room <= 0:
            return
        matrix = thing.get_matrix().get()
        stroked = _is_stroked(thing, raw)
        points: list[tuple[float, float]] = []
        count = raw.FPDFPath_CountSegments(thing.raw)
        room -= count
        for place in range(min(count, MAX_SEGMENTS)):
            segment = raw.FPDFPath_GetPathSegment(thing.raw, place)
            x, y = c_float(), c_float()
            raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
                yield points, stroked
                points = []
            points.append(_moved(x.value, y.value, matrix))
        if points:
            yield points, stroked


def _is_stroked(thing: Any, raw: Any) -> bool:
    mode, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(thing.raw, byref(mode), byref(stroke))
    return bool(stroke.value)


def _moved(x: float, y: float, matrix: Sequence[float]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _sort_out(shape: tuple[list[tuple[float, float]], bool], level: list[Line], upright: list[Line]) -> None:
    """Adds the lines of a shape: a thin one is a line, a stroked box has four, a filled one has none."""
    points, stroked = shape
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    if high - low <= THIN < right - left:
        level.append(Line((low + high) / 2, left, right))
    elif right - left <= THIN < high - low:
        upright.append(Line((left + right) / 2, low, high))
    elif stroked and len(points) in (4, 5) and right - left > THIN:
        level += [Line(low, left, right), Line(high, left, right)]
        upright += [Line(left, low, high), Line(right, low, high)]


def _joined(lines: Iterable[Line]) -> list[Line]:
    """Lines in one place that touch or overlap become one; those drawn cell by cell are drawn so."""
    made: list[Line] = []
    for line in sorted(lines, key=lambda one: (round(one.at / NEAR), one.low)):
        last = made[-1] if made else None
        if last and abs(last.at - line.at) <= NEAR and line.low <= last.high + NEAR:
            made[-1] = Line(last.at, min(last.low, line.low), max(last.high, line.high))
        else:
            made.append(line)
    return made


def _groups(level: list[Line], upright: list[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """The lines that hang together by crossing or meeting: each group may be a table."""
    group = list(range(len(level) + len(upright)))

    def root(one: int) -> int:
        while group[one] != one:
            group[one] = group[group[one]]
            one = group[one]
        return one

    for i, across in enumerate(level):
        for j, down in enumerate(upright, start=len(level)):
            if _spans(across, down.at) and _spans(down, across.at):
                group[root(i)] = root(j)
    members: dict[int, tuple[list[Line], list[Line]]] = {}
    for i, line in enumerate((*level, *upright)):
        members.setdefault(root(i), ([], []))[i >= len(level)].append(line)
    yield from (pair for pair in members.values() if len(pair[0]) >= 3 and len(pair[1]) >= 3)


def _spans(line: Line, place: float) -> bool:
    return line.low - NEAR <= place <= line.high + NEAR


def _places(lines: Iterable[Line]) -> list[float]:
    """The different places of lines, in rising order."""
    made: list[float] = []
    for at in sorted(line.at for line in lines):
        if not made or at - made[-1] > NEAR:
            made.append(at)
    return made


def _table(level: list[Line], upright: list[Line], chars: Sequence[Character]) -> Ruled | None:
    """The table that lines rule: cells that no line parts are one, and stand in every place they cover."""
    xs, ys = _places(upright), _places(level)[::-1]
    width, height = len(xs) - 1, len(ys) - 1
    if not (2 <= width <= MAX_COLUMNS and 2 <= height <= MAX_ROWS):
        return None
    cell = list(range(width * height))

    def root(one: int) -> int:
        while cell[one] != one:
            one = cell[one]
        return one

    for row in range(height):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(width):
            centre = (xs[column] + xs[column + 1]) / 2
            here = row * width + column
            if column + 1 < width and not _parted(upright, xs[column + 1], middle):
                cell[root(here + 1)] = root(here)
            if row + 1 < height and not _parted(level, ys[row + 1], centre):
                cell[root(here + width)] = root(here)
    if not _all_boxes([root(one) for one in range(width * height)], width):
        return None
    words: dict[int, list[Character]] = {}
    for one in chars:
        spot = _spot(xs, ys, one.x, one.y)
        if spot is not None:
            words.setdefault(root(spot[0] * width + spot[1]), []).append(one)
    grid = tuple(
        tuple(_told(words.get(root(row * width + column), ())) for column in range(width))
        for row in range(height)
    )
    return Ruled(columns=tuple(xs), grid=grid, bottom=ys[-1], top=ys[0])


def _told(chars: Sequence[Character]) -> str:
    """The words of a cell, line by line from the top, each from the left."""
    lines: list[list[Character]] = []
    for one in sorted(chars, key=lambda char: -char.foot):
        if lines and lines[-1][0].foot - one.foot <= THIN:
            lines[-1].append(one)
        else:
            lines.append([one])
    found: list[Character] = []
    for line in lines:
        for one in sorted(line, key=lambda char: char.start):
            last = found[-1] if found else None
            twice = last and last.character == one.character and abs(last.start - one.start) < PRINTED_TWICE
            if not twice or (last and abs(last.foot - one.foot) > PRINTED_TWICE):
                found.append(one)
    return "".join(one.character for one in found)[:MAX_CELL]


def _parted(lines: Iterable[Line], at: float, across: float) -> bool:
    """Whether a line in a place parts what lies on its two sides."""
    return any(abs(line.at - at) <= NEAR and line.low <= across <= line.high for line in lines)


def _all_boxes(roots: Sequence[int], width: int) -> bool:
    """Whether every merged cell is a box: where one is not, lines were missed and nothing is sure."""
    places: dict[int, list[int]] = {}
    for place, one in enumerate(roots):
        places.setdefault(one, []).append(place)
    for taken in places.values():
        rows = {place // width for place in taken}
        columns = {place % width for place in taken}
        if len(rows) * len(columns) != len(taken):
            return False
    return True


def _spot(xs: Sequence[float], ys: Sequence[float], x: float, y: float) -> tuple[int, int] | None:
    """The row and column of a point; None outside the table. `ys` fall."""
    column = bisect_right(xs, x) - 1
    row = bisect_right([-one for one in ys], -y) - 1
    if 0 <= column < len(xs) - 1 and 0 <= row < len(ys) - 1:
        return row, column
    return None


def _chars(words: Any, raw: Any) -> Iterator[Character]:
    """The characters of a page by their middles, in the order of its text; blanks left out."""
    left, right, low, high = c_double(), c_double(), c_double(), c_double()
    for number in range(min(words.count_chars(), MAX_CHARS)):
        character = chr(raw.FPDFText_GetUnicode(words.raw, number))
        if character.isspace() or not character.isprintable():
            continue
        raw.FPDFText_GetCharBox(words.raw, number, byref(left), byref(right), byref(low), byref(high))
        middle = ((left.value + right.value) / 2, (low.value + high.value) / 2)
        raw.FPDFText_GetCharOrigin(words.raw, number, byref(left), byref(low))
        yield Character(*middle, left.value, low.value, character)
