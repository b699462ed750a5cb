"""`sh scripts/bench`: how fast a whole crawl is beside a bare Scrapy spider on the same pages, in one run.

Then what an incremental night costs beside a full one: without any pause between requests, where our own work
is all that takes time, and with a pause, as real nights are scanned.
"""

import argparse
import signal
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.farm import PAGES, SITES, build, change, serve
from benchmarks.measure import Measured, measure
from crawler.crawl import crawl
from crawler.events import SiteDone, SiteFailed
from crawler.plan import CrawlPlan, LinkBudget, SitePlan, decode_plan, encode_plan
from crawler.runfolder import RunFolder
from domain.snapshot import Via
from domain.target import Site

ROOT = Path(__file__).resolve().parent.parent
CHANGED = 0.03
PAUSE = 0.1
"""Seconds between two requests to a host in the polite nights: a tenth of what a scan keeps by default."""

AS_OF = datetime.fromisoformat("2026-06-30T09:00:00+08:00")


def plan_for(origins: list[str], previous: Path | None = None) -> CrawlPlan:
    """The plan of a whole crawl over the farm."""
    sites = tuple(
        SitePlan(
            site=Site(id=f"s{number:02d}", unit="U", name=f"第{number}局网站", home=f"{origin}/"),
            previous=str(previous) if previous else None,
        )
        for number, origin in enumerate(origins)
    )
    return CrawlPlan(sites=sites, as_of=AS_OF, clock=AS_OF, delay=0, links=LinkBudget())


def run_crawl(plan_path: str, place: str, bodies: str, processes: str) -> None:
    """One crawl, in a process of its own so that it can be measured; prints how many pages were seen."""
    plan = decode_plan(Path(plan_path).read_bytes())
    count = None if processes == "0" else int(processes)
    seen = 0
    for event in crawl(plan, Path(place), Path(bodies), processes=count):
        if isinstance(event, SiteFailed):
            raise SystemExit(f"{event.site}: {event.reason}")
        if isinstance(event, SiteDone):
            seen += event.pages
            if not event.complete:
                print(f"{event.site}: {event}", file=sys.stderr)
    print(seen)


def main() -> None:
    """Builds the farm, runs all, prints the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.crawl")
    parser.add_argument("--sites", type=int, default=SITES)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--pause", type=float, default=PAUSE, help="秒；巡检默认 1 秒，0 为不量")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("中断"))  # the farm's server must not be left behind
    with tempfile.TemporaryDirectory(prefix="govwatch-bench-") as text:
        place = Path(text)
        place.chmod(0o755)
        paths = build(place / "farm", sites=given.sites, pages=given.pages)
        size = sum(file.stat().st_size for file in (place / "farm").rglob("*.html"))
        with serve(place / "farm", given.sites) as (server, origins):
            urls = [origin + path for origin, own in zip(origins, paths, strict=True) for path in own]
            print(f"农场：{given.sites} 个网站，{len(urls)} 页，{size / 1e6:.0f} MB，由 {server} 提供")
            (place / "urls").write_text("\n".join(urls))
            bare = measure([sys.executable, "-m", "benchmarks.bare", str(place / "urls")], cwd=ROOT)
            report("裸 Scrapy（只下载）", bare, bare)
            one = _measure_crawl(place, origins, "one", processes=1)
            report("完整采集，1 个进程", one, bare)
            full = _measure_crawl(place, origins, "full", processes=0)
            report("完整采集，默认进程数", full, bare)
            scan = _measure_scan(place, origins, AS_OF)
            report("完整巡检（采集、全部检查、入库）", scan, bare, pages=len(urls))
            polite = _measure_scan(place, origins, AS_OF, pause=given.pause) if given.pause else None
            change(place / "farm", CHANGED, sites=given.sites, pages=given.pages)
            night = _measure_crawl(place, origins, "night", processes=0, previous=place / "full")
            _report_night("增量采集", (place / "full", place / "night"), origins, full, night)
            later = _measure_scan(place, origins, AS_OF + timedelta(days=1), "--incremental")
            _report_night("增量巡检", _two_runs(place), origins, scan, later)
            if polite is not None:
                later = _measure_scan(
                    place, origins, AS_OF + timedelta(days=1), "--incremental", pause=given.pause
                )
                name = f"增量巡检，同一主机间隔 {given.pause:g} 秒"
                _report_night(name, _two_runs(place, given.pause), origins, polite, later)


def _measure_crawl(
    place: Path, origins: list[str], name: str, *, processes: int, previous: Path | None = None
) -> Measured:
    (place / "plan").write_bytes(encode_plan(plan_for(origins, previous)))
    run, bodies = place / name, place / ("bodies-one" if name == "one" else "bodies")
    command = [sys.executable, "-m", "benchmarks.crawl", "run", str(place / "plan"), str(run), str(bodies)]
    measured = measure([*command, str(processes)], cwd=ROOT)
    unfinished = _ids(origins) - RunFolder(run, bodies).finished_sites()
    if unfinished:
        raise SystemExit(f"没有采完：{sorted(unfinished)}")
    return measured


def _two_runs(place: Path, pause: float = 0) -> tuple[Path, Path]:
    first, second = sorted((place / f"data-{pause:g}" / "runs").iterdir())
    return first, second


def _measure_scan(place: Path, origins: list[str], now: datetime, *more: str, pause: float = 0) -> Measured:
    """The whole scan as users run it, all checks included, without pictures."""
    registry = place / "registry.yaml"
    lines = ["schemes: [changshu-2020, national-2019]", "units:"]
    names = [(f"U{number:02d}", f"s{number:02d}", origin) for number, origin in enumerate(origins)]
    lines += [f"  - {{code: {unit}, name: 第{unit[1:]}局, category: department}}" for unit, _, _ in names]
    lines.append("sites:")
    lines += [
        f'  - {{id: {site}, unit: {unit}, name: 第{unit[1:]}局网站, home: "{origin}/"}}'
        for unit, site, origin in names
    ]
    registry.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [str(Path(sys.executable).parent / "govwatch"), "scan", "--registry", str(registry)]
    options = ["--data", str(place / f"data-{pause:g}"), "--now", now.isoformat(), "--no-screenshots"]
    return measure([*command, *options, "--delay", f"{pause:g}", *more], cwd=ROOT, fine=(0, 3))


def _report_night(
    name: str, runs: tuple[Path, Path], origins: list[str], full: Measured, night: Measured
) -> None:
    """How much an incremental night costs beside a full one."""
    asked = [_asked(RunFolder(run, run.parent / "bodies"), origins) for run in runs]
    share = asked[1] / asked[0]
    print(
        f"{name}（{CHANGED:.0%} 的页面有变化）：请求 {asked[1]} 次，"
        f"为全量 {asked[0]} 次的 {share:.1%}；"
        f"用时 {night.seconds:.1f} 秒，为全量的 {night.seconds / full.seconds:.1%}；"
        f"CPU {night.cpu:.1f} 秒，为全量的 {night.cpu / full.cpu:.1%}，内存峰值 {night.peak / 1e6:.0f} MB",
        flush=True,
    )


def _asked(run: RunFolder, origins: list[str]) -> int:
    """Requests that a run really sent."""
    return sum(
        sighting.snapshot.via is Via.HTTP for site_id in _ids(origins) for sighting in run.sightings(site_id)
    )


def _ids(origins: list[str]) -> frozenset[str]:
    """The ids of the farm's sites."""
    return frozenset(f"s{number:02d}" for number in range(len(origins)))


def report(name: str, measured: Measured, bare: Measured, *, pages: int | None = None) -> None:
    """One line: pages a second, CPU, memory, and the ratio to the bare spider."""
    pages = pages or int(measured.output.split()[-1])
    bare_pages = int(bare.output.split()[-1])
    rate, yardstick = pages / measured.seconds, bare_pages / bare.seconds
    cpu = measured.cpu / pages * 1000
    times = cpu / (bare.cpu / bare_pages * 1000)
    print(
        f"{name}：{pages} 页，{measured.seconds:.1f} 秒，{rate:.0f} 页/秒（× {rate / yardstick:.2f}），"
        f"每千页 CPU {cpu:.2f} 秒（× {times:.2f}），内存峰值 {measured.peak / 1e6:.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["run"]:
        run_crawl(*sys.argv[2:6])
    else:
        main()
