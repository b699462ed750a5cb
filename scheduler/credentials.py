"""Credentials of accounts' sources: from the environment or the sealed secrets, never from the registry."""

import os
from pathlib import Path

from crawler.sourcing import Credential
from domain.target import Account
from storage.store import Store
from storage.vault import KEY_FILE

KEY_FILE_SETTING = "GOVWATCH_SECRET_KEY_FILE"
PLAIN = frozenset({"app_id"})
"""What is no secret and may stand in the registry as it is."""


def key_file(data: Path) -> Path:
    """Where the key to the sealed secrets lies: where the setting says, else in the data folder."""
    named = os.environ.get(KEY_FILE_SETTING, "").strip()
    return Path(named) if named else data / KEY_FILE


def credential_of(store: Store, data: Path) -> Credential:
    """Looks up an account's credential by kind: `KIND` where that is no secret, `KIND_env`, `KIND_name`.

    Raises StoreError when a sealed secret cannot be opened.
    """

    def look_up(account: Account, kind: str) -> str | None:
        options = dict(account.source.options)
        if kind in PLAIN and options.get(kind):
            return options[kind]
        variable, name = options.get(f"{kind}_env"), options.get(f"{kind}_name")
        if variable and os.environ.get(variable):
            return os.environ[variable].strip()
        return store.open_secret(key_file(data), name) if name else None

    return look_up
