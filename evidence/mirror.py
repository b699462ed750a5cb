"""A second place for evidence: an S3-compatible store that holds every file under its SHA-256.

objects/<sha256>   each file once, however many findings rest on it
heads/<seq>.json   the chain's signed head after each mirroring, with its chain under objects/

The disk stays the first place. The store answers two questions: is everything there and unaltered, and
what has been lost or altered on the disk, so that it can be put back.
"""

import contextlib
import importlib
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from evidence.chain import CHAIN, HEAD, Chain
from evidence.digest import sha256, sha256_of_file
from evidence.disk import is_plain_file, write_whole
from evidence.inspect_chain import read_chain
from evidence.inspect_files import check_bodies, check_manifests, check_tokens
from evidence.inspection import Inspection, Problem

WRITERS = 4
Tick = Callable[[int, int], None]


class MirrorError(Exception):
    """The store cannot be used as set; the message says why in Chinese."""


class Objects(Protocol):
    """What is asked of a store. Implementations raise MirrorError when it does not answer."""

    def has(self, name: str) -> bool:
        """Whether there is an object of that name."""

    def get(self, name: str) -> bytes | None:
        """An object's content, None when there is none."""

    def put(self, name: str, content: bytes) -> None:
        """Writes an object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirrored:
    """How many objects were copied and how many were there already; what could not be copied."""

    copied: int
    present: int
    problems: tuple[Problem, ...] = ()


def mirror(data: Path, objects: Objects, tick: Tick | None = None) -> Mirrored:
    """Copies what the store lacks. A file that is not what was sealed is not copied but named.

    Raises MirrorError when the store does not answer.
    """
    chain = Chain(data)
    with chain.locked():
        kept = sealed_files(data)
        closing = {CHAIN: chain.path, HEAD: chain.head_path}
        content = {name: path.read_bytes() for name, path in closing.items() if path.exists()}
        head = chain.head()
    present, copied, problems = 0, 0, []

    def copy(name: str) -> str:
        digest = kept[name]
        if objects.has(place_of(digest)):
            return "present"
        try:
            file = (data / name).read_bytes()
        except OSError as error:
            return f"读不出：{error.strerror or error}"
        if sha256(file) != digest:
            return "内容被改动，没有复制"
        objects.put(place_of(digest), file)
        return "copied"

    names = sorted(kept)
    with ThreadPoolExecutor(WRITERS) as pool:
        for number, (name, answer) in enumerate(zip(names, pool.map(copy, names), strict=True), 1):
            present += answer == "present"
            copied += answer == "copied"
            if answer not in ("present", "copied"):
                problems.append(Problem(file=name, words=answer))
            if tick is not None:
                tick(number, len(names))
    if head is not None:
        objects.put(place_of(sha256(content[CHAIN])), content[CHAIN])
        objects.put(f"heads/{head.seq:09d}.json", content[HEAD])
    return Mirrored(copied=copied, present=present, problems=tuple(problems))


def verify_mirror(data: Path, objects: Objects, tick: Tick | None = None) -> tuple[Problem, ...]:
    """Reads every object that the sealed files need and compares its digest."""

    def check(digest: str) -> str:
        content = objects.get(place_of(digest))
        if content is None:
            return "存储中没有这个对象"
        return "" if sha256(content) == digest else "存储中的内容被改动"

    digests = sorted(set(sealed_files(data).values()))
    problems = []
    with ThreadPoolExecutor(WRITERS) as pool:
        for number, (digest, words) in enumerate(zip(digests, pool.map(check, digests), strict=True), 1):
            if words:
                problems.append(Problem(file=place_of(digest), words=words))
            if tick is not None:
                tick(number, len(digests))
    return tuple(problems)


def put_back(data: Path, objects: Objects) -> tuple[str, ...]:
    """Puts back from the store what is missing or altered on the disk; gives the names of those files."""
    mended = []
    for name, digest in sorted(sealed_files(data).items()):
        path = data / name
        with contextlib.suppress(OSError):
            if is_plain_file(path) and sha256_of_file(path) == digest:
                continue
        content = objects.get(place_of(digest))
        if content is not None and sha256(content) == digest:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_symlink():
                path.unlink()
            write_whole(path, content)
            mended.append(name)
    return tuple(mended)


def sealed_files(data: Path) -> Mapping[str, str]:
    """Every file that the chain covers, with the digest it was sealed under."""
    found = Inspection(data=data)
    links, _ = read_chain(Chain(data), found)
    check_manifests(links, found)
    check_tokens(links, found)
    check_bodies(found)
    gone = {link.id for link in links if link.kind == "pruned"}
    manifests = {k.path: k.sha256 for k in links if k.kind in ("finding", "run") and str(k.seq) not in gone}
    bodies = {f"bodies/{digest[:2]}/{digest}": digest for digest in found.bodies}
    return {**{name: digest for name, (digest, _) in found.to_hash.items()}, **manifests, **bodies}


def place_of(digest: str) -> str:
    """An object's name in the store."""
    return f"objects/{digest}"


class S3Objects:
    """Objects in an S3-compatible bucket, through obstore (an optional dependency)."""

    def __init__(self, bucket: str, **settings: Any) -> None:
        """`settings` are obstore's: endpoint, region, access_key_id, secret_access_key, prefix …

        Raises MirrorError where obstore is not installed or the settings make no sense.
        """
        try:
            obstore: Any = importlib.import_module("obstore")
            stores: Any = importlib.import_module("obstore.store")
        except ImportError as error:
            raise MirrorError("没有安装 obstore，不能使用 S3 存储，请运行 pip install obstore") from error
        self._obstore = obstore
        plain = str(settings.get("endpoint", "")).startswith("http://")
        try:
            self._store = stores.S3Store(
                bucket, client_options={"allow_http": plain}, virtual_hosted_style_request=False, **settings
            )
        except (TypeError, ValueError, obstore.exceptions.BaseError) as error:
            raise MirrorError(f"S3 存储的设置不对：{error}") from error

    def has(self, name: str) -> bool:
        """Whether there is an object of that name."""
        try:
            self._obstore.head(self._store, name)
        except FileNotFoundError:
            return False
        except self._obstore.exceptions.BaseError as error:
            raise MirrorError(f"S3 存储没有应答：{error}") from error
        return True

    def get(self, name: str) -> bytes | None:
        """An object's content, None when there is none."""
        try:
            return bytes(self._obstore.get(self._store, name).bytes())
        except FileNotFoundError:
            return None
        except self._obstore.exceptions.BaseError as error:
            raise MirrorError(f"S3 存储没有应答：{error}") from error

    def put(self, name: str, content: bytes) -> None:
        """Writes an object."""
        try:
            self._obstore.put(self._store, name, content)
        except self._obstore.exceptions.BaseError as error:
            raise MirrorError(f"S3 存储没有收下 {name}：{error}") from error


def s3_from_environment(environment: Mapping[str, str] = os.environ) -> S3Objects | None:
    """The store that GOVWATCH_S3_BUCKET and its companions name; None when none is set.

    GOVWATCH_S3_ENDPOINT, GOVWATCH_S3_REGION, GOVWATCH_S3_PREFIX, and the credentials in
    GOVWATCH_S3_ACCESS_KEY and GOVWATCH_S3_SECRET_KEY. Raises MirrorError.
    """
    bucket = environment.get("GOVWATCH_S3_BUCKET", "")
    if not bucket:
        return None
    names = {
        "endpoint": "GOVWATCH_S3_ENDPOINT",
        "region": "GOVWATCH_S3_REGION",
        "prefix": "GOVWATCH_S3_PREFIX",
        "access_key_id": "GOVWATCH_S3_ACCESS_KEY",
        "secret_access_key": "GOVWATCH_S3_SECRET_KEY",
    }
    chosen = {name: environment[variable] for name, variable in names.items() if environment.get(variable)}
    return S3Objects(bucket, **{"region": "us-east-1", **chosen})
