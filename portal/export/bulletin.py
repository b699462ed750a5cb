"""A draft of the bulletin (通报): overall, main problems, what is asked next and by when, and the annex."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.finding import Finding
from portal.export.assessment import newest_of
from portal.export.bars import Bar, bars
from portal.export.papers import Column, Paper
from portal.export.report import overall, ranking, spread
from schemes.card import Row, Scorecard
from schemes.charge import Way
from schemes.model import Scheme
from schemes.words import plain

ANNEX = (
    Column("序号", 1.2, True),
    Column("单位", 3.6),
    Column("网站（账号）", 3.0),
    Column("问题", 5.6),
    Column("最近更新", 2.2, True),
    Column("扣分", 1.3, True),
)
NAMED = 8
"""How many units a paragraph names before it says how many more there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a bulletin needs from a person: issuing office and date, the last day to mend, the recheck."""

    office: str
    issued_on: date
    mend_by: date
    recheck_on: date


def bulletin_docx(
    scheme: Scheme,
    year: int,
    cards: Sequence[Scorecard],
    terms: Terms,
    out: Path,
    findings: Iterable[Finding] = (),
    names: Mapping[str, str] | None = None,
) -> None:
    """Writes the draft. Only what is confirmed is named. `names` are those of sites and accounts by id.

    Raises ValueError when the recheck lies before the last day to mend, OSError when it cannot be written.
    """
    if terms.recheck_on < terms.mend_by or terms.mend_by < terms.issued_on:
        raise ValueError("日期次序应为：通报日期、整改期限、复查日期")
    paper = Paper(size=12)
    paper.title(f"关于{year}年度政务公开考核监测情况的通报", "（稿）")
    paper.heading("一、总体情况")
    paper.text(
        f"按照{scheme.full_name}，对各单位{year}年度政务公开工作进行了考核监测。" + overall(scheme, cards)
    )
    spread(paper, scheme, cards)
    paper.heading("二、主要问题")
    bars(paper, "涉及单位数", kinds(cards))
    problems = list(paragraphs(cards))
    for number, words in enumerate(problems, start=1):
        paper.text(f"{number}．{words}")
    if not problems:
        paper.text("本期没有认定的扣分问题。")
    paper.heading("三、下一步要求")
    for words in demands(cards, terms):
        paper.text(words)
    _signature(paper, terms)
    paper.break_page()
    paper.heading("附件1　得分与等次")
    ranking(paper, cards)
    paper.heading("附件2　问题清单")
    paper.table(ANNEX, list(annex(cards, names or {}, newest_of(findings))))
    paper.save(out)


def kinds(cards: Sequence[Scorecard]) -> list[Bar]:
    """How many units each line cost points, the widest spread first."""
    return [
        Bar(title, len(units), f"{len(units)}个单位{sum(map(len, units.values()))}处")
        for title, units in _by_line(cards)
    ]


def _by_line(cards: Sequence[Scorecard]) -> list[tuple[str, dict[str, list[Row]]]]:
    by_line: dict[str, dict[str, list[Row]]] = {}
    titles: dict[str, str] = {}
    for card in cards:
        for row in _charged(card):
            titles[row.charge.line] = row.title
            by_line.setdefault(row.charge.line, {}).setdefault(card.unit_name, []).append(row)
    wide = sorted(by_line.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(titles[line], units) for line, units in wide]


def paragraphs(cards: Sequence[Scorecard]) -> Iterator[str]:
    """One paragraph for each line that cost points, the widest spread first."""
    for title, units in _by_line(cards):
        count = sum(len(rows) for rows in units.values())
        named = [f"{unit}（{len(rows)}处）" if len(rows) > 1 else unit for unit, rows in units.items()]
        more = f"等{len(named)}个单位" if len(named) > NAMED else ""
        who = "、".join(named[:NAMED]) + more
        yield f"{title}：{len(units)}个单位{count}处。涉及{who}。"


def _charged(card: Scorecard) -> Iterator[Row]:
    for row in card.rows:
        takes = row.charge.way is Way.TAKE and row.charge.source.startswith(("finding:", "record:"))
        if row.certain and (row.charge.way is Way.VETO or (takes and row.points < 0)):
            yield row


def demands(cards: Sequence[Scorecard], terms: Terms) -> Iterator[str]:
    """What the units are asked to do, with dates."""
    named = sum(1 for card in cards if any(True for _ in _charged(card)))
    yield (
        f"（一）限期整改。附件2所列{named}个单位要逐条核对，于{_day(terms.mend_by)}前整改到位，"
        "并报送整改情况和佐证（链接和截图）。对问题有异议的，在同一期限内书面提出。"
    )
    yield f"（二）按期复查。{_day(terms.recheck_on)}统一复查，仍未整改的再次点名，并按考核办法计分。"
    failed = [card.unit_name for card in cards if card.vetoed]
    if failed:
        who = "、".join(failed)
        yield f"（三）重点督办。{who}存在单项否决问题，主要负责人要亲自过问，查明原因，举一反三。"


def annex(
    cards: Sequence[Scorecard], names: Mapping[str, str], newest: Mapping[str, str]
) -> Iterator[list[object]]:
    """The rows of the list of problems."""
    number = 0
    for card in cards:
        for row in _charged(card):
            number += 1
            charge = row.charge
            points = "否决" if charge.way is Way.VETO else plain(-row.points)
            yield [
                number,
                card.unit_name,
                names.get(charge.target, charge.target),
                charge.summary or charge.arithmetic,
                newest.get(charge.source, ""),
                points,
            ]


def _signature(paper: Paper, terms: Terms) -> None:
    paper.right(terms.office)
    paper.right(_day(terms.issued_on))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
