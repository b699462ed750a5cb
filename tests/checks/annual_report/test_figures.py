"""annual-report.figures: every relation, by column and row; what cannot be read is not judged."""

from typing import Any

import pytest

from checks.annual_report.figures import CHECK, Params
from domain.outcome import Inconclusive, Pass, Violation
from tests.checks.annual_report import grids
from tests.checks.annual_report.grids import SOUND, SOUND4, full, table3, table4
from tests.observations import judged, only, report, seen, site_observation, unseen


def of(*tables: Any, **more: Any) -> Any:
    return site_observation(reports=seen((report(tables=seen(tuple(tables)), **more),)))


def changed(key: str, index: int, text: str) -> dict[str, tuple[str, ...]]:
    row = list(SOUND[key])
    row[index] = text
    return {**SOUND, key: tuple(row)}


def rules(outcome: Any) -> list[str]:
    assert isinstance(outcome, Violation), outcome
    assert outcome.severity == "violation"
    return [str(rule) for rule in outcome.observed["rules"]]  # type: ignore[union-attr]


def test_a_sound_report_passes() -> None:
    outcome = only(CHECK, of(table3(SOUND), SOUND4))
    assert isinstance(outcome, Pass)
    assert "42条" in outcome.reason


def test_a_report_of_zeros_passes() -> None:
    assert isinstance(only(CHECK, of(table3(full({})), table4(*"0" * 15))), Pass)


@pytest.mark.parametrize("index", range(7))
def test_carried_sums_are_judged_in_every_column(index: int) -> None:
    found = rules(only(CHECK, of(table3(changed("carried_out", index, "9")), SOUND4)))
    name = grids.HEADER[index]
    assert found[0].startswith(f"A1 “{name}”列：")
    assert all(rule.startswith(("A1", "A3")) for rule in found)


def test_two_columns_that_cancel_out_in_the_total_are_found() -> None:
    rows = full(
        {
            "new": (12, 3, 0, 0, 1, 0),
            "carried_in": (2, 0, 0, 0, 0, 0),
            "granted": (13, 1, 0, 0, 1, 0),
            "carried_out": (2, 1, 0, 0, 0, 0),
        }
    )
    found = rules(only(CHECK, of(table3(rows), SOUND4)))
    assert [rule[:11] for rule in found] == ["A1 “自然人”列：本", "A1 “商业企业”列："]
    assert "本年新收12+上年结转2=14" in found[0]
    assert "（七）总计13+结转下年度2=15" in found[0]


@pytest.mark.parametrize("key", [*grids.GROUPS, "total"])
def test_the_outcome_rows_add_up_to_their_total(key: str) -> None:
    value = str(int(SOUND[key][0]) + 1)
    found = rules(only(CHECK, of(table3(changed(key, 0, value)), SOUND4)))
    assert any(rule.startswith("A2 “自然人”列：办理结果21项之和为") for rule in found)
    assert any(rule.startswith("A3 ") for rule in found)


@pytest.mark.parametrize("key", SOUND)
def test_every_row_adds_up(key: str) -> None:
    value = str(int(SOUND[key][6]) + 1)
    found = rules(only(CHECK, of(table3(changed(key, 6, value)), SOUND4)))
    assert sum(rule.startswith("A3 ") for rule in found) == 1


@pytest.mark.parametrize("place", range(15))
def test_table_four_adds_up(place: int) -> None:
    values = list("310040000011002")
    values[place] = "9"
    found = rules(only(CHECK, of(table3(SOUND), table4(*values))))
    assert len(found) == 1
    assert found[0].startswith(f"A5 {('行政复议', '未经复议直接起诉', '复议后起诉')[place // 5]}：")


def across(last: Any, this: Any = SOUND) -> Any:
    return site_observation(
        reports=seen(
            (
                report(tables=seen((table3(this), SOUND4))),
                report(2024, tables=last),
                report(2023, tables=seen((table3(SOUND),))),
            )
        )
    )


def test_carry_over_matches_last_years_report() -> None:
    assert isinstance(only(CHECK, across(seen((table3(SOUND), SOUND4)))), Pass)
    moved = full({**_values(), "carried_out": (1, 1, 0, 0, 0, 0)})
    found = rules(only(CHECK, across(seen((table3(moved), SOUND4)))))
    assert [rule.split("：")[0] for rule in found] == ["A4 “自然人”列", "A4 “商业企业”列"]
    assert "上年报告的结转下年度为1，本年报告的上年结转为2" in found[0]


def _values() -> dict[str, Any]:
    return {key: tuple(int(cell) for cell in row[:6]) for key, row in SOUND.items() if key != "total"}


def test_last_years_report_that_was_not_read_costs_nothing() -> None:
    assert isinstance(only(CHECK, across(unseen())), Pass)
    assert isinstance(only(CHECK, across(seen(()))), Pass)
    blank = {**SOUND, "carried_out": ("", "", "", "", "", "", "")}
    assert isinstance(only(CHECK, across(seen((table3(blank),)))), Pass)


@pytest.mark.parametrize("text", ["", "/", "-", "——", "无", "若干"])
def test_a_cell_that_is_no_number_makes_its_equations_not_assessable(text: str) -> None:
    outcome = only(CHECK, of(table3(changed("secret", 0, text)), SOUND4))
    assert isinstance(outcome, Inconclusive)
    assert "A2 “自然人”列" in outcome.reason


def test_an_unreadable_cell_hides_no_other_breach() -> None:
    rows = changed("secret", 0, "/")
    rows["new"] = (*rows["new"][:6], "99")
    found = rules(only(CHECK, of(table3(rows), SOUND4)))
    assert {rule[:2] for rule in found} == {"A1", "A3"}


def test_tables_that_were_not_read_are_inconclusive() -> None:
    assert isinstance(only(CHECK, of()), Inconclusive)
    assert isinstance(only(CHECK, of((("姓名",),))), Inconclusive)
    assert isinstance(only(CHECK, site_observation(reports=seen((report(tables=unseen()),)))), Inconclusive)
    assert isinstance(judged(CHECK, site_observation(reports=unseen()))["*"], Inconclusive)
    three = only(CHECK, of(table3(SOUND)))
    assert isinstance(three, Inconclusive)
    assert "表四" in three.reason
    four = only(CHECK, of(SOUND4))
    assert isinstance(four, Inconclusive)
    assert "表三" in four.reason


def test_breach_in_the_table_that_was_read_stands() -> None:
    found = rules(only(CHECK, of(table3(changed("new", 0, "99")))))
    assert found[0].startswith("A1")


def test_other_years_and_units_are_not_judged() -> None:
    bad = seen((table3(changed("new", 0, "99")),))
    observation = site_observation(
        reports=seen((report(2024, tables=bad), report(tables=bad, unit="X", url="http://x.test/")))
    )
    assert judged(CHECK, observation) == {}


def test_only_the_rules_asked_for_are_judged() -> None:
    observation = of(table3(changed("carried_out", 6, "9")), SOUND4)
    assert isinstance(only(CHECK, observation, Params(rules=("A2", "A5"))), Pass)
    assert rules(only(CHECK, observation, Params(rules=("A3",))))[0].startswith("A3")


def test_the_sentence_names_the_first_and_counts_all() -> None:
    outcome = only(CHECK, of(table3(changed("new", 0, "99")), table4(*"910040000011009")))
    assert isinstance(outcome, Violation)
    assert f"有{len(rules(outcome))}处数字自相矛盾" in outcome.summary
    assert outcome.summary.endswith("等。")


@pytest.mark.skipif(not grids.REAL.exists(), reason="没有 realpages 文件夹")
def test_real_reports_hold_and_match_across_years() -> None:
    old, new, blank = grids.real_reports()
    four = [str(v) for group in new["table4"].values() for v in group.values()]
    observation = site_observation(
        reports=seen(
            (
                report(tables=seen((table3(grids.real_rows(new)), table4(*four)))),
                report(2024, tables=seen((table3(grids.real_rows(old)),))),
            )
        )
    )
    outcome = only(CHECK, observation)
    assert isinstance(outcome, Pass)
    assert "49条" in outcome.reason
    assert len(blank["rows"]) == 23


def test_a_report_that_contradicts_the_one_before_has_both_as_evidence() -> None:
    former = report(2024, tables=seen((table3(changed("carried_out", 0, "9")), SOUND4)))
    current = report(tables=seen((table3(SOUND), SOUND4)))
    outcome = judged(CHECK, site_observation(reports=seen((former, current))))[current.url]
    assert isinstance(outcome, Violation)
    assert outcome.looked_at == (current.url, former.url)
    alone = only(CHECK, of(table3(changed("carried_out", 0, "9")), SOUND4))
    assert isinstance(alone, Violation)
    assert alone.looked_at == (current.url,)
    sound = report(2024, tables=seen((table3(SOUND), SOUND4)))
    faulty = report(tables=seen((table3(changed("carried_out", 0, "9")), SOUND4)))
    own = judged(CHECK, site_observation(reports=seen((sound, faulty))))[faulty.url]
    assert isinstance(own, Violation)
    assert own.looked_at == (faulty.url,)


def test_an_earlier_report_that_was_not_read_does_not_hide_another_copy() -> None:
    blind = report(2024, tables=unseen(), url="http://wjw.test/nb/copy.html")
    former = report(2024, tables=seen((table3(changed("carried_out", 0, "9")),)))
    current = report(tables=seen((table3(SOUND), SOUND4)))
    outcome = judged(CHECK, site_observation(reports=seen((blind, former, current))))[current.url]
    assert any(rule.startswith("A4") for rule in rules(outcome))


def test_rows_that_were_not_all_read_are_said() -> None:
    rows = tuple(row for row in table3(SOUND) if "重复申请" not in row[2])
    outcome = only(CHECK, of(rows, SOUND4))
    assert isinstance(outcome, Inconclusive)
    assert "A2 “自然人”列：办理结果各行没有读全" in outcome.reason
    lost = tuple(row for row in table3(SOUND) if "结转下年度" not in row[0])
    outcome = only(CHECK, of(lost, SOUND4))
    assert isinstance(outcome, Inconclusive)
    assert "A1 “自然人”列：结转下年度一格为“（无此格）”" in outcome.reason
    sumless = tuple(row for row in table3(SOUND) if "总计" not in row[2])
    outcome = only(CHECK, of(sumless, SOUND4))
    assert isinstance(outcome, Inconclusive)
    assert "A1 “自然人”列：（七）总计一格为“（无此格）”" in outcome.reason


def test_three_broken_relations_are_told_in_full_and_more_in_part() -> None:
    values = {"new": (1, 0, 0, 0, 0, 0), "granted": (1, 0, 0, 0, 0, 0)}
    rows = full(values)
    for count, end in ((3, "。"), (4, "等。")):
        fights = ["0"] * 15
        for group in range(min(count, 3)):
            fights[group * 5 + 4] = "1"
        given = {**rows, "new": ("1", "0", "0", "0", "0", "0", "1")}
        if count == 4:
            given["carried_out"] = ("0", "0", "0", "0", "0", "0", "0")
            given["carried_in"] = ("0", "0", "0", "0", "0", "0", "5")
        outcome = only(CHECK, of(table3(given), table4(*fights)))
        assert isinstance(outcome, Violation)
        told = len(rules(outcome))
        assert outcome.summary.endswith(end), (told, outcome.summary)
        assert outcome.summary.count("；") == 2
