"""The portal over a small city."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal.city import City, city


@pytest.fixture
def town(tmp_path: Path) -> Iterator[City]:
    """The portal, its clock and its people."""
    with city(tmp_path / "data") as made:
        yield made


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The same for tests that change nothing."""
    with city(tmp_path_factory.mktemp("standing")) as made:
        yield made
