"""Where a walk sets out: its first visits, and the way on when an answer points elsewhere."""

from collections.abc import Iterable, Iterator, Sequence

from crawler.address import canonical, resolve
from crawler.classify import Failure, Reply
from crawler.spiders.scope import Scope
from crawler.spiders.visit import Order, Visit
from domain.snapshot import Hop
from domain.target import Site

MOST_HOPS = 10

LAST = 500.0
"""How far behind loose articles those stand that nothing leads to."""


def first_visits(site: Site, scope: Scope) -> Iterator[Visit]:
    """The home page and the declared columns, each once; a column outside the site is taken into it."""
    home = Visit(
        url=site.home, key=canonical(site.home), role="home", order=Order.HOME, text="首页", candidate=True
    )
    yield home
    known = {home.key}
    for number, column in enumerate(site.columns):
        key = canonical(column.url)
        if key in known:
            continue
        known.add(key)
        if not scope.owns(key):
            scope.add_list(column.url)
        yield Visit(
            url=column.url,
            key=key,
            role="column",
            order=Order.DECLARED + number / 1000,
            depth=1,
            text=column.name,
            names=(column.name,),
            candidate=True,
            declared=True,
        )


def sought_visits(addresses: Iterable[str], scope: Scope) -> Iterator[Visit]:
    """Articles of the site that are wanted for their own sake: last of all, unless a list leads to them."""
    for url in addresses:
        key = canonical(url)
        if scope.on_own_host(key):
            yield Visit(url=url, key=key, role="article", order=Order.LOOSE_ARTICLE + LAST, depth=1)


def send_on(visit: Visit, reply: Reply) -> tuple[Failure, str] | None:
    """Sends a visit on to where a redirect points; the failure when that cannot be done."""
    here = visit.at or visit.url
    target = resolve(here, reply.headers.get("location", ""))
    visit.hops.append(Hop(url=here, http_status=reply.http_status))
    if target is None:
        return Failure.BAD_REDIRECT, ""
    if loops(target, visit.hops, sets_cookie="set-cookie" in reply.headers):
        return Failure.REDIRECT_LOOP, target
    if len(visit.hops) > MOST_HOPS:
        return Failure.REDIRECT_LOOP, f"超过 {MOST_HOPS} 次"
    visit.at = target
    visit.taken = False
    return None


def is_redirect(http_status: int) -> bool:
    """Whether a status sends on to the address of the Location header."""
    return http_status in {301, 302, 303, 307, 308}


def loops(url: str, redirects: Sequence[Hop], *, sets_cookie: bool) -> bool:
    """Whether a redirect to `url` goes in a circle.

    A server that sets a cookie may send back to the same address once, a second time without it is a circle.
    """
    times = sum(hop.url == url for hop in redirects)
    return times >= (2 if sets_cookie else 1)
