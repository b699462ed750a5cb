"""Approved outcomes: what the tests of a check make it say is held word for word in `told.json` beside them.

A file holds one example of everything a check can say: the words and figures that units read, for review in
one place. After a deliberate change: `GOVWATCH_TELL=1 pytest tests/checks/FOLDER`, and read the difference.
"""

import json
import os
import re
from collections import Counter
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import currently_in_test_context

from domain.check import Judgement
from domain.outcome import Outcome, Violation, name_of

CHECKS = Path(__file__).parent / "checks"
RENEW = "GOVWATCH_TELL"
_ANY = re.compile(r"“[^”]*”|https?://[!-~]+|[\d.]+")

_calls: Counter[str] = Counter()
_fresh: dict[Path, dict[str, Any]] = {}
_templates: set[tuple[str, ...]] = set()


def begin() -> None:
    """A test begins: its outcomes are counted from the first, also where it runs again."""
    _calls.clear()


def approve(judgement: Judgement) -> None:
    """Holds an outcome against the approved one of the test that runs, where there is one."""
    place = None if currently_in_test_context() else _running()
    if place is None:
        return
    file, test = place
    _calls[test] += 1
    name = f"{test}#{_calls[test]}"
    subject, check = judgement.subject, judgement.question.check.id
    about = {"check": check, "subject": subject.key, "unit": subject.unit, "name": subject.name}
    said = about | as_told(judgement.outcome)
    if os.environ.get(RENEW):
        _renew(file, name, said, judgement.outcome)
    elif name in approved(file):
        assert said == approved(file)[name], (
            f"{name}: 与 told.json 所载不同（有意改动的，见 tests/approved.py）"
        )


def as_told(outcome: Outcome) -> dict[str, Any]:
    """An outcome as plain values."""
    return {"outcome": name_of(outcome), **json.loads(json.dumps(asdict(outcome), ensure_ascii=False))}


@cache
def approved(file: Path) -> dict[str, Any]:
    """The approved outcomes of a folder by test and number."""
    return dict(json.loads(file.read_text("utf-8"))) if file.is_file() else {}


def _running() -> tuple[Path, str] | None:
    """The folder's file and the name of the test under way; None outside the tests of checks."""
    path, mark, rest = os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")
    parts = Path(path).parts
    if not mark or parts[:2] != ("tests", "checks") or len(parts) != 4:
        return None
    return CHECKS / parts[2] / "told.json", f"{parts[3]}::{rest.rpartition(' (')[0]}"


def _renew(file: Path, name: str, said: dict[str, Any], outcome: Outcome) -> None:
    """Keeps the first example of each thing a check can say."""
    template = (said["check"], *_template(outcome))
    if template in _templates:
        return
    _templates.add(template)
    kept = _fresh.setdefault(file, {})
    kept[name] = said
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _template(outcome: Outcome) -> tuple[str, ...]:
    if isinstance(outcome, Violation):
        figures = (*sorted(outcome.observed), outcome.severity, str(outcome.frame is None))
        return ("violation", _ANY.sub("…", outcome.summary), *figures)
    return (name_of(outcome), _ANY.sub("…", outcome.reason))
