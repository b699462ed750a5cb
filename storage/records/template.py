"""Writes the workbook in which people enter records."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemes.model import Scheme
from storage.intake.template import write_sheets
from storage.records.loading import SETTING_SHEET, SHEETS

NOTES = (
    "填写说明：绿色表头为必填；用不到的工作表留空即可。表头不要改动，内容从第二行起填写，一行一条。",
    "同一单位同一指标再次填报，新的自动更正旧的；其他记录要更正的，在“更正编号”中填原记录编号。",
    "佐证图片与本文件放在同一文件夹，填文件名。没有佐证的加分、扣分不计入得分。",
    "填好后导入：govwatch records import 文件名",
)


def write_template(path: Path, scheme: Scheme | None = None, year: int | None = None) -> None:
    """Writes an empty workbook of records. Raises OSError when the file cannot be written."""
    settings: list[dict[str, Any]] = [
        {"item": "考核办法", "value": scheme.head.id if scheme else None},
        {"item": "年度", "value": str(year) if year else None},
        {"item": "填报人", "value": None},
    ]
    write_sheets(path, SHEETS, {SETTING_SHEET.name: settings}, [*NOTES, *_lines_of(scheme)])


def _lines_of(scheme: Scheme | None) -> Sequence[str]:
    if scheme is None:
        return ()
    return (f"{scheme.name}的指标：", *(f"　{line.no}　{line.title}" for line in scheme.indicators))
