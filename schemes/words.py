"""How figures are written in the clauses a unit reads: plain decimals, points, dates."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)


def plain(number: Decimal | int) -> str:
    """A number without needless zeros and without an exponent: 3, 0.1, 26.67."""
    text = f"{Decimal(number):f}"
    if "." in text:
        text = text.rstrip("0").removesuffix(".")
    return "0" if text == "-0" else text


def points(number: Decimal | int) -> str:
    """A number of points in Chinese."""
    return f"{plain(number)}分"


def total(numbers: Iterable[Decimal]) -> Decimal:
    """The sum, a Decimal of nothing too."""
    return sum(numbers, ZERO)


def rounded(number: Decimal, places: int) -> Decimal:
    """The number rounded half up to so many decimal places."""
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def as_number(number: Decimal | None) -> int | float | None:
    """A Decimal as JSON carries it: a whole number where it is one."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def price(number: Decimal, hits: int, name: str, counter: str) -> str:
    """The multiplication that a clerk would write: 6个月未更新栏目2个×3分=6分."""
    return f"{name}{hits}{counter}×{points(number)}={points(number * hits)}"
