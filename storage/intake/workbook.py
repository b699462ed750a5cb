"""Reads the sheets of an .xlsx workbook into records whose every value knows its cell."""

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.intake.form import Form, suggest
from storage.intake.node import Entry, Record, Scalar, ScalarKind, scalar_of
from storage.intake.problem import IntakeError, Place, Problem, Problems
from storage.intake.yaml_file import unreadable

LARGEST_UNPACKED = 512 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200
NOTES_SHEET = "说明"
"""A sheet for people; it is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetForm:
    """A sheet that may be there: its name, its rows' form, and whether the workbook must have it."""

    name: str
    form: Form
    required: bool = True
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its first cell, and its record."""

    place: Place
    record: Record


def read_workbook(path: Path, sheets: Sequence[SheetForm], problems: Problems) -> Mapping[str, list[Row]]:
    """The rows of each known sheet by its name, blank rows left out.

    Raises IntakeError when the file is no workbook; missing or unknown sheets and headers go to `problems`.
    """
    from openpyxl import load_workbook  # large, and only needed for workbooks

    file = path.name
    where = Place(file=file)
    _refuse_bomb(path, where)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(path, read_only=True, data_only=True)
        except OSError as error:
            raise IntakeError([unreadable(where, error)]) from error
        except Exception as error:  # openpyxl raises whatever its parser met
            raise IntakeError([_no_workbook(where)]) from error
        try:
            return _sheets_of(book, sheets, file, problems)
        except IntakeError:
            raise
        except Exception as error:  # a damaged part shows only when its sheet is read
            raise IntakeError([_no_workbook(where)]) from error
        finally:
            book.close()


def _cell(column: int, row: int) -> str:
    """A cell's name; columns count from 0, rows from 1."""
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(column + 1)}{row}"


def _refuse_bomb(path: Path, where: Place) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except OSError as error:
        raise IntakeError([unreadable(where, error)]) from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError) as error:
        raise IntakeError([_no_workbook(where)]) from error
    if size > LARGEST_UNPACKED:
        raise IntakeError(
            [Problem(place=where, message="工作簿展开后过大", mend="请拆分，或删去多余的工作表")]
        )


def _no_workbook(where: Place) -> Problem:
    return Problem(
        place=where,
        message="不是能打开的 .xlsx 工作簿",
        mend="请在表格软件中“另存为”Excel 工作簿（.xlsx）",
    )


def _sheets_of(
    book: Any, sheets: Sequence[SheetForm], file: str, problems: Problems
) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    by_name = {alias: sheet for sheet in sheets for alias in (sheet.name, *sheet.also)}
    for worksheet in book.worksheets:
        title = str(worksheet.title)
        sheet = by_name.get(title.strip())
        if sheet is None:
            if title.strip() != NOTES_SHEET and _has_content(worksheet):
                mend = (
                    f"{suggest(title, [s.name for s in sheets])}；与名录无关的请删去或改名为“{NOTES_SHEET}”"
                )
                problems.add(Place(file=file, sheet=title), "不认识的工作表", mend, title)
        elif sheet.name in found:
            problems.add(Place(file=file, sheet=title), "同一个工作表出现两次", "请合并", title)
        else:
            found[sheet.name] = list(_rows_of(worksheet, sheet.form, file, title, problems))
    for sheet in sheets:
        if sheet.required and sheet.name not in found:
            problems.add(
                Place(file=file), f"缺少工作表“{sheet.name}”", "没有内容也请保留空表；可先生成模板再填写"
            )
    return found


def _has_content(worksheet: Any) -> bool:
    worksheet.reset_dimensions()
    return any(value is not None for row in worksheet.iter_rows(values_only=True) for value in row)


def _rows_of(worksheet: Any, form: Form, file: str, sheet: str, problems: Problems) -> Iterator[Row]:
    worksheet.reset_dimensions()
    rows = enumerate(worksheet.iter_rows(max_col=MOST_COLUMNS), start=1)
    first = next(((number, cells) for number, cells in rows if any(map(_filled, cells))), None)
    if first is None:
        problems.add(Place(file=file, sheet=sheet, cell="A1"), "没有表头", "第一行应为各列的名称")
        return
    header = _header_of(first[1], first[0], form, file, sheet, problems)
    if header is None:
        return
    told = {index for index, cell in enumerate(first[1]) if _filled(cell)}
    for number, cells in rows:
        filled = [index for index, cell in enumerate(cells) if _filled(cell)]
        if not filled:
            continue
        if number > MOST_ROWS:
            place = Place(file=file, sheet=sheet)
            raise IntakeError([Problem(place=place, message=f"超过{MOST_ROWS}行", mend="请拆分")])
        for index in filled:
            if index not in told:
                told.add(index)
                spot = Place(file=file, sheet=sheet, cell=_cell(index, number))
                problems.add(
                    spot, "这一列没有表头，内容不会被读取", "请补上表头或删去内容", cells[index].value
                )
        yield _row_of(cells, number, header, file, sheet)


def _filled(cell: Any) -> bool:
    return cell.value is not None and str(cell.value).strip() != ""


def _header_of(
    cells: Sequence[Any], number: int, form: Form, file: str, sheet: str, problems: Problems
) -> dict[int, str] | None:
    """Keys by column; None when a required column is missing (every row would lack it)."""
    known: dict[str, str] = {}
    for field in form.fields:
        for alias in (field.key, field.title, *field.also):
            known[_plain_header(alias)] = field.key
    header: dict[int, str] = {}
    for index, cell in enumerate(cells):
        if not _filled(cell):
            continue
        place = Place(file=file, sheet=sheet, cell=_cell(index, number))
        written = str(cell.value).strip()
        key = known.get(_plain_header(written))
        if key is None:
            mend = suggest(written, [field.title for field in form.fields])
            problems.add(place, "不认识的列", mend, written)
        elif key in header.values():
            problems.add(place, "同一列出现两次", "请删去其中一列", written)
        else:
            header[index] = key
    lacking = [field for field in form.fields if field.required and field.key not in header.values()]
    for field in lacking:
        place = Place(file=file, sheet=sheet, cell=f"A{number}")
        problems.add(place, f"缺少“{field.title}”列", "请按模板补上这一列")
    return None if lacking else header


def _plain_header(text: str) -> str:
    """A header without its bracketed remark, marks of duty and blanks."""
    return re.sub(r"[（(].*?[）)]|[\s*＊:：]", "", str(text)).lower()


def _row_of(cells: Sequence[Any], number: int, header: Mapping[int, str], file: str, sheet: str) -> Row:
    entries: list[Entry] = []
    for index, key in header.items():
        cell = cells[index] if index < len(cells) else None
        place = Place(file=file, sheet=sheet, cell=_cell(index, number))
        entries.append(Entry(key, place, _scalar_of(cell, place)))
    place = Place(file=file, sheet=sheet, cell=f"A{number}")
    return Row(place, Record(place, tuple(entries)))


def _scalar_of(cell: Any, place: Place) -> Scalar:
    if cell is None:
        return Scalar(place, "", ScalarKind.EMPTY)
    if getattr(cell, "data_type", "") == "e":
        return Scalar(place, str(cell.value), ScalarKind.FAULT)
    return scalar_of(cell.value, place)
