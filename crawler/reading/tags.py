"""The page tags of 国办发〔2017〕47号, read from meta elements however they are written."""

import re

from crawler.reading.tree import Tree

NAMES = (
    *("SiteName", "SiteDomain", "SiteIDCode"),
    *("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"),
    *("ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description", "Image", "Url"),
)
"""The canonical names, those of a site, of a column and of an article."""

_CANONICAL = {name.lower(): name for name in NAMES}
_MISSPELT = {
    "sitecode": "SiteIDCode",
    "siteid": "SiteIDCode",
    "siteidcode": "SiteIDCode",
    "columnkeyword": "ColumnKeywords",
    "publishdate": "PubDate",
    "publish_date": "PubDate",
    "pubtime": "PubDate",
    "contentsources": "ContentSource",
}
_LD_PUBLISHED = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{8,40})\"")
MAX_VALUE = 2000


def read_tags(tree: Tree) -> dict[str, str]:
    """The tags under their canonical names. An empty value is kept as the empty string; the first
    filled one of several wins. Small-letter `keywords`, `description` and `author` are the general ones of
    the web and count all the same.
    """
    found: dict[str, str] = {}
    for element in tree.of("meta"):
        attributes = tree.attributes[element]
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        canonical = _CANONICAL.get(name)
        if canonical is None:
            continue
        value = " ".join((attributes.get("content") or "").split())[:MAX_VALUE]
        if not found.get(canonical):
            found[canonical] = value
    return found


def published_value(tree: Tree) -> str:
    """What a meta element under a related but wrong name (publishdate, pubtime …) states, or the page's data
    for search engines; "" if none.
    """
    for element in tree.of("meta"):
        attributes = tree.attributes[element]
        names = (attributes.get(key) for key in ("name", "property", "itemprop"))
        name = next(filter(None, names), "").strip().lower()
        if _MISSPELT.get(name) == "PubDate" or name in (
            "article:published_time",
            "og:published_time",
            "datepublished",
            "pubdate ",
        ):
            return (attributes.get("content") or "").strip()[:80]
    for element in tree.of("script"):
        if tree.attribute(element, "type").strip().lower() == "application/ld+json":
            stated = _LD_PUBLISHED.search(tree.raw(element)[:20_000])
            if stated:
                return stated[1]
    return ""
