"""Near-duplicates among annual reports: MinHash finds the candidates, an exact comparison confirms them.

What is compared is the units' own words (`report.masked_text`): names, years, figures, prescribed
headings, captions and statutory wording do not count as likeness.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel
from rensa import RMinHash, RMinHashLSH

from domain.observation import Peer

SAME_TEXT = 0.9
"""From this share of common text on two reports are alike (1: the same)."""

SHORT_TEXT = 300
"""Below so many own characters chance likeness is easy: then `SAME_SHORT_TEXT` is asked."""

SAME_SHORT_TEXT = 0.97

LEAST_TEXT = 80
"""Reports with fewer own characters are not compared: there is nothing to copy."""

CROWD = 50
"""From so many reports on, turns of phrase common to them are left out of the search for candidates."""

SAMPLE = 100

LITTLE_OF_ITS_OWN = 0.3
"""Below this share of uncommon shingles a text is searched with the common ones too."""

_FRAME = re.compile(
    r"20\d\d|年度|[年的度]|政府信息|政务信息|信息公开|政务公开|公开|工作|报告|年报|关于|发布|公布|公告|[^\u4e00-\u9fff]"
)
"""The words of a report's title that do not name its unit."""

_SHINGLE = 4
_PERMUTATIONS = 126
_BANDS = 42
_SEED = 711


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A report as it is compared: address, owner, year and its own words."""

    url: str
    unit: str
    title: str
    year: int
    own: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Two reports whose own words are alike; `similarity` runs from 0 to 1."""

    one: Written
    other: Written
    similarity: float


def near_duplicates(reports: Sequence[Written], threshold: float = SAME_TEXT) -> tuple[Likeness, ...]:
    """Every pair of reports that are alike, the most alike first. The same address is never a pair."""
    known = [report for report in reports if len(report.own) >= LEAST_TEXT]
    pairs = (_compare(known[i], known[j], threshold) for i, j in _candidates(known))
    found = [pair for pair in pairs if pair is not None]
    return tuple(sorted(found, key=lambda pair: (-pair.similarity, pair.one.url, pair.other.url)))


def peers(
    reports: Sequence[Written], year: int, threshold: float = SAME_TEXT
) -> Mapping[str, tuple[Peer, ...]]:
    """For each report of `year`, the reports that its text matches: another unit's, or its own earlier one.

    Every report of the year that could be compared has an entry, empty where nothing matches; one with
    too few words of its own has none.
    """
    found: dict[str, list[Peer]] = {
        report.url: [] for report in reports if report.year == year and len(report.own) >= LEAST_TEXT
    }
    for pair in near_duplicates([report for report in reports if report.year <= year], threshold):
        for this, that in ((pair.one, pair.other), (pair.other, pair.one)):
            if this.year != year or (that.year == year and _same_report(this, that)):
                continue
            of = f"{that.year}年" if this.unit == that.unit else that.unit
            found[this.url].append(
                Peer(url=that.url, unit=that.unit, title=that.title, similarity=pair.similarity, of=of)
            )
    return {url: tuple(matches) for url, matches in found.items()}


def _same_report(one: Written, other: Written) -> bool:
    """Whether two addresses show one unit's report: by owner, or by a title that names the same unit."""
    names = [_FRAME.sub("", report.title) for report in (one, other)]
    return one.unit == other.unit or (len(names[0]) >= 3 and names[0] == names[1])


def _candidates(reports: Sequence[Written]) -> Iterator[tuple[int, int]]:
    """Pairs of places in the sequence that share enough shingles to be worth comparing.

    Turns of phrase that many reports of the crowd use are left out of the search, lest every pair be a
    candidate; a text that consists of little else is searched with them.
    """
    common = _common_shingles(reports)
    index = RMinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    for place, report in enumerate(reports):
        whole = _shingles(report.own)
        rare = whole - common
        share = len(rare) / len(whole)
        sets = [
            *([rare] if share >= LITTLE_OF_ITS_OWN / 2 else []),
            *([whole] if share <= LITTLE_OF_ITS_OWN else []),
        ]
        sketches = [_sketch(shingles) for shingles in sets]
        for other in sorted({key // 2 for sketch in sketches for key in index.query(sketch)}):
            yield other, place
        for turn, sketch in enumerate(sketches):
            index.insert(2 * place + turn, sketch)


def _common_shingles(reports: Sequence[Written]) -> frozenset[str]:
    """Shingles in over a fifth of the reports, judged by an even sample; none where reports are few."""
    if len(reports) < CROWD:
        return frozenset()
    sample = reports[:: max(1, len(reports) // SAMPLE)]
    counts = Counter(shingle for report in sample for shingle in _shingles(report.own))
    return frozenset(shingle for shingle, count in counts.items() if count * 5 > len(sample))


def _sketch(shingles: frozenset[str]) -> RMinHash:
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(list(shingles))
    return sketch


def _shingles(text: str) -> frozenset[str]:
    return frozenset(text[i : i + _SHINGLE] for i in range(len(text) - _SHINGLE + 1))


def _compare(one: Written, other: Written, threshold: float) -> Likeness | None:
    if one.url == other.url:
        return None
    short = min(len(one.own), len(other.own)) < SHORT_TEXT
    asked = max(threshold, SAME_SHORT_TEXT) if short else threshold
    similarity = Indel.normalized_similarity(one.own, other.own, score_cutoff=asked)
    if similarity < asked:
        return None
    return Likeness(one=one, other=other, similarity=round(similarity, 3))
