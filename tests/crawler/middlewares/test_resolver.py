"""The guard where names become addresses."""

from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address

from crawler.guard import GuardPolicy
from crawler.middlewares.resolver import Refusals, _Judging


class Receiver:
    def __init__(self) -> None:
        self.heard: list[Any] = []

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self.heard.append("began")

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.heard.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.heard.append("complete")


def resolve(host: str, *addresses: str, policy: GuardPolicy | None = None) -> tuple[list[Any], Refusals]:
    receiver, refusals = Receiver(), Refusals()
    judging = _Judging(receiver, host, policy or GuardPolicy(), refusals)
    judging.resolutionBegan(None)
    for address in addresses:
        kind = IPv6Address if ":" in address else IPv4Address
        judging.addressResolved(kind("TCP", address, 80))
    judging.resolutionComplete()
    return receiver.heard, refusals


def test_only_public_addresses_are_passed_on() -> None:
    heard, refusals = resolve("a.gov.cn", "8.8.8.8", "10.0.0.1", "::1")
    assert heard == ["began", "8.8.8.8", "complete"]
    assert refusals.of("a.gov.cn") == ""


def test_a_name_with_inner_addresses_alone_is_refused_and_noted() -> None:
    heard, refusals = resolve("Evil.com", "127.0.0.1")
    assert heard == ["began", "complete"]
    assert refusals.of("evil.com") == "127.0.0.1"


def test_a_host_of_the_registry_is_passed_on() -> None:
    policy = GuardPolicy(hosts=frozenset({"intranet.local"}))
    assert resolve("intranet.local", "10.0.0.1", policy=policy)[0] == ["began", "10.0.0.1", "complete"]
