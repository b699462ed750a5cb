"""Templates: everything is escaped; dates are China's; addresses of pages are built in one place."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from domain.finding import CASE_TITLES, CaseState
from domain.observation import CHINA
from domain.outcome import OUTCOME_TITLES
from domain.target import KIND_TITLES
from domain.unit import CATEGORY_TITLES
from portal.roles import ROLE_TITLES, SCOPE_TITLES, Role
from portal.visitor import Visitor, office_of
from portal.wording import act_title, addresses_in, details, figure_title, figure_words, in_days
from schemes.words import plain
from storage.export.shapes import check_title
from storage.registry.forms import PLATFORM_TITLES, SOURCE_TITLES

TEMPLATES = Path(__file__).parent / "templates"
EVIDENCE_TITLES = {
    "screenshot": "原始截图",
    "marked": "标注截图",
    "picture": "图片",
    "html": "网页源码",
    "dom": "呈现后的网页",
    "warc": "WARC 存档",
    "headers": "响应头",
    "record": "记录",
    "manifest": "清单",
    "token": "时间戳",
    "preview": "缩略图",
}


def moment(instant: datetime | None) -> str:
    """An instant in China to the minute."""
    return "" if instant is None else f"{day(instant)} {instant.astimezone(CHINA):%H:%M}"


def day(instant: datetime | date | None) -> str:
    """A day in China, written as people there do."""
    if isinstance(instant, datetime):
        instant = instant.astimezone(CHINA).date()
    return "" if instant is None else f"{instant.year}年{instant.month}月{instant.day}日"


def number(value: Decimal | float | None) -> str:
    """Points without needless noughts."""
    if value is None:
        return ""
    return plain(value) if isinstance(value, Decimal) else f"{value:g}"


def web(url: str | None) -> str:
    """An address that may stand in a link: http or https; empty for all else."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return str(url) if parts.scheme in {"http", "https"} and parts.netloc else ""


def size(count: int) -> str:
    """Bytes for people."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{count / 1024:.0f} KB"
    return f"{count / 1024 / 1024:.1f} MB"


def query(values: Mapping[str, Any], **changes: Any) -> str:
    """A query string of the values with some changed; what is empty is left out."""
    merged = {**values, **changes}
    pairs = [(key, each) for key, value in merged.items() for each in _all(value) if each not in ("", None)]
    return "?" + urlencode(pairs)


def _all(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def line_number(problem: str) -> int | None:
    """The line that a fault of a file names; None where it names none."""
    found = re.match(r"[^：]*第(\d+)行", problem)
    return int(found[1]) if found else None


def environment() -> Environment:
    """The templates, with the words and filters they use."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        moment=moment,
        day=day,
        number=number,
        web=web,
        size=size,
        in_days=in_days,
        line_number=line_number,
        source_title=lambda kind: SOURCE_TITLES.get(kind, kind),
        scope_title=lambda scope: SCOPE_TITLES.get(scope, scope),
        check_title=check_title,
        state_title=lambda state: CASE_TITLES[CaseState(state)],
        outcome_title=lambda name: OUTCOME_TITLES.get(name, name),
        kind_title=lambda kind: KIND_TITLES.get(kind, kind),
        category_title=lambda category: CATEGORY_TITLES.get(category, category),
        role_title=lambda role: ROLE_TITLES[Role(role)],
        act_title=act_title,
        platform_title=lambda platform: PLATFORM_TITLES.get(platform, platform),
        evidence_title=lambda kind: EVIDENCE_TITLES.get(kind, kind),
    )
    made.globals.update(
        query=query,
        figure_title=figure_title,
        figure_words=figure_words,
        addresses_in=addresses_in,
        details=details,
        states=CASE_TITLES,
    )
    return made


def show(
    request: Request, visitor: Visitor | None, template: str, status: int = 200, **values: Any
) -> HTMLResponse:
    """A page. `visitor` None: nobody is signed in."""
    office = office_of(request)
    text = request.app.state.templates.get_template(template).render(
        visitor=visitor,
        path=request.url.path,
        program=office.program,
        sign_on=request.app.state.sign_on,
        said=request.query_params.get("said", "")[:20],
        names=office.names() if visitor else None,
        **values,
    )
    return HTMLResponse(text, status_code=status)
