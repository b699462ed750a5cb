"""Stretches of text between two marks, found by plain search.

A pattern with `.*?` takes quadratic time over a text that opens a thousand times and never closes; this
does not.
"""

from collections.abc import Iterator


def between(text: str, opening: str, closing: str) -> Iterator[tuple[int, int, int]]:
    """Every stretch from an opening mark to the next closing one, without regard to case: where the
    opening begins, where the closing begins, and where it ends. The marks are given in small letters.
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow when made small: then case must match
        lowered = text
    at = 0
    while True:
        start = lowered.find(opening, at)
        if start < 0:
            return
        end = lowered.find(closing, start + len(opening))
        if end < 0:
            return
        at = end + len(closing)
        yield start, end, at
