"""Files of the old Office are what their readers say they are: libraries of others, not the program's own."""

import io

import legacy_doc
import pytest
from legacy_doc.ole import OleReader
from python_calamine import CalamineWorkbook

from sample.oldoffice import doc, xls
from sample.prose.wordy import parts_of


def test_document() -> None:
    told = legacy_doc.extract_text(doc(["甲 < 乙", [("姓名", "号码"), ("丙", "1")], "后文" * 3000])).text
    assert [word for word in told.split() if len(word) < 100] == ["甲", "<", "乙", "姓名", "号码", "丙", "1"]
    assert told.split()[-1] == "后文" * 3000


def test_a_long_document_needs_more_than_one_table_of_sectors() -> None:
    body = doc(["很长的一段。" * 8000])
    streams = OleReader(body, options=legacy_doc.ExtractionOptions())
    assert (
        bytes(streams.read_stream("WordDocument")[0x800:]).decode("utf-16-le") == "很长的一段。" * 8000 + "\r"
    )


def test_a_sealed_document_keeps_its_text_to_itself() -> None:
    with pytest.raises(legacy_doc.LegacyDocError):
        legacy_doc.extract_text(doc(["公开指南"], sealed=True))
    assert "公开指南".encode("utf-16-le") not in doc(["公开指南"], sealed=True)


def test_workbook() -> None:
    rows = [["姓名", "号码"], ["丙", "110101"], ["丁", ""]]
    book = CalamineWorkbook.from_filelike(io.BytesIO(xls(rows)))
    assert book.get_sheet_by_name(book.sheet_names[0]).to_python() == rows
    with pytest.raises(ValueError, match="more text"):
        xls([[f"第{number}行的文字" for number in range(900)]])


def test_same_bytes_every_time() -> None:
    assert doc(["甲"]) == doc(["甲"])
    assert xls([["甲"]]) == xls([["甲"]])


def test_html_becomes_paragraphs_and_tables_with_merged_cells_as_word_has_them() -> None:
    html = (
        '<p>一、<b>总体</b>情况</p>\n<table><tr><td rowspan="2" colspan="2">项目</td><td>件</td></tr>'
        "<tr><td>数&amp;额</td></tr><tr><td>甲</td><td>乙</td><td>3</td></tr></table><h3>二、其他</h3>"
    )
    table = (("项目", "件"), ("", "数&额"), ("甲", "乙", "3"))
    assert parts_of(html) == ("一、总体情况", table, "二、其他")
