"""The bulletin of a week, a month, a quarter: how it went against the one before, what is wrong, what to do.

Only what is confirmed is named. The figures of the period before are reckoned anew from what stands today,
so that a case that was dismissed meanwhile is in neither.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.finding import Finding
from portal.export.bars import Bar, bars
from portal.export.bulletin import NAMED, Terms
from portal.export.papers import Column, Paper
from portal.export.periods import TITLES, Period, PeriodKind
from portal.export.report import overall, ranking, spread
from schemes.card import Scorecard
from schemes.model import Scheme

UNITS = (
    Column("序号", 1.2, True),
    Column("单位", 4.6),
    Column("本期新认定", 2.0, True),
    Column("上期新认定", 2.0, True),
    Column("本期整改", 2.0, True),
    Column("期末未了结", 2.0, True),
    Column("其中逾期", 1.8, True),
)
PROBLEMS = (
    Column("序号", 1.1, True),
    Column("单位", 3.2),
    Column("网站（账号）", 2.8),
    Column("问题", 5.2),
    Column("认定日期", 2.3, True),
    Column("整改期限", 2.3, True),
    Column("现状", 1.7, True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A confirmed lapse: when it was confirmed, when it was seen mended, until when it was to be mended."""

    finding: Finding
    confirmed_on: date
    mended_on: date | None = None
    due: date | None = None

    def open_on(self, day: date) -> bool:
        """Whether it was owed at the end of a day."""
        return self.confirmed_on <= day and (self.mended_on is None or self.mended_on > day)

    def overdue_on(self, day: date) -> bool:
        """Whether its time was up by the end of a day."""
        return self.open_on(day) and self.due is not None and self.due < day


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """What was watched: units, sites, accounts, how often; `waiting` counts what nobody confirmed yet."""

    units: int
    sites: int
    accounts: int
    scans: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One period in numbers. `open`, `overdue` are as of its last day."""

    confirmed: int
    mended: int
    open: int
    overdue: int
    relapsed: int

    @classmethod
    def of(cls, cases: Iterable[Case], period: Period) -> "Figures":
        """The numbers of a period."""
        found = list(cases)
        new = [one for one in found if one.confirmed_on in period]
        return cls(
            confirmed=len(new),
            mended=sum(one.mended_on in period for one in found),
            open=sum(one.open_on(period.last) for one in found),
            overdue=sum(one.overdue_on(period.last) for one in found),
            relapsed=sum(one.finding.occurrence > 1 for one in new),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """All that a bulletin is written from. `checks`, `units`, `targets` are titles and names by code."""

    period: Period
    scheme: Scheme
    cases: tuple[Case, ...]
    watching: Watching
    terms: Terms
    checks: Mapping[str, str]
    units: Mapping[str, str]
    targets: Mapping[str, str]
    cards: tuple[Scorecard, ...] = ()

    @property
    def new(self) -> list[Case]:
        """The cases confirmed in the period, by unit."""
        found = [one for one in self.cases if one.confirmed_on in self.period]
        return sorted(found, key=lambda one: (self.unit(one), one.confirmed_on, one.finding.id))

    @property
    def still_open(self) -> list[Case]:
        """The cases of the period's end that are not mended on the day of issue either."""
        return [
            one for one in self.cases if one.open_on(self.period.last) and one.open_on(self.terms.issued_on)
        ]

    @property
    def owed(self) -> list[Case]:
        """The cases whose time was up at the period's end and that are not mended on the day of issue."""
        found = [one for one in self.still_open if one.overdue_on(self.period.last)]
        return sorted(found, key=lambda one: (one.due or date.max, self.unit(one), one.finding.id))

    def unit(self, case: Case) -> str:
        """The name of a case's unit."""
        return self.units.get(case.finding.unit, case.finding.unit)

    def check(self, case: Case) -> str:
        """What a case is about."""
        return self.checks.get(case.finding.check, case.finding.check)


def periodical_docx(issue: Issue, out: Path) -> None:
    """Writes the draft. Raises OSError when it cannot be written."""
    period = issue.period
    now, before = Figures.of(issue.cases, period), Figures.of(issue.cases, period.before)
    paper = Paper(size=12)
    kind = TITLES[period.kind]
    paper.title(f"政务公开监测{kind}通报", f"{period.name}（稿）　{issue.scheme.name}")
    paper.heading("一、总体情况")
    paper.text(_watched(issue))
    paper.text(_compared(now, before, period))
    _chart_of_figures(paper, now, before, kind)
    _course(paper, issue)
    if issue.cards and period.kind is PeriodKind.QUARTERLY:
        paper.text(f"截至通报日，{overall(issue.scheme, issue.cards)}")
        spread(paper, issue.scheme, issue.cards)
    paper.heading("二、主要问题")
    _problems(paper, issue)
    paper.heading("三、下一步要求")
    for words in demands(issue):
        paper.text(words)
    paper.right(issue.terms.office)
    paper.right(_day(issue.terms.issued_on))
    paper.break_page()
    _annexes(paper, issue)
    paper.save(out)


def _watched(issue: Issue) -> str:
    seen = issue.watching
    words = (
        f"{issue.period.span}，对{seen.units}个单位的{seen.sites}个网站、{seen.accounts}个政务新媒体账号"
        f"巡检{seen.scans}轮。"
    )
    if seen.waiting:
        words += f"监测另发现疑似问题{seen.waiting}处，尚待核实，不列入本通报。"
    return words


def _compared(now: Figures, before: Figures, period: Period) -> str:
    last = f"上{TITLES[period.kind]}"
    words = f"本期新认定问题{now.confirmed}处，{last}{before.confirmed}处，"
    words += _change(now.confirmed, before.confirmed)
    words += f"；完成整改{now.mended}处，{last}{before.mended}处。"
    words += f"期末未了结{now.open}处，{_change(now.open, before.open, '比期初')}"
    words += f"，其中逾期未整改{now.overdue}处。" if now.overdue else "，没有逾期未整改的。"
    return words + (f"新认定的问题中有{now.relapsed}处是整改后再次出现的。" if now.relapsed else "")


def _change(now: int, before: int, than: str = "环比") -> str:
    if now == before:
        return f"{than}持平"
    words = f"{than}{'增加' if now > before else '减少'}{abs(now - before)}处"
    return words + (f"（{abs(now - before) * 100 / before:.0f}%）" if before and than == "环比" else "")


def _chart_of_figures(paper: Paper, now: Figures, before: Figures, kind: str) -> None:
    pairs = (
        ("新认定", now.confirmed, before.confirmed, "bad"),
        ("完成整改", now.mended, before.mended, "good"),
        ("期末未了结", now.open, before.open, "bad"),
        ("逾期未整改", now.overdue, before.overdue, "bad"),
    )
    shown = []
    for title, here, there, tone in pairs:
        shown.append(Bar(f"{title}（本{kind}）", here, f"{here}处", tone))
        shown.append(Bar(f"{title}（上{kind}）", there, f"{there}处"))
    bars(paper, "与上期比较", shown)


def _course(paper: Paper, issue: Issue) -> None:
    """How many were confirmed day by day, week by week, month by month."""
    found = [
        (title, sum(one.confirmed_on in part for one in issue.new)) for title, part in issue.period.parts()
    ]
    bars(paper, "期内走势：新认定的问题", [Bar(title, count, f"{count}处") for title, count in found])


def _problems(paper: Paper, issue: Issue) -> None:
    by_check: dict[str, list[Case]] = {}
    for one in issue.new:
        by_check.setdefault(issue.check(one), []).append(one)
    if not by_check:
        paper.text("本期没有新认定的问题。")
        return
    before = Counter(issue.check(one) for one in issue.cases if one.confirmed_on in issue.period.before)
    ordered = sorted(by_check.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    bars(paper, "各类问题", [Bar(title, len(cases), f"{len(cases)}处") for title, cases in ordered])
    for number, (title, cases) in enumerate(ordered, start=1):
        units = Counter(issue.unit(one) for one in cases)
        named = [f"{unit}（{count}处）" if count > 1 else unit for unit, count in units.most_common()]
        more = f"等{len(named)}个单位" if len(named) > NAMED else ""
        again = sum(one.finding.occurrence > 1 for one in cases)
        words = f"{number}．{title}：{len(cases)}处，涉及{len(units)}个单位，"
        words += f"{_change(len(cases), before[title])}。"
        words += f"涉及{'、'.join(named[:NAMED])}{more}。"
        paper.text(words + (f"其中{again}处整改后又出现。" if again else ""))


def demands(issue: Issue) -> Iterator[str]:
    """What the units are asked to do, with dates; nobody is asked for what he has done."""
    terms, open_cases = issue.terms, issue.still_open
    units = {one.finding.unit for one in open_cases}
    numbers = iter("一二三四五")
    if open_cases:
        yield (
            f"（{next(numbers)}）限期整改。目前尚有{len(units)}个单位的{len(open_cases)}处问题没有了结，"
            f"请对照附表逐条整改；写明期限的按期限，没有写明的于{_day(terms.mend_by)}前完成，"
            "并报送整改情况和佐证。对问题有异议的，在同一期限内书面提出。"
        )
    if issue.owed:
        late = Counter(issue.unit(one) for one in issue.owed)
        named = "、".join(f"{unit}（{count}处）" for unit, count in late.most_common(NAMED))
        more = f"等{len(late)}个单位" if len(late) > NAMED else ""
        yield f"（{next(numbers)}）逾期督办。{named}{more}已超过整改期限，请说明原因，尽快改正。"
    again = sorted({issue.unit(one) for one in issue.new if one.finding.occurrence > 1})
    if again:
        words = f"{'、'.join(again)}有问题整改后再次出现，请查明原因，落实日常更新和值守。"
        yield f"（{next(numbers)}）防止反弹。{words}"
    if open_cases:
        yield f"（{next(numbers)}）按期复查。{_day(terms.recheck_on)}前逐条复查，结果列入下期通报。"
    else:
        yield f"（{next(numbers)}）继续保持。目前没有未了结的问题，请按要求做好日常更新和自查。"


def _annexes(paper: Paper, issue: Issue) -> None:
    paper.heading("附表1　各单位情况")
    paper.table(UNITS, unit_rows(issue))
    paper.heading("附表2　本期新认定的问题")
    paper.table(PROBLEMS, [_row(number, one, issue) for number, one in enumerate(issue.new, start=1)])
    if issue.owed:
        paper.heading("附表3　逾期未整改的问题")
        paper.table(PROBLEMS, [_row(number, one, issue) for number, one in enumerate(issue.owed, start=1)])
    if issue.cards and issue.period.kind is PeriodKind.QUARTERLY:
        paper.heading(f"附表{4 if issue.owed else 3}　得分与等次（截至通报日）")
        ranking(paper, issue.cards)


def unit_rows(issue: Issue) -> list[Sequence[object]]:
    """One row a unit that has to do with any case of the period, and how all of them stand."""
    period = issue.period
    rows: list[Sequence[object]] = []
    for code in sorted(issue.units, key=lambda code: issue.units[code]):
        mine = [one for one in issue.cases if one.finding.unit == code]
        now, before = Figures.of(mine, period), Figures.of(mine, period.before)
        if any((now.confirmed, before.confirmed, now.mended, now.open)):
            counts = (now.confirmed, before.confirmed, now.mended, now.open, now.overdue)
            rows.append([len(rows) + 1, issue.units[code], *counts])
    totals, earlier = Figures.of(issue.cases, period), Figures.of(issue.cases, period.before)
    whole = (totals.confirmed, earlier.confirmed, totals.mended, totals.open, totals.overdue)
    rows.append(["", "合计", *whole])
    return rows


def _row(number: int, case: Case, issue: Issue) -> list[object]:
    finding, today = case.finding, issue.terms.issued_on
    state = "已整改" if not case.open_on(today) else "逾期" if case.overdue_on(today) else "未整改"
    return [
        number,
        issue.unit(case),
        issue.targets.get(finding.target, finding.target),
        finding.summary,
        case.confirmed_on.isoformat(),
        case.due.isoformat() if case.due else "",
        state,
    ]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
