from dataclasses import replace

import pytest

from checks.column.misplaced_item import CHECK, Params, belongs_elsewhere
from domain.observation import SiteObservation
from domain.outcome import Inconclusive, Outcome, Pass, Violation
from domain.target import ColumnKind
from tests.observations import (
    column,
    entry,
    judged,
    judged_by_unit,
    listing,
    seen,
    site_observation,
    unseen,
    url,
)

PLANNING = ColumnKind.PLANNING


def of(title: str, kind: ColumnKind = PLANNING, name: str = "规划计划", **more) -> SiteObservation:
    one = column("gh/", kind, of=listing(entry("2026-06-01", "gh/1.html", title=title)), name=name, **more)
    return site_observation(columns=seen((one,)))


def outcome(*given, **more) -> Outcome:
    return judged(CHECK, of(*given, **more))[url("gh/1.html")]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于做好端午节期间值班工作的通知", "notices"),
        ("2026年公开招聘工作人员公告", "personnel"),
        ("办公楼修缮工程中标公告", "procurement"),
        ("市卫健局召开安全生产会议", "news"),
        ("2025年政府信息公开工作年度报告", "annual_report"),
        ("2026年部门预算公开", "budget"),
    ],
)
def test_item_that_plainly_belongs_elsewhere(title: str, kind: str) -> None:
    found = outcome(title)
    assert isinstance(found, Violation)
    assert found.observed["expected_kind"] == kind
    assert found.observed["column"] == url("gh/")
    assert found.url == url("gh/1.html")


@pytest.mark.parametrize(
    "title",
    [
        "示例市卫生健康事业“十五五”规划",
        "关于印发《2026年工作要点》的通知",
        "国土空间总体规划批前公告",
        "某处地块情况说明",
        "示例医院迁建有关情况",
    ],
)
def test_item_that_may_belong_is_let_be(title: str) -> None:
    assert isinstance(outcome(title), Pass)


@pytest.mark.parametrize(
    ("title", "kind", "name"),
    [
        ("关于印发管理办法的通知", ColumnKind.POLICY_DOCUMENTS, "政策文件"),
        ("部门决算情况说明", ColumnKind.BUDGET, "财政预决算"),
        ("政府信息公开年报", ColumnKind.ANNUAL_REPORT, "政府信息公开年报"),
        ("信息发布审查制度", ColumnKind.REGULATIONS, "政府信息公开制度"),
    ],
)
def test_each_strict_column_takes_its_own(title: str, kind: ColumnKind, name: str) -> None:
    assert isinstance(outcome(title, kind, name), Pass)


def test_column_that_says_it_takes_both_takes_both() -> None:
    title = "一图读懂医保新政"
    assert isinstance(outcome(title, ColumnKind.POLICY_DOCUMENTS, "政策及解读"), Pass)
    assert isinstance(outcome("图解医保缴费", ColumnKind.POLICY_DOCUMENTS, "规范性文件"), Violation)


def test_column_of_such_a_kind_only_by_its_place_is_not_strict() -> None:
    assert judged(CHECK, of("市卫健局召开会议", name="组织部")) == {}
    assert judged(CHECK, of("市卫健局召开会议", name="组织部", declared=True)) != {}
    assert judged(CHECK, of("市卫健局召开会议", archived=True)) == {}


def test_other_kinds_are_no_subject_and_unseen_columns_are_said() -> None:
    assert judged(CHECK, of("市卫健局召开会议", ColumnKind.NOTICES, "通知公告")) == {}
    assert judged(CHECK, of("市卫健局召开会议"), Params(columns=())) == {}
    hidden = column("gh/", PLANNING, of=unseen(), name="规划计划")
    outcomes = judged(CHECK, site_observation(columns=seen((hidden,), complete=False)))
    assert isinstance(outcomes["*"], Inconclusive)


REAL_TITLES = [
    (ColumnKind.PLANNING, "规划计划", "关于2026年端午节放假安排的通知", ColumnKind.NOTICES),
    (ColumnKind.PLANNING, "规划计划", "关于国庆节放假的通知（2026年）", ColumnKind.NOTICES),
    (ColumnKind.PLANNING, "规划计划", "停电通知", ColumnKind.NOTICES),
    (ColumnKind.PLANNING, "规划计划", "关于启用新公章的通知", ColumnKind.NOTICES),
    (ColumnKind.PLANNING, "规划计划", "某某局公开招聘编外人员公告", ColumnKind.PERSONNEL),
    (ColumnKind.PLANNING, "规划计划", "某某办公楼维修工程中标公告", ColumnKind.PROCUREMENT),
    (ColumnKind.PLANNING, "规划计划", "局长张三调研乡村医生工作", ColumnKind.NEWS),
    (ColumnKind.PLANNING, "规划计划", "2025年部门决算公开", ColumnKind.BUDGET),
    (ColumnKind.PLANNING, "规划计划", "关于公开征求《国土空间总体规划》意见的公告", None),
    (ColumnKind.PLANNING, "规划计划", "“十五五”规划编制工作启动会召开", None),
    (ColumnKind.PLANNING, "规划计划", "关于公布2026年重点项目的通知", None),
    (ColumnKind.PLANNING, "规划计划", "某地块征收土地公告", None),
    (ColumnKind.PLANNING, "通知公告与规划", "关于启用新公章的通知", None),
    (ColumnKind.POLICY_DOCUMENTS, "政策文件", "某某局召开半年工作会议", ColumnKind.NEWS),
    (ColumnKind.POLICY_DOCUMENTS, "政策文件", "2026年部门预算公开", ColumnKind.BUDGET),
    (ColumnKind.POLICY_DOCUMENTS, "政策文件", "关于启用新公章的通知", None),
    (ColumnKind.BUDGET, "财政预决算", "关于做好端午节期间值班工作的通知", ColumnKind.NOTICES),
    (ColumnKind.BUDGET, "财政预决算", "2025年度部门决算", None),
    (ColumnKind.ANNUAL_REPORT, "信息公开年报", "某某镇举行消防演练", ColumnKind.NEWS),
    (ColumnKind.REGULATIONS, "公开制度", "依申请公开工作制度", None),
]


@pytest.mark.parametrize(("kind", "name", "title", "expected"), REAL_TITLES)
def test_real_titles(kind: ColumnKind, name: str, title: str, expected: ColumnKind | None) -> None:
    assert belongs_elsewhere(title, column("x/", kind, name=name)) is expected


def test_columns_after_one_that_may_hold_anything_are_judged() -> None:
    notices = column("tz/", of=listing(entry("2026-06-01", "tz/1.html", title="关于值班的通知")))
    blind = column("jd/", PLANNING, of=unseen(), name="规划")
    strict = column(
        "gh/", PLANNING, of=listing(entry("2026-06-01", "gh/1.html", title="2026年招聘公告")), name="规划计划"
    )
    outcomes = judged(CHECK, site_observation(columns=seen((notices, blind, strict))))
    assert set(outcomes) == {url("gh/1.html")}
    assert isinstance(outcomes[url("gh/1.html")], Violation)


def test_an_entry_without_address_is_no_subject_and_one_listed_twice_is_one() -> None:
    item = entry("2026-06-01", "gh/1.html", title="2026年招聘公告")
    bare = replace(item, url="")
    one = column("gh/", PLANNING, of=listing(item, bare, item), name="规划计划")
    assert set(judged(CHECK, site_observation(columns=seen((one,))))) == {url("gh/1.html")}


def test_the_same_page_in_a_column_of_another_unit_or_kind_does_not_accuse() -> None:
    item = entry("2026-06-01", "gh/1.html", title="2026年部门预算公开")
    budget = column("ys/", ColumnKind.BUDGET, of=listing(item), name="财政预决算")
    foreign = column("gh/", PLANNING, of=listing(item), name="规划计划", unit="U02")
    notices = column("tz/", of=listing(item))
    outcomes = judged_by_unit(CHECK, site_observation(columns=seen((budget, foreign, notices))))
    assert isinstance(outcomes[(url("gh/1.html"), "U01")], Pass)
    assert isinstance(outcomes[(url("gh/1.html"), "U02")], Violation)


def test_a_column_that_says_it_takes_notices_takes_them() -> None:
    title = "关于做好端午节期间值班工作的通知"
    for name in ("规划公告", "计划通告", "规划公示", "计划通知"):
        assert isinstance(outcome(title, name=name), Pass), name
    assert isinstance(outcome(title, name="规划计划"), Violation)
