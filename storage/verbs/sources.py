"""Verbs of accounts' sources and of their secrets."""

from datetime import datetime
from pathlib import Path

from storage import sources, vault
from storage.session import Session
from storage.sources import SourceHealth, SourceSight
from storage.vault import SecretEntry, Vault


class SourceVerbs(Session):
    """What the store does with sources and secrets."""

    def note_source(self, sight: SourceSight) -> SourceHealth:
        """Takes a look at a source into its record; gives how it stands now."""
        with self.writing() as connection:
            return sources.note(connection, sight)

    def source_health(self, account: str) -> SourceHealth | None:
        """How an account's source stands; None before the first look."""
        with self.reading() as connection:
            return sources.of_account(connection, account)

    def sources(self) -> list[SourceHealth]:
        """All sources that were ever looked at."""
        with self.reading() as connection:
            return sources.all_of_them(connection)

    def forget_source(self, account: str) -> None:
        """Drops what is known of an account's source."""
        with self.writing() as connection:
            sources.forget(connection, account)

    def seal_secret(
        self, key_file: Path, name: str, value: str, *, at: datetime, by: str, note: str = ""
    ) -> None:
        """Seals a secret under a name. Raises StoreError."""
        with self.writing() as connection:
            Vault(key_file).put(connection, name, value, at=at, by=by, note=note)

    def open_secret(self, key_file: Path, name: str) -> str | None:
        """The secret of this name, None when there is none. Raises StoreError when it cannot be opened."""
        with self.reading() as connection:
            return Vault(key_file).open(connection, name)

    def remove_secret(self, name: str) -> bool:
        """Drops a secret; False when there was none of that name."""
        with self.writing() as connection:
            return vault.remove(connection, name)

    def secrets(self) -> list[SecretEntry]:
        """The secrets by name, without their values."""
        with self.reading() as connection:
            return vault.listed(connection)
