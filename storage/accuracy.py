"""How often people found a check right: what they decided of its findings."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from domain.finding import CaseState
from storage.tables import case_events, cases

DECISIONS = (CaseState.CONFIRMED, CaseState.DISMISSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """How many findings of a check people confirmed, how many dismissed; of each the last decision."""

    check: str
    confirmed: int = 0
    dismissed: int = 0

    @property
    def accuracy(self) -> float | None:
        """The share of those decided that was confirmed; None before the first decision."""
        decided = self.confirmed + self.dismissed
        return self.confirmed / decided if decided else None


def reviewed(connection: Connection) -> dict[str, Reviewed]:
    """What was decided, by check. Exemptions decide nothing: what is excused was no false alarm."""
    last = (
        select(func.max(case_events.c.number).label("number"))
        .where(case_events.c.to_state.in_([state.value for state in DECISIONS]))
        .group_by(case_events.c.case_id)
        .subquery()
    )
    query = (
        select(cases.c.check_id, case_events.c.to_state, func.count().label("many"))
        .join(last, last.c.number == case_events.c.number)
        .join(cases, cases.c.id == case_events.c.case_id)
        .group_by(cases.c.check_id, case_events.c.to_state)
    )
    tallies: dict[str, dict[str, int]] = {}
    for row in connection.execute(query):
        tallies.setdefault(row.check_id, {})[row.to_state] = row.many
    return {
        check: Reviewed(
            check=check,
            confirmed=tally.get(CaseState.CONFIRMED.value, 0),
            dismissed=tally.get(CaseState.DISMISSED.value, 0),
        )
        for check, tally in sorted(tallies.items())
    }
