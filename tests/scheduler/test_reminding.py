"""What is worth telling, gathered from the store: the ladder before a line, mends, planned closures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from alerts.digest import Item, Kind
from domain.finding import CaseState
from domain.observation import AccountObservation, SiteObservation
from domain.target import Account, AccountState, ColumnKind, Site
from scheduler.desk import NightStore, Place
from scheduler.reminding import Reminding, as_notice
from scheduler.terms import Terms
from storage.nights import Closure
from storage.people import Act
from tests.observations import (
    AS_OF,
    account,
    account_observation,
    column,
    entry,
    listing,
    post,
    report,
    seen,
    site_observation,
    url,
)
from tests.storage.builders import PASSED, REGISTRY, night, take, verdict

COLUMN = url("gzdt/")
NEWS = column("gzdt/", ColumnKind.NEWS, listing(entry("2026-06-20", "gzdt/a1.html")), name="工作动态")
SITE = site_observation(site=replace(REGISTRY.sites[0], home=url("")), columns=seen((NEWS,)))
SILENT = account_observation(post("2026-06-20"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[NightStore]:
    with NightStore.open(tmp_path) as made:
        yield made


def reminding(store: NightStore, tmp_path: Path, days: int = 0) -> Reminding:
    now = AS_OF + timedelta(days=days)
    place = Place(data=tmp_path, clock=lambda: now, program="t")
    return Reminding(place=place, store=store, registry=REGISTRY, terms=Terms(), now=now)


@pytest.fixture
def looks(store: NightStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reminding:
    """Ten days after the newest entry and post, of a site and an account that show nothing else."""

    def of_site(self: Reminding, site: Site) -> SiteObservation | None:
        return SITE if site.id == SITE.site.id else None

    def of_account(self: Reminding, one: Account) -> AccountObservation:
        return SILENT

    monkeypatch.setattr(Reminding, "_seen", of_site)
    monkeypatch.setattr(Reminding, "_account_seen", of_account)
    return reminding(store, tmp_path)


def ahead(looks: Reminding) -> list[str]:
    return sorted(item.where or item.target for item in looks.ahead(looks.store.closures()))


def test_ten_days_are_told_of_columns_and_accounts(looks: Reminding) -> None:
    assert ahead(looks) == sorted([COLUMN, "a01"])
    [item] = [item for item in looks.ahead(()) if item.where]
    assert item.what.endswith("最新一条为2026-06-20，更新期限14天，还剩4天，2026-07-04为最后一天。")


def test_another_lapse_of_the_same_page_or_account_is_no_ground_to_be_silent(
    looks: Reminding, store: NightStore
) -> None:
    take(store, 0, verdict(check="site.tags-missing", subject=COLUMN))
    take(store, 1, verdict(check="column.stale", subject=url("other/")))
    assert ahead(looks) == sorted([COLUMN, "a01"])


def test_a_line_that_was_crossed_is_warned_of_no_more(looks: Reminding, store: NightStore) -> None:
    take(store, 0, verdict(check="column.stale", subject=COLUMN))
    assert ahead(looks) == ["a01"]
    [case] = store.findings()
    act = Act(at=night(0), who="t", act="review")
    store.decide_cases([case.id], CaseState.DISMISSED, by="张", reason="误报", at=night(0), act=act)
    assert ahead(looks) == sorted([COLUMN, "a01"])


@pytest.mark.parametrize(
    "more", [{"control": True}, {"state": AccountState.SUSPENDED}, {"opened_on": AS_OF.date()}]
)
def test_an_account_that_is_not_assessed_is_not_warned(
    looks: Reminding, monkeypatch: pytest.MonkeyPatch, more: dict
) -> None:
    other = replace(SILENT, account=account(**more))
    monkeypatch.setattr(Reminding, "_account_seen", lambda self, one: other)
    assert ahead(looks) == [COLUMN]


@pytest.mark.parametrize(
    ("today", "level"),
    [("2027-01-14", 0), ("2027-01-15", 1), ("2027-01-24", 1), ("2027-01-25", 2), ("2027-01-31", 2),
     ("2027-02-01", 0)],
)  # fmt: skip
def test_the_annual_report_is_warned_of_on_15_and_25_january(
    store: NightStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, today: str, level: int
) -> None:
    now = datetime.fromisoformat(f"{today}T08:20+08:00")
    column_of_reports = column("nb/", ColumnKind.ANNUAL_REPORT, listing(entry("2026-01-20", "nb/1.html")))
    shown = replace(SITE, as_of=now, columns=seen((column_of_reports,)), reports=seen(()))
    monkeypatch.setattr(Reminding, "_seen", lambda self, site: shown if site.id == SITE.site.id else None)
    monkeypatch.setattr(Reminding, "_account_seen", lambda self, one: None)
    looks = replace(reminding(store, tmp_path), now=now)
    found = [item for item in looks.ahead(()) if "年度报告" in item.what]
    assert [item.level for item in found] == [level] * bool(level)
    assert all("2027-01-31为最后一天" in item.what for item in found)
    report_of_2026 = replace(shown, reports=seen((report(2026, "2027-01-10"),)))
    monkeypatch.setattr(Reminding, "_seen", lambda self, site: report_of_2026)
    assert not [item for item in looks.ahead(()) if "年度报告" in item.what]


def test_a_planned_closure_is_respected(looks: Reminding, store: NightStore) -> None:
    today = AS_OF.date()
    store.add_closure(
        Closure(unit="U01", first_day=today, last_day=today, reason="机房搬迁", who="王", at=AS_OF)
    )
    assert ahead(looks) == []


def test_a_mend_is_told_to_a_unit_that_was_told_of_the_lapse_however_long_ago_it_was_seen(
    store: NightStore, tmp_path: Path
) -> None:
    for number in (0, 1):
        take(store, number, verdict(witnesses=2))
    told = reminding(store, tmp_path, days=2).of_cases(())
    assert kinds(told) == [Kind.NEW]
    take(store, 30, verdict(PASSED))
    assert reminding(store, tmp_path, days=31).of_cases(()) == []  # nobody had heard of it
    store.note_notices([as_notice(item, AS_OF) for item in told])
    assert kinds(reminding(store, tmp_path, days=31).of_cases(())) == [Kind.MENDED]
    assert reminding(store, tmp_path, days=60).of_cases(()) == []


def kinds(items: list[Item]) -> list[Kind]:
    return [item.kind for item in items]
