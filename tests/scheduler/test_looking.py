"""The second witness: what a look in the browser does to a verdict."""

from dataclasses import replace
from datetime import UTC, datetime

from crawler.classify import SOFT_404
from domain.check import Subject
from domain.finding import Verdict
from domain.outcome import Inconclusive, Outcome, Pass, Violation
from domain.page import Page, PageKind
from domain.snapshot import FetchStatus, Snapshot, Via
from domain.walk import Sighting, Walk
from scheduler.looking import addresses, settle, settle_link, unlooked, with_looks

URL = "http://a.test/tzgg/"
AT = datetime(2026, 6, 30, tzinfo=UTC)
LAPSE = Violation(url=URL, summary="超期", observed={"age_days": 200}, expected={})


def verdict(outcome: Outcome, key: str = URL) -> Verdict:
    subject = Subject(key=key, unit="U1", name="通知公告")
    return Verdict(
        check="column.stale",
        target_kind="site",
        target="s1",
        subject=subject,
        outcome=outcome,
        indicators=("changshu-2020/7",) if isinstance(outcome, Violation) else (),
    )


def test_a_violation_seen_twice_has_two_witnesses() -> None:
    (settled,) = settle([verdict(LAPSE)], [verdict(LAPSE)], {URL: True})
    assert settled.witnesses == 2
    assert settled.indicators == ("changshu-2020/7",)


def test_a_page_that_the_browser_could_not_open_leaves_one_witness() -> None:
    (settled,) = settle([verdict(LAPSE)], [verdict(Inconclusive(reason="打不开"))], {URL: False})
    assert settled.witnesses == 1
    assert isinstance(settled.outcome, Violation)


def test_the_rendered_page_may_acquit() -> None:
    (settled,) = settle([verdict(LAPSE)], [verdict(Pass(reason="有更新"))], {URL: True})
    assert isinstance(settled.outcome, Pass)
    assert settled.indicators == ()


def test_a_subject_that_vanished_is_not_accused() -> None:
    (settled,) = settle([verdict(LAPSE)], [], {URL: True})
    assert isinstance(settled.outcome, Inconclusive)


def test_a_second_look_never_accuses() -> None:
    (settled,) = settle([verdict(Pass(reason="有更新"))], [verdict(LAPSE)], {URL: True})
    assert isinstance(settled.outcome, Pass)


def test_an_address_is_the_one_looked_at_in_whatever_form_it_is_written() -> None:
    other = replace(LAPSE, url=f"{URL}index.html")
    (settled,) = settle([verdict(other)], [verdict(other)], {URL: True})
    assert settled.witnesses == 2
    assert not unlooked([verdict(other)], [URL])


def test_a_violation_that_the_browser_moved_to_another_page_is_still_to_be_looked_at() -> None:
    moved = replace(LAPSE, url="http://a.test/other/")
    (settled,) = settle([verdict(LAPSE)], [verdict(moved)], {URL: True})
    assert unlooked([settled], [URL])
    assert not unlooked([settled], [URL, "http://a.test/other/"])
    assert not unlooked([verdict(Pass())], [])


def test_addresses_once_each() -> None:
    assert addresses([verdict(LAPSE), verdict(LAPSE, "b"), verdict(Pass())]) == [URL]


def page(title: str) -> Page:
    return Page(url=URL, adapter="generic", charset="utf-8", kind=PageKind.LIST, title=title)


def sighting(title: str, status: FetchStatus = FetchStatus.OK, role: str = "column") -> Sighting:
    snapshot = Snapshot(url=URL, final_url=URL, status=status, fetched_at=AT)
    return Sighting(snapshot=snapshot, page=page(title), role=role)


def test_looks_take_the_place_of_plain_pages() -> None:
    walk = Walk(
        site="s1",
        started_at=AT,
        ended_at=AT,
        complete=True,
        sightings=(sighting("旧"), sighting("链接", role="link")),
    )
    shown = sighting("新")
    look = replace(shown, snapshot=replace(shown.snapshot, via=Via.BROWSER))
    seen = with_looks(walk, {URL: look})
    assert [s.page.title for s in seen.sightings if s.page] == ["新", "链接"]
    blocked = with_looks(walk, {URL: sighting("拦截", FetchStatus.BLOCKED)})
    assert blocked == walk


END = "http://b.test/gone/"


def dead_link(status: object = 404) -> Verdict:
    lapse = Violation(url=URL, summary="打不开", observed={"status": status}, expected={})  # type: ignore[dict-item]
    return replace(verdict(lapse, END), check="site.broken-link")


def end(status: FetchStatus, url: str = END) -> dict[str, Sighting]:
    snapshot = Snapshot(url=url, final_url=url, status=status, fetched_at=AT, via=Via.BROWSER)
    return {url: Sighting(snapshot=snapshot, page=None)}


def test_a_dead_link_that_the_browser_opens_accuses_nobody() -> None:
    settled = settle_link(dead_link(), end(FetchStatus.OK))
    assert isinstance(settled.outcome, Inconclusive)
    assert settled.indicators == ()


def test_a_dead_link_that_is_dead_in_the_browser_too_has_two_witnesses() -> None:
    for status in (FetchStatus.GONE, FetchStatus.HTTP_ERROR, FetchStatus.UNREACHABLE):
        assert settle_link(dead_link(), end(status)).witnesses == 2
    assert settle_link(dead_link(), end(FetchStatus.GONE, "http://b.test/gone/index.html")).witnesses == 2


def test_what_the_browser_could_not_tell_leaves_one_witness() -> None:
    for seen in (
        {},
        end(FetchStatus.BLOCKED),
        end(FetchStatus.TIMEOUT),
        end(FetchStatus.OK, "http://c.test/"),
    ):
        settled = settle_link(dead_link(), seen)
        assert settled.witnesses == 1
        assert isinstance(settled.outcome, Violation)


def test_a_page_that_says_it_is_not_there_is_not_believed_for_opening() -> None:
    assert isinstance(settle_link(dead_link(SOFT_404), end(FetchStatus.OK)).outcome, Violation)
