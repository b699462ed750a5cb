"""The annual reports of a site: every page or file whose title is one's, by unit and year."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from crawler.address import canonical
from crawler.observing.columns import Grove
from crawler.observing.dating import best_clue
from crawler.observing.matter import matter_of
from crawler.observing.owners import Owners
from crawler.observing.sights import Sights, links_by_key
from crawler.subjects.report import is_report, report_sections, report_year
from domain.observation import Column, Fact, Report, Seen, Sight, Unseen
from domain.page import Page, PageKind, Region
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from domain.unit import UnitCategory

_BEFORE_YEAR = re.compile(
    r"^(.*?)(?:[(（\[【]?\s*(?:20\d\d|二[〇○零O][〇○零一二三四五六七八九]{2})|(?:政府|政务)?信息公开|政务公开|年度)"
)
_CALL = re.compile(r"(?:通知|的函)$")
_BELOW_DEPARTMENT = re.compile(r"(?:中心|医院|学校|学院|中学|小学|[所站院队馆])$")

SHORT_TITLE = 20
"""Characters of a link that may name no more than a year or a unit; a report's own title is longer."""

OPENING = 300
"""Characters at the start of a report that are searched for the unit that made it."""


class Reports:
    """Finds the reports of one walk."""

    def __init__(self, sights: Sights, grove: Grove, owners: Owners) -> None:
        self._sights = sights
        self._grove = grove
        self._owners = owners
        self._sharers = _sharers(grove)
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
            title = entry.title if not own else self._told(entry.url, entry.title)
            if is_report(title, in_column=own) and not _CALL.search(title.strip()):
                report = self._report(entry.url, title, entry.day, column, under=entry.under)
                if report is not None:
                    yield report
        key = self._grove.sources[column.url]
        page = self._sights.page(key)
        linked = list(self._linked(page, column)) if own and page is not None else []
        yield from linked
        if page is not None and page.kind in {PageKind.ARTICLE, PageKind.DOCUMENT}:
            title = page.title or column.name
            if is_report(title, in_column=own) and (not linked or report_year(title) is not None):
                clue = best_clue(page.dates)
                day = Seen(clue.day if clue else None, Sight(url=page.url))
                report = self._report(column.url, title, day, column, page)
                if report is not None:
                    yield report

    def _told(self, key: str, title: str) -> str:
        """An entry's title; its page's own where the list only says whose it is or of which year."""
        page = self._sights.page(key)
        short = len(title.strip()) <= SHORT_TITLE and not is_report(title, in_column=True)
        return page.title if short and page is not None and is_report(page.title) else title

    def _linked(self, page: Page, column: Column) -> Iterator[Report]:
        """Reports that a page of the column leads to from in a table or text, by a year or a name alone."""
        listed = {entry.url for entry in column.listing.get().entries}
        for key, link in links_by_key(page):
            inside = link.region in {Region.BODY, Region.OTHER, Region.LIST}
            if not inside or key in listed or len(link.text.strip()) > SHORT_TITLE:
                continue
            target = self._sights.page(key)
            if target is None or target.kind not in {PageKind.ARTICLE, PageKind.DOCUMENT}:
                continue
            if is_report(target.title) and not _CALL.search(target.title.strip()):
                clue = best_clue(target.dates)
                day = Seen(clue.day if clue else None, Sight(url=target.url))
                report = self._report(key, target.title, day, column)
                if report is not None:
                    yield report

    def _report(
        self,
        url: str,
        title: str,
        day: Fact[date | None],
        column: Column,
        page: Page | None = None,
        under: str = "",
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
        unit = self._unit(title, column, under, text, page)
        return self._made(url, key, title, year, day, unit, page)

    def _made(
        self,
        url: str,
        key: str,
        title: str,
        year: int,
        day: Fact[date | None],
        unit: str,
        page: Page | None,
    ) -> Report:
        text: Fact[str]
        if page is None:
            unseen = self._sights.unseen(key)
            text, tables, sections = unseen, unseen, unseen
            return Report(
                url=url,
                unit=unit,
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
            unit=unit,
            title=title,
            year=year,
            day=day,
            sections=_sections(text),
            text=text,
            tables=matter.grids(),
        )

    def _unit(self, title: str, column: Column, under: str, text: str, page: Page | None) -> str:
        """Whose report it is: the unit that the title names, else the column's. Where several units share the
        column the heading above the entry or the report's own opening has to tell.
        """
        match = _BEFORE_YEAR.match(title.strip())
        words = match.group(1) if match else ""
        named = self._owners.of_title(words)
        if named is None:
            sharers = self._sharers.get(column.url, frozenset())
            if len(sharers) < 2:
                return column.unit
            source = page.source if page else ""
            told = self._owners.of_title(under)
            if told is None:
                told = self._owners.told_by(f"{source}\n{text[:OPENING]}", sharers)
            if not told:
                self._nameless = f"“{title}”没有看出是哪个单位的年报"
            return told
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


def _sharers(grove: Grove) -> Mapping[str, frozenset[str]]:
    """The units for which the registry declares each column's address."""
    found: dict[str, set[str]] = {}
    for column in grove.columns:
        found.setdefault(column.url, set()).add(column.unit)
    return {url: frozenset(units) for url, units in found.items()}


def _sections(text: Fact[str]) -> Fact[frozenset[str]]:
    if isinstance(text, Unseen):
        return text
    return Seen(report_sections(text.fact), text.sight, text.complete)
