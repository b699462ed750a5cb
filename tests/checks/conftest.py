"""The tests of checks: each begins with its own count of outcomes, see tests/approved.py."""

import pytest

from tests import approved


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    approved.begin()
