"""The folder is the registry: every file with a CHECK is found, and its id must say where it lies."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import checks
from checks.catalogue import all_checks

CHECK = """
from types import SimpleNamespace

CHECK = SimpleNamespace(id="{id}")
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of checks beside the real ones."""
    made = tmp_path / "madeup"
    made.mkdir()
    (made / "__init__.py").write_text("")
    monkeypatch.setattr(checks, "__path__", [str(tmp_path)])
    yield made
    for name in [name for name in sys.modules if name.startswith("checks.madeup")]:
        del sys.modules[name]


def found() -> dict[str, object]:
    return dict(all_checks.__wrapped__())


def test_checks_are_found_by_their_place_in_the_order_of_ids(folder: Path) -> None:
    (folder / "too_late.py").write_text(CHECK.format(id="madeup.too-late"))
    (folder / "missing.py").write_text(CHECK.format(id="madeup.missing"))
    (folder / "words.py").write_text("WORDS = ()\n")
    (folder.parent / "loose.py").write_text(CHECK.format(id="loose"))
    (folder / "deep").mkdir()
    (folder / "deep" / "__init__.py").write_text("")
    assert list(found()) == ["madeup.missing", "madeup.too-late"]


def test_an_id_that_does_not_say_its_place_is_refused(folder: Path) -> None:
    (folder / "missing.py").write_text(CHECK.format(id="madeup.absent"))
    with pytest.raises(ValueError, match=r"checks\.madeup\.missing: .*'madeup\.absent'.*'madeup\.missing'"):
        found()


def test_every_check_of_the_program_is_in_the_catalogue() -> None:
    root = Path(checks.__file__).parent
    files = {
        f"{path.parent.name}.{path.stem}".replace("_", "-")
        for path in root.glob("*/*.py")
        if "\nCHECK = Check(" in path.read_text(encoding="utf-8")
    }
    assert list(all_checks()) == sorted(files)
