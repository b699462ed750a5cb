"""Incremental nights: fewer requests, old facts named as such, no accusation on them, full walks when due."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from domain.finding import CaseState
from domain.outcome import Inconclusive, Pass
from tests.crawler.loopback import Given, LoopbackServer
from tests.e2e.scanning import Town, figures, registry_of

AS_OF = datetime.fromisoformat("2026-06-30T09:00:00+08:00")
WORDS = "为做好这项工作，现将有关事项通知如下，请结合实际认真落实。" * 6
IDENTITY = "11010519491231002X"
"""The example of the standard, valid by its checksum; of nobody."""

ARTICLES = 12


def page(title: str, body: str) -> str:
    menu = '<a href="/tzgg/">通知公告</a><a href="/gzdt/">工作动态</a>'
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f'<div class="nav">{menu}</div><div class="main">{body}</div>'
        '<div class="footer">主办：某局 网站标识码：3205810001</div></body></html>'
    )


def listing(name: str, days: list[str]) -> str:
    rows = "".join(
        f'<li><a href="/{name}/{number}.html">关于开展第{number}项检查工作的通知</a><span>{day}</span></li>'
        for number, day in enumerate(days)
    )
    return f'<ul class="list">{rows}</ul>'


def article(number: int, day: str, more: str = "") -> str:
    title = f"关于开展第{number}项检查工作的通知"
    return page(title, f"<h1>{title}</h1><p>发布时间：{day}</p><div>{WORDS}{more}</div>")


def site(more: str = "") -> dict[str, object]:
    """A small site; `more` stands in one of its articles."""
    days = {
        "tzgg": [f"2026-06-{28 - number:02d}" for number in range(ARTICLES)],
        "gzdt": [f"2026-06-{29 - number:02d}" for number in range(ARTICLES)],
    }
    routes: dict[str, object] = {
        "/": page("某局", listing("tzgg", days["tzgg"]) + listing("gzdt", days["gzdt"])),
        "/robots.txt": "",
        "*": Given(status=404, body="没有这一页"),
    }
    for name, own in days.items():
        routes[f"/{name}/"] = page("通知公告" if name == "tzgg" else "工作动态", listing(name, own))
        for number, day in enumerate(own):
            here = more if (name, number) == ("tzgg", 3) else ""
            routes[f"/{name}/{number}.html"] = article(number, day, here)
    return routes


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer(site()) as running:
        yield running


def town_of(tmp_path: Path, *servers: LoopbackServer) -> Town:
    return Town(data=tmp_path, registry=registry_of([one.home for one in servers]), as_of=AS_OF)


def asked(server: LoopbackServer) -> set[str]:
    """The addresses asked for since the last time."""
    found = {one.target for one in server.asked} - {"/robots.txt"}
    server.asked.clear()
    return found


def test_a_night_asks_only_for_what_may_have_changed_and_says_what_it_carried_on(
    server: LoopbackServer, tmp_path: Path
) -> None:
    town = town_of(tmp_path, server)
    town.scan()
    everything = asked(server)
    assert len(everything) > 2 * ARTICLES
    second = town.scan(days=1, incremental=True)
    assert len(asked(server)) <= 4
    assert second.kept >= 2 * ARTICLES
    reasons = [
        verdict.outcome.reason
        for verdict in town.outcomes()
        if verdict.subject.key == f"{server.home}tzgg/5.html" and isinstance(verdict.outcome, Pass)
    ]
    assert reasons
    assert all("以2026年11月20日所见为准" in reason for reason in reasons)


def test_all_is_asked_for_when_the_interval_is_over_and_without_being_told_otherwise(
    server: LoopbackServer, tmp_path: Path
) -> None:
    town = town_of(tmp_path, server)
    town.scan()
    everything = asked(server)
    town.scan(days=1)
    assert asked(server) == everything
    town.scan(days=6, incremental=True)
    assert len(asked(server)) < len(everything) / 2
    town.scan(days=8, incremental=True, full_walk_days=7)
    assert asked(server) == everything


def test_a_known_lapse_is_looked_at_every_night_until_it_is_mended_and_when_it_is_back(
    server: LoopbackServer, tmp_path: Path
) -> None:
    server.routes = site(f"身份证号：{IDENTITY}")
    town = town_of(tmp_path, server)
    town.scan()
    (first,) = [one for one in town.findings() if one.check == "content.privacy"]
    server.routes = site()
    town.scan(days=1, incremental=True)
    (mended,) = [one for one in town.findings() if one.id == first.id]
    assert mended.state is CaseState.RECTIFIED
    server.routes = site(f"身份证号：{IDENTITY}")
    town.scan(days=2, incremental=True)
    back = [one for one in town.findings() if one.check == "content.privacy" and one.id != first.id]
    assert [one.occurrence for one in back] == [2]


def test_a_page_that_cannot_be_seen_again_keeps_its_case_open(server: LoopbackServer, tmp_path: Path) -> None:
    server.routes = site(f"身份证号：{IDENTITY}")
    town = town_of(tmp_path, server)
    town.scan()
    (finding,) = [one for one in town.findings() if one.check == "content.privacy"]
    path = finding.url.removeprefix(server.home[:-1])
    for days, answer, state in (
        (1, Given(status=503), CaseState.DETECTED),
        (2, Given(status=412, body="<script>$_ts={}</script>"), CaseState.DETECTED),
        (3, Given(status=404), CaseState.RECTIFIED),
    ):
        asked(server)
        server.routes[path] = answer
        town.scan(days=days, incremental=True)
        assert path in asked(server)
        mine = [
            one
            for one in town.outcomes()
            if (one.check, one.subject.key) == ("content.privacy", finding.subject)
        ]
        assert {type(one.outcome) for one in mine} <= {Inconclusive}
        assert [one.state for one in town.findings() if one.id == finding.id] == [state]


def test_a_page_that_nothing_leads_to_any_more_is_asked_for_itself(
    server: LoopbackServer, tmp_path: Path
) -> None:
    server.routes = site(f"身份证号：{IDENTITY}")
    town = town_of(tmp_path, server)
    town.scan()
    (finding,) = [one for one in town.findings() if one.check == "content.privacy"]
    for path in ("/", "/tzgg/"):
        server.routes[path] = str(server.routes[path]).replace("/tzgg/3.html", "/tzgg/4.html")
    town.scan(days=1)
    (still,) = [one for one in town.findings() if one.id == finding.id]
    assert (still.state, still.sightings) == (CaseState.DETECTED, 2)


@pytest.mark.slow
def test_through_workers_the_nights_come_to_the_same(server: LoopbackServer, tmp_path: Path) -> None:
    """A lapse, then its page fails, then nothing leads to it any more, then it is mended."""
    here, there = town_of(tmp_path / "here", server), town_of(tmp_path / "there", server)
    soiled, clean = site(f"身份证号：{IDENTITY}"), site()
    lost = {
        path: str(soiled[path]).replace("/tzgg/3.html", "/tzgg/4.html") for path in ("/", "/tzgg/", "/gzdt/")
    }
    nights = (
        (soiled, CaseState.DETECTED),
        (soiled | {"/tzgg/3.html": Given(status=503)}, CaseState.DETECTED),
        (soiled | lost | {"/tzgg/3.html": Given(status=503)}, CaseState.DETECTED),
        (clean, CaseState.RECTIFIED),
    )
    for days, (routes, state) in zip((0, 3, 6, 9), nights, strict=True):
        server.routes = routes
        asked(server)
        options = {"days": days, "incremental": True, "full_walk_days": 30}
        alone, by_one = here.scan(**options), asked(server)
        shared, by_errands = there.work(**options), asked(server)
        assert by_errands == by_one
        assert there.came_to() == here.came_to()
        assert figures(shared) == figures(alone)
        assert shared.carried == (days > 0)
        assert [one.state for one in there.findings() if one.check == "content.privacy"] == [state]


BLIND = {
    "503": Given(status=503, body="维护中"),
    "412": Given(status=412, body="<script>$_ts={}</script>"),
    "521": Given(status=521, body="<script>document.cookie='a=1'</script>"),
}


@pytest.mark.slow
def test_a_night_in_which_a_third_of_the_sites_fail_brings_no_new_violation(tmp_path: Path) -> None:
    servers = [LoopbackServer(site()) for _ in range(9)]
    for one in servers:
        one.__enter__()
    silent = servers[3]
    try:
        town = town_of(tmp_path, *servers)
        town.scan()
        before = {(one.check, one.subject): one.state for one in town.findings()}
        for blind, answer in zip(servers, BLIND.values(), strict=False):
            blind.routes = {"*": answer}
        silent.__exit__()
        result = town.scan(days=1, incremental=True)
        assert {(one.check, one.subject): one.state for one in town.findings()} == before
        assert set(result.not_judged) == {"s0", "s1", "s2", "s3"}
        blinded = [one for one in town.outcomes() if one.target in result.not_judged]
        assert blinded
        assert {type(one.outcome) for one in blinded} <= {Inconclusive}
    finally:
        for one in servers:
            if one is not silent:
                one.__exit__()
