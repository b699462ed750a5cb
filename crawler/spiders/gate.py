"""What stands before a fetch: the guard against inner networks, and the host's robots.txt."""

from crawler.address import canonical
from crawler.classify import Failure, Reply
from crawler.guard import GuardPolicy, refusal
from crawler.robots import Known, RobotsBook, origin_of, read_rules
from crawler.spiders.scope import Scope
from crawler.spiders.visit import Visit, slot_of
from domain.target import Site

_OF_HOST = frozenset({Failure.DNS, Failure.CONNECTION_REFUSED, Failure.NO_ROUTE})
"""Failures that hold for a whole host."""


class Gate:
    """The gate of one site's walk. `robots` is shared by the sites of a process.

    A supervisor may lift robots.txt for a site; the rules of foreign hosts are obeyed even then.
    """

    def __init__(self, site: Site, *, policy: GuardPolicy, robots: RobotsBook, scope: Scope) -> None:
        self._site = site
        self._robots = robots
        self._scope = scope
        self._dead: dict[str, tuple[Failure, str]] = {}
        self._policy = policy

    def is_open(self, slot: str) -> bool:
        """Whether a host's robots.txt is not just being fetched."""
        return all(
            self._robots.state(f"{scheme}://{slot}") is not Known.ASKED for scheme in ("http", "https")
        )

    def failure(self, address: str) -> tuple[Failure, str] | None:
        """Why an address may not, or need not, be asked for; None when nothing is known against it."""
        refused = self.refusal(address)
        if refused is not None:
            return refused
        if self._obeys(address) and not self._robots.allows(address):
            return Failure.ROBOTS, ""
        return self._dead.get(slot_of(address))

    def note(self, address: str, failure: Failure | None) -> None:
        """Notes that a foreign host is dead: what it has besides need not be asked for in this round."""
        if failure in _OF_HOST and not self._scope.on_own_host(canonical(address)):
            self._dead[slot_of(address)] = (failure, "")

    def forget_dead(self) -> None:
        """Begins a new round: every host is asked anew."""
        self._dead.clear()

    def refusal(self, address: str) -> tuple[Failure, str] | None:
        """Why the guard forbids an address; None when it does not."""
        why = refusal(address, self._policy)
        return (Failure.GUARD, why) if why else None

    def knows(self, address: str) -> bool:
        """Whether robots.txt need not be fetched before this address."""
        return not self._obeys(address) or self._robots.state(origin_of(address)) is Known.KNOWN

    def robots_visit(self, address: str, now: float, order: float) -> Visit | None:
        """The visit that fetches the rules of an address's host, in its turn; None when it is under way."""
        origin = origin_of(address)
        if self._robots.state(origin) is Known.ASKED:
            return None
        url = self._robots.ask(origin)
        return Visit(url=url, key=canonical(url), role="robots", order=order, asked_at=now)

    def learn(self, visit: Visit, reply: Reply | None) -> None:
        """Takes in what a host answered to robots.txt."""
        reply = reply or Reply(url=visit.url, final_url=visit.url, http_status=0)
        self._robots.learn(origin_of(visit.url), read_rules(reply.http_status, reply.body, reply.headers))

    def _obeys(self, url: str) -> bool:
        return self._site.obey_robots or not self._scope.on_own_host(canonical(url))
