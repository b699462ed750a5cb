"""What people decide about a case. Each decision is kept for good; a step that makes no sense is refused."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from domain.finding import CASE_TITLES, MENDED_STATES, TRANSITIONS, CaseState
from storage.faults import StoreError
from storage.tables import case_events, cases

REASON_NEEDED = frozenset({CaseState.DISMISSED, CaseState.EXEMPTED})


def review(
    connection: Connection,
    case: str,
    to_state: CaseState,
    *,
    by: str,
    reason: str,
    at: datetime,
    until: datetime | None,
) -> None:
    """Moves a case to another state. `until` ends an exemption.

    Raises StoreError when there is no such case, the step is not allowed, nobody signs it, or a reason or
    a sensible end is lacking.
    """
    row = connection.execute(select(cases.c.state, cases.c.mended_at).where(cases.c.id == case)).first()
    if row is None:
        raise StoreError(f"没有编号为“{case}”的检查结果，可用 govwatch findings 查看全部")
    before = CaseState(row.state)
    _check(before, to_state, by, reason, at, until)
    mended_at = row.mended_at
    if to_state in MENDED_STATES:
        mended_at = mended_at or at
    elif to_state is CaseState.DETECTED:
        mended_at = None
    changed = connection.execute(
        update(cases)
        .where(cases.c.id == case, cases.c.state == before.value)
        .values(state=to_state.value, mended_at=mended_at, until=until)
    )
    if changed.rowcount != 1:
        raise StoreError(f"“{case}”刚被别人改过，请重新查看后再操作")
    connection.execute(
        insert(case_events).values(
            case_id=case,
            at=at,
            by=by.strip(),
            from_state=before.value,
            to_state=to_state.value,
            reason=reason.strip(),
            until=until,
        )
    )


def _check(
    before: CaseState, after: CaseState, by: str, reason: str, at: datetime, until: datetime | None
) -> None:
    if after not in TRANSITIONS[before]:
        allowed = "、".join(f"{CASE_TITLES[state]}（{state.value}）" for state in sorted(TRANSITIONS[before]))
        hint = f"可以改为：{allowed}" if allowed else "这一状态不能再改"
        raise StoreError(f"不能从“{CASE_TITLES[before]}”改为“{CASE_TITLES[after]}”。{hint}")
    if not by.strip():
        raise StoreError("必须写明是谁作的决定")
    if after in REASON_NEEDED and not reason.strip():
        raise StoreError(f"改为“{CASE_TITLES[after]}”必须写明理由")
    if until is not None and after is not CaseState.EXEMPTED:
        raise StoreError("只有免责才有截止日期")
    if until is not None and until <= at:
        raise StoreError(f"免责截止日期 {until:%Y-%m-%d} 已过，请写将来的日期")
