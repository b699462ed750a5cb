"""A pretended web for walks: answers by address, asked one by one, without network or processes."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from crawler.classify import Failure, Reply
from crawler.pipeline import Answer
from crawler.plan import CrawlPlan, SitePlan
from crawler.robots import RobotsBook
from crawler.runfolder import RunFolder
from crawler.spiders.earlier import EarlierWalk
from crawler.spiders.journey import Journey
from crawler.spiders.memory import Memory, TargetBook
from crawler.spiders.surroundings import surroundings_of
from crawler.spiders.visit import Visit
from domain.target import DeclaredColumn, Site
from domain.walk import Sighting, Walk

AS_OF = datetime.fromisoformat("2026-06-30T09:00:00+08:00")
HOME = "http://www.a.gov.cn/"

Given = str | bytes | int | Failure | Reply
Page = Given | Sequence[Given] | Callable[[int], Given]


def html(title: str, body: str = "", head: str = "") -> str:
    """A page with a title and a body, as servers send them; what has no body shows the name of its site."""
    body = body or ("" if head else "<div>云溪县人民政府</div>")
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def menu(*columns: tuple[str, str]) -> str:
    """A menu of links."""
    items = "".join(f'<li><a href="{url}">{name}</a></li>' for url, name in columns)
    return f'<div class="nav"><ul>{items}</ul></div>'


def listing(*entries: tuple[str, str, str]) -> str:
    """A list of dated entries."""
    rows = "".join(f'<li><a href="{url}">{title}</a><span>{day}</span></li>' for url, title, day in entries)
    return f'<div class="list"><ul>{rows}</ul></div>'


def article(title: str, day: str = "2026-06-01", body: str = "") -> str:
    """An article of some length."""
    text = "<p>各有关单位要认真落实本通知的各项要求，按时完成工作任务。</p>" * 8
    return html(title, f"<h1>{title}</h1><div>发布时间：{day}</div><div class='content'>{text}{body}</div>")


def redirect(target: str, status: int = 302, **headers: str) -> Reply:
    """A redirect."""
    named = {"location": target, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Reply(url="", final_url="", http_status=status, headers=named)


@dataclass(slots=True)
class Web:
    """Answers by absolute address. A sequence answers its tries one after another, the last for ever."""

    pages: dict[str, Page]
    asked: list[str] = field(default_factory=list)
    conditions: dict[str, Mapping[str, str]] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def counts(self) -> Counter[str]:
        return Counter(self.asked)

    def answer(self, visit: Visit, at: datetime) -> Answer:
        url = visit.at or visit.url
        self.asked.append(url)
        given = self.pages.get(url, 404)
        if callable(given):
            given = given(self.counts[url])
        elif isinstance(given, Sequence) and not isinstance(given, str | bytes):
            given = given[min(self.counts[url], len(given)) - 1]
        if isinstance(given, Failure):
            return Answer(at=at, failure=given, elapsed_ms=5)
        headers = {"Content-Type": "text/html; charset=utf-8", **self.headers.get(url, {})}
        if isinstance(given, Reply):
            reply = Reply(
                url=visit.url,
                final_url=url,
                http_status=given.http_status,
                headers=given.headers,
                body=given.body,
                flaw=given.flaw,
            )
        else:
            body = b"" if isinstance(given, int) else given.encode() if isinstance(given, str) else given
            status = given if isinstance(given, int) else 200
            lower = {name.lower(): value for name, value in headers.items()}
            reply = Reply(url=visit.url, final_url=url, http_status=status, headers=lower, body=body)
        return Answer(at=at, reply=reply, headers=tuple(headers.items()), elapsed_ms=5)


@dataclass(slots=True)
class Expedition:
    """One walk over a pretended web, and what came of it."""

    web: Web
    walk: Walk
    journey: Journey

    def of(self, role: str) -> list[str]:
        """The addresses seen in a role, without the host of the home page."""
        return [short(one.snapshot.url) for one in self.walk.sightings if one.role == role]

    def sighting(self, path: str, role: str | None = None) -> Sighting:
        """The last sighting of an address (in a role)."""
        found = [
            one
            for one in self.walk.sightings
            if short(one.snapshot.url) == path and (role is None or one.role == role)
        ]
        assert found, f"{path} was not seen; seen: {[short(one.snapshot.url) for one in self.walk.sightings]}"
        return found[-1]

    def tries(self, path: str) -> list[Sighting]:
        """All sightings of an address."""
        return [one for one in self.walk.sightings if short(one.snapshot.url) == path]


def short(url: str) -> str:
    """An address without the home page's host."""
    return "/" + url.removeprefix(HOME) if url.startswith(HOME) else url


def set_out(
    folder: Path,
    pages: Mapping[str, Page],
    *,
    columns: Sequence[DeclaredColumn] = (),
    site: Mapping[str, Any] | None = None,
    targets: TargetBook | None = None,
    robots: RobotsBook | None = None,
    name: str = "run",
    site_plan: Mapping[str, Any] | None = None,
    stop: Callable[[Journey, int], None] | None = None,
    headers: Mapping[str, dict[str, str]] | None = None,
    most: int = 20_000,
    **plan: Any,
) -> Expedition:
    """Walks a site (home page `HOME` unless `site` says otherwise) over `pages`, keyed by path or address."""
    facts = {"id": "s01", "unit": "U01", "name": "某局", "home": HOME, "columns": tuple(columns)}
    own = SitePlan(site=Site(**{**facts, **(site or {})}), **(site_plan or {}))
    web = Web({_absolute(path): page for path, page in pages.items()})
    web.headers = {_absolute(path): values for path, values in (headers or {}).items()}
    crawl_plan = CrawlPlan(**{"sites": (own,), "as_of": AS_OF, "delay": 0, **plan})
    run = RunFolder(folder / name, folder / "bodies")
    run.create()
    walks = [
        EarlierWalk(RunFolder.at(path, run.bodies), own.site.id) if path else None
        for path in ((own.previous, own.night) if own.same_night else (None, own.previous))
    ]
    around = replace(
        surroundings_of(crawl_plan), robots=robots or RobotsBook(), targets=targets or TargetBook()
    )
    journey = Journey(
        crawl_plan,
        own,
        folder=run,
        around=around,
        memory=Memory(own, folder=run, targets=around.targets, tonight=walks[0], earlier=walks[1]),
        started_at=AS_OF,
    )
    at, now = AS_OF, 0.0
    while not journey.done:
        visit = journey.next(lambda slot: True, now, at)
        if visit is None:
            now += 30.0
        else:
            web.conditions[visit.at or visit.url] = journey.conditions(visit)
            journey.answer(visit, web.answer(visit, at))
            if stop is not None:
                stop(journey, len(web.asked))
        at += timedelta(seconds=1)
        most -= 1
        assert most, f"the walk does not end; it asked {web.counts.most_common(5)}"
    journey.finish(at)
    return Expedition(web, run.read_walk(own.site.id), journey)


def _absolute(path: str) -> str:
    return path if "://" in path else HOME + path.lstrip("/")
