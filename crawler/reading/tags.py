"""The page tags of 国办发〔2017〕47号, read from meta elements however they are written."""

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
    """What a meta element under a related but wrong name (publishdate, pubtime …) states; "" if none."""
    for element in tree.of("meta"):
        attributes = tree.attributes[element]
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        if _MISSPELT.get(name) == "PubDate" or name in (
            "article:published_time",
            "og:published_time",
            "pubdate ",
        ):
            return (attributes.get("content") or "").strip()[:80]
    return ""
