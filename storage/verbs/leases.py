"""Verbs of leases: who may work at a target now."""

from datetime import timedelta

from storage import leases
from storage.leases import Holding, Lease
from storage.session import Session


class LeaseVerbs(Session):
    """What the store does with leases."""

    def grant_lease(self, name: str, holder: str, patience: timedelta) -> Lease | None:
        """The lease of a target (`site/s01`), None while another one lives that holds it."""
        with self.writing() as connection:
            return leases.grant(connection, name, holder, patience)

    def beat_lease(self, lease: Lease) -> bool:
        """Gives a sign of life; False when the lease is not ours any more: stop at once."""
        with self.writing() as connection:
            return leases.beat(connection, lease)

    def release_lease(self, lease: Lease) -> bool:
        """Gives the target back; False when it was not ours any more."""
        with self.writing() as connection:
            return leases.release(connection, lease)

    def demand_lease(self, lease: Lease) -> None:
        """Raises FenceError when the lease is not ours any more."""
        with self.writing() as connection:
            leases.demand(connection, lease)

    def held_leases(self) -> list[Holding]:
        """The targets that are being worked at."""
        with self.reading() as connection:
            return leases.held(connection)
