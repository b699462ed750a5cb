"""Accounts worked at night after night: health of sources, credentials, holds, evidence without secrets."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.guard import GuardPolicy
from crawler.runfolder import RunFolder
from domain.finding import Verdict
from domain.observation import CHINA
from domain.outcome import Inconclusive, Pass, Violation
from domain.target import Account, AccountSource, Platform, Registry, SourceType
from domain.unit import Unit, UnitCategory
from evidence.look import Look
from scheduler.browsing import Browsing
from scheduler.credentials import key_file
from scheduler.newsroom import AccountWork, Newsroom, requests_of
from scheduler.reckoning import account_facts, answers_of, look_of, pictures_of
from schemes.scheme import questions
from storage.store import Store
from tests.crawler.loopback import Given, LoopbackServer
from tests.crawler.platform_servers import APP_ID, SECRET, Wechat, serving

AS_OF = datetime(2026, 6, 30, 2, 0, tzinfo=CHINA)
SCHEMES = ("national-2019",)
UNIT = Unit(code="U01", name="云溪市卫健委", category=UnitCategory.DEPARTMENT)
PNG = b"\x89PNG\r\n\x1a\n0000"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as running:
        yield running


def feed(*days_ago: float) -> str:
    rows = [
        {
            "url": f"http://127.0.0.1:1/p{day}",
            "title": f"第{day}天",
            "date_published": (AS_OF - timedelta(days=day)).isoformat(),
        }
        for day in days_ago
    ]
    return json.dumps({"version": "x", "description": "官方账号", "items": rows})


def account(name: str, source: AccountSource, **more: Any) -> Account:
    return Account(id=name, unit="U01", platform=Platform.WECHAT, name=name, source=source, **more)


def rss(server: LoopbackServer, name: str, **more: Any) -> Account:
    return account(name, AccountSource(type=SourceType.RSS, url=f"{server.home}{name}.json"), **more)


def night(store: Store, tmp_path: Path, *accounts: Account, nights: int = 0) -> dict[str, AccountWork]:
    as_of = AS_OF + timedelta(days=nights)
    folder = RunFolder(tmp_path / f"run{nights}", tmp_path / "bodies")
    folder.create()
    newsroom = Newsroom(
        registry=Registry(schemes=SCHEMES, units=(UNIT,), accounts=accounts),
        questions=questions(SCHEMES),
        store=store,
        data=tmp_path / "data",
        folder=folder,
        browsing=Browsing(lambda: "没有浏览器"),
        policy=GuardPolicy(networks=("127.0.0.0/8",)),
        clock=lambda: as_of,
        as_of=as_of,
        origin=tmp_path,
    )
    names = [each.id for each in accounts]
    newsroom.survey(names)
    return {name: newsroom.work_at(name) for name in names}


def stale(work: AccountWork) -> Verdict:
    return next(verdict for verdict in work.verdicts if verdict.check == "media.stale")


def test_blind_since_the_first_night_that_failed(
    store: Store, tmp_path: Path, server: LoopbackServer
) -> None:
    one = rss(server, "a1")
    server.routes["/a1.json"] = feed(1, 8)
    assert isinstance(stale(night(store, tmp_path, one)["a1"]).outcome, Pass)
    server.routes["/a1.json"] = Given(status=503)
    night(store, tmp_path, one, nights=1)
    outcome = stale(night(store, tmp_path, one, nights=20)["a1"]).outcome
    assert isinstance(outcome, Inconclusive)
    assert outcome.reason.startswith("自2026-07-01起无法判定")
    health = store.source_health("a1")
    assert health is not None
    assert (health.failures, health.posts, health.last_good) == (2, 2, AS_OF)


def test_a_post_once_seen_is_not_forgotten(store: Store, tmp_path: Path, server: LoopbackServer) -> None:
    one = rss(server, "a1")
    server.routes["/a1.json"] = feed(1, 30)
    night(store, tmp_path, one)
    server.routes["/a1.json"] = feed(30, 40)
    outcome = stale(night(store, tmp_path, one, nights=2)["a1"]).outcome
    assert isinstance(outcome, Inconclusive)
    assert "2026-06-29" in outcome.reason
    assert isinstance(stale(night(store, tmp_path, one, nights=30)["a1"]).outcome, Violation)


def test_silent_control_account_holds_its_source(
    store: Store, tmp_path: Path, server: LoopbackServer
) -> None:
    one, control = rss(server, "a1"), rss(server, "c1", control=True)
    server.routes |= {"/a1.json": feed(20, 27), "/c1.json": feed(20, 21)}
    works = night(store, tmp_path, one, control)
    outcome = stale(works["a1"]).outcome
    assert isinstance(outcome, Inconclusive)
    assert "对照账号" in outcome.reason
    health = store.source_health("a1")
    assert health is not None
    assert not health.works
    server.routes["/c1.json"] = feed(-0.9, 1)
    assert isinstance(stale(night(store, tmp_path, one, control, nights=1)["a1"]).outcome, Violation)


def test_sealed_credentials_reach_the_interface_and_nothing_else(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    data = tmp_path / "data"
    store.seal_secret(key_file(data), "wx-u01", SECRET, at=AS_OF, by="张三")
    posts = [("旧文", AS_OF - timedelta(days=40)), ("更旧", AS_OF - timedelta(days=50))]
    with serving(Wechat(posts)) as base:
        source = AccountSource(
            type=SourceType.WECHAT_API,
            options=(
                ("base_url", base),
                ("app_id", APP_ID),
                ("secret_name", "wx-u01"),
                ("covers_all", "true"),
            ),
        )
        work = night(store, tmp_path, account("a1", source))["a1"]
    lapse = stale(work).outcome
    assert isinstance(lapse, Violation)
    facts = account_facts(work, lapse)
    assert "距监测日40天" in facts["reckoning"]
    assert [post["title"] for post in facts["posts"]] == ["旧文", "更旧"]
    kept = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    shown = kept + f"{work!r}{facts!r}{caplog.text}".encode() + b"".join(answers_of(work).values())
    assert SECRET.encode() not in shown
    assert b"TOKEN_1" not in shown


def test_secret_in_a_sources_address_stays_out_of_sight(
    store: Store, tmp_path: Path, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIDGE_KEY", "k-0123456789")
    server.routes["/a1.json?key=k-0123456789"] = feed(30, 40)
    source = AccountSource(
        type=SourceType.RSS,
        url=f"{server.home}a1.json?key=__SECRET__",
        options=(("secret_env", "BRIDGE_KEY"),),
    )
    work = night(store, tmp_path, account("a1", source))["a1"]
    assert isinstance(stale(work).outcome, Violation)
    assert "k-0123456789" not in repr(work)


def test_missing_key_file_blinds_the_account_and_nothing_more(
    store: Store, tmp_path: Path, server: LoopbackServer
) -> None:
    data = tmp_path / "data"
    store.seal_secret(key_file(data), "wx", "secret-value", at=AS_OF, by="张三")
    key_file(data).unlink()
    source = AccountSource(type=SourceType.WECHAT_API, options=(("app_id", "x"), ("secret_name", "wx")))
    server.routes["/a2.json"] = feed(1, 8)
    works = night(store, tmp_path, account("a1", source), rss(server, "a2"))
    outcome = stale(works["a1"]).outcome
    assert isinstance(outcome, Inconclusive)
    assert "密钥文件不见了" in outcome.reason
    assert isinstance(stale(works["a2"]).outcome, Pass)


def test_recorded_pictures_go_into_the_evidence(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a1.png").write_bytes(PNG)
    (tmp_path / "a1.csv").write_text(
        "链接,标题,发布时间,截图\n"
        "http://v.test/2,新,2026-05-20 09:00,a1.png\n"
        "http://v.test/1,旧,2026-05-01 09:00,../../etc/passwd\n",
        encoding="utf-8",
    )
    source = AccountSource(type=SourceType.FILE, path="a1.csv")
    work = night(store, tmp_path, account("a1", source))["a1"]
    assert isinstance(stale(work).outcome, Violation)
    assert dict(pictures_of(work, tmp_path)) == {"recorded-1.png": PNG}


def test_a_post_at_fault_is_looked_at_itself_and_covered_where_it_leaks(
    store: Store, tmp_path: Path, server: LoopbackServer
) -> None:
    server.routes["/a1.json"] = feed(40, 50)
    work = night(store, tmp_path, rss(server, "a1"))["a1"]
    late = stale(work)
    assert isinstance(late.outcome, Violation)
    post = replace(late.outcome, url="http://127.0.0.1:1/p50", observed={}, frame=None)
    leak = replace(late, check="media.privacy", outcome=post)
    fed = replace(late, check="media.too-few", outcome=replace(post, url=f"{server.home}a1.json"))
    work = replace(work, verdicts=[late, leak, fed])
    wanted = {request.url: request.private for request in requests_of(work)}
    assert wanted == {"http://127.0.0.1:1/p40": False, "http://127.0.0.1:1/p50": True}
    newest = Look(snapshot=work.reading.pages[0].snapshot)
    work = replace(work, looks={"http://127.0.0.1:1/p40": newest})
    assert look_of(work, late.outcome) is newest
    assert look_of(work, post) is None
