"""The only place that asks what time it is, and the only source of chance."""

import secrets
from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def token(size: int = 8) -> str:
    """A random name of `size` bytes in hexadecimal."""
    return secrets.token_hex(size)
