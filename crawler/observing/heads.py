"""The heads of a site's pages (title, description, key words), and how they differ from the night before."""

from collections.abc import Iterator, Mapping

from crawler.observing.sights import Sights
from crawler.subjects.planted import SHOWN, change_of_head
from domain.observation import Fact, Head, HeadChange, Seen, Sight, Unseen
from domain.page import Page
from domain.snapshot import FetchStatus
from domain.target import Site

COMPARED = frozenset({"home", "column", "article"})
"""Roles of the addresses whose pages are compared."""

HEAD_TAGS = ("Description", "Keywords", "ColumnDescription", "ColumnKeywords")

NO_HISTORY = Unseen(Sight(url="", status=FetchStatus.UNVISITED, note="没有上一轮的网页标题可供对照"))


def heads_of(sights: Sights) -> dict[str, Head]:
    """The head of every page that a walk read, by canonical address: what the next night compares with."""
    return {key: head_of(page) for key, page in _pages(sights)}


def head_changes(
    site: Site, sights: Sights, before: Mapping[str, Head] | None
) -> Fact[tuple[HeadChange, ...]]:
    """The pages whose heads changed in a way worth telling; unseen where nothing is known of a night before.

    A change that stands on several pages (a template) is told once, of the home page if it is there.
    """
    if before is None:
        return NO_HISTORY
    homes = {sights.home_key, sights.landing(sights.home_key)}
    found: dict[tuple[str, str], HeadChange] = {}
    for key, page in sorted(_pages(sights), key=lambda pair: pair[0] not in homes):
        earlier, now = before.get(key), head_of(page)
        if earlier is None or earlier == now:
            continue
        home = key in homes
        suspicious, why = change_of_head(earlier, now, home=home)
        if why:
            change = HeadChange(
                page=site.home if home else key,
                before=(earlier.title if earlier.title != now.title else earlier.words)[:SHOWN],
                after=(now.title if earlier.title != now.title else now.words)[:SHOWN],
                suspicious=suspicious,
                why=why,
            )
            found.setdefault((change.after, why), change)
    return Seen(tuple(found.values()), Sight(url=site.home))


def head_of(page: Page) -> Head:
    """What a page's head says."""
    return head_from(page.head_title or page.title, page.tags)


def head_from(title: str, tags: Mapping[str, str]) -> Head:
    """A head of its parts: the title element, and what the tags that describe say."""
    return Head(title=title, words=" ".join(filter(None, (tags.get(tag, "") for tag in HEAD_TAGS))))


def _pages(sights: Sights) -> Iterator[tuple[str, Page]]:
    for key, sighting in sights:
        page = sights.page(key)
        if sighting.role in COMPARED and page is not None:
            yield key, page
