"""Page tags: read however they are written; an empty value is not an absent one."""

import pytest

from tests.crawler.reading.pages import page_of


@pytest.mark.parametrize(
    "meta",
    [
        '<meta name="ColumnName" content="通知公告">',
        '<META CONTENT="通知公告" NAME="columnname">',
        "<meta content='通知公告' name=ColumnName />",
        '<meta name=" ColumnName " content=" 通知公告 ">',
        '<meta name="ColumnName" content=""><meta name="ColumnName" content="通知公告">',
    ],
)
def test_a_tag_is_read_in_every_dress(meta: str) -> None:
    assert page_of("", meta).tags == {"ColumnName": "通知公告"}


def test_an_empty_value_is_kept() -> None:
    assert page_of("", '<meta name="SiteIDCode" content=""><meta name="PubDate">').tags == {
        "SiteIDCode": "",
        "PubDate": "",
    }


def test_other_metas_are_none() -> None:
    assert (
        page_of("", '<meta name="viewport" content="x"><meta name="Maketime" content="2026-01-01">').tags
        == {}
    )
