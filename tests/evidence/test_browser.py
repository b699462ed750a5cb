"""A browser is found by what it does; what is missing is said in Chinese with its mend."""

from pathlib import Path

import pytest

from evidence import browser
from evidence.browser import BrowserFound, BrowserMissing, find_browser


@pytest.fixture(autouse=True)
def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "_tried", {})


def script(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.browser
def test_a_browser_on_the_path_takes_a_picture(found: BrowserFound) -> None:
    again = find_browser(found.path)
    assert isinstance(again, BrowserFound)
    assert again.version
    assert "Chromium" in again.title()
    assert find_browser(found.path) is again


def test_a_configured_browser_that_fails_is_named_and_not_replaced(tmp_path: Path) -> None:
    wrong = script(tmp_path / "no-browser", "exit 3")
    for configured in (wrong, str(tmp_path / "absent")):
        found = find_browser(configured)
        assert isinstance(found, BrowserMissing)
        assert configured in found.reason
        assert "GOVWATCH_BROWSER" in found.mend
        assert not found


def test_no_browser_at_all_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    found = find_browser()
    assert isinstance(found, BrowserMissing)
    assert "没有安装" in found.reason
    assert "apt-get install" in found.mend


def test_one_on_the_path_that_does_not_work_is_reported(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script(tmp_path / "chromium", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    found = find_browser()
    assert isinstance(found, BrowserMissing)
    assert str(tmp_path / "chromium") in found.reason


def test_a_driver_without_its_library_names_the_library(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    words = "error while loading shared libraries: libatomic.so.1: cannot open shared object file"
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", script(tmp_path / "node", f"echo '{words}' >&2; exit 127"))
    found = find_browser()
    assert isinstance(found, BrowserMissing)
    assert "libatomic.so.1" in found.reason
    assert "libatomic1" in found.mend
    assert "PLAYWRIGHT_NODEJS_PATH" in found.mend


def test_a_driver_that_is_not_there_is_said_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(tmp_path / "absent"))
    found = find_browser()
    assert isinstance(found, BrowserMissing)
    assert "Node.js" in found.reason
