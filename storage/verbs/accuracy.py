"""Verbs of how right the checks are."""

from storage import accuracy
from storage.accuracy import Reviewed
from storage.session import Session


class AccuracyVerbs(Session):
    """What the store knows of the checks' accuracy."""

    def reviewed(self) -> dict[str, Reviewed]:
        """What people decided of the findings, by check; a check without decisions is not named."""
        with self.reading() as connection:
            return accuracy.reviewed(connection)
