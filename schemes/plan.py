"""The yearly plan (年度考核方案): the weights and prices that a scheme leaves to each year.

A TOML file beside the scheme: `[plan]` with scheme, year and basis, then one `[[line]]` a line or pool.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from pathlib import Path

from schemes.coherence import incoherences
from schemes.mistakes import Mistake, SchemeError
from schemes.model import Effect, Indicator, Scheme
from schemes.positions import Path as Place
from schemes.positions import positions
from schemes.rules import Cases, PerBonus, PerEntry, PerFinding, PerMissing, PerShortfall, Rule
from schemes.scheme import read_toml
from schemes.tables import BAD, Reader
from schemes.words import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHead:
    """Which scheme and year a plan is for, and the document that sets it."""

    scheme: str
    year: int
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """The weight of one line (or pool), and the prices of its rules where the plan sets them.

    `per_finding` is the price of each finding, each missing element or each one too few; `per_entry` that
    of each fault entered by hand; `per_case` that of each fault of an on-request case; `per_bonus` that of
    each merit.
    """

    no: str
    points: Decimal | None = None
    per_finding: Decimal | None = None
    per_entry: Decimal | None = None
    per_bonus: Decimal | None = None
    per_case: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A yearly plan. `version` is the SHA-256 of its file."""

    head: PlanHead = field(metadata={"key": "plan"})
    lines: tuple[PlanLine, ...] = field(default=(), metadata={"key": "line"})
    version: str = field(default="", metadata={"key": None})


FIGURES = ("per_finding", "per_entry", "per_bonus", "per_case")
"""The figures of a plan's line that price rules."""


def load_plan(path: Path, scheme: Scheme) -> Plan:
    """The plan in a TOML file, checked against its scheme. Raises SchemeError naming all mistakes."""
    return read_plan(path.read_bytes(), path.name, scheme)


def read_plan(body: bytes, file: str, scheme: Scheme, year: int | None = None) -> Plan:
    """The plan in a file's bytes, checked against its scheme and, where that is named, its year.

    Raises SchemeError naming all mistakes.
    """
    read = read_toml(body, file)
    if isinstance(read, Mistake):
        raise SchemeError([read])
    values, text = read
    reader = Reader(file, positions(text))
    plan = reader.table(Plan, values, ())
    if plan is not BAD:
        for where, value, mend in _unfit(plan, scheme, year):
            reader.refuse(where, value, mend)
    if reader.mistakes:
        raise SchemeError(reader.mistakes)
    found: Plan = replace(plan, version=hashlib.sha256(body).hexdigest())
    return found


def planned(scheme: Scheme, year: int, data: Path, given: Path | None = None) -> tuple[Scheme, Path | None]:
    """The scheme with the weights of its yearly plan, and the plan's file (None: there is none).

    The plan is the file given, else `plans/ID-YEAR.toml` in the data folder. Raises SchemeError for a plan
    that is not usable or is another year's, OSError as open() does.
    """
    kept = plan_file(scheme.id, year, data)
    path = given or (kept if kept.is_file() else None)
    if path is None:
        return scheme, None
    return with_plan(scheme, read_plan(path.read_bytes(), path.name, scheme, year)), path


def plan_file(scheme: str, year: int, data: Path) -> Path:
    """Where a data folder keeps a year's plan, whether or not there is one."""
    return data / "plans" / f"{scheme}-{year}.toml"


def _unfit(plan: Plan, scheme: Scheme, year: int | None) -> Iterator[tuple[Place, object, str]]:
    if plan.head.scheme != scheme.id:
        yield ("plan", "scheme"), plan.head.scheme, f"本方案应写 {scheme.id}"
    if year is not None and plan.head.year != year:
        mend = f"是{plan.head.year}年度的，不是{year}年度的，请换一份或改 year"
        yield ("plan", "year"), plan.head.year, mend
    known = {line.no for line in scheme.indicators} | {pool.id for pool in scheme.pools}
    seen: set[str] = set()
    for index, line in enumerate(plan.lines):
        if line.no not in known:
            yield ("line", index, "no"), line.no, f"“{scheme.name}”没有这一项"
        if line.no in seen:
            yield ("line", index, "no"), line.no, "与前面的重复，请删去一处"
        seen.add(line.no)
        yield from _weightless(line, index, scheme)
        yield from _unpriced(line, index, scheme)
        for spec in fields(line):
            value = getattr(line, spec.name)
            if isinstance(value, Decimal) and value < 0:
                yield ("line", index, spec.name), value, "不能为负"
    for where, _, mend in incoherences(with_plan(scheme, plan)):
        if where == ("total", "lines"):
            yield ("plan",), None, mend


def _weightless(line: PlanLine, index: int, scheme: Scheme) -> Iterator[tuple[Place, object, str]]:
    """Points for a line that bears none of its own."""
    for found in scheme.indicators:
        if line.points is None or found.no != line.no:
            continue
        if found.pool:
            yield ("line", index, "points"), line.points, f'本项与其他项共用分值，请写 no = "{found.pool}"'
        elif found.effect is Effect.VETO:
            yield ("line", index, "points"), line.points, "单项否决没有分值，请删去"


def _unpriced(line: PlanLine, index: int, scheme: Scheme) -> Iterator[tuple[Place, object, str]]:
    """The prices of a line that has nothing to be priced by them."""
    rules = next((found.rules for found in scheme.indicators if found.no == line.no), ())
    priced = {figure for figure, _ in _prices_of(rules)}
    known = "、".join(sorted(priced))
    mend = f"本项可以定的有：{known}" if known else "本项由考核组评定，请删去"
    for name in FIGURES:
        if getattr(line, name) is not None and name not in priced:
            yield ("line", index, name), getattr(line, name), f"本项没有按此计分的规则；{mend}"


def with_plan(scheme: Scheme, plan: Plan) -> Scheme:
    """The scheme with the plan's weights and prices. Its version names both files."""
    by_no = {line.no: line for line in plan.lines}
    indicators = tuple(
        _weighed(line, by_no[line.no]) if line.no in by_no else line for line in scheme.indicators
    )
    pools = tuple(
        replace(pool, points=_or(by_no[pool.id].points, pool.points)) if pool.id in by_no else pool
        for pool in scheme.pools
    )
    version = hashlib.sha256(f"{scheme.version}+{plan.version}".encode()).hexdigest()
    return replace(scheme, indicators=indicators, pools=pools, version=version)


def _weighed(line: Indicator, given: PlanLine) -> Indicator:
    rules = tuple(_priced(rule, given) for rule in line.rules)
    return replace(line, points=_or(given.points, line.points), rules=rules)


def _priced(rule: Rule, given: PlanLine) -> Rule:
    for name, _ in _prices_of((rule,)):
        each = getattr(given, name)
        if each is not None and isinstance(rule, Cases):
            return replace(rule, late=each, defect=each, reconsideration=each, litigation=each)
        if each is not None:
            return replace(rule, points=each)
    return rule


def _or(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return first if first is not None else second


def plan_template(scheme: Scheme, year: int) -> str:
    """An empty plan for a scheme that leaves its weights to each year, to be filled in."""
    sum_of_lines = f"；各类别合计应为{plain(scheme.total.lines)}分" if scheme.total.lines else ""
    parts = [
        f"# {scheme.name}：{year}年度考核方案。请填写每项分值{sum_of_lines}。",
        "# points 为分值。前面有 # 的一行为可以另定的每处（次、件）分数，要定的删去 # 填写，不定的不用管。",
        "",
        f'[plan]\nscheme = "{scheme.id}"\nyear = {year}\nbasis = "（发文字号）"',
    ]
    pools = [(pool.id, pool.title, ()) for pool in scheme.pools if pool.points is None]
    lines = [
        (line.no, f"{line.group}：{line.title}", line.rules)
        for line in scheme.indicators
        if line.points is None and not line.pool and line.effect is not Effect.VETO
    ]
    for no, title, rules in (*pools, *lines):
        parts.append(f'\n[[line]]\nno = "{no}"      # {title}\npoints = 0')
        parts.extend(f"# {name} = 0      # {what}几分" for name, what in dict.fromkeys(_prices_of(rules)))
    return "\n".join(parts) + "\n"


def _prices_of(rules: Iterable[Rule]) -> Iterator[tuple[str, str]]:
    """The figures of a plan's line that price its rules, and in Chinese what each is the price of."""
    for rule in rules:
        match rule:
            case Cases():
                yield "per_case", f"{rule.name}，每件"
            case PerFinding() | PerMissing() | PerShortfall():
                yield "per_finding", f"{rule.name}，每{rule.counter}"
            case PerEntry():
                yield "per_entry", f"{rule.name}，每{rule.counter}"
            case PerBonus():
                yield "per_bonus", f"{rule.name}，每{rule.counter}"
