"""Attachments: what is readable is read, what is not says so; nothing unpacks without bounds."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from crawler.extract import read_page
from crawler.reading.attachment import sort_of
from crawler.reading.pdf import plain
from domain.page import Page, PageKind

TODAY = date(2026, 6, 30)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(body: bytes, name: str, content_type: str | None = None) -> Page:
    return read_page(body, f"http://x.gov.cn/files/{name}", content_type=content_type, today=TODAY)


def docx() -> bytes:
    document = Document()
    document.add_paragraph("云溪县民政局2025年政府信息公开工作年度报告")
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "申请情况"
    table.cell(0, 2).text = "总计"
    table.cell(1, 0).text = "本年新收"
    table.cell(1, 1).text = "3"
    table.cell(1, 2).text = "3"
    document.add_paragraph("云溪县民政局")
    document.add_paragraph("2026年1月20日")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def xlsx() -> bytes:
    book = Workbook()
    book.active.append(["姓名", "金额", None])
    book.active.append(["甲", 120.5, date(2026, 3, 1)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def pdf(words: str) -> bytes:
    content = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = b"%PDF-1.4\n"
    offsets = []
    for number, item in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + trailer


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def test_a_word_document_gives_text_tables_and_its_signature_date() -> None:
    page = read(docx(), "%E5%B9%B4%E6%8A%A5.docx")
    assert (page.kind, page.title, page.shell) == (PageKind.DOCUMENT, "年报.docx", "")
    assert page.text.startswith("云溪县民政局2025年政府信息公开工作年度报告")
    assert page.tables[0] == (("申请情况", "申请情况", "总计"), ("本年新收", "3", "3"))
    assert [clue.day for clue in page.dates] == [date(2026, 1, 20)]


def test_a_document_is_known_by_its_bytes_not_by_its_name() -> None:
    assert "年度报告" in read(docx(), "report.pdf").text
    assert read(xlsx(), "down.jsp?id=3", "application/octet-stream").tables[0][0][:2] == ("姓名", "金额")


def test_a_workbook_gives_its_cells() -> None:
    page = read(xlsx(), "list.xlsx")
    assert page.tables[0] == (("姓名", "金额", ""), ("甲", "120.5", "2026-03-01"))
    assert "甲 120.5" in page.text


def test_a_pdf_gives_its_text() -> None:
    assert "Annual report 2025" in read(pdf("Annual report 2025"), "a.pdf").text


def test_radicals_of_pdf_files_become_the_characters_meant() -> None:
    assert plain("⼈⺠政府⽹站⻓期，公⽰") == "人民政府网站长期，公示"
    assert plain("plain，文字") == "plain，文字"


def test_presentations_and_ofd_give_their_words() -> None:
    slide = "<p:sld><a:p><a:t>第一页</a:t></a:p><a:p><a:t>要点&amp;说明</a:t></a:p></p:sld>".encode()
    assert read(zipped(ppt__slides__slide1__xml=b"").replace(b"", b""), "a.pptx").shell
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr("ppt/slides/slide1.xml", slide)
    assert read(body.getvalue(), "a.pptx").text == "第一页\n要点&说明"
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr("OFD.xml", "<ofd/>")
        archive.writestr("Doc_0/Pages/Page_0/Content.xml", "<ofd:TextCode X='1'>版式文件正文</ofd:TextCode>")
    assert read(body.getvalue(), "a.ofd").text == "版式文件正文"


@pytest.mark.parametrize(
    ("body", "name", "reason"),
    [
        (pdf(""), "scan.pdf", "没有可提取的文字"),
        (b"%PDF-1.7 broken", "a.pdf", "损坏"),
        (b"PK\x03\x04broken word/", "a.docx", "损坏"),
        (zipped(a=b"x"), "a.zip", "压缩包"),
        (b"Rar!\x1a\x07\x00", "a.rar", "压缩包"),
        (b"\x89PNG\r\n", "a.png", "图片"),
        (b"{\\rtf1 x}", "a.rtf", "RTF"),
        (OLE + b"\x00" * 600, "a.doc", "无法读取附件"),
        (OLE + "Workbook\0".encode("utf-16-le"), "a.xls", "无法读取附件"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "PowerPoint Document\0".encode("utf-16-le"),
            "a.ppt",
            "演示文稿",
        ),
    ],
)
def test_what_cannot_be_read_says_so(body: bytes, name: str, reason: str) -> None:
    page = read(body, name)
    assert (page.kind, page.charset, page.text) == (PageKind.DOCUMENT, "", "")
    assert reason in page.shell


def test_an_archive_bomb_is_not_unpacked() -> None:
    bomb = zipped(**{"word__document.xml": b"\x00" * 30_000_000})
    assert len(bomb) < 100_000
    assert "压缩比异常" in read(bomb, "bomb.docx").shell


@pytest.mark.parametrize(
    ("body", "content_type", "name", "sort"),
    [
        (b"<html>", None, "a", "html"),
        (b'{"a":1}', "application/json", "a", "json"),
        (b'{"a":1}', "text/html", "a.do", "json"),
        (b'cb([{"title":"x"}])', "application/javascript", "a", "json"),
        (b"<?xml version='1.0'?><rss/>", "text/xml", "a", "xml"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html/>", "text/html", "a", "html"),
        (b"plain words", "text/plain", "a.txt", "text"),
        (b"\x00\x01\x02", None, "a", "unknown"),
        (b"", "text/html", "a", "html"),
    ],
)
def test_bodies_are_told_apart(body: bytes, content_type: str | None, name: str, sort: str) -> None:
    assert sort_of(body, f"http://x.gov.cn/{name}", content_type) == sort


def test_plain_text_is_read_as_it_stands() -> None:
    page = read("第一行\n第二行".encode("gb18030"), "a.txt", "text/plain")
    assert (page.text, page.charset) == ("第一行\n第二行", "gb18030")


def test_an_rss_text_is_a_list() -> None:
    feed = """<?xml version="1.0"?><rss><channel><title>动态</title>
    <item><title><![CDATA[第一条]]></title><link>/a/1.html</link>
    <pubDate>Fri, 08 May 2026 10:00:00 +0800</pubDate></item>
    <item><title>第二条</title><link>http://y.gov.cn/2</link><pubDate>2026-05-07</pubDate></item></channel></rss>"""
    page = read(feed.encode(), "rss.xml", "text/xml")
    assert [(item.title, item.url, item.day) for item in page.items] == [
        ("第一条", "http://x.gov.cn/a/1.html", date(2026, 5, 8)),
        ("第二条", "http://y.gov.cn/2", date(2026, 5, 7)),
    ]


def test_json_without_a_list_is_a_document() -> None:
    assert read(b'{"ok":true}', "a.json", "application/json").kind is PageKind.DOCUMENT


def test_an_empty_json_list_is_an_empty_list() -> None:
    page = read(b'{"total":0,"data":[]}', "a.json", "application/json")
    assert (page.kind, page.items, page.empty_notice) == (PageKind.LIST, (), True)


@given(st.sampled_from([docx(), xlsx(), pdf("x")]), st.integers(0, 4000), st.binary(max_size=30))
def test_no_damage_to_a_file_raises(body: bytes, at: int, patch: bytes) -> None:
    assert isinstance(read(body[:at] + patch + body[at + len(patch) :], "a.bin"), Page)


def test_files_of_the_old_office_are_read() -> None:
    files = Path(__file__).parents[1] / "fixtures" / "files"
    report = read((files / "report.doc").read_bytes(), "nb.doc")
    assert (report.shell, "年度报告" in report.text, "110101199003074530" in report.text) == ("", True, True)
    names = read((files / "names.xls").read_bytes(), "mx.xls")
    assert names.tables == ((("姓名", "金额"), ("李四", "300")),)


def test_heads_of_pages_and_boxes_of_a_document_are_read() -> None:
    made = Document()
    made.sections[0].header.paragraphs[0].text = "机密★10年"
    paragraph = made.add_paragraph("某某工作方案")
    box = parse_xml(
        "<w:r xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:pict><w:txbxContent>"
        "<w:p><w:r><w:t>特</w:t></w:r><w:r><w:t>急</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    )
    paragraph._p.append(box)
    stream = io.BytesIO()
    made.save(stream)
    assert read(stream.getvalue(), "方案.docx").text == "机密★10年\n特急\n某某工作方案"


def test_an_archive_of_documents_is_not_taken_for_one() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("名单.docx", docx())
    assert "压缩包" in read(stream.getvalue(), "名单.zip").shell
