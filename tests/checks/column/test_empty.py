from checks.column.empty import CHECK, Params
from domain.observation import SiteObservation
from domain.outcome import Inconclusive, NotApplicable, Pass, Violation
from domain.snapshot import FetchStatus
from tests.observations import column, judged, listing, only, seen, site_observation, unseen, url


def of(*columns) -> SiteObservation:
    return site_observation(columns=seen(columns))


def test_column_with_an_entry_passes() -> None:
    assert isinstance(only(CHECK, of(column())), Pass)


def test_column_without_anything_is_empty() -> None:
    outcome = only(CHECK, of(column(of=listing())))
    assert isinstance(outcome, Violation)
    assert outcome.url == url("tzgg/")
    assert outcome.summary == "“通知公告”栏目没有任何内容。"
    assert outcome.observed == {"entries": 0, "children": 0, "column_kind": "notices", "level": 1}


def test_single_page_with_text_passes() -> None:
    assert isinstance(only(CHECK, of(column(of=listing(static=True, text_length=300)))), Pass)


def test_column_seen_in_part_is_inconclusive_unless_something_was_there() -> None:
    assert isinstance(only(CHECK, of(column(of=listing(complete=False)))), Inconclusive)
    assert isinstance(only(CHECK, of(column(of=listing(complete=False, text_length=9)))), Pass)


def test_unseen_is_inconclusive_and_gone_is_not_empty() -> None:
    assert isinstance(only(CHECK, of(column(of=unseen()))), Inconclusive)
    gone = column(of=unseen(url("tzgg/"), FetchStatus.GONE))
    assert isinstance(only(CHECK, of(gone)), NotApplicable)


def test_parent_whose_child_has_content_is_not_empty() -> None:
    parent = column("xx/", of=listing(children=(url("xx/a/"),)))
    outcomes = judged(CHECK, of(parent, column("xx/a/")))
    assert isinstance(outcomes[url("xx/")], Pass)


def test_parent_of_empty_children_is_empty() -> None:
    parent = column("xx/", of=listing(children=(url("xx/a/"), url("xx/b/"))))
    outcomes = judged(CHECK, of(parent, column("xx/a/", of=listing()), column("xx/b/", of=listing())))
    outcome = outcomes[url("xx/")]
    assert isinstance(outcome, Violation)
    assert outcome.observed["children"] == 2


def test_unseen_child_makes_its_parent_inconclusive() -> None:
    parent = column("xx/", of=listing(children=(url("xx/a/"), url("xx/b/"))))
    outcomes = judged(CHECK, of(parent, column("xx/a/", of=unseen()), column("xx/b/", of=listing())))
    assert isinstance(outcomes[url("xx/")], Inconclusive)
    assert isinstance(judged(CHECK, of(parent))[url("xx/")], Inconclusive)


def test_full_child_counts_even_beside_an_unseen_one() -> None:
    parent = column("xx/", of=listing(children=(url("xx/a/"), url("xx/b/"))))
    outcomes = judged(CHECK, of(parent, column("xx/a/", of=unseen()), column("xx/b/")))
    assert isinstance(outcomes[url("xx/")], Pass)


def test_columns_that_lead_to_each_other_end() -> None:
    one = column("a/", of=listing(children=(url("b/"),)))
    other = column("b/", of=listing(children=(url("a/"),)))
    assert isinstance(judged(CHECK, of(one, other))[url("a/")], Violation)


def test_incomplete_walk_is_said() -> None:
    outcomes = judged(CHECK, site_observation(columns=seen((column(),), complete=False)))
    assert isinstance(outcomes["*"], Inconclusive)


def test_child_that_is_gone_holds_nothing() -> None:
    parent = column("xx/", of=listing(children=(url("xx/a/"),)))
    child = column("xx/a/", of=unseen(url("xx/a/"), FetchStatus.GONE))
    assert isinstance(judged(CHECK, of(parent, child))[url("xx/")], Violation)


def test_text_of_the_least_length_is_content() -> None:
    one = of(column(of=listing(static=True, text_length=5)))
    assert isinstance(only(CHECK, one, Params(least_text=5)), Pass)
    assert isinstance(only(CHECK, one, Params(least_text=6)), Violation)


def test_children_after_the_column_itself_and_grandchildren_are_looked_at() -> None:
    parent = column("xx/", of=listing(children=(url("xx/"), url("xx/a/"))))
    child = column("xx/a/", of=listing(children=(url("xx/"), url("xx/a/b/"))))
    outcomes = judged(CHECK, of(parent, child, column("xx/a/b/")))
    assert [type(outcome) for outcome in outcomes.values()] == [Pass, Pass, Pass]
