"""Closing a year, reading a closed one, and proving that nothing of it was changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from domain.observation import CHINA
from schemes.card import Scorecard
from schemes.closing import (
    Appeal,
    Frozen,
    appeals,
    papers_of,
    score_text,
    thaw,
    unlike,
    with_appeals,
)
from schemes.ledger import LedgerRow
from schemes.mistakes import SchemeError
from schemes.model import Scheme
from schemes.words import as_number
from storage.assessing import post_cards, scorecards
from storage.faults import StoreError
from storage.ledger_rows import Closing
from storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A closed year: how it was closed, what was fixed, and what appeals made of it since."""

    closing: Closing
    frozen: Frozen
    appeals: Mapping[str, Appeal]

    @property
    def cards(self) -> tuple[Scorecard, ...]:
        """The cards as they were fixed, with what appeals made of them among their notes."""
        return with_appeals(self.frozen.cards, self.appeals)


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
    shown: Mapping[str, str] | None = None,
) -> Closed:
    """Brings the ledger up to date and fixes scheme, plan, ledger, cards and scores of a year under a hash.

    `shown` are the scores by unit that whoever closes the year was shown (None: not known). Raises StoreError
    when the year is closed already, nobody is assessed, weights are lacking, the scores are not those shown,
    or the files of scheme and plan cannot be read or are no longer those that the scores were reckoned by.
    """
    if store.closing(scheme.id, year) is not None:
        raise StoreError(f"{scheme.id} {year}年度已经封账")
    cards = scorecards(store, scheme, year, today)
    _refuse_unfit(scheme, cards, shown)
    text, weights = _text_of(Path(scheme.source)), _text_of(plan) if plan else ""
    papers, scores = papers_of(text, weights, cards), {card.unit: score_text(card) for card in cards}
    frozen = _refuse_other_files(papers, scheme, tuple(scores))
    rows = post_cards(store, scheme.id, year, cards, at=at, author=author, program=program)
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
        papers=papers,
        rows_seen=len(rows),
    )
    return Closed(closing=closing, frozen=frozen, appeals={})


def _refuse_unfit(scheme: Scheme, cards: Sequence[Scorecard], shown: Mapping[str, str] | None) -> None:
    if not cards:
        raise StoreError(f"名录中没有“{scheme.name}”考核的单位，不能封账")
    lacking = next((card for card in cards if card.missing_weights), None)
    if lacking is not None:
        raise StoreError(
            f"{lacking.unit_name}有{len(lacking.missing_weights)}项没有分值，请先用 --plan 给出年度方案"
            "（或放入数据文件夹的 plans 文件夹）再封账"
        )
    if shown is not None and shown != {card.unit: score_text(card) for card in cards}:
        raise StoreError(
            "封账以最近一轮巡检的名录和现有认定为准，所得成绩与页面上显示的不同，没有封账。"
            "名录如有改动，请先巡检一次；否则请刷新页面核对后再封账"
        )


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"文件“{path.name}”读不出来（{error}），没有封账") from error


def _refuse_other_files(papers: Mapping[str, str], scheme: Scheme, order: Sequence[str]) -> Frozen:
    """What the papers will be read back as. A file changed since it was loaded would tell of other rules."""
    try:
        frozen = thaw(papers, order)
    except (SchemeError, msgspec.MsgspecError) as error:
        raise StoreError(f"考核办法或年度方案的文件有误，没有封账：{error}") from error
    if frozen.scheme.version != scheme.version:
        raise StoreError(
            f"“{Path(scheme.source).name}”或年度方案在计分之后改过，没有封账。请重新启动程序、核对成绩后再封账"
        )
    return frozen


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


def closing_as_json(closed: Closed | None) -> dict[str, Any]:
    """How the year was closed, and what appeals made of scores since; null while it is open."""
    if closed is None:
        return {"closing": None}
    closing = closed.closing
    return {
        "closing": {
            "seal": closing.seal,
            "at": closing.at.astimezone(CHINA).isoformat(),
            "author": closing.author,
            "appeals": [_appeal_as_json(appeal) for appeal in closed.appeals.values()],
        }
    }


def _appeal_as_json(appeal: Appeal) -> dict[str, Any]:
    return {
        "unit": appeal.unit,
        "score": as_number(appeal.score),
        "grade": appeal.grade or None,
        "reversals": [
            {
                "id": row.id,
                "reverses": row.reverses,
                "line": row.line,
                "points": as_number(row.signed),
                "reason": row.reason,
                "author": row.author,
                "at": row.at.astimezone(CHINA).isoformat(),
            }
            for row in appeal.reversals
        ],
    }


def closing_words(closed: Closed) -> list[str]:
    """The same in Chinese: first that the scores are those of the closing, then each appeal."""
    closing, names = closed.closing, {card.unit: card.unit_name for card in closed.frozen.cards}
    day = closing.at.astimezone(CHINA)
    first = f"本年度已于{day:%Y年%-m月%-d日}由{closing.author}封账，封账号 {closing.seal}；以上为封账成绩。"
    return [first, *(f"{names[each.unit]}：{each.words}" for each in closed.appeals.values())]
