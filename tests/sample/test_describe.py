"""docs/sample.md is in step with the city."""

import pytest

from sample.city import CITY
from sample.describe import DOCUMENT, renewed, tables


def test_document_is_in_step() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert renewed(text, CITY) == text


def test_every_site_and_account_is_described() -> None:
    text = tables(CITY)
    assert all(f"| {site.id} |" in text and site.about for site in CITY.sites)
    assert all(f"| {account.id} |" in text and account.about for account in CITY.accounts)


def test_lost_marks_are_an_error() -> None:
    with pytest.raises(ValueError, match="缺少标记"):
        renewed("没有标记", CITY)
