"""Charsets: what the bytes are counts, not what is said of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.reading.charset import decode

TEXT = "关于公布云溪县权责清单的通知——各镇人民政府，县直各单位"


def page(label: str, text: str = TEXT) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'
    return f"<html><head>{meta}</head>{text}</html>"


@pytest.mark.parametrize("label", ["gb2312", "gbk", "utf-8", "iso-8859-1", "big5", "nonsense"])
@pytest.mark.parametrize(
    "header", [None, "text/html", "text/html;charset=utf-8", "text/html; charset=ISO-8859-1"]
)
def test_chinese_pages_are_read_whatever_their_labels(label: str, header: str | None) -> None:
    assert TEXT in decode(page(label).encode("utf-8"), header)[0]
    if label != "big5":
        text, charset = decode(page(label).encode("gb18030"), header)
        assert TEXT in text
        assert charset == "gb18030"


def test_marks_of_byte_order_decide() -> None:
    assert decode(b"\xef\xbb\xbf" + TEXT.encode(), None) == (TEXT, "utf-8")
    assert decode(TEXT.encode("utf-16"), None)[0] == TEXT


def test_characters_beyond_gb2312_survive_under_its_label() -> None:
    text = page("gb2312", "镕、喆、䶮、€")
    assert decode(text.encode("gb18030"), None)[0] == text


def test_a_page_cut_inside_a_character_is_still_its_encoding() -> None:
    assert decode(page("gb2312").encode("utf-8")[:-9], None)[1] == "utf-8"
    assert decode(page("gb2312").encode("gb18030")[:-8], None)[1] == "gb18030"


def test_a_few_stray_bytes_do_not_make_another_encoding() -> None:
    body = page("utf-8", TEXT * 40).encode("utf-8") + b"\xd6\xd0"
    text, charset = decode(body, None)
    assert charset == "utf-8"
    assert TEXT in text


FOOT = "主办单位：云溪县人民政府办公室　版权所有 © 云溪县"


@pytest.mark.parametrize("label", ["gb2312", "utf-8", "iso-8859-1"])
@pytest.mark.parametrize(
    ("main", "other"), [("gb18030", "utf-8"), ("utf-8", "gb18030")], ids=["gbk-page", "utf-8-page"]
)
def test_a_foot_included_in_another_encoding_is_read_by_its_own(main: str, other: str, label: str) -> None:
    whole = page(label, f"<p>{TEXT * 9}</p><div class='foot' title='@'>@</div></html>")
    pieces = [part.encode(main) for part in whole.split("@")]
    text, charset = decode(FOOT.encode(other).join(pieces), None)
    assert charset == main
    assert text == whole.replace("@", FOOT)


def test_a_menu_included_in_another_encoding_does_not_spoil_short_words() -> None:
    menu = "<ul><li><a href='/a/'>公开指南</a></li><li><a>办事</a></li><li><a>年报</a></li></ul>"
    text, charset = decode(page("gb2312").encode("gb18030") + menu.encode("utf-8"), None)
    assert charset == "gb18030"
    assert TEXT in text
    assert menu in text


def test_pieces_of_neither_encoding_cost_no_more_than_themselves() -> None:
    body = f"<p>{TEXT}</p><p>".encode("gb18030") + b"\xff\xfe\xff" + f"</p><p>{FOOT}</p>".encode()
    text, _ = decode(body, None)
    assert TEXT in text
    assert FOOT in text
    assert "\ufffd" in text


@settings(deadline=None)  # a loaded machine is no fault of the reading
@given(st.binary(max_size=3000), st.one_of(st.none(), st.text(max_size=40)))
def test_no_bytes_raise(body: bytes, header: str | None) -> None:
    text, charset = decode(body, header)
    assert isinstance(text, str)
    assert charset
