"""Pages that owe particulars: which are lacking, and when that is a lapse."""

import pytest

from checks.particulars import judge_page, pages
from domain.check import Subject
from domain.observation import Particulars, UnseenError
from domain.outcome import Outcome, Pass, Violation
from tests.observations import particulars, seen, unseen, url

TITLES = {"name": "姓名", "post": "职务", "duties": "分工"}
REQUIRED = tuple(TITLES)


def judged(page: Particulars, least: int = 1) -> Outcome:
    subject = Subject(key=page.url, unit=page.unit, name=page.title)
    return judge_page(subject, seen((page,)), REQUIRED, TITLES, least_missing=least)


def test_what_is_stated_in_full_passes() -> None:
    assert judged(particulars("ld/1.html", REQUIRED)) == Pass(reason="写明3项，共3项")


def test_what_is_lacking_is_named_in_the_schemes_words() -> None:
    found = judged(particulars("ld/1.html", ["name"]))
    assert isinstance(found, Violation)
    assert (found.url, found.summary) == (url("ld/1.html"), "“张三”缺少2项：职务、分工。")
    assert (found.observed["missing"], found.expected["missing_fewer_than"]) == (["post", "duties"], 1)


def test_fewer_than_the_limit_are_no_lapse() -> None:
    assert judged(particulars("ld/1.html", ["name", "post"]), least=2) == Pass(reason="写明2项，共3项")
    assert isinstance(judged(particulars("ld/1.html", ["name"]), least=2), Violation)


def test_a_page_that_was_not_seen_accuses_nobody() -> None:
    hidden = Particulars(url=url("ld/1.html"), unit="U01", title="张三", stated=unseen())
    with pytest.raises(UnseenError):
        judged(hidden)


def test_pages_found_are_given_before_it_is_said_that_there_may_be_others() -> None:
    found = iter(pages(seen((particulars("ld/1.html", REQUIRED),), complete=False)))
    assert next(found).key == url("ld/1.html")
    with pytest.raises(UnseenError):
        next(found)
