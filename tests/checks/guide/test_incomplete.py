import pytest

from checks.guide.incomplete import CHECK, ELEMENT_TITLES, Params
from domain.outcome import Inconclusive, Pass, Violation
from tests.observations import guide, judged, judged_by_unit, only, seen, site_observation, unseen, url


def of(*guides, complete=True):
    return site_observation(guides=seen(guides, complete=complete))


def test_guide_with_all_nine_elements_passes() -> None:
    assert len(ELEMENT_TITLES) == 9
    assert isinstance(only(CHECK, of(guide())), Pass)


@pytest.mark.parametrize("element", list(ELEMENT_TITLES))
def test_each_element_is_owed(element: str) -> None:
    stated = seen(frozenset(ELEMENT_TITLES) - {element})
    outcome = only(CHECK, of(guide(elements=stated)))
    assert isinstance(outcome, Violation)
    assert outcome.observed == {"missing": [element]}
    assert outcome.summary == f"“政府信息公开指南”缺少1项要素：{ELEMENT_TITLES[element]}。"
    assert outcome.url == url("zn/")


def test_guide_read_in_part_proves_no_gap() -> None:
    part = guide(elements=seen(frozenset({"phone"}), complete=False))
    assert isinstance(only(CHECK, of(part)), Inconclusive)
    whole = guide(elements=seen(frozenset(ELEMENT_TITLES), complete=False))
    assert isinstance(only(CHECK, of(whole)), Pass)


def test_unread_guide_is_inconclusive() -> None:
    assert isinstance(only(CHECK, of(guide(elements=unseen()))), Inconclusive)
    assert isinstance(judged(CHECK, site_observation(guides=unseen()))["*"], Inconclusive)


def test_one_guide_that_cannot_be_judged_silences_no_other() -> None:
    bad = guide("a/", elements=seen(frozenset()), unit="U02")
    outcomes = judged_by_unit(CHECK, of(guide(elements=unseen()), bad))
    assert isinstance(outcomes[(url("a/"), "U02")], Violation)


def test_a_scheme_may_ask_for_less() -> None:
    stated = guide(elements=seen(frozenset({"phone"})))
    assert isinstance(only(CHECK, of(stated), Params(required=("phone",))), Pass)
