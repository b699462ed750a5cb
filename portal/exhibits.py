"""Kept evidence on its way out: pictures as pictures, all else as downloads, never as a page of ours."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from domain.finding import EvidenceFile, Finding
from portal.export.evidence import PICTURES, SENSITIVE

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
State = Literal["whole", "altered", "missing"]
STATE_TITLES = {"whole": "完好", "altered": "已被改动", "missing": "文件不在"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One file of a finding's evidence: its place in the list and whether it is still what was sealed.

    `shown` says that it is a picture by its bytes, which pages may show.
    """

    number: int
    file: EvidenceFile
    state: State
    shown: bool

    @property
    def title(self) -> str:
        """The state in Chinese."""
        return STATE_TITLES[self.state]


def is_sensitive(finding: Finding) -> bool:
    """Whether the evidence shows what must not spread."""
    return finding.check in SENSITIVE


def path_of(data: Path, file: EvidenceFile) -> Path | None:
    """Where the file lies; None when its name leads out of the evidence or it is not there."""
    folder = (data / "evidence").resolve()
    try:
        path = (data / file.path).resolve()
        fine = path.is_relative_to(folder) and path.is_file()
    except (OSError, ValueError):
        return None
    return path if fine else None


def inspect(data: Path, finding: Finding) -> list[Exhibit]:
    """Every file of the evidence with its state now: its SHA-256 is computed, nothing is believed."""
    return [
        Exhibit(number=number, file=file, state=_state_of(data, file), shown=_is_picture(data, file))
        for number, file in enumerate(finding.evidence)
    ]


def _is_picture(data: Path, file: EvidenceFile) -> bool:
    path = path_of(data, file)
    return path is not None and picture_type(file, path) is not None


def _state_of(data: Path, file: EvidenceFile) -> State:
    path = path_of(data, file)
    if path is None:
        return "missing"
    try:
        with path.open("rb") as opened:
            return "whole" if hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256 else "altered"
    except OSError:
        return "missing"


def picture_type(file: EvidenceFile, path: Path) -> str | None:
    """The media type of a picture by its first bytes; None for what is not served as a picture."""
    if file.kind not in PICTURES:
        return None
    try:
        with path.open("rb") as opened:
            head = opened.read(8)
    except OSError:
        return None
    if head.startswith(PNG):
        return "image/png"
    return "image/jpeg" if head.startswith(JPEG) else None


def download_name(finding: Finding, number: int, file: EvidenceFile) -> str:
    """A plain name for a download; what could be opened by a double click is given a harmless ending."""
    ending = Path(file.path).suffix.lower()
    safe = ending if ending in {".png", ".jpg", ".json", ".jsonl", ".warc", ".gz", ".txt", ".pem"} else ".txt"
    return f"{finding.id}-{number}-{file.kind}{safe}".replace("/", "-")
