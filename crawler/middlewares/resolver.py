"""The guard at connect time: a name that resolves to an inner address gets no connection.

Every connection of the crawler, to names and to literal addresses, is resolved here, and connects to
just the addresses that were judged: what a name answers a second time cannot lead elsewhere.
"""

from collections.abc import Sequence
from typing import Any

from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.guard import GuardPolicy, allowed


class Refusals:
    """The inner addresses that were refused, by host."""

    def __init__(self) -> None:
        self._found: dict[str, str] = {}

    def note(self, host: str, address: str) -> None:
        """Notes a refused address."""
        self._found[host.lower()] = address

    def clear(self, host: str) -> None:
        """Forgets a host that now resolves to a good address."""
        self._found.pop(host.lower(), None)

    def of(self, host: str) -> str:
        """The refused address of a host; empty when none was."""
        return self._found.get(host.lower(), "")


@implementer(IResolutionReceiver)
class _Judging:
    """Lets through only the addresses that the guard allows."""

    def __init__(self, receiver: Any, host: str, policy: GuardPolicy, refusals: Refusals) -> None:
        self._receiver = receiver
        self._host = host
        self._policy = policy
        self._refusals = refusals
        self._good = False

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if allowed(self._host, address.host, self._policy):
            self._good = True
            self._receiver.addressResolved(address)
        else:
            self._refusals.note(self._host, address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        if self._good:
            self._refusals.clear(self._host)
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver(CachingHostnameResolver):  # type: ignore[misc,unused-ignore]
    """Scrapy's caching resolver (IPv4 and IPv6) behind the guard."""

    policy = GuardPolicy()
    refusals = Refusals()

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> "GuardedResolver":
        """Takes the policy from the settings GUARD_HOSTS and GUARD_NETWORKS."""
        made: GuardedResolver = super().from_crawler(crawler, reactor)
        settings = crawler.settings
        made.policy = GuardPolicy(
            hosts=frozenset(settings.getlist("GUARD_HOSTS")),
            networks=tuple(settings.getlist("GUARD_NETWORKS")),
        )
        made.refusals = settings["GUARD_REFUSALS"]
        return made

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[Any] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Resolves a name; addresses that may not be visited are left out."""
        receiver: Any = _Judging(resolutionReceiver, hostName, self.policy, self.refusals)
        return super().resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)
