"""The annual reports of a site: every page or file whose title is one's, by unit and year."""

import re
from collections.abc import Iterator
from datetime import date

from crawler.address import canonical
from crawler.observing.columns import Grove
from crawler.observing.dating import best_clue
from crawler.observing.matter import matter_of
from crawler.observing.owners import Owners
from crawler.observing.sights import Sights
from crawler.subjects.report import is_report, report_sections, report_year
from domain.observation import Column, Fact, Report, Seen, Sight, Unseen
from domain.page import Page, PageKind
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from domain.unit import UnitCategory

_BEFORE_YEAR = re.compile(
    r"^(.*?)(?:[(（\[【]?\s*(?:20\d\d|二[〇○零O][〇○零一二三四五六七八九]{2})|(?:政府|政务)?信息公开|政务公开|年度)"
)
_CALL = re.compile(r"(?:通知|的函)$")
_BELOW_DEPARTMENT = re.compile(r"(?:中心|医院|学校|学院|中学|小学|[所站院队馆])$")


class Reports:
    """Finds the reports of one walk."""

    def __init__(self, sights: Sights, grove: Grove, owners: Owners) -> None:
        self._sights = sights
        self._grove = grove
        self._owners = owners
        self._dateless = ""
        self._nameless = ""

    def reports(self, home: str) -> Fact[tuple[Report, ...]]:
        """Every report found, each address once; complete when no column can hide another."""
        found: dict[str, Report] = {}
        for column in self._grove.columns:
            for report in self._in_column(column):
                found.setdefault(report.url, report)
        why = self._grove.why or self._dateless or self._nameless
        return Seen(tuple(found.values()), Sight(url=home, note=why), not why)

    def _in_column(self, column: Column) -> Iterator[Report]:
        own = column.kind is ColumnKind.ANNUAL_REPORT
        if not isinstance(column.listing, Seen):
            return
        for entry in column.listing.fact.entries:
            if is_report(entry.title, in_column=own) and not _CALL.search(entry.title.strip()):
                report = self._report(entry.url, entry.title, entry.day, column)
                if report is not None:
                    yield report
        key = self._grove.sources[column.url]
        page = self._sights.page(key)
        if page is not None and page.kind in {PageKind.ARTICLE, PageKind.DOCUMENT}:
            title = page.title or column.name
            if is_report(title, in_column=own):
                clue = best_clue(page.dates)
                day = Seen(clue.day if clue else None, Sight(url=page.url))
                report = self._report(column.url, title, day, column, page)
                if report is not None:
                    yield report

    def _report(
        self, url: str, title: str, day: Fact[date | None], column: Column, page: Page | None = None
    ) -> Report | None:
        """The report at an address; None where its page is gone or its year cannot be told."""
        key = canonical(url)
        page = page or self._sights.page(key)
        sighting = self._sights.get(key)
        if sighting is not None and sighting.snapshot.status is FetchStatus.GONE:
            return None
        text = matter_of(page, key, self._sights).text if page else ""
        year = report_year(title, text, day.fact if isinstance(day, Seen) else None)
        if year is None:
            self._dateless = f"“{title}”没有看出是哪一年度的年报（{url}）"
            return None
        return self._made(url, key, title, year, day, column, page)

    def _made(
        self,
        url: str,
        key: str,
        title: str,
        year: int,
        day: Fact[date | None],
        column: Column,
        page: Page | None,
    ) -> Report:
        text: Fact[str]
        if page is None:
            unseen = self._sights.unseen(key)
            text, tables, sections = unseen, unseen, unseen
            return Report(
                url=url,
                unit=self._unit(title, column),
                title=title,
                year=year,
                day=day,
                sections=sections,
                text=text,
                tables=tables,
            )
        matter = matter_of(page, key, self._sights)
        text = matter.fact()
        return Report(
            url=url,
            unit=self._unit(title, column),
            title=title,
            year=year,
            day=day,
            sections=_sections(text),
            text=text,
            tables=matter.grids(),
        )

    def _unit(self, title: str, column: Column) -> str:
        """Whose report it is: the unit that the title names, else the column's."""
        match = _BEFORE_YEAR.match(title.strip())
        words = match.group(1) if match else ""
        named = self._owners.of_title(words)
        if named is None:
            return column.unit
        if named:
            return named
        owner = self._owners.owner
        portal = owner is not None and owner.category in {UnitCategory.COUNTY, UnitCategory.ZONE}
        below = portal or bool(_BELOW_DEPARTMENT.search(words))
        guest = owner is not None and column.unit != owner.code
        if below and not guest:
            if self._owners.may_mean(words):
                self._nameless = f"“{title}”没有看出是哪个单位的年报"
            return ""
        return column.unit


def _sections(text: Fact[str]) -> Fact[frozenset[str]]:
    if isinstance(text, Unseen):
        return text
    return Seen(report_sections(text.fact), text.sight, text.complete)
