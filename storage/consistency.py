"""What a case shows must follow from its events and sightings, which are sealed and never change."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from storage.rows import Difference
from storage.tables import case_events, cases, sightings

SHOWN = ("severity", "summary", "observed", "expected", "indicators")
"""What a case shows of its latest sighting."""


def contradictions(connection: Connection) -> list[Difference]:
    """The cases that show what neither their last event nor their last sighting says."""
    return [*_states(connection), *_shown(connection)]


def _states(connection: Connection) -> Iterator[Difference]:
    last = (
        select(case_events.c.case_id, func.max(case_events.c.number).label("number"))
        .group_by(case_events.c.case_id)
        .subquery()
    )
    query = (
        select(cases.c.id, cases.c.state, case_events.c.to_state)
        .outerjoin(last, last.c.case_id == cases.c.id)
        .outerjoin(case_events, case_events.c.number == last.c.number)
        .where((case_events.c.to_state.is_(None)) | (cases.c.state != case_events.c.to_state))
        .order_by(cases.c.id)
    )
    for row in connection.execute(query):
        words = f"状态为 {row.state}，而经办记录的最后一步是 {row.to_state or '（没有记录）'}"
        yield Difference(table=cases.name, key=row.id, words=words)


def _shown(connection: Connection) -> Iterator[Difference]:
    newest = (
        select(sightings.c.case_id, func.max(sightings.c.at).label("at"))
        .group_by(sightings.c.case_id)
        .subquery()
    )
    shown = [cases.c[name] for name in SHOWN]
    seen = [sightings.c[name].label(f"seen_{name}") for name in SHOWN]
    query = (
        select(cases.c.id, *shown, *seen)
        .join(newest, newest.c.case_id == cases.c.id)
        .join(sightings, (sightings.c.case_id == cases.c.id) & (sightings.c.at == newest.c.at))
        .order_by(cases.c.id, sightings.c.run)
    )
    agreed: dict[str, list[str]] = {}
    for row in connection.execute(query).mappings():
        changed = [name for name in SHOWN if row[name] != row[f"seen_{name}"]]
        # Two runs as of one moment: one of them is what the case shows.
        agreed[row["id"]] = changed if row["id"] not in agreed or not changed else agreed[row["id"]]
    for case, changed in agreed.items():
        if changed:
            words = f"与最近一次所见的记录不同：{'、'.join(changed)}"
            yield Difference(table=cases.name, key=case, words=words)
