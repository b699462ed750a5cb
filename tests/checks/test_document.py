"""The documentation of the checks is in step with them, and every check has its tests."""

import importlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from checks.catalogue import all_checks
from checks.document import SECTIONS, main, render, sections_of
from domain.check import AnyCheck
from domain.limit import Limit
from domain.target import ColumnKind

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


def test_a_check_on_trial_is_said_to_cost_nothing() -> None:
    text = render([replace(CHECKS[0], trial=True)])
    assert (
        f"## {CHECKS[0].id} {CHECKS[0].title}\n\n试行：发现的问题只供查看，不计分。\n\n**检查什么**：" in text
    )


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (
            "标题。\n\n依据：乙。\n检查什么：甲。\n如何判定：丙。\n示例：丁。\n",
            "须依次写明检查什么、依据、如何判定、示例各段",
        ),
        ("标题。\n\n检查什么：甲。\n依据：\n如何判定：丙。\n示例：丁。\n", "的说明中“依据”一段是空的"),
        ("标题。\n\n依据：乙。\n如何判定：丙。\n示例：丁。\n", "须依次写明"),
        (None, "须依次写明"),
    ],
)
def test_the_module_to_mend_is_named(told: str | None, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name = CHECKS[0].judge.__module__
    monkeypatch.setattr(importlib.import_module(name), "__doc__", told)
    with pytest.raises(ValueError, match=message) as error:
        sections_of(CHECKS[0])
    assert str(error.value).startswith(f"{name} 的说明")


def test_a_section_of_several_lines_is_told_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module(CHECKS[0].judge.__module__)
    monkeypatch.setattr(
        module, "__doc__", "标题。\n\n检查什么：甲：\n  一。\n依据：乙。\n如何判定：丙。\n示例：丁。\n"
    )
    assert dict(sections_of(CHECKS[0])) == {
        "检查什么": "甲：一。",
        "依据": "乙。",
        "如何判定": "丙。",
        "示例": "丁。",
    }


@dataclass(frozen=True)
class Point:
    """A setting of two parts."""

    x: int = 1
    kinds: tuple[str, ...] = ("甲", "乙")


@dataclass(frozen=True)
class Settings:
    """One setting of every kind."""

    limit: Limit = field(default_factory=lambda: Limit(days=14))
    kind: ColumnKind = ColumnKind.NEWS
    nothing: str | None = None
    no_words: tuple[str, ...] = ()
    no_map: dict[str, str] = field(default_factory=dict)
    on: bool = True
    off: bool = False
    map: dict[ColumnKind, tuple[str, ...]] = field(
        default_factory=lambda: {ColumnKind.NEWS: ("甲", "乙"), ColumnKind.GUIDE: ("丙",)}
    )
    listed: list[int] = field(default_factory=lambda: [1, 2])
    single: frozenset[str] = frozenset({"甲"})
    point: Point = field(default_factory=Point)
    pattern: str = "甲|乙\n丙"
    zero: int = 0


def test_settings_are_shown_as_a_reader_understands_them() -> None:
    made: Any = replace(CHECKS[0], params=Settings)
    rows = [line for line in render([made]).split("\n") if line.startswith("| `") and "](#" not in line]
    assert rows == [
        "| `limit` | 14天 |",
        "| `kind` | news |",
        "| `nothing` | （空） |",
        "| `no_words` | （空） |",
        "| `no_map` | （空） |",
        "| `on` | 是 |",
        "| `off` | 否 |",
        "| `map` | news：甲、乙；guide：丙 |",
        "| `listed` | 1、2 |",
        "| `single` | 甲 |",
        "| `point` | x=1，kinds=甲、乙 |",
        "| `pattern` | 甲\\|乙 丙 |",
        "| `zero` | 0 |",
    ]


def test_the_file_is_written_as_it_is_rendered(tmp_path: Path) -> None:
    main(str(tmp_path / "checks.md"))
    assert (tmp_path / "checks.md").read_bytes() == render(CHECKS).encode("utf-8")


def test_the_first_line_that_names_a_section_begins_it(monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module(CHECKS[0].judge.__module__)
    monkeypatch.setattr(
        module, "__doc__", "\n检查什么：甲。\n依据：乙。\n如何判定：丙。\n示例：丁。\n依据：戊。\n"
    )
    told = sections_of(CHECKS[0])
    assert (told["检查什么"], told["依据"], told["示例"]) == ("甲。", "乙。", "丁。依据：戊。")
