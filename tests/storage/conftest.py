"""The same store over both databases: SQLite in a folder, PostgreSQL started from its wheel."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url

from storage.store import Store
from tests.e2e.postgres import postgres_server

_numbers = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, without a database's name."""
    with postgres_server() as address:
        yield address


@pytest.fixture
def postgres(server: str) -> str:
    """The address of an empty PostgreSQL database."""
    name = f"govwatch_{next(_numbers)}"
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str | None:
    """None for the SQLite file in the data folder, else the address of an empty PostgreSQL database."""
    return None if request.param == "sqlite" else str(request.getfixturevalue("postgres"))


@pytest.fixture
def store(tmp_path: Path, url: str | None) -> Iterator[Store]:
    """An open, empty store."""
    with Store.open(tmp_path, url) as opened:
        yield opened
