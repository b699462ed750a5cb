"""When to leave a host alone: it does not answer any more, or its protection turns us away. Pure."""

from dataclasses import dataclass, field

from domain.snapshot import FetchStatus

SILENT_AFTER = 30
"""Tries in a row without an answer, after which a host is left alone."""

BLOCKED_AFTER = 12
"""Answers in a row by a protection system, after which a site is left alone."""

_SILENT = frozenset({FetchStatus.UNREACHABLE, FetchStatus.TIMEOUT})


@dataclass(slots=True)
class Trouble:
    """Counts of troubles in a row, by host."""

    _silent: dict[str, int] = field(default_factory=dict)
    _blocked: int = 0

    @property
    def blocked(self) -> int:
        """How many answers in a row a protection system gave."""
        return self._blocked

    def count(self, slot: str, status: FetchStatus, *, own: bool) -> str:
        """Takes in how a try ended; the reason in Chinese when the host is to be left alone from now on."""
        self._silent[slot] = self._silent.get(slot, 0) + 1 if status in _SILENT else 0
        if self._silent[slot] >= SILENT_AFTER:
            return f"服务器连续 {SILENT_AFTER} 次没有响应，停止采集"
        if own:
            self._blocked = self._blocked + 1 if status is FetchStatus.BLOCKED else 0
            if self._blocked >= BLOCKED_AFTER:
                return "连续被防护系统拦截，停止采集；建议请对方将监测地址加入白名单"
        return ""
