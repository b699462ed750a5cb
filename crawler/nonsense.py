"""Whether what a page says is writing at all, or bytes read by the wrong encoding."""

import re
import unicodedata
from functools import lru_cache

GARBLED = 0.05
"""Share of characters that no writing holds from which a page is bytes and no page."""

SAMPLE = 5000
_NO_WRITING = frozenset({"Cn", "Co", "Cs"})

LOST = 2
"""Characters that could not be made out from which a text may hold words that are not seen."""

_LEAVINGS = ("锟斤拷", "烫烫烫", "屯屯屯")
"""What undecodable characters became before the page was sent."""

_CHINESE = re.compile(r"[\u4e00-\u9fff\ue000-\uf8ff€]{4,}")
_LATIN = re.compile(r"[\xa1-\xff]{6,}")
MEANT = 0.5
"""Share of Chinese characters from which a run that is taken for misread UTF-8 proves to be it."""


def is_garbled(text: str) -> bool:
    """Whether a text is bytes that are no writing: packed, encrypted, or of no known encoding."""
    said = text[:SAMPLE]
    nonsense = sum(one == "\ufffd" or unicodedata.category(one) in _NO_WRITING for one in said)
    return nonsense > 5 and nonsense > GARBLED * len(said)


def has_lost_words(text: str) -> bool:
    """Whether a text has words that cannot be made out: what it seems not to say it may say there.

    Characters were lost, or the site itself sends UTF-8 that it once took for GB18030, or GB18030 for Latin.
    """
    if text.count("\ufffd") >= LOST or any(mark in text for mark in _LEAVINGS):
        return True
    return bool(_LATIN.search(text)) or any(_is_misread(run[0]) for run in _CHINESE.finditer(text))


@lru_cache(maxsize=4096)
def _is_misread(run: str) -> bool:
    """Whether a run of Chinese characters makes UTF-8 when it is written as GB18030: plain text does not."""
    meant = run.encode("gb18030", "replace").decode("utf-8", "replace")
    return sum("\u4e00" <= one <= "\u9fff" for one in meant) > MEANT * len(meant)
