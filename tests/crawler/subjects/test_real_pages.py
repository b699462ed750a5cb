"""The subject readings on saved pages of real sites; skipped where the folder is absent."""

from datetime import date
from pathlib import Path

import pytest

from crawler.extract import read_page
from crawler.subjects.guide import ELEMENTS, guide_elements, mentions_fees
from crawler.subjects.on_request import offered_functions
from crawler.subjects.report import is_report, report_sections, report_year
from domain.page import Page

REAL = Path(__file__).parents[3].parent / "shared" / "realpages" / "sites"
pytestmark = pytest.mark.skipif(not REAL.exists(), reason="没有 realpages 文件夹")

ZHECHENG = "zhecheng/xxgk/"


def real(path: str) -> Page:
    body = (REAL / path).read_bytes()
    return read_page(
        body, f"http://www.example.test/{path}", content_type="text/html", today=date(2018, 7, 27)
    )


def test_the_guide_states_its_contacts_and_fees() -> None:
    page = real(ZHECHENG + "xxgkzn/2018-06-30/298.html")
    stated = guide_elements(page.text, page.links, page.tables)
    assert frozenset(ELEMENTS) - {"classification"} <= stated
    assert mentions_fees(page.text)


def test_on_request_columns() -> None:
    form = [real(ZHECHENG + "ysqgk/index.html"), real(ZHECHENG + "ysqgk/2018-06-30/309.html")]
    assert offered_functions(form) == {"form_download", "instructions"}
    tabs = real("daozhen_hrss/zwgk/ysqgk/index.html")
    assert offered_functions([tabs]) >= {"instructions", "online_form", "progress_query"}


def test_listed_reports_are_known_by_their_titles() -> None:
    pages = [real(f"{ZHECHENG}xxgknb/index{n}.html") for n in ("", "_2", "_3", "_4", "_5", "_6", "_7")]
    titles = {item.title for page in pages for item in page.items}
    assert len(titles) > 80
    other = {title for title in titles if not is_report(title, in_column=True)}
    assert all("总结" in title for title in other), other
    assert {report_year(title) for title in titles} <= {2013, 2014, 2015, 2016, 2017}


@pytest.mark.parametrize(
    ("name", "sections"),
    [
        ("7483", {"overview", "proactive", "problems"}),
        ("7487", {"proactive", "requests", "litigation", "problems", "other"}),
        ("7490", {"proactive", "requests", "litigation", "problems"}),
        ("7491", {"overview", "proactive", "requests", "litigation", "problems"}),
    ],
)
def test_sections_of_reports_of_the_older_form(name: str, sections: set[str]) -> None:
    page = real(f"{ZHECHENG}xxgknb/bmnb/2018-07-12/{name}.html")
    assert report_sections(page.text) == sections
