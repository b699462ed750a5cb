"""Long numbers in a text, by what their length and their first digits let them be.

One pass finds runs of digits; only what is long enough, alone or with its next groups, is looked at.
Nothing here says that a number is anybody's: `personal` proves that.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

IDENTITY, CARD, MOBILE = "identity_number", "bank_card", "mobile_number"

SHORTEST = 11

_RUN = re.compile(r"[0-9](?:[ -]?[0-9]){10,}")
_DIGITS = re.compile(
    r"[0-9]{3,}+(?:(?=[ -](?:[0-9]{4}[ -][0-9]{4}|(?:19|20)[0-9]{6}|[0-9]{3}[0-9Xx](?![0-9])))()|)"
)
"""An unbroken run of digits; its group matches where what follows may be the next part of the same number."""

_FIRST_PARTS = frozenset({3, 4, 6, 14})
_PART = re.compile(r"[0-9]+")
_CARD_STARTS = frozenset({"60", "62", "69", "95", "43", "45", "42", "51", "52", "55"})
_CENTURIES = frozenset({"19", "20"})
_MOBILE_SECOND = frozenset("3456789")
_SPACED_IDENTITIES = frozenset({(6, 8, 4), (6, 12), (14, 4)})
"""Lengths of the parts of an identity number that is written in groups; a last X counts as a digit."""

_SPACED_MOBILE = (3, 4, 4)


@dataclass(frozen=True, slots=True)
class Number:
    """A number that may be of a kind: its digits (an identity number may end in X) and its place."""

    kind: str
    digits: str
    start: int
    end: int


def long_numbers(text: str) -> Iterator[Number]:
    """Every number of a text that by its form may be an identity, a card or a mobile number."""
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        if end - start >= SHORTEST:
            kind = _kind_of(text, start, end)
            if kind is not None:
                yield from _alone(text, start, end, kind)
        if match.lastindex and end - start in _FIRST_PARTS:
            run = _RUN.match(text, start)
            if run is not None:
                yield from _in_groups(text, [part.span() for part in _PART.finditer(text, start, run.end())])


def _kind_of(text: str, start: int, end: int) -> str | None:
    """What an unbroken run of digits may be by its length and its first digits alone: written for speed."""
    length = end - start
    if length == 18 or length == 17:
        if text[start + 6 : start + 8] in _CENTURIES:
            return IDENTITY
        return CARD if text[start : start + 2] in _CARD_STARTS else None
    if length == 11:
        return MOBILE if text[start] == "1" and text[start + 1] in _MOBILE_SECOND else None
    if length == 16 or length == 19:
        return CARD if text[start : start + 2] in _CARD_STARTS else None
    return None


def _alone(text: str, start: int, end: int, kind: str) -> Iterator[Number]:
    """What an unbroken run of digits may be, by what stands beside it."""
    after = text[end : end + 1]
    if _is_joined(text[start - 1 : start]):
        return
    if kind is IDENTITY and end - start == 17 and after in ("X", "x"):
        if not _is_joined(text[end + 1 : end + 2]):
            yield Number(IDENTITY, text[start:end] + "X", start, end + 1)
        return
    if _is_joined(after):
        return
    if kind is not IDENTITY or end - start == 18:
        yield Number(kind, text[start:end], start, end)
    if kind is IDENTITY and text[start : start + 2] in _CARD_STARTS:
        yield Number(CARD, text[start:end], start, end)


def _in_groups(text: str, parts: Sequence[tuple[int, int]]) -> Iterator[Number]:
    """What a part may be when it is read together with those that follow it."""
    lengths = tuple(end - start for start, end in parts)
    start = parts[0][0]
    if _is_joined(text[start - 1 : start]):
        return
    if lengths[0] in (6, 14):
        yield from _identity_in_groups(text, parts)
    elif lengths[:3] == (4, 4, 4):
        yield from _cards_in_groups(text, parts)
    elif lengths[:3] == _SPACED_MOBILE and text[start] == "1" and text[start + 1] in _MOBILE_SECOND:
        end = parts[2][1]
        if not _is_joined(text[end : end + 1]):
            yield Number(MOBILE, _joined(text, start, end), start, end)


def _identity_in_groups(text: str, parts: Sequence[tuple[int, int]]) -> Iterator[Number]:
    start = parts[0][0]
    for count in (2, 3):
        if count > len(parts):
            return
        end = parts[count - 1][1]
        ends_in_x = text[end : end + 1] in ("X", "x")
        end += ends_in_x
        lengths = [last - first for first, last in parts[:count]]
        lengths[-1] += ends_in_x
        words = text[start:end]
        if tuple(lengths) not in _SPACED_IDENTITIES or "-" in words or _is_joined(text[end : end + 1]):
            continue
        digits = _joined(text, start, end).upper()
        if digits[6:8] in _CENTURIES:
            yield Number(IDENTITY, digits, start, end)


def _cards_in_groups(text: str, parts: Sequence[tuple[int, int]]) -> Iterator[Number]:
    """Groups of four: sixteen digits, or up to three more in the last group or in one of their own."""
    start = parts[0][0]
    if text[start : start + 2] not in _CARD_STARTS:
        return
    for count in (4, 5):
        if count > len(parts):
            return
        end = parts[count - 1][1]
        digits = _joined(text, start, end)
        alike = text[parts[3][1] : parts[3][1] + 1] == text[parts[0][1]]
        whole = count == 4 or (alike and parts[3][1] - parts[3][0] == 4)
        if whole and 16 <= len(digits) <= 19 and not _is_joined(text[end : end + 1]):
            yield Number(CARD, digits, start, end)


def _joined(text: str, start: int, end: int) -> str:
    return text[start:end].replace(" ", "").replace("-", "")


def _is_joined(character: str) -> bool:
    """Whether a character beside a number makes it part of something longer, or of a masked number."""
    return character == "*" or (character.isascii() and character.isalnum())
