"""Addresses: one key for those that lead to the same page, and links made absolute as browsers do.

Called for every link of every page, so it is written for speed; nothing here raises on any text.
"""

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

_INDEX_FILE = re.compile(
    r"/(?:index|default)\.(?:html?|shtml?|jhtml|xhtml|jspx?|php|aspx?|asp|do|action)$", re.IGNORECASE
)
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sessionid|sid)=[^/?;]*", re.IGNORECASE)
_ASP_SESSION = re.compile(r"/\([sSaAfF]\([^)/]{8,}\)\)(?=/)")
_SESSION_KEY = re.compile(r"^(?:jsessionid|phpsessid|sessionid|session_id|aspsessionid\w*|cfid|cftoken)$")
_TOKEN = re.compile(r"^(?:(?=[^=]*\d)(?=[^=]*[a-z])[0-9a-z_-]{6,}|[0-9a-z_-]{16,})$", re.IGNORECASE)
_SCHEME = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*:")
_UNSAFE = re.compile(r"[^!#$%&'()*+,/:;=?@\[\]~0-9A-Za-z._-]")
_TEMPLATE = re.compile(r"\{\{|\}\}|\$\{|<%|<\?|%>|['\"]\s*\+|\+\s*['\"]")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_BLANKS = {ord(c): None for c in "\t\r\n"}
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

_DOCUMENTS = "pdf doc docx xls xlsx xlsm ppt pptx pps wps et dps rtf txt csv ofd ceb cebx caj odt ods"
_OTHERS = (
    "rar zip 7z tar gz tgz bz2 exe apk ipa msi dmg iso "
    "mp3 mp4 wav wma wmv avi flv mov mkv rmvb rm m3u8 swf webm "
    "jpg jpeg png gif bmp webp svg ico tif tiff psd css js json xml rss"
)

_ARTICLE_PATH = re.compile(
    r"(?:\d{4,}[^/]*|[0-9a-f]{12,}[^/]*|[0-9a-f-]{32,}[^/]*|/(?:info|article|content|detail|news|view|show|art)/[^?]*\d+[^/]*"
    r"|/\d+\.s?html?|/\d{4}[-/]?\d{2}[-/]?\d{2}/[^/]+|/\d{6}/[^/]*\d[^/]*)$",
    re.IGNORECASE,
)
_ARTICLE_QUERY = re.compile(
    r"[?&](?:id|aid|nid|mid|bid|docid|infoid|newsid|articleid|contentid|messageid|xxid|wbnewsid|key|guid|uuid|no|code)"
    r"=[\w-]{1,40}",
    re.IGNORECASE,
)
_FOLDER = re.compile(
    r"(?:/|/(?:index|list|default|col|column|channel|class|node|more|moreinfo|page)[\w-]*\.\w{2,5})$",
    re.IGNORECASE,
)

DOCUMENT_ENDINGS = frozenset(_DOCUMENTS.split())
"""File endings of documents that a page may attach."""

_OTHER_ENDINGS = frozenset(_OTHERS.split())
_ATTACHED = DOCUMENT_ENDINGS | {"zip", "rar", "7z"}
_PAGE_ENDINGS = (".html", ".htm", ".shtml", "/")
_ENDING = re.compile(r"\.([0-9a-z]{1,5})$", re.IGNORECASE)
_FILE_IN_QUERY = re.compile(
    r"[?&](?:file_?name|name|file|filepath|path|url)=[^&]*\.([0-9a-z]{1,5})(?:&|$)", re.I
)
_DOWNLOAD_SCRIPT = re.compile(
    r"/(?:downfile|download|downloadfile|filedown|attachdown)\w*\.(?:jsp|do|aspx?|php)\b", re.I
)


POSTED = "#post:"
"""Between an address and the form that is sent to it: see crawler.questions. No link of a page holds it."""


@lru_cache(maxsize=65536)
def canonical(url: str) -> str:
    """The key of an address: the same for addresses that differ only in fragment, session id, default
    port, index file name, case of the host or the way characters are escaped.

    A text that is no address is returned stripped of its fragment. A form sent along belongs to the key.
    """
    asked = url.find(POSTED)
    if asked > 0:
        return canonical(url[:asked]) + url[asked:]
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.split("#", 1)[0].strip()
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").rstrip(".")
    if not host:
        return url.split("#", 1)[0].strip()
    if ":" in host:
        host = f"[{host}]"
    if port is not None and str(port) != _DEFAULT_PORTS.get(scheme):
        host = f"{host}:{port}"
    path = _tidy_escapes(parts.path) or "/"
    if ";" in path:
        path = _SESSION_IN_PATH.sub("", path) or "/"
    if "(" in path:
        path = _ASP_SESSION.sub("", path)
    path = _INDEX_FILE.sub("/", path)
    query = _without_session(_tidy_escapes(parts.query)) if parts.query else ""
    return f"{scheme}://{host}{path}?{query}" if query else f"{scheme}://{host}{path}"


def _tidy_escapes(text: str) -> str:
    if not text.isascii() or _UNSAFE.search(text):
        text = _UNSAFE.sub(lambda match: quote(match.group(), errors="replace"), text)
    if "%" not in text:
        return text
    return _ESCAPE.sub(_tidy_escape, text)


def _tidy_escape(match: re.Match[str]) -> str:
    character = chr(int(match.group(1), 16))
    return character if character in _UNRESERVED else match.group().upper()


def _without_session(query: str) -> str:
    lowered = query.lower()
    if "sess" not in lowered and "sid=" not in lowered and "cfid" not in lowered and "cftok" not in lowered:
        return query
    return "&".join(part for part in query.split("&") if not _is_session(part))


def _is_session(part: str) -> bool:
    """Whether a piece of a query is a session id; a short `sid` names a site (gkmlpt) and stays."""
    key, _, value = part.partition("=")
    key = key.lower()
    return bool(_SESSION_KEY.match(key)) or (key == "sid" and bool(_TOKEN.match(value)))


def resolve(base: str, href: str, encoding: str = "utf-8") -> str | None:
    """The absolute address of a link, without its fragment; None for what is no link to a page.

    Those are mailto, javascript, tel, data, bare fragments and unfilled templates. Blanks and Chinese
    characters are escaped as browsers do: the path in UTF-8, the query in the page's `encoding`.
    """
    href = href.strip("\x00 \t\r\n\f\u3000\u00a0\u200b\ufeff")
    if not href or href[0] == "#":
        return None
    if "\n" in href or "\t" in href or "\r" in href:
        href = href.translate(_BLANKS)
    href = href.split("#", 1)[0]
    if _SCHEME.match(href):
        scheme, rest = href.split(":", 1)
        scheme = scheme.lower()
        if scheme not in ("http", "https"):
            return None
        href = f"{scheme}://{rest.replace(chr(92), '/').lstrip('/')}"
        if href.endswith("://"):
            return None
    if _TEMPLATE.search(href):
        return None
    absolute = href if href.startswith(("http://", "https://")) else _join(base, href.replace("\\", "/"))
    return _escaped(absolute, encoding) if absolute else None


def _join(base: str, href: str) -> str:
    """`href` relative to `base`; the empty string where the base is no address."""
    scheme, root, folder, file = _taken_apart(base)
    if not root:
        return ""
    if href.startswith("//"):
        return f"{scheme}:{href}" if len(href) > 2 else ""
    if href[0] == "?":
        return root + folder + file + href
    path, mark, query = href.partition("?")
    if path[0] != "/":
        path = folder + path
    if "/." in path:
        path = _without_dots(path)
    return f"{root}{path}{mark}{query}"


@lru_cache(maxsize=512)
def _taken_apart(base: str) -> tuple[str, str, str, str]:
    """An address as scheme, root, folder (with its slash) and file; four empty texts for what is none."""
    start = base.find("://")
    if start < 0:
        return "", "", "", ""
    bare = re.split(r"[?#]", base[start + 3 :], maxsplit=1)[0]
    host, slash, path = bare.partition("/")
    folder, _, file = f"{slash or '/'}{path}".rpartition("/")
    return base[:start], f"{base[:start]}://{host}", f"{folder}/", file


def _without_dots(path: str) -> str:
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            if len(kept) > 1:
                kept.pop()
        elif part != ".":
            kept.append(part)
    if parts[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)


def _escaped(url: str, encoding: str) -> str:
    if not _UNSAFE.search(url):
        return url
    start = url.find("://") + 3
    path_at = min((at for at in (url.find("/", start), url.find("?", start)) if at >= 0), default=len(url))
    host, path = url[:path_at].strip(), url[path_at:]
    path, mark, query = path.partition("?")
    return (
        _UNSAFE.sub(lambda m: m.group() if ord(m.group()) > 127 else "", host)
        + _UNSAFE.sub(lambda m: quote(m.group(), errors="replace"), path)
        + mark
        + _UNSAFE.sub(lambda m: _quoted(m.group(), encoding), query)
    )


def _quoted(character: str, encoding: str) -> str:
    try:
        return quote(character, encoding=encoding, errors="strict")
    except (UnicodeError, LookupError):
        return quote(character, errors="replace")


def same_host(one: str, other: str) -> bool:
    """Whether two addresses name the same host and port ("www." and case apart)."""
    return _host(one) == _host(other)


@lru_cache(maxsize=8192)
def _host(url: str) -> str:
    key = canonical(url)
    start = key.find("://") + 3
    host = key[start : key.find("/", start)] if start > 2 else key
    return host[4:] if host.startswith("www.") else host


def ending_of(url: str) -> str:
    """The file ending an address bears in its path or names in its query, in small letters; or ""."""
    path, _, query = url.split("#", 1)[0].partition("?")
    name = path[path.rfind("/") + 1 :]
    match = _ENDING.search(name) if path.count("/") > 2 else None
    if match and (match.group(1).lower() in DOCUMENT_ENDINGS or match.group(1).lower() in _OTHER_ENDINGS):
        return match.group(1).lower()
    match = _FILE_IN_QUERY.search("?" + query) if query else None
    return match.group(1).lower() if match else ""


def looks_like_file(url: str) -> bool:
    """Whether an address leads to a file rather than a page: a document, archive, picture, film, app."""
    if url.endswith(_PAGE_ENDINGS):
        return False
    ending = ending_of(url)
    if ending in DOCUMENT_ENDINGS or ending in _OTHER_ENDINGS:
        return True
    return bool(_DOWNLOAD_SCRIPT.search(url))


def looks_like_document(url: str) -> bool:
    """Whether an address leads to a document or an unnamed download: what a page attaches."""
    if url.endswith(_PAGE_ENDINGS):
        return False
    return ending_of(url) in _ATTACHED or bool(_DOWNLOAD_SCRIPT.search(url))


def looks_like_article(url: str) -> bool:
    """Whether an address has the shape of a single piece of information rather than of a column."""
    if not url:
        return False
    path, mark, _ = url.partition("?")
    if _FOLDER.search(path):
        named = path.endswith("/") or not _INDEX_FILE.search(path)
        return bool(mark) and not named and bool(_ARTICLE_QUERY.search(url))
    return bool(_ARTICLE_PATH.search(path)) or (bool(mark) and bool(_ARTICLE_QUERY.search(url)))


def looks_like_folder(url: str) -> bool:
    """Whether an address has the shape of a column or of a further page of one."""
    return bool(_FOLDER.search(url.split("?", 1)[0]))
