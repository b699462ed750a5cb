"""How figures are written in clauses."""

from decimal import Decimal

import pytest

from schemes.words import as_number, plain, points, price, rounded, total


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (3, "3"), (Decimal("3.00"), "3"), (Decimal("0.10"), "0.1"), (Decimal("26.67"), "26.67"),
        (Decimal("1E+3"), "1000"), (Decimal(100), "100"), (Decimal("-0.5"), "-0.5"), (Decimal("-0.00"), "0"),
        (Decimal(0), "0"), (Decimal("1E-7"), "0.0000001"), (Decimal("10.0"), "10"),
    ],
)  # fmt: skip
def test_a_number_is_written_plainly(number: Decimal | int, text: str) -> None:
    assert plain(number) == text
    assert points(number) == f"{text}分"


def test_half_a_unit_is_rounded_up() -> None:
    assert [str(rounded(Decimal(text), 2)) for text in ("0.125", "0.135", "-0.125", "7")] == [
        "0.13", "0.14", "-0.13", "7.00",
    ]  # fmt: skip
    assert str(rounded(Decimal("2.5"), 0)) == "3"


def test_a_sum_of_nothing_is_a_decimal_too() -> None:
    assert total([Decimal("0.1"), Decimal("0.2")]) == Decimal("0.3")
    assert isinstance(total([]), Decimal)


def test_whole_numbers_are_whole_in_json() -> None:
    found = [as_number(number) for number in (Decimal("3.00"), Decimal("0.5"), None)]
    assert found == [3, 0.5, None]
    assert [type(number) for number in found] == [int, float, type(None)]


def test_a_multiplication_as_a_clerk_writes_it() -> None:
    assert price(Decimal("1.50"), 2, "未更新栏目", "个") == "未更新栏目2个×1.5分=3分"
