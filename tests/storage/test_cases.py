"""Cases over nights: opened, seen again, mended, come back; blind nights change nothing."""

from datetime import timedelta
from itertools import pairwise

import pytest

from domain.finding import CaseState, finding_id
from domain.outcome import NotApplicable
from storage.faults import StoreError
from storage.store import Store, TargetReport, key_of
from tests.storage.builders import (
    BLIND,
    NIGHT,
    PASSED,
    begin,
    night,
    picture,
    take,
    verdict,
    violation,
)

KEY = key_of(verdict())


def test_a_violation_opens_a_case_with_its_evidence(store: Store) -> None:
    taken = take(store, 0, verdict(), evidence={KEY: [picture()]})
    (found,) = store.findings()
    assert taken.opened == (found.id,)
    assert found.id == finding_id(*KEY, 1)
    assert found.state is CaseState.DETECTED
    assert (found.first_seen, found.last_seen) == (NIGHT, NIGHT)
    assert found.observed == {"newest": "2025-12-01", "age_days": 211, "limit_days": 182}
    assert list(found.observed) == ["newest", "age_days", "limit_days"]
    assert found.evidence == (picture(),)
    assert found.indicators == ("changshu-2020/7",)
    assert (found.check, found.unit, found.target, found.subject) == ("column.stale", "U01", "s01", KEY[3])
    assert [event.after for event in store.events(found.id)] == [CaseState.DETECTED]


def test_thirty_nights_are_one_case_with_thirty_sightings(store: Store) -> None:
    for number in range(30):
        later = violation(observed={"age_days": 211 + number})
        take(store, number, verdict(later), evidence={KEY: [picture(str(number), night(number))]})
    (found,) = store.findings()
    assert found.sightings == 30
    assert len(store.sightings(found.id)) == 30
    assert (found.first_seen, found.last_seen) == (night(0), night(29))
    assert found.observed == {"age_days": 240}
    assert len(found.evidence) == 30


@pytest.mark.parametrize("outcome", [BLIND, NotApplicable(reason="登记为免检栏目")])
def test_what_was_not_judged_opens_nothing_and_closes_nothing(store: Store, outcome: object) -> None:
    take(store, 0, verdict(outcome))  # type: ignore[arg-type]
    assert store.findings() == []
    take(store, 1, verdict())
    before = store.findings()
    taken = take(store, 2, verdict(outcome))  # type: ignore[arg-type]
    assert store.findings() == before
    assert taken.mended == ()


def test_a_pass_mends_and_a_relapse_is_a_new_occurrence(store: Store) -> None:
    take(store, 0, verdict())
    taken = take(store, 1, verdict(PASSED), evidence={KEY: [picture("mended", night(1))]})
    (first,) = store.findings()
    assert taken.mended == (first.id,)
    assert first.state is CaseState.RECTIFIED
    assert first.last_seen == night(0)
    assert [file.path for file in first.evidence] == ["evidence/mended.png"]
    assert store.events(first.id)[-1].reason == PASSED.reason
    assert take(store, 2, verdict(PASSED)).mended == ()
    take(store, 3, verdict())
    old, new = store.findings()
    assert old == first
    assert (new.occurrence, new.state, new.first_seen) == (2, CaseState.DETECTED, night(3))
    assert new.id == finding_id(*KEY, 2)
    assert new.notes["former"] == old.id
    assert store.events(new.id)[0].reason == "整改后再次出现"
    take(store, 4, verdict(PASSED))
    take(store, 5, verdict())
    assert [found.occurrence for found in store.findings()] == [1, 2, 3]


def test_a_mend_and_a_relapse_as_of_the_same_moment_count_in_the_order_of_the_runs(store: Store) -> None:
    for outcome in (None, PASSED, None):
        run = begin(store, 0)
        store.take_in(run.id, "s01", [verdict(outcome)], {}, NIGHT)
    assert [found.state for found in store.findings()] == [CaseState.RECTIFIED, CaseState.DETECTED]


def test_a_look_back_at_an_earlier_date_mends_nothing_and_reopens_nothing(store: Store) -> None:
    take(store, 5, verdict())
    take(store, 1, verdict(PASSED))
    assert [found.state for found in store.findings()] == [CaseState.DETECTED]
    take(store, 6, verdict(PASSED))
    take(store, 3, verdict(violation(observed={"age_days": 1})))
    (found,) = store.findings()
    assert found.state is CaseState.RECTIFIED
    assert (found.first_seen, found.last_seen) == (night(3), night(5))
    assert found.observed["age_days"] == 211


def test_taking_the_same_in_twice_changes_nothing(store: Store) -> None:
    run = begin(store)
    first = store.take_in(run.id, "s01", [verdict()], {KEY: [picture()]}, NIGHT)
    before = (store.findings(), store.outcomes(run.id), store.targets(run.id))
    again = store.take_in(run.id, "s01", [verdict(PASSED)], {KEY: [picture("b")]}, NIGHT)
    assert not first.already
    assert again.already
    assert (store.findings(), store.outcomes(run.id), store.targets(run.id)) == before


def test_what_is_judged_later_is_added_once(store: Store) -> None:
    run = begin(store, 0)
    later = verdict(check="annual-report.duplicate")
    store.take_in(run.id, "s01", [verdict()], {}, NIGHT)
    added = store.take_in_more(run.id, "s01", [later], {key_of(later): [picture()]}, NIGHT)
    assert len(added.opened) == 1
    assert store.take_in_more(run.id, "s01", [later], {}, NIGHT).already
    assert [(found.check, found.sightings) for found in store.findings(check=later.check)] == [
        (later.check, 1)
    ]
    assert len(store.outcomes(run.id)) == 2


def test_a_later_listing_that_lacks_a_subject_mends_it(store: Store) -> None:
    first, second = begin(store, 0), begin(store, 1)
    store.take_in_more(first.id, "s01", [verdict()], {}, NIGHT)
    gone = store.take_in_more(second.id, "s01", [], {}, night(1), enumerated={"column.stale"})
    assert len(gone.mended) == 1


def test_other_targets_keep_their_cases(store: Store) -> None:
    take(store, 0, verdict())
    run = begin(store, 1)
    store.take_in(run.id, "s02", [], {}, night(1), enumerated={"column.stale"})
    assert [found.state for found in store.findings()] == [CaseState.DETECTED]


def test_a_subject_that_a_complete_listing_lacks_is_mended(store: Store) -> None:
    link = verdict(check="site.broken-link", subject="http://127.0.0.1/dead")
    take(store, 0, link, verdict())
    taken = take(store, 1, verdict(BLIND), enumerated={"site.broken-link"})
    states = {found.check: found.state for found in store.findings()}
    assert states == {"site.broken-link": CaseState.RECTIFIED, "column.stale": CaseState.DETECTED}
    assert len(taken.mended) == 1
    assert "已不存在" in store.events(taken.mended[0])[-1].reason


def test_an_incomplete_listing_mends_nothing(store: Store) -> None:
    take(store, 0, verdict(check="site.broken-link", subject="http://127.0.0.1/dead"))
    take(store, 1)
    assert [found.state for found in store.findings()] == [CaseState.DETECTED]


def test_a_warning_is_a_finding_that_says_so(store: Store) -> None:
    take(store, 0, verdict(violation(severity="warning")))
    assert [found.severity for found in store.findings()] == ["warning"]
    assert store.findings(severity="violation") == []


def test_a_crash_within_a_target_leaves_nothing(store: Store) -> None:
    run = begin(store)
    with pytest.raises(ValueError, match="s02"):
        store.take_in(run.id, "s01", [verdict(), verdict(target="s02")], {}, NIGHT)
    assert store.findings() == []
    assert ("site", "s01") in store.pending(run.id)


def test_the_id_is_known_before_the_case(store: Store) -> None:
    assert store.identify(*KEY, now=NIGHT) == (finding_id(*KEY, 1), 1)
    take(store, 0, verdict())
    assert store.identify(*KEY, now=night(1)) == (finding_id(*KEY, 1), 1)
    take(store, 1, verdict(PASSED))
    assert store.identify(*KEY, now=night(2)) == (finding_id(*KEY, 2), 2)
    take(store, 2, verdict())
    assert store.findings()[-1].id == finding_id(*KEY, 2)


def test_outcomes_come_back_as_they_went_in(store: Store) -> None:
    from domain.finding import Answer
    from domain.outcome import Frame

    shown = violation(frame=Frame(text="2025-12-01"), looked_at=("http://127.0.0.1:8101/",))
    strict = violation(observed={"limit_days": 14})
    given = [
        verdict(
            shown,
            answers=(Answer(indicators=("a/1",), outcome=shown), Answer(indicators=("b/1",), outcome=strict)),
        ),
        verdict(PASSED, subject="x"),
        verdict(BLIND, subject="*", crash="Traceback"),
        verdict(NotApplicable(reason="免检"), subject="y", trial=True, witnesses=2),
    ]
    run = begin(store)
    store.take_in(run.id, "s01", given, {}, NIGHT)
    assert store.outcomes(run.id) == given


def test_outcomes_are_those_of_the_last_finished_run(store: Store) -> None:
    take(store, 0, verdict(PASSED))
    run = begin(store, 1)
    store.take_in(run.id, "s01", [verdict(BLIND)], {}, night(1))
    assert [each.outcome for each in store.outcomes()] == [PASSED]
    store.end_run(run.id, night(1))
    assert [each.outcome for each in store.outcomes()] == [BLIND]


def test_counts_by_check_unit_and_state(store: Store) -> None:
    take(store, 0, verdict(), verdict(subject="b"), verdict(check="column.empty", unit="U02"))
    counted = {(each.check, each.unit, each.state, each.severity): each.number for each in store.counts()}
    assert counted == {
        ("column.stale", "U01", CaseState.DETECTED, "violation"): 2,
        ("column.empty", "U02", CaseState.DETECTED, "violation"): 1,
    }


def test_findings_by_condition_and_page(store: Store) -> None:
    take(
        store,
        0,
        *(verdict(subject=f"http://x/{n}") for n in range(5)),
        verdict(check="column.empty", unit="U02"),
    )
    assert len(store.findings(unit="U01", check="column.stale", target="s01")) == 5
    assert store.findings(unit="U02", check="column.stale") == []
    pages = [store.findings(limit=4), store.findings(limit=4, offset=4)]
    assert [len(page) for page in pages] == [4, 2]
    assert pages[0] + pages[1] == store.findings()


def test_hostile_text_is_kept_without_what_no_database_takes(store: Store) -> None:
    nasty = violation(
        summary="甲\x00乙\ud800", observed={"found": "\x00", "ratio": float("nan"), "k\x00": ["\udfff"]}
    )
    subject = "http://127.0.0.1/" + "长" * 5000
    run = begin(store)
    store.take_in(run.id, "s01", [verdict(nasty, subject=subject)], {}, NIGHT)
    (found,) = store.findings()
    assert found.summary == "甲\ufffd乙\ufffd"
    assert found.observed == {"found": "\ufffd", "ratio": None, "k\ufffd": ["\ufffd"]}
    assert found.subject == subject


class TestReview:
    """People's decisions."""

    def test_the_whole_way(self, store: Store) -> None:
        take(store, 0, verdict())
        case = store.findings()[0].id
        steps = [
            CaseState.CONFIRMED,
            CaseState.NOTIFIED,
            CaseState.RECTIFYING,
            CaseState.RECTIFIED,
            CaseState.CLOSED,
        ]
        for number, state in enumerate(steps, start=1):
            store.review(case, state, by="王科长", reason="属实", at=night(number))
        assert store.finding(case).state is CaseState.CLOSED
        signed = [(event.by, event.before, event.after) for event in store.events(case)[1:]]
        assert signed == [("王科长", *pair) for pair in pairwise([CaseState.DETECTED, *steps])]

    @pytest.mark.parametrize(
        ("state", "by", "reason", "days", "words"),
        [
            (CaseState.CLOSED, "王", "", None, "不能从“待核实”改为“已办结”"),
            (CaseState.CONFIRMED, " ", "", None, "谁"),
            (CaseState.DISMISSED, "王", " ", None, "理由"),
            (CaseState.EXEMPTED, "王", "改版", -1, "已过"),
            (CaseState.CONFIRMED, "王", "", 3, "只有免责"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, store: Store, state: CaseState, by: str, reason: str, days: int | None, words: str
    ) -> None:
        take(store, 0, verdict())
        case = store.findings()[0].id
        until = None if days is None else NIGHT + timedelta(days=days)
        with pytest.raises(StoreError, match=words):
            store.review(case, state, by=by, reason=reason, at=NIGHT, until=until)
        assert store.finding(case).state is CaseState.DETECTED
        assert len(store.events(case)) == 1

    def test_an_unknown_case_is_refused(self, store: Store) -> None:
        with pytest.raises(StoreError, match="没有编号为“F0”"):
            store.review("F0", CaseState.CONFIRMED, by="王", reason="", at=NIGHT)

    def test_a_dismissed_lapse_stays_so_while_it_lasts(self, store: Store) -> None:
        take(store, 0, verdict())
        case = store.findings()[0].id
        store.review(case, CaseState.DISMISSED, by="王", reason="归档栏目", at=night(0))
        take(store, 1, verdict())
        (found,) = store.findings()
        assert (found.state, found.sightings) == (CaseState.DISMISSED, 2)
        take(store, 2, verdict(PASSED))
        assert store.finding(case).state is CaseState.DISMISSED
        take(store, 3, verdict())
        assert [each.state for each in store.findings()] == [CaseState.DISMISSED, CaseState.DETECTED]

    def test_an_exemption_ends_on_its_day(self, store: Store) -> None:
        take(store, 0, verdict())
        case = store.findings()[0].id
        store.review(case, CaseState.EXEMPTED, by="王", reason="改版", at=night(0), until=night(10))
        take(store, 5, verdict(PASSED))
        take(store, 9, verdict())
        assert [each.state for each in store.findings()] == [CaseState.EXEMPTED]
        taken = take(store, 10, verdict())
        assert taken.reopened == (case,)
        assert store.finding(case).state is CaseState.DETECTED
        assert "免责期已满" in store.events(case)[-1].reason

    def test_a_lapse_that_a_person_closed_comes_back_as_a_new_one(self, store: Store) -> None:
        take(store, 0, verdict())
        case = store.findings()[0].id
        store.review(case, CaseState.RECTIFIED, by="王", reason="已改", at=night(1))
        take(store, 2, verdict())
        assert [each.occurrence for each in store.findings()] == [1, 2]

    def test_taking_a_dismissal_back(self, store: Store) -> None:
        take(store, 0, verdict())
        case = store.findings()[0].id
        store.review(case, CaseState.DISMISSED, by="王", reason="误判", at=night(0))
        take(store, 1, verdict(PASSED))
        store.review(case, CaseState.DETECTED, by="李", reason="重新核实", at=night(1))
        take(store, 2, verdict(PASSED))
        assert store.finding(case).state is CaseState.RECTIFIED


def test_what_a_run_could_not_see_is_kept(store: Store) -> None:
    run = begin(store)
    report = TargetReport(
        complete=False,
        counts={"ok": 10, "timeout": 2},
        gaps=({"url": "http://x/", "status": "timeout", "why": "响应超时"},),
        note="超出页数",
        taken_in=NIGHT,
    )
    store.take_in(run.id, "s01", [], {}, NIGHT, report=report)
    kept = next(each for each in store.targets(run.id) if each.target == "s01")
    assert (kept.counts, kept.gaps, kept.note, kept.state) == (
        report.counts,
        report.gaps,
        report.note,
        "done",
    )
    assert kept.taken_in == NIGHT
    assert store.pending(run.id) == [("site", "s02"), ("account", "a01")]
