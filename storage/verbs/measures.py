"""Verbs of figures for those who watch the program."""

from storage import measures, runs
from storage.measures import Measures
from storage.session import Session


class MeasureVerbs(Session):
    """What the store tells of itself."""

    def measure(self) -> Measures:
        """Figures of runs, findings, the queue and the database."""
        with self.reading() as connection:
            return measures.measure(connection)

    def pictures_of(self, run: str) -> int:
        """How many pictures are kept of a run's findings. Raises StoreError when there is no such run."""
        with self.reading() as connection:
            return measures.pictures_of(connection, runs.find(connection, run))
