"""Which of several clues to a publication date to believe, and what speaks against it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from crawler.reading.dates import EARLIEST
from domain.page import DATE_SOURCE_TITLES, DateClue, DateSource


class Belief(NamedTuple):
    """What is believed of a page's publication date: the day, where it was read, and why, in Chinese."""

    day: date | None
    source: DateSource | None
    why: str


_TRUST = tuple(DateSource)


def believe(clues: Iterable[DateClue]) -> Belief:
    """The publication date that the clues speak for.

    The order of trust is that of DateSource: page tag, label, list, address, text, attachment, our own
    first sight; a certain clue goes before an uncertain one. An address or a signature that agrees with
    nothing else is only believed where there is nothing better.
    """
    known = [clue for clue in clues if clue.day >= EARLIEST]
    if not known:
        return Belief(None, None, "页面未标明日期")
    known.sort(key=lambda clue: (not clue.certain, _TRUST.index(clue.source)))
    best = known[0]
    others = [clue for clue in known[1:] if clue.day != best.day]
    agreeing = [
        DATE_SOURCE_TITLES[c.source] for c in known[1:] if c.day == best.day and c.source != best.source
    ]
    why = f"依据{DATE_SOURCE_TITLES[best.source]}“{best.raw}”"
    if agreeing:
        why += f"，与{'、'.join(dict.fromkeys(agreeing))}一致"
    rivals = [c for c in others if c.source in (DateSource.TAG, DateSource.LABEL, DateSource.LIST)]
    if rivals:
        words = "、".join(f"{DATE_SOURCE_TITLES[c.source]}为{c.day.isoformat()}" for c in rivals[:2])
        why += f"；但{words}"
    if best.yearless:
        why += "，页面未写年份，取不晚于当日的最近一次"
    if not best.certain:
        why += "（仅供参考）"
    return Belief(best.day, best.source, why)


def doubt(clues: Iterable[DateClue]) -> str:
    """Why the believed date is uncertain, as a Chinese clause; empty where nothing speaks against it."""
    known = [clue for clue in clues if clue.day >= EARLIEST]
    day, source, _ = believe(known)
    if day is None or source is None:
        return "页面未标明日期"
    if not any(clue.certain and clue.source == source and clue.day == day for clue in known):
        return f"日期仅见于{DATE_SOURCE_TITLES[source]}"
    if not any(not clue.yearless and clue.source == source and clue.day == day for clue in known):
        return "页面日期未写年份，年份是推定的"
    strong = (DateSource.TAG, DateSource.LABEL, DateSource.LIST)
    for clue in known:
        if clue.certain and clue.source in strong and abs((clue.day - day).days) > 1:
            words = f"{DATE_SOURCE_TITLES[clue.source]}为{clue.day.isoformat()}"
            return f"{words}，与{DATE_SOURCE_TITLES[source]}不一致"
    return ""
