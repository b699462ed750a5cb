"""Findings and outcomes as tables for a terminal."""

from collections import Counter
from collections.abc import Iterable

from rich.markup import escape
from rich.table import Table

from domain.finding import CASE_TITLES, MENDED_STATES, Finding, Verdict
from domain.observation import CHINA
from domain.outcome import OUTCOME_TITLES, name_of
from storage.codec import reason_of
from storage.export.lines import severity_words
from storage.export.shapes import Names, check_title

OUTCOME_STYLES = {"pass": "green", "violation": "red", "inconclusive": "yellow", "not_applicable": "dim"}


def findings_table(findings: Iterable[Finding], names: Names | None = None) -> Table:
    """One line a finding; the caption counts them."""
    called = names or Names()
    table = Table(show_lines=False, header_style="bold")
    for title in ("编号", "检查项", "单位", "问题", "状态", "首次发现", "佐证"):
        table.add_column(title, overflow="fold")
    number = mended = 0
    for finding in findings:
        number += 1
        mended += finding.state in MENDED_STATES
        words = escape(_shown(finding.summary))
        if finding.trial or finding.severity != "violation":
            words = f"[dim]（{severity_words(finding.severity, finding.trial)}）[/dim]{words}"
        table.add_row(
            escape(finding.id),
            f"{escape(check_title(finding.check))}\n[dim]{escape(finding.check)}[/dim]",
            escape(called.unit(finding.unit)),
            f"{words}\n[dim]{escape(_shown(finding.url))}[/dim]",
            CASE_TITLES[finding.state],
            f"{finding.first_seen.astimezone(CHINA):%Y-%m-%d}",
            str(len(finding.evidence)) if finding.evidence else "无",
        )
    table.caption = f"共{number}条，其中已整改或办结{mended}条" if number else "没有检查结果"
    return table


def outcomes_table(verdicts: Iterable[Verdict], names: Names | None = None) -> Table:
    """One line a judgement; the caption counts them by outcome."""
    called = names or Names()
    table = Table(header_style="bold")
    for title in ("判定", "检查项", "单位", "对象", "理由"):
        table.add_column(title, overflow="fold")
    counted: Counter[str] = Counter()
    for verdict in verdicts:
        outcome = name_of(verdict.outcome)
        counted[outcome] += 1
        table.add_row(
            f"[{OUTCOME_STYLES[outcome]}]{OUTCOME_TITLES[outcome]}[/]",
            escape(check_title(verdict.check)),
            escape(called.unit(verdict.subject.unit)),
            f"{escape(_shown(verdict.subject.name))}\n[dim]{escape(_shown(verdict.subject.key))}[/dim]",
            escape(_shown(reason_of(verdict.outcome))),
        )
    words = "，".join(f"{title}{counted[name]}" for name, title in OUTCOME_TITLES.items() if counted[name])
    table.caption = words or "没有判定"
    return table


def _shown(text: str) -> str:
    """Text from the web without characters that would steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)
