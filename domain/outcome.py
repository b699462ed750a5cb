"""The four outcomes of a judgement, and their algebra.

What could not be seen is Inconclusive, never a Violation. Inconclusive never opens a case,
never closes one, never costs a point.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What to frame on the picture: an element by its visible text, its link's address or a CSS selector."""

    text: str = ""
    href: str = ""
    selector: str = ""


ROW = ":row"
"""The selector of a row of figures: the one with a cell that reads as the frame's text. Of a heading
over several columns, what stands below it."""

FOOT = Frame(selector=":foot")
"""The foot of a page, wherever its marks stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """The requirement was seen to be met; `reason` says by what."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """The requirement was seen to be broken.

    `url` is where a person can see it; `observed` and `expected` carry the figures under the names
    of the catalogue; `summary` is one Chinese sentence with them. `frame` points at the offending
    element. `severity` is "violation", or "warning" for what never costs a point.
    """

    url: str
    summary: str
    observed: Mapping[str, Value]
    expected: Mapping[str, Value]
    frame: Frame | None = None
    looked_at: tuple[str, ...] = ()
    severity: str = field(default="violation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inconclusive:
    """It could not be judged, and why."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    """The requirement does not bind this subject, and why."""

    reason: str


Outcome = Pass | Violation | Inconclusive | NotApplicable

OUTCOME_NAMES: dict[type[Outcome], str] = {
    Pass: "pass",
    Violation: "violation",
    Inconclusive: "inconclusive",
    NotApplicable: "not_applicable",
}

OUTCOME_TITLES = {"pass": "合格", "violation": "违规", "inconclusive": "无法判定", "not_applicable": "不适用"}


def name_of(outcome: Outcome) -> str:
    """The outcome's name in the outside formats."""
    return OUTCOME_NAMES[type(outcome)]
