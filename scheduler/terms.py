"""All that can be set of the nights, in one place with defaults; kept as the portal's setting “nights”."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import time, timedelta
from typing import Any

from alerts.ripeness import Damping
from storage.faults import StoreError
from storage.verbs.nights import NightVerbs

SETTING = "nights"
"""The name under which the store keeps what was set otherwise than the defaults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The settings. Times are of China; `own_days` are working days to mend by check.

    `scan_at` and `window_hours` are the night's window, `walk_day` the day of the week of the full walk
    (0: Monday). `minutes_a_site` is reckoned for one site's walk: so many sites are walked at once as fill
    the window evenly. `late_hours`: a night that has not begun so long after its time did not run.
    A source or a site that was not seen for `blind_days` is put before the operators.
    """

    scan_at: str = "01:00"
    window_hours: int = 5
    walk_day: int = 5
    minutes_a_site: int = 20
    late_hours: int = 3
    pause_seconds: float = 1.0
    screenshots: bool = True
    probes_a_day: int = 24
    down_probes: int = 3
    recheck_minutes: int = 30
    remind_at: str = "08:20"
    digest_at: str = "08:30"
    quiet_from: str = "20:00"
    quiet_until: str = "08:00"
    digest_on_days_off: bool = False
    dry_run: bool = False
    most_tries: int = 6
    portal: str = ""
    operators: tuple[str, ...] = ()
    own_days: Mapping[str, int] = field(default_factory=dict)
    blind_days: int = 2
    held_share: float = 0.6
    held_least: int = 5
    held_nights: int = 2
    damping_hours: int = 20
    damping_sightings: int = 2
    damping_witnesses: int = 2
    keep_probes_days: int = 400
    keep_backups: int = 7
    disk_free_gb: float = 2.0

    @property
    def damping(self) -> Damping:
        """How much must be seen before a unit is told of what nobody confirmed."""
        return Damping(
            sightings=self.damping_sightings,
            apart=timedelta(hours=self.damping_hours),
            witnesses=self.damping_witnesses,
        )

    def quiet(self, at: time) -> bool:
        """Whether ordinary messages wait at this time of day in China."""
        begin, end = clock_time(self.quiet_from), clock_time(self.quiet_until)
        return begin <= at or at < end if begin > end else begin <= at < end


_TIMES = ("scan_at", "remind_at", "digest_at", "quiet_from", "quiet_until")
_RANGES: Mapping[str, tuple[float, float]] = {
    "window_hours": (1, 23),
    "walk_day": (0, 6),
    "minutes_a_site": (1, 600),
    "late_hours": (1, 20),
    "pause_seconds": (0, 600),
    "probes_a_day": (20, 288),
    "down_probes": (2, 50),
    "recheck_minutes": (5, 1440),
    "most_tries": (1, 20),
    "blind_days": (1, 90),
    "held_share": (0.05, 1),
    "held_least": (2, 10_000),
    "held_nights": (1, 30),
    "damping_hours": (1, 240),
    "damping_sightings": (1, 30),
    "damping_witnesses": (1, 2),
    "keep_probes_days": (30, 4000),
    "keep_backups": (1, 400),
    "disk_free_gb": (0, 10_000),
}


def clock_time(text: str) -> time:
    """A time of day. Raises ValueError."""
    return time.fromisoformat(text)


def terms_of(kept: Any) -> Terms:
    """The settings with what was kept over the defaults. Raises StoreError naming the value and the mend."""
    if kept is None:
        return Terms()
    if not isinstance(kept, Mapping):
        raise StoreError("夜间运行的设置应为一组“名称：值”")
    known = {spot.name: spot for spot in fields(Terms)}
    values: dict[str, Any] = {}
    for name, value in kept.items():
        if name not in known:
            raise StoreError(f"夜间运行没有名为“{name}”的设置，可用的有：{'、'.join(sorted(known))}")
        values[name] = _value(name, value)
    return Terms(**values)


def terms_kept(store: NightVerbs) -> Terms:
    """The settings in force. Raises StoreError when a value makes no sense."""
    return terms_of(store.settings().get(SETTING))


def _value(name: str, value: Any) -> Any:
    default = getattr(Terms(), name)
    if name in _TIMES:
        return _time(name, value)
    if name == "operators":
        return tuple(str(one) for one in value) if isinstance(value, list | tuple) else _refuse(name, value)
    if name == "own_days":
        return _days(name, value)
    if isinstance(default, bool):
        return value if isinstance(value, bool) else _refuse(name, value)
    if isinstance(default, str):
        return value if isinstance(value, str) else _refuse(name, value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _refuse(name, value)
    least, most = _RANGES[name]
    if not least <= value <= most:
        raise StoreError(f"夜间运行的设置 {name}={value} 超出范围，应在 {least:g} 到 {most:g} 之间")
    return type(default)(value)


def _time(name: str, value: Any) -> str:
    try:
        return clock_time(str(value)).strftime("%H:%M")
    except ValueError:
        raise StoreError(f"夜间运行的设置 {name}={value} 不是时间，应写成 01:30 的形式") from None


def _days(name: str, value: Any) -> dict[str, int]:
    if not isinstance(value, Mapping) or not all(
        isinstance(days, int) and not isinstance(days, bool) and 0 < days <= 250 for days in value.values()
    ):
        _refuse(name, value)
    return {str(check): int(days) for check, days in value.items()}


def _refuse(name: str, value: Any) -> Any:
    raise StoreError(f"夜间运行的设置 {name}={value!r} 的写法不对，请对照文档 docs/nights.md")
