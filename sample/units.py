"""The invented units of 云溪市, as the prose folder tells them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sample.model import SampleUnit

_SOURCE = Path(__file__).parent / "prose" / "units.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A unit as its own pages present it. `topics` is what it busies itself with."""

    code: str
    name: str
    short: str
    category: str
    domain: str
    site: str
    address: str
    phone: str
    topics: tuple[str, ...]
    policies: tuple[str, ...]
    services: tuple[str, ...]
    plan: str

    @property
    def identifier(self) -> str:
        """The ten-digit site identifier (网站标识码) that the unit's site has."""
        return f"63990100{self.code[1:]}"

    @property
    def fax(self) -> str:
        """The fax number: the telephone's, some thousand on."""
        return f"0907-{int(self.phone[5:]) + 1000}"


@cache
def profiles() -> dict[str, Profile]:
    """Every unit by its code."""
    with _SOURCE.open("rb") as source:
        table = tomllib.load(source)
    return {code: _profile(code, row) for code, row in table.items()}


def _profile(code: str, row: Mapping[str, Any]) -> Profile:
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    return Profile(code=code, **fields)


def sample_units() -> tuple[SampleUnit, ...]:
    """The units as the registry lists them."""
    return tuple(
        SampleUnit(
            code=profile.code,
            name=profile.name,
            category=profile.category,
            parent=None if profile.code == "U00" else "U00",
        )
        for profile in profiles().values()
    )
