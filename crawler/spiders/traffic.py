"""How many requests are under way at each host, and when the next may follow."""

from collections import Counter
from time import monotonic

from crawler.plan import CrawlPlan
from crawler.robots import RobotsBook
from crawler.settings import concurrency
from crawler.spiders.visit import Order, Visit, slot_of

MOST_ASIDE = 32
"""Requests to foreign hosts at once: dead ones hold their seats long, and the walks must not wait behind."""

LONGEST_PAUSE = 120.0
"""Seconds up to which a host that blocks us is given time."""


class Traffic:
    """The requests of one process. Pauses beyond the plan's delay are kept only where the plan has one."""

    def __init__(self, plan: CrawlPlan, robots: RobotsBook) -> None:
        self._delay = plan.delay
        self._robots = robots
        self._most = concurrency(plan)
        self._flying: Counter[str] = Counter()
        self._aside = 0
        self._not_before: dict[str, float] = {}

    @property
    def room_aside(self) -> bool:
        """Whether another request to a foreign host may be sent."""
        return self._aside < MOST_ASIDE

    def is_free(self, slot: str) -> bool:
        """Whether another request to a host may be sent now."""
        if self._not_before and self._not_before.get(slot, 0.0) > monotonic():
            return False
        return self._flying[slot] < self._most if slot in self._flying else True

    def begin(self, visit: Visit) -> str:
        """Counts a request that is sent; gives the host it goes to."""
        address = visit.at or visit.url
        slot = slot_of(address)
        self._flying[slot] += 1
        self._aside += visit.order >= Order.ASIDE
        if self._delay > 0:
            asked = max(self._robots.delay(f"{scheme}://{slot}") for scheme in ("http", "https"))
            if asked > self._delay:
                self._not_before[slot] = monotonic() + asked
        return slot

    def end(self, slot: str, *, aside: bool, blocked: int = 0) -> None:
        """A request to a host is over. `blocked` is how many in a row its protection turned away."""
        self._flying[slot] -= 1
        self._aside -= aside
        if not self._flying[slot]:
            del self._flying[slot]
        if blocked and self._delay > 0:
            pause = min(LONGEST_PAUSE, self._delay * 2.0 ** min(blocked + 1, 10))
            self._not_before[slot] = max(self._not_before.get(slot, 0.0), monotonic() + pause)
