"""Which characters the bytes of a page stand for, whatever header and page claim."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder, lookup

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,20})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([a-zA-Z0-9_-]{2,20})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,20})", re.IGNORECASE)
_CHINESE = frozenset(
    ["gb2312", "gbk", "gb18030", "x-gbk", "hz-gb-2312", "gb_2312-80", "euc-cn", "chinese", "cp936", "936"]
)
_PATCHED = frozenset({"utf-8", "gb18030"})
"""The encodings of which pages are patched together: a foot of one included in a page of the other."""

_PIECE = re.compile(rb"[^<>\n\"']+")
"""What stands between signs that are no part of a character in either encoding."""

_UTF8_RUN = re.compile(rb"(?:[\xe3-\xe9\xef][\x80-\xbf][\x80-\xbf]){3}")
_UTF8_WRITING = re.compile(
    r"[\x00-\x7f\xa0\xa9\xab\xb7\xbb\u2000-\u206f\u2190-\u25ff\u3000-\u303f\u4e00-\u9fff\uff00-\uff5e\uffe5]*"
)
_HEAD = 4096
_SAMPLE = 20000
_TOLERATED = 0.002
"""Share of undecodable bytes below which a page still counts as the encoding it claims."""


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """The text of a page and the name of the encoding it was read by.

    Tried in turn: byte order mark, strict UTF-8, UTF-8 and GB18030 side by side, what header and page
    claim, GB18030, a detector; last UTF-8 with replacement characters (then the name is "unknown").
    Raises nothing.
    """
    marked = _by_mark(body)
    if marked:
        return marked
    try:
        # a body cut off inside its last character is still strict UTF-8
        return getincrementaldecoder("utf-8")().decode(body), "utf-8"
    except UnicodeDecodeError:
        pass
    claimed = _claims(body, content_type)
    if not set(claimed) - _PATCHED:
        mixed = _by_pieces(body)
        if mixed:
            return mixed
    for name in dict.fromkeys([*claimed, "utf-8", "gb18030"]):
        text = _read_as(body, name)
        if text is not None:
            return text, name
    return _by_guess(body)


def _by_pieces(body: bytes) -> tuple[str, str] | None:
    """A page that is part UTF-8 and part GB18030, each piece read by its own, named after the greater part;
    None for a page that is of one kind.
    """
    if not _UTF8_RUN.search(body):
        return None
    sizes = {"utf-8": 0, "gb18030": 0}
    pieces: dict[bytes, str] = {}
    for match in _PIECE.finditer(body):
        piece = match[0]
        if piece.isascii():
            continue
        name = _piece_name(piece)
        if name:
            pieces[piece] = name
            sizes[name] += len(piece)
    if not all(sizes.values()):
        return None
    main = max(sizes, key=lambda name: sizes[name])
    text, end = [], 0
    for match in _PIECE.finditer(body):
        text.append(body[end : match.start()].decode("latin-1"))
        text.append(match[0].decode(pieces.get(match[0], main), "replace"))
        end = match.end()
    return "".join(text) + body[end:].decode("latin-1"), main


def _piece_name(piece: bytes) -> str:
    """Which encoding a piece is surely of: UTF-8 that is all Chinese writing, or GB18030 and no UTF-8."""
    try:
        text = piece.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = piece.decode("gb18030")
        except UnicodeDecodeError:
            return ""
        return "gb18030" if sum("\u4e00" <= one <= "\u9fff" for one in text) >= 2 else ""
    chinese = sum("\u4e00" <= one <= "\u9fff" for one in text)
    return "utf-8" if chinese >= 2 and _UTF8_WRITING.fullmatch(text) else ""


def _by_mark(body: bytes) -> tuple[str, str] | None:
    if body.startswith(BOM_UTF8):
        return body[3:].decode("utf-8", "replace"), "utf-8"
    if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return body.decode("utf-16", "replace"), "utf-16"
    return None


def _claims(body: bytes, content_type: str | None) -> list[str]:
    """The encodings that header and page name, in Python's names, without doubles."""
    found = _HEADER.findall(content_type or "")[:1]
    for pattern in (_META, _XML):
        match = pattern.search(body[:_HEAD])
        if match:
            found.append(match.group(1).decode("ascii"))
    names = [_python_name(name) for name in found]
    return list(dict.fromkeys(name for name in names if name))


def _python_name(claimed: str) -> str:
    claimed = claimed.lower()
    if claimed in _CHINESE:
        return "gb18030"
    if claimed in ("iso-8859-1", "latin1", "windows-1252", "ascii", "us-ascii"):
        return ""  # what servers say of anything: no claim at all
    try:
        codec = lookup(claimed)
    except LookupError:
        return ""
    return codec.name if codec._is_text_encoding else ""


def _read_as(body: bytes, name: str) -> str | None:
    """The text in this encoding; None where too much of it is nonsense.

    A page cut in the middle of a character, or with a few stray bytes of another encoding pasted in,
    is still what it is for the rest.
    """
    try:
        return body.decode(name)
    except UnicodeDecodeError:
        text = body.decode(name, "replace")
    except (LookupError, UnicodeError):
        return None
    broken = text.count("\ufffd")
    if broken > max(3, len(body) * _TOLERATED):
        return None
    sound = sum(1 for character in text if character > "\x7f") - broken
    return text if sound > broken or name == "gb18030" else None


def _by_guess(body: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # large, and hardly ever needed

    best = from_bytes(body[:_SAMPLE]).best()
    if best is not None:
        text = _read_as(body, best.encoding)
        if text is not None:
            return text, best.encoding
    return body.decode("utf-8", "replace"), "unknown"
