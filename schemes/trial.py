"""What a scheme only tries (试行) before it counts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The checks on trial: their violations are shown and cost nothing by the scheme that tries them.

    `note` says why or until when, for people.
    """

    checks: tuple[str, ...] = ()
    note: str = ""

    def __contains__(self, check: str) -> bool:
        """Whether this check is on trial."""
        return check in self.checks
