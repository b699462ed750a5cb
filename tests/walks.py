"""Builders of walks for tests: pages by path, and the walk that would bring them home."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from crawler.address import canonical
from domain.page import DateClue, DateSource, Item, Link, Page, PageKind, Region
from domain.snapshot import FetchStatus, Snapshot
from domain.target import Registry, Site
from domain.unit import Unit
from domain.walk import Pending, Sighting, Walk
from tests.observations import AS_OF, COUNTY, GUEST, HOME, OWNER, SITE, url

FETCHED = datetime(2026, 6, 30, 1, 0, tzinfo=UTC)
MARKS = ("identifier_code", "icp", "police_record", "party_gov_mark", "sponsor", "contact", "site_map")


def nav(*pairs: tuple[str, str]) -> tuple[Link, ...]:
    """Links of a menu: path and words."""
    return links(Region.NAV, *pairs)


def links(region: Region, *pairs: tuple[str, str]) -> tuple[Link, ...]:
    """Links in one part of a page: path and words."""
    return tuple(Link(url=address(path), text=text, region=region) for path, text in pairs)


def address(path: str) -> str:
    """The address of a path on the test site; a whole address stays as it is."""
    return path if "://" in path else url(path)


def item(path: str, day: str | None = None, title: str = "一条信息的标题", **more: Any) -> Item:
    """An entry of a list."""
    return Item(title=title, url=address(path), day=date.fromisoformat(day) if day else None, **more)


def clue(day: str, source: DateSource = DateSource.LABEL, **more: Any) -> DateClue:
    """What an article says of its date."""
    return DateClue(source=source, day=date.fromisoformat(day), raw=day, **more)


def page(path: str, kind: PageKind = PageKind.LIST, **more: Any) -> Page:
    """A page that was read; crumbs, pager, frames and attachments may be given as paths or pairs."""
    more.setdefault("title", "")
    if "crumbs" in more:
        more["crumbs"] = links(Region.CRUMB, ("", "首页"), *more["crumbs"])
    for name in ("pager", "frames"):
        more[name] = tuple(address(one) for one in more.get(name, ()))
    if "attachments" in more:
        more["attachments"] = links(Region.BODY, *more["attachments"])
    if "dates" in more:
        more["dates"] = tuple(clue(day) if isinstance(day, str) else day for day in more["dates"])
    return Page(url=address(path), adapter="generic", charset="utf-8", kind=kind, **more)


def home(*menu: tuple[str, str], **more: Any) -> Page:
    """A home page with a menu and a whole foot."""
    more.setdefault("marks", MARKS)
    more.setdefault("title", "示例市卫生健康局")
    more.setdefault("links", nav(("", "首页"), *menu))
    return page("", PageKind.HOME, **more)


def article(
    path: str, title: str = "一条信息的标题", *days: str, text: str = "正文" * 60, **more: Any
) -> Page:
    """An article page with its dates."""
    return page(path, PageKind.ARTICLE, title=title, dates=days, text=text, **more)


def sighting(
    of: Page | None,
    path: str = "",
    *,
    role: str = "column",
    status: FetchStatus = FetchStatus.OK,
    asked_as: str = "",
    found_on: str | None = HOME,
    depth: int = 1,
    **snapshot: Any,
) -> Sighting:
    """One address as it was seen."""
    asked = address(path) if of is None or path else of.url
    snapshot.setdefault("final_url", of.url if of else asked)
    return Sighting(
        snapshot=Snapshot(url=asked, status=status, fetched_at=FETCHED, **snapshot),
        page=of,
        asked_as=asked_as,
        found_on=found_on,
        depth=depth,
        role=role,
    )


def walk(*sightings: Sighting, complete: bool = True, **more: Any) -> Walk:
    """A walk of these sightings."""
    return Walk(
        site=SITE.id,
        started_at=FETCHED,
        ended_at=FETCHED,
        complete=complete,
        sightings=sightings,
        **more,
    )


def walked(*pages: Page, declared: Iterable[str] = ()) -> Walk:
    """The walk that follows menus to columns, lists to articles and further pages, frames and files."""
    known = {canonical(one.url): one for one in pages}
    found: dict[str, Sighting] = {}
    waiting: list[tuple[str, str, str, str | None, int]] = [(HOME, "home", "首页", None, 0)]
    waiting += [(address(path), "column", "", None, 1) for path in declared]
    while waiting:
        asked, role, text, found_on, depth = waiting.pop(0)
        key = canonical(asked)
        if key in found:
            continue
        one = known.get(key)
        status = FetchStatus.OK if one else FetchStatus.GONE
        found[key] = sighting(
            one, asked, role=role, status=status, asked_as=text, found_on=found_on, depth=depth
        )
        if one is not None:
            waiting += _leads(one, depth)
    return walk(*found.values())


def _leads(one: Page, depth: int) -> list[tuple[str, str, str, str | None, int]]:
    listed = {item.url for item in one.items if item.day}
    leads: list[tuple[str, str, str, str | None, int]] = [
        (link.url, "column", link.text, one.url, depth + 1) for link in _menu(one, listed)
    ]
    if one.forward:
        leads.append((one.forward, "column", "", one.url, depth))
    leads += [(frame, "frame", "", one.url, depth) for frame in one.frames]
    leads += [(further, "pager", "", one.url, depth) for further in one.pager]
    leads += [(entry.url, "article", entry.title, one.url, depth + 1) for entry in one.items if entry.url]
    leads += [(file.url, "attachment", file.text, one.url, depth + 1) for file in one.attachments]
    return leads


def _menu(one: Page, listed: set[str]) -> Iterable[Link]:
    if one.kind is PageKind.ARTICLE:
        return ()
    return (link for link in one.links if link.url not in listed and link.region is not Region.FOOT)


def registry(*units: Unit, site: Site = SITE, more: Iterable[Site] = ()) -> Registry:
    """A registry of these units (by default the test ones) and the test site."""
    return Registry(schemes=(), units=units or (COUNTY, OWNER, GUEST), sites=(site, *more))


def unseen_at(
    one: Walk,
    paths: Mapping[str, FetchStatus | None] | Iterable[str],
    status: FetchStatus = FetchStatus.BLOCKED,
) -> Walk:
    """The walk had these addresses not been seen: with a status, or (None) never asked for."""
    given = paths if isinstance(paths, Mapping) else dict.fromkeys(paths, status)
    how = {canonical(address(path)): ended for path, ended in given.items()}
    kept: list[Sighting] = []
    pending = list(one.pending)
    for old in one.sightings:
        key = canonical(old.snapshot.url)
        if key not in how:
            kept.append(old)
            continue
        ended = how[key]
        if ended is not None:
            bare = replace(old.snapshot, status=ended, final_url=old.snapshot.url, detail="未能看到")
            kept.append(replace(old, snapshot=bare, page=None))
        if old.role in {"column", "home"}:
            why = "未能看到" if ended else "超出本次扫描范围"
            pending.append(
                Pending(url=old.snapshot.url, text=old.asked_as, found_on=old.found_on or "", why=why)
            )
    return replace(one, sightings=tuple(kept), pending=tuple(pending), complete=one.complete and not how)


__all__ = ["AS_OF", "HOME", "SITE"]
