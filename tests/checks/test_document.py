"""The documentation of the checks is in step with them, and every check has its tests."""

import importlib
from pathlib import Path

import pytest

from checks.catalogue import all_checks
from checks.document import SECTIONS, render, sections_of
from domain.check import AnyCheck

ROOT = Path(__file__).parents[2]
CHECKS = list(all_checks().values())


def test_documentation_is_in_step() -> None:
    written = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert written == render(CHECKS), "docs/checks.md 已落后，请运行 sh scripts/docs"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_check_has_a_test_file_in_its_place(check: AnyCheck) -> None:
    folder, name = check.id.replace("-", "_").split(".")
    assert (ROOT / "tests" / "checks" / folder / f"test_{name}.py").is_file()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_docstring_has_a_title_and_its_sections(check: AnyCheck) -> None:
    assert list(sections_of(check)) == list(SECTIONS)
    module = importlib.import_module(check.judge.__module__)
    title = (module.__doc__ or "").split("\n")[0]
    assert title.endswith("。")
    assert len(title) <= 40
    assert check.basis


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_parameters_have_defaults(check: AnyCheck) -> None:
    assert check.params() == check.params()


def test_docstring_without_a_section_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    check = CHECKS[0]
    module = importlib.import_module(check.judge.__module__)
    monkeypatch.setattr(module, "__doc__", "标题。\n\n检查什么：甲。\n依据：乙。\n如何判定：丙。\n")
    with pytest.raises(ValueError, match="示例"):
        sections_of(check)
    monkeypatch.setattr(module, "__doc__", "标题。\n\n检查什么：\n依据：乙。\n如何判定：丙。\n示例：丁。\n")
    with pytest.raises(ValueError, match="检查什么"):
        sections_of(check)


def test_documentation_names_parameters_and_trials() -> None:
    text = render(CHECKS)
    assert "| `least_days` | 30 |" in text
    assert "| `limit` | 14天 |" in text
    trial = [check for check in CHECKS if check.trial]
    assert text.count("试行：") == len(trial)
