"""From a plan and its plants to a site of the city."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sample.content import Plan
from sample.model import NOT_FOUND, Answer, Behaviour, Declared, Host, SampleSite, Service
from sample.obstacles import led_on
from sample.render import render
from sample.truth import Plant, located, resolve_keys


def site_of(
    plan: Plan,
    plants: tuple[Plant, ...] = (),
    *,
    about: str,
    declared: tuple[Declared, ...] = (),
    fallback: Answer | None = None,
    over: Mapping[str, Answer] | None = None,
    after_end: Mapping[str, str] | None = None,
    aliases: Mapping[str, str] | None = None,
    behaving: Mapping[str, Behaviour] | None = None,
    services: Mapping[str, Service] | None = None,
    with_identifier: bool = True,
    obey_robots: bool = True,
    page_seconds: int | None = None,
    secured: bool = False,
    entrance: tuple[str, str] | None = None,
) -> SampleSite:
    """Renders the plan. `declared` and `over` name columns by key (`~key`) or by path.

    `over` replaces answers, `after_end` adds markup after the end of a page's document,
    `aliases` gives pages a second address (path to key), `behaving` lets pages answer oddly (by key),
    `services` make the answers of a path. A `secured` site has its pages on a host that speaks TLS, to which
    its own host sends everybody on. `entrance` names two addresses: the home page's refreshes to the first,
    whose script leads to the second, where the home page then is.

    `fallback` answers unknown addresses. Raises KeyError for an unknown key.
    """

    def again(change: Callable[[Plan], Plan]) -> SampleSite:
        return site_of(
            change(plan),
            plants,
            about=about,
            declared=declared,
            fallback=fallback,
            over=over,
            after_end=after_end,
            aliases=aliases,
            behaving=behaving,
            services=services,
            with_identifier=with_identifier,
            obey_robots=obey_robots,
            page_seconds=page_seconds,
            secured=secured,
            entrance=entrance,
        )

    rendered = render(plan)
    pages = {host: dict(answers) for host, answers in rendered.pages.items()}
    for at, answer in (over or {}).items():
        pages[plan.id][resolve_keys(at, rendered.paths)] = answer
    for path, key in (aliases or {}).items():
        pages[plan.id][path] = pages[plan.id][rendered.paths[key]]
    for key, behaviour in (behaving or {}).items():
        path = rendered.paths[key]
        pages[plan.id][path] = replace(pages[plan.id][path], behaviour=behaviour)
    for at, markup in (after_end or {}).items():
        path = resolve_keys(at, rendered.paths)
        page = pages[plan.id][path]
        pages[plan.id][path] = replace(page, body=page.body + markup.encode())
    if entrance:
        pages[plan.id] |= led_on(pages[plan.id], rendered.paths["home"], *entrance)
    hosts = tuple(
        Host(
            id=host,
            pages=answers,
            fallback=fallback or NOT_FOUND,
            services={**rendered.services, **(services or {})} if host == plan.id else {},
        )
        for host, answers in pages.items()
    )
    paths = rendered.paths
    if secured:
        hosts, paths = _behind_tls(plan.id, hosts, paths)
    return SampleSite(
        id=plan.id,
        unit=plan.unit,
        name=plan.name,
        hosts=hosts,
        identifier=plan.identifier if with_identifier else None,
        declared=tuple(_declare(column, plan.id, paths) for column in declared),
        truths=located(plants, plan.id, plan.unit, paths),
        obey_robots=obey_robots,
        page_seconds=page_seconds,
        about=about,
        again=again,
    )


def _behind_tls(
    site: str, hosts: tuple[Host, ...], paths: Mapping[str, str]
) -> tuple[tuple[Host, ...], Mapping[str, str]]:
    """The hosts and addresses of a site whose own host only sends visitors on to one that speaks TLS.

    The home page keeps the address that it is known by.
    """
    own = next(host for host in hosts if host.id == site)
    behind = replace(own, id=f"{site}s", secure=True)
    others = tuple(host for host in hosts if host.id != site)
    moved = {
        key: path if path.startswith("@@") or key == "home" else f"@@{behind.id}@@{path}"
        for key, path in paths.items()
    }
    return (Host(id=site, pages={}, moved=behind.id), behind, *others), moved


def _declare(column: Declared, site: str, paths: Mapping[str, str]) -> Declared:
    path = resolve_keys(column.url, paths)
    return Declared(
        name=column.name,
        url=path if path.startswith("@@") else f"@@{site}@@{path}",
        kind=column.kind,
        unit=column.unit,
        update_within_days=column.update_within_days,
        exempt=column.exempt,
    )
