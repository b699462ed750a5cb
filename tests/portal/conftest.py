"""The portal over a small city, built once and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal.city import City, city


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder with a night and people in it, and the first administrator's password."""
    data, announced = tmp_path_factory.mktemp("portal") / "data", []  # type: ignore[var-annotated]
    with city(data, announced):
        pass
    return data, announced[0]


@pytest.fixture
def town(tmp_path: Path, built: tuple[Path, str]) -> Iterator[City]:
    """The portal, its clock and its people."""
    shutil.copytree(built[0], tmp_path / "data")
    with city(tmp_path / "data", [built[1]]) as made:
        yield made


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory, built: tuple[Path, str]) -> Iterator[City]:
    """The same for tests that change nothing."""
    data = tmp_path_factory.mktemp("standing") / "data"
    shutil.copytree(built[0], data)
    with city(data, [built[1]]) as made:
        yield made
