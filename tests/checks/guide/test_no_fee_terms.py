from checks.guide.no_fee_terms import CHECK
from domain.outcome import Inconclusive, Pass, Violation
from tests.observations import guide, judged, only, seen, site_observation, unseen, url


def of(*guides):
    return site_observation(guides=seen(guides))


def test_guide_that_speaks_of_fees_passes() -> None:
    assert isinstance(only(CHECK, of(guide(fees=seen(True)))), Pass)
    assert isinstance(only(CHECK, of(guide(fees=seen(True, complete=False)))), Pass)


def test_guide_that_says_nothing_of_fees() -> None:
    outcome = only(CHECK, of(guide(fees=seen(False))))
    assert isinstance(outcome, Violation)
    assert outcome.url == url("zn/")
    assert outcome.summary == "“政府信息公开指南”没有载明收费要求和标准。"


def test_guide_not_read_or_read_in_part_is_inconclusive() -> None:
    assert isinstance(only(CHECK, of(guide(fees=unseen()))), Inconclusive)
    assert isinstance(only(CHECK, of(guide(fees=seen(False, complete=False)))), Inconclusive)
    assert isinstance(judged(CHECK, site_observation(guides=unseen()))["*"], Inconclusive)
