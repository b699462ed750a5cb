import pytest

from checks.policy.unlinked import CHECK, Params, judge
from domain.check import Subject
from domain.outcome import Inconclusive, NotApplicable, Pass, Violation
from domain.target import ColumnKind
from tests.checks.policy.test_no_interpretation import interpretation, of, policy
from tests.observations import column, document, entry, judged, listing, url

SUBJECT = url("zc/1.html")


def test_both_directions_pass() -> None:
    outcome = judged(CHECK, of(policy(to=["jd/1.html"]), interpretation(to=["zc/1.html"])))[SUBJECT]
    assert isinstance(outcome, Pass)


@pytest.mark.parametrize(("there", "back"), [(True, False), (False, True), (False, False)])
def test_each_direction_is_owed(there: bool, back: bool) -> None:
    observation = of(
        policy(to=["jd/1.html"] if there else []), interpretation(to=["zc/1.html"] if back else [])
    )
    outcome = judged(CHECK, observation)[SUBJECT]
    assert isinstance(outcome, Violation)
    assert outcome.observed == {
        "interpretation": url("jd/1.html"),
        "document_links": there,
        "interpretation_links": back,
    }
    assert ("文件页没有链接解读" in outcome.summary) is not there
    assert ("解读页没有链接文件" in outcome.summary) is not back


def test_one_interpretation_that_is_linked_is_enough() -> None:
    good = interpretation(to=["zc/1.html"])
    bare = document(
        "jd/2.html", "一图读懂《关于促进就业的实施意见》", "2026-05-08", kind=ColumnKind.POLICY_INTERPRETATION
    )
    assert isinstance(judged(CHECK, of(policy(to=["jd/1.html"]), good, bare))[SUBJECT], Pass)


def test_document_without_interpretation_is_no_subject() -> None:
    assert judged(CHECK, of(policy())) == {}


def test_unread_interpretation_makes_it_inconclusive() -> None:
    listed = listing(entry("2026-05-09", "jd/9.html"))
    columns = (column("jd/", ColumnKind.POLICY_INTERPRETATION, of=listed),)
    assert isinstance(judged(CHECK, of(policy(), interpretation(), columns=columns))[SUBJECT], Inconclusive)


def test_judged_directly_without_a_pair_it_does_not_apply() -> None:
    subject = Subject(key=SUBJECT, unit="U01", name="文件")
    assert judge(subject, of(policy()), Params()) == NotApplicable(reason="没有解读，另行认定")


def test_of_several_interpretations_the_one_that_is_linked_is_told() -> None:
    bare = document(
        "jd/2.html", "一图读懂《关于促进就业的实施意见》", "2026-05-08", kind=ColumnKind.POLICY_INTERPRETATION
    )
    for order in ((interpretation(to=["zc/1.html"]), bare), (bare, interpretation(to=["zc/1.html"]))):
        outcome = judged(CHECK, of(policy(), *order))[SUBJECT]
        assert isinstance(outcome, Violation)
        assert outcome.observed["interpretation"] == url("jd/1.html")
        assert outcome.looked_at == (SUBJECT, url("jd/1.html"))


def test_a_document_without_a_date_needs_all_of_the_year_read() -> None:
    listed = listing(entry("2025-12-01", "jd/9.html", title="解读"))
    columns = (column("jd/", ColumnKind.POLICY_INTERPRETATION, of=listed),)
    dated = of(policy(), interpretation(to=["zc/1.html"]), columns=columns)
    assert isinstance(judged(CHECK, dated)[SUBJECT], Violation)
    undated = of(policy(None), interpretation(to=["zc/1.html"]), columns=columns)
    assert isinstance(judged(CHECK, undated)[SUBJECT], Inconclusive)
