"""Packs of evidence for strangers: everything that was sealed of a finding, and the means to check it."""

import contextlib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from domain.finding import Finding
from evidence.browser import BrowserFound, find_browser
from evidence.bundle import MANIFEST, RECORD
from evidence.capture import BrowserPool
from evidence.certificate import Sealed, write_certificate
from evidence.chain import Chain, Link
from evidence.digest import document, parsed, sha256
from evidence.keys import FOLDER, SigningKey, fingerprint, obtain_key
from evidence.record import local
from evidence.replay import archive_of, archive_of_searched
from evidence.session import BrowserLost
from evidence.tokens import ROOTS, time_of
from evidence.verify_script import README, SCRIPT

EPOCH = (1980, 1, 1, 0, 0, 0)
SEALED = "sealed-"

MOST = 12
"""Captures in one pack; a lapse of many nights is shown by the first and the latest."""

Printer = Callable[[str], bytes]
"""Turns a document of ours into a PDF."""


class PackError(ValueError):
    """A finding whose evidence cannot be handed out; the message says why in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Capture:
    """One sealed capture with its line and its files' content."""

    link: Link
    folder: str
    manifest: bytes
    files: dict[str, bytes]

    @property
    def leak(self) -> bool:
        """Whether something of it was sealed away from view."""
        return f'"name": "{SEALED}'.encode() in self.manifest

    @property
    def facts(self) -> dict[str, Any]:
        value = parsed(self.files[RECORD], document)
        return value if isinstance(value, dict) else {}


def export_finding(
    data: Path,
    finding: Finding,
    out: Path,
    *,
    printer: Printer | None = None,
    at: datetime | None = None,
    raw: bool = False,
) -> None:
    """Writes one finding's pack as a ZIP.

    `printer` makes the certificate's PDF; without one a browser is looked for, and where there is none
    the certificate stays HTML. `at` is the moment of the export. `raw` includes the sealed raw files of
    a leak (whoever asks for them notes the access). Raises PackError when nothing was sealed or what was
    sealed is altered, OSError when `out` cannot be written.
    """
    with contextlib.ExitStack() as stack:
        if printer is None:
            printer = stack.enter_context(browser_printer(at or finding.last_seen))
        files = pack_of(data, finding, printer=printer, at=at, raw=raw)
    write_zip(out, files)


def export_findings(
    data: Path,
    findings: Sequence[Finding],
    out: Path,
    *,
    printer: Printer | None = None,
    at: datetime | None = None,
) -> tuple[str, ...]:
    """Writes the packs of many findings (a unit's, a year's) into one ZIP, a folder each, with a list.

    Gives the findings that have no sealed evidence, which the list names too. Raises as `export_finding`.
    """
    without: list[str] = []
    rows = ["编号,单位,检查事项,网址,问题,佐证"]
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(out.name + ".partial")
    with contextlib.ExitStack() as stack:
        if printer is None and findings:
            printer = stack.enter_context(browser_printer(at or findings[0].last_seen))
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            for finding in findings:
                try:
                    files = pack_of(data, finding, printer=printer, at=at)
                except NothingSealedError:
                    files = {}
                    without.append(finding.id)
                cells = (finding.id, finding.unit, finding.check, finding.url, finding.summary)
                rows.append(",".join(_cell(text) for text in (*cells, finding.id + "/" if files else "无")))
                for name, content in files.items():
                    archive.writestr(_entry(f"{finding.id}/{name}"), content)
            archive.writestr(_entry("list.csv"), "\ufeff" + "\r\n".join(rows) + "\r\n")
    partial.replace(out)
    return tuple(without)


class NothingSealedError(PackError):
    """The finding has no sealed evidence."""


def pack_of(
    data: Path, finding: Finding, *, printer: Printer | None, at: datetime | None, raw: bool = False
) -> dict[str, bytes]:
    """The files of a pack by name. Raises PackError."""
    chain = Chain(data)
    with chain.locked():
        links = [link for link in chain.links() if link is not None]
        key = obtain_key(data, may_create=False) if links else None
    captures = _captures(data, links, finding, raw)
    if not captures or key is None:
        raise NothingSealedError(f"{finding.id} 没有已封存的佐证，无法导出")
    files: dict[str, bytes] = {}
    for capture in captures:
        place = f"seals/{capture.folder}"
        files[f"{place}/{MANIFEST}"] = capture.manifest
        files |= {f"{place}/{name}": content for name, content in capture.files.items()}
        if archive := archive_of(capture.facts, capture.files.get("page.warc.gz")):
            files[f"replay/{capture.folder}.wacz"] = archive
    searched = None if captures[-1].leak and not raw else archive_of_searched(data, captures[-1].facts)
    if searched:
        files["replay/searched.wacz"] = searched
    segment = _segment(links, captures)
    stamped = _tokens(data, links, segment, files)
    _prove(finding, segment, links[-1], key, at, files)
    page = write_certificate(
        finding, [_sealed(c) for c in captures], stamped=stamped, key=fingerprint(key.public_pem)
    )
    files |= _certificate(page, printer)
    files["README.txt"] = README.encode()
    files["verify.sh"] = SCRIPT.encode()
    listing = "".join(f"{sha256(content)}  {name}\n" for name, content in sorted(files.items())).encode()
    return files | {"SHA256SUMS": listing, "SHA256SUMS.sig": key.sign(listing)}


@contextlib.contextmanager
def browser_printer(at: datetime) -> Iterator[Printer | None]:
    """A printer through this machine's browser; None where there is none."""
    found = find_browser()
    if not isinstance(found, BrowserFound):
        yield None
        return
    with BrowserPool(found, lambda: at) as pool:
        yield pool.pdf


def _captures(data: Path, links: Sequence[Link], finding: Finding, raw: bool) -> list[_Capture]:
    """What was sealed of a finding: all of it, or of many captures the first and the latest."""
    pruned = {link.id for link in links if link.kind == "pruned"}
    own = [k for k in links if k.kind == "finding" and k.id == finding.id and str(k.seq) not in pruned]
    if len(own) > MOST:
        own = [own[0], *own[-(MOST - 1) :]]
    return [_capture(data, link, raw) for link in own]


def _capture(data: Path, link: Link, raw: bool) -> _Capture:
    """The sealed files, compared with the chain before they are handed out."""
    path = data / link.path
    content = _read(path)
    manifest = parsed(content, document)
    if sha256(content) != link.sha256 or not isinstance(manifest, dict):
        raise PackError(f"佐证清单已被改动，不能导出：{link.path}")
    files = {}
    for row in manifest["files"]:
        if row["name"].startswith(SEALED) and not raw:
            continue
        kept = _read(path.parent / row["name"])
        if sha256(kept) != row["sha256"]:
            raise PackError(f"佐证文件已被改动，不能导出：{(path.parent / row['name']).relative_to(data)}")
        files[row["name"]] = kept
    return _Capture(link=link, folder=path.parent.name, manifest=content, files=files)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PackError(f"佐证文件读不出，不能导出：{path}") from error


def _segment(links: Sequence[Link], captures: Sequence[_Capture]) -> list[Link]:
    """The chain from the first capture to the first time-stamped line after the last, else to the end."""
    first, last = captures[0].link.seq, captures[-1].link.seq
    stamped = [int(link.id) for link in links if link.kind == "timestamp" and int(link.id) >= last]
    end = min(stamped) if stamped else links[-1].seq
    return [link for link in links if first <= link.seq <= end]


def _tokens(
    data: Path, links: Sequence[Link], segment: Sequence[Link], files: dict[str, bytes]
) -> list[datetime]:
    """Puts the time stamps over lines of the segment into the pack; gives the times they attest."""
    lines = {str(link.seq): link for link in segment}
    times = []
    for link in links:
        if link.kind == "timestamp" and link.id in lines:
            token = _read(data / link.path)
            files[f"chain/tokens/{link.id}.tsr"] = token
            files[f"chain/tokens/{link.id}.json"] = lines[link.id].encoded()
            if (moment := time_of(token)) is not None:
                times.append(moment)
    roots = data / FOLDER / ROOTS
    if times and roots.exists():
        files["chain/tokens/tsa-roots.pem"] = roots.read_bytes()
    return times


def _prove(
    finding: Finding,
    segment: Sequence[Link],
    last: Link,
    key: SigningKey,
    at: datetime | None,
    files: dict[str, bytes],
) -> None:
    """The chain's segment, and a signed statement of where it ends and what the head was."""
    proof = (
        "govwatch evidence proof\n"
        f"finding {finding.id}\n"
        f"exported {local(at) if at else '-'}\n"
        f"segment-end {segment[-1].seq} {segment[-1].digest}\n"
        f"head {last.seq} {last.digest}\n"
        f"key {fingerprint(key.public_pem)}\n"
    ).encode()
    files["chain/chain.jsonl"] = b"".join(link.encoded() + b"\n" for link in segment)
    files["chain/proof.txt"] = proof
    files["chain/proof.txt.sig"] = key.sign(proof)
    files["chain/public.pem"] = key.public_pem


def _sealed(capture: _Capture) -> Sealed:
    return Sealed(
        folder=f"seals/{capture.folder}/",
        facts=capture.facts,
        manifest=capture.link.sha256,
        seq=capture.link.seq,
        line=capture.link.digest,
        preview=capture.files.get("preview.jpg"),
    )


def _certificate(page: str, printer: Printer | None) -> dict[str, bytes]:
    if printer is not None:
        with contextlib.suppress(BrowserLost, TimeoutError):
            return {"certificate.pdf": printer(page)}
    return {"certificate.html": page.encode()}


def write_zip(out: Path, files: dict[str, bytes]) -> None:
    """Writes a ZIP under another name first. Raises OSError."""
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(out.name + ".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(_entry(name), content)
    partial.replace(out)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (0o755 if name.endswith(".sh") else 0o644) << 16
    return entry


def _cell(text: str) -> str:
    """A cell of CSV that no spreadsheet takes for a formula."""
    if text.startswith(("=", "+", "-", "@", "\t", "\r")):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"'
