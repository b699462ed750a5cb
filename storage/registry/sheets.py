"""The sheets of a registry workbook, read into the same parts as a YAML file's."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from storage.intake import fields as read
from storage.intake.addresses import web_address
from storage.intake.fields import Field, Unfit
from storage.intake.form import Form, place_of, suggest
from storage.intake.node import Entry, Record, Scalar, ScalarKind
from storage.intake.problem import Place, Problems
from storage.intake.workbook import Row, SheetForm, read_workbook
from storage.registry.building import Part, Parts
from storage.registry.forms import ACCOUNT, COLUMN, CONTACT, SITE, SOURCE, SOURCE_OPTIONS, UNIT

SITE_OF_COLUMN = Field(
    key="site", title="网站编号", read=read.code, required=True, also=("网站",), note="栏目所在网站的编号"
)
UNIT_OF_CONTACT = Field(key="unit", title="单位编码", read=read.code, required=True, also=("单位",))
OPTIONS = Field(
    key="options",
    title="来源参数",
    read=read.text,
    note="形如 uid=123; secret_env=WX_SECRET，可不填",
    width=28,
)
SETTING = Form(
    "设置",
    [
        Field(key="item", title="项目", read=read.name, required=True),
        Field(key="value", title="值", read=read.text, required=True, width=40),
    ],
)
_FIRST_CONTACT = [
    Field(
        key=f"contact_{f.key}",
        title=f.title,
        read=f.read,
        also=() if f.key == "name" else (f.key, *f.also),
        width=f.width,
        note=f.note,
    )
    for f in CONTACT.fields
]

UNIT_SHEET = SheetForm(
    name="单位",
    form=Form("单位", [*UNIT.fields, *_FIRST_CONTACT]),
)
SITE_SHEET = SheetForm(name="网站", form=Form("网站", SITE.fields))
COLUMN_SHEET = SheetForm(name="栏目", form=Form("栏目", [SITE_OF_COLUMN, *COLUMN.fields]))
ACCOUNT_SHEET = SheetForm(
    name="新媒体",
    form=Form(
        "新媒体账号",
        [
            *ACCOUNT.fields[:5],
            *(
                Field(
                    key=f"source_{f.key}",
                    title=f.title,
                    read=f.read,
                    required=f.required,
                    also=(*f.also, f"source.{f.key}"),
                    choices=f.choices,
                    note=f.note,
                    width=f.width,
                )
                for f in SOURCE.fields
            ),
            OPTIONS,
            *ACCOUNT.fields[5:],
        ],
    ),
)
CONTACT_SHEET = SheetForm(
    name="联系人", form=Form("联系人", [UNIT_OF_CONTACT, *CONTACT.fields]), required=False
)
SETTING_SHEET = SheetForm(name="设置", form=SETTING, required=False)

SHEETS: Sequence[SheetForm] = (
    UNIT_SHEET,
    SITE_SHEET,
    COLUMN_SHEET,
    ACCOUNT_SHEET,
    CONTACT_SHEET,
    SETTING_SHEET,
)
SCHEMES_ITEM, CONTROLS_ITEM = "考核办法", "对照站点"


def read_parts(path: Path, problems: Problems) -> Parts:
    """The workbook's parts. Raises IntakeError when it is no workbook."""
    rows = read_workbook(path, SHEETS, problems)
    parts = Parts(place=Place(file=path.name, sheet=UNIT_SHEET.name, cell="A2"))
    parts.units = _units(rows, problems)
    parts.sites = _sites(rows, problems)
    parts.accounts = [_account(row, problems) for row in rows.get(ACCOUNT_SHEET.name, ())]
    for row in rows.get(SETTING_SHEET.name, ()):
        _setting(row, parts, problems)
    return parts


def _units(rows: Mapping[str, list[Row]], problems: Problems) -> list[Part]:
    units: list[Part] = []
    by_code: dict[str, Part] = {}
    for row in rows.get(UNIT_SHEET.name, ()):
        part = Part(row.record, UNIT.read(_part_of(row.record, UNIT), problems))
        contact = _part_of(row.record, CONTACT, "contact_")
        if any(_given(entry) for entry in contact.entries):
            part.nested.append(Part(contact, CONTACT.read(contact, problems)))
        units.append(part)
        by_code.setdefault(_text(row.record, "code"), part)
    for row in rows.get(CONTACT_SHEET.name, ()):
        owner = by_code.get(_text(row.record, "unit"))
        if owner is None:
            _dangling(row, "unit", "单位编码不在工作表“单位”中", by_code, problems)
            continue
        contact = _part_of(row.record, CONTACT)
        owner.nested.append(Part(contact, CONTACT.read(contact, problems)))
    return units


def _sites(rows: Mapping[str, list[Row]], problems: Problems) -> list[Part]:
    sites: list[Part] = []
    by_id: dict[str, Part] = {}
    for row in rows.get(SITE_SHEET.name, ()):
        part = Part(row.record, SITE.read(row.record, problems))
        sites.append(part)
        by_id.setdefault(_text(row.record, "id") or _text(row.record, "unit"), part)
    for row in rows.get(COLUMN_SHEET.name, ()):
        values = COLUMN.read(_part_of(row.record, COLUMN), problems)
        site = by_id.get(_text(row.record, "site"))
        if site is None:
            _dangling(row, "site", "网站编号不在工作表“网站”中", by_id, problems)
        else:
            site.nested.append(Part(row.record, values))
    return sites


def _account(row: Row, problems: Problems) -> Part:
    part = Part(row.record, ACCOUNT.read(_part_of(row.record, ACCOUNT), problems))
    source = _part_of(row.record, SOURCE, "source_")
    options = row.record.get("options")
    if isinstance(options, Scalar) and options.kind is not ScalarKind.EMPTY:
        source = Record(source.place, (*source.entries, *_options(options, problems)))
    part.nested.append(Part(source, SOURCE.read(source, problems)))
    return part


def _options(cell: Scalar, problems: Problems) -> list[Entry]:
    entries: list[Entry] = []
    for piece in cell.raw.replace("；", ";").split(";"):
        key, mark, value = (part.strip() for part in piece.partition("="))
        if not piece.strip():
            continue
        if not mark or not value:
            problems.add(cell.place, "来源参数应写成 键=值，多项用分号隔开", OPTIONS.note, piece)
        elif key not in SOURCE_OPTIONS:
            problems.add(cell.place, f"没有“{key}”这个来源参数", suggest(key, SOURCE_OPTIONS), piece)
        else:
            entries.append(Entry(key, cell.place, Scalar(cell.place, value)))
    return entries


def _setting(row: Row, parts: Parts, problems: Problems) -> None:
    values = SETTING.read(row.record, problems)
    if values is None:
        return
    place = place_of(row.record, "value")
    if values["item"] in {SCHEMES_ITEM, "schemes"}:
        parts.schemes += [(word, place) for word in read.words(Scalar(place, values["value"]))]
    elif values["item"] in {CONTROLS_ITEM, "control_sites"}:
        for word in read.words(Scalar(place, values["value"])):
            try:
                parts.controls.append((web_address(Scalar(place, word)), place))
            except Unfit as unfit:
                problems.add(place, f"对照站点：{unfit.message}", unfit.mend, word)
    else:
        mend = suggest(values["item"], [SCHEMES_ITEM, CONTROLS_ITEM])
        problems.add(place_of(row.record, "item"), "不认识的设置项目", mend, values["item"])


def _part_of(record: Record, form: Form, prefix: str = "") -> Record:
    """The entries of a row that a form is about, the prefix of their keys taken off."""
    keys = {prefix + field.key: field.key for field in form.fields}
    entries = (Entry(keys[e.key], e.place, e.value) for e in record.entries if e.key in keys)
    return Record(record.place, tuple(entries))


def _dangling(row: Row, key: str, message: str, known: Iterable[str], problems: Problems) -> None:
    written = _text(row.record, key)
    if not written:
        problems.add(
            place_of(row.record, key), f"没有填写{'网站编号' if key == 'site' else '单位编码'}", "请补上"
        )
        return
    mend = suggest(written, [code for code in known if code][:200])
    problems.add(
        place_of(row.record, key), message, mend if len(mend) < 200 else "请先登记，或核对编码", written
    )


def _given(entry: Entry) -> bool:
    return isinstance(entry.value, Scalar) and entry.value.kind is not ScalarKind.EMPTY


def _text(record: Record, key: str) -> str:
    value = record.get(key)
    return value.raw if isinstance(value, Scalar) else ""
