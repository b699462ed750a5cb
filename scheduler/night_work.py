"""The jobs of the nights that look at sites besides the scan: probes, rechecks; what is ripe is confirmed."""

from datetime import datetime, timedelta
from typing import Any

from alerts.digest import Item, Kind, fingerprint
from alerts.ripeness import ripe
from domain.finding import CaseState
from domain.observation import CHINA
from scheduler.office import Night
from scheduler.probing import probe_all, round_of, without_closed
from scheduler.recheck import recheck
from scheduler.rectify import OWED, Owing, due_date, wanted_rechecks
from schemes.calendar import is_working_day
from schemes.scheme import load_all
from storage.case_rows import PROGRAM
from storage.correspondence import SubmissionKind
from storage.faults import StoreError
from storage.people import Act
from storage.probes import Probe

RECHECK_TIME = timedelta(minutes=90)
"""Rechecks begun in one go end after that; the others wait for the next."""


def confirm_ripe(night: Night) -> int:
    """Tells units of what a scheme lets the machine prove by itself: seen twice, a day apart, by two means.

    The case is confirmed on the machine's word and the unit notified with a due date; it counts only when no
    objection came in time. Gives how many.
    """
    schemes, closures = load_all(), night.store.closures()
    told = 0
    for finding in night.store.findings(state=CaseState.DETECTED):
        named = {line.partition("/")[0] for line in finding.indicators}
        allowed = any(
            finding.check in schemes[name].confirmation.machine_checks
            and finding.check not in schemes[name].trial
            for name in named
            if name in schemes
        )
        if not allowed or finding.trial or finding.severity == "warning" or not finding.evidence:
            continue
        if any(one.covers(finding.unit, finding.target, night.today) for one in closures):
            continue
        if not ripe(finding, night.store.sightings(finding.id), night.terms.damping):
            continue
        due = due_date(finding.check, night.today, is_working_day, night.terms.own_days)
        reason = "相隔一天以上两次见到，普通访问与浏览器所见一致，按考核办法由程序认定；可在异议期内申诉"
        act = Act(at=night.now, who=PROGRAM, act="notified", object=finding.id)
        common: dict[str, Any] = {"by": PROGRAM, "reason": reason, "at": night.now, "act": act}
        night.store.decide_cases([finding.id], CaseState.CONFIRMED, **common)
        night.store.decide_cases([finding.id], CaseState.NOTIFIED, due=due, **common)
        told += 1
    return told


def probe_round(night: Night) -> str:
    """One visit of every home page; a site that stays down is told at once."""
    sites, controls = probe_all(night.registry, night.place.policy(night.registry), night.place.clock)
    counted = without_closed(round_of(sites, controls), night.registry, night.store.closures())
    night.store.keep_probes([*counted, *controls])
    night.note(_down(night, counted))
    failed = sum(not one.ok for one in counted)
    ours = sum(not one.ok and not one.counts for one in counted)
    return f"探测{len(counted)}个网站，{failed}个没有打开" + (f"（其中{ours}个不计入）" if ours else "")


def _down(night: Night, probes: list[Probe]) -> list[Item]:
    """The sites whose last probes all failed."""
    reach = timedelta(minutes=24 * 60 // night.terms.probes_a_day * (night.terms.down_probes + 2))
    earlier = night.store.probes(night.now - max(reach, timedelta(hours=6)))
    found = []
    for site in night.registry.sites:
        mine = [one for one in earlier if one.site == site.id and one.counts]
        failing: list[Probe] = []
        for one in reversed(mine):
            if one.ok:
                break
            failing.append(one)
        if len(failing) < night.terms.down_probes or not any(p.site == site.id and not p.ok for p in probes):
            continue
        since = failing[-1].at.astimezone(CHINA)
        day = since.date().isoformat()
        found.append(
            Item(
                kind=Kind.URGENT,
                unit=site.unit,
                fingerprint=fingerprint("down", site.id, day),
                what=(
                    f"“{site.name}”首页自{since:%m月%d日 %H:%M}起连续{len(failing)}次探测都打不开："
                    f"{failing[0].detail}"
                ),
                where=site.home,
                since=day,
                clause="网站无法访问：一周内失败次数达到5%即单项否决",
                todo="请立即检查网站和网络；如属计划停运，请登记。",
                target=site.id,
                level=3,
            )
        )
    return found


def rechecks(night: Night) -> str:
    """Sets due dates that are lacking, asks for the rechecks that are due, and carries out what waits."""
    _set_due_dates(night)
    asked = _ask(night)
    begun, done, words = night.place.clock(), 0, ""
    for waiting in night.store.waiting_rechecks(night.now):
        if night.place.clock() - begun > RECHECK_TIME:
            words = "，其余下次再查"
            break
        try:
            recheck(night.place, waiting.case, night.now)
            done += 1
        except StoreError as error:
            if "正被另一个进程使用" in str(error):
                words = "，巡检正在进行，其余下次再查"
                break
            night.store.end_recheck(waiting.case, night.place.clock(), "failed", str(error))
    if done:
        night.note(night.reminding.of_cases(night.store.closures()))
    return f"新安排{asked}项，复查{done}项{words}"


def _set_due_dates(night: Night) -> None:
    """A case that a unit was told of without a date gets one by its clause."""
    owed = [one for state in OWED for one in night.store.findings(state=state)]
    dues = night.store.due_dates([one.id for one in owed])
    for finding in owed:
        if finding.id in dues:
            continue
        told = [e.at for e in night.store.events(finding.id) if e.after is CaseState.NOTIFIED]
        day = (told[-1] if told else night.now).astimezone(CHINA).date()
        due = due_date(finding.check, day, is_working_day, night.terms.own_days)
        night.store.set_due(finding.id, due, PROGRAM, night.now)


def _ask(night: Night) -> int:
    owed = [one for state in OWED for one in night.store.findings(state=state)]
    dues = night.store.due_dates([one.id for one in owed])
    cases = []
    for finding in owed:
        written = [
            letter.at
            for letter in night.store.letters(finding.id)
            if letter.kind in {SubmissionKind.ANSWER, SubmissionKind.RECHECK}
        ]
        looked = [one.done_at for one in night.store.rechecks_of(finding.id) if one.done_at is not None]
        cases.append(
            Owing(
                finding=finding,
                due=dues.get(finding.id),
                written_at=_latest(written),
                looked_at=_latest(looked),
            )
        )
    wanted = wanted_rechecks(cases, night.now, is_working_day)
    return sum(
        night.store.ask_recheck(one.case, one.why, PROGRAM, night.now, one.not_before) for one in wanted
    )


def _latest(moments: list[datetime]) -> datetime | None:
    return max(moments, default=None)
