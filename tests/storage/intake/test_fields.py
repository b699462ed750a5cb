"""How single values are read from what people write."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.target import ColumnKind
from storage.intake import fields
from storage.intake.addresses import web_address
from storage.intake.fields import Reader, Unfit
from storage.intake.node import Scalar, ScalarKind, scalar_of
from storage.intake.problem import Place

HERE = Place(file="f")


def scalar(text: object) -> Scalar:
    """A value as written."""
    return scalar_of(text, HERE)


def refusal(read: Reader, text: str) -> str | None:
    """Why a text is refused; None when it is taken."""
    try:
        read(Scalar(HERE, text))
    except Unfit as unfit:
        return unfit.message
    return None


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8101/",
        "https://www.example.gov.cn",
        "http://[::1]:8080/a?b=c#d",
        "http://某某.政务/首页/",
        "http://www.example.gov.cn/目录/第（一）页.html",
        "HTTP://WWW.EXAMPLE.GOV.CN/",
        "http://host_name/",
        "http://www.example.gov.cn./",
    ],
)
def test_addresses_are_taken_as_they_stand(url: str) -> None:
    assert web_address(scalar(url)) == url


@pytest.mark.parametrize(
    "url",
    [
        "www.example.gov.cn",
        "//www.example.gov.cn/",
        "/tzgg/",
        "ftp://a.cn/",
        "javascript:alert(1)",
        "http://",
        "http:///path",
        "http:/a.cn",
        "http//a.cn",
        "http://a.cn:99999/",
        "http://a.cn:0/",
        "http://a.cn:x/",
        "http://a.cn:/",
        "http://a..cn/",
        "http://-a.cn/",
        "http://300.1.1.1/",
        "http://1.2.3/",
        "http://[::1/",
        "http://u@a.cn/",
        "http://a.cn/<b>",
        "http://a。cn/",
        "https：//a.cn/",
        "http://a.cn/ http://b.cn/",
        "http://" + "a" * 300 + ".cn/",
        "http://a.cn/" + "a" * 2048,
        "http://a.cn/\x7f",
    ],
)
def test_malformed_addresses_are_refused(url: str) -> None:
    with pytest.raises(Unfit):
        web_address(Scalar(HERE, url))


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_addresses(text: str) -> None:
    assert refusal(web_address, text) != ""


READERS: list[Reader] = [
    fields.name,
    fields.text,
    fields.code,
    fields.day,
    fields.yes_or_no,
    fields.email,
    fields.phone,
    fields.identifier,
    fields.digest,
    fields.whole_number(1, 10),
    fields.decimal_number(Decimal(0), Decimal(10)),
]


@given(st.sampled_from(READERS), st.text(max_size=40))
def test_no_text_breaks_any_reader(read: Reader, text: str) -> None:
    assert refusal(read, text) != ""


@pytest.mark.parametrize("written", ["2026-01-05", "2026/1/5", "2026.1.5", "2026年1月5日", date(2026, 1, 5)])
def test_dates_as_people_write_them(written: object) -> None:
    assert fields.day(scalar(written)) == date(2026, 1, 5)


@pytest.mark.parametrize("written", ["2026-02-29", "26-1-5", "2026-13-01", "01/05/2026", "昨天", 46027])
def test_other_dates_are_refused(written: object) -> None:
    with pytest.raises(Unfit):
        fields.day(scalar(written))


@pytest.mark.parametrize(
    ("written", "read"),
    [("是", True), ("否", False), (True, True), ("FALSE", False), (1, True), (0.0, False), ("√", True)],
)
def test_yes_and_no(written: object, read: bool) -> None:
    assert fields.yes_or_no(scalar(written)) is read


@pytest.mark.parametrize(("written", "read"), [("１８０", 180), (180.0, 180), ("+7", 7), ("0007", 7)])
def test_whole_numbers(written: object, read: int) -> None:
    assert fields.whole_number(1, 3660)(scalar(written)) == read


@pytest.mark.parametrize("written", ["1.5", 1.5, "0", "1e3", "", "半年", "99999"])
def test_what_is_no_whole_number(written: object) -> None:
    with pytest.raises(Unfit):
        fields.whole_number(1, 3660)(scalar(written))


def test_decimals_are_exact() -> None:
    read = fields.decimal_number(Decimal(0), Decimal(100))
    assert str(read(scalar("0.10"))) == "0.10"
    for written in ("NaN", "Infinity", "-0.1", "100.01", "1,5"):
        with pytest.raises(Unfit):
            read(scalar(written))


def test_choices_by_either_name_and_the_nearest_is_suggested() -> None:
    read = fields.one_of(ColumnKind, {kind: kind.name for kind in ColumnKind})
    assert read(scalar("Notices")) is ColumnKind.NOTICES
    with pytest.raises(Unfit) as caught:
        read(scalar("notice"))
    assert "是否应为“notices”" in caught.value.mend


def test_cells_are_read_as_what_they_are() -> None:
    assert scalar("  ").kind is ScalarKind.EMPTY
    assert scalar(None).kind is ScalarKind.EMPTY
    assert (scalar(3205810007.0).raw, scalar(3205810007.0).kind) == ("3205810007", ScalarKind.NUMBER)
    assert scalar(0.1).raw == "0.1"
