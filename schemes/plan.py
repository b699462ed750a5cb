"""The yearly plan (年度考核方案): the weights and prices that a scheme leaves to each year.

A TOML file beside the scheme: `[plan]` with scheme, year and basis, then one `[[line]]` a line or pool.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from pathlib import Path

from schemes.coherence import incoherences
from schemes.mistakes import Mistake, SchemeError
from schemes.model import Effect, Indicator, Scheme
from schemes.positions import positions
from schemes.rules import Cases, Rule
from schemes.scheme import read_toml
from schemes.tables import BAD, Reader


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


PRICES = {
    "per_finding": "per_finding",
    "per_missing": "per_finding",
    "per_shortfall": "per_finding",
    "per_entry": "per_entry",
    "per_bonus": "per_bonus",
}
"""Which figure of a plan's line prices which kind of rule."""


def load_plan(path: Path, scheme: Scheme) -> Plan:
    """The plan in a TOML file, checked against its scheme. Raises SchemeError naming all mistakes."""
    return read_plan(path.read_bytes(), path.name, scheme)


def read_plan(body: bytes, file: str, scheme: Scheme) -> Plan:
    """The plan in a file's bytes, checked against its scheme. Raises SchemeError naming all mistakes."""
    read = read_toml(body, file)
    if isinstance(read, Mistake):
        raise SchemeError([read])
    values, text = read
    reader = Reader(file, positions(text))
    plan = reader.table(Plan, values, ())
    if plan is not BAD:
        for where, value, mend in _unfit(plan, scheme):
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
    body = path.read_bytes()
    plan = read_plan(body, path.name, scheme)
    if plan.head.year != year:
        line = positions(body.decode("utf-8-sig")).get(("plan", "year"), 1)
        mend = f"是{plan.head.year}年度的，不是{year}年度的，请换一份或改 year"
        raise SchemeError(
            [Mistake(file=path.name, line=line, key="plan.year", value=str(plan.head.year), mend=mend)]
        )
    return with_plan(scheme, plan), path


def plan_file(scheme: str, year: int, data: Path) -> Path:
    """Where a data folder keeps a year's plan, whether or not there is one."""
    return data / "plans" / f"{scheme}-{year}.toml"


def _unfit(plan: Plan, scheme: Scheme) -> Iterator[tuple[tuple[str | int, ...], object, str]]:
    if plan.head.scheme != scheme.id:
        yield ("plan", "scheme"), plan.head.scheme, f"本方案应写 {scheme.id}"
    known = {line.no for line in scheme.indicators} | {pool.id for pool in scheme.pools}
    seen: set[str] = set()
    for index, line in enumerate(plan.lines):
        if line.no not in known:
            yield ("line", index, "no"), line.no, f"“{scheme.name}”没有这一项"
        if line.no in seen:
            yield ("line", index, "no"), line.no, "与前面的重复，请删去一处"
        seen.add(line.no)
        yield from _unpriced(line, index, scheme)
        for spec in fields(line):
            value = getattr(line, spec.name)
            if isinstance(value, Decimal) and value < 0:
                yield ("line", index, spec.name), value, "不能为负"
    for where, _, mend in incoherences(with_plan(scheme, plan)):
        if where == ("total", "lines"):
            yield ("plan",), None, mend


def _unpriced(
    line: PlanLine, index: int, scheme: Scheme
) -> Iterator[tuple[tuple[str | int, ...], object, str]]:
    """The prices of a line that has nothing to be priced by them."""
    rules = next((found.rules for found in scheme.indicators if found.no == line.no), ())
    priced = {_price_of(rule) for rule in rules}
    for name in ("per_finding", "per_entry", "per_bonus", "per_case"):
        if getattr(line, name) is not None and name not in priced:
            known = "、".join(sorted(priced - {""}))
            mend = f"本项可以定的有：{known}" if known else "本项由考核组评定，请删去"
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
    each = given.per_case
    if isinstance(rule, Cases) and each is not None:
        return replace(rule, late=each, defect=each, reconsideration=each, litigation=each)
    name = PRICES.get(rule.kind)
    figure = getattr(given, name) if name else None
    return replace(rule, points=figure) if figure is not None else rule


def _or(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return first if first is not None else second


def plan_template(scheme: Scheme, year: int) -> str:
    """An empty plan for a scheme that leaves its weights to each year, to be filled in."""
    parts = [
        f"# {scheme.name}：{year}年度考核方案。请填写每项分值；各类别合计应为{scheme.total.lines or 100}分。",
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
        prices = dict.fromkeys((_price_of(rule), _counted(rule)) for rule in rules if _price_of(rule))
        parts.extend(f"# {name} = 0      # {what}几分" for name, what in prices)
    return "\n".join(parts) + "\n"


def _price_of(rule: Rule) -> str:
    """The figure of a plan's line that prices a rule; empty for a rule that plans do not price."""
    return "per_case" if isinstance(rule, Cases) else PRICES.get(rule.kind, "")


def _counted(rule: Rule) -> str:
    """What the price is for, in Chinese."""
    counter = getattr(rule, "counter", "件")
    return f"{rule.name}，每{counter}" if hasattr(rule, "name") else ""
