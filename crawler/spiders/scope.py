"""Which addresses belong to a site: its host and folder, its disclosure platform, its declared columns."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from crawler.address import canonical
from domain.page import Page

MOSTLY = 0.5
"""Share of a page's links on its own host from which its folder is taken for the whole of the site."""

_PLATFORM = re.compile(
    r"(?:政府|政务)?信息公开|政务公开|依申请公开|主动公开|公开(?:指南|目录|年报|专栏|平台)"
)
_SUPERIOR = re.compile(r"关于|《|国务院|中央|中国政府|国家|全国|[^本全]省(?:人民)?政府|^.{2,3}省")
_UNIT = re.compile(
    r"(?:局|委|委员会|管委会|办公室|办事处|人民政府|(?<!大)厅|街道|[^乡城]镇|乡|中心|公司|集团|医院|学校|中学|小学|大队|支队)$"
)


def place_of(key: str) -> tuple[str, str]:
    """Host (without "www.") and path of a canonical address."""
    start = key.find("://") + 3
    slash = key.find("/", start)
    if start < 3 or slash < 0:
        return "", ""
    host = key[start:slash]
    path = key[slash:].partition("?")[0]
    return (host[4:] if host.startswith("www.") else host), path


def folder_of(path: str) -> str:
    """The folder of a path, with a slash at the end; a last part without a dot is a folder itself."""
    last = path.rfind("/")
    if "." in path[last:] or last == len(path) - 1:
        return path[: last + 1]
    return path + "/"


@dataclass(slots=True)
class _Root:
    folder: str
    settled: bool


class Scope:
    """What belongs to one site. `places` are the folders of all registered sites, by host."""

    def __init__(self, home: str, places: Mapping[str, frozenset[str]] | None = None) -> None:
        self._roots: dict[str, list[_Root]] = {}
        own = place_of(canonical(home))
        self._own = (own[0], folder_of(own[1]))
        self._places = places or {}
        self._lists: dict[str, list[str]] = {}
        self.add(home)

    def _others(self, host: str) -> frozenset[str]:
        """The folders of other registered sites on a host."""
        folders = self._places.get(host, frozenset())
        return folders - {self._own[1]} if folders and host == self._own[0] else folders

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts (with port where it is not the default) on which the site lives."""
        return frozenset(self._roots)

    def add(self, url: str) -> None:
        """Takes an address and what lies beside and below it into the site."""
        host, path = place_of(canonical(url))
        folder = folder_of(path)
        roots = self._roots.setdefault(host, [])
        if not any(folder.startswith(root.folder) for root in roots):
            roots.append(_Root(folder, settled=folder == "/" or bool(self._others(host))))

    def add_list(self, url: str) -> None:
        """Takes just one column (a declared one outside the site) with what lies below it into the site."""
        host, path = place_of(canonical(url))
        folder = folder_of(path)
        if folder != "/" and "?" not in url:
            self._lists.setdefault(host, []).append(folder)

    def settle(self, page: Page) -> None:
        """Decides by the links of a root's own page whether the site is its folder or the whole host.

        A folder is the site when most links stay in it: a department's pages below a city's portal.
        """
        host, path = place_of(canonical(page.url))
        for root in self._roots.get(host, ()):
            if root.settled or not path.startswith(root.folder):
                continue
            paths = [place for place in map(place_of, _keys(page)) if place[0] == host]
            below = sum(place[1].startswith(root.folder) for place in paths)
            if below < MOSTLY * len(paths):
                root.folder = "/"
            root.settled = True

    def owns(self, key: str) -> bool:
        """Whether a canonical address belongs to the site."""
        host, path = place_of(key)
        roots = self._roots.get(host)
        if roots is not None:
            best = max((len(r.folder) for r in roots if _below(path, r.folder)), default=0)
            if best and not any(len(folder) > best and _below(path, folder) for folder in self._others(host)):
                return True
        return any(_below(path, folder) for folder in self._lists.get(host, ()))

    def is_neighbours(self, key: str) -> bool:
        """Whether a canonical address belongs to another registered site."""
        host, path = place_of(key)
        return not self.owns(key) and any(_below(path, f) for f in self._others(host))

    def on_own_host(self, key: str) -> bool:
        """Whether an address lies on a host of the site, in whatever folder."""
        return place_of(key)[0] in self._roots

    def on_home_host(self, key: str) -> bool:
        """Whether an address lies on the host of the home page itself."""
        return place_of(key)[0] == self._own[0]

    def is_platform(self, text: str, key: str) -> bool:
        """Whether a link of the home page leads to the disclosure platform of this site.

        On another host it does by its name; on the site's own host, outside its folder, only where it
        leads further down than a section of the portal that all its departments share.
        """
        return self._names_platform(text, key) and (
            not self.on_home_host(key) or folder_of(place_of(key)[1]).count("/") > 2
        )

    def is_shared_platform(self, text: str, key: str) -> bool:
        """Whether a link leads to the disclosure section of the portal that the site is a folder of."""
        return self._names_platform(text, key) and not self.is_platform(text, key)

    def _names_platform(self, text: str, key: str) -> bool:
        if not _PLATFORM.search(text) or _SUPERIOR.search(text) or len(text) > 20:
            return False
        return bool(place_of(key)[0]) and not self.owns(key) and not self.is_neighbours(key)


def names_unit(text: str) -> bool:
    """Whether a link's text is the name of an office: on a shared platform it leads to another unit."""
    return 3 <= len(text) <= 24 and bool(_UNIT.search(text))


def _below(path: str, folder: str) -> bool:
    return path.startswith(folder) or path + "/" == folder


def _keys(page: Page) -> Iterable[str]:
    return (canonical(link.url) for link in page.links)
