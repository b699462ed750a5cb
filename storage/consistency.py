"""What a case shows must follow from its events, sightings and outcomes, sealed once for all."""

import hashlib
import json
from collections.abc import Iterator

from sqlalchemy import Connection, func, or_, select

from domain.finding import MENDED_STATES
from storage import passlists
from storage.rows import Difference, unreadable
from storage.tables import case_events, cases, outcomes, registries, runs, sightings, subject_lists

SHOWN = ("severity", "summary", "observed", "expected", "indicators")
"""What a case shows of its latest sighting."""

NAMED = ("subject_name", "trial", "answers")
"""What it shows of the outcome that this sighting was, besides the address."""


def contradictions(connection: Connection) -> list[Difference]:
    """The cases that show what neither their events nor their sightings say, and altered registries."""
    found: list[Difference] = []
    for table, ask in (
        (cases, _states),
        (cases, _mends),
        (cases, _counts),
        (cases, _shown),
        (registries, _registries),
        (subject_lists, _subjects),
    ):
        try:
            found += ask(connection)
        except (ValueError, TypeError):
            found.append(unreadable(table.name))
    return list(dict.fromkeys(found))


def _states(connection: Connection) -> Iterator[Difference]:
    last = (
        select(case_events.c.case_id, func.max(case_events.c.number).label("number"))
        .group_by(case_events.c.case_id)
        .subquery()
    )
    said = case_events.c.until
    query = (
        select(cases.c.id, cases.c.state, case_events.c.to_state, cases.c.until, said.label("said"))
        .outerjoin(last, last.c.case_id == cases.c.id)
        .outerjoin(case_events, case_events.c.number == last.c.number)
        .where(
            or_(
                case_events.c.to_state.is_(None),
                cases.c.state != case_events.c.to_state,
                cases.c.until.is_distinct_from(said),
            )
        )
        .order_by(cases.c.id)
    )
    for row in connection.execute(query):
        words = f"状态为 {row.state}，而经办记录的最后一步是 {row.to_state or '（没有记录）'}"
        if row.state == row.to_state:
            words = f"until 为 {row.until or '空'}，而经办记录的最后一步写的是 {row.said or '空'}"
        yield Difference(table=cases.name, key=row.id, words=words)


def _mends(connection: Connection) -> Iterator[Difference]:
    """When a case was mended is the moment of one of its steps; one that ended has such a moment."""
    step = select(case_events.c.number).where(
        case_events.c.case_id == cases.c.id, case_events.c.at == cases.c.mended_at
    )
    mended = [state.value for state in MENDED_STATES]
    query = select(cases.c.id, cases.c.mended_at).where(
        or_(
            cases.c.mended_at.is_not(None) & ~step.exists(),
            cases.c.mended_at.is_(None) & cases.c.state.in_(mended),
        )
    )
    for row in connection.execute(query.order_by(cases.c.id)):
        words = f"mended_at 为 {row.mended_at or '空'}，与经办记录不符"
        yield Difference(table=cases.name, key=row.id, words=words)


def _counts(connection: Connection) -> Iterator[Difference]:
    """How often and when a case was seen, and by how many witnesses, is what its sightings say."""
    told = (
        select(
            sightings.c.case_id,
            func.min(sightings.c.at).label("first_seen"),
            func.max(sightings.c.at).label("last_seen"),
            func.count().label("sightings"),
            func.max(sightings.c.witnesses).label("witnesses"),
        )
        .group_by(sightings.c.case_id)
        .subquery()
    )
    names = ("first_seen", "last_seen", "sightings", "witnesses")
    own = select(sightings.c.run).where(
        sightings.c.case_id == cases.c.id, sightings.c.run == cases.c.last_run
    )
    query = (
        select(
            cases.c.id,
            *(cases.c[name] for name in names),
            *(told.c[name].label(f"told_{name}") for name in names),
            own.exists().label("seen_in_last_run"),
        )
        .join(told, told.c.case_id == cases.c.id)
        .where(or_(~own.exists(), *(cases.c[name] != told.c[name] for name in names)))
        .order_by(cases.c.id)
    )
    for row in connection.execute(query).mappings():
        changed = [name for name in names if row[name] != row[f"told_{name}"]]
        changed += [] if row["seen_in_last_run"] else ["last_run"]
        yield Difference(table=cases.name, key=row["id"], words=f"与历次所见的记录不符：{'、'.join(changed)}")


def _shown(connection: Connection) -> Iterator[Difference]:
    newest = (
        select(sightings.c.case_id, func.max(sightings.c.at).label("at"))
        .group_by(sightings.c.case_id)
        .subquery()
    )
    seen = [sightings.c[name].label(f"seen_{name}") for name in SHOWN]
    judged = [outcomes.c[name].label(f"seen_{name}") for name in NAMED]
    query = (
        select(*(cases.c[name] for name in ("id", "url", *SHOWN, *NAMED)), *seen, *judged, outcomes.c.detail)
        .join(newest, newest.c.case_id == cases.c.id)
        .join(sightings, (sightings.c.case_id == cases.c.id) & (sightings.c.at == newest.c.at))
        .outerjoin(outcomes, (outcomes.c.case_id == cases.c.id) & (outcomes.c.run == sightings.c.run))
        .order_by(cases.c.id, sightings.c.run)
    )
    agreed: dict[str, list[str]] = {}
    for row in connection.execute(query).mappings():
        changed = [name for name in SHOWN if row[name] != row[f"seen_{name}"]]
        if row["detail"] is not None:
            changed += [name for name in NAMED if row[name] != row[f"seen_{name}"]]
            changed += [] if row["url"] == row["detail"].get("url") else ["url"]
        # Two runs as of one moment: one of them is what the case shows.
        agreed[row["id"]] = changed if row["id"] not in agreed or not changed else agreed[row["id"]]
    for case, changed in agreed.items():
        if changed:
            words = f"与最近一次所见的记录不同：{'、'.join(changed)}"
            yield Difference(table=cases.name, key=case, words=words)


def _registries(connection: Connection) -> Iterator[Difference]:
    for row in connection.execute(select(registries)):
        text = json.dumps(row.body, ensure_ascii=False, sort_keys=True)
        if hashlib.sha256(text.encode("utf-8")).hexdigest() != row.digest:
            yield Difference(table=registries.name, key=row.digest, words="名录的内容与其摘要不符：body")
    lost = select(runs.c.registry).distinct().where(runs.c.registry.not_in(select(registries.c.digest)))
    for digest in connection.execute(lost).scalars():
        yield Difference(table=registries.name, key=digest, words="轮次所用的名录没有了")


def _subjects(connection: Connection) -> Iterator[Difference]:
    for digest in passlists.altered(connection):
        yield Difference(table=subject_lists.name, key=digest, words="对象清单的内容与其摘要不符：body")
