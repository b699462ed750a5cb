"""Schemes and scorecards for people and scripts: JSON values and tables for a terminal."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import inf
from typing import Any

from rich.table import Table

from schemes.card import LineScore, Row, Scorecard
from schemes.model import EFFECT_TITLES, METHOD_TITLES, Effect, Grade, Indicator, Scheme
from schemes.revise import copy_for_year, differences
from schemes.spoken import rule_words, worth_words
from schemes.words import as_number, plain

__all__ = [
    "assessment_json",
    "assessment_table",
    "card_json",
    "copy_for_year",
    "differences",
    "indicators_table",
    "scheme_as_json",
    "schemes_table",
    "score_words",
]


def scheme_as_json(scheme: Scheme) -> dict[str, Any]:
    """A scheme: id, name, total points, grades, indicators."""
    return {
        "id": scheme.id,
        "name": scheme.name,
        "basis": scheme.head.basis,
        "version": scheme.version,
        "total_points": as_number(out_of(scheme)),
        "lines_points": as_number(scheme.total.lines),
        "cap": as_number(scheme.total.cap),
        "weights_from_plan": scheme.total.weights_from_plan,
        "note": scheme.total.note,
        "grades": [_grade(grade) for grade in scheme.grades],
        "veto": None
        if scheme.veto is None
        else {"grade": scheme.veto.grade, "cap": as_number(scheme.veto.cap), "basis": scheme.veto.basis},
        "catalogues": [
            {"name": c.name, "categories": [category.value for category in c.categories]}
            for c in scheme.catalogues
        ],
        "pools": [
            {
                "id": pool.id,
                "title": pool.title,
                "points": as_number(pool.points),
                "lines": [line.no for line in scheme.indicators if line.pool == pool.id],
                "aggregate": pool.aggregate.value,
            }
            for pool in scheme.pools
        ],
        "indicators": [_indicator(scheme, line) for line in scheme.indicators],
        "watches": [ask.check for ask in scheme.watches],
        "trial": list(scheme.trial.checks),
    }


def out_of(scheme: Scheme) -> Decimal | None:
    """The marks a scheme is out of: bonuses beyond a hundred left aside."""
    lines, cap, hundred = scheme.total.lines, scheme.total.cap, Decimal(100)
    if lines is None or cap is None:
        return lines if cap is None else cap
    return cap if lines > hundred else min(cap, hundred)


def _grade(grade: Grade) -> dict[str, Any]:
    return {"name": grade.name, "at_least": as_number(grade.at_least), "above": as_number(grade.above)}


def _indicator(scheme: Scheme, line: Indicator) -> dict[str, Any]:
    worth = scheme.pool(line.pool).points if line.pool else line.points
    return {
        "no": line.no,
        "group": line.group,
        "subgroup": line.subgroup,
        "title": line.title,
        "standard": line.standard,
        "basis": line.basis,
        "points": as_number(worth),
        "pool": line.pool or None,
        "effect": line.effect.value,
        "method": line.method.value,
        "applies_to": [category.value for category in line.applies_to],
        "checks": list(dict.fromkeys(ask.check for ask in line.asks)),
        "trial": [c for c in dict.fromkeys(ask.check for ask in line.asks) if c in scheme.trial],
        "deduction_rule": rule_words(line),
        "evidence_required": line.evidence_required,
        "provisional": line.provisional or None,
    }


def schemes_table(schemes: Iterable[Scheme]) -> Table:
    """The schemes, one a row."""
    table = Table(title="考核办法")
    for heading in ("编号", "名称", "指标", "总分", "等次"):
        table.add_column(heading, overflow="fold")
    for scheme in schemes:
        marks = out_of(scheme)
        total = f"{plain(marks)}分" if marks is not None else ""
        total += "（年度方案定分）" if scheme.total.weights_from_plan else ""
        grades = "、".join(grade.words for grade in scheme.grades) or "不定等次"
        table.add_row(scheme.id, scheme.name, f"{len(scheme.indicators)}项", total, grades)
    return table


def indicators_table(scheme: Scheme) -> Table:
    """All lines of a scheme, one a row."""
    table = Table(title=scheme.full_name, caption=scheme.total.note)
    for heading in ("序号", "类别", "指标", "分值", "考核方式", "计分", "检查项"):
        table.add_column(heading, overflow="fold")
    for line in scheme.indicators:
        asked = dict.fromkeys(ask.check for ask in line.asks)
        checks = "\n".join(f"{c}（试行）" if c in scheme.trial else c for c in asked) or "人工"
        worth = worth_words(scheme, line)
        if line.effect in (Effect.BONUS, Effect.PENALTY):
            worth = f"{worth}（{EFFECT_TITLES[line.effect]}）"
        table.add_row(
            line.no,
            line.group,
            line.title,
            worth,
            line.how or METHOD_TITLES[line.method],
            rule_words(line),
            checks,
        )
    return table


def assessment_json(scheme: Scheme, year: int, cards: Sequence[Scorecard]) -> dict[str, Any]:
    """A whole assessment: the scheme, then each unit's score with its range, lines, grade and rows."""
    return {
        "scheme": scheme.id,
        "scheme_name": scheme.name,
        "version": scheme.version,
        "year": year,
        "missing_weights": list(dict.fromkeys(no for card in cards for no in card.missing_weights)),
        "units": [card_json(card) for card in cards],
    }


def card_json(card: Scorecard) -> dict[str, Any]:
    """One unit's card. `score` is on what is confirmed; `low` if all that is open were confirmed too."""
    return {
        "unit": card.unit,
        "name": card.unit_name,
        "category": card.category.value,
        "catalogue": card.catalogue or None,
        "score": as_number(card.score),
        "low": as_number(card.low),
        "range": [as_number(card.low), as_number(card.score)],
        "grade": card.grade or None,
        "low_grade": card.low_grade or None,
        "rank": card.rank,
        "vetoed": card.vetoed,
        "confirmed_findings": card.confirmed,
        "open_findings": card.open,
        "sum": list(card.words),
        "notes": list(card.notes),
        "missing_weights": list(card.missing_weights),
        "lines": [_line_json(line) for line in card.lines],
        "pools": [
            {
                "id": bucket.id,
                "title": bucket.title,
                "lines": list(bucket.lines),
                "points": as_number(bucket.points),
                "score": as_number(bucket.score),
                "counted_account": bucket.counted or None,
                "by_account": {target: as_number(score) for target, score in bucket.by_target},
            }
            for bucket in card.buckets
            if len(bucket.lines) > 1 or bucket.by_target
        ],
        "deductions": [_row_json(row) for row in card.rows],
    }


def _line_json(line: LineScore) -> dict[str, Any]:
    return {
        "no": line.no,
        "group": line.group,
        "title": line.title,
        "effect": line.effect.value,
        "points": as_number(line.points),
        "pool": line.pool or None,
        "score": as_number(line.score),
        "low": as_number(line.low),
        "deducted": as_number(line.deducted),
        "awarded": as_number(line.awarded),
        "self_score": as_number(line.self_score),
        "review_score": as_number(line.review_score),
        "arithmetic": line.arithmetic,
        "pending": line.pending or None,
        "note": line.note,
        "open": line.open or None,
        "excluded": line.excluded,
        "hints": list(line.hints),
    }


def _row_json(row: Row) -> dict[str, Any]:
    charge = row.charge
    kind, _, name = charge.source.partition(":")
    return {
        "line": charge.line,
        "title": row.title,
        "clause": charge.clause,
        "way": charge.way.value,
        "points": as_number(row.points),
        "certain": row.certain,
        "arithmetic": row.arithmetic,
        "summary": charge.summary,
        "url": charge.url or None,
        "finding": name if kind == "finding" else None,
        "record": name if kind == "record" else None,
        "target": charge.target or None,
        "on": charge.on.isoformat() if charge.on else None,
        "reviewer": charge.reviewer or None,
        "evidence": [
            {"kind": e.kind, "path": e.path or None, "url": e.url or None, "sha256": e.sha256 or None}
            for e in charge.exhibits
        ],
    }


def score_words(card: Scorecard) -> str:
    """A unit's score in Chinese with its range where something is still open."""
    if card.score is None:
        return "未计总分"
    if card.low is not None and card.low != card.score:
        return f"{plain(card.score)}（待核实后最低{plain(card.low)}）"
    return plain(card.score)


def assessment_table(scheme: Scheme, year: int, cards: Sequence[Scorecard]) -> Table:
    """Totals, grades and the reasons for each point lost, best first."""
    table = Table(title=f"{scheme.name}　{year}年度", caption=scheme.total.note)
    for heading in ("名次", "单位", "得分", "等次", "待核实", "失分与加分"):
        table.add_column(heading, overflow="fold")
    for card in sorted(cards, key=lambda card: (card.catalogue, card.rank or inf, card.unit)):
        reasons = [f"第{line.no}项 {line.arithmetic}" for line in card.lines if line.arithmetic]
        reasons += [f"第{line.no}项 待核实：{line.pending}" for line in card.lines if line.pending]
        reasons += [
            f"★ {row.arithmetic}" for row in card.rows if row.certain and row.charge.way.value == "veto"
        ]
        table.add_row(
            str(card.rank or ""),
            f"{card.unit_name}（{card.unit}）",
            score_words(card),
            card.grade or "—",
            f"{card.open}项" if card.open else "",
            "\n".join(reasons) or "无",
        )
    return table
