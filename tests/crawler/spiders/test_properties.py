"""What holds of every walk, whatever the site is like."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.classify import Failure
from domain.snapshot import FetchStatus
from tests.crawler.spiders.web import HOME, article, html, listing, menu, set_out

NAMES = ["工作动态", "通知公告", "政策文件", "政策解读", "机构职能", "规划计划", "统计信息", "人事信息"]
GOOD, GONE = 200, 404
ANSWERS = [GOOD, GOOD, GOOD, GONE, 410, 503, 500, 403, 412, 521, b"", Failure.TIMEOUT, Failure.DNS]

columns = st.lists(
    st.tuples(st.sampled_from(ANSWERS), st.lists(st.integers(0, 7), max_size=3, unique=True)),
    min_size=8,
    max_size=8,
)


def links_to(numbers: list[int]) -> str:
    return menu(*((f"/c{number}/", NAMES[number]) for number in numbers))


def site_of(tree: list[tuple[Any, list[int]]], roots: list[int]) -> dict[str, Any]:
    pages: dict[str, Any] = {"/": html("某局", links_to(roots))}
    for number, (answer, below) in enumerate(tree):
        entry = listing((f"/art/2026/{number}.html", f"关于{NAMES[number]}的若干意见", "2026-06-01"))
        page = html(NAMES[number], links_to(below) + entry)
        pages[f"/c{number}/"] = page if answer == GOOD else answer
        pages[f"/art/2026/{number}.html"] = article(f"关于{NAMES[number]}的若干意见")
    return pages


def reachable(tree: list[tuple[Any, list[int]]], roots: list[int]) -> set[int]:
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            if tree[number][0] == GOOD:
                waiting += tree[number][1]
    return found


@settings(max_examples=60, deadline=None)
@given(tree=columns, roots=st.lists(st.integers(0, 7), min_size=1, max_size=4, unique=True))
def test_a_walk_is_complete_just_when_every_column_was_seen_or_is_gone(
    tree: list[tuple[Any, list[int]]], roots: list[int]
) -> None:
    with TemporaryDirectory() as place:
        trip = set_out(Path(place), site_of(tree, roots))
    met = reachable(tree, roots)
    unseen = {number for number in met if tree[number][0] not in (GOOD, GONE, 410)}
    assert {pending.url for pending in trip.walk.pending} == {f"{HOME}c{number}/" for number in unseen}
    assert trip.walk.complete is not bool(unseen)
    final = {one.snapshot.url: one for one in trip.walk.sightings if one.role == "column"}
    assert set(final) == {f"{HOME}c{number}/" for number in met}
    for number in met:
        ok = final[f"{HOME}c{number}/"].snapshot.status is FetchStatus.OK
        assert ok is (tree[number][0] == GOOD)
    assert max(trip.web.counts.values()) <= 3


@settings(max_examples=40, deadline=None)
@given(tree=columns, stop_at=st.integers(1, 30))
def test_a_walk_stopped_at_any_moment_never_claims_to_be_complete(
    tree: list[tuple[Any, list[int]]], stop_at: int
) -> None:
    stopped = []

    def stop(journey: Any, asked: int) -> None:
        if asked == stop_at:
            journey.stop("停")
            stopped.append(True)

    with TemporaryDirectory() as place:
        trip = set_out(Path(place), site_of(tree, list(range(8))), stop=stop)
    if stopped:
        assert not trip.walk.complete
        assert trip.walk.stopped == "停"
    asked = {url for url in trip.web.asked if not url.endswith("/robots.txt")}
    assert asked <= {one.snapshot.url for one in trip.walk.sightings}


@settings(max_examples=40, deadline=None)
@given(bodies=st.lists(st.binary(max_size=200), min_size=1, max_size=4), location=st.text(max_size=30))
def test_no_bytes_end_a_walk_early(bodies: list[bytes], location: str) -> None:
    from crawler.classify import Reply

    pages: dict[str, Any] = {"/": html("某局", links_to(list(range(len(bodies) + 1))))}
    pages |= {f"/c{number}/": body for number, body in enumerate(bodies)}
    pages[f"/c{len(bodies)}/"] = Reply(url="", final_url="", http_status=302, headers={"location": location})
    with TemporaryDirectory() as place:
        trip = set_out(Path(place), pages)
    assert len(trip.of("column")) >= len(bodies)
    assert trip.walk.stopped == ""
