"""Passwords by Argon2, keys by SHA-256, and what a password must be."""

import hashlib
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MOST_LETTERS = 256
LEAST_LETTERS = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that cannot be taken for each other when read off a screen."""

_hasher = PasswordHasher()


def hash_of(password: str) -> str:
    """The Argon2id hash of a password, with its salt and cost."""
    return _hasher.hash(password)


def fits(password: str, kept: str) -> bool:
    """Whether it is the password of this hash."""
    try:
        return _hasher.verify(kept, password[:MOST_LETTERS])
    except (VerificationError, InvalidHashError):
        return False


def fits_nobody(password: str) -> bool:
    """False, after as long a time as a real comparison takes: names must not be guessed by the clock."""
    fits(password, _nobody())
    return False


@cache
def _nobody() -> str:
    return hash_of(secrets.token_urlsafe(16))


def fault_of(password: str, login: str) -> str:
    """Why a new password will not do, in Chinese; empty when it will."""
    if len(password) < LEAST_LETTERS:
        return f"新密码至少要有 {LEAST_LETTERS} 个字符"
    if len(password) > MOST_LETTERS:
        return f"新密码不能超过 {MOST_LETTERS} 个字符"
    if login.lower() in password.lower():
        return "新密码不能包含登录名"
    if len(set(password)) < 5:
        return "新密码过于简单，请多用几种字符"
    return ""


def one_time() -> str:
    """A password to be used once, in groups that can be read out on the telephone (75 bits)."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(16))
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


def key() -> str:
    """A key for a session or a token: 256 bits."""
    return secrets.token_urlsafe(32)


def name() -> str:
    """A short random name for something kept: 80 bits."""
    return secrets.token_hex(10)


def digest_of(key_text: str) -> str:
    """What is kept of a key. It is random, so that a plain hash will do."""
    return hashlib.sha256(key_text.encode("utf-8", "replace")).hexdigest()
