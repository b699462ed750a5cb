"""Saved pages of two real sites, served under their true paths and scanned: what a careful reader found.

The expectations are read from the readers' own list beside the pages. What was not saved answers 503: it
could not be seen, and nothing may be concluded from it.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.address import canonical
from crawler.observe import observe
from crawler.runfolder import RunFolder
from domain.finding import Verdict
from domain.observation import Column, Seen
from domain.outcome import Violation
from tests.crawler.loopback import Asked, Given, LoopbackServer
from tests.e2e.scanning import Town, registry_of

REAL = Path(__file__).parents[2].parent / "shared" / "realpages"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REAL.exists(), reason="没有 ../shared/realpages：跳过真实网站的整站巡检"),
]
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".txt": "text/plain"}


@contextmanager
def served(folder: Path, host: str) -> Iterator[LoopbackServer]:
    """A site's folder; addresses under its own host name become this server's."""
    server = LoopbackServer()

    def answer(asked: Asked) -> Given:
        path = asked.target.partition("?")[0].lstrip("/")
        file = (folder / path).resolve()
        if file.is_dir():
            file = file / "index.html"
        if folder.resolve() not in file.parents or not file.is_file():
            return Given(status=404 if path == "robots.txt" else 503)
        body = file.read_bytes().replace(f"http://{host}/".encode(), server.home.encode())
        return Given(body=body, headers={"Content-Type": KINDS.get(file.suffix, "application/octet-stream")})

    server.routes = {"*": answer}
    with server:
        yield server


def truth_of(site: str) -> list[dict[str, Any]]:
    """What readers found at a site, by hand."""
    rows = [json.loads(line) for line in (REAL / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["file"].startswith(f"sites/{site}/")]


def place_of(row: dict[str, Any], site: str, home: str) -> str:
    path = row["file"].removeprefix(f"sites/{site}/").removesuffix("index.html")
    return canonical(home + path)


def columns_of(town: Town, run: str) -> dict[str, Column]:
    """The columns as the scan's walk shows them, by canonical address."""
    folder = RunFolder(town.data / "runs" / run, town.data / "bodies")
    site = town.registry.sites[0]
    seen = observe(site, town.registry, folder.read_walk(site.id), as_of=town.as_of)
    assert isinstance(seen.columns, Seen)
    return {canonical(column.url): column for column in seen.columns.fact}


def newest_of(url: str, columns: dict[str, Column]) -> str | None:
    """The newest date that a list shows, as its readers noted it; a parent shows what its children list."""
    column = columns.get(url)
    if column is None or not isinstance(column.listing, Seen):
        return None
    listing = column.listing.fact
    days = [entry.list_day.isoformat() for entry in listing.entries if entry.list_day is not None]
    days += filter(None, (newest_of(canonical(child), columns) for child in listing.children))
    return max(days, default=None)


def age_limits_of(found: list[Verdict]) -> dict[str, str]:
    """The newest dates that stale columns were accused with, by canonical address."""
    return {
        canonical(verdict.subject.key): str(verdict.outcome.observed["newest"])
        for verdict in found
        if isinstance(verdict.outcome, Violation) and verdict.check == "column.stale"
    }


@pytest.mark.parametrize(
    ("site", "host", "as_of"),
    [
        ("zhecheng", "www.zhecheng.gov.cn", "2018-07-27T18:00:00+08:00"),
        ("daozhen_hrss", "www.example.gov.cn", "2021-01-15T09:00:00+08:00"),
    ],
)
def test_a_real_site_is_read_as_a_careful_reader_read_it(
    site: str, host: str, as_of: str, tmp_path: Path
) -> None:
    with served(REAL / "sites" / site, host) as server:
        registry = registry_of([server.home], "changshu-2020")
        town = Town(data=tmp_path, registry=registry, as_of=datetime.fromisoformat(as_of))
        result = town.scan()
        assert result.not_judged == {}
        columns = columns_of(town, result.run)
        truth = {place_of(row, site, server.home): row for row in truth_of(site)}
        lists = {url: row["newest_date"] for url, row in truth.items() if row["type"] == "list"}
        assert len(lists) >= 6
        assert {url: newest_of(url, columns) for url in lists} == lists
        found = town.violations()
        stale = age_limits_of(found)
        assert {url: day for url, day in stale.items() if url in lists} == {
            url: lists[url] for url in stale if url in lists
        }
        empty = {canonical(verdict.subject.key) for verdict in found if verdict.check == "column.empty"}
        assert {url for url, row in truth.items() if row["type"] == "empty_column"} <= empty
        assert not empty & set(lists)
        missing = {verdict.subject.key for verdict in found if verdict.check == "column.missing"}
        assert not missing & {"on_request", "annual_report", "guide", "regulations"}
        assert not [verdict for verdict in found if verdict.check == "annual-report.missing"]
