"""The office's signing key (Ed25519) in the data folder, and signatures with it."""

import contextlib
import os
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from evidence.digest import sha256
from evidence.disk import write_whole

FOLDER = "keys"
PRIVATE, PUBLIC = "evidence.key.pem", "evidence.pub.pem"


class KeyTroubleError(Exception):
    """A signing key is missing, damaged or not the one that belongs here; the message says so in Chinese."""


class SigningKey:
    """The private key with its public one."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes."""
        return self._private.sign(message)

    @cached_property
    def public_pem(self) -> bytes:
        """The public key in PEM."""
        return public_pem(self._private.public_key())


def public_pem(key: Ed25519PublicKey) -> bytes:
    """A public key in the one PEM form that we write."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(pem: bytes) -> str:
    """What people compare: SHA-256 of the public key's file."""
    return sha256(pem)


def obtain_key(data: Path, *, may_create: bool) -> SigningKey:
    """The key of a data folder; made anew only where nothing was sealed yet (`may_create`).

    Raises KeyTroubleError when it is missing or damaged though something was sealed with it.
    """
    private, public = data / FOLDER / PRIVATE, data / FOLDER / PUBLIC
    if not private.exists():
        if not may_create or public.exists():
            raise KeyTroubleError(f"签名私钥不见了：{private}，请从备份恢复 keys 文件夹")
        _create(data / FOLDER)
    key = load_private(private)
    if not public.exists():
        write_whole(public, key.public_pem)
    if public.read_bytes() != key.public_pem:
        raise KeyTroubleError(f"签名公钥与私钥不是一对：{public}，请从备份恢复 keys 文件夹")
    return key


def load_private(path: Path) -> SigningKey:
    """The private key in a file. Raises KeyTroubleError."""
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyTroubleError(f"签名私钥读不出：{path}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyTroubleError(f"签名私钥不是 Ed25519：{path}")
    return SigningKey(key)


def private_is_whole(path: Path) -> bool:
    """Whether a private key's file is exactly as we wrote it."""
    try:
        content = path.read_bytes()
        key = load_pem_private_key(content, None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return isinstance(key, Ed25519PrivateKey) and content == _private_pem(key)


def load_public(pem: bytes) -> Ed25519PublicKey:
    """A public key from PEM in exactly our form. Raises KeyTroubleError."""
    try:
        key = load_pem_public_key(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyTroubleError("签名公钥读不出") from error
    if not isinstance(key, Ed25519PublicKey) or public_pem(key) != pem:
        raise KeyTroubleError("签名公钥不是本系统写出的 Ed25519 公钥")
    return key


def signed_by(key: Ed25519PublicKey, message: bytes, signature: bytes) -> bool:
    """Whether the signature is this key's over this message."""
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _private_pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _create(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):
        os.chmod(folder, 0o700)
    key = Ed25519PrivateKey.generate()
    write_whole(folder / PRIVATE, _private_pem(key), mode=0o600)
    write_whole(folder / PUBLIC, public_pem(key.public_key()))
