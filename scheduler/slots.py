"""When each site's walk begins within the night's window: spread by weight, one server's sites apart.

Nothing here is left to chance: the same sites, night and durations give the same timetable, on whatever
machine, so that a scan that was broken off goes on by the slots it had.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain.observation import CHINA

SLOTS = "slots"
"""The option of a run that its timetable is kept under."""

MOST_AT_ONCE = 32
"""Sites walked at once at the most, whatever the window asks."""

FINISHING = 0.1
"""Share of the window that is left for what comes after the walks: comparing, storing, sealing."""

LEAST = timedelta(minutes=1)
"""A walk is reckoned to take so long at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Berth:
    """A site to be walked: its host (never two walks at once), its server (kept apart), how long it takes."""

    site: str
    host: str
    server: str
    lasts: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """The starts of a night's walks by site. `at_once` walks are under way at the same time at most.

    `ends` is when the last is reckoned to be done; `late` names the sites that are not done by `until`.
    """

    begins: datetime
    until: datetime
    starts: Mapping[str, datetime]
    ends: datetime
    at_once: int = 1
    late: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What the timetable promises, or that it will not keep the window."""
        span = f"{_clock(self.begins)}至{_clock(self.until)}"
        many = f"{len(self.starts)}个网站分布在{span}，同时至多{self.at_once}个"
        if not self.late:
            return f"{many}，预计{_clock(self.ends)}前走完"
        return (
            f"{many}；按上次用时估计要到{_clock(self.ends)}才能走完，晚于窗口：{_named(self.late)}。"
            "请延长窗口（window_hours），或减少每个网站的页数（GOVWATCH_MAX_PAGES）"
        )

    def plain(self) -> dict[str, Any]:
        """What goes on record with the run."""
        return {
            "begins": self.begins.isoformat(),
            "until": self.until.isoformat(),
            "ends": self.ends.isoformat(),
            "at_once": self.at_once,
            "late": list(self.late),
            "starts": {site: at.isoformat() for site, at in self.starts.items()},
        }


def timetable_of(kept: Any) -> Timetable | None:
    """The timetable as it was put on record; None where a run has none."""
    if not isinstance(kept, Mapping):
        return None
    return Timetable(
        begins=datetime.fromisoformat(kept["begins"]),
        until=datetime.fromisoformat(kept["until"]),
        ends=datetime.fromisoformat(kept["ends"]),
        at_once=int(kept["at_once"]),
        late=tuple(kept["late"]),
        starts={site: datetime.fromisoformat(at) for site, at in kept["starts"].items()},
    )


def spread(berths: Iterable[Berth], begins: datetime, until: datetime, night: date) -> Timetable:
    """The timetable of a night. Raises ValueError when the window ends before it begins."""
    if until <= begins:
        raise ValueError(f"夜间窗口的止（{until}）不晚于起（{begins}）")
    ordered = _in_order([_at_least(one) for one in berths], night)
    working = (until - begins) * (1 - FINISHING)
    whole = sum((one.lasts for one in ordered), timedelta())
    # With more than the most at once no spreading helps: the same order, as fast as it goes.
    span = max(working, whole / MOST_AT_ONCE)
    offsets = _by_weight(ordered, span, whole)
    offsets = _hosts_in_turn(ordered, offsets, span)
    starts = {one.site: begins + offset for one, offset in zip(ordered, offsets, strict=True)}
    late = [one.site for one, at in zip(ordered, offsets, strict=True) if at + one.lasts > until - begins]
    ends = max((at + one.lasts for one, at in zip(ordered, offsets, strict=True)), default=timedelta())
    return Timetable(
        begins=begins,
        until=until,
        starts=starts,
        ends=begins + ends,
        at_once=_most_at_once(ordered, offsets),
        late=tuple(sorted(late)),
    )


def _at_least(one: Berth) -> Berth:
    lasts = max(one.lasts, LEAST)
    return Berth(site=one.site, host=one.host, server=one.server, lasts=lasts)


def _in_order(berths: Iterable[Berth], night: date) -> list[Berth]:
    """An order that differs from night to night and strews every server's sites over the whole of it."""
    by_server: dict[str, list[Berth]] = {}
    for one in sorted(berths, key=lambda one: (_chance(night, one.site), one.site)):
        by_server.setdefault(one.server, []).append(one)
    placed: list[tuple[float, str, Berth]] = []
    for server, members in by_server.items():
        phase = _chance(night, f"server/{server}")
        for number, one in enumerate(members):
            placed.append(((number + phase) / len(members), one.site, one))
    return [one for _, _, one in sorted(placed, key=lambda place: place[:2])]


def _chance(night: date, name: str) -> float:
    digest = hashlib.sha256(f"{night.isoformat()}/{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def _by_weight(ordered: Sequence[Berth], span: timedelta, whole: timedelta) -> list[timedelta]:
    """Each begins when its share of the work before it has passed, and ends within the span."""
    found: list[timedelta] = []
    before = timedelta()
    for one in ordered:
        others = whole - one.lasts
        room = max(span - one.lasts, timedelta())
        found.append(room * (before / others) if others else timedelta())
        before += one.lasts
    return found


def _hosts_in_turn(
    ordered: Sequence[Berth], offsets: Sequence[timedelta], within: timedelta
) -> list[timedelta]:
    """The same with the sites of one host one after another, pushed on and, at the end, drawn back."""
    found = list(offsets)
    by_host: dict[str, list[int]] = {}
    for number in sorted(range(len(ordered)), key=lambda number: offsets[number]):
        by_host.setdefault(ordered[number].host, []).append(number)
    for numbers in by_host.values():
        free = timedelta()
        for number in numbers:
            found[number] = max(found[number], free)
            free = found[number] + ordered[number].lasts
        last = max(within, sum((ordered[number].lasts for number in numbers), timedelta()))
        for number in reversed(numbers):
            found[number] = max(min(found[number], last - ordered[number].lasts), timedelta())
            last = found[number]
    return found


def _most_at_once(ordered: Sequence[Berth], offsets: Sequence[timedelta]) -> int:
    """How many are under way at the busiest moment, by reckoning; what takes longer waits its turn."""
    moments = [(at, 1) for at in offsets]
    moments += [(at + one.lasts, -1) for one, at in zip(ordered, offsets, strict=True)]
    most = now = 0
    for _, step in sorted(moments):
        now += step
        most = max(most, now)
    return max(1, min(MOST_AT_ONCE, most))


def _named(sites: Sequence[str]) -> str:
    more = f"等{len(sites)}个网站" if len(sites) > 5 else ""
    return "、".join(sites[:5]) + more


def _clock(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%m月%d日%H:%M")
