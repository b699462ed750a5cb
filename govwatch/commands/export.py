"""`govwatch export`: the papers an office files: ranking, forms, deductions, dossiers, bulletin."""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from govwatch.commands.common import DataFolder, UserError
from govwatch.commands.scored import NowOption, PlanOption, SchemeOption, Scored, YearOption, scored

OutOption = Annotated[Path, typer.Option("--out", "-o", help="要写的文件")]
DayOption = Annotated[str | None, typer.Option(help="日期，形如 2026-07-15")]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    group = typer.Typer(help="考核文书：排名、评分表、扣分清单、单位档案、通报稿。", no_args_is_help=True)
    group.command("ranking", help="得分排名与等次（.xlsx 或 .docx）。")(ranking)
    group.command("form", help="考核评分表（.xlsx 或 .docx），一个单位一份。")(form)
    group.command("deductions", help="扣分清单（.xlsx），带链接和截图。")(deductions)
    group.command("dossier", help="一个单位的考核档案（.docx，或连同佐证的 .zip）。")(dossier)
    group.command("bulletin", help="通报稿（.docx）。")(bulletin)
    app.add_typer(group, name="export")


def _suffix(out: Path, *known: str) -> str:
    if out.suffix.lower() not in known:
        raise UserError(f"文件名应以 {' 或 '.join(known)} 结尾，而不是“{out.name}”")
    if not out.parent.is_dir():
        raise UserError(f"文件夹“{out.parent}”不存在，请先建好")
    return out.suffix.lower()


def ranking(
    scheme: SchemeOption,
    out: OutOption,
    year: YearOption = None,
    data: DataFolder = None,
    now: NowOption = None,
    plan: PlanOption = None,
) -> None:
    """Each unit's rank, score, grade and how the score was summed up."""
    from portal.export.ranking import ranking_docx, ranking_xlsx

    kind = _suffix(out, ".xlsx", ".docx")
    found = scored(data, scheme, year, now=now, plan=plan)
    write = ranking_xlsx if kind == ".xlsx" else ranking_docx
    count = write(found.scheme, found.year, found.cards, out)
    typer.echo(f"已写入 {out}，{count}个单位")


def form(
    scheme: SchemeOption,
    out: Annotated[Path, typer.Option("--out", "-o", help="一个单位时为文件，多个单位时为文件夹")],
    unit: Annotated[list[str] | None, typer.Option("--unit", help="单位编码，可多次给出；不写为全部")] = None,
    kind: Annotated[str, typer.Option("--format", help="写入文件夹时的格式：xlsx 或 docx")] = "xlsx",
    year: YearOption = None,
    data: DataFolder = None,
    now: NowOption = None,
    plan: PlanOption = None,
) -> None:
    """The scoring form of a unit, in the columns of the official form."""
    if kind not in ("xlsx", "docx"):
        raise UserError("--format 只能写 xlsx 或 docx")
    single = out.suffix.lower() in (".xlsx", ".docx")
    if single:
        _suffix(out, ".xlsx", ".docx")
    found = scored(data, scheme, year, now=now, plan=plan)
    cards = [found.card(code) for code in unit] if unit else list(found.cards)
    if single and len(cards) != 1:
        raise UserError(
            f"“{out.name}”是一个文件，而单位有{len(cards)}个：请用 --unit 指定一个，或把 --out 写成文件夹"
        )
    if not single:
        out.mkdir(parents=True, exist_ok=True)
    for card in cards:
        target = out if single else out / f"{_file_name(f'{card.unit}-{card.unit_name}')}.{kind}"
        _form(found, card.unit, target)
    typer.echo(f"已写入 {out}，{len(cards)}份评分表")


def _form(found: Scored, unit: str, target: Path) -> None:
    from portal.export.form import form_docx, form_xlsx

    records = [record for record in found.records if record.unit == unit]
    write = form_xlsx if target.suffix.lower() == ".xlsx" else form_docx
    write(found.scheme, found.card(unit), target, found.data, records)


FORBIDDEN = '<>:"/\\|?*'


def _file_name(text: str) -> str:
    """A text as a file may be called on any system."""
    plain = "".join("_" if character in FORBIDDEN or ord(character) < 32 else character for character in text)
    return plain.strip(" .")[:80] or "_"


def deductions(
    scheme: SchemeOption,
    out: OutOption,
    unit: Annotated[list[str] | None, typer.Option("--unit", help="只列这些单位，可多次给出")] = None,
    line: Annotated[list[str] | None, typer.Option("--line", help="只列这些指标，可多次给出")] = None,
    check: Annotated[list[str] | None, typer.Option("--check", help="只列这些检查项，可多次给出")] = None,
    since: DayOption = None,
    until: DayOption = None,
    confirmed: Annotated[bool, typer.Option("--confirmed", help="只列已认定的")] = False,
    year: YearOption = None,
    data: DataFolder = None,
    now: NowOption = None,
    plan: PlanOption = None,
) -> None:
    """Deductions, bonuses and vetoes with links to pages and pictures; all filters must hold."""
    from portal.export.assessment import newest_of
    from portal.export.choosing import Choice, chosen
    from portal.export.workbook import deductions_xlsx

    _suffix(out, ".xlsx")
    found = scored(data, scheme, year, now=now, plan=plan)
    for code in unit or ():
        found.card(code)
    known = {indicator.no for indicator in found.scheme.indicators}
    for no in line or ():
        if no not in known:
            raise UserError(f"“{found.scheme.name}”没有序号为“{no}”的指标")
    choice = Choice(
        units=frozenset(unit or ()),
        lines=frozenset(line or ()),
        checks=frozenset(check or ()),
        since=_day(since),
        until=_day(until),
        confirmed=confirmed,
    )
    cards = chosen(found.cards, choice)
    count = deductions_xlsx(
        f"{found.scheme.name}　{found.year}年度",
        cards,
        out,
        found.data,
        found.names,
        newest_of(found.findings),
        choice.words,
    )
    typer.echo(f"已写入 {out}，{count}行")


def dossier(
    scheme: SchemeOption,
    unit: Annotated[str, typer.Option("--unit", help="单位编码")],
    out: OutOption,
    year: YearOption = None,
    data: DataFolder = None,
    now: NowOption = None,
    plan: PlanOption = None,
) -> None:
    """Result, lines, deductions, what could not be judged, entries and ledger; as .zip with the evidence."""
    from portal.export.dossier import dossier_docx
    from portal.export.pack import dossier_zip

    kind = _suffix(out, ".docx", ".zip")
    found = scored(data, scheme, year, now=now, plan=plan)
    card = found.card(unit)
    rows = (found.records, found.ledger, found.gaps, found.names)
    if kind == ".docx":
        dossier_docx(found.scheme, card, out, found.data, *rows)
        typer.echo(f"已写入 {out}")
        return
    pack = dossier_zip(found.scheme, card, out, found.data, *rows)
    for words in pack.problems:
        typer.echo(words, err=True)
    typer.echo(f"已写入 {out}，档案一份，佐证{pack.files}件")


def bulletin(
    scheme: SchemeOption,
    out: OutOption,
    mend_by: Annotated[str, typer.Option("--mend-by", help="整改期限，形如 2026-07-15")],
    recheck_on: Annotated[
        str | None, typer.Option("--recheck-on", help="复查日期，默认为整改期限后7天")
    ] = None,
    issued_on: Annotated[str | None, typer.Option("--issued-on", help="通报日期，默认为监测时点")] = None,
    office: Annotated[str, typer.Option("--office", help="落款")] = "政务公开领导小组办公室",
    year: YearOption = None,
    data: DataFolder = None,
    now: NowOption = None,
    plan: PlanOption = None,
) -> None:
    """A draft: overall, main problems, what is asked by when, ranking and list of problems annexed."""
    from portal.export.bulletin import Terms, bulletin_docx

    _suffix(out, ".docx")
    last = _day(mend_by)
    assert last is not None
    found = scored(data, scheme, year, now=now, plan=plan)
    terms = Terms(
        office=office,
        issued_on=_day(issued_on) or found.at.date(),
        mend_by=last,
        recheck_on=_day(recheck_on) or last + timedelta(days=7),
    )
    try:
        bulletin_docx(found.scheme, found.year, found.cards, terms, out, found.findings, found.names)
    except ValueError as error:
        raise UserError(f"{error}（现为 {terms.issued_on}、{terms.mend_by}、{terms.recheck_on}）") from error
    typer.echo(f"已写入 {out}")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"日期“{text}”无法识别，请写成 2026-07-15 的形式") from error
