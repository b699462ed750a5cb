"""Working days that a unit has to mend: what leaks at once, a column longer, the office's own terms first."""

import pytest

from schemes.mending import working_days_to_mend


@pytest.mark.parametrize(
    ("check", "own", "days"),
    [
        ("content.privacy", None, 1),
        ("column.stale", None, 5),
        ("guide.incomplete", None, 10),
        ("column.stale", {}, 5),
        ("column.stale", {"column.stale": 7}, 7),
        ("column.stale", {"column.empty": 7}, 5),
        ("guide.incomplete", {"column.empty": 7}, 10),
    ],
)
def test_days_to_mend(check: str, own: dict[str, int] | None, days: int) -> None:
    assert working_days_to_mend(check, own) == days
