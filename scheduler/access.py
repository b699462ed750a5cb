"""Who looks at the raw evidence of a leak is written into the chain before it is handed out."""

from datetime import datetime
from pathlib import Path

from domain.finding import Finding
from domain.observation import CHINA
from evidence.bundle import EvidenceStore

SEALED = "sealed"
"""The kind of the files that are kept out of every picture and pack."""


def note_raw_access(data: Path, finding: Finding, who: str, why: str, at: datetime) -> int:
    """Notes each raw file of a finding as looked at; gives how many there are.

    Raises OSError where a file is missing, ChainError when the chain cannot be continued.
    """
    store = EvidenceStore(data)
    raw = [file for file in finding.evidence if file.kind == SEALED]
    for file in raw:
        store.note_access(finding.id, file.path, who, why, at)
    return len(raw)


def of_year(finding: Finding, year: int) -> bool:
    """Whether a finding stood at any time of a year in China."""
    return finding.first_seen.astimezone(CHINA).year <= year <= finding.last_seen.astimezone(CHINA).year
