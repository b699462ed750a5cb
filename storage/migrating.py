"""Brings a database to the schema of this program, in one transaction, whoever comes first."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.engine import lock_name
from storage.faults import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"
_NAMED = re.compile(r'^(revision|down_revision)(?::[^=]*)? = "([^"]+)"', re.MULTILINE)


@cache
def revisions() -> tuple[str, ...]:
    """The known revisions, oldest first: each file names the one it follows; numbers need not ascend.

    Read off the files' text, since importing them all at every start takes longer than opening the database.
    """
    after: dict[str, str] = {}
    for path in (FOLDER / "versions").glob("[0-9]*_*.py"):
        found = dict(_NAMED.findall(path.read_text("utf-8")))
        after[found.get("down_revision", "")] = found["revision"]
    chain: list[str] = []
    while (following := after.get(chain[-1] if chain else "")) is not None:
        chain.append(following)
    return tuple(chain)


def bring_up(engine: Engine) -> None:
    """Migrates to the newest schema. Raises StoreError when the database is newer or cannot be reached."""
    known = revisions()
    try:
        with engine.connect() as connection:
            standing = revision_of(connection)
        if standing == known[-1]:
            return
        _refuse_newer(standing, known)
        _migrate(engine, known)
    except OperationalError as error:
        raise StoreError(f"数据库打不开（{engine.url.render_as_string()}）：{_reason(error)}") from error
    except DBAPIError as error:
        raise StoreError(f"数据库无法使用（{engine.url.render_as_string()}）：{_reason(error)}") from error


def revision_of(connection: Connection) -> str | None:
    """The revision that the database is at; None for a database without tables of ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def _refuse_newer(standing: str | None, known: Sequence[str]) -> None:
    if standing is not None and standing not in known:
        raise StoreError(
            f"数据库是由更新版本的程序建立的（库结构 {standing}，本程序到 {known[-1]}），请升级程序后再用"
        )


def _migrate(engine: Engine, known: Sequence[str]) -> None:
    from alembic import command  # large, and not needed for a database that is up to date

    with engine.execution_options(writes=True).connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # Rebuilding a table drops the old one; with foreign keys on, that would empty its children.
            _outside_transaction(connection, "PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                lock_name(connection, "govwatch migration")
                standing = revision_of(connection)
                _refuse_newer(standing, known)
                if standing != known[-1]:
                    command.upgrade(configuration(connection), "head")
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise StoreError("数据库升级后引用关系不完整，已撤销升级，数据没有改动")
        finally:
            if sqlite:
                _outside_transaction(connection, "PRAGMA foreign_keys=ON")


def _outside_transaction(connection: Connection, pragma: str) -> None:
    raw = connection.connection.dbapi_connection
    assert raw is not None
    raw.cursor().execute(pragma)


def configuration(connection: Connection | None = None) -> "Config":
    """Alembic's settings for our folder of migrations, over an open connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _reason(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0] if error.orig else str(error)
