"""Small files that pages link: pictures, documents, workbooks; the same bytes every time."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from xml.sax.saxutils import escape

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATED = (
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
)
_EPOCH = (2026, 1, 1, 0, 0, 0)


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """A picture of one colour with a darker frame."""
    edge = bytes(part // 2 for part in colour)
    inner = bytes(colour)
    full = b"\0" + edge * width
    line = b"\0" + edge + inner * (width - 2) + edge
    rows = full + line * (height - 2) + full
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, content)
        for name, content in ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def docx(lines: Sequence[str], tables: Sequence[Sequence[Sequence[str]]] = ()) -> bytes:
    """A Word document of paragraphs, then tables."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(_paragraph(line) for line in lines) + "".join(_table(table) for table in tables)
    return _zipped(
        {
            "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?>'
            f'<Types xmlns="{_PACKAGE}/content-types">{_RELATED}'
            '<Override PartName="/word/document.xml" '
            f'ContentType="{_OFFICE}.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": _relations("officeDocument", "word/document.xml"),
            "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {space}>'
            f"<w:body>{body}</w:body></w:document>",
        }
    )


def _paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _table(rows: Sequence[Sequence[str]]) -> str:
    lines = "".join(
        "<w:tr>" + "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{lines}</w:tbl>"


def xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of one sheet; every cell is text."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    lines = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            for column, cell in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    kind = f"{_OFFICE}.spreadsheetml"
    return _zipped(
        {
            "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?>'
            f'<Types xmlns="{_PACKAGE}/content-types">{_RELATED}'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
            "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
            "xl/_rels/workbook.xml.rels": _relations("worksheet", "worksheets/sheet1.xml"),
            "xl/workbook.xml": f'<?xml version="1.0" encoding="UTF-8"?><workbook {space} xmlns:r="{office}">'
            '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="UTF-8"?><worksheet {space}>'
            f"<sheetData>{lines}</sheetData></worksheet>",
        }
    )


def _relations(kind: str, target: str) -> str:
    base = "http://schemas.openxmlformats.org"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<Relationships xmlns="{base}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{base}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        "</Relationships>"
    )


def _zipped(parts: dict[str, str]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), text.encode(), zipfile.ZIP_DEFLATED)
    return memory.getvalue()


def pdf(lines: Sequence[str]) -> bytes:
    """A one-page PDF in a standard Chinese font that is not embedded; its text can be read out."""
    drawn = "BT /F1 12 Tf 60 780 Td 20 TL\n"
    drawn += "".join(f"<{line.encode('utf-16-be').hex().upper()}> Tj T*\n" for line in lines) + "ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        "/DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
        "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for index, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{index} 0 obj\n{body}\nendobj\n".encode()
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{place:010d} 00000 n \n" for place in places).encode()
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)
