"""The open database: its transactions, and its failures in Chinese."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.engine import address_of, open_engine
from storage.faults import StoreError
from storage.migrating import bring_up


class Session:
    """The database of one data folder. Open it with `open`, use it as a context manager."""

    def __init__(self, engine: Engine) -> None:
        """Over an engine whose schema is up to date."""
        self.engine = engine
        self._writer = engine.execution_options(writes=True)

    @classmethod
    def open(cls, data: Path | None, url: str | None = None) -> Self:
        """Opens the database at `url`, else the SQLite file in `data`, and migrates it.

        Raises StoreError when it cannot be opened or was made by a newer program.
        """
        engine = open_engine(address_of(data, url))
        try:
            bring_up(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes it."""
        self.close()

    def close(self) -> None:
        """Gives the connections back."""
        self.engine.dispose()

    @property
    def address(self) -> str:
        """Where the database is, for people: a file's path, or the address without its password."""
        url = self.engine.url
        return str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads."""
        with _explained(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; all of it or nothing."""
        with _explained(), self._writer.connect() as connection, connection.begin():
            yield connection


@contextmanager
def _explained() -> Iterator[None]:
    """Failures of the database itself as StoreError: a full disk, a lock not given, a lost server."""
    try:
        yield
    except DBAPIError as error:
        if error.orig is None or not _is_operational(error):
            raise
        reason = str(error.orig).strip().splitlines()[0]
        raise StoreError(f"数据库操作没有完成，数据未改动：{reason}") from error


def _is_operational(error: DBAPIError) -> bool:
    return type(error.orig).__name__ in {"OperationalError", "DatabaseError"} or error.connection_invalidated
