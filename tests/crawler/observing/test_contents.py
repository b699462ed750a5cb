"""Which forms are content of a page without entries."""

import pytest

from crawler.observing.contents import _asks
from tests.crawler.reading.pages import page_of


@pytest.mark.parametrize(
    "form",
    [
        '<form action="/x"><input name=no>查询码<input type=submit value=查询></form>',
        "<form method=post><input name=xm>姓名<textarea name=nr></textarea>内容</form>",
    ],
)
def test_a_form_to_be_filled_in_is_content(form: str) -> None:
    assert _asks(page_of(f"<h3>申请状态</h3>{form}"))


@pytest.mark.parametrize(
    "form",
    [
        '<form action="/s"><input name=q><input type=submit value=查询></form>',
        '<form action="/s">站内信息<input name=q><input type=submit value=查询></form>',
        "<form></form>",
    ],
)
def test_a_search_box_is_none(form: str) -> None:
    assert not _asks(page_of(f"<h3>规划计划</h3>{form}"))
