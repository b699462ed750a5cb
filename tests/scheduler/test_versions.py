"""The version of a check: a digest of its file, which changes with it."""

import hashlib
from pathlib import Path

import pytest

from scheduler.versions import check_version


def test_a_check_is_named_with_the_digest_of_its_file() -> None:
    digest = hashlib.sha256(Path("checks/column/stale.py").read_bytes()).hexdigest()
    assert check_version("column.stale") == f"column.stale {digest[:12]}"


def test_a_check_without_a_file_is_named_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(_: object) -> str:
        raise OSError

    check_version.cache_clear()
    monkeypatch.setattr("inspect.getsource", unreadable)
    assert check_version("column.stale") == "column.stale"
    check_version.cache_clear()
    assert check_version("no.such-check") == "no.such-check"
