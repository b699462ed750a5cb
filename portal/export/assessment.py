"""The result of an assessment as an office files it: a workbook, or a document."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from domain.finding import Finding
from portal.export.report import assessment_docx
from portal.export.workbook import assessment_xlsx
from schemes.card import Scorecard
from schemes.model import Scheme


def write_workbook(
    out: Path,
    scheme: Scheme,
    year: int,
    cards: Sequence[Scorecard],
    findings: Iterable[Finding] = (),
    data: Path | None = None,
    names: Mapping[str, str] | None = None,
) -> None:
    """Writes the workbook: totals and grades, lines, deductions, the scheme.

    `data` is the folder of the evidence, `names` are those of sites and accounts by id, `findings` add the
    last update. Raises OSError when the file cannot be written.
    """
    assessment_xlsx(scheme, year, cards, out, data, names, newest_of(findings))


def write_document(
    out: Path,
    scheme: Scheme,
    year: int,
    cards: Sequence[Scorecard],
    findings: Iterable[Finding] = (),
    data: Path | None = None,
    names: Mapping[str, str] | None = None,
) -> None:
    """Writes the report: overall, ranking, reasons. Raises OSError when the file cannot be written."""
    assessment_docx(scheme, year, cards, out, data, names)


def newest_of(findings: Iterable[Finding]) -> dict[str, str]:
    """The last update that each finding saw, by the source that its charge names."""
    return {
        f"finding:{finding.id}": str(finding.observed["newest"])
        for finding in findings
        if finding.observed.get("newest")
    }
