"""What the tries of a link tell of its target."""

from datetime import UTC, datetime

from crawler.classify import Failure, classify_failure
from crawler.observing.sights import Sights
from crawler.observing.targets import link_targets
from domain.observation import LinkState
from domain.page import Link, Page, PageKind
from domain.snapshot import FetchStatus, Snapshot
from domain.target import Site
from domain.walk import Sighting, Walk

AT = datetime(2026, 6, 30, tzinfo=UTC)
HOME = "http://127.0.0.1:8101/"
SITE = Site(id="s1", unit="U1", name="网站", home=HOME)
NO_NAME = classify_failure(Failure.DNS).detail


def tried(url: str, status: FetchStatus, code: int | None = None, detail: str = "") -> list[Sighting]:
    snapshot = Snapshot(url=url, final_url=url, status=status, fetched_at=AT, http_status=code, detail=detail)
    return [Sighting(snapshot=snapshot, page=None, found_on=HOME, role="link")] * 2


def states(*tries: list[Sighting]) -> dict[str, LinkState]:
    links = tuple(Link(url=one[0].snapshot.url, text="链接") for one in tries)
    home = Page(url=HOME, adapter="generic", charset="utf-8", kind=PageKind.HOME, title="网站", links=links)
    seen = Snapshot(url=HOME, final_url=HOME, status=FetchStatus.OK, fetched_at=AT, http_status=200)
    first = Sighting(snapshot=seen, page=home, role="home")
    walk = Walk(
        site="s1",
        started_at=AT,
        ended_at=AT,
        complete=True,
        sightings=(first, *(s for t in tries for s in t)),
    )
    return {target.url: target.state for target in link_targets(Sights(walk, SITE)).get()}


def test_no_name_resolves_then_our_own_resolver_may_have_failed() -> None:
    dead = tried("http://gone.example/", FetchStatus.UNREACHABLE, detail=NO_NAME)
    assert states(dead) == {"http://gone.example/": LinkState.UNKNOWN}


def test_another_name_that_answers_proves_that_ours_works() -> None:
    dead = tried("http://gone.example/", FetchStatus.UNREACHABLE, detail=NO_NAME)
    alive = tried("http://other.example/", FetchStatus.OK, 200)
    assert states(dead, alive)["http://gone.example/"] is LinkState.BROKEN


def test_an_address_or_our_own_host_proves_nothing_of_names() -> None:
    dead = tried("http://gone.example/", FetchStatus.UNREACHABLE, detail=NO_NAME)
    alive = tried("http://127.0.0.1:8102/", FetchStatus.OK, 200)
    assert states(dead, alive)["http://gone.example/"] is LinkState.UNKNOWN


def test_a_name_that_never_can_resolve_is_dead() -> None:
    dead = tried("http://no-such.invalid/", FetchStatus.UNREACHABLE, detail=NO_NAME)
    assert states(dead) == {"http://no-such.invalid/": LinkState.BROKEN}


def test_a_refused_connection_twice_is_broken() -> None:
    words = classify_failure(Failure.CONNECTION_REFUSED).detail
    dead = tried("http://127.0.0.1:9/", FetchStatus.UNREACHABLE, detail=words)
    assert states(dead) == {"http://127.0.0.1:9/": LinkState.BROKEN}


def test_a_file_that_came_is_alive_whether_we_can_read_it_or_not() -> None:
    form, drip = "http://127.0.0.1:8101/sqb.doc", "http://127.0.0.1:8101/drip.doc"
    seen = states(
        tried(form, FetchStatus.UNREADABLE, 200, "无法读取附件：图片不能读取文字"),
        tried(drip, FetchStatus.UNREADABLE, None, "内容不完整"),
    )
    assert seen == {form: LinkState.ALIVE, drip: LinkState.UNKNOWN}
