"""Closing a year, reading a closed one, and proving that nothing of it was changed."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec

from scheduler.assessing import bring_up_to_date, scorecards
from schemes.closing import (
    Appeal,
    Frozen,
    appeals,
    papers_of,
    score_text,
    thaw,
    unlike,
)
from schemes.ledger import LedgerRow
from schemes.mistakes import SchemeError
from schemes.model import Scheme
from storage.faults import StoreError
from storage.ledger_rows import Closing
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A closed year: how it was closed, what was fixed, and what appeals made of it since."""

    closing: Closing
    frozen: Frozen
    appeals: dict[str, Appeal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """Whether a closed year is whole; `problems` say in Chinese what is not."""

    seal: str
    problems: tuple[str, ...]


def close(
    store: Store,
    scheme: Scheme,
    year: int,
    today: date,
    *,
    plan: Path | None,
    at: datetime,
    author: str,
    program: str,
) -> Closed:
    """Brings the ledger up to date and fixes scheme, plan, ledger, cards and scores of a year under a hash.

    Raises StoreError when the year is closed already, nobody is assessed, or weights are lacking; OSError
    when the scheme's file or the plan's cannot be read.
    """
    if store.closing(scheme.id, year) is not None:
        raise StoreError(f"{scheme.id} {year}年度已经封账")
    rows = bring_up_to_date(store, scheme, year, today, at=at, author=author, program=program)
    cards = scorecards(store, scheme, year, today)
    if not cards:
        raise StoreError(f"名录中没有“{scheme.name}”考核的单位，不能封账")
    lacking = next((card for card in cards if card.missing_weights), None)
    if lacking is not None:
        raise StoreError(
            f"{lacking.unit_name}有{len(lacking.missing_weights)}项没有分值，请先用 --plan 给出年度方案再封账"
        )
    text = Path(scheme.source).read_bytes().decode()
    weights = plan.read_bytes().decode() if plan else ""
    frozen = Frozen(scheme=scheme, cards=cards, plan=weights)
    scores = {card.unit: score_text(card) for card in cards}
    problems = unlike(frozen, rows, scores)
    if problems:
        raise StoreError("台账与成绩不一致，没有封账：" + "；".join(problems[:5]))
    closing = store.close_year(
        scheme.id,
        year,
        at=at,
        author=author,
        versions=[scheme.version],
        scores=scores,
        papers=papers_of(text, weights, cards),
        rows_seen=len(rows),
    )
    return Closed(closing=closing, frozen=frozen, appeals={})


def closed(store: Store, scheme: str, year: int) -> Closed | None:
    """A year as it was closed, with the appeals since; None while it is open or where no cards were kept.

    Raises StoreError when what was kept cannot be read any more.
    """
    closing = store.closing(scheme, year)
    papers = store.closing_papers(scheme, year) if closing is not None else {}
    if closing is None or not papers:
        return None
    frozen = _thawed(papers, closing)
    return Closed(
        closing=closing,
        frozen=frozen,
        appeals=appeals(frozen, store.ledger(scheme, year), closing.at),
    )


def _thawed(papers: dict[str, str], closing: Closing) -> Frozen:
    try:
        return thaw(papers, tuple(closing.scores))
    except (SchemeError, msgspec.MsgspecError, KeyError, ValueError) as error:
        raise StoreError(
            f"{closing.scheme} {closing.year}年度封存的内容读不出来（{error}），请用备份恢复"
        ) from error


def prove(store: Store, scheme: str, year: int) -> Proven | None:
    """Whether a closed year is as it was closed; None while it is open.

    The seal is reckoned again over rows, scores and texts, and the scores again from the ledger's rows.
    """
    closing = store.closing(scheme, year)
    if closing is None:
        return None
    problems: list[str] = []
    try:
        if not store.verify_closing(scheme, year):
            problems.append("封账号对不上：台账、分数或封存的内容在封账后被改动过")
        papers = store.closing_papers(scheme, year)
        if papers:
            problems += unlike(_thawed(papers, closing), _before(store, closing), closing.scores)
    except StoreError as error:
        problems.append(str(error))
    return Proven(seal=closing.seal, problems=tuple(problems))


def _before(store: Store, closing: Closing) -> list[LedgerRow]:
    return [row for row in store.ledger(closing.scheme, closing.year) if row.at <= closing.at]
