"""A charge: one reason why a line gives or takes points, before pools and floors. Ledgers keep charges."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from schemes.words import ZERO, points, price


class Way(StrEnum):
    """What a charge does."""

    TAKE = "take"
    GIVE = "give"
    VETO = "veto"
    EXCLUDE = "exclude"


WAY_TITLES = {Way.TAKE: "扣分", Way.GIVE: "得分", Way.VETO: "单项否决", Way.EXCLUDE: "不适用"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A piece of evidence behind a charge: kind, path relative to the data folder, digest, or an address."""

    kind: str
    path: str = ""
    sha256: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """Points given or taken on one line for one reason.

    `points` is the magnitude before pools and floors. `source` names what it rests on: `finding:ID`,
    `record:ID` or `standing`; `check` is that of the finding. `target` is the account or site concerned.
    `name`, `counter`, `price` and `hits` are the multiplication; where there is none, `words` says how the
    points came about.
    """

    line: str
    clause: str
    way: Way
    source: str
    points: Decimal = ZERO
    hits: int = 1
    name: str = ""
    counter: str = ""
    price: Decimal | None = None
    words: str = ""
    check: str = ""
    target: str = ""
    on: date | None = None
    summary: str = ""
    url: str = ""
    exhibits: tuple[Exhibit, ...] = ()
    reviewer: str = ""

    @property
    def arithmetic(self) -> str:
        """How the points came about, in Chinese."""
        if self.words:
            return self.words
        if self.price is None:
            return f"{self.name}，{points(self.points)}"
        text = price(self.price, self.hits, self.name, self.counter)
        if self.points != self.price * self.hits:
            text += f"，按上限计{points(self.points)}"
        return text
