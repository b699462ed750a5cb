"""Which date of an entry is believed: the list's, else the article's own; and what was not read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.address import canonical
from crawler.observing.sights import Sights
from crawler.reading.dates import day_of
from domain.observation import Entry, Fact, Seen, Sight, Unseen
from domain.page import DateClue, DateSource, Item, Page
from domain.snapshot import FetchStatus

_TRUST = {source: rank for rank, source in enumerate(DateSource)}
_OWN_WORD = frozenset({DateSource.TAG, DateSource.LABEL})
"""Sources that are the article's own statement of when it was published."""

ONE_DAY = timedelta(days=1)
RECENT = timedelta(days=7)
"""An entry of the last week is in time by every limit."""

_NO_LINK = Sight(url="", status=FetchStatus.UNVISITED, note="条目由脚本打开，未能看到正文页")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Everything that dates are judged by: the walk, the day of the scan, days of our own first sight."""

    sights: Sights
    today: date
    first_seen: Mapping[str, date]

    def entry(self, item: Item, listed: Mapping[str, date] | None = None) -> Entry:
        """The entry that an item makes. `listed` gives dates that other lists state for the same address."""
        key = canonical(item.url) if item.url else ""
        article = self.article(key)
        list_day = item.day
        if list_day is None and listed and key:
            list_day = listed.get(key)
        yearless = item.yearless and item.day is not None
        if item.written and item.day is not None:
            day, source = self._of_writing(item.day, article)
        else:
            day, source = self._believed(list_day, yearless, article, listed_elsewhere=listed is not None)
        return Entry(
            title=item.title,
            url=key,
            day=day,
            source=source,
            pinned=item.pinned,
            list_day=None if item.written or item.event else item.day,
            article_day=self._own_word(key, article, item),
            first_seen=self.first_seen.get(key) or self.first_seen.get(item.url),
            yearless=item.yearless,
            hidden=item.hidden,
            under=item.under,
        )

    def of_article(self, page: Page) -> Fact[date | None]:
        """The date of an article that no list shows: its own word, undated only if no list is unseen."""
        clue = best_clue(page.dates)
        if clue is None:
            return self.sights.unseen_list() or Seen(None, Sight(url=page.url))
        return Seen(clue.day, Sight(url=page.url))

    def article(self, key: str) -> Page | Unseen:
        """The page of an entry, or why it was not seen."""
        if not key:
            return Unseen(_NO_LINK)
        page = self.sights.page(key)
        return page if page is not None else self.sights.unseen(key)

    def _believed(
        self, list_day: date | None, yearless: bool, article: Page | Unseen, *, listed_elsewhere: bool
    ) -> tuple[Fact[date | None], DateSource | None]:
        """The list's date wins; the article's own where the list has none, no year or a day yet to come."""
        clue = best_clue(article.dates) if isinstance(article, Page) else None
        if list_day is not None:
            doubtful = list_day > self.today
            if isinstance(article, Page):
                if yearless and clue and _same_day_of_year(clue.day, list_day):
                    return Seen(clue.day, Sight(url=article.url)), clue.source
                if doubtful and clue and clue.day <= self.today and clue.source in _OWN_WORD:
                    return Seen(clue.day, Sight(url=article.url)), clue.source
            elif doubtful:
                return article, None
            return Seen(list_day, Sight(url="")), DateSource.LIST
        if isinstance(article, Unseen):
            return article, None
        if clue is None:
            elsewhere = self.sights.unseen_list() if listed_elsewhere else None
            return elsewhere or Seen(None, Sight(url=article.url)), None
        return Seen(clue.day, Sight(url=article.url)), clue.source

    def _of_writing(
        self, written: date, article: Page | Unseen
    ) -> tuple[Fact[date | None], DateSource | None]:
        """What a list tells that states when its documents were written: they were published on that day or
        later. The article's own word goes before it; unread, only a day in time by every rule will do.
        """
        if isinstance(article, Unseen):
            recent = self.today - RECENT <= written <= self.today
            return (Seen(written, Sight(url="")), DateSource.LIST) if recent else (article, None)
        clue = best_clue(clue for clue in article.dates if clue.certain and clue.source in _OWN_WORD)
        if clue is not None:
            return Seen(clue.day, Sight(url=article.url)), clue.source
        return Seen(written, Sight(url="")), DateSource.LIST

    @staticmethod
    def _own_word(key: str, article: Page | Unseen, item: Item) -> Fact[date | None]:
        if isinstance(article, Unseen):
            return article
        own = [clue for clue in article.dates if clue.certain and clue.source in _OWN_WORD]
        agreeing = [clue for clue in own if item.day and abs(clue.day - item.day) <= ONE_DAY]
        clue = best_clue(agreeing or own)
        day = clue.day if clue else None
        if clue and clue.yearless and item.day and not item.yearless:
            day = _nearest_year(clue.day, item.day)
        return Seen(day, Sight(url=article.url or key))


def best_clue(clues: Iterable[DateClue]) -> DateClue | None:
    """The clue that is most to be trusted: a certain one first, then by its source."""
    return min(clues, key=lambda clue: (not clue.certain, _TRUST[clue.source]), default=None)


def _same_day_of_year(one: date, other: date) -> bool:
    return (one.month, one.day) == (other.month, other.day)


def _nearest_year(day: date, other: date) -> date:
    """That day of the year in the year that brings it nearest to another date: a date that leaves out its
    year contradicts another only where it does so in every year.
    """
    found = (day_of(year, day.month, day.day) for year in range(other.year - 1, other.year + 2))
    return min((one for one in found if one), key=lambda one: abs(one - other), default=other)
