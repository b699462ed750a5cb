"""The crawl's own clock: it runs on from an instant it was given and never asks what time it is."""

from datetime import datetime, time, timedelta, tzinfo
from time import monotonic


class RunClock:
    """Tells the instants of a crawl that began at `start`, `since` seconds of the monotonic clock."""

    def __init__(self, start: datetime, since: float | None = None) -> None:
        self._start = start
        self._since = monotonic() if since is None else since

    def now(self) -> datetime:
        """The present instant, in the zone of the start."""
        return self._start + timedelta(seconds=monotonic() - self._since)

    def within(self, window: tuple[time, time] | None, zone: tzinfo | None) -> bool:
        """Whether it is between the two times of day in `zone`; a window may pass midnight."""
        if window is None:
            return True
        first, last = window
        present = self.now().astimezone(zone).time()
        return first <= present < last if first <= last else present >= first or present < last
