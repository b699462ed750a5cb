"""What a walk could not see, as it goes on record."""

from dataclasses import replace
from datetime import UTC, datetime

from checks.runner import WHOLE_TARGET
from domain.check import Subject
from domain.finding import Verdict
from domain.outcome import Inconclusive, Outcome, Pass
from domain.snapshot import FetchStatus, Snapshot
from domain.walk import Pending, Sighting, Walk
from scheduler.reporting import account_trouble, enumerated_checks, report_of, site_trouble

AT = datetime(2026, 6, 30, tzinfo=UTC)


def sighting(url: str, status: FetchStatus, role: str = "column", detail: str = "") -> Sighting:
    snapshot = Snapshot(url=url, final_url=url, status=status, fetched_at=AT, detail=detail)
    return Sighting(snapshot=snapshot, page=None, role=role)


WALK = Walk(
    site="s1",
    started_at=AT,
    ended_at=AT,
    complete=False,
    stopped="页数已到上限",
    pending=(Pending(url="http://a.test/late/", text="通知", found_on="http://a.test/", why="页数已到上限"),),
    sightings=(
        sighting("http://a.test/", FetchStatus.OK, "home"),
        sighting("http://a.test/a/", FetchStatus.TIMEOUT),
        sighting("http://a.test/b/", FetchStatus.BLOCKED, detail="被防护系统拦截（HTTP 412）"),
        sighting("http://b.test/", FetchStatus.GONE, "link"),
    ),
)


def verdict(check: str, outcome: Outcome, key: str = "x") -> Verdict:
    subject = Subject(key=key, unit="U1", name="对象")
    return Verdict(check=check, target_kind="site", target="s1", subject=subject, outcome=outcome)


def test_gaps_are_named_with_reasons_and_links_are_left_out() -> None:
    report = report_of(WALK)
    assert not report.complete
    assert report.note == "页数已到上限"
    assert report.counts == {"ok": 1, "timeout": 1, "blocked": 1}
    assert [gap["reason"] for gap in report.gaps] == [
        "响应超时",
        "被防护系统拦截（HTTP 412）",
        "页数已到上限",
    ]


def test_a_site_is_judged_when_its_home_page_was_seen() -> None:
    assert site_trouble(WALK) == ""
    blocked = sighting("http://a.test/", FetchStatus.BLOCKED, "home", "被防护系统拦截")
    assert site_trouble(replace(WALK, sightings=(blocked,))) == "被防护系统拦截"
    assert site_trouble(replace(WALK, sightings=())) == "页数已到上限"


def test_an_account_is_judged_when_anything_of_it_was() -> None:
    blind = verdict("media.stale", Inconclusive(reason="信息源失灵"))
    assert account_trouble([blind]) == "信息源失灵"
    assert account_trouble([blind, verdict("media.unavailable", Pass())]) == ""
    assert account_trouble([]) == ""


def test_checks_with_a_gap_are_not_enumerated() -> None:
    gap = verdict("column.stale", Inconclusive(reason="未看全"), WHOLE_TARGET)
    asked = ["column.stale", "column.empty", "site.broken-link"]
    found = enumerated_checks(asked, [gap, verdict("column.empty", Pass())])
    assert found == {"column.empty", "site.broken-link"}
