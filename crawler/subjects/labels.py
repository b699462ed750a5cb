"""Label and value in Chinese running text: 联系电话：…, over line breaks, tables and full-width forms."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

from domain.page import Grid

_SIMPLER = str.maketrans(
    "為辦時間聯電話傳郵編體獲機構稱網號碼諮詢監督舉報條種類從費處務責職學歷黨員現狀導領負長總結續實際開頁發單門戶議訴訟執題據",
    "为办时间联电话传邮编体获机构称网号码咨询监督举报条种类从费处务责职学历党员现状导领负长总结续实际开页发单门户议诉讼执题据",
)
_ODD = str.maketrans({"∶": ":", "﹕": ":", "\u200b": "", "\ufeff": "", "\xa0": " ", "\u3000": " "})
_IS_TRADITIONAL = re.compile(f"[{''.join(map(chr, _SIMPLER))}]")
_IS_ODD = re.compile(f"[{''.join(map(chr, _ODD))}]")
_SPACED = re.compile(
    r"(?<=[\u4e00-\u9fff])[ \t]+(?=[\u4e00-\u9fff](?:[ \t]+[\u4e00-\u9fff])*[ \t]*:)"
    r"|(?<=[电传地邮姓性民学职籍])[ \t]{1,8}(?=[话真址编箱名别族历务贯])"
)
_NO_GAP = re.compile(r"[^\s、/·]")
_BRACKETED = re.compile(r"【\s*([\u4e00-\u9fff][\u4e00-\u9fff \t]{1,14})\s*】[ \t]*:?(?=[ \t]*\S)")
"""A label in brackets before its value: 【联系电话】0797-…."""

HEADING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]+[章条部]|[一二三四五六七八九十]{1,3}[、.，,]|"
    r"[(][一二三四五六七八九十]{1,3}[)]|[■◆●▶※★])",
    re.MULTILINE,
)

LONGEST_LABEL = 24
"""No label has more characters."""

LEAST_HEADS = 3
"""So many labels in one line, and nothing else, are the heads of tabs."""

PHONE_NUMBER = re.compile(
    r"(?<!\d)(?:[(]?0\d{2,3}[)]?[ \n]*[-—–－_ ]*[ \n]*)?[2-9]\d{6,7}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)"
    r"|(?<!\d)0\d{2,3}[-—– ]?\d{3,4}[-—– ]?\d{4}(?!\d)"
    r"|(?<!\d)(?:400|800)[-—– ]?\d{3,4}[-—– ]?\d{3,4}(?!\d)|(?<!\d)12(?:345|333|329|366|393|315|328)(?!\d)"
)
"""A telephone number: fixed with or without area code, mobile, service number, public hotline."""


def plain(text: str) -> str:
    """Text as it is searched: half-width, simplified labels, no blanks inside a short label."""
    half = unicodedata.normalize("NFKC", text.translate(_ODD) if _IS_ODD.search(text) else text)
    half = half.translate(_SIMPLER) if _IS_TRADITIONAL.search(half) else half
    half = re.sub(r"[ \t\r\f\v]+(?=\n)|(?<=\n)[ \t\r\f\v]+", "", half.replace("\r\n", "\n"))
    half = _BRACKETED.sub(r"\1:", half) if "【" in half else half
    return _SPACED.sub("", half)


def values(text: str, label: re.Pattern[str], stop: re.Pattern[str], reach: int = 90) -> Iterator[str]:
    """What follows each occurrence of a label in plain text, up to the next label, heading or `reach`.

    The value may stand on the line below its label. An empty value is given as the empty string.
    """
    for match in label.finditer(text):
        rest = text[match.end() : match.end() + reach]
        rest = rest.lstrip(" \t|").removeprefix(")").lstrip(" \t|:为是").lstrip()
        cut = min(
            (m.start() for m in (stop.search(rest), HEADING.search(rest), re.search(r"\n\s*\n", rest)) if m),
            default=len(rest),
        )
        yield rest[:cut].strip(" \t\n|;,。、")


def lines_of(grids: Iterable[Grid], label: re.Pattern[str] | None = None) -> str:
    """The label-value pairs of tables as lines: a label's value is the cell to its right or below it.

    What matches `label` and says nothing else is a label itself and no other's value.
    """
    lines = []
    for grid in grids:
        for row, cells in enumerate(grid[:400]):
            for column, cell in enumerate(cells[:60]):
                if len(cell) > 40 or not re.search(r"\w", cell) or re.search(r"\d{3}", cell):
                    continue
                beside = next((c for c in cells[column + 1 :] if c != cell), "")
                below = next(
                    (r[column] for r in grid[row + 1 :] if column < len(r) and r[column] != cell), ""
                )
                lines += [
                    f"{cell.strip(' :：')}:{value}"
                    for value in (beside, below)
                    if value and not (label and _only(label, value))
                ]
    return "\n".join(lines)


def paired_rows(text: str, label: re.Pattern[str]) -> str:
    """Pairs of a run of labels with the run of values after it, as lines.

    Covers tables that came as text: a line of labels above a line of values, or k lines that are
    nothing but labels above k lines of values (where one of these is a label, a value is left out and none
    is paired). The heads of tabs may stand in one line without a gap.
    """
    rows = [[part for part in re.split(r"\t+|\s{2,}|\|", line.strip()) if part] for line in text.split("\n")]
    rows = [one for row in rows if row for one in _taken_apart(row, label)]
    pairs: list[str] = []
    for above, below in pairwise(rows):
        if len(above) > 1 and len(above) == len(below) and all(_only(label, cell) for cell in above):
            pairs += [f"{name}:{value}" for name, value in zip(above, below, strict=True)]
    singles = [row[0] if len(row) == 1 else "" for row in rows]
    start = 0
    while start < len(singles):
        end = start
        while end < len(singles) and singles[end] and _only(label, singles[end]):
            end += 1
        count = end - start
        below = singles[end : end + count]
        if count > 1 and not any(_only(label, value) for value in below if value):
            pairs += [f"{n}:{v}" for n, v in zip(singles[start:end], below, strict=False)]
        start = max(end, start + 1)
    return "\n".join(pairs)


def _taken_apart(row: list[str], label: re.Pattern[str]) -> list[list[str]]:
    """A row that is three or more labels and nothing else, as rows of one label each; another as it is."""
    line = "".join(row)
    first = _NO_GAP.search(line)
    if len(row) == 1 and len(line) <= 120 and first and label.match(line, first.start()):
        names = [match[0] for match in label.finditer(line)]
        if len(names) >= LEAST_HEADS and not _NO_GAP.search(label.sub("", line)):
            return [[name] for name in names]
    return [row]


def _only(label: re.Pattern[str], cell: str) -> bool:
    """Whether a cell is a label and nothing else."""
    if len(cell) > LONGEST_LABEL + 6:
        return False
    match = label.search(cell)
    return match is not None and len(cell) - len(match[0]) <= 6 and not re.search(r"\d|:.", cell)
