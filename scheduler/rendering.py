"""Which pages of a walk only a browser can show."""

from collections.abc import Iterator

from crawler.address import canonical
from domain.snapshot import FetchStatus
from domain.walk import Sighting, Walk

MOST_RENDERED = 60
"""Pages of one site that are rendered because plain HTTP gave only a script shell."""


def needs_browser(sighting: Sighting) -> bool:
    """Whether a script has to run: for the page itself, or for the home page's foot."""
    if sighting.role in {"link", "attachment"}:
        return False
    if sighting.snapshot.status is FetchStatus.UNRENDERED:
        return True
    page = sighting.page
    return sighting.role == "home" and page is not None and bool(page.foot_shell)


def pages_to_render(walk: Walk, before: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Their addresses, what matters most first: the home page, columns, then articles.

    Those in `before` (canonical) were tried already and count towards the most of one site.
    """
    room = max(0, MOST_RENDERED - len(before))
    found = dict.fromkeys(sighting.snapshot.url for sighting in sorted(_wanted(walk, before), key=_weight))
    return tuple(found)[:room]


_WEIGHTS = {"home": 0, "column": 1, "frame": 1, "pager": 2}


def _weight(sighting: Sighting) -> tuple[int, int]:
    return (_WEIGHTS.get(sighting.role, 3), sighting.depth)


def _wanted(walk: Walk, before: frozenset[str]) -> Iterator[Sighting]:
    for sighting in walk.sightings:
        if needs_browser(sighting) and canonical(sighting.snapshot.url) not in before:
            yield sighting
