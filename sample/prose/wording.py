"""Fills the sentences of texts.toml with a unit's own matters, always the same way for the same key."""

import tomllib
import zlib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sample.units import Profile

T = TypeVar("T")

_SOURCE = Path(__file__).parent / "texts.toml"


@cache
def texts() -> dict[str, Any]:
    """The sentences by subject."""
    with _SOURCE.open("rb") as source:
        return tomllib.load(source)


def roll(key: str, below: int) -> int:
    """A number from 0 to below-1 that the key alone decides."""
    return zlib.crc32(key.encode()) // 7 % below


def pick(options: Sequence[T], key: str) -> T:
    """One of the options, as the key decides."""
    return options[roll(key, len(options))]


def some(options: Sequence[T], count: int, key: str) -> list[T]:
    """So many different options in their own order, as the key decides."""
    ranked = sorted(range(len(options)), key=lambda index: zlib.crc32(f"{key}/{index}".encode()))
    return [options[index] for index in sorted(ranked[:count])]


def fill(template: str, profile: Profile, key: str, **more: str) -> str:
    """The template with the unit's names, a topic of its own and figures that the key decides."""
    topic = more.pop("topic", pick(profile.topics, key))
    others = [other for other in profile.topics if other != topic]
    return template.format(
        **{
            "unit": profile.name,
            "short": profile.short,
            "plan": profile.plan,
            "topic": topic,
            "other": pick(others, key + "o"),
            "place": pick(texts()["places"], key + "p"),
            "n": str(12 + roll(key + "n", 79)),
            "m": str(3 + roll(key + "m", 7)),
            "name": "本办法",
            **more,
        }
    )


def paragraphs(lines: Sequence[str]) -> str:
    """The lines as HTML paragraphs."""
    return "\n".join(f"<p>{line}</p>" for line in lines)


def spread(newest: date, count: int, every: int) -> list[date]:
    """Dates going back from the newest, about `every` days apart."""
    return [newest - timedelta(days=index * every + index % 3) for index in range(count)]
