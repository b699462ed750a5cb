"""Verbs of what earlier nights saw."""

from collections.abc import Iterable
from datetime import date

from storage import history
from storage.history import Validator
from storage.session import Session


class HistoryVerbs(Session):
    """What the store does with the history of items and pages."""

    def first_seen(self, site: str) -> dict[str, date]:
        """The day on which we first saw each item of a site, by its address."""
        with self.reading() as connection:
            return history.first_seen(connection, site)

    def note_items(self, site: str, urls: Iterable[str], day: date) -> None:
        """Notes items that were seen; the first day stands."""
        with self.writing() as connection:
            history.note_items(connection, site, urls, day)

    def validators(self, site: str) -> dict[str, Validator]:
        """What servers said of the versions of a site's pages, by address."""
        with self.reading() as connection:
            return history.validators_of(connection, site)

    def keep_validators(self, site: str, found: Iterable[Validator]) -> None:
        """Keeps what servers said; the latest word replaces the former."""
        with self.writing() as connection:
            history.keep_validators(connection, site, found)
