"""Our own JSON files are written in one way, whichever writer is quicker at it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.digest import document, parsed

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NUMBERS = st.integers(-(2**80), 2**80) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def plainly(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


@given(VALUES)
def test_a_document_is_what_the_standard_library_writes(value: Any) -> None:
    assert document(value) == plainly(value)
    assert parsed(document(value), document) == value


@pytest.mark.parametrize(
    "value",
    [
        1e16,
        6.103515625e-05,
        {"a": [1e-7, {"b": -2.5e300}]},
        {"a": "1e16", "1e5": 3},
        {"sha256": "3e4"},
        2**64,
        {},
        [],
        [{}],
        -0.0,
    ],
)
def test_numbers_that_the_writers_spell_differently(value: Any) -> None:
    assert document(value) == plainly(value)


def test_what_no_json_can_say_is_refused() -> None:
    with pytest.raises(TypeError):
        document({"a": object()})
