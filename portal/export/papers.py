"""One look for all Word documents: Chinese typefaces, headings, tables with their headings on every page."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from portal.export.sheets import text_of

NUMERALS = "一二三四五六七八九"
BODY, HEAD = "宋体", "黑体"


class Column(NamedTuple):
    """A table's column: its title, its width in centimetres, whether it stands in the middle."""

    title: str
    width: float
    centred: bool = False


class Paper:
    """A document in the making, on A4."""

    def __init__(self, *, landscape: bool = False, size: float = 10.5) -> None:
        """An empty document."""
        self.document = Document()
        style = self.document.styles["Normal"]
        style.font.size = Pt(size)
        self.size = size
        self.sections = 0
        _typeface(style, BODY)
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.left_margin = section.right_margin = Cm(1.8)
        section.top_margin = section.bottom_margin = Cm(1.8)
        self.room = section.page_width.cm - 3.6
        _page_number(section)

    def title(self, text: str, below: str = "") -> None:
        """The document's title, and a line below it."""
        paragraph = self._paragraph(text, size=18, bold=True, typeface=HEAD)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(6)
        if below:
            second = self._paragraph(below, size=10, colour="595959")
            second.alignment = WD_ALIGN_PARAGRAPH.CENTER
            second.paragraph_format.space_after = Pt(8)

    def heading(self, text: str) -> None:
        """A heading of the first order."""
        paragraph = self._paragraph(text, size=14, bold=True, typeface=HEAD)
        paragraph.paragraph_format.space_before = Pt(10)
        paragraph.paragraph_format.space_after = Pt(4)
        paragraph.paragraph_format.keep_with_next = True

    def section(self, text: str) -> None:
        """A heading with the next Chinese number before it."""
        self.heading(f"{NUMERALS[self.sections]}、{text}")
        self.sections += 1

    def text(self, text: str, *, indent: bool = True, small: bool = False) -> None:
        """A paragraph, its first line set in by two characters."""
        paragraph = self._paragraph(text, size=9 if small else None, colour="595959" if small else "")
        size = 9 if small else self.size
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(size * 2)
        paragraph.paragraph_format.line_spacing = 1.3
        paragraph.paragraph_format.space_after = Pt(3)

    def right(self, text: str) -> None:
        """A line at the right margin: who signs, and the date."""
        paragraph = self._paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> Any:
        """A table with borders; its headings stand on every page. Gives the table for merging."""
        table = self.document.add_table(rows=len(rows) + 1, cols=len(columns))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        scale = self.room / sum(column.width for column in columns)
        for index, column in enumerate(columns):
            table.columns[index].width = Cm(column.width * scale)
        grid = [row.cells for row in table.rows]
        for index, column in enumerate(columns):
            fill(grid[0][index], column.title, centred=True, bold=True, width=column.width * scale)
            _shade(grid[0][index], "DDEBF7")
        _mark(table.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", val="true")
        for row in table.rows:
            _mark(row._tr.get_or_add_trPr(), "w:cantSplit", val="true")
        _pad(table)
        for cells, values in zip(grid[1:], rows, strict=True):
            for cell, value, column in zip(cells, values, columns, strict=True):
                fill(cell, value, centred=column.centred, width=column.width * scale)
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)
        return table

    def break_page(self) -> None:
        """Begins a new page."""
        self.document.add_page_break()  # type: ignore[no-untyped-call]

    def save(self, out: Path | io.BytesIO) -> None:
        """Writes the document. Raises OSError when it cannot be written."""
        self.document.save(str(out) if isinstance(out, Path) else out)

    def _paragraph(
        self,
        text: str,
        *,
        size: float | None = None,
        bold: bool = False,
        typeface: str = "",
        colour: str = "",
    ) -> Any:
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(text_of(text))
        run.bold = bold
        if size:
            run.font.size = Pt(size)
        if typeface:
            _typeface(run, typeface)
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)
        return paragraph


def fill(
    cell: Any, value: Any, *, centred: bool = False, bold: bool = False, width: float | None = None
) -> None:
    """Writes a cell: a text, or a small picture with a text below it."""
    if width is not None:
        cell.width = Cm(width)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if isinstance(value, Shown):
        for image in value.images:
            paragraph.add_run().add_picture(io.BytesIO(image), width=Cm(value.width))
        value = value.text
    run = paragraph.add_run(text_of("" if value is None else str(value)))
    run.bold = bold
    run.font.size = Pt(9)


class Shown(NamedTuple):
    """Pictures in a cell, so many centimetres wide, with a text below."""

    text: str
    images: tuple[bytes, ...] = ()
    width: float = 3.6


def merge_runs(table: Any, column: int, keys: Sequence[Any]) -> None:
    """Merges the cells of a column wherever the same key stands in rows that follow each other."""
    start = 0
    cells = table.columns[column].cells
    for index in range(1, len(keys) + 1):
        if index < len(keys) and keys[index] == keys[start]:
            continue
        if index - start > 1:
            for cell in cells[start + 2 : index + 1]:
                for paragraph in cell.paragraphs:
                    paragraph.clear()
            merged = cells[start + 1].merge(cells[index])
            for paragraph in merged.paragraphs[1:]:
                paragraph._element.getparent().remove(paragraph._element)
        start = index


def merge_across(table: Any, row: int, spans: Sequence[tuple[int, int]]) -> None:
    """Merges cells that lie side by side in a row; what stands in the first of them stays."""
    cells = table.rows[row].cells
    for first, last in spans:
        for cell in cells[first + 1 : last + 1]:
            for paragraph in cell.paragraphs:
                paragraph.clear()
        merged = cells[first].merge(cells[last])
        for paragraph in merged.paragraphs[1:]:
            paragraph._element.getparent().remove(paragraph._element)


def _typeface(holder: Any, name: str) -> None:
    holder.font.name = name
    holder.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _shade(cell: Any, colour: str) -> None:
    _mark(cell._tc.get_or_add_tcPr(), "w:shd", val="clear", color="auto", fill=colour)


def _pad(table: Any) -> None:
    """A little room above and below the text of each cell."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "bottom"):
        _mark(margins, f"w:{side}", w="50", type="dxa")
    table._tbl.tblPr.append(margins)


def _mark(parent: Any, name: str, **values: str) -> None:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)


def _page_number(section: Any) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
