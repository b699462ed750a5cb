"""Verbs of what is told to whom: notices, messages, how each was answered."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from storage import postbox
from storage.faults import StoreError
from storage.postbox import Delivery, Message, Notice
from storage.session import Session


class PostVerbs(Session):
    """What the store does with notices and messages."""

    def note_notices(self, found: Iterable[Notice]) -> int:
        """Keeps what is worth telling; what was noted before is not noted again. Gives how many are new."""
        with self.writing() as connection:
            return postbox.note(connection, found)

    def untold(self, *, urgent: bool | None = None) -> list[Notice]:
        """What was noted and not told yet."""
        with self.reading() as connection:
            return postbox.untold(connection, urgent=urgent)

    def known_notices(self, fingerprints: Sequence[str]) -> frozenset[str]:
        """Which of these were noted before."""
        with self.reading() as connection:
            return postbox.known(connection, fingerprints)

    def notices(self, case: str | None = None) -> list[Notice]:
        """All notices (of one case), oldest first."""
        with self.reading() as connection:
            if case is None:
                return postbox.all_notices(connection)
            return postbox.of_case(connection, case)

    def post(self, found: Sequence[Message], told: Sequence[str], at: datetime) -> list[Message]:
        """Puts messages into the box and marks notices as told, all or nothing. Gives the new messages."""
        with self.writing() as connection:
            return postbox.post(connection, found, told, at)

    def sendable(self, now: datetime) -> list[Message]:
        """The messages that wait and whose time has come."""
        with self.reading() as connection:
            return postbox.sendable(connection, now)

    def note_delivery(self, delivery: Delivery, state: str, next_at: datetime | None) -> None:
        """Keeps how a try was answered and what becomes of the message."""
        with self.writing() as connection:
            postbox.answered(connection, delivery, state, next_at)

    def retry_message(self, number: int, at: datetime) -> None:
        """Sets a dead message going again. Raises StoreError when it is not dead."""
        with self.writing() as connection:
            if not postbox.retry(connection, number, at):
                raise StoreError("这条消息不是未送达状态，不能重发")

    def told_on(self, day: date) -> frozenset[tuple[str, str, str]]:
        """Who got an ordinary message on a day: unit, recipient, channel."""
        with self.reading() as connection:
            return postbox.told_today(connection, day)

    def messages(
        self, *, state: str | None = None, unit: str | None = None, limit: int = 200
    ) -> list[Message]:
        """The latest messages, newest first."""
        with self.reading() as connection:
            return postbox.box(connection, state=state, unit=unit, limit=limit)

    def deliveries(self, numbers: Sequence[int]) -> dict[int, list[Delivery]]:
        """How each of these messages was answered, try by try."""
        with self.reading() as connection:
            return postbox.answers(connection, numbers)
