"""A site whose every page is written by a script: seen with a browser, not judged without one."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from domain.outcome import Inconclusive, Pass
from evidence.browser import BrowserFound, find_browser
from scheduler import errands, targets
from scheduler.rejudge import judge_again
from storage.store import Store
from tests.crawler.loopback import LoopbackServer
from tests.e2e.scanning import Town, figures, registry_of

AS_OF = datetime.fromisoformat("2026-06-30T09:00:00+08:00")
SHELL = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>某局</title></head>'
    '<body><div id="app"></div><script src="/app.js"></script></body></html>'
)
MENU = {"/tzgg/": "通知公告", "/gzdt/": "工作动态"}
LISTS = {
    "/tzgg/": [
        ["/tzgg/1.html", "关于开展检查工作的通知", "2025-11-02"],
        ["/tzgg/2.html", "关于召开会议的通知", "2025-10-08"],
    ],
    "/gzdt/": [
        ["/gzdt/1.html", "我局召开工作会议", "2026-06-28"],
        ["/gzdt/2.html", "我局开展宣传活动", "2026-06-25"],
    ],
}
APP = """
const menu = %s, lists = %s;
const link = ([url, text]) => `<li><a href="${url}">${text}</a></li>`;
const row = ([url, title, day]) => `<li><a href="${url}">${title}</a><span>${day}</span></li>`;
const words = '现将有关事项通知如下。'.repeat(20), path = location.pathname;
const article = Object.values(lists).flat().find(one => one[0] === path);
const nav = `<div class="nav"><ul>${Object.entries(menu).map(link).join('')}</ul></div>`;
let main = '';
if (article) main = `<h1>${article[1]}</h1><p>发布时间：${article[2]}</p><div>${words}</div>`;
else if (lists[path]) main = `<h2>${menu[path]}</h2><ul class="list">${lists[path].map(row).join('')}</ul>`;
else main = Object.values(lists).map(rows => `<ul class="list">${rows.map(row).join('')}</ul>`).join('');
setTimeout(() => { document.getElementById('app').innerHTML =
  `${nav}<div class="main">${main}</div><div class="footer">主办：某局 网站标识码：3205810001</div>`; }, 150);
"""


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    script = APP % (json.dumps(MENU, ensure_ascii=False), json.dumps(LISTS, ensure_ascii=False))
    with LoopbackServer({"*": SHELL, "/app.js": script, "/robots.txt": ""}) as running:
        yield running


@pytest.fixture
def browser() -> BrowserFound:
    found = find_browser(None)
    if not isinstance(found, BrowserFound):
        pytest.skip(f"没有可用的浏览器：{found.reason}")
    return found


@pytest.mark.browser
@pytest.mark.slow
def test_with_a_browser_it_is_judged_like_any_other(
    server: LoopbackServer, browser: BrowserFound, tmp_path: Path
) -> None:
    town = Town(data=tmp_path, registry=registry_of([server.home]), as_of=AS_OF)
    result = town.scan()
    assert result.not_judged == {}
    stale = town.violations("column.stale")
    assert [verdict.subject.key for verdict in stale] == [server.home + "tzgg/"]
    (verdict,) = stale
    assert verdict.outcome.observed["newest"] == "2025-11-02"  # type: ignore[union-attr]
    fresh = [one for one in town.outcomes() if one.subject.key == server.home + "gzdt/"]
    assert any(one.check == "column.stale" and isinstance(one.outcome, Pass) for one in fresh)
    with Store.open(tmp_path) as store:
        again = judge_again(store, tmp_path, None).outcomes
    plain = {(one.check, one.subject.key): one.outcome for one in town.outcomes()}
    assert {(one.check, one.subject.key): one.outcome for one in again} == plain


@pytest.mark.browser
@pytest.mark.slow
def test_through_workers_it_comes_to_the_same(
    server: LoopbackServer, browser: BrowserFound, tmp_path: Path
) -> None:
    """The pages that scripts lead to are walked in further rounds of the same errand; pictures are taken."""
    here, there = (
        Town(data=tmp_path / name, registry=registry_of([server.home]), as_of=AS_OF)
        for name in ("here", "there")
    )
    for night in ({"screenshots": True}, {"days": 1, "incremental": True}):
        alone, shared = here.scan(**night), there.work(**night)
        assert here.violations("column.stale")
        assert there.came_to() == here.came_to()
        assert figures(shared) == figures(alone)
    with Store.open(there.data) as store:
        again = judge_again(store, there.data, None).outcomes
    assert {(one.check, one.subject.key): one.outcome for one in again} == {
        (one.check, one.subject.key): one.outcome for one in there.outcomes()
    }


@pytest.mark.browser
@pytest.mark.slow
def test_what_an_attempt_cut_short_has_walked_is_judged_the_same(
    server: LoopbackServer, browser: BrowserFound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after its last round, it leaves that round's walk: the next attempt goes on from there."""
    here, there = (
        Town(data=tmp_path / name, registry=registry_of([server.home]), as_of=AS_OF)
        for name in ("here", "there")
    )
    here.scan()
    with monkeypatch.context() as killed:
        killed.setattr(errands, "failing_controls", _die)
        killed.setattr(targets, "shutil", SimpleNamespace(rmtree=lambda *_, **__: None))
        with pytest.raises(KeyboardInterrupt):
            there.work()
    server.asked.clear()
    there.work()
    assert "/" not in {one.target for one in server.asked if not one.headers.get("sec-fetch-mode")}
    assert there.violations("column.stale")
    assert there.came_to() == here.came_to()


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def test_without_one_nothing_of_it_is_concluded(
    server: LoopbackServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evidence import browser

    missing = browser.BrowserMissing(reason="没有找到浏览器", mend="请安装 Chromium")
    monkeypatch.setattr(browser, "find_browser", lambda configured: missing)
    town = Town(data=tmp_path, registry=registry_of([server.home]), as_of=AS_OF)
    result = town.scan()
    assert set(result.not_judged) == {"s0"}
    assert town.violations() == []
    judged = {type(verdict.outcome) for verdict in town.outcomes() if verdict.check.startswith("column.")}
    assert judged == {Inconclusive}
