"""Verification of what the chain covers: manifests, files, bodies, tokens, and the database's rows."""

import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import Any

from domain.finding import EvidenceFile
from evidence.bundle import BODIES, BODY_FOLDER, FORMAT, MANIFEST
from evidence.chain import Link
from evidence.digest import document, parsed, sha256, sha256_of_file
from evidence.disk import files_under, is_plain_file
from evidence.inspection import Inspection
from evidence.tokens import roots_of, trouble_of

DIGEST = re.compile(r"[0-9a-f]{64}")
READERS = 3
"""Files read at once; hashing leaves the interpreter free."""


def check_manifests(links: list[Link], found: Inspection) -> None:
    """Every sealed manifest is there unaltered, but for those that a later line removed by rule."""
    pruned = {link.id for link in links if link.kind == "pruned"}
    found.pruned = tuple(f"{link.path}/" for link in links if link.kind == "pruned")
    last = {link.id: link.seq for link in links if link.kind == "run"}
    for link in links:
        if link.kind in ("finding", "run") and str(link.seq) not in pruned:
            found.manifests += 1
            _check_manifest(link, found, superseded=link.kind == "run" and last[link.id] != link.seq)


def _check_manifest(link: Link, found: Inspection, *, superseded: bool) -> None:
    found.expected.add(link.path)
    if not _inside(link.path):
        found.blame(link.path, "清单的位置不在佐证文件夹之内")
        return
    content = _content(found, link.path)
    if content is None:
        return
    found.files += 1
    if sha256(content) != link.sha256:
        found.blame(link.path, "清单被改动，与证据链所记的不符")
        return
    manifest = parsed(content, document)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        found.blame(link.path, "清单的格式不能识别")
        return
    if manifest.get("id") != link.id or manifest.get("kind") != link.kind:
        found.blame(link.path, "清单与证据链所记的编号不符")
    try:
        _cover(manifest, link, found)
        if not superseded:
            _cover_run(manifest, link, found)
    except (KeyError, TypeError):
        found.blame(link.path, "清单的格式不能识别")


def _cover(manifest: dict[str, Any], link: Link, found: Inspection) -> None:
    folder = link.path.removesuffix(f"/{MANIFEST}")
    for row in manifest["files"]:
        name = f"{folder}/{row['name']}"
        found.expected.add(name)
        found.cover(name, row["sha256"], row["size"])


def _cover_run(manifest: dict[str, Any], link: Link, found: Inspection) -> None:
    """What a run's last seal covers outside its own folder: the run's files and the bodies it names."""
    if link.kind == "run":
        _name_bodies(link.path.removesuffix(MANIFEST) + BODIES, found)
    for row in manifest["sealed"]:
        if _inside(row["name"]):
            found.cover(row["name"], row["sha256"], row["size"])


def _content(found: Inspection, name: str) -> bytes | None:
    path = found.data / name
    if not path.exists() and not path.is_symlink():
        found.blame(name, "文件不见了")
        return None
    if not is_plain_file(path):
        found.blame(name, "不是普通文件，被替换了")
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        found.blame(name, f"文件读不出：{error.strerror or error}")
        return None


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts)


def _name_bodies(name: str, found: Inspection) -> None:
    """Notes the bodies that a run rests on; the list itself is checked with the other files."""
    try:
        text = (found.data / name).read_text("ascii")
    except (OSError, ValueError):
        return
    for digest in text.split():
        found.bodies.setdefault(digest, name)


def check_bodies(found: Inspection) -> None:
    """Every kept body is what its name says, and none that a run rests on is missing."""
    present: set[str] = set()
    for path in files_under(found.data / BODY_FOLDER):
        name = path.relative_to(found.data).as_posix()
        if path.name.startswith("."):
            continue
        if not DIGEST.fullmatch(path.name):
            if not path.is_dir():
                found.blame(name, "不是按内容摘要命名的文件，是多出来的")
            continue
        if path.parent.name in (path.name[:2], BODY_FOLDER):
            present.add(path.name)
        found.cover(name, path.name, None)
    for digest in sorted(set(found.bodies) - present):
        found.blame(f"{BODY_FOLDER}/{digest[:2]}/{digest}", f"网页内容不见了（见 {found.bodies[digest]}）")


def check_tokens(links: list[Link], found: Inspection) -> None:
    """Every time stamp is there, whole, and over the line that it claims."""
    lines = {str(link.seq): link for link in links}
    roots = roots_of(found.data)
    for link in links:
        if link.kind != "timestamp":
            continue
        found.expected.add(link.path)
        found.cover(link.path, link.sha256, None)
        stamped = lines.get(link.id)
        if stamped is None:
            found.blame(link.path, f"时间戳所指的证据链第 {link.id} 行不存在")
        elif is_plain_file(found.data / link.path):
            words = trouble_of((found.data / link.path).read_bytes(), stamped.encoded(), roots)
            if words:
                found.blame(link.path, words)


def hash_all(found: Inspection, tick: Callable[[int, int], None] | None) -> None:
    """Reads every covered file and compares size and digest."""
    names = sorted(found.to_hash)
    with ThreadPoolExecutor(READERS) as pool:
        for number, (name, words) in enumerate(
            zip(
                names,
                pool.map(lambda name: _compare(found.data / name, *found.to_hash[name]), names),
                strict=True,
            ),
            1,
        ):
            found.files += 1
            if words:
                found.blame(name, words)
            if tick is not None and (number % 50 == 0 or number == len(names)):
                tick(number, len(names))


def _compare(path: Path, digest: str, size: int | None) -> str:
    """What is wrong with a file, empty when nothing is."""
    try:
        if not path.exists() and not path.is_symlink():
            return "文件不见了"
        if not is_plain_file(path):
            return "不是普通文件，被替换了"
        actual = path.stat().st_size
        if size is not None and actual != size:
            return f"大小不符：应为 {size} 字节，实为 {actual} 字节"
        if sha256_of_file(path) != digest:
            return "内容被改动：SHA-256 与清单所记的不符" if size is not None else "内容被改动：SHA-256 不符"
    except OSError as error:
        return f"文件读不出：{error.strerror or error}"
    return ""


def check_rows(rows: Iterable[EvidenceFile], found: Inspection) -> None:
    """Every file that the database names is sealed, under the digest that the database names."""
    for row in rows:
        if found.pruned and row.path.startswith(found.pruned):
            continue
        sealed: tuple[str, Any] | None = found.to_hash.get(row.path)
        if row.path in found.expected and row.path.endswith(f"/{MANIFEST}"):
            content = found.data / row.path
            sealed = (sha256_of_file(content), None) if content.exists() else None
        if sealed is None:
            found.blame(row.path, "数据库记有这个文件，但它不在任何已封存的清单之中")
        elif sealed[0] != row.sha256:
            found.blame(row.path, "数据库所记的 SHA-256 与清单不符")


def check_exports(exports: Mapping[str, bytes], found: Inspection) -> None:
    """What the database says now is what was sealed when it was written."""
    for name, content in exports.items():
        sealed = found.to_hash.get(name)
        if sealed is None:
            found.blame(name, "数据库中的记录没有封存的底本可以对照")
        elif sealed[0] != sha256(content):
            found.blame(name, "数据库中的记录与封存时的不一致，有记录被改动、删去或添加")
