"""What is worth telling: kinds, stages, words, fingerprints; what is not told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from alerts.digest import Item, Kind, Standing, Wording, as_read_on, compose, items_of
from alerts.ripeness import Damping, ripe
from domain.finding import CaseState, Finding
from storage.findings import Seen

SEEN = datetime(2026, 6, 29, 18, 0, tzinfo=UTC)
TODAY = date(2026, 7, 10)
FINDING = Finding(
    id="F01", check="column.stale", unit="U01", target_kind="site", target="s01",
    subject="http://127.0.0.1/tzgg/", subject_name="通知公告", url="http://127.0.0.1/tzgg/",
    observed={}, expected={}, summary="“通知公告”栏目211天没有更新。", indicators=("changshu-2020/7",),
    state=CaseState.DETECTED, first_seen=SEEN, last_seen=SEEN,
)  # fmt: skip
WORDING = Wording(
    checks={"content.privacy": "公开个人信息"}, clauses={"changshu-2020/7": "第7项"}, portal="https://p/"
)


def told(state: CaseState = CaseState.DETECTED, **more: object) -> list[tuple[Kind, str]]:
    changes = {name: more.pop(name) for name in list(more) if name in Finding.__slots__}
    standing = Standing(finding=replace(FINDING, state=state, **changes), **more)  # type: ignore[arg-type]
    return [(item.kind, item.fingerprint) for item in items_of([standing], TODAY, WORDING)]


def kinds(*args: object, **more: object) -> list[Kind]:
    return [kind for kind, _ in told(*args, **more)]  # type: ignore[arg-type]


def test_what_one_night_saw_is_told_to_nobody() -> None:
    assert kinds() == []
    assert kinds(ripe=True) == [Kind.NEW]
    assert kinds(ripe=True, occurrence=2) == [Kind.RELAPSE]


@pytest.mark.parametrize(
    "more", [{"trial": True}, {"severity": "warning"}, {"paused": True}, {"state": CaseState.DISMISSED}]
)
def test_what_costs_nothing_or_is_planned_is_not_told(more: dict) -> None:
    assert kinds(ripe=True, **more) == []


def test_a_leak_is_told_at_once_and_without_what_leaked() -> None:
    finding = replace(FINDING, check="content.privacy", summary="身份证号 320101199001011234 公开")
    [item] = items_of([Standing(finding=finding)], TODAY, WORDING)
    assert (item.kind, item.level) == (Kind.URGENT, 3)
    assert item.what == "公开个人信息：通知公告"


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (9, [Kind.NEW]),
        (3, [Kind.NEW, Kind.DUE]),
        (2, [Kind.NEW, Kind.DUE]),
        (1, [Kind.NEW, Kind.DUE]),
        (0, [Kind.NEW, Kind.DUE]),
        (-1, [Kind.NEW, Kind.OVERDUE]),
        (-12, [Kind.NEW, Kind.OVERDUE]),
    ],
)
def test_due_dates_are_reminded_of_and_missed(left: int, expected: list[Kind]) -> None:
    assert kinds(CaseState.NOTIFIED, due=TODAY + timedelta(days=left)) == expected


def test_each_stage_is_one_fingerprint_whatever_the_day() -> None:
    due = TODAY + timedelta(days=3)
    prints: list[str] = []
    for day in range(40):
        standing = Standing(finding=replace(FINDING, state=CaseState.NOTIFIED), due=due)
        found = items_of([standing], TODAY + timedelta(days=day), WORDING)
        prints += [item.fingerprint for item in found if item.fingerprint not in prints]
    assert len(prints) == 1 + 2 + 3  # notified; due in 3 and 1; overdue since 1, 5 and 10 days


def test_overdue_climbs_from_liaison_to_leader_to_operators() -> None:
    def level(over: int) -> int:
        due = TODAY - timedelta(days=over)
        standing = Standing(finding=replace(FINDING, state=CaseState.RECTIFYING), due=due)
        return items_of([standing], TODAY, WORDING)[-1].level

    assert [level(over) for over in (1, 4, 5, 10, 99)] == [2, 2, 3, 3, 3]


def test_a_mend_is_told_to_those_who_were_told_of_the_lapse() -> None:
    assert kinds(CaseState.RECTIFIED) == []
    assert kinds(CaseState.RECTIFIED, occurrence=2) == []
    assert kinds(CaseState.RECTIFIED, due=TODAY) == [Kind.MENDED]
    assert kinds(CaseState.RECTIFIED, told=True) == [Kind.MENDED]
    for check, level in (("column.stale", 1), ("content.dark-link", 3)):
        standing = Standing(finding=replace(FINDING, check=check, state=CaseState.RECTIFIED), told=True)
        assert [item.level for item in items_of([standing], TODAY, WORDING)] == [level]


def test_days_are_counted_on_the_day_on_which_the_message_is_read() -> None:
    due = TODAY + timedelta(days=3)
    standing = Standing(finding=replace(FINDING, state=CaseState.NOTIFIED), due=due)
    noted = [
        item for day in (0, 2, 4) for item in items_of([standing], TODAY + timedelta(days=day), WORDING)[1:]
    ]
    assert [item.kind for item in noted] == [Kind.DUE, Kind.DUE, Kind.OVERDUE]
    [soon] = as_read_on(noted[:2], due)
    assert soon.todo == "今天是整改期限的最后一天，请抓紧整改并答复。"
    [over] = as_read_on(noted, due + timedelta(days=3))
    assert (over.kind, over.todo) == (Kind.OVERDUE, "已逾期3天，请立即整改并说明原因。")
    new = items_of([standing], TODAY, WORDING)[:1]
    assert as_read_on(new, due + timedelta(days=99)) == new


def test_a_warning_that_waited_says_what_time_is_left_and_is_dropped_when_there_is_none() -> None:
    last = date(2026, 7, 13)
    common = {
        "kind": Kind.WARNING,
        "unit": "U01",
        "by": last.isoformat(),
        "target": "s01",
        "where": "http://x/",
    }
    first = Item(
        fingerprint="1",
        what="“甲”栏目最新一条为2026-06-29，更新期限14天，还剩4天，2026-07-13为最后一天。",
        **common,
    )
    second = Item(
        fingerprint="2",
        what="“甲”栏目最新一条为2026-06-29，更新期限14天，还剩2天，2026-07-13为最后一天。",
        level=2,
        **common,
    )
    [item] = as_read_on([first, second], date(2026, 7, 13))
    assert item.what == "“甲”栏目最新一条为2026-06-29，更新期限14天，还剩0天，2026-07-13为最后一天。"
    assert item.level == 2
    assert as_read_on([first], date(2026, 7, 14)) == []


def test_a_message_says_what_where_since_when_clause_todo_by_and_link() -> None:
    standing = Standing(finding=replace(FINDING, state=CaseState.NOTIFIED), due=date(2026, 7, 20))
    items = items_of([standing], TODAY, WORDING)
    subject, text = compose("某某局", items, datetime(2026, 7, 10, 1, 0, tzinfo=UTC), portal="https://p/")
    assert subject == "政务公开监测：某某局（新发现1项）"
    for words in (
        "截至2026年07月10日 09:00", "“通知公告”栏目211天没有更新。", "网址：http://127.0.0.1/tzgg/",
        "首次发现：2026-06-30", "依据：第7项", "请于2026-07-20前整改并答复。", "期限：2026-07-20",
        "https://p/findings/F01",
    ):  # fmt: skip
        assert words in text


def test_many_items_are_counted_not_listed() -> None:
    cases = [Standing(finding=replace(FINDING, id=f"F{n}"), ripe=True) for n in range(50)]
    _, text = compose("某某局", items_of(cases, TODAY, WORDING), SEEN)
    assert text.count("网址：") == 20
    assert "另有30项" in text


def test_ripe_needs_two_sightings_apart_by_two_means() -> None:
    def seen(hours: int, witnesses: int = 2) -> Seen:
        at = SEEN + timedelta(hours=hours)
        return Seen(at=at, summary="", severity="violation", observed={}, indicators=(), witnesses=witnesses)

    damping, finding = Damping(), replace(FINDING, witnesses=1)
    assert not ripe(finding, [seen(0)], damping)
    assert not ripe(finding, [seen(0), seen(3)], damping)
    assert not ripe(finding, [seen(0, 1), seen(24, 1)], damping)
    assert ripe(finding, [seen(0, 1), seen(24)], damping)
