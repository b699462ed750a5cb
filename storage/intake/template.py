"""Writes workbooks that a person fills in: headers, drop-down lists, remarks; cells are never formulas."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from storage.intake.workbook import NOTES_SHEET, SheetForm

LIST_ROWS = 5000
"""How many rows below the header offer the drop-down list."""


def write_sheets(
    path: Path,
    sheets: Sequence[SheetForm],
    rows: Mapping[str, Iterable[Mapping[str, Any]]],
    notes: Sequence[str],
) -> None:
    """Writes the workbook: one sheet a form with its rows (values by key), and a sheet of notes."""
    import xlsxwriter  # large, and only needed here

    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    try:
        head = {
            True: book.add_format(_head("#C6E0B4")),
            False: book.add_format(_head("#E7E6E6")),
        }
        plain = book.add_format({"num_format": "@"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            _write_header(page, sheet, head, plain)
            for number, row in enumerate(rows.get(sheet.name, ()), start=1):
                for column, field in enumerate(sheet.form.fields):
                    _write_cell(page, number, column, row.get(field.key))
        _write_notes(book, sheets, notes)
    finally:
        book.close()


def _head(colour: str) -> dict[str, Any]:
    return {"bold": True, "bg_color": colour, "border": 1, "text_wrap": True, "valign": "vcenter"}


def _write_header(page: Any, sheet: SheetForm, head: Mapping[bool, Any], plain: Any) -> None:
    for column, field in enumerate(sheet.form.fields):
        page.write_string(0, column, field.title, head[field.required])
        page.set_column(column, column, field.width, plain)
        if field.note:
            page.write_comment(0, column, field.note)
        if field.choices:
            offered = {"validate": "list", "source": _list_of(field.choices)}
            page.data_validation(1, column, LIST_ROWS - 1, column, offered)
    page.freeze_panes(1, 0)


def _list_of(choices: Sequence[str]) -> list[str]:
    """The choices as far as a drop-down list holds them (255 characters)."""
    kept: list[str] = []
    for choice in choices:
        if len(",".join([*kept, choice])) > 255:
            break
        kept.append(choice)
    return kept


def _write_cell(page: Any, row: int, column: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_string(row, column, "是" if value else "否")
    elif isinstance(value, int | float):
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, str(value))


def _write_notes(book: Any, sheets: Sequence[SheetForm], notes: Sequence[str]) -> None:
    page = book.add_worksheet(NOTES_SHEET)
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 18)
    page.set_column(2, 2, 80)
    row = 0
    for note in notes:
        page.write_string(row, 0, note)
        row += 1
    for sheet in sheets:
        for field in sheet.form.fields:
            row += 1
            page.write_string(row, 0, sheet.name)
            page.write_string(row, 1, field.title + ("（必填）" if field.required else ""))
            choices = f"可填：{'、'.join(field.choices)}" if field.choices else ""
            page.write_string(row, 2, "。".join(words for words in (field.note, choices) if words))
