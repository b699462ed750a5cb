"""A healthy site is healthy: checked here by means of our own, not by the program's checks."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import pytest

from domain.limit import Limit
from sample.content import Article, Form, Plan
from sample.healthy import healthy
from sample.looks import LOOKS
from sample.looks.dates import shown
from sample.looks.look import number as number_of
from sample.model import Service
from sample.moment import AS_OF, TODAY, days_ago, months_ago
from sample.prose import figures, pages
from sample.prose.report import SECTIONS, report
from sample.render import render
from sample.tags import tags_html
from sample.units import profiles, sample_units

UNITS = profiles()


def plan_of(code: str) -> Plan:
    return healthy(UNITS[code], "s99", "modern")


def test_the_moment() -> None:
    assert AS_OF.isoformat() == "2026-06-30T02:00:00+08:00"
    assert Limit(days=14).oldest(TODAY) == days_ago(14) == date(2026, 6, 16)
    assert Limit(months=6).oldest(TODAY) == months_ago(6) == date(2025, 12, 30)
    assert months_ago(6, 1) == date(2025, 12, 29)


@pytest.mark.parametrize("code", sorted(UNITS))
def test_every_column_is_fresh_and_none_is_empty(code: str) -> None:
    for column, _ in plan_of(code).walk():
        if column.form is not Form.LIST:
            assert column.body or column.children
            continue
        newest = max(article.day for article in column.articles)
        assert days_ago(0) > newest >= (days_ago(13) if column.kind == "news" else months_ago(5, 15))


@pytest.mark.parametrize("code", sorted(UNITS))
def test_reports_are_in_time_whole_and_balanced(code: str) -> None:
    article = plan_of(code).article("nb2025")
    assert date(2026, 1, 1) < article.day <= date(2026, 1, 31)
    assert all(title in article.body for title in SECTIONS.values())
    table = figures.requests(f"{code}/figures/2025")
    for column in range(7):
        cells = [int(row[column]) for row in (table.new, table.carried, table.total, table.onward)]
        assert cells[0] + cells[1] == cells[2] + cells[3]
        assert cells[2] == sum(int(leaf[column]) for leaf in table.leaves)
    for row in (table.new, table.carried, table.total, table.onward, *table.leaves):
        assert int(row[6]) == sum(map(int, row[:6]))
        assert min(map(int, row)) >= 0
    for block in figures.disputes(f"{code}/disputes/2025").blocks:
        assert int(block[4]) == sum(map(int, block[:4]))


def test_reports_of_different_units_differ() -> None:
    bodies = {code: plain(report(unit, 2025, TODAY)) for code, unit in UNITS.items()}
    codes = sorted(bodies)
    worst = max(likeness(bodies[a], bodies[b]) for a in codes for b in codes if a < b)
    assert worst < 0.5
    copied = report(UNITS["U15"], 2025, TODAY, copied_from=UNITS["U12"])
    assert likeness(plain(copied), bodies["U12"]) > 0.85


def plain(article: Article) -> set[str]:
    """Shingles of the text outside tables, names of units and figures masked."""
    text = re.sub(r"<table.*?</table>", "", article.body, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>|\d+|\s", "", text)
    for unit in UNITS.values():
        text = text.replace(unit.name, "").replace(unit.short, "")
    return {text[start : start + 8] for start in range(len(text) - 7)}


def likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def test_documents_and_interpretations_link_each_other_in_time() -> None:
    plan = plan_of("U06")
    for number in (1, 2, 3):
        document, explained = plan.article(f"zcwj{number}"), plan.article(f"zcjd{number}")
        assert f"~~zcjd{number}~~" in document.body
        assert f"~~zcwj{number}~~" in explained.body
        assert explained.day == document.day


def test_consultations_run_thirty_days_and_are_answered() -> None:
    plan = plan_of("U09")
    for key in ("zj1", "zj2"):
        first, last = [
            date(*map(int, found))
            for found in re.findall(r"(\d{4})年(\d+)月(\d+)日", plan.article(key).body)[:2]
        ]
        assert (last - first).days + 1 >= 30
        answer = plan.article("fk2").day if key == "zj2" else None
        assert last > TODAY if answer is None else last < answer <= last + timedelta(days=3)


def test_planted_holidays_are_what_the_calendar_says() -> None:
    def working_days(first: date, last: date) -> int:
        days = [first + timedelta(days=step) for step in range(1, (last - first).days + 1)]
        return sum(chinese_calendar.is_workday(day) for day in days)

    assert working_days(date(2026, 2, 13), date(2026, 2, 25)) == 3
    assert working_days(date(2026, 4, 30), date(2026, 5, 8)) == 3
    assert working_days(date(2026, 3, 2), date(2026, 3, 9)) > 3
    assert working_days(date(2026, 4, 20), date(2026, 4, 28)) > 3
    assert working_days(date(2026, 5, 11), date(2026, 5, 19)) > 3


@pytest.mark.parametrize("variant", ["plain", "table", "prose"])
def test_guide_elements_can_be_left_out(variant: str) -> None:
    unit = UNITS["U05"]
    whole = pages.guide(unit, variant)
    assert unit.fax in whole
    assert unit.fax not in pages.guide(unit, variant, lacking=("fax",))
    assert len(pages.guide(unit, variant, lacking=pages.GUIDE)) < len(whole) / 2
    assert "费" not in pages.guide(unit, variant, fees=False)


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_each_look_shows_every_article_of_a_list(look: str) -> None:
    plan = healthy(UNITS["U03"], "s99", look)
    rendered = render(plan)
    charset = LOOKS[look].charset
    texts = [
        answer.body.decode(charset, "replace") for answer in rendered.pages["s99"].values() if is_page(answer)
    ]
    texts += [text for ask in rendered.services.values() for text in all_units(ask, plan)]
    for column, _ in plan.walk():
        for article in column.articles:
            assert sum(article.title in text for text in texts) >= 2
    home = rendered.pages["s99"][rendered.paths["home"]].body.decode(charset)
    assert 'name="SiteIDCode"' in home


def all_units(ask: Service, plan: Plan) -> Iterator[str]:
    """What a JPaaS list service tells of every column, page by page."""
    for column, _ in plan.walk():
        for page in range(1, 5):
            asked = {
                "webId": "60",
                "pageId": f"{number_of(column.key, 5)}",
                "paramJson": f'{{"pageNo":{page}}}',
            }
            yield json.loads(ask(asked, {}).body)["data"]["html"]


def is_page(answer: object) -> bool:
    return "html" in answer.content_type or "json" in answer.content_type  # type: ignore[attr-defined]


def test_two_pages_never_share_an_address() -> None:
    plan = healthy(UNITS["U03"], "s99", "modern")
    with pytest.raises(ValueError, match="two pages share an address"):
        render(plan.editing("gzdt", path="/tzgg/"))


def test_unknown_keys_are_refused() -> None:
    plan = healthy(UNITS["U03"], "s99", "modern")
    with pytest.raises(KeyError):
        plan.editing("nowhere", name="x")
    with pytest.raises(KeyError):
        plan.rewriting("nowhere", title="x")
    with pytest.raises(KeyError):
        render(plan.rewriting("xw1", body="<a href='~~nowhere~~'>x</a>"))


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("%Y-%m-%d", "2026-06-08"),
        ("[%m-%d]", "[06-08]"),
        ("han", "二〇二六年六月八日"),
        ("plain", "2026年6月8日"),
        ("short", "6-8"),
        ("epoch", "1780882200000"),
        ("", ""),
    ],
)
def test_written_dates(style: str, written: str) -> None:
    assert shown(date(2026, 6, 8), style) == written


def test_written_dates_in_han_beyond_ten() -> None:
    assert shown(date(2025, 12, 20), "han") == "二〇二五年十二月二十日"
    assert shown(date(2025, 10, 31), "han") == "二〇二五年十月三十一日"


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("normal", '<meta name="SiteName" content="甲&quot;乙">'),
        ("reversed", '<meta content="甲&quot;乙" name="SiteName">'),
        ("lower", '<meta name="sitename" content="甲&quot;乙" />'),
        ("single", "<meta name='SiteName' content='甲&quot;乙'>"),
        ("upper", '<META NAME="SiteName" CONTENT="甲&quot;乙">'),
    ],
)
def test_spellings_of_tags(style: str, written: str) -> None:
    assert tags_html((("SiteName", '甲"乙'),), style) == written


def test_units_are_invented_and_whole() -> None:
    codes = [unit.code for unit in sample_units()]
    assert len(codes) == len(set(codes)) >= 20
    assert all(re.fullmatch(r"\d{10}", unit.identifier) for unit in UNITS.values())
    assert all(unit.domain.endswith(".example") for unit in UNITS.values())
    kinds = {"county", "zone", "department", "township", "institution", "enterprise"}
    assert {unit.category for unit in sample_units()} == kinds
