"""What units write: answers, appeals and their decision, requests to look again; attachments."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import FileResponse, RedirectResponse, Response

from domain.finding import CaseState, Finding
from portal import passwords, uploads
from portal.pages.finding import finding_for
from portal.preferences import pace_of
from portal.rendering import show
from portal.visitor import Answerer, Decider, OfficeDep, Refused, Scanner, Viewer, act_of
from storage.correspondence import Decision, Submission, SubmissionKind

router = APIRouter()

APPEALABLE = frozenset({CaseState.CONFIRMED, CaseState.NOTIFIED, CaseState.RECTIFYING})


@router.get("/letters")
def letters(request: Request, office: OfficeDep, visitor: Viewer) -> Response:
    """The appeals that wait and what units wrote last."""
    return show(
        request,
        visitor,
        "letters.html",
        waiting=office.store.undecided_appeals(visitor.unit),
        latest=office.store.latest_letters(visitor.unit, 50),
    )


@router.post("/findings/{case}/letters")
def hand_in(
    office: OfficeDep,
    visitor: Answerer,
    case: str,
    kind: Annotated[SubmissionKind, Form()],
    words: Annotated[str, Form(max_length=5000)],
    mending: Annotated[bool, Form()] = False,
    files: Annotated[list[UploadFile], File()] = [],  # noqa: B006 (FastAPI copies it)
) -> Response:
    """A unit's answer, appeal or request, with attachments."""
    found = finding_for(office, visitor, case)
    _refuse_idle(found, kind, words, visitor.person.unit, office.store.letters(case))
    given = uploads.read_uploads(files)
    letter = Submission(
        id=passwords.name(),
        case=found.id,
        kind=kind,
        unit=found.unit,
        who=visitor.signature[:64],
        words=words.strip(),
        at=office.clock(),
        attachments=tuple(each.attachment for each in given),
    )
    uploads.keep(office.data, given)
    begins = mending and kind is SubmissionKind.ANSWER and found.state is CaseState.NOTIFIED
    act = act_of(office, visitor, kind.value, found.id, files=[each.attachment.name for each in given])
    office.store.hand_in(letter, act, begins_mending=begins)
    if kind is SubmissionKind.RECHECK:
        now = office.clock()
        office.store.ask_recheck(found.id, "asked", visitor.signature[:64], now, now)
    return RedirectResponse(f"/findings/{found.id}?said=sent", 303)


def _refuse_idle(
    found: Finding, kind: SubmissionKind, words: str, unit: str, before: list[Submission]
) -> None:
    if unit != found.unit:
        raise Refused("只有该问题所属单位的联络员能够提交。")
    if len(words.strip()) < 4:
        raise Refused("请写明情况，不少于 4 个字", 422)
    if kind is not SubmissionKind.APPEAL:
        return
    if found.state not in APPEALABLE:
        raise Refused("这一问题目前的状态不能申诉", 409)
    if any(each.kind is SubmissionKind.APPEAL and each.decision is None for each in before):
        raise Refused("已有一件申诉正在等待裁定，请勿重复提交", 409)


@router.post("/letters/{letter}/decide")
def decide(
    office: OfficeDep,
    visitor: Decider,
    letter: str,
    upheld: Annotated[bool, Form()],
    reason: Annotated[str, Form(max_length=2000)],
) -> Response:
    """The decision on an appeal; one that is upheld dismisses the case."""
    found = office.store.letter(letter)
    if found.kind is not SubmissionKind.APPEAL:
        raise Refused("这份材料不是申诉", 409)
    if len(reason.strip()) < 4:
        raise Refused("请写明裁定理由，不少于 4 个字", 422)
    decision = Decision(upheld=upheld, reason=reason.strip(), who=visitor.signature[:64], at=office.clock())
    name = "appeal_upheld" if upheld else "appeal_rejected"
    office.store.decide_appeal(found, decision, act_of(office, visitor, name, found.case, reason=reason))
    return RedirectResponse(f"/findings/{found.case}?said=saved", 303)


@router.get("/attachments/{attachment}")
def attachment(office: OfficeDep, visitor: Viewer, attachment: str) -> Response:
    """An attachment, as a download."""
    file, letter = office.store.attachment(attachment)
    if not visitor.sees(letter.unit):
        raise Refused("没有这个附件。", 404)
    path = uploads.path_of(office.data, file.sha256)
    if not path.is_file():
        raise Refused("附件不在原处，请系统管理员检查数据文件夹。", 404)
    return FileResponse(
        path,
        media_type="application/octet-stream",
        headers={
            "content-disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


@router.post("/findings/{case}/recheck")
def recheck(office: OfficeDep, visitor: Scanner, case: str) -> Response:
    """Looks again at once at this finding alone; where that cannot be had, at its site or account."""
    found = finding_for(office, visitor, case)
    registry = office.registry()
    if office.outside.recheck is not None:
        office.outside.recheck(found.id)
        office.store.note(act_of(office, visitor, "recheck_now", found.id))
    elif office.outside.scan is not None and registry is not None:
        office.outside.scan(registry, [found.target], pace_of(office.store.settings()))
        office.store.note(act_of(office, visitor, "scan", found.target, case=found.id))
    else:
        raise Refused("本次启动没有接通巡检，可用 govwatch recheck 复查。", 409)
    return RedirectResponse(f"/findings/{found.id}?said=rechecking", 303)
