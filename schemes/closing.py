"""A closed year: the texts that were fixed with it, the cards read back from them, appeals since then.

The papers of a closed year are texts by name: `scheme` (its file), `plan` (the yearly plan's, where there is
one) and `card/UNIT` (each unit's whole card). The year's seal covers them, the ledger and the scores.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import msgspec

from domain.observation import CHINA
from schemes.card import Scorecard
from schemes.ledger import Entry, LedgerRow, recompute
from schemes.model import Scheme
from schemes.plan import read_plan, with_plan
from schemes.scheme import read_scheme
from schemes.words import plain, points

SCHEME, PLAN, CARD = "scheme", "plan", "card/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A closed year as it was closed. `plan` is the text of the yearly plan (empty: none)."""

    scheme: Scheme
    cards: tuple[Scorecard, ...]
    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """What reversals after the closing make of a unit's result; the frozen score itself stands as it was."""

    unit: str
    reversals: tuple[LedgerRow, ...]
    score: Decimal | None
    grade: str

    @property
    def words(self) -> str:
        """The appeal in Chinese, with the arithmetic of each reversal."""
        rows = "；".join(
            f"第{row.line}项冲销{row.reverses}（{row.arithmetic}），{row.reason}，"
            f"{row.author} {row.at.astimezone(CHINA):%Y-%m-%d}"
            for row in self.reversals
        )
        score = points(self.score) if self.score is not None else "未计总分"
        grade = f"，{self.grade}" if self.grade else ""
        return f"封账后冲销{len(self.reversals)}笔，冲销后{score}{grade}：{rows}"


def papers_of(scheme: str, plan: str, cards: Iterable[Scorecard]) -> dict[str, str]:
    """The papers to close a year with, from the text of the scheme's file, the plan's, and the cards."""
    papers = {SCHEME: scheme} | ({PLAN: plan} if plan else {})
    papers |= {CARD + card.unit: msgspec.json.encode(card).decode() for card in cards}
    return papers


def thaw(papers: Mapping[str, str], order: Sequence[str] = ()) -> Frozen:
    """A closed year from its papers, its cards in the order of the units named (others after them).

    Raises SchemeError or msgspec.ValidationError when a paper is not what was written.
    """
    scheme = read_scheme(papers[SCHEME].encode(), Path("封账时的考核办法.toml"))
    plan = papers.get(PLAN, "")
    if plan:
        scheme = with_plan(scheme, read_plan(plan.encode(), "封账时的年度方案.toml", scheme))
    place = {unit: number for number, unit in enumerate(order)}
    cards = [
        msgspec.json.decode(body, type=Scorecard) for name, body in papers.items() if name.startswith(CARD)
    ]
    cards.sort(key=lambda card: (place.get(card.unit, len(place)), card.unit))
    return Frozen(scheme=scheme, cards=tuple(cards), plan=plan)


def score_text(card: Scorecard) -> str:
    """A card's score as a closing keeps it; empty where there is none."""
    return "" if card.score is None else plain(card.score)


def appeals(frozen: Frozen, ledger: Iterable[LedgerRow], closed_at: datetime) -> dict[str, Appeal]:
    """What reversals after the closing make of each unit's result, by unit; units without any are absent."""
    rows: dict[str, list[LedgerRow]] = {}
    for row in ledger:
        rows.setdefault(row.unit, []).append(row)
    found: dict[str, Appeal] = {}
    for card in frozen.cards:
        mine = rows.get(card.unit, [])
        later = tuple(row for row in mine if row.at > closed_at and row.entry is Entry.REVERSAL)
        if later:
            result = recompute(frozen.scheme, mine)
            found[card.unit] = Appeal(unit=card.unit, reversals=later, score=result.score, grade=result.grade)
    return found


def with_appeals(cards: Iterable[Scorecard], found: Mapping[str, Appeal]) -> tuple[Scorecard, ...]:
    """The frozen cards with what appeals made of them among their notes; scores stay as they were."""
    return tuple(
        replace(card, notes=(found[card.unit].words, *card.notes)) if card.unit in found else card
        for card in cards
    )


def unlike(frozen: Frozen, ledger: Iterable[LedgerRow], scores: Mapping[str, str]) -> list[str]:
    """Where cards, scores and the ledger's rows of a closing do not say the same, in Chinese; none: all do.

    `ledger` are the rows that stood when the year was closed.
    """
    rows: dict[str, list[LedgerRow]] = {}
    for row in ledger:
        rows.setdefault(row.unit, []).append(row)
    problems = [
        f"{unit}：有分数而没有成绩单" for unit in scores if unit not in {c.unit for c in frozen.cards}
    ]
    for card in frozen.cards:
        text, kept = score_text(card), scores.get(card.unit)
        if kept != text:
            problems.append(
                f"{card.unit}：成绩单{text or '无分'}，封账分数{'没有' if kept is None else kept or '无分'}"
            )
        if card.version != frozen.scheme.version:
            problems.append(f"{card.unit}：成绩单所用办法版本与封存的办法不一致")
            continue
        problems += _unlike_rows(frozen.scheme, card, rows.get(card.unit, []))
    return problems


def _unlike_rows(scheme: Scheme, card: Scorecard, rows: Sequence[LedgerRow]) -> list[str]:
    try:
        again = recompute(scheme, rows)
    except ValueError as error:
        return [f"{card.unit}：台账不能重算（{error}）"]
    if (again.score, again.grade) != (card.score, card.grade):
        counted, kept = _said(again.score), _said(card.score)
        return [f"{card.unit}：台账重算为{counted}{again.grade}，成绩单为{kept}{card.grade}"]
    return []


def _said(score: Decimal | None) -> str:
    return "无分" if score is None else points(score)
