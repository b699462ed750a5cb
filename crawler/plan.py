"""What one crawl is to do: the sites, the moment it counts as, and every limit it keeps."""

import ipaddress
from dataclasses import dataclass, field
from datetime import datetime, time
from urllib.parse import urlsplit

import msgspec

from domain.target import Site

USER_AGENT = "Mozilla/5.0 (compatible; govwatch/0.1; government website monitor)"
"""How the crawler names itself; `govwatch` is the name robots.txt rules may use."""

ROBOTS_NAME = "govwatch"

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds from the request to the last byte, by what is asked for."""

    page: float = 20.0
    attachment: float = 60.0
    link: float = 15.0

    def of(self, role: str, site: Site) -> float:
        """The limit for what is asked for in a role; the registry may set a site's own for its pages."""
        if role == "attachment":
            return self.attachment
        if role in {"link", "robots"}:
            return self.link
        return self.page if site.page_seconds is None else float(site.page_seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkBudget:
    """How many link targets are tried: a site, a foreign host, and bytes read of each."""

    per_site: int = 2000
    per_host: int = 200
    max_bytes: int = 512 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedPage:
    """A page that a browser has shown: its DOM is kept under `sha256` among the bodies of the crawl."""

    url: str
    final_url: str
    sha256: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlan:
    """One site of a crawl. `previous` is the folder of an earlier run whose facts may be carried on.

    `rendered` pages are read from their kept DOM instead of being asked for again. `same_night` says that
    `previous` is an earlier pass of this very night: all that it saw well stands as it is, and only what
    the rendered pages lead to beyond it is asked for; `night` is then the folder of the earlier night's run.
    `fresh` are addresses that are asked for whatever an earlier walk says of them, `sought` are articles of
    the site that are asked for whether or not anything leads to them.
    """

    site: Site
    previous: str | None = None
    same_night: bool = False
    rendered: tuple[RenderedPage, ...] = ()
    night: str | None = None
    fresh: tuple[str, ...] = ()
    sought: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlPlan:
    """One crawl. `as_of` is the moment date rules count as; `clock` the real instant it starts at.

    `delay` is the pause in seconds between requests to one host (0: a farm of our own, up to
    `farm_concurrency` requests at once). `jobs` is how many sites are walked at once. `max_body` and
    `max_attachment` are bytes after decompression. `second_try_after` is how many seconds must lie
    between the two tries of an address that failed (None: none without a delay, else a minute).
    `allow_hosts` are names or addresses of hosts, `allow_networks` CIDR blocks that may be visited
    although they are private; the hosts of the sites themselves always may. `neighbours` are home
    addresses of registered sites that this crawl does not visit: what lies below them is theirs.
    `max_minutes` is how long one site may take (None: no limit).
    `night_window` limits the crawl to these hours of `as_of`'s zone. `trust_lists` false
    makes a full walk of sites that have a `previous`. `keep_days` is how old a fact may be that is carried on
    from an earlier night.
    """

    sites: tuple[SitePlan, ...]
    as_of: datetime
    clock: datetime | None = None
    delay: float = 1.0
    jobs: int = 8
    farm_concurrency: int = 16
    max_pages: int = 3000
    max_depth: int = 8
    max_body: int = 10 * MEGABYTE
    max_attachment: int = 20 * MEGABYTE
    max_attachments: int = 300
    max_list_pages: int = 20
    max_minutes: float | None = 180.0
    timeouts: Timeouts = field(default_factory=Timeouts)
    links: LinkBudget = field(default_factory=LinkBudget)
    check_links: bool = True
    second_try_after: float | None = None
    allow_hosts: tuple[str, ...] = ()
    allow_networks: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    night_window: tuple[time, time] | None = None
    user_agent: str = USER_AGENT
    trust_lists: bool = True
    keep_days: float = 30.0

    def __post_init__(self) -> None:
        """Raises ValueError naming the field, its value and the mend."""
        for problem in _problems(self):
            raise ValueError(problem)

    @property
    def pause_before_second_try(self) -> float:
        """Seconds between two tries of one address."""
        if self.second_try_after is not None:
            return self.second_try_after
        return 60.0 if self.delay > 0 else 0.0

    @property
    def named_hosts(self) -> frozenset[str]:
        """Hosts that the registry itself names, in lower case, each as `host` and as `host:port`."""
        addresses = [
            address
            for plan in self.sites
            for address in (plan.site.home, *(column.url for column in plan.site.columns))
        ]
        addresses += self.neighbours
        named = {host.lower() for host in self.allow_hosts}
        for address in addresses:
            parts = urlsplit(address)
            named |= {parts.hostname or "", parts.netloc.rpartition("@")[2].lower()}
        return frozenset(named - {""})


def _problems(plan: CrawlPlan) -> list[str]:
    found = []
    if plan.as_of.tzinfo is None:
        found.append(f"采集时点须带时区：as_of={plan.as_of.isoformat()}，例如 2026-06-30T09:00:00+08:00")
    if plan.clock is not None and plan.clock.tzinfo is None:
        found.append(f"起始时刻须带时区：clock={plan.clock.isoformat()}")
    if plan.delay < 0:
        found.append(f"请求间隔不能为负：delay={plan.delay}，应为 0 或更大的秒数")
    for name in ("jobs", "farm_concurrency", "max_pages", "max_depth", "max_body", "max_list_pages"):
        if getattr(plan, name) < 1:
            found.append(f"{name}={getattr(plan, name)}：应为大于 0 的整数")
    for network in plan.allow_networks:
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError:
            found.append(f"允许访问的网段写法不对：{network}，应写作 10.1.0.0/16 这样的 CIDR 网段")
    ids = [one.site.id for one in plan.sites]
    found += [f"网站编号重复：{name}" for name in sorted({i for i in ids if ids.count(i) > 1})]
    return found


_DECODER = msgspec.json.Decoder(CrawlPlan)


def encode_plan(plan: CrawlPlan) -> bytes:
    """The plan as JSON."""
    return msgspec.json.encode(plan)


def decode_plan(text: bytes) -> CrawlPlan:
    """A plan from its JSON. Raises ValueError in Chinese when it is not one."""
    try:
        return _DECODER.decode(text)
    except msgspec.MsgspecError as error:
        raise ValueError(f"采集计划无法读取：{error}") from error
