"""The nights: jobs with last and next times, what was held, planned closures, what was sent to whom."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import RedirectResponse, Response

from portal.rendering import show
from portal.visitor import OfficeDep, Overseer, Refused, Scanner, act_of
from storage.nights import JOB_TITLES, Closure, JobState

router = APIRouter()
Number = Annotated[int, Path(ge=0, le=2_147_483_647)]
"""The number of a row; more than that no database holds."""

ALIVE = timedelta(minutes=2)
"""A scheduler that gave a sign of life so lately is at work."""

OUTCOMES = {
    "done": "完成",
    "failed": "没有完成",
    "running": "进行中",
    "skipped": "略过",
    "broken_off": "中断",
    "": "",
}
STATES = {"waiting": "待发", "sent": "已送出", "dead": "未送达", "dry": "试运行"}
CHANNELS = {
    "mail": "电子邮件",
    "wecom": "企业微信",
    "dingtalk": "钉钉",
    "feishu": "飞书",
    "webhook": "网络回调",
    "other": "其他渠道",
}
LEVELS = {"liaison": "联络员", "leader": "分管领导", "operator": "运行值守"}


@router.get("/nights")
def nights(request: Request, office: OfficeDep, visitor: Overseer, state: str = "") -> Response:
    """Everything about the nights on one page."""
    store = office.store
    kept = store.jobs()
    jobs = [kept.get(name, JobState(name=name)) for name in JOB_TITLES]
    messages = store.messages(state=state if state in STATES else None, limit=60)
    alive = [
        one for one in store.held_leases() if one.name == "schedule" and office.clock() - one.beat_at < ALIVE
    ]
    return show(
        request,
        visitor,
        "nights.html",
        jobs=jobs,
        titles=JOB_TITLES,
        outcomes=OUTCOMES,
        log=store.job_log(40),
        holds=store.holds(10),
        closures=store.closures(),
        messages=messages,
        answers=store.deliveries([message.number for message in messages]),
        states=STATES,
        channels=CHANNELS,
        levels=LEVELS,
        dead=len(store.messages(state="dead", limit=1000)),
        chosen=state,
        alive=alive[0] if alive else None,
        registry=office.registry(),
        today=office.now().date(),
    )


def _known(job: str) -> str:
    if job not in JOB_TITLES:
        raise Refused(f"没有名为“{job}”的任务", 404)
    return job


def _back() -> Response:
    return RedirectResponse("/nights?said=saved", 303)


@router.post("/nights/jobs/{job}/run")
def run_now(office: OfficeDep, visitor: Scanner, job: str) -> Response:
    """Asks the scheduler to run a job now."""
    office.store.ask_job(_known(job), visitor.signature[:120], office.clock())
    office.store.note(act_of(office, visitor, "night_run", JOB_TITLES[job]))
    return _back()


@router.post("/nights/jobs/{job}/pause")
def pause(office: OfficeDep, visitor: Scanner, job: str, paused: Annotated[bool, Form()] = True) -> Response:
    """Pauses a job, or lets it go on."""
    office.store.pause_job(_known(job), paused)
    office.store.note(act_of(office, visitor, "night_pause" if paused else "night_resume", JOB_TITLES[job]))
    return _back()


@router.post("/nights/holds/{number}/release")
def release(office: OfficeDep, visitor: Scanner, number: Number) -> Response:
    """Says that what was held was real: the next night is judged."""
    office.store.release_hold(number, visitor.signature[:120], office.clock())
    office.store.note(act_of(office, visitor, "night_release", str(number)))
    return _back()


@router.post("/nights/closures")
def add_closure(
    office: OfficeDep,
    visitor: Scanner,
    unit: Annotated[str, Form(max_length=64)],
    first_day: Annotated[date, Form()],
    last_day: Annotated[date, Form()],
    reason: Annotated[str, Form(max_length=500)],
    target: Annotated[str, Form(max_length=64)] = "",
) -> Response:
    """Registers a planned closure of a unit's sites and accounts, or of one of them."""
    registry = office.registry()
    units = {one.code for one in registry.units} if registry else set()
    if unit not in units:
        raise Refused(f"名录中没有单位“{unit}”", 422)
    if target and office.targets().get(target) != unit:
        raise Refused(f"“{target}”不是该单位的网站或账号", 422)
    closure = Closure(
        unit=unit,
        target=target,
        first_day=first_day,
        last_day=last_day,
        reason=reason.strip(),
        who=visitor.signature[:120],
        at=office.clock(),
    )
    office.store.add_closure(closure)
    office.store.note(act_of(office, visitor, "night_closure", target or unit, reason=reason.strip()))
    return _back()


@router.post("/nights/closures/{number}/withdraw")
def withdraw_closure(office: OfficeDep, visitor: Scanner, number: Number) -> Response:
    """Takes a planned closure back."""
    office.store.withdraw_closure(number, office.clock())
    office.store.note(act_of(office, visitor, "night_closure_withdrawn", str(number)))
    return _back()


@router.post("/nights/messages/{number}/retry")
def retry(office: OfficeDep, visitor: Scanner, number: Number) -> Response:
    """Sets a message that was given up going again."""
    office.store.retry_message(number, office.clock())
    office.store.note(act_of(office, visitor, "night_retry", str(number)))
    return _back()
