"""Whether a page without entries has anything to show: text, files, pictures, a form, links of its own."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

from crawler.address import canonical
from crawler.observing.sights import Sights, links_by_key
from crawler.subjects.on_request import functions_named
from domain.page import Page, PageKind, Region

LEAST_TEXT = 15
"""Characters of own text from which a page without entries has content."""

LEAST_SENTENCE = 8
"""Characters from which a whole sentence is content too."""

NOTICE_TEXT = 80
"""Characters below which a page's words that there is nothing are believed to be all it says."""

TEMPLATE_PAGES = 5
"""Pages that must show a line for it to be part of the template. A number and no share: of a walk that saw
less, less is taken for template.
"""

PICTURE_PAGES = 3
"""Pages that must show a picture for it to be part of the template (the home page is one of them)."""

_ORNAMENT = re.compile(
    r"(?:icon|ico|arrow|line|dot|dian|logo|banner|title|blank|space|pixel|search|home|more|head|top|bg|button|btn|print|share|"
    r"weixin|qr|ewm)[^/]{0,12}$|^data:",
    re.IGNORECASE,
)
"""Addresses of pictures that adorn a page."""

_SEARCH = re.compile(r"搜索|检索|查找|关键[字词]|请输入|站内|全站|全文|search", re.I)
_BUTTONS = re.compile(r"(?:查\s*询|提\s*交|确\s*[定认]|重\s*[置填]|登\s*录|[\W\d_])*")
_FURNITURE = re.compile(
    r"首\s?页|上一?页|下一?页|尾\s?页|末页|共\s*\d+\s*[条页篇]|第\s*\d+\s*页|当前位置|您(?:现在)?(?:的位置|所在)|打印|关闭|"
    r"转到|跳转|每页|GO|更多|[\W\d_]+",
    re.I,
)


_DAYS = frozenset(str(day) for day in range(1, 29))


class Contents:
    """Weighs what the pages of one walk show beside lists."""

    def __init__(self, sights: Sights) -> None:
        self._sights = sights

    def of(self, pages: Iterable[Page], columns: frozenset[str]) -> int:
        """How much the pages of a column have to show, in characters; 0 where there is nothing.

        The addresses of `columns` are no content.
        """
        return max((self._of_page(page, columns) for page in pages), default=0)

    def _of_page(self, page: Page, columns: frozenset[str]) -> int:
        lines = "\n".join(self._own_lines(page, columns))
        own = _FURNITURE.sub("", lines)
        for name in {page.title, page.site_title, *(crumb.text for crumb in page.crumbs)}:
            own = own.replace(_FURNITURE.sub("", name), "") if len(name) > 1 else own
        if page.empty_notice and len(own) < NOTICE_TEXT:
            return 0
        if len(own) >= LEAST_TEXT or (len(own) >= LEAST_SENTENCE and "。" in lines):
            return len(own)
        offers = (
            page.attachments
            or self._pictures(page)
            or page.tables
            or _is_calendar(page)
            or _asks(page)
            or functions_named(page.title)
        )
        return max(len(own), 1) if offers or _leads_on(page, columns) else 0

    def _pictures(self, page: Page) -> bool:
        """Whether the page shows a picture of its own: a chart, a scanned text, no ornament of the site's."""
        return any(
            image not in self._ornaments and not _ORNAMENT.search(image.partition("?")[0].rpartition(".")[0])
            for image in page.images
        )

    @cached_property
    def _ornaments(self) -> frozenset[str]:
        """The pictures that several pages show."""
        shown: Counter[str] = Counter()
        for key, sighting in self._sights:
            page = self._sights.page(key)
            if page is not None and sighting.role in {"home", "column"}:
                shown.update(set(page.images))
        return frozenset(image for image, times in shown.items() if times >= PICTURE_PAGES)

    def _own_lines(self, page: Page, columns: frozenset[str]) -> Iterator[str]:
        """The lines of a page's text but for words of its menus, of its foot and of the template."""
        menu = {
            _line(link.text)
            for target, link in links_by_key(page)
            if link.region in {Region.NAV, Region.CRUMB, Region.FOOT} or target in columns
        }
        foot = set(map(_line, page.foot.split("\n")))
        for line in map(_line, page.text.split("\n")):
            if line not in menu and line not in foot and line not in self._template:
                yield line

    @cached_property
    def _template(self) -> frozenset[str]:
        shown: Counter[str] = Counter()
        for key, sighting in self._sights:
            page = self._sights.page(key)
            if page is None or sighting.role != "column" or page.kind is PageKind.ARTICLE:
                continue
            shown.update(set(map(_line, page.text.split("\n"))))
        return frozenset(line for line, times in shown.items() if times >= TEMPLATE_PAGES)


def _is_calendar(page: Page) -> bool:
    """Whether the page shows the days of a month, each a text of its own."""
    return set(page.text.split()) >= _DAYS


def _line(text: str) -> str:
    return " ".join(text.split())


def _leads_on(page: Page, columns: frozenset[str]) -> bool:
    """Whether the page's matter links to more than columns: pictures, films, a directory."""
    own = canonical(page.url)
    return any(
        link.region in {Region.BODY, Region.LIST} and target != own and target not in columns
        for target, link in links_by_key(page)
    )


def _asks(page: Page) -> bool:
    """Whether the page holds a form that a visitor fills in, more than a search: of several fields, or of
    one that is labelled (a number to be asked after).
    """
    if page.kind is PageKind.FORM:
        return True
    return any(
        not _SEARCH.search(form.text)
        and (len(form.fields) >= 2 or (form.fields and not _BUTTONS.fullmatch(form.text)))
        for form in page.forms
    )
