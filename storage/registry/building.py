"""From the parts as read to the registry: references, duplicates and what belongs together."""

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from domain.target import Account, AccountSource, DeclaredColumn, Platform, Registry, Site, SourceType
from domain.unit import Contact, Unit
from storage.intake.fields import nearest
from storage.intake.form import Form, place_of, suggest
from storage.intake.node import Node, Record, Scalar, ScalarKind
from storage.intake.problem import Place, Problems
from storage.registry.forms import SOURCE_OPTIONS

DEFAULT_SCHEMES = ("national-2019",)


@dataclass(slots=True)
class Part:
    """A unit, site or account as read: its values (None: something is wrong) and what is nested in it."""

    record: Record
    values: dict[str, Any] | None
    nested: list["Part"] = field(default_factory=list)


@dataclass(slots=True)
class Parts:
    """All of a registry file as read, before anything is checked against anything else."""

    place: Place
    units: list[Part] = field(default_factory=list)
    sites: list[Part] = field(default_factory=list)
    accounts: list[Part] = field(default_factory=list)
    schemes: list[tuple[str, Place]] = field(default_factory=list)
    controls: list[tuple[str, Place]] = field(default_factory=list)


class Builder:
    """Checks the parts against each other and makes the registry, noting problems as it goes."""

    def __init__(self, parts: Parts, known_schemes: Collection[str] | None, problems: Problems) -> None:
        """`known_schemes` None: the schemes' names are not checked."""
        self.parts = parts
        self.known_schemes = known_schemes
        self.problems = problems
        self.units: dict[str, Unit] = {}
        self.codes: set[str] = set()

    def build(self) -> Registry:
        """The registry; only to be believed when no problem was noted."""
        schemes = self._schemes()
        units = self._units()
        sites = self._sites()
        accounts = self._accounts(sites)
        return Registry(
            schemes=schemes,
            units=units,
            sites=sites,
            accounts=accounts,
            control_sites=tuple(url for url, _ in self.parts.controls),
        )

    def _schemes(self) -> tuple[str, ...]:
        named = self.parts.schemes
        self._refuse_repeats(named, "考核办法重复")
        for scheme, place in named:
            if self.known_schemes is not None and scheme not in self.known_schemes:
                mend = suggest(scheme, sorted(self.known_schemes))
                self.problems.add(place, "没有这个考核办法", mend, scheme)
        return tuple(scheme for scheme, _ in named) or DEFAULT_SCHEMES

    def _refuse_repeats(self, named: Iterable[tuple[Hashable, Place]], message: str) -> None:
        seen: dict[Hashable, Place] = {}
        for key, place in named:
            if key in seen:
                shown = key if isinstance(key, str) else None
                self.problems.add(
                    place, f"{message}（{_spot(seen[key])}已有）", "请改用不同的编号，或删去一处", shown
                )
            else:
                seen[key] = place

    def _units(self) -> tuple[Unit, ...]:
        parts = self.parts.units
        if not parts and not self.problems:
            self.problems.add(self.parts.place, "名录中没有单位", "至少要登记一个单位")
        self.codes = {code for part in parts if (code := _written(part.record, "code"))}
        self._refuse_repeats(
            [(code, place_of(p.record, "code")) for p in parts if (code := _written(p.record, "code"))],
            "单位编码重复",
        )
        for part in parts:
            contacts = tuple(Contact(**c.values) for c in part.nested if c.values is not None)
            if part.values is not None:
                unit = Unit(**part.values, contacts=contacts)
                self.units.setdefault(unit.code, unit)
            self._refer(part.record, "parent", "上级单位")
        self._refuse_circles()
        return tuple(self.units.values())

    def _refer(self, record: Record, key: str, what: str) -> None:
        """Notes a reference to a unit that is not there; looks at what is written, right otherwise or not."""
        code = _written(record, key)
        if code and code not in self.codes:
            mend = f"请先在单位中登记，或改为已登记的编码。{_near(code, self.codes)}"
            self.problems.add(place_of(record, key), f"{what}不在名录的单位中", mend, code)

    def _refuse_circles(self) -> None:
        for part in self.parts.units:
            if part.values is None:
                continue
            above, seen = part.values["parent"], {part.values["code"]}
            while above in self.units and above not in seen:
                seen.add(above)
                above = self.units[above].parent
            if above == part.values["code"]:
                place = place_of(part.record, "parent")
                self.problems.add(
                    place, "上下级关系绕成了圈", "请核对各单位的上级单位", part.values["parent"]
                )

    def _sites(self) -> tuple[Site, ...]:
        sites: list[Site] = []
        for part in self.parts.sites:
            columns = self._columns(part)
            self._refer(part.record, "unit", "单位编码")
            if part.values is None:
                continue
            values = dict(part.values)
            owner = self.units.get(values["unit"])
            values["id"] = values["id"] or values["unit"]
            values["name"] = values["name"] or (owner.name if owner else values["unit"])
            sites.append(Site(**values, columns=columns))
        return tuple(sites)

    def _columns(self, part: Part) -> tuple[DeclaredColumn, ...]:
        columns: list[DeclaredColumn] = []
        places: list[tuple[Hashable, Place]] = []
        for nested in part.nested:
            self._refer(nested.record, "unit", "单位编码")
            if nested.values is None:
                continue
            column = DeclaredColumn(**nested.values)
            columns.append(column)
            places.append(((column.url, column.kind, column.unit), place_of(nested.record, "url")))
        self._refuse_repeats(places, "同一个栏目登记了两次")
        return tuple(columns)

    def _accounts(self, sites: Iterable[Site]) -> tuple[Account, ...]:
        ids = [
            (_written(p.record, "id") or _written(p.record, "unit"), place_of(p.record, "id"))
            for p in (*self.parts.sites, *self.parts.accounts)
        ]
        self._refuse_repeats([(i, place) for i, place in ids if i], "网站或账号的编号重复")
        accounts: list[Account] = []
        for part in self.parts.accounts:
            source = self._source(part)
            self._refer(part.record, "unit", "单位编码")
            if part.values is None:
                continue
            if part.values["kind"] is not None and part.values["platform"] is not Platform.WECHAT:
                place = place_of(part.record, "kind")
                self.problems.add(
                    place, "只有微信账号才分订阅号和服务号", "请删去", part.values["kind"].value
                )
            if source is not None:
                accounts.append(Account(**part.values, source=source))
        return tuple(accounts)

    def _source(self, part: Part) -> AccountSource | None:
        if not part.nested:
            self.problems.add(part.record.place, "新媒体账号缺少来源（source）", "请写明类型和网址或文件")
            return None
        nested = part.nested[0]
        if nested.values is None:
            return None
        kind, url, path = nested.values["type"], nested.values["url"], nested.values["path"]
        options = source_options(nested.record, self.problems)
        if kind is SourceType.FILE and not path:
            place = place_of(nested.record, "path")
            self.problems.add(place, "来源类型为文件，却没有写文件（path）", "请写文件名，相对名录所在文件夹")
        if kind in (SourceType.RSS, SourceType.APP_PAGE) and not url:
            place = place_of(nested.record, "url")
            mend = "请写订阅源的完整网址" if kind is SourceType.RSS else "请写客户端下载页的完整网址"
            self.problems.add(place, f"来源类型为 {kind.value}，却没有写网址（url）", mend)
        if kind is SourceType.WEIBO and not url and "uid" not in dict(options):
            place = place_of(nested.record, "url")
            self.problems.add(place, "来源类型为 weibo，却没有写网址（url）或 uid", "请补上其中之一")
        return AccountSource(type=kind, url=url, path=path, options=options)


def source_options(record: Record, problems: Problems) -> tuple[tuple[str, str], ...]:
    """The further keys of a source, in a fixed order."""
    options: list[tuple[str, str]] = []
    for key in SOURCE_OPTIONS:
        value = record.get(key)
        if value is None or (isinstance(value, Scalar) and value.kind is ScalarKind.EMPTY):
            continue
        if not isinstance(value, Scalar):
            problems.add(value.place, f"{key} 应为一个值", "请只写一个值")
            continue
        options.append((key, value.raw))
    return tuple(options)


def read_all(
    nodes: Iterable[Node],
    form: Form,
    problems: Problems,
    nested: Callable[[Record], list[Part]] | None = None,
) -> list[Part]:
    """The parts of a list, each with what is nested in it."""
    parts: list[Part] = []
    for node in nodes:
        values = form.read(node, problems)
        if isinstance(node, Record):
            parts.append(Part(node, values, nested(node) if nested else []))
    return parts


def _written(record: Record, key: str) -> str:
    value = record.get(key)
    return value.raw if isinstance(value, Scalar) else ""


def _spot(place: Place) -> str:
    return f"第{place.line}行" if place.line is not None else f"{place.sheet or ''}{place.cell or ''}"


def _near(code: str, codes: Collection[str]) -> str:
    close = nearest(code, codes)
    return f"最接近的是“{close}”" if close else ""
