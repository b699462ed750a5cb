"""The crawl of a scan in a thread of its own, so that judging and storing need not wait for it."""

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crawler.crawl import crawl
from crawler.events import Event
from crawler.plan import CrawlPlan, RenderedPage, SitePlan
from crawler.runfolder import RunFolder
from domain.target import Site

MOST_ROUNDS = 4
"""Walks of one site in one night: a further one asks for what the one before could not show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlOver:
    """A crawl has ended; `error` is what it failed with, of ours."""

    error: BaseException | None = None


class Crawling:
    """One crawl under way. `deliver` is called with its events, and at last with CrawlOver."""

    def __init__(
        self, plan: CrawlPlan, folder: RunFolder, name: str, deliver: Callable[[Event | CrawlOver], None]
    ) -> None:
        self._plan = plan
        self._folder = folder
        self._name = name
        self._deliver = deliver
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="govwatch-crawl")
        self._thread.start()

    def stop(self) -> None:
        """Ends it and all its processes."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            for event in crawl(
                self._plan,
                self._folder.path,
                self._folder.bodies,
                plan_name=self._name,
                stop=self._stop.is_set,
            ):
                self._deliver(event)
        except BaseException as error:
            self._deliver(CrawlOver(error=error))
        else:
            self._deliver(CrawlOver())


def set_aside(folder: RunFolder, site_id: str, number: int) -> str:
    """Puts the walk of a round aside, so that the next round writes its own; gives the folder it lies in."""
    aside = RunFolder(folder.path / f"round-{number}", folder.bodies)
    aside.create()
    os.replace(folder.site_path(site_id), aside.site_path(site_id))
    return str(aside.path)


def next_round(
    site: Site,
    *,
    aside: str,
    night: str | None,
    rendered: Sequence[RenderedPage],
    fresh: Sequence[str],
    sought: Sequence[str] = (),
) -> SitePlan:
    """The plan of a further walk this night: what was seen stands, what `rendered` pages lead to is walked.

    `night` is the folder of an earlier night whose facts may be carried on, `fresh` are addresses to be asked
    for anew.
    """
    return SitePlan(
        site=site,
        previous=aside,
        same_night=True,
        night=night,
        rendered=tuple(rendered),
        fresh=tuple(fresh),
        sought=tuple(sought),
    )
