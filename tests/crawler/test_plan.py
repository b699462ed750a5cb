"""The plan: one JSON there and back, and plain words for what is wrong with it."""

from dataclasses import replace
from datetime import datetime, time
from typing import Any

import pytest

from crawler.plan import CrawlPlan, RenderedPage, SitePlan, decode_plan, encode_plan
from domain.target import ColumnKind, DeclaredColumn, Site

AS_OF = datetime.fromisoformat("2026-06-30T09:00:00+08:00")


def site(number: int = 1, home: str = "http://127.0.0.1:8101/") -> SitePlan:
    column = DeclaredColumn(name="通知公告", url="http://portal.local/tzgg/", kind=ColumnKind.NOTICES)
    return SitePlan(site=Site(id=f"s{number}", unit="U", name="某局", home=home, columns=(column,)))


def plan(**changes: Any) -> CrawlPlan:
    return CrawlPlan(**{"sites": (site(),), "as_of": AS_OF, **changes})


def test_a_plan_survives_its_json() -> None:
    rendered = RenderedPage(url="http://a/", final_url="http://a/b", sha256="0" * 64, seen_at=AS_OF)
    full = plan(
        sites=(SitePlan(site=site().site, previous="/earlier", rendered=(rendered,)),),
        clock=AS_OF,
        night_window=(time(22), time(6)),
        allow_networks=("10.0.0.0/8",),
    )
    assert decode_plan(encode_plan(full)) == full


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"delay": -1.0}, "delay=-1.0"),
        ({"jobs": 0}, "jobs=0"),
        ({"max_pages": 0}, "max_pages=0"),
        ({"as_of": datetime(2026, 6, 30)}, "须带时区"),  # noqa: DTZ001
        ({"clock": datetime(2026, 6, 30)}, "须带时区"),  # noqa: DTZ001
        ({"allow_networks": ("10.0.0.0/99",)}, "10.0.0.0/99"),
        ({"sites": (site(), site())}, "编号重复：s1"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match="(?s)" + words.replace("(", "\\(")):
        plan(**changes)


def test_text_that_is_no_plan_is_refused_in_chinese() -> None:
    with pytest.raises(ValueError, match="采集计划无法读取"):
        decode_plan(b'{"sites": 3}')


@pytest.mark.parametrize(
    ("role", "usual", "own"), [("column", 20, 45), ("home", 20, 45), ("attachment", 60, 60), ("link", 15, 15)]
)
def test_a_site_may_have_a_limit_of_its_own_for_its_pages(role: str, usual: int, own: int) -> None:
    limits = plan().timeouts
    assert limits.of(role, site().site) == usual
    assert limits.of(role, replace(site().site, page_seconds=45)) == own


def test_the_hosts_that_the_registry_names() -> None:
    named = plan(allow_hosts=("Feed.Local",), neighbours=("http://10.0.0.9/",)).named_hosts
    assert named == {"127.0.0.1", "127.0.0.1:8101", "portal.local", "feed.local", "10.0.0.9"}


def test_the_second_try_waits_a_minute_only_where_pauses_are_kept() -> None:
    assert plan(delay=1.0).pause_before_second_try == 60
    assert plan(delay=0).pause_before_second_try == 0
    assert plan(delay=1.0, second_try_after=5.0).pause_before_second_try == 5
