"""Secrets of accounts' sources, sealed in the database with a key that lies in a file outside it.

A value bears its name inside the seal, so that no row can be passed off as another.
"""

import json
import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Connection, delete, insert, select, update

from storage.faults import StoreError
from storage.source_tables import secrets

KEY_FILE = Path("keys") / "secrets.key"
"""Where the key lies in the data folder, when no other place is set."""

LONGEST = 4096
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretEntry:
    """A secret as it is listed: everything but its value."""

    name: str
    set_at: datetime
    set_by: str
    note: str


class Vault:
    """Seals and opens secrets with the key in a file, which is made (0600) when the first is sealed."""

    def __init__(self, key_file: Path) -> None:
        self._path = key_file

    def put(
        self, connection: Connection, name: str, value: str, *, at: datetime, by: str, note: str = ""
    ) -> None:
        """Seals a secret under a name, in place of a former one. Raises StoreError."""
        if not _NAME.fullmatch(name):
            raise StoreError(f"密钥名称“{name}”不合要求：用字母、数字、点、横线或下划线，至多64个字符")
        if not value.strip() or len(value) > LONGEST:
            raise StoreError("密钥内容为空或过长")
        text = json.dumps({"name": name, "value": value.strip()})
        has_any = connection.execute(select(secrets.c.name).limit(1)).first() is not None
        values = {
            "sealed": self._fernet(may_create=not has_any).encrypt(text.encode()),
            "set_at": at,
            "set_by": by[:120],
            "note": note,
        }
        known = connection.execute(select(secrets.c.name).where(secrets.c.name == name)).first()
        if known is None:
            connection.execute(insert(secrets).values(name=name, **values))
        else:
            connection.execute(update(secrets).where(secrets.c.name == name).values(**values))

    def open(self, connection: Connection, name: str) -> str | None:
        """The secret of this name; None when there is none. Raises StoreError when it cannot be opened."""
        row = connection.execute(select(secrets.c.sealed).where(secrets.c.name == name)).first()
        if row is None:
            return None
        try:
            kept = json.loads(self._fernet(may_create=False).decrypt(row.sealed))
        except (InvalidToken, ValueError) as error:
            raise StoreError(
                f"密钥“{name}”打不开：密钥文件 {self._path} 与存入时的不是同一个，请从备份恢复"
            ) from error
        if kept.get("name") != name:
            raise StoreError(f"密钥“{name}”的内容与名称不符，可能被改动过，请重新存入")
        return str(kept["value"])

    def _fernet(self, *, may_create: bool) -> Fernet:
        if not self._path.exists():
            if not may_create:
                raise StoreError(f"密钥文件不见了：{self._path}，请从备份恢复，或删除后重新存入各项密钥")
            self._create()
        if os.name == "posix" and self._path.stat().st_mode & 0o077:
            raise StoreError(f"密钥文件 {self._path} 别人也能读，请先执行 chmod 600 {self._path}")
        try:
            return Fernet(self._path.read_bytes().strip())
        except ValueError as error:
            raise StoreError(f"密钥文件 {self._path} 已损坏，请从备份恢复") from error

    def _create(self) -> None:
        """Writes a new key so that nobody else can read it, not even for a moment."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return
        with os.fdopen(handle, "wb") as file:
            file.write(Fernet.generate_key() + b"\n")
            file.flush()
            os.fsync(file.fileno())


def remove(connection: Connection, name: str) -> bool:
    """Drops a secret; False when there was none of that name."""
    return connection.execute(delete(secrets).where(secrets.c.name == name)).rowcount > 0


def listed(connection: Connection) -> list[SecretEntry]:
    """The secrets by name, without their values."""
    chosen = select(secrets.c.name, secrets.c.set_at, secrets.c.set_by, secrets.c.note)
    return [
        SecretEntry(name=row.name, set_at=row.set_at, set_by=row.set_by, note=row.note)
        for row in connection.execute(chosen.order_by(secrets.c.name))
    ]
