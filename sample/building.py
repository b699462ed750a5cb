"""From a plan and its plants to a site of the city."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sample.content import Plan
from sample.model import NOT_FOUND, Answer, Behaviour, Declared, Host, SampleSite, Service
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
) -> SampleSite:
    """Renders the plan. `declared` and `over` name columns by key (`~key`) or by path.

    `over` replaces answers, `after_end` adds markup after the end of a page's document,
    `aliases` gives pages a second address (path to key), `behaving` lets pages answer oddly (by key),
    `services` make the answers of a path.

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
    hosts = tuple(
        Host(
            id=host,
            pages=answers,
            fallback=fallback or NOT_FOUND,
            services={**rendered.services, **(services or {})} if host == plan.id else {},
        )
        for host, answers in pages.items()
    )
    return SampleSite(
        id=plan.id,
        unit=plan.unit,
        name=plan.name,
        hosts=hosts,
        identifier=plan.identifier if with_identifier else None,
        declared=tuple(_declare(column, plan.id, rendered.paths) for column in declared),
        truths=located(plants, plan.id, plan.unit, rendered.paths),
        obey_robots=obey_robots,
        page_seconds=page_seconds,
        about=about,
        again=again,
    )


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
