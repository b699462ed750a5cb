"""The page of the nights: what is shown, asked for, paused, released, registered and sent again."""

from datetime import date

from storage.nights import DONE, Hold
from storage.postbox import DEAD, Delivery, Message
from storage.staging import SUFFIX, staged_folder
from tests.portal.city import City


def message(town: City) -> int:
    """A message that was given up."""
    at = town.clock()
    made = Message(
        fingerprint="f" * 64, unit="U01", recipient="李联络", level="liaison", channel="wecom",
        shown_address="企业微信机器人 …5aaa", day=date(2026, 6, 30), urgent=False,
        subject="政务公开监测：<b>某局</b>", body="一、事项", created=at,
    )  # fmt: skip
    [kept] = town.store.post([made], [], at)
    refusal = Delivery(message=kept.number, at=at, ok=False, answer="错误码 93000：invalid webhook url")
    town.store.note_delivery(refusal, DEAD, None)
    return kept.number


def test_the_page_shows_jobs_holds_closures_messages_and_the_log(town: City) -> None:
    store, at = town.store, town.clock()
    line = store.begin_job("probe", at, at)
    store.end_job(line, at, DONE, "探测2个网站，0个没有打开")
    store.keep_holds([Hold(run="R1", at=at, scope="全部", reason="对照站点打不开", targets=("s01",))])
    message(town)
    page = town.visitor("reader").get("/nights")
    assert page.status_code == 200
    for words in (
        "夜间巡检", "探测2个网站", "对照站点打不开", "企业微信机器人 …5aaa", "错误码 93000", "调度没有运行",
    ):  # fmt: skip
        assert words in page.text
    assert "<b>某局</b>" not in page.text
    assert "立即运行" not in page.text  # a reader has no such buttons


def test_jobs_are_asked_for_paused_and_resumed(town: City) -> None:
    boss = town.visitor("supervisor")
    assert boss.post("/nights/jobs/scan/run").status_code == 303
    assert boss.post("/nights/jobs/scan/pause", data={"paused": "true"}).status_code == 303
    job = town.store.jobs()["scan"]
    assert job.paused
    assert job.asked_at is not None
    assert "已暂停" in boss.get("/nights").text
    boss.post("/nights/jobs/scan/pause", data={"paused": "false"})
    assert not town.store.jobs()["scan"].paused
    assert boss.post("/nights/jobs/nonsense/run").status_code == 404
    assert {"night_run", "night_pause", "night_resume"} <= {line.act for line in town.store.acts()[0]}


def test_a_hold_is_released_once(town: City) -> None:
    at = town.clock()
    town.store.keep_holds([Hold(run="R1", at=at, scope="全部", reason="多数网站同时清空", targets=("s01",))])
    boss, number = town.visitor("supervisor"), town.store.holds()[0].number
    assert boss.post(f"/nights/holds/{number}/release").status_code == 303
    assert boss.post(f"/nights/holds/{number}/release").status_code == 409
    assert town.store.holds()[0].released_at is not None


def test_a_closure_is_registered_and_taken_back(town: City) -> None:
    boss = town.visitor("supervisor")
    form = {"unit": "U01", "first_day": "2026-07-01", "last_day": "2026-07-03", "reason": "机房搬迁"}
    assert boss.post("/nights/closures", data=form).status_code == 303
    [closure] = town.store.closures()
    assert closure.covers("U01", "s01", date(2026, 7, 3))
    assert not closure.covers("U01", "s01", date(2026, 7, 4))
    assert "机房搬迁" in boss.get("/nights").text
    assert boss.post("/nights/closures", data=form | {"unit": "U99"}).status_code == 422
    assert boss.post("/nights/closures", data=form | {"target": "s02"}).status_code == 422
    assert boss.post("/nights/closures", data=form | {"last_day": "2026-06-01"}).status_code == 409
    assert boss.post(f"/nights/closures/{closure.number}/withdraw").status_code == 303
    assert town.store.closures() == []


def test_a_dead_letter_is_sent_again(town: City) -> None:
    number, boss = message(town), town.visitor("supervisor")
    assert "未送达（1）" in boss.get("/nights?state=dead").text
    assert boss.post(f"/nights/messages/{number}/retry").status_code == 303
    assert town.store.messages()[0].state == "waiting"
    assert boss.post(f"/nights/messages/{number}/retry").status_code == 409


def test_a_running_scan_shows_how_far_it_is(town: City) -> None:
    registry = town.office.registry()
    assert registry is not None
    run = town.store.begin_run(registry, as_of=town.clock(), started=town.clock(), program="t")
    first = registry.sites[0].id
    many = len(registry.sites) + len(registry.accounts)
    reader = town.visitor("reader")
    assert f"巡检中 0 / {many}" in reader.get("/runs").text
    town.store.take_in(run.id, first, [], {}, town.clock())
    aside = staged_folder(town.office.data, run.id)
    aside.mkdir(parents=True)
    (aside / f"{registry.sites[1].id}{SUFFIX}").write_bytes(b"judged, not taken in yet")
    for page in ("/runs", f"/runs/{run.id}"):
        text = reader.get(page).text
        assert f"2 / {many}" in text, page
        assert 'data-live="1"' in text
    town.store.end_run(run.id, town.clock())
    assert "巡检中" not in reader.get(f"/runs/{run.id}").text
