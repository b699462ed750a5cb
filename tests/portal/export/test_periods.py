"""Bulletins of a week, a month, a quarter: each its own period, held against the one before it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from domain.finding import CaseState
from domain.observation import CHINA
from portal.export.bulletin import Terms
from portal.export.periodical import Case, Figures, Issue, Watching, demands, periodical_docx, unit_rows
from portal.export.periods import Period, PeriodKind, periods_due
from schemes.scheme import load_all
from tests.schemes.assessing import finding

MONDAY = date(2026, 4, 6)


def period(kind: PeriodKind = PeriodKind.WEEKLY, day: date = MONDAY) -> Period:
    return Period.ended_before(kind, day)


def test_each_kind_has_its_own_days_and_its_own_day_before() -> None:
    week, month, quarter = (period(kind, date(2026, 4, 1)) for kind in PeriodKind)
    assert (week.first, week.last) == (date(2026, 3, 23), date(2026, 3, 29))
    assert (month.first, month.last) == (date(2026, 3, 1), date(2026, 3, 31))
    assert (quarter.first, quarter.last) == (date(2026, 1, 1), date(2026, 3, 31))
    assert (month.before.first, month.before.last) == (date(2026, 2, 1), date(2026, 2, 28))
    assert (quarter.before.first, quarter.before.last) == (date(2025, 10, 1), date(2025, 12, 31))
    assert (quarter.name, quarter.before.name) == ("2026年第一季度", "2025年第四季度")


def test_what_is_due_on_which_day() -> None:
    def kinds(day: date) -> list[str]:
        return [one.kind.value for one in periods_due(day)]

    assert kinds(date(2026, 4, 6)) == ["weekly"]  # Monday
    assert kinds(date(2026, 5, 1)) == ["monthly"]  # a Friday
    assert kinds(date(2026, 4, 1)) == ["monthly", "quarterly"]
    assert kinds(date(2026, 6, 1)) == ["weekly", "monthly"]  # the 1st is a Monday
    assert kinds(date(2026, 6, 3)) == ["weekly"]  # asked for by hand


@given(st.sampled_from(PeriodKind), st.dates(date(2019, 1, 8), date(2031, 1, 1)))
def test_periods_follow_each_other_without_a_gap_and_their_parts_cover_them(
    kind: PeriodKind, day: date
) -> None:
    one = Period.ended_before(kind, day)
    assert (
        one.last < day <= Period.ended_before(kind, one.last + timedelta(days=93)).last + timedelta(days=93)
    )
    assert one.before.last + timedelta(days=1) == one.first
    parts = [part for _, part in one.parts()]
    assert (parts[0].first, parts[-1].last) == (one.first, one.last)
    assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(parts))


def case(
    number: int,
    confirmed: date,
    mended: date | None = None,
    due: date | None = None,
    unit: str = "U1",
    again: int = 1,
) -> Case:
    seen = datetime.combine(confirmed, datetime.min.time(), CHINA)
    state = CaseState.RECTIFIED if mended else CaseState.NOTIFIED
    found = replace(
        finding(f"F{number}", unit, "changshu-2020/7"),
        state=state,
        occurrence=again,
        first_seen=seen,
        last_seen=seen,
    )
    return Case(finding=found, confirmed_on=confirmed, mended_on=mended, due=due)


CASES = (
    case(1, date(2026, 3, 24), mended=date(2026, 4, 1), due=date(2026, 3, 31)),
    case(2, date(2026, 3, 26), due=date(2026, 4, 2)),
    case(3, date(2026, 3, 31), due=date(2026, 4, 8), again=2, unit="U2"),
    case(4, date(2026, 4, 2), mended=date(2026, 4, 7), due=date(2026, 4, 9), unit="U2"),
)
TERMS = Terms(
    office="某市政务公开办", issued_on=MONDAY, mend_by=date(2026, 4, 20), recheck_on=date(2026, 4, 23)
)


def issue(kind: PeriodKind = PeriodKind.WEEKLY, day: date = MONDAY, cases: tuple[Case, ...] = CASES) -> Issue:
    return Issue(
        period=period(kind, day),
        scheme=load_all()["changshu-2020"],
        cases=cases,
        watching=Watching(units=3, sites=2, accounts=1, scans=7, waiting=5),
        terms=TERMS,
        checks={"column.stale": "栏目更新不及时"},
        units={"U1": "甲局", "U2": "乙局", "U3": "丙局"},
        targets={"s01": "甲局网站"},
    )


def test_the_figures_of_a_week_are_those_of_its_last_day() -> None:
    week = period()
    assert (week.first, week.last) == (date(2026, 3, 30), date(2026, 4, 5))
    assert Figures.of(CASES, week) == Figures(confirmed=2, mended=1, open=3, overdue=1, relapsed=1)
    assert Figures.of(CASES, week.before) == Figures(confirmed=2, mended=0, open=2, overdue=0, relapsed=0)


def words_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.mark.parametrize("kind", PeriodKind)
def test_a_draft_has_its_parts_its_comparison_and_its_annexes(kind: PeriodKind, tmp_path: Path) -> None:
    out = tmp_path / "b.docx"
    periodical_docx(issue(kind), out)
    words = words_of(out)
    for heading in (
        "一、总体情况",
        "二、主要问题",
        "三、下一步要求",
        "附表1　各单位情况",
        "附表2　本期新认定的问题",
    ):
        assert heading in words
    title = {PeriodKind.WEEKLY: "周", PeriodKind.MONTHLY: "月", PeriodKind.QUARTERLY: "季"}[kind]
    assert f"政务公开监测{title}通报" in words
    assert f"新认定（上{title}）" in words
    assert len(Document(str(out)).inline_shapes) >= 3  # the charts
    assert "疑似问题5处" in words


def test_a_week_is_held_against_the_week_before(tmp_path: Path) -> None:
    periodical_docx(issue(), tmp_path / "w.docx")
    words = words_of(tmp_path / "w.docx")
    assert "本期新认定问题2处，上周2处，环比持平；完成整改1处，上周0处。" in words
    assert "期末未了结3处，比期初增加1处，其中逾期未整改1处。" in words
    assert "1处是整改后再次出现的" in words
    periodical_docx(issue(PeriodKind.MONTHLY, date(2026, 4, 1)), tmp_path / "m.docx")
    month = words_of(tmp_path / "m.docx")
    assert "本期新认定问题3处，上月0处，环比增加3处；" in month
    assert "3月23日至29日" in month


def test_nobody_is_asked_for_what_is_mended() -> None:
    asked = "".join(demands(issue()))
    assert "甲局（1处）已超过整改期限" in asked
    assert "2个单位的3处问题没有了结" in asked
    since = tuple(replace(one, mended_on=one.mended_on or MONDAY) for one in CASES)
    kept = issue(cases=since)
    assert Figures.of(since, kept.period).overdue == 1  # so it was at the week's end
    assert [one.finding.id for one in kept.still_open] == ["F4"]
    assert "甲局" not in "".join(demands(kept))  # but it has been mended since
    done = tuple(replace(one, mended_on=one.confirmed_on) for one in CASES)
    quiet = "".join(demands(issue(cases=done[:1])))
    assert "限期整改" not in quiet
    assert "继续保持" in quiet


def test_the_units_table_adds_up() -> None:
    rows = unit_rows(issue())
    assert [row[1] for row in rows] == ["乙局", "甲局", "合计"]
    assert [tuple(row[2:]) for row in rows] == [(2, 0, 0, 2, 0), (0, 2, 1, 1, 1), (2, 2, 1, 3, 1)]
