"""Where a person looks for what is missing, and the address under which a page opens."""

from dataclasses import replace
from datetime import UTC, datetime

from crawler.observe import observe
from domain.check import Subject
from domain.finding import Verdict
from domain.observation import Column, Listing, Seen, Sight, SiteObservation, Unseen
from domain.outcome import Inconclusive, Outcome, Pass, Violation
from domain.page import Link, Page, PageKind
from domain.snapshot import FetchStatus, Snapshot, Via
from domain.target import ColumnKind, Registry, Site, Unit
from domain.walk import Sighting, Walk
from scheduler.places import MOST_PICTURED, pictured, with_places
from scheduler.sitework import look_again

AT = datetime(2026, 6, 30, tzinfo=UTC)
HOME = "http://a.test/"
SITE = Site(id="s01", unit="U01", name="某局网站", home=HOME)
REGISTRY = Registry(schemes=(), units=(Unit(code="U01", name="某局", category="department"),), sites=(SITE,))


def sighting(
    url: str, *, asked_as: str = "", role: str = "column", status: FetchStatus = FetchStatus.OK
) -> Sighting:
    snapshot = Snapshot(url=url, final_url=url, status=status, fetched_at=AT, via=Via.HTTP)
    page = Page(url=url, adapter="generic", charset="utf-8", kind=PageKind.LIST, title=asked_as)
    return Sighting(snapshot=snapshot, page=page, asked_as=asked_as, depth=1, role=role)


def walk(*sightings: Sighting) -> Walk:
    return Walk(site="s01", started_at=AT, ended_at=AT, complete=True, sightings=sightings)


def column(
    path: str, kind: ColumnKind, *, unit: str = "U01", disclosure: bool = False, level: int = 1
) -> Column:
    url = HOME + path
    listing = Seen(Listing(), Sight(url=url))
    return Column(
        url=url, name=path, kind=kind, unit=unit, listing=listing, disclosure=disclosure, level=level
    )


def observation(*columns: Column) -> SiteObservation:
    found = observe(SITE, REGISTRY, walk(), as_of=AT)
    return replace(found, columns=Seen(columns, Sight(url=HOME)))


def verdict(check: str, outcome: Outcome, key: str = "annual_report:2025") -> Verdict:
    subject = Subject(key=key, unit="U01", name="某")
    return Verdict(check=check, target_kind="site", target="s01", subject=subject, outcome=outcome)


def lapse(url: str = HOME, *looked_at: str) -> Violation:
    return Violation(url=url, summary="没有", observed={}, expected={}, looked_at=looked_at)


def settled(one: Verdict, seen: SiteObservation, walked: Walk) -> Violation:
    (found,) = with_places([one], seen, walked)
    assert isinstance(found.outcome, Violation)
    return found.outcome


MAP = sighting(HOME + "wzdt.html", asked_as="网站地图")
PLATFORM = column("zfxxgk/", ColumnKind.OTHER, disclosure=True)
DEEP = column("zfxxgk/x/y/", ColumnKind.GUIDE, disclosure=True, level=3)
REPORTS = column("nb/", ColumnKind.ANNUAL_REPORT, level=2)


def test_a_missing_report_is_sought_in_its_column_the_menu_the_platform_and_the_site_map() -> None:
    seen = observation(DEEP, REPORTS, PLATFORM)
    found = settled(verdict("annual-report.missing", lapse(REPORTS.url, REPORTS.url)), seen, walk(MAP))
    assert found.looked_at[:4] == (REPORTS.url, HOME, PLATFORM.url, MAP.snapshot.url)
    shown = pictured(verdict("annual-report.missing", found))
    assert shown == (HOME, PLATFORM.url, MAP.snapshot.url, DEEP.url)


def test_the_column_of_the_unit_itself_goes_before_those_of_others() -> None:
    others = [column(f"nb{n}/", ColumnKind.ANNUAL_REPORT, unit=f"U1{n}") for n in range(5)]
    found = settled(verdict("annual-report.missing", lapse()), observation(*others, REPORTS), walk())
    assert found.looked_at[0] == REPORTS.url


def test_what_should_stand_in_a_column_is_not_sought_in_the_menu() -> None:
    readings = column("zcjd/", ColumnKind.POLICY_INTERPRETATION)
    document = verdict("policy.no-interpretation", lapse(HOME + "d/1.html"), HOME + "d/1.html")
    found = settled(document, observation(readings, PLATFORM), walk(MAP))
    assert found.looked_at == (readings.url,)
    found = settled(document, observation(PLATFORM), walk(MAP))
    assert found.looked_at == (HOME, PLATFORM.url, MAP.snapshot.url)


def test_so_many_places_are_pictured_and_the_page_itself_is_none_of_them() -> None:
    many = lapse(HOME, HOME, "http://a.test/index.html", *(f"{HOME}{n}/" for n in range(9)))
    shown = pictured(verdict("column.missing", many))
    assert shown == tuple(f"{HOME}{n}/" for n in range(MOST_PICTURED))
    assert pictured(verdict("column.stale", many)) == ()
    assert pictured(verdict("column.missing", Pass(reason="有"))) == ()


def test_a_page_that_was_not_seen_is_no_place_where_something_is_missing() -> None:
    hidden = replace(REPORTS, listing=Unseen(Sight(url=REPORTS.url, status=FetchStatus.TIMEOUT)))
    found = settled(verdict("annual-report.missing", lapse()), observation(hidden), walk())
    assert found.looked_at == (HOME,)
    gone = replace(REPORTS, listing=Unseen(Sight(url=REPORTS.url, status=FetchStatus.GONE)))
    found = settled(verdict("annual-report.missing", lapse()), observation(gone), walk())
    assert found.looked_at == (REPORTS.url, HOME)


def test_a_foot_or_an_article_of_that_name_is_no_site_map() -> None:
    foot = sighting(HOME + "foot.html", asked_as="网站地图", role="pager")
    article = sighting(HOME + "a.html", asked_as="网站地图改版公告", role="article")
    found = settled(verdict("annual-report.missing", lapse()), observation(), walk(foot, article))
    assert found.looked_at == (HOME,)


def test_a_lapse_is_shown_at_the_address_that_opened() -> None:
    opened = sighting(HOME + "col/1/index.html")
    tried = sighting(HOME + "col/1/", role="link", status=FetchStatus.GONE)
    stale = verdict("column.stale", lapse(HOME + "col/1/"), HOME + "col/1/")
    assert settled(stale, observation(), walk(tried, opened)).url == opened.snapshot.url
    assert settled(stale, observation(), walk()).url == HOME + "col/1/"


def test_the_end_of_a_dead_link_is_one_of_its_places() -> None:
    end = sighting(HOME + "gone/index.htm", role="link", status=FetchStatus.GONE)
    page = HOME + "news/1.html"
    broken = verdict("site.broken-link", lapse(page, page), HOME + "gone/")
    found = settled(broken, observation(), walk(end))
    assert found.looked_at == (page, end.snapshot.url)
    assert pictured(replace(broken, outcome=found)) == (end.snapshot.url,)


def test_what_is_no_lapse_stays_as_it_is() -> None:
    verdicts = [
        verdict("annual-report.missing", Inconclusive(reason="没有看全")),
        verdict("column.stale", Pass()),
    ]
    assert with_places(verdicts, observation(PLATFORM), walk(MAP)) == verdicts


def test_findings_of_a_site_share_the_places_that_are_looked_at() -> None:
    asked: list[str] = []

    class Fake:
        pool = object()

        def look(self, requests: list[object]) -> list[object]:
            asked.extend(request.url for request in requests)  # type: ignore[attr-defined]
            return []

    one = verdict("column.missing", lapse(HOME, HOME, PLATFORM.url), "guide")
    two = verdict("column.missing", lapse(HOME, HOME, PLATFORM.url), "on_request")
    dead = [
        verdict("site.broken-link", lapse(HOME, HOME, f"{HOME}dead/{n}"), f"{HOME}dead/{n}")
        for n in range(30)
    ]
    look_again([one, two, *dead], Fake(), AT.date())  # type: ignore[arg-type]
    assert asked[:2] == [HOME, PLATFORM.url]
    assert len(asked) == 2 + 20
    asked.clear()
    look_again([one, two], Fake(), AT.date(), known=[f"{HOME}index.html"])  # type: ignore[arg-type]
    assert asked == [PLATFORM.url]


def test_a_text_in_a_file_or_a_frame_rests_on_them_too() -> None:
    guide, file, lost = HOME + "zn/", HOME + "files/zn.wps", HOME + "files/lost.doc"
    shown = sighting(guide)
    assert shown.page is not None
    files = tuple(Link(url=url, text="公开指南") for url in (file, lost))
    frames = (HOME + "zn_inner.htm", HOME + "foot.htm")
    page = replace(shown.page, attachments=files, frames=frames)
    walked = walk(
        replace(shown, page=page),
        sighting(file, role="attachment"),
        sighting(lost, role="attachment", status=FetchStatus.UNREADABLE),
        *(sighting(frame, role="frame") for frame in frames),
    )
    found = settled(verdict("guide.incomplete", lapse(guide), guide), observation(), walked)
    assert found.looked_at == (file, frames[0])
    assert settled(verdict("column.stale", lapse(guide), guide), observation(), walked).looked_at == ()
    assert settled(verdict("guide.incomplete", lapse(HOME), HOME), observation(), walked).looked_at == ()
