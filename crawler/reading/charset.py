"""Which characters the bytes of a page stand for, whatever header and page claim."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder, lookup

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,20})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([a-zA-Z0-9_-]{2,20})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,20})", re.IGNORECASE)
_CHINESE = frozenset(
    ["gb2312", "gbk", "gb18030", "x-gbk", "hz-gb-2312", "gb_2312-80", "euc-cn", "chinese", "cp936", "936"]
)
_HEAD = 4096
_SAMPLE = 20000
_TOLERATED = 0.002
"""Share of undecodable bytes below which a page still counts as the encoding it claims."""


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """The text of a page and the name of the encoding it was read by.

    Tried in turn: byte order mark, strict UTF-8, what header and page claim, GB18030, a detector; last
    UTF-8 with replacement characters (then the name is "unknown"). Raises nothing.
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
    for name in dict.fromkeys([*claimed, "utf-8", "gb18030"]):
        text = _read_as(body, name)
        if text is not None:
            return text, name
    return _by_guess(body)


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
