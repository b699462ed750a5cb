"""What is planted in the sample city: faults that must be found, traps that must not become findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from domain.outcome import Value


class Expected(StrEnum):
    """What a careful reader concludes."""

    VIOLATION = "violation"
    PASS = "pass"
    INCONCLUSIVE = "inconclusive"
    INNOCENT = "innocent"
    """Anything but a violation: it passes, does not bind, or could not be seen."""


ANY = "*"
"""As check or subject of a trap: whichever it be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One planted fault or trap.

    `target` is the id of the site or account. `subject` is an address (or a word such as
    `annual_report:2025`), `also` are further subjects that a program may rightly name instead.
    `observed` holds what the finding must say at least; a list must match as a set.
    `schemes` limits it to registries in which one of them is in force (empty: whichever asks the check).
    Of the faults of one `group` at least one must be found, and all may be.
    A `reminder` is a fault that costs nothing: it must be found as a warning.
    `arguable` says why another careful reader might conclude otherwise.
    `why` says in Chinese what was planted, or by what a naive program would err.
    """

    check: str
    unit: str
    target: str
    subject: str
    expected: Expected
    why: str
    also: tuple[str, ...] = ()
    observed: Mapping[str, Value] = field(default_factory=dict)
    schemes: tuple[str, ...] = ()
    arguable: str = ""
    group: str = ""
    reminder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """A fault or trap as a site's builder writes it: `at` names a page by its key, or is a literal subject.

    A literal is an address beginning with `/` or `@@`, or a word beginning with `=`.
    """

    check: str
    at: str
    why: str
    expected: Expected = Expected.VIOLATION
    also: tuple[str, ...] = ()
    unit: str | None = None
    observed: Mapping[str, Value] = field(default_factory=dict)
    schemes: tuple[str, ...] = ()
    arguable: str = ""
    group: str = ""
    reminder: bool = False


def fault(
    check: str,
    at: str,
    why: str,
    *,
    unit: str | None = None,
    also: tuple[str, ...] = (),
    schemes: tuple[str, ...] = (),
    arguable: str = "",
    group: str = "",
    reminder: bool = False,
    **observed: Value,
) -> Plant:
    """A fault that must be found, with the figures that the finding must state."""
    return Plant(
        check=check,
        at=at,
        why=why,
        unit=unit,
        also=also,
        schemes=schemes,
        arguable=arguable,
        group=group,
        reminder=reminder,
        observed=observed,
    )


def trap(
    check: str,
    at: str,
    why: str,
    expected: Expected = Expected.INNOCENT,
    *,
    unit: str | None = None,
    schemes: tuple[str, ...] = (),
    arguable: str = "",
) -> Plant:
    """Something that looks like a fault and is none."""
    return Plant(
        check=check, at=at, why=why, expected=expected, unit=unit, schemes=schemes, arguable=arguable
    )


def located(plants: tuple[Plant, ...], target: str, unit: str, paths: Mapping[str, str]) -> tuple[Truth, ...]:
    """The plants of one site as truths: keys turned to addresses. Raises KeyError for an unknown key."""
    return tuple(
        Truth(
            check=plant.check,
            unit=plant.unit or unit,
            target=target,
            subject=_subject(plant.at, target, paths),
            also=tuple(_subject(at, target, paths) for at in plant.also),
            expected=plant.expected,
            why=plant.why,
            observed=plant.observed,
            schemes=plant.schemes,
            arguable=plant.arguable,
            group=plant.group,
            reminder=plant.reminder,
        )
        for plant in plants
    )


def _subject(at: str, target: str, paths: Mapping[str, str]) -> str:
    if at == ANY or at.startswith("@@"):
        return at
    if at.startswith("="):
        return at[1:]
    path = at if at.startswith("/") else paths[at]
    return path if path.startswith("@@") else f"@@{target}@@{path}"


def addressed(truth: Truth, addresses: Mapping[str, str]) -> Truth:
    """The truth with the real addresses of the running city, also inside `observed`."""
    return replace(
        truth,
        subject=resolve(truth.subject, addresses),
        also=tuple(resolve(subject, addresses) for subject in truth.also),
        observed={key: _resolve_value(value, addresses) for key, value in truth.observed.items()},
    )


def resolve(text: str, addresses: Mapping[str, str]) -> str:
    """The text with every `@@id@@` replaced by that host's address. Raises KeyError for an unknown id."""
    parts = text.split("@@")
    return "".join(addresses[part] if index % 2 else part for index, part in enumerate(parts))


def _resolve_value(value: Value, addresses: Mapping[str, str]) -> Value:
    if isinstance(value, str):
        return resolve(value, addresses)
    if isinstance(value, list):
        return [_resolve_value(part, addresses) for part in value]
    return value


def resolve_keys(at: str, paths: Mapping[str, str]) -> str:
    """The address that `~key` names, or the text itself. Raises KeyError for an unknown key."""
    return paths[at[1:]] if at.startswith("~") else at
