"""The walk of one site: what to ask next, what an answer leads to, and whether all columns were seen.

Nothing here touches the network: a shell takes visits from `next`, fetches them and hands in answers.
"""

import logging
import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from crawler.classify import OK, Failure, classify_reply, site_code
from crawler.pipeline import Answer, Reading, Witness, as_try, is_to_be_read
from crawler.plan import CrawlPlan, SitePlan
from crawler.runfolder import RunFolder
from crawler.spiders.arrival import in_its_role
from crawler.spiders.budget import Budget
from crawler.spiders.gate import Gate
from crawler.spiders.ledger import Ledger
from crawler.spiders.memory import Memory
from crawler.spiders.outset import first_visits, is_redirect, send_on, sought_visits
from crawler.spiders.pursuit import Pursuit
from crawler.spiders.scope import Scope
from crawler.spiders.surroundings import Surroundings
from crawler.spiders.trouble import Trouble
from crawler.spiders.visit import Frontier, Order, Visit, slot_of
from domain.observation import CHINA
from domain.page import Page
from domain.snapshot import FetchStatus
from domain.walk import Sighting, Walk

_log = logging.getLogger(__name__)

MOST_TRACES = 5
MOST_TRIES = 2
MOST_HOME_TRIES = 3

_AGAIN = frozenset(
    {
        FetchStatus.GONE,
        FetchStatus.HTTP_ERROR,
        FetchStatus.UNREACHABLE,
        FetchStatus.TIMEOUT,
        FetchStatus.TLS_ERROR,
        FetchStatus.BLOCKED,
    }
)
"""What may be otherwise at a second try, later."""


class Journey:
    """One site being walked. `around` is shared by the sites of one process."""

    def __init__(
        self,
        plan: CrawlPlan,
        site_plan: SitePlan,
        *,
        folder: RunFolder,
        around: Surroundings,
        memory: Memory,
        started_at: datetime,
    ) -> None:
        self.plan = plan
        self.site = site_plan.site
        self._memory = memory
        today = plan.as_of.astimezone(CHINA).date()
        self._witness = Witness(site=self.site, folder=folder, today=today)
        self._scope = Scope(self.site.home, around.places)
        self._gate = Gate(self.site, policy=around.policy, robots=around.robots, scope=self._scope)
        self._budget = Budget(plan)
        self._trouble = Trouble()
        self._ledger = Ledger(folder.open_site(self.site.id), self.site.id, started_at)
        self._pursuit = Pursuit(self._scope, self._budget, self._ledger, this_year=today.year)
        self._frontier = Frontier()
        self._rules: deque[Visit] = deque()
        self._again: list[Visit] = []
        self._flying = 0
        self._crashes = 0
        self._stopped = ""
        self._sought = list(sought_visits(site_plan.sought, self._scope))
        for visit in first_visits(self.site, self._scope):
            self._push(visit)

    @property
    def pages(self) -> int:
        """Sightings written so far."""
        return self._ledger.written

    @property
    def waiting(self) -> int:
        """Addresses known and not yet asked."""
        return len(self._frontier) + len(self._again)

    @property
    def blocked(self) -> int:
        """How many answers in a row the site's protection gave instead of pages."""
        return self._trouble.blocked

    @property
    def done(self) -> bool:
        """Whether nothing is under way and nothing is left to ask."""
        return not (self._flying or self._rules or len(self._frontier) or self._again or self._sought)

    def next(
        self, free: Callable[[str], bool], now: float, at: datetime, *, aside: bool = True
    ) -> Visit | None:
        """The next address to fetch on a host that is free; None when there is none at this moment.

        `now` is the loop's clock in seconds, `at` the present instant. Without `aside` none is given that is
        only tried or lies on a foreign host.
        """
        before = math.inf if aside else Order.ASIDE
        if self._rules:
            self._flying += 1
            return self._rules.popleft()
        while True:
            visit = self._frontier.pop(lambda slot: self._gate.is_open(slot) and free(slot), now, before)
            if visit is None:
                if self._flying or len(self._frontier) or not (self._sought or self._again):
                    return None
                self._take_up_sought() if self._sought else self._take_up_again()
                continue
            ready = self._ready(visit, now, at)
            if ready is not None:
                self._flying += 1
                return ready

    def conditions(self, visit: Visit) -> Mapping[str, str]:
        """Request headers by which an unchanged page need not be sent again."""
        return self._memory.conditions(visit)

    def reads(self, visit: Visit, answer: Answer) -> bool:
        """Whether an answer holds a page or document that will be read."""
        return (
            is_to_be_read(visit, answer) and answer.reply is not None and classify_reply(answer.reply) is OK
        )

    def read(self, answer: Answer) -> Reading:
        """Reads an answer's page beforehand; may run in a thread."""
        return self._witness.read(answer)

    def answer(self, visit: Visit, answer: Answer) -> None:
        """Takes in what came back for a visit under way."""
        self._flying -= 1
        written = self._ledger.written
        try:
            self._take_in(visit, answer)
        except OSError:
            raise
        except Exception:
            self._crashes += 1
            trace = self._crashes <= MOST_TRACES
            _log.error("site %s: %s cannot be taken in", self.site.id, visit.url, exc_info=trace)
            if self._ledger.written == written:
                failed = replace(answer, reply=None, failure=Failure.CRASH)
                self._ledger.settle(visit, self._witness.see(visit, failed))
            else:
                self._ledger.note(visit, "程序在处理页面时出错，已记录")

    def _take_in(self, visit: Visit, answer: Answer) -> None:
        if answer.failure is not None:
            self._gate.note(visit.at or visit.url, answer.failure)
        if answer.reply is not None and is_redirect(answer.reply.http_status):
            failure = send_on(visit, answer.reply)
            if failure is None and visit.role == "robots":
                failure = self._gate.refusal(visit.at)
            if failure is None:
                self._rules.append(visit) if visit.role == "robots" else self._frontier.push(visit)
                return
            answer = replace(answer, reply=None, failure=failure[0], words=failure[1])
        if visit.role == "robots":
            self._gate.learn(visit, answer.reply)
            return
        answer = self._memory.recall(visit, answer)
        sighting = self._witness.see(visit, answer)
        self._memory.compare(visit, answer, sighting)
        self._settle(visit, sighting)

    def stop(self, why: str) -> None:
        """Ends the walk early: what is left is noted as pending."""
        if self._stopped:
            return
        self._stopped = why
        self._sought.clear()
        for visit in [*self._frontier.clear(), *self._again]:
            self._ledger.leave(visit, why)
        self._again.clear()

    def finish(self, at: datetime) -> Walk:
        """Writes the summary of the walk and closes its file."""
        return self._ledger.finish(at, self._stopped)

    def _push(self, visit: Visit) -> None:
        self._frontier.push(self._pursuit.add(visit))

    def _ready(self, visit: Visit, now: float, at: datetime) -> Visit | None:
        """The visit, or its host's robots.txt before it; None when it is not to be fetched (now)."""
        why = self._budget.refuse_visit(visit, own=self._scope.on_own_host(visit.key))
        if why is not None:
            self._ledger.leave(visit, why)
            return None
        if self._is_known(visit, at):
            return None
        address = visit.at or visit.url
        failure = self._gate.failure(address)
        if failure is not None:
            answer = Answer(at=at, failure=failure[0], words=failure[1])
            self._settle(visit, self._witness.see(visit, answer))
            return None
        if self._gate.knows(address):
            visit.asked_at = now
            return visit
        visit.taken = False
        self._frontier.push(visit)
        return self._gate.robots_visit(address, now, visit.order)

    def _is_known(self, visit: Visit, at: datetime) -> bool:
        """Whether what is known already answers; then it is taken in."""
        tries = self._memory.tries(visit)
        if len(tries) >= MOST_TRIES or (tries and tries[-1].snapshot.status not in _AGAIN):
            for sighting in tries:
                self._ledger.write(sighting)
            return True
        rendered = self._memory.rendered(visit)
        if rendered is not None:
            self._settle(visit, self._witness.see(visit, rendered))
            return True
        carried = self._memory.carried(visit, at)
        if carried is not None:
            self._settle(visit, carried)
        return carried is not None

    def _settle(self, visit: Visit, sighting: Sighting) -> None:
        """Takes in a try: again later, or written down and followed."""
        self._count_trouble(visit, sighting)
        visit.tries += 1
        visit.last = sighting
        status = sighting.snapshot.status
        patient = visit.role == "home" and status is not FetchStatus.TIMEOUT
        most = MOST_HOME_TRIES if patient else MOST_TRIES
        if status in _AGAIN and visit.tries < most and not self._stopped:
            visit.due = visit.asked_at + self.plan.pause_before_second_try
            self._again.append(visit)
            return
        self._share(visit, sighting)
        sighting = in_its_role(visit, sighting, self._scope, self._witness.home)
        self._ledger.settle(visit, sighting)
        if sighting.page is not None and sighting.role != "link" and not self._stopped:
            self._follow(visit, sighting.page)
        visit.last = None  # addresses are remembered for the whole walk, what they showed is not

    def _share(self, visit: Visit, sighting: Sighting) -> None:
        if visit.role == "link" and not self._scope.on_own_host(visit.key):
            self._memory.learn(visit, sighting)

    def _take_up_sought(self) -> None:
        """When nothing else leads on: what is wanted for its own sake and was not met on the way."""
        for visit in self._sought:
            if not self._pursuit.knows(visit.key):
                self._push(visit)
        self._sought.clear()

    def _take_up_again(self) -> None:
        """When all else is done: the second try of what failed, the first noted as a try of a link."""
        self._gate.forget_dead()
        for visit in self._again:
            if visit.last is not None:
                first = as_try(visit.last)
                self._ledger.write(first)
                self._share(visit, first)
            visit.at, visit.hops, visit.taken = "", [], False
            self._frontier.push(visit)
        self._again.clear()

    def _count_trouble(self, visit: Visit, sighting: Sighting) -> None:
        """Leaves a host alone that does not answer any more, and a site that blocks us."""
        slot = slot_of(visit.at or visit.url)
        own = self._scope.on_own_host(visit.key)
        why = self._trouble.count(slot, sighting.snapshot.status, own=own)
        if why and own:
            self.stop(why)
        elif why:
            for left in self._frontier.clear(slot):
                self._ledger.leave(left, why)

    def _follow(self, visit: Visit, page: Page) -> None:
        if visit.role == "home" and visit.last is not None:
            self._witness.take_for_home(visit.last)
            self._scope.settle(page)
        elif visit.platform:
            code, own = site_code(page), self._witness.codes
            if code and own and code not in own:
                words = f"信息公开平台标明的网站标识码为 {code}，不是本网站的，未继续采集"
                self._ledger.note(visit, words)
                return
            self._scope.settle(page)
        for child in self._pursuit.children(page, visit):
            self._frontier.push(child)
