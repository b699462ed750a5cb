"""Findings held against the truth."""

from typing import Any

import pytest

from sample.compare import compare, normal
from sample.truth import ANY, Expected, Truth

URL = "http://127.0.0.1:8101/tzgg/"


def truth(check: str = "column.stale", expected: Expected = Expected.VIOLATION, **more: Any) -> Truth:
    fields: dict[str, Any] = {"unit": "U01", "target": "s01", "subject": URL, "why": "原因", **more}
    return Truth(check=check, expected=expected, **fields)


def finding(check: str = "column.stale", **more: Any) -> dict[str, Any]:
    return {"check": check, "unit": "U01", "site": "s01", "subject": URL, "summary": "说明", **more}


def test_agreement_is_no_difference() -> None:
    found = finding(subject="http://127.0.0.1:8101/tzgg/index.html#top", observed={"age_days": 15})
    differences = compare([truth(observed={"age_days": 15})], [found])
    assert not differences
    assert differences.report() == ""


def test_missed_and_made_up() -> None:
    differences = compare([truth()], [finding(unit="U02")])
    assert differences.missed == (truth(),)
    assert len(differences.made_up) == 1
    assert "漏报 column.stale s01 U01" in differences.report()
    assert "误报 column.stale s01 U02" in differences.report()


def test_a_trap_that_sprang_is_said_so() -> None:
    differences = compare([truth(expected=Expected.INNOCENT)], [finding()])
    assert [record["check"] for _, record in differences.sprung] == ["column.stale"]
    assert differences.made_up == ()
    assert "中计" in differences.report()


def test_any_check_and_any_subject() -> None:
    blind = truth(ANY, Expected.INNOCENT, subject=ANY)
    assert len(compare([blind], [finding("guide.incomplete"), finding("column.empty")]).sprung) == 2
    assert compare([blind], [finding(site="s02")]).sprung == ()


def test_other_subjects_that_will_do() -> None:
    either = truth(also=("http://127.0.0.1:8101/files/a.xlsx",))
    assert not compare([either], [finding(subject="http://127.0.0.1:8101/files/a.xlsx")])


def test_wrong_figures_are_misstated() -> None:
    expected = truth(observed={"missing": ["fax", "phone"], "age_days": 15})
    agreeing = finding(observed={"missing": ["phone", "fax"], "age_days": 15})
    assert not compare([expected], [agreeing])
    differences = compare([expected], [finding(observed={"missing": ["fax"], "age_days": 15})])
    assert "missing 应为" in differences.misstated[0][2]
    assert "age_days" not in differences.misstated[0][2]


def test_one_of_a_group_is_enough() -> None:
    pair = [truth(group="copy"), truth(group="copy", target="s02")]
    assert not compare(pair, [finding()])
    assert not compare(pair, [finding(), finding(site="s02")])
    assert len(compare(pair, []).missed) == 2


def test_warnings_do_not_count() -> None:
    assert not compare([], [finding(severity="warning")])


def test_only_the_checks_asked_for() -> None:
    truths = [truth(), truth("column.empty")]
    assert not compare(truths, [finding(), finding("guide.incomplete")], checks={"column.stale"})


@pytest.mark.parametrize(
    ("said", "agrees"), [("pass", True), ("inconclusive", False), ("violation", False), (None, False)]
)
def test_outcomes_of_traps(said: str | None, agrees: bool) -> None:
    lines = [] if said is None else [finding(outcome=said)]
    differences = compare([truth(expected=Expected.PASS)], [], lines)
    assert (differences.undecided == ()) is agrees


def test_an_outcome_of_the_whole_target_speaks_for_its_subjects() -> None:
    blind = truth(expected=Expected.INCONCLUSIVE)
    assert not compare([blind], [], [finding(subject=ANY, outcome="inconclusive")])
    assert not compare([truth(expected=Expected.INNOCENT)], [], [])


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("http://h/a/index.html#x", "http://h/a/"),
        ("http://h:80/a/", "http://h/a/"),
        ("http://h/list;jsessionid=9?c=1", "http://h/list?c=1"),
        ("annual_report:2025", "annual_report:2025"),
    ],
)
def test_normal_form(address: str, same: str) -> None:
    assert normal(address) == same


def test_an_escaped_address_is_the_address_as_it_is_written() -> None:
    assert normal("http://a.test/%E4%B8%93%E9%A2%98%20a/1.html") == normal("http://a.test/专题 a/1.html")


def test_a_reminder_must_be_found_as_a_warning() -> None:
    planted = truth("content.wording", reminder=True)
    record = {
        "check": "content.wording",
        "unit": planted.unit,
        "site": planted.target,
        "subject": planted.subject,
    }
    assert compare([planted], [record | {"severity": "violation"}]).missed == (planted,)
    assert not compare([planted], [record | {"severity": "warning"}])
