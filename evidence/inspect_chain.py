"""Verification of the chain itself: every line, every link, the signed head, the keys."""

from pathlib import Path

from evidence.chain import CHAIN, FOLDER, HEAD, START, Chain, Head, Link, read_head, read_link
from evidence.digest import sha256
from evidence.inspection import Inspection
from evidence.keys import FOLDER as KEYS
from evidence.keys import (
    PRIVATE,
    PUBLIC,
    KeyTroubleError,
    fingerprint,
    load_private,
    load_public,
    private_is_whole,
    signed_by,
)

CHAIN_NAME, HEAD_NAME = f"{FOLDER}/{CHAIN}", f"{FOLDER}/{HEAD}"


def read_chain(chain: Chain, found: Inspection) -> tuple[list[Link], Head | None]:
    """The links that the signed head covers, and the head; blames what does not hold together."""
    head = _read_head(chain, found)
    lines = _lines(chain)
    cut = head.seq if head else 0
    whole, beyond = lines[:cut], lines[cut:]
    links = _follow(whole, found)
    if head is not None:
        last = sha256(whole[-1].removesuffix(b"\n")) if whole else START
        size = sum(len(content) for content in whole)
        if len(whole) < head.seq:
            found.blame(CHAIN_NAME, f"应有 {head.seq} 行，只剩 {len(whole)} 行，末尾被截去或有行被删去")
        elif last != head.line or size != head.length:
            found.blame(CHAIN_NAME, "最后一行与签名所记的不符")
    _check_beyond(chain, beyond, head, found)
    return links, head


def _lines(chain: Chain) -> list[bytes]:
    try:
        return chain.path.read_bytes().splitlines(keepends=True)
    except FileNotFoundError:
        return []


def _read_head(chain: Chain, found: Inspection) -> Head | None:
    try:
        content = chain.head_path.read_bytes()
    except FileNotFoundError:
        if chain.path.exists() and chain.pending() is None:
            found.blame(HEAD_NAME, "证据链的签名文件不见了")
        return None
    read = read_head(content)
    if read is None:
        found.blame(HEAD_NAME, "证据链的签名文件被改动或已损坏")
        return None
    head, signature = read
    try:
        pem = (chain.folder.parent / KEYS / PUBLIC).read_bytes()
        key = load_public(pem)
    except FileNotFoundError:
        found.blame(f"{KEYS}/{PUBLIC}", "签名公钥不见了，无法核对签名")
        return head
    except KeyTroubleError as error:
        found.blame(f"{KEYS}/{PUBLIC}", str(error))
        return head
    if head.key != fingerprint(pem):
        found.blame(HEAD_NAME, "签名所用的密钥与现有公钥不是同一把")
    elif not signed_by(key, head.text().encode(), signature):
        found.blame(HEAD_NAME, "签名不成立，证据链的末端被改动")
    return head


def _follow(lines: list[bytes], found: Inspection) -> list[Link]:
    """The readable links, with a blame for every line that is altered, out of place or unlinked."""
    links = []
    before = START
    for number, content in enumerate(lines, 1):
        text = content.removesuffix(b"\n")
        link = read_link(text) if content.endswith(b"\n") else None
        if link is None:
            found.blame(CHAIN_NAME, f"第 {number} 行被改动，不是本系统写出的内容")
        else:
            if link.seq != number:
                found.blame(CHAIN_NAME, f"第 {number} 行的序号是 {link.seq}，有行被删去、添加或调换")
            elif link.prev != before:
                found.blame(CHAIN_NAME, f"第 {number} 行与上一行接不上，其中一行被改动")
            links.append(link)
        before = sha256(text)
    return links


def _check_beyond(chain: Chain, beyond: list[bytes], head: Head | None, found: Inspection) -> None:
    """Lines after the signed end: what an interrupted seal left, or what somebody added."""
    if not beyond:
        return
    pending = chain.pending()
    if pending is not None and isinstance(pending.get("link"), dict):
        try:
            meant = Link(**pending["link"]).encoded() + b"\n"
        except TypeError:
            meant = b""
        follows = pending["link"].get("prev") == (head.line if head else START)
        if follows and meant.startswith(b"".join(beyond)):
            found.notes.append("有一处取证在封存时中断，不算佐证，下次巡检时自动清理")
            return
    words = f"末尾有 {len(beyond)} 行没有签名" if head else "没有签名，无法证明未被改动"
    found.blame(CHAIN_NAME, words)


def check_keys(data: Path, head: Head | None, found: Inspection) -> None:
    """The key pair is there and whole wherever something was sealed."""
    private, public = data / KEYS / PRIVATE, data / KEYS / PUBLIC
    if head is None:
        if (private.exists() or public.exists()) and not found.problems:
            found.blame(HEAD_NAME, "有签名密钥而没有证据链，证据链可能被整个删去")
        return
    if not private.exists():
        found.blame(f"{KEYS}/{PRIVATE}", "签名私钥不见了，请从备份恢复")
    elif not private_is_whole(private):
        found.blame(f"{KEYS}/{PRIVATE}", "签名私钥被改动或已损坏，请从备份恢复")
    elif public.exists() and load_private(private).public_pem != public.read_bytes():
        found.blame(f"{KEYS}/{PRIVATE}", "签名私钥与公钥不是一对")
