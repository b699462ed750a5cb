"""What is worth telling, to whom and in which words: pure. Each thing is told once, ever."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from alerts.ripeness import URGENT_CHECKS
from domain.finding import LEAKS, CaseState, Finding
from domain.observation import CHINA


class Kind(StrEnum):
    """Kinds of things told, the gravest first."""

    URGENT = "urgent"
    OVERDUE = "overdue"
    RELAPSE = "relapse"
    NEW = "new"
    DUE = "due"
    WARNING = "warning"
    MENDED = "mended"
    OPERATIONS = "operations"


KIND_TITLES = {
    Kind.URGENT: "紧急",
    Kind.OVERDUE: "整改逾期",
    Kind.RELAPSE: "整改后再次出现",
    Kind.NEW: "新发现",
    Kind.DUE: "整改期限将到",
    Kind.WARNING: "临近更新期限",
    Kind.MENDED: "已整改",
    Kind.OPERATIONS: "运行情况",
}

DUE_SOON = (3, 1)
"""Days before the due date on which a unit is reminded, once each."""

OVERDUE_STAGES = (1, 5, 10)
"""Days after the due date at which an overdue mend is told, each time higher up."""

TOLD_STATES = frozenset({CaseState.NOTIFIED, CaseState.RECTIFYING})
"""States in which the unit has been told officially and owes a mend."""

MOST_ITEMS = 20
"""Items of one kind that a message spells out; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing told: what, where, since when, by which clause, what to do, by when, where the evidence is.

    `level` is the highest rung that hears of it: 1 the liaison, 2 the leader too, 3 the operators as well.
    """

    kind: Kind
    unit: str
    fingerprint: str
    what: str
    where: str = ""
    since: str = ""
    clause: str = ""
    todo: str = ""
    by: str = ""
    link: str = ""
    case: str = ""
    target: str = ""
    level: int = 1

    @property
    def urgent(self) -> bool:
        """Whether it cannot wait for the day's digest."""
        return self.kind is Kind.URGENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A case as the digest looks at it: due date, whether it is ripe, whether a planned closure pauses it.

    `told`: the unit has heard of the lapse before, officially or not.
    """

    finding: Finding
    due: date | None = None
    ripe: bool = False
    paused: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What messages name besides the finding: titles of checks, their clauses, the portal's address."""

    checks: Mapping[str, str] = field(default_factory=dict)
    clauses: Mapping[str, str] = field(default_factory=dict)
    portal: str = ""


def items_of(cases: Iterable[Standing], today: date, wording: Wording) -> list[Item]:
    """What is worth telling of the cases on a day; telling each fingerprint once is the post's matter."""
    found: list[Item] = []
    for each in cases:
        finding = each.finding
        if finding.trial or finding.severity == "warning" or each.paused:
            continue
        found += _of_one(each, today, wording)
    return found


def _of_one(each: Standing, today: date, wording: Wording) -> Iterable[Item]:
    finding, state = each.finding, each.finding.state
    if state in {CaseState.RECTIFIED, CaseState.CLOSED}:
        if each.told or each.due is not None:
            # Whoever was told at once of what could not wait hears that it is over.
            level = 3 if finding.check in URGENT_CHECKS else 1
            yield _item(Kind.MENDED, each, wording, "", todo="无须再办，请保持。", level=level)
        return
    if state in {CaseState.DISMISSED, CaseState.EXEMPTED}:
        return
    if state in TOLD_STATES:
        yield from _official(each, today, wording)
        return
    if finding.check in URGENT_CHECKS:
        yield _item(Kind.URGENT, each, wording, "", todo="请立即处置并答复。", level=3)
    elif each.ripe or state is CaseState.CONFIRMED:
        kind = Kind.RELAPSE if finding.occurrence > 1 else Kind.NEW
        words = "已认定，请准备整改。" if state is CaseState.CONFIRMED else "待核实，请先行自查。"
        yield _item(kind, each, wording, "", todo=words)


def _official(each: Standing, today: date, wording: Wording) -> Iterable[Item]:
    due = each.due
    todo = f"请于{due.isoformat()}前整改并答复。" if due else "请整改并答复。"
    kind = Kind.RELAPSE if each.finding.occurrence > 1 else Kind.NEW
    if each.finding.check in URGENT_CHECKS:
        yield _item(Kind.URGENT, each, wording, "", todo="请立即处置并答复。", level=3)
    yield _item(kind, each, wording, "notified", todo=todo)
    if due is None:
        return
    left = (due - today).days
    if 0 <= left <= max(DUE_SOON):
        stage = min(step for step in DUE_SOON if left <= step)
        yield _item(Kind.DUE, each, wording, f"{due}/{stage}", todo=_days_left(left))
    over = -left
    stages = [step for step in OVERDUE_STAGES if over >= step]
    if stages:
        yield _item(
            Kind.OVERDUE,
            each,
            wording,
            f"{due}/{stages[-1]}",
            todo=_days_over(over),
            level=min(3, 1 + len(stages)),
        )


def _days_left(left: int) -> str:
    when = f"离整改期限还有{left}天" if left else "今天是整改期限的最后一天"
    return f"{when}，请抓紧整改并答复。"


def _days_over(over: int) -> str:
    return f"已逾期{over}天，请立即整改并说明原因。"


def ahead_of(words: str, last_day: date, today: date) -> str:
    """What is said before a line: how things stand, and how long there is still time."""
    return f"{words}，还剩{(last_day - today).days}天，{last_day.isoformat()}为最后一天。"


COUNTED = frozenset({Kind.DUE, Kind.OVERDUE, Kind.WARNING})
"""Kinds whose words count days from the day on which they are read."""


def as_read_on(items: Iterable[Item], today: date) -> list[Item]:
    """The items as they are true on the day on which they are sent.

    What was noted on a day off is sent days later: days are counted anew, of several steps of one matter the
    last is told, and what is over is no more ahead.
    """
    found: dict[tuple[str, ...], Item] = {}
    for number, item in enumerate(items):
        if item.kind not in COUNTED or not item.by:
            found[str(number),] = item
            continue
        left = (date.fromisoformat(item.by) - today).days
        matter = item.kind.value, item.case, item.target, item.where, item.by
        if item.kind is Kind.OVERDUE:
            found[matter] = replace(item, todo=_days_over(-left))
        elif left >= 0 and item.kind is Kind.DUE:
            found[matter] = replace(item, todo=_days_left(left))
        elif left >= 0:
            words = item.what.partition("，还剩")[0]
            found[matter] = replace(item, what=ahead_of(words, today + timedelta(days=left), today))
    return list(found.values())


def fingerprints_of_telling(case: str) -> tuple[str, ...]:
    """The names under which a unit hears of a lapse: if none was noted, it knows nothing of it."""
    kinds = (Kind.URGENT, Kind.NEW, Kind.RELAPSE)
    return tuple(fingerprint(kind, case, stage) for kind in kinds for stage in ("", "notified"))


def _item(kind: Kind, each: Standing, wording: Wording, stage: str, *, todo: str, level: int = 1) -> Item:
    finding = each.finding
    title = wording.checks.get(finding.check, finding.check)
    private = finding.check in LEAKS
    what = f"{title}：{finding.subject_name or finding.subject}" if private else finding.summary
    clauses = "；".join(wording.clauses.get(line, line) for line in finding.indicators[:3])
    return Item(
        kind=kind,
        unit=finding.unit,
        fingerprint=fingerprint(kind, finding.id, stage),
        what=what,
        where=finding.url,
        since=finding.first_seen.astimezone(CHINA).date().isoformat(),
        clause=clauses,
        todo=todo,
        by=each.due.isoformat() if each.due else "",
        link=f"{wording.portal.rstrip('/')}/findings/{finding.id}" if wording.portal else "",
        case=finding.id,
        level=level,
    )


def fingerprint(*parts: str) -> str:
    """The name of a thing told: the same parts, the same name, for ever."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()


def compose(unit_name: str, items: Sequence[Item], at: datetime, *, portal: str = "") -> tuple[str, str]:
    """Subject and text of the message that tells a unit these things, gravest first."""
    kinds = [kind for kind in Kind if any(item.kind is kind for item in items)]
    counts = "、".join(f"{KIND_TITLES[kind]}{sum(i.kind is kind for i in items)}项" for kind in kinds)
    urgent = any(item.urgent for item in items)
    subject = f"{'【紧急】' if urgent else ''}政务公开监测：{unit_name}（{counts}）"
    day = at.astimezone(CHINA)
    lines = [f"{unit_name}：", f"截至{day:%Y年%m月%d日 %H:%M}，监测到以下事项。"]
    number = 0
    for kind in kinds:
        mine = [item for item in items if item.kind is kind]
        lines += ["", f"【{KIND_TITLES[kind]}】{len(mine)}项"]
        for item in mine[:MOST_ITEMS]:
            number += 1
            lines += _lines(item, number)
        if len(mine) > MOST_ITEMS:
            lines.append(f"……另有{len(mine) - MOST_ITEMS}项，请登录系统查看。")
    if portal:
        lines += ["", f"全部事项与佐证：{portal.rstrip('/')}/findings"]
    lines += ["", "“待核实”的事项尚未认定，不扣分。如有异议，请在系统中申诉。"]
    return subject, "\n".join(lines)


def _lines(item: Item, number: int) -> list[str]:
    found = [f"{number}. {item.what}"]
    told = (
        ("网址", item.where),
        ("首次发现", item.since),
        ("依据", item.clause),
        ("要求", item.todo),
        ("期限", item.by),
        ("佐证", item.link),
    )
    return found + [f"   {name}：{words}" for name, words in told if words]
