"""Bodies that are no HTML page: which they are, and a page made of what can be read of them."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import unquote, urlsplit

from crawler.address import ending_of
from crawler.reading.archives import UnreadableError, names_in, read_docx, read_ofd, read_pptx, read_xlsx
from crawler.reading.charset import decode
from crawler.reading.feed import read_json_list, read_xml_list
from crawler.reading.jsontext import parse_json
from crawler.reading.legacy import read_doc, read_xls
from crawler.reading.pdf import read_pdf
from crawler.reading.published import signature_of
from domain.page import DateClue, DateSource, Grid, Page, PageKind

MAX_BYTES = 40_000_000
"""Bytes of an attachment that are read."""
MAX_TEXT = 400_000

Reading = tuple[str, tuple[Grid, ...]]
Answer = Callable[[str, str, date], Page | None]
_MARKUP = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|meta|title|div|script|a\s|p[\s>]|table|ul|iframe|frameset|br|font)",
    re.I,
)
_XML_START = re.compile(rb"^\s*(?:\xef\xbb\xbf)?\s*<\?xml", re.I)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
)
_NAMES = {
    "pdf": "PDF",
    "zip": "压缩包",
    "ole": "旧版 Office 文档",
    "rtf": "RTF 文档",
    "rar": "压缩包",
    "7z": "压缩包",
    "gz": "压缩包",
    "image": "图片",
}


_ANSWER = re.compile(rb"[\w$.]{1,80}\s*\(\s*[\[{]")
"""How data begins that is handed to a function of the page."""


def sort_of(body: bytes, url: str, content_type: str | None) -> str:
    """What a body is, by its first bytes before all claims: html, json, xml, text, pdf, zip, ole …"""
    head = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, sort in _MAGIC:
        if head.startswith(magic) or (sort == "pdf" and magic in body[:1024]):
            return sort
    claimed = (content_type or "").split(";")[0].strip().lower()
    if head[:1] in (b"{", b"[") and not _MARKUP.match(head):
        return "json" if claimed.endswith("json") or _closes(body) or ending_of(url) == "json" else "html"
    if _XML_START.match(head) and not re.search(rb"<!doctype\s+html|<html", head, re.I):
        return "xml"
    if "json" in claimed or (claimed.endswith("javascript") and not _MARKUP.search(head)):
        return "html" if ending_of(url) == "js" and not _ANSWER.match(head) else "json"
    if claimed.startswith("image/"):
        return "image"
    if _MARKUP.search(body[:20_000]):
        return "html"
    if claimed == "text/plain" or ending_of(url) in ("txt", "csv"):
        return "text"
    if b"\x00" in body[:512] and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "unknown"
    return "html"


def _closes(body: bytes) -> bool:
    return body.rstrip()[-1:] in (b"}", b"]", b")", b";")


def is_page(body: bytes, url: str, content_type: str | None) -> bool:
    """Whether a body is an HTML page."""
    return sort_of(body, url, content_type) == "html"


def read_document(
    body: bytes, url: str, content_type: str | None, today: date, answers: Sequence[Answer] = ()
) -> Page:
    """The page made of a file: its text and tables, or why it could not be read. Raises nothing.

    `answers` are the readers of list channels that JSON and XML are offered to first.
    """
    sort = sort_of(body, url, content_type)
    if sort in ("json", "xml"):
        return _read_data(body, url, content_type, sort, today, answers)
    if sort == "text":
        text, charset = decode(body, content_type)
        return _document(url, charset, text, ())
    try:
        if len(body) > MAX_BYTES:
            raise UnreadableError("文件过大")
        text, grids = _reader_of(sort)(body)
    except UnreadableError as error:
        return _unreadable(url, str(error))
    except Exception as error:  # damaged files make libraries fail in every way
        return _unreadable(url, f"文件损坏或格式不符（{type(error).__name__}）")
    if not text.strip() and not grids:
        return _unreadable(url, "文件中没有可提取的文字（可能是扫描件）")
    return _document(url, "", text, grids)


def _reader_of(sort: str) -> Callable[[bytes], Reading]:
    if sort == "pdf":
        return read_pdf
    if sort == "zip":
        return _read_zip
    if sort == "ole":
        return _read_ole
    raise UnreadableError(f"{_NAMES.get(sort, '该格式')}不能读取文字")


def _read_ole(body: bytes) -> Reading:
    """A document of the old binary family, told apart by the streams inside rather than by its name."""
    if _stream("WordDocument") in body:
        return read_doc(body)
    if _stream("Workbook") in body or _stream("Book") in body:
        return read_xls(body)
    if _stream("PowerPoint Document") in body:
        raise UnreadableError("旧版演示文稿不能读取文字")
    return read_doc(body)


def _stream(name: str) -> bytes:
    """A stream's name as the file's directory bears it: closed by a zero, so that no longer word matches."""
    return f"{name}\0".encode("utf-16-le")


def _read_zip(body: bytes) -> Reading:
    """A document of the zip family, told apart by what lies inside rather than by its name."""
    names = names_in(body)
    if any(name.startswith("word/") for name in names):
        return read_docx(body)
    if any(name.startswith("xl/") for name in names):
        return read_xlsx(body)
    if any(name.startswith("ppt/") for name in names):
        return read_pptx(body)
    if "OFD.xml" in names:
        return read_ofd(body)
    raise UnreadableError("压缩包，本系统不解压读取，须由人工核对")


def _read_data(
    body: bytes, url: str, content_type: str | None, sort: str, today: date, answers: Sequence[Answer]
) -> Page:
    text, charset = decode(body, content_type)
    for answer in answers:
        page = answer(text, url, today)
        if page is not None:
            return page
    if sort == "xml":
        made = read_xml_list(text, url, today)
    else:
        value = parse_json(text)
        made = read_json_list(value, url, today) if value is not None else None
    return made if made is not None else _document(url, charset, text, ())


def _document(url: str, charset: str, text: str, grids: tuple[Grid, ...]) -> Page:
    signature = signature_of(text)
    clues: tuple[DateClue, ...] = ()
    if signature:
        clues = (DateClue(source=DateSource.ATTACHMENT, day=signature.day, raw=signature.raw, certain=False),)
    return Page(
        url=url,
        adapter="document",
        charset=charset,
        kind=PageKind.DOCUMENT,
        title=_file_name(url),
        text=text[:MAX_TEXT],
        tables=grids,
        dates=clues,
    )


def _unreadable(url: str, reason: str) -> Page:
    return Page(
        url=url,
        adapter="document",
        charset="",
        kind=PageKind.DOCUMENT,
        title=_file_name(url),
        shell=f"无法读取附件：{reason}",
    )


def _file_name(url: str) -> str:
    try:
        path = urlsplit(url).path
    except ValueError:
        path = url
    return unquote(path.rsplit("/", 1)[-1], errors="replace")[:200]
