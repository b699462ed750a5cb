"""How a page is cut into pictures."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from evidence.look import Box, CaptureOptions
from evidence.picture import OVERLAP, Extent, shown_of, tiles_of

OPTIONS = CaptureOptions()


@given(st.integers(768, 200_000), st.none() | st.integers(0, 200_000))
def test_tiles_cover_the_page_from_the_top_without_a_gap(height: int, at: int | None) -> None:
    frame = None if at is None else Box(x=0, y=float(at), width=10, height=10)
    tiles = tiles_of(Extent(width=1366, height=height), OPTIONS, [frame] if frame else [])
    assert tiles[0][0] == 0
    assert len(tiles) <= OPTIONS.tiles + 1
    assert all(0 < tall <= OPTIONS.tile_height + OPTIONS.height // 4 for _, tall in tiles)
    assert all(top + tall <= height for top, tall in tiles)
    for (top, tall), (following, _) in list(itertools.pairwise(tiles))[: OPTIONS.tiles - 1]:
        assert following == top + tall - OVERLAP
    limit = OPTIONS.tile_height + (OPTIONS.tiles - 1) * (OPTIONS.tile_height - OVERLAP)
    if height <= limit:
        assert shown_of(tiles) == height
    if frame is not None and frame.y < height:
        assert any(top <= frame.y < top + tall for top, tall in tiles)


def test_a_page_that_fits_is_one_picture() -> None:
    assert tiles_of(Extent(width=1366, height=8000), OPTIONS, []) == [(0, 8000)]
    assert tiles_of(Extent(width=1366, height=8100), OPTIONS, []) == [(0, 8100)]
