import pytest

from checks.site.tags_missing import CHECK, Params
from domain.outcome import Inconclusive, Pass, Violation
from tests.observations import HOME, only, seen, site_observation, tagged, unseen, url

REQUIRED = [(kind, tag) for kind, tags in Params().required.items() for tag in tags]


def of(*pages):
    return site_observation(tagged=seen(pages))


def page_of(kind, **more):
    return tagged(kind, {"home": "", "column": "tzgg/", "article": "tzgg/a.html"}[kind], **more)


def test_pages_with_every_tag_pass() -> None:
    assert isinstance(only(CHECK, of(page_of("home"), page_of("column"), page_of("article"))), Pass)


@pytest.mark.parametrize(("kind", "tag"), REQUIRED)
def test_each_tag_is_owed_and_an_empty_value_is_missing(kind: str, tag: str) -> None:
    others = [page_of(other) for other in ("home", "column", "article") if other != kind]
    for page in (page_of(kind, drop=[tag]), page_of(kind, **{tag: " "})):
        outcome = only(CHECK, of(*others, page))
        assert isinstance(outcome, Violation)
        assert outcome.observed["missing"] == [f"{kind}:{tag}"]
        assert outcome.observed["pages"] == {f"{kind}:{tag}": [page.url]}
        assert f"{kind}:{tag}" in outcome.summary


def test_one_page_of_the_sample_is_enough_and_is_named() -> None:
    good, bad = tagged("article", "a.html"), tagged("article", "b.html", drop=["PubDate"])
    outcome = only(CHECK, of(page_of("home"), page_of("column"), good, bad))
    assert isinstance(outcome, Violation)
    assert outcome.url == url("b.html")
    assert outcome.observed["sampled"] == [HOME, url("tzgg/"), url("a.html"), url("b.html")]


def test_kinds_of_page_not_seen_are_no_violation() -> None:
    assert isinstance(only(CHECK, of(page_of("home"))), Inconclusive)
    assert isinstance(only(CHECK, site_observation(tagged=unseen())), Inconclusive)


def test_kinds_of_page_that_were_not_seen_are_named() -> None:
    params = Params(required={"home": ("SiteName",), "topic": ("X",), "article": ("PubDate",)})
    outcome = only(CHECK, of(page_of("home")), params)
    assert outcome == Inconclusive(reason="没有看到可供抽查的topic、文章页")


def test_several_missing_tags_are_told_together() -> None:
    outcome = only(
        CHECK, of(page_of("home", drop=["SiteName", "SiteDomain"]), page_of("column"), page_of("article"))
    )
    assert isinstance(outcome, Violation)
    assert outcome.summary.endswith("缺少网页标签：home:SiteName、home:SiteDomain。")
