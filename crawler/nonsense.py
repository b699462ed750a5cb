"""Whether what a page says is writing at all."""

import unicodedata

GARBLED = 0.05
"""Share of characters that no writing holds from which a page is bytes and no page."""

SAMPLE = 5000
_NO_WRITING = frozenset({"Cn", "Co", "Cs"})


def is_garbled(text: str) -> bool:
    """Whether a text is bytes that are no writing: packed, encrypted, or of no known encoding."""
    said = text[:SAMPLE]
    nonsense = sum(one == "\ufffd" or unicodedata.category(one) in _NO_WRITING for one in said)
    return nonsense > 5 and nonsense > GARBLED * len(said)
