"""Pages that a finding compares a site's own with are looked up on the walks of the other sites."""

from datetime import UTC, datetime
from pathlib import Path

from crawler.runfolder import RunFolder
from domain.check import Subject
from domain.finding import Verdict
from domain.outcome import Violation
from domain.snapshot import FetchStatus, Snapshot
from domain.target import Registry, Site, Unit
from domain.walk import Sighting, Walk
from scheduler.peers import peer_sightings

AT = datetime(2026, 6, 30, tzinfo=UTC)
UNITS = tuple(Unit(code=code, name=code, category="department") for code in ("U01", "U02"))
SITES = tuple(
    Site(id=name, unit="U01", name=name, home=f"http://{name}.test/") for name in ("a", "b", "c", "d")
)
REGISTRY = Registry(schemes=(), units=UNITS, sites=SITES)


def sighting(url: str, role: str = "article") -> Sighting:
    snapshot = Snapshot(url=url, final_url=url, status=FetchStatus.OK, fetched_at=AT)
    return Sighting(snapshot=snapshot, page=None, role=role)


def verdict(check: str, *looked_at: str) -> Verdict:
    return Verdict(
        check=check,
        target_kind="site",
        target="a",
        subject=Subject(key="http://a.test/nb.html", unit="U01", name="年报"),
        outcome=Violation(
            url="http://a.test/nb.html", summary="雷同", observed={}, expected={}, looked_at=looked_at
        ),
    )


def test_what_a_report_was_compared_with_is_found_on_its_own_site(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run", tmp_path / "bodies")
    folder.create()
    wanted = sighting("http://b.test/nb.html")
    for site, seen in (
        ("b", (sighting("http://b.test/nb.html", "link"), wanted, sighting("http://b.test/other.html"))),
        ("d", (sighting("http://b.test/nb.html"),)),
    ):
        folder.write_walk(Walk(site=site, started_at=AT, ended_at=AT, complete=True, sightings=seen))
    alike = verdict("annual-report.duplicate", "http://b.test/nb.html", "http://c.test/nb.html")
    assert peer_sightings(folder, REGISTRY, [alike], "a") == {"http://b.test/nb.html": wanted}
    assert peer_sightings(folder, REGISTRY, [alike], "b") == {}
    other = verdict("site.broken-link", "http://b.test/nb.html")
    assert peer_sightings(folder, REGISTRY, [other], "a") == {}
