"""Whose column, report or guide it is, on portals that several units share."""

from dataclasses import replace

import pytest

from crawler.observe import observe
from crawler.observing.owners import Owners, short_forms
from crawler.observing.tenants import elsewhere, guests
from domain.page import PageKind
from domain.target import ColumnKind, Registry, Site
from domain.unit import Unit, UnitCategory
from tests.observations import AS_OF, SITE, declared, url
from tests.walks import article, home, item, page, registry, walked

PORTAL = replace(SITE, unit="U00", name="示例市人民政府网站")
COUNTY = Unit(code="U00", name="示例市人民政府", category=UnitCategory.COUNTY)
HEALTH = Unit(code="U01", name="示例市卫生健康局", category=UnitCategory.DEPARTMENT)
EAST = Unit(code="U02", name="示例市城东街道办事处", category=UnitCategory.TOWNSHIP)
WILLOW = Unit(code="U03", name="示例市柳林镇人民政府", category=UnitCategory.TOWNSHIP)
UNITS = (COUNTY, HEALTH, EAST, WILLOW)


def of(site: Site = PORTAL, more: tuple[Site, ...] = ()) -> Registry:
    return registry(*UNITS, site=site, more=more)


def owners_of(*pages, site: Site = PORTAL) -> dict[str, str]:
    one = walked(*pages, declared=[column.url for column in site.columns])
    observation = observe(site, of(site), one, as_of=AS_OF)
    return {column.url: column.unit for column in observation.columns.get()}


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("示例市卫生健康局", {"示例市卫生健康局", "卫生健康局", "市卫生健康局"}),
        (
            "示例市城东街道办事处",
            {"示例市城东街道办事处", "城东街道办事处", "市城东街道办事处", "示例市城东街道", "城东街道"},
        ),
        (
            "示例市柳林镇人民政府",
            {"示例市柳林镇人民政府", "柳林镇人民政府", "市柳林镇人民政府", "示例市柳林镇", "柳林镇"},
        ),
        ("示例市人民政府", {"示例市人民政府", "示例市", "市人民政府"}),
    ],
)
def test_units_go_by_shorter_names_too(name: str, forms: set[str]) -> None:
    assert short_forms(name) == forms


def test_declared_unit_then_named_unit_then_the_site_s() -> None:
    site = replace(PORTAL, columns=(declared("cd/", ColumnKind.NOTICES, "U03", "通知公告"),))
    found = owners_of(
        home(
            ("cd/", "通知公告"),
            ("tzgg/", "通知公告"),
            ("wj/", "卫生健康局"),
            ("ll/zn/", "柳林镇信息公开指南"),
        ),
        page("cd/", items=(item("cd/1.html"),)),
        page("cd/sub/", title="公示", crumbs=[("cd/", "通知公告"), ("", "公示")], items=(item("x.html"),)),
        page("tzgg/", items=(item("t.html"),)),
        page(
            "wj/",
            PageKind.SECTION,
            title="卫生健康局",
            links=home(("wj/zn/", "公开指南"), ("cd/sub/", "公示")).links,
        ),
        article("wj/zn/", "公开指南", crumbs=[("wj/", "卫生健康局"), ("", "公开指南")]),
        article("ll/zn/", "柳林镇信息公开指南"),
        site=site,
    )
    assert found[url("cd/")] == "U03"
    assert found[url("cd/sub/")] == "U03"
    assert found[url("tzgg/")] == "U00"
    assert found[url("wj/")] == "U01"
    assert found[url("wj/zn/")] == "U01"
    assert found[url("ll/zn/")] == "U03"


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("示例市卫生健康局", "U01"),
        ("卫生健康局关于", "U01"),
        ("柳林镇", "U03"),
        ("示例市人民政府", "U00"),
        ("示例市", "U00"),
        ("示例市政府", "U00"),
        ("示例市教育局", ""),
        ("西郊乡", ""),
        ("市卫生健康局", "U01"),
        ("市卫健局", "U01"),
        ("卫健局", "U01"),
        ("", None),
        ("关于公布", None),
    ],
)
def test_whose_report_the_words_before_its_year_name(words: str, unit: str | None) -> None:
    assert Owners(PORTAL, of()).of_title(words) == unit


def test_words_that_may_abbreviate_a_listed_unit_are_told_from_those_that_do_not() -> None:
    owners = Owners(PORTAL, of())
    assert owners.may_mean("市健局")
    assert not owners.may_mean("示例市教育局")


def test_abbreviation_of_the_owner_is_the_owner() -> None:
    site = replace(SITE, unit="U01")
    assert Owners(site, of(site)).of_title("市卫健局") == "U01"


def test_guests_are_units_without_a_site_judged_where_most_of_theirs_is_declared() -> None:
    guide, news = ColumnKind.GUIDE, ColumnKind.NEWS
    one = replace(PORTAL, columns=(declared("a/", news, "U02"), declared("b/", news, "U02")))
    other = replace(SITE, id="s02", columns=(declared("c/", guide, "U02"), declared("d/", guide, "U01")))
    all_of = of(one, (other,))
    assert guests(one, all_of) == ()
    assert guests(other, all_of) == ("U02",)
    assert elsewhere(one, all_of) == {"U01": {guide}, "U02": {guide}}
    assert elsewhere(other, all_of) == {"U02": {news}}


def test_several_units_may_declare_one_address() -> None:
    shared = [declared("nb/", ColumnKind.ANNUAL_REPORT, unit, f"{unit}年报") for unit in ("U02", "U03")]
    site = replace(PORTAL, columns=tuple(shared))
    one = walked(home(("nb/", "年报")), page("nb/", items=(item("nb/1.html"),)), declared=[url("nb/")])
    found = observe(site, of(site), one, as_of=AS_OF).columns.get()
    assert [(column.url, column.unit, column.name) for column in found] == [
        (url("nb/"), "U02", "U02年报"),
        (url("nb/"), "U03", "U03年报"),
    ]
