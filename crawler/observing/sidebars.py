"""Lists that stand beside the matter of every page: what they show does not belong to each column."""

from collections import Counter
from collections.abc import Collection
from functools import cached_property

from crawler.address import canonical
from crawler.observing.candidates import Candidates
from crawler.observing.hierarchy import folder_of
from crawler.observing.sights import Sights
from domain.page import Item, Page, PageKind

LEAST_PAGES = 6
"""Lists that must show an entry before it may stand in a list beside them. A number and no share: of a walk
that saw less, less is taken to stand beside.
"""


class Sidebars:
    """Knows the entries that many columns show and only one of them owns."""

    def __init__(self, sights: Sights, candidates: Candidates) -> None:
        self._sights = sights
        self._candidates = candidates

    def without(self, key: str, items: tuple[Item, ...], children: Collection[str] = ()) -> tuple[Item, ...]:
        """The entries of a column's page but for those that stand beside it and belong elsewhere."""
        if self._everywhere:
            items = tuple(item for item in items if not self._is_beside(key, item))
        if all(item.hidden for item in items) or not any(item.hidden for item in items):
            return items
        own = {key, *children}
        return tuple(item for item in items if not (item.hidden and self._belongs_elsewhere(own, item)))

    def _belongs_elsewhere(self, own: set[str], item: Item) -> bool:
        """Whether an entry of a tab is known to be another column's, neither this one's nor one below it."""
        homes = self._homes(canonical(item.url)) if item.url else set()
        return bool(homes) and not homes & own

    @cached_property
    def _everywhere(self) -> frozenset[str]:
        shown: Counter[str] = Counter()
        for key, sighting in self._sights:
            page = self._sights.page(key)
            if page is None or sighting.role != "column" or page.kind is not PageKind.LIST:
                continue
            shown.update({canonical(item.url) for item in page.items if item.url})
        return frozenset(key for key, times in shown.items() if times >= LEAST_PAGES)

    def _is_beside(self, key: str, item: Item) -> bool:
        target = canonical(item.url) if item.url else ""
        if target not in self._everywhere:
            return False
        homes = self._homes(target)
        return bool(homes) and key not in homes

    def _homes(self, target: str) -> set[str]:
        """The columns that an article belongs to by its bread crumbs, else by its address, if they tell."""
        article = self._sights.page(target)
        homes = self._by_crumbs(article) if article is not None else set()
        if homes:
            return homes
        folders = {folder_of(candidate.key): candidate.key for candidate in self._candidates}
        return {key for folder, key in folders.items() if folder and target.startswith(folder)}

    def _by_crumbs(self, article: Page) -> set[str]:
        keys = {self._candidates.landing(canonical(crumb.url)) for crumb in article.crumbs if crumb.url}
        return keys - self._candidates.home_keys
