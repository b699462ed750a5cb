"""Markup of posts as plain text."""

import html
import re

LONGEST = 200_000
"""Characters of one post's markup that are read."""

_GAP = re.compile(r"(?i)<\s*/?\s*(p|br|div|section|li|h[1-6]|tr|blockquote)\b[^<>]{0,2000}>")
_UNSEEN = re.compile(r"(?is)<\s*(script|style)\b[^<>]{0,2000}>.*?<\s*/\s*\1\s*>")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,4000}>")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n\s*")


def plain_text(markup: str) -> str:
    """The words of a piece of HTML, a line a paragraph; plain text stays what it is."""
    text = markup[:LONGEST]
    if "<" in text:
        text = _TAG.sub("", _GAP.sub("\n", _UNSEEN.sub("", text)))
    if "&" in text:
        text = html.unescape(text)
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()
