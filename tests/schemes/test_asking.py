"""From schemes to questions: equal ones merge, parameters become the check's own, reminders bear no line."""

from dataclasses import replace

import pytest

from checks.column.missing import Params as Missing
from domain.limit import Limit
from domain.target import ColumnKind
from domain.unit import UnitCategory
from schemes.asking import params_of
from schemes.mistakes import SchemeError
from schemes.model import Ask, Scheme
from schemes.scheme import questions
from schemes.trial import Trial
from tests.schemes.assessing import shipped


def asked(check: str, *names: str) -> list[tuple[str, ...]]:
    return sorted(q.indicators for q in questions(names) if q.check.id == check)


def test_equal_questions_of_several_schemes_are_one_with_all_their_lines() -> None:
    assert asked("guide.incomplete", "changshu-2020", "xunwu-2022") == [("changshu-2020/2", "xunwu-2022/18")]


def test_units_that_a_line_does_not_bind_are_asked_as_a_reminder() -> None:
    found = [q for q in questions(["national-2019"]) if q.check.id == "guide.incomplete"]
    bound = frozenset({UnitCategory.COUNTY, UnitCategory.ZONE, UnitCategory.DEPARTMENT})
    assert {(q.indicators, q.categories) for q in found} == {
        (("national-2019/D-4",), bound),
        ((), frozenset(UnitCategory) - bound),
    }


def test_what_one_scheme_tries_and_another_counts_stays_two_questions() -> None:
    changshu, xunwu = shipped()["changshu-2020"], shipped()["xunwu-2022"]
    tried = replace(xunwu, trial=Trial(checks=("guide.incomplete", "media.too-few")))
    found = questions(["changshu-2020", "xunwu-2022"], {"changshu-2020": changshu, "xunwu-2022": tried})
    assert {(q.indicators, q.trial) for q in found if q.check.id == "guide.incomplete"} == {
        (("changshu-2020/2",), False),
        (("xunwu-2022/18",), True),
    }
    assert all(q.on_trial for q in found if q.check.id == "media.too-few")
    assert not any(q.trial for q in found if q.check.id == "media.stale")


def test_a_reminder_that_counts_is_not_lost_to_one_that_is_tried() -> None:
    watching = replace(shipped()["zhushan"], indicators=(), watches=(Ask(check="content.privacy"),))
    trying = replace(watching, trial=Trial(checks=("content.privacy",)))
    found = questions(["a", "b"], {"a": trying, "b": watching})
    assert [q.trial for q in found] == [False]


def watching(*categories: UnitCategory, tried: bool = False) -> Scheme:
    """A scheme that only reminds of leaked particulars."""
    ask = Ask(check="content.privacy", categories=categories)
    trial = Trial(checks=("content.privacy",)) if tried else Trial()
    return replace(shipped()["zhushan"], indicators=(), watches=(ask,), trial=trial)


@pytest.mark.parametrize("counted", [False, True])
def test_of_equal_reminders_for_some_kinds_of_unit_the_one_that_is_not_tried_stays(counted: bool) -> None:
    some = (UnitCategory.COUNTY, UnitCategory.ZONE)
    schemes = {"a": watching(*some, tried=not counted), "b": watching(*some, tried=counted)}
    assert [(q.trial, q.categories) for q in questions(schemes, schemes)] == [(False, frozenset(some))]


def test_a_reminder_for_more_kinds_of_unit_stands_for_one_for_fewer() -> None:
    few, more = watching(UnitCategory.COUNTY), watching(UnitCategory.COUNTY, UnitCategory.ZONE)
    other = watching(UnitCategory.TOWNSHIP)
    found = questions("abc", {"a": few, "b": more, "c": other})
    assert [sorted(q.categories) for q in found] == [["county", "zone"], ["township"]]


def test_what_is_only_tried_is_asked_as_tried_and_of_the_units_named() -> None:
    (found,) = questions("a", {"a": watching(UnitCategory.COUNTY, tried=True)})
    assert (found.trial, found.categories) == (True, frozenset({UnitCategory.COUNTY}))
    (found,) = questions("a", {"a": watching()})
    assert (found.trial, found.categories) == (False, frozenset())


def test_units_that_a_line_on_trial_does_not_bind_are_reminded_on_trial() -> None:
    national = replace(shipped()["national-2019"], trial=Trial(checks=("guide.incomplete",)))
    found = [q for q in questions("a", {"a": national}) if q.check.id == "guide.incomplete"]
    assert [(q.indicators, q.trial) for q in found] == [(("national-2019/D-4",), True), ((), True)]


def test_different_limits_stay_apart() -> None:
    found = [q for q in questions(["changshu-2020", "national-2019"]) if q.check.id == "column.stale"]
    by_line = {q.indicators: q.params for q in found}
    assert by_line[("changshu-2020/7",)].every_disclosure_column == Limit(months=6)
    assert ColumnKind.NEWS not in by_line[("changshu-2020/7",)].limits
    assert by_line[("national-2019/W-V4",)].limits[ColumnKind.NEWS] == Limit(days=14)
    assert by_line[()].limits == {ColumnKind.NEWS: Limit(days=14)}


def test_news_has_its_fortnight_in_every_scheme() -> None:
    for name in shipped():
        limits = [q.params.limits for q in questions([name]) if q.check.id == "column.stale"]
        assert Limit(days=14) in [limit.get(ColumnKind.NEWS) for limit in limits], name


def test_a_line_of_one_catalogue_asks_its_kinds_of_unit_only() -> None:
    found = [q for q in questions(["shuangyashan-2019"]) if q.check.id == "on-request.incomplete"]
    assert {(q.indicators, q.categories) for q in found} == {
        (("shuangyashan-2019/1.2.2",), frozenset({UnitCategory.COUNTY, UnitCategory.ZONE})),
        (
            ("shuangyashan-2019/2.2.2",),
            frozenset({UnitCategory.DEPARTMENT, UnitCategory.INSTITUTION, UnitCategory.ENTERPRISE}),
        ),
    }


def test_wordings_of_columns_are_put_in_where_a_check_takes_them() -> None:
    words = {ColumnKind.GUIDE: ("指南",)}
    found = [
        q for q in questions(["zhushan", "changshu-2020"], wordings=words) if q.check.id == "column.missing"
    ]
    assert [q.params for q in found] == [
        Missing(
            required=(ColumnKind.GUIDE, ColumnKind.CATALOGUE, ColumnKind.ANNUAL_REPORT),
            wordings={ColumnKind.GUIDE: ("指南",)},
        )
    ]


def test_wordings_reach_reminders_too() -> None:
    words = {ColumnKind.GUIDE: ("指南",)}
    required = {"required": ["guide"]}
    national, bare = shipped()["national-2019"], shipped()["zhushan"]
    line = replace(national.indicator("D-4"), asks=(Ask(check="column.missing", params=required),))
    bound = replace(national, indicators=(line,), watches=())
    watched = replace(bare, indicators=(), watches=(Ask(check="column.missing", params=required),))
    for scheme, many in ((bound, 2), (watched, 1)):
        found = questions("a", {"a": scheme}, words)
        assert [q.params.wordings for q in found] == [words] * many


def test_wordings_of_the_scheme_itself_go_before_those_of_the_office() -> None:
    own = {"required": ["guide"], "wordings": {"guide": ["办事指南"]}}
    scheme = replace(shipped()["zhushan"], indicators=(), watches=(Ask(check="column.missing", params=own),))
    (found,) = questions("a", {"a": scheme}, {ColumnKind.GUIDE: ("指南",)})
    assert found.params.wordings == {ColumnKind.GUIDE: ("办事指南",)}


def test_a_bad_parameter_is_told_with_the_check_that_has_it() -> None:
    with pytest.raises(SchemeError) as refused:
        params_of(Ask(check="column.stale", params={"limit": 3}))
    assert str(refused.value) == "column.stale 第1行 limit：没有这个键；是否想写 limits？"


def test_a_check_that_is_not_written_yet_is_not_asked() -> None:
    assert params_of(Ask(check="no.such")) is None


def test_every_question_of_every_scheme_can_be_made() -> None:
    made = questions(shipped())
    assert {q.check.id for q in made} >= {"column.stale", "column.missing", "guide.incomplete"}
    assert all(isinstance(q.params, q.check.params) for q in made)
