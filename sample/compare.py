"""Holds what a scan found against what is planted: what was missed, what was made up, which traps sprang."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from sample.truth import ANY, Expected, Truth

Record = Mapping[str, Any]

_INDEX = ("index.html", "index.htm", "index.shtml", "index.jsp", "index.asp", "default.html", "default.htm")


@dataclass(frozen=True, slots=True)
class Differences:
    """What does not agree. Empty throughout when program and truth say the same.

    `missed`: faults without a finding. `made_up`: findings without a planted fault. `sprung`: traps that
    became findings. `misstated`: found, but with other figures. `undecided`: traps of which the
    outcomes do not say what the truth says (pass or inconclusive).
    """

    missed: tuple[Truth, ...] = ()
    made_up: tuple[Record, ...] = ()
    sprung: tuple[tuple[Truth, Record], ...] = ()
    misstated: tuple[tuple[Truth, Record, str], ...] = ()
    undecided: tuple[tuple[Truth, str], ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return any((self.missed, self.made_up, self.sprung, self.misstated, self.undecided))

    def report(self) -> str:
        """The differences in Chinese, one a line."""
        lines = [f"漏报 {_truth(truth)}：{truth.why}" for truth in self.missed]
        lines += [f"误报 {_finding(record)}：{record.get('summary', '')}" for record in self.made_up]
        lines += [
            f"中计 {_truth(truth)}：{truth.why}｜{record.get('summary', '')}" for truth, record in self.sprung
        ]
        lines += [f"数字不符 {_truth(truth)}：{what}" for truth, _, what in self.misstated]
        lines += [f"结论不符 {_truth(truth)}：{what}" for truth, what in self.undecided]
        return "\n".join(lines)


def compare(
    truths: Iterable[Truth],
    findings: Iterable[Record],
    outcomes: Iterable[Record] | None = None,
    checks: Collection[str] | None = None,
) -> Differences:
    """Compares findings (and outcomes, if given) with the truth.

    `checks` limits all three to some checks. Warnings count for planted reminders only.
    Records are those of the outside formats (INTERFACE: a finding, an outcome).
    """
    wanted = [truth for truth in truths if checks is None or truth.check in checks or truth.check == ANY]
    faults = [truth for truth in wanted if truth.expected is Expected.VIOLATION]
    traps = [truth for truth in wanted if truth.expected is not Expected.VIOLATION]
    told = [record for record in findings if checks is None or record["check"] in checks]
    found = [record for record in told if not _is_warning(record)]
    matches = {
        index: [r for r in told if _is_warning(r) is truth.reminder and _speaks_of(truth, r)]
        for index, truth in enumerate(faults)
    }
    hit_groups = {faults[index].group for index, records in matches.items() if records}
    missed = tuple(
        faults[index]
        for index, records in matches.items()
        if not records and not (faults[index].group and faults[index].group in hit_groups)
    )
    accounted = {id(record) for records in matches.values() for record in records}
    strange = [record for record in found if id(record) not in accounted]
    sprung = [(trap, record) for record in strange for trap in traps if _speaks_of(trap, record)]
    in_traps = {id(record) for _, record in sprung}
    misstated = [
        (faults[index], records[0], what)
        for index, records in matches.items()
        if records and (what := _misstatement(faults[index], records))
    ]
    return Differences(
        missed=missed,
        made_up=tuple(record for record in strange if id(record) not in in_traps),
        sprung=tuple(sprung),
        misstated=tuple(misstated),
        undecided=_undecided(traps, list(outcomes)) if outcomes is not None else (),
    )


def normal(subject: str) -> str:
    """The subject in one form: fragment, session id, index file name, default port, escapes do not count."""
    if not subject.startswith(("http://", "https://")):
        return subject
    parts = urlsplit(subject)
    path = unquote(parts.path.split(";jsessionid=")[0]) or "/"
    folder, _, name = path.rpartition("/")
    if name.lower() in _INDEX:
        path = folder + "/"
    return urlunsplit((parts.scheme, parts.netloc.removesuffix(":80"), path, parts.query, ""))


def _is_warning(record: Record) -> bool:
    return bool(record.get("severity", "violation") == "warning")


def _speaks_of(truth: Truth, record: Record) -> bool:
    if truth.check not in (ANY, record["check"]) or truth.target != target_of(record):
        return False
    if truth.subject == ANY:
        return True
    named = {normal(subject) for subject in (truth.subject, *truth.also)}
    return normal(record["subject"]) in named and truth.unit == record["unit"]


def target_of(record: Record) -> str:
    """The id of the site or account that a finding or outcome is about."""
    return str(record.get("site") or record.get("account") or "")


def _misstatement(truth: Truth, records: list[Record]) -> str:
    """How the best of the records departs from the expected figures; empty when one of them agrees."""
    complaints = []
    for record in records:
        observed = record.get("observed", {})
        wrong = [
            f"{key} 应为 {value!r}，实为 {observed.get(key)!r}"
            for key, value in truth.observed.items()
            if not _same(value, observed.get(key))
        ]
        if not wrong:
            return ""
        complaints.append("；".join(wrong))
    return min(complaints, key=len)


def _same(expected: object, seen: object) -> bool:
    if isinstance(expected, list) and isinstance(seen, list):
        return set(map(str, expected)) == set(map(str, seen))
    return str(expected) == str(seen)


def _undecided(traps: list[Truth], outcomes: list[Record]) -> tuple[tuple[Truth, str], ...]:
    """The traps of which no outcome of the same check and target says what the truth says."""
    result = []
    for trap in traps:
        if trap.expected is Expected.INNOCENT or trap.check == ANY:
            continue
        lines = [line for line in outcomes if line["check"] == trap.check and target_of(line) == trap.target]
        about = [line for line in lines if _speaks_of(trap, line)]
        if not about:
            about = [line for line in lines if line["subject"] == ANY]
        said = {str(line["outcome"]) for line in about}
        if str(trap.expected) not in said:
            result.append((trap, f"应为 {trap.expected}，实为 {'、'.join(sorted(said)) or '没有结论'}"))
    return tuple(result)


def _truth(truth: Truth) -> str:
    return f"{truth.check} {truth.target} {truth.unit} {truth.subject}"


def _finding(record: Record) -> str:
    return f"{record['check']} {target_of(record)} {record['unit']} {record['subject']}"
