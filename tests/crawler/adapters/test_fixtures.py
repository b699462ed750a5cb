"""Each saved page of each family reads as a careful reader would, field by field."""

from typing import Any

import pytest

from crawler.adapters import ADAPTERS
from tests.crawler.fixture_cases import READERS, agrees, cases, families, read_fixture, specification


@pytest.mark.parametrize(("name", "field", "expected"), list(cases()), ids=lambda value: str(value)[:40])
def test_a_field_reads_as_a_careful_reader_would(name: str, field: str, expected: Any) -> None:
    found = READERS[field](read_fixture(name))
    assert agrees(field, expected, found), f"{name}.{field}: {found!r}, expected {expected!r}"


def test_every_adapter_has_a_fixture_of_its_own() -> None:
    covered = {specification(name)["expect"].get("adapter") for name in families()}
    assert {adapter.name for adapter in ADAPTERS} <= covered
