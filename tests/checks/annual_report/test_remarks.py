"""annual-report.remarks: warnings that never cost points, and silence where nothing was read."""

from typing import Any

import pytest

from checks.annual_report.remarks import CHECK, Params
from domain.outcome import Inconclusive, Pass, Violation
from tests.checks.annual_report.grids import SOUND, SOUND4, table2, table3
from tests.observations import judged, only, report, seen, site_observation, unseen

PARTS = [
    "一、总体情况\n全年收到政府信息公开申请16件。\n",
    "二、主动公开政府信息情况\n如下表。\n",
    "三、收到和处理政府信息公开申请情况\n如下表。\n",
    "四、政府信息公开行政复议、行政诉讼情况\n如下表。\n",
    "五、存在的主要问题及改进情况\n解读形式单一，下一步增加图解。\n",
    "六、其他需要报告的事项\n本年度未收取信息处理费。\n",
]


def of(text: str = "".join(PARTS), *tables: Any, last: Any = None) -> Any:
    reports = [report(text=seen(text), tables=seen((table3(SOUND), SOUND4, *tables)))]
    if last is not None:
        reports.append(report(2024, tables=seen((last,))))
    return site_observation(reports=seen(tuple(reports)))


def rules(outcome: Any) -> list[str]:
    assert isinstance(outcome, Violation), outcome
    assert outcome.severity == "warning"
    return [str(rule) for rule in outcome.observed["rules"]]  # type: ignore[union-attr]


def test_a_report_in_order_passes() -> None:
    assert CHECK.trial
    assert isinstance(only(CHECK, of()), Pass)


@pytest.mark.parametrize(
    "words",
    [
        "收到政府信息公开申请16件",
        "共受理政府信息公开申请18件",
        "全年新收信息公开申请 16 件",
        "收到政府信息公开申请数量16件",
        "一、本年新收政府信息公开申请数量\n3件\n13件",
        "一、本年新收政府信息公开申请数量 3件 13件",
        "全年开展培训2次",
    ],
)
def test_figures_that_agree_pass(words: str) -> None:
    assert isinstance(only(CHECK, of("".join(PARTS).replace("收到政府信息公开申请16件", words))), Pass)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("收到政府信息公开申请3件", 3),
        ("共受理公民、法人和其他组织的政府信息公开申请数量为１７件", 17),
        ("未收到政府信息公开申请", 0),
        ("没有收到公民提出的信息公开申请", 0),
    ],
)
def test_text_and_table_that_disagree(words: str, said: int) -> None:
    found = rules(only(CHECK, of("".join(PARTS).replace("收到政府信息公开申请16件", words))))
    assert found == [f"A6 正文称收到政府信息公开申请{said}件，表三本年新收总计为16"]


def test_sections_out_of_order_and_empty() -> None:
    swapped = [PARTS[1], PARTS[0], *PARTS[2:]]
    assert rules(only(CHECK, of("".join(swapped))))[0].startswith("A7 六个部分的顺序")
    empty = "".join(PARTS).replace("解读形式单一，下一步增加图解。", "无。")
    assert rules(only(CHECK, of(empty))) == ["A7 “存在的主要问题及改进情况”没有实际内容"]


def test_documents_in_force_against_last_year() -> None:
    text = "".join(PARTS)
    assert isinstance(only(CHECK, of(text, table2("3", "1", "12"), last=table2("0", "0", "10"))), Pass)
    found = rules(only(CHECK, of(text, table2("3", "1", "15"), last=table2("0", "0", "10"))))
    assert found == ["A8 行政规范性文件现行有效15件，上年10件加制发3件减废止1件为12件"]
    assert isinstance(only(CHECK, of(text, table2("3", "/", "15"), last=table2("0", "0", "10"))), Pass)


def test_fees_are_to_be_spoken_of_in_section_six() -> None:
    text = "".join(PARTS).replace("本年度未收取信息处理费。", "无。")
    assert rules(only(CHECK, of(text))) == ["A11 “其他需要报告的事项”没有说明收取信息处理费的情况"]
    assert isinstance(only(CHECK, of("".join(PARTS[:5]))), Pass)


def test_only_the_rules_asked_for() -> None:
    text = "".join(PARTS).replace("本年度未收取信息处理费。", "无。")
    assert isinstance(only(CHECK, of(text), Params(rules=("A6",))), Pass)


def test_tables_that_say_nothing_are_not_compared() -> None:
    bare = report(text=seen("收到政府信息公开申请3件"), tables=seen(()))
    assert isinstance(only(CHECK, site_observation(reports=seen((bare,)))), Pass)


def test_what_was_not_read_is_inconclusive() -> None:
    for unread in (report(text=unseen()), report(text=seen("", complete=False)), report(tables=unseen())):
        assert isinstance(only(CHECK, site_observation(reports=seen((unread,)))), Inconclusive)
    assert isinstance(judged(CHECK, site_observation(reports=unseen()))["*"], Inconclusive)


def test_totals_alone_are_compared_with_the_text() -> None:
    blanks = {**SOUND, "new": ("", "", "", "", "", "", "16"), "carried_in": ("", "", "", "", "", "", "2")}
    for said, fine in ((16, True), (18, True), (17, False)):
        text = "".join(PARTS).replace("16件", f"{said}件")
        one = report(text=seen(text), tables=seen((table3(blanks), SOUND4)))
        outcome = only(CHECK, site_observation(reports=seen((one,))))
        assert isinstance(outcome, Pass) is fine, said


def test_a_total_that_is_not_read_is_not_compared() -> None:
    blanks = {**SOUND, "new": (*SOUND["new"][:6], "")}
    one = report(text=seen("".join(PARTS)), tables=seen((table3(blanks), SOUND4)))
    assert isinstance(only(CHECK, site_observation(reports=seen((one,)))), Pass)
    lost = tuple(row for row in table3(SOUND) if "上年结转" not in row[0])
    one = report(text=seen("".join(PARTS).replace("16件", "18件")), tables=seen((lost, SOUND4)))
    assert rules(only(CHECK, site_observation(reports=seen((one,)))))


def test_several_remarks_are_told_together() -> None:
    text = "".join(PARTS).replace("16件", "3件").replace("本年度未收取信息处理费。", "无。")
    outcome = only(CHECK, of(text))
    assert [rule[:3] for rule in rules(outcome)] == ["A6 ", "A11"]
    assert isinstance(outcome, Violation)
    assert "有2处需要核实：A6 " in outcome.summary
    assert "；A11 " in outcome.summary


def test_documents_in_force_need_both_years_and_every_figure() -> None:
    now = table2("3", "1", "15")
    assert isinstance(only(CHECK, of("".join(PARTS), now)), Pass)
    bare = (("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), ("规章", "0", "0", "0"))
    assert isinstance(only(CHECK, of("".join(PARTS), now, last=bare)), Pass)
    for figures in (("", "1", "15"), ("3", "", "15"), ("3", "1", "")):
        outcome = only(CHECK, of("".join(PARTS), table2(*figures), last=table2("0", "0", "10")))
        assert isinstance(outcome, Pass), figures
    unread = only(CHECK, of("".join(PARTS), now, last=table2("0", "0", "")))
    assert isinstance(unread, Pass)
    torn = (("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), ("规章", "", "", ""), now[-1])
    assert rules(only(CHECK, of("".join(PARTS), torn, last=table2("0", "0", "10"))))[0].startswith("A8")
