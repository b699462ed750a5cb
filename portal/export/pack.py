"""A unit's dossier with its evidence in one file: the document, each file it refers to, and their list."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from portal.export.dossier import dossier_docx
from portal.export.evidence import SENSITIVE
from schemes.book import Gap
from schemes.card import Scorecard
from schemes.ledger import LedgerRow
from schemes.model import Scheme
from schemes.records import Record, in_force

DOCUMENT, LIST = "考核档案.docx", "佐证清单.csv"
LIST_HEADINGS = ("文件", "校验值（SHA-256）", "指标", "问题", "随附情况")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What went into a pack: the number of files of evidence, and in Chinese what could not."""

    files: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    path: str
    sha256: str
    line: str
    about: str
    sensitive: bool


def dossier_zip(
    scheme: Scheme,
    card: Scorecard,
    out: Path,
    data: Path,
    records: Sequence[Record] = (),
    ledger: Sequence[LedgerRow] = (),
    gaps: Sequence[Gap] = (),
    names: Mapping[str, str] | None = None,
) -> Packed:
    """Writes the pack. Evidence of leaks is listed, not handed on; a file that is gone or altered is named.

    Raises OSError when the pack cannot be written.
    """
    document = io.BytesIO()
    dossier_docx(scheme, card, document, data, records, ledger, gaps, names)
    listed: list[Sequence[str]] = []
    problems: list[str] = []
    files = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(DOCUMENT, document.getvalue())
        for wanted in _wanted(card, records):
            body, state = _read(data, wanted)
            if body is not None:
                pack.writestr(wanted.path, body)
                files += 1
            elif not wanted.sensitive:
                problems.append(f"{wanted.path}：{state}")
            listed.append((wanted.path, wanted.sha256, wanted.line, wanted.about, state))
        pack.writestr(LIST, _table(listed))
    return Packed(files=files, problems=tuple(problems))


def _wanted(card: Scorecard, records: Iterable[Record]) -> Iterator[_Wanted]:
    """Each file once, in the order in which the document names them."""
    seen: set[str] = set()
    for row in card.rows:
        for exhibit in row.charge.exhibits:
            if exhibit.path and exhibit.path not in seen:
                seen.add(exhibit.path)
                yield _Wanted(
                    path=exhibit.path,
                    sha256=exhibit.sha256,
                    line=row.charge.line,
                    about=row.charge.summary or row.title,
                    sensitive=row.charge.check in SENSITIVE,
                )
    for record in in_force(records):
        for proof in record.proofs if record.unit == card.unit else ():
            path = proof.picture or (proof.document if proof.sha256 else "")
            if path and path not in seen:
                seen.add(path)
                yield _Wanted(
                    path=path,
                    sha256=proof.sha256,
                    line=getattr(record, "line", ""),
                    about=record.title,
                    sensitive=False,
                )


def _read(data: Path, wanted: _Wanted) -> tuple[bytes | None, str]:
    """A file of evidence, and what to say of it."""
    if wanted.sensitive:
        return None, "涉及隐私或涉密，未随附，可在系统中查看"
    path, inside = (data / wanted.path).resolve(), data.resolve()
    if PurePosixPath(wanted.path).is_absolute() or not path.is_relative_to(inside):
        return None, "不在数据文件夹中，未随附"
    try:
        body = path.read_bytes()
    except OSError:
        return None, "文件缺失，未随附"
    if wanted.sha256 and hashlib.sha256(body).hexdigest() != wanted.sha256:
        return None, "与登记的校验值不符，未随附"
    return body, "已随附" if wanted.sha256 else "已随附（没有登记校验值）"


FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _table(rows: Iterable[Sequence[str]]) -> bytes:
    """The list as office software opens it: UTF-8 with its mark, no formulas."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(LIST_HEADINGS)
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode()
