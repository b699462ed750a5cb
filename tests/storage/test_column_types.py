"""What the columns keep, and what they change on the way."""

from hypothesis import given
from hypothesis import strategies as st

from storage.column_types import storable, whole_characters

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_sound_text_is_kept_as_it_is(text: str) -> None:
    assert whole_characters(text) == text


@given(st.text(st.characters()))
def test_any_text_becomes_storable(text: str) -> None:
    kept = whole_characters(text)
    assert len(kept) == len(text)
    assert "\x00" not in kept
    kept.encode("utf-8")


@given(json_values)
def test_any_value_becomes_storable_and_then_stays(value: object) -> None:
    import json

    kept = storable(value)
    assert storable(kept) == kept
    json.dumps(kept, allow_nan=False, ensure_ascii=False).encode("utf-8")
