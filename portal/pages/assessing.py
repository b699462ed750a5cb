"""Schemes and assessments: lines and rules, ranking with ranges, each card down to its sums, papers."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Query, Request
from fastapi import Path as PathPart
from fastapi.responses import RedirectResponse, Response

from portal import passwords
from portal.export.assessment import newest_of, write_workbook
from portal.export.bulletin import Terms, bulletin_docx
from portal.export.dossier import dossier_docx
from portal.export.form import form_docx, form_xlsx
from portal.export.report import assessment_docx
from portal.export.workbook import deductions_xlsx, in_order
from portal.office import Office
from portal.preferences import in_force
from portal.rendering import show
from portal.visitor import Exporter, Freezer, OfficeDep, Refused, Viewer, Visitor, act_of
from schemes.card import Scorecard
from schemes.closing import score_text
from schemes.ledger import ENTRY_TITLES
from schemes.model import METHOD_TITLES, Scheme
from schemes.present import out_of, score_words
from schemes.spoken import rule_words, worth_words
from storage.assessing import post_cards
from storage.closing import close, prove

router = APIRouter()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Year = Annotated[int | None, Query(ge=2000, le=2100)]
YearOf = Annotated[int, PathPart(ge=2000, le=2100)]


@router.get("/schemes")
def schemes(request: Request, office: OfficeDep, visitor: Viewer) -> Response:
    """All schemes."""
    in_force = {scheme.id for scheme in office.schemes_in_force()}
    rows = [(scheme, out_of(scheme), scheme.id in in_force) for scheme in office.schemes.values()]
    return show(request, visitor, "schemes.html", rows=rows)


@router.get("/schemes/{scheme_id}")
def scheme(request: Request, office: OfficeDep, visitor: Viewer, scheme_id: str) -> Response:
    """One scheme: its lines, points, what is automatic."""
    found = _scheme(office, scheme_id)
    lines = [
        {
            "line": line,
            "worth": worth_words(found, line),
            "rule": rule_words(line),
            "method": line.how or METHOD_TITLES[line.method],
            "checks": list(dict.fromkeys(ask.check for ask in line.asks)),
        }
        for line in found.indicators
    ]
    return show(request, visitor, "scheme.html", scheme=found, lines=lines, marks=out_of(found))


def _scheme(office: Office, scheme_id: str) -> Scheme:
    if scheme_id not in office.schemes:
        raise Refused(f"没有编号为“{scheme_id}”的考核办法。", 404)
    return office.schemes[scheme_id]


def _scheme_of(office: Office, scheme_id: str, year: int) -> Scheme:
    """The scheme with the year's weights; of a closed year as it was closed, be it gone since."""
    if office.years.closed(scheme_id, year) is None:
        _scheme(office, scheme_id)
    return office.years.scheme(scheme_id, year)


@router.get("/assessment")
def assessment(
    request: Request, office: OfficeDep, visitor: Viewer, scheme: str = "", year: Year = None
) -> Response:
    """The ranking under a scheme; a unit sees its own card only."""
    asked = scheme or office.schemes_in_force()[0].id
    when = year or office.year(office.schemes.get(asked))
    chosen = _scheme_of(office, asked, when)
    cards = office.cards_soon(chosen, when) if office.store.last_run() else ()
    shown = in_order([card for card in cards or () if visitor.sees(card.unit)])
    shut = office.years.closed(chosen.id, when)
    return show(
        request,
        visitor,
        "assessment.html",
        scheme=chosen,
        schemes=list({**office.schemes, chosen.id: chosen}.values()),
        year=when,
        cards=[(card, score_words(card)) for card in shown],
        reckoning=cards is None,
        marks=out_of(chosen),
        closing=office.store.closing(chosen.id, when),
        frozen=shut is not None,
        appeals=shut.appeals if shut else {},
        proven=prove(office.store, chosen.id, when),
    )


def _card(office: Office, visitor: Visitor, scheme: Scheme, year: int, unit: str) -> Scorecard:
    card = office.card(scheme, year, unit) if visitor.sees(unit) and office.store.last_run() else None
    if card is None:
        raise Refused("这一单位不适用这一考核办法，或没有这个单位。", 404)
    return card


@router.get("/assessment/{scheme_id}/{year}/papers/{paper}")
def paper(office: OfficeDep, visitor: Exporter, scheme_id: str, year: YearOf, paper: str) -> Response:
    """A paper about all units."""
    if visitor.unit is not None:
        raise Refused("单位联络员只能下载本单位的材料。")
    scheme = _scheme_of(office, scheme_id, year)
    cards = office.cards(scheme, year)
    names = dict(office.names().targets)
    findings = office.book(year).findings
    newest = newest_of(findings)
    today = office.now().date()
    terms = Terms(
        office=str(in_force(office.store.settings())["office_name"]),
        issued_on=today,
        mend_by=today + timedelta(days=14),
        recheck_on=today + timedelta(days=21),
    )
    papers: dict[str, Callable[[Path], object]] = {
        "ranking.xlsx": lambda out: write_workbook(out, scheme, year, cards, findings, office.data, names),
        "report.docx": lambda out: assessment_docx(scheme, year, cards, out, office.data, names),
        "deductions.xlsx": lambda out: deductions_xlsx(scheme.name, cards, out, office.data, names, newest),
        "bulletin.docx": lambda out: bulletin_docx(scheme, year, cards, terms, out, findings, names),
    }
    if paper not in papers:
        raise Refused("没有这种材料。", 404)
    return _handed(office, visitor, f"{scheme_id}-{year}-{paper}", papers[paper])


@router.get("/assessment/{scheme_id}/{year}/{unit}/papers/{paper}")
def unit_paper(
    office: OfficeDep, visitor: Exporter, scheme_id: str, year: YearOf, unit: str, paper: str
) -> Response:
    """A paper about one unit: its form or its dossier."""
    scheme = _scheme_of(office, scheme_id, year)
    card = _card(office, visitor, scheme, year, unit)
    records = office.store.records(scheme_id, year, unit)
    gaps = list(office.gaps(scheme, year, unit))
    ledger = office.store.ledger(scheme_id, year, unit)
    papers: dict[str, Callable[[Path], object]] = {
        "form.xlsx": lambda out: form_xlsx(scheme, card, out, office.data, records),
        "form.docx": lambda out: form_docx(scheme, card, out, office.data, records),
        "dossier.docx": lambda out: dossier_docx(
            scheme, card, out, office.data, records, ledger, gaps, dict(office.names().targets)
        ),
        "deductions.xlsx": lambda out: deductions_xlsx(
            f"{card.unit_name} {scheme.name}", [card], out, office.data, dict(office.names().targets)
        ),
    }
    if paper not in papers:
        raise Refused("没有这种材料。", 404)
    return _handed(office, visitor, f"{scheme_id}-{year}-{unit}-{paper}", papers[paper])


def _handed(office: Office, visitor: Visitor, name: str, write: Callable[[Path], object]) -> Response:
    # It lies in the data folder while it is written, so that its links to evidence hold when it is put there.
    out = office.data / f".paper-{passwords.name()}{Path(name).suffix}"
    try:
        write(out)
        body = out.read_bytes()
    finally:
        out.unlink(missing_ok=True)
    office.store.note(act_of(office, visitor, "export", name))
    return Response(
        body,
        media_type=XLSX if name.endswith(".xlsx") else DOCX,
        headers={"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )


@router.get("/assessment/{scheme_id}/{year}/{unit}")
def card(
    request: Request, office: OfficeDep, visitor: Viewer, scheme_id: str, year: YearOf, unit: str
) -> Response:
    """One unit's card down to the arithmetic, with its ledger."""
    scheme = _scheme_of(office, scheme_id, year)
    found = _card(office, visitor, scheme, year, unit)
    return show(
        request,
        visitor,
        "card.html",
        scheme=scheme,
        year=year,
        card=found,
        words=score_words(found),
        marks=out_of(scheme),
        gaps=office.gaps(scheme, year, unit),
        shut=office.years.closed(scheme_id, year),
        ledger=office.store.ledger(scheme_id, year, unit),
        entry_titles=ENTRY_TITLES,
    )


@router.post("/assessment/{scheme_id}/{year}/post")
def post_ledger(office: OfficeDep, visitor: Freezer, scheme_id: str, year: YearOf) -> Response:
    """Brings the ledger in line with the cards: what is new is posted, what no longer holds reversed."""
    _scheme(office, scheme_id)
    if office.store.closing(scheme_id, year) is not None:
        raise Refused(f"{year}年度已封账，不能再记账，只能公开冲销。", 409)
    scheme, before = office.years.scheme(scheme_id, year), office.store.ledger_size(scheme_id, year)
    rows = post_cards(
        office.store,
        scheme_id,
        year,
        office.cards(scheme, year),
        at=office.clock(),
        author=visitor.signature,
        program=office.program,
    )
    office.store.note(act_of(office, visitor, "ledger", f"{scheme_id} {year}", rows=len(rows) - before))
    return RedirectResponse(f"/assessment?scheme={scheme_id}&year={year}&said=saved", 303)


@router.post("/assessment/{scheme_id}/{year}/freeze")
def freeze(
    office: OfficeDep, visitor: Freezer, scheme_id: str, year: YearOf, sure: Annotated[str, Form()] = ""
) -> Response:
    """Closes the year as `govwatch year close` does: ledger, scheme, plan, cards and scores under one hash.

    Refused where the scores are not those that the page showed.
    """
    _scheme(office, scheme_id)
    if sure.strip() != str(year):
        raise Refused(f"封账后不能再记账。请在确认框中输入年度“{year}”再提交。", 422)
    scheme, plan = office.years.weighed(scheme_id, year)
    done = close(
        office.store,
        scheme,
        year,
        office.as_of(),
        plan=plan,
        at=office.clock(),
        author=visitor.signature,
        program=office.program,
        shown={card.unit: score_text(card) for card in office.cards(scheme, year)},
    )
    office.store.note(act_of(office, visitor, "freeze", f"{scheme_id} {year}", seal=done.closing.seal))
    return RedirectResponse(f"/assessment?scheme={scheme_id}&year={year}&said=saved", 303)


@router.post("/ledger/{row}/reverse")
def reverse(
    office: OfficeDep, visitor: Freezer, row: str, reason: Annotated[str, Form(min_length=2, max_length=500)]
) -> Response:
    """Undoes a ledger row by another, in the open."""
    undone = office.store.reverse_row(row, office.clock(), visitor.signature, reason, office.program)
    office.store.note(act_of(office, visitor, "reversal", row, reason=reason))
    return RedirectResponse(f"/assessment/{undone.scheme}/{undone.year}/{undone.unit}?said=saved", 303)
