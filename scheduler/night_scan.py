"""The nightly scan and the weekly walk: spread over the window; what was held is told, what is ripe sent."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.observation import CHINA
from scheduler.dispatch import scan
from scheduler.durations import berths
from scheduler.night_work import confirm_ripe
from scheduler.office import Night
from scheduler.plan import jobs_of, sites_at_once, window_of
from scheduler.progress import Remark
from scheduler.slots import SLOTS, Timetable, spread, timetable_of

TRUSTED_DUE = timedelta(hours=12)
"""A scan that begins so long after its time still counts as of its time: an interrupted one goes on."""


def night_scan(night: Night) -> str:
    """The nightly scan: what may have changed is asked for."""
    return _scan(night, "scan")


def weekly_walk(night: Night) -> str:
    """The fuller weekly walk: nothing of an earlier night is trusted."""
    return _scan(night, "walk")


def _scan(night: Night, job: str) -> str:
    late = night.now - night.due
    as_of = night.due if timedelta(0) <= late < TRUSTED_DUE else night.now
    table = timetable(night, job)
    request = replace(
        night.place.request(night.registry, full=job == "walk"),
        as_of=as_of,
        jobs=sites_at_once(len(night.registry.sites), night.terms),
        timetable=table,
    )
    if table is not None:
        night.means.tell(Remark(words=table.words))
        if table.late:
            night.warn_operators(f"late/{job}/{night.today}", table.words, urgent=False)
    result = scan(request, night.means.tell)
    for hold in night.store.holds(run=result.run):
        words = f"{hold.reason}（轮次 {result.run}，{len(hold.targets)}个对象）"
        todo = "请核对网络和对照站点；确属网站问题的，在“夜间运行”页解除暂缓。"
        night.warn_operators(f"hold/{result.run}/{hold.scope}", words, todo=todo)
    confirm_ripe(night)
    night.note(night.reminding.of_cases(night.store.closures()))
    blind = f"，{len(result.not_judged)}个对象没能判定" if result.not_judged else ""
    done = f"轮次 {result.run}：读取{result.pages}页，判定{result.judged}项{blind}"
    return done + _kept_window(night, result.run)


def timetable(night: Night, job: str) -> Timetable | None:
    """The slots of a scan that came at its time; None for one asked for by hand, or too late for any."""
    if not night.place.spread or not night.registry.sites:
        return None
    window = window_of(jobs_of(night.terms)[job], night.terms, night.due, night.now)
    if window is None:
        return None
    reckoned = timedelta(minutes=night.terms.minutes_a_site)
    found = berths(night.store, night.place.data, night.registry, full=job == "walk", reckoned=reckoned)
    return spread(found, *window, night.due.astimezone(CHINA).date())


def _kept_window(night: Night, run: str) -> str:
    """Whether the walks were done within the window; the operators hear of it when they were not."""
    slots = timetable_of(night.store.run(run).options.get(SLOTS))
    if slots is None:
        return ""
    ended = night.place.clock()
    if ended <= slots.until:
        return f"，{_time(slots.begins)}至{_time(ended)}，在窗口之内"
    words = f"巡检{_time(ended)}才做完，晚于夜间窗口（至{_time(slots.until)}）"
    todo = "请延长窗口（window_hours），或增加工作进程。"
    night.warn_operators(f"overran/{run}", f"{words}（轮次 {run}）", urgent=False, todo=todo)
    return f"，{words}"


def _time(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%m月%d日%H:%M")
