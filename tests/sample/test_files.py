"""The small files can be opened by those who know their kind."""

import io

import docx as python_docx
import openpyxl
import pypdfium2
from PIL import Image

from sample.files import docx, pdf, png, xlsx


def test_document() -> None:
    opened = python_docx.Document(io.BytesIO(docx(["甲 < 乙", "第二段"], [[("姓名", "号码"), ("丙", "1")]])))
    assert [paragraph.text for paragraph in opened.paragraphs] == ["甲 < 乙", "第二段"]
    assert [[cell.text for cell in row.cells] for row in opened.tables[0].rows] == [
        ["姓名", "号码"],
        ["丙", "1"],
    ]


def test_workbook() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx([["姓名", "号码"], ["丙", "110101"]]))).active
    assert sheet is not None
    assert list(sheet.iter_rows(values_only=True)) == [("姓名", "号码"), ("丙", "110101")]


def test_pdf_text() -> None:
    opened = pypdfium2.PdfDocument(pdf(["一、总体情况", "二、主动公开政府信息情况"]))
    text = opened[0].get_textpage().get_text_bounded()
    opened.close()
    assert "一、总体情况" in text
    assert "主动公开政府信息情况" in text


def test_picture() -> None:
    picture = Image.open(io.BytesIO(png(30, 20, (10, 200, 30))))
    assert picture.size == (30, 20)
    assert picture.convert("RGB").getpixel((15, 10)) == (10, 200, 30)


def test_same_bytes_every_time() -> None:
    assert docx(["甲"]) == docx(["甲"])
    assert xlsx([["甲"]]) == xlsx([["甲"]])
