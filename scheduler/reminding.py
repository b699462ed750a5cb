"""What is worth telling today, gathered from the store: cases, due dates, the ladder before each line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache

from alerts.digest import (
    Item,
    Kind,
    Standing,
    Wording,
    ahead_of,
    fingerprint,
    fingerprints_of_telling,
    items_of,
)
from alerts.ripeness import ripe
from checks.annual_report.missing import Params as ReportParams
from checks.catalogue import all_checks
from checks.column.stale import Params as ColumnParams
from checks.column.stale import limit_of
from checks.media.stale import Params as MediaParams
from crawler.accounts import observe_account
from crawler.observe import observe
from crawler.readings import read_reading
from crawler.runfolder import RunFolder, WalkError
from domain.check import Question, Subject
from domain.finding import MENDED_STATES, CaseState, Finding
from domain.limit import Limit
from domain.observation import CHINA, AccountObservation, SiteObservation, UnseenError
from domain.outcome import NotApplicable, Violation
from domain.target import Account, Registry, Site
from portal.freshness import Standing as Freshness
from portal.freshness import account_standing, column_lines
from scheduler.desk import NightStore, Place
from scheduler.ladder import Rung, due_rung, rungs_of_deadline, rungs_of_limit
from scheduler.terms import Terms
from schemes.calendar import is_working_day
from schemes.scheme import load_all, questions
from storage.nights import Closure
from storage.postbox import Notice

ENDED_BEFORE = timedelta(days=14)
"""Mended cases are told of for so long; later nobody waits for the word."""

ENDED = MENDED_STATES | {CaseState.DISMISSED, CaseState.EXEMPTED}

LINES = frozenset({"column.stale", "media.stale", "annual-report.missing"})
"""The checks whose line the ladder warns of: once it is crossed the case says so, and other lapses of the
same page or account are no ground to be silent.
"""

LEVEL_OF_RUNG = {1: 1, 2: 2}
"""The first rung is for the liaison, the second for the leader too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """The day's look at everything that may be told."""

    place: Place
    store: NightStore
    registry: Registry
    terms: Terms
    now: datetime

    @property
    def today(self) -> date:
        """The day in China."""
        return self.now.astimezone(CHINA).date()

    def items(self) -> list[Item]:
        """All that is worth telling: of cases, and ahead of the lines."""
        closures = self.store.closures()
        return [*self.of_cases(closures), *self.ahead(closures)]

    def of_cases(self, closures: Iterable[Closure]) -> list[Item]:
        """What is worth telling of the cases."""
        mended = self.store.mended_since(self.now - ENDED_BEFORE)
        findings = [one for one in self.store.findings() if _is_current(one, mended)]
        dues = self.store.due_dates([one.id for one in findings])
        told = self._told([one.id for one in findings if one.id in mended])
        standing = [
            Standing(
                finding=finding,
                due=dues.get(finding.id),
                ripe=finding.state is CaseState.DETECTED
                and ripe(finding, self.store.sightings(finding.id), self.terms.damping),
                paused=_closed(closures, finding.unit, finding.target, self.today),
                told=finding.id in told,
            )
            for finding in findings
        ]
        return items_of(standing, self.today, wording(self.terms))

    def _told(self, cases: Sequence[str]) -> frozenset[str]:
        """Which of these cases the unit has heard of."""
        names = {name: case for case in cases for name in fingerprints_of_telling(case)}
        return frozenset(names[name] for name in self.store.known_notices(list(names)))

    def ahead(self, closures: Iterable[Closure]) -> list[Item]:
        """The rungs of the ladder that were reached: columns, accounts, annual reports."""
        asked = questions(self.registry.schemes)
        crossed = {
            (one.unit, one.target, one.subject)
            for one in self.store.findings()
            if one.check in LINES and one.state not in ENDED
        }
        found: list[Item] = []
        for site in self.registry.sites:
            observation = self._seen(site)
            if observation is not None:
                found += self._of_site(observation, asked)
        for account in self.registry.accounts:
            seen = self._account_seen(account)
            if seen is not None:
                found += self._of_account(seen, asked)
        return [
            item
            for item in found
            if (item.unit, item.target, item.where or item.target) not in crossed
            and not _closed(closures, item.unit, item.target, self.today)
        ]

    def _seen(self, site: Site) -> SiteObservation | None:
        """What the latest kept walk showed, as of that walk's day."""
        run = self.store.latest_run_with("site", site.id)
        if run is None:
            return None
        folder = RunFolder(self.place.data / "runs" / run, self.place.data / "bodies")
        try:
            walk = folder.read_walk(site.id)
        except (WalkError, OSError):
            return None
        first_seen = self.store.first_seen(site.id)
        return observe(site, self.registry, walk, as_of=self.now, first_seen=first_seen)

    def _account_seen(self, account: Account) -> AccountObservation | None:
        run = self.store.latest_run_with("account", account.id)
        if run is None:
            return None
        reading = read_reading(
            RunFolder(self.place.data / "runs" / run, self.place.data / "bodies"), account.id
        )
        return None if reading is None else observe_account(account, self.registry, reading, as_of=self.now)

    def _of_site(self, seen: SiteObservation, asked: Iterable[Question]) -> Iterable[Item]:
        asked = list(asked)
        params = [question.params for question in asked if isinstance(question.params, ColumnParams)]
        for line in column_lines(seen, asked):
            column = line.column
            limits = [limit for each in params if (limit := limit_of(column, each)) is not None]
            name = f"“{seen.site.name}”的“{column.name}”栏目"
            yield from self._of_limit(line.standing, limits, column.unit, seen.site.id, column.url, name)
        yield from self._of_report(seen, asked)

    def _of_account(self, seen: AccountObservation, asked: Iterable[Question]) -> Iterable[Item]:
        account = seen.account
        asked = list(asked)
        name = f"政务新媒体账号“{account.name}”"
        standing = account_standing(seen, asked)
        limits = [
            question.params.limit
            for question in asked
            if isinstance(question.params, MediaParams) and _binds(question, seen, standing.last_day)
        ]
        yield from self._of_limit(standing, limits, account.unit, account.id, account.id, name)

    def _of_limit(
        self, standing: Freshness, limits: list[Limit], unit: str, target: str, subject: str, name: str
    ) -> Iterable[Item]:
        if standing.newest is None or standing.last_day is None or standing.gap or not limits:
            return
        strictest = min(limits, key=lambda limit: limit.in_days(self.today))
        rung = due_rung(rungs_of_limit(standing.newest, strictest, is_working_day), self.today)
        if rung is not None:
            words = f"{name}最新一条为{standing.newest.isoformat()}，更新期限{standing.limit}"
            yield self._warning(rung, unit, target, subject, words, standing.newest.isoformat())

    def _of_report(self, seen: SiteObservation, asked: Iterable[Question]) -> Iterable[Item]:
        """Last year's annual report, where it is not published yet and its deadline is near."""
        for question in asked:
            if not isinstance(question.params, ReportParams):
                continue
            for subject in _subjects(question, seen):
                due = question.params.deadlines.due(seen, subject.unit)
                rung = due_rung(rungs_of_deadline(due, is_working_day), self.today)
                if rung is None or not _lacking(question, seen, subject, due):
                    continue
                words = f"“{seen.site.name}”尚未公布{self.today.year - 1}年政府信息公开工作年度报告"
                year = str(self.today.year - 1)
                yield self._warning(rung, subject.unit, seen.site.id, subject.key, words, year)

    def _warning(self, rung: Rung, unit: str, target: str, subject: str, words: str, since: str) -> Item:
        last = rung.last_day.isoformat()
        return Item(
            kind=Kind.WARNING,
            unit=unit,
            fingerprint=fingerprint("ladder", unit, target, subject, since, str(rung.number)),
            what=ahead_of(words, rung.last_day, self.today),
            where=subject if subject.startswith("http") else "",
            todo=f"请于{last}前更新或公布。",
            by=last,
            target=target,
            level=LEVEL_OF_RUNG.get(rung.number, 2),
        )


def _is_current(finding: Finding, mended: frozenset[str]) -> bool:
    return finding.id in mended if finding.state in MENDED_STATES else finding.state not in ENDED


def _subjects(question: Question, seen: SiteObservation) -> list[Subject]:
    try:
        return list(question.check.subjects(seen, question.params))
    except UnseenError:
        return []


def _binds(question: Question, seen: AccountObservation, last_day: date | None) -> bool:
    """Whether the rule is about the account at all on the day after its last day in time: not about one that
    is registered as ended, is gone or was opened only lately.
    """
    if last_day is None:
        return False
    later = replace(seen, as_of=datetime.combine(last_day + timedelta(days=1), time(12, 0), CHINA))
    try:
        found = [question.check.judge(one, later, question.params) for one in _account(question, later)]
    except UnseenError:
        return True
    return any(not isinstance(outcome, NotApplicable) for outcome in found)


def _account(question: Question, seen: AccountObservation) -> list[Subject]:
    return list(question.check.subjects(seen, question.params))


def _lacking(question: Question, seen: SiteObservation, subject: Subject, due: date) -> bool:
    """Whether the report would be found lacking on the day after its deadline, by what was seen."""
    after = datetime.combine(due + timedelta(days=1), time(12, 0), CHINA)
    try:
        outcome = question.check.judge(subject, replace(seen, as_of=after), question.params)
    except UnseenError:
        return False
    return isinstance(outcome, Violation)


def _closed(closures: Iterable[Closure], unit: str, target: str, day: date) -> bool:
    return any(closure.covers(unit, target, day) for closure in closures)


@cache
def _clauses() -> Mapping[str, str]:
    return {
        f"{scheme.head.id}/{line.no}": f"{scheme.head.name}第{line.no}项（{line.basis}）"
        for scheme in load_all().values()
        for line in scheme.indicators
    }


def wording(terms: Terms) -> Wording:
    """The titles and clauses that messages name."""
    return Wording(
        checks={check.id: check.title for check in all_checks().values()},
        clauses=_clauses(),
        portal=terms.portal,
    )


def as_notice(item: Item, at: datetime) -> Notice:
    """What is kept of an item until it is told."""
    facts = {
        name: getattr(item, name)
        for name in ("what", "where", "since", "clause", "todo", "by", "link", "target", "level")
    }
    return Notice(
        fingerprint=item.fingerprint,
        kind=item.kind.value,
        unit=item.unit,
        at=at,
        case=item.case,
        urgent=item.urgent,
        item=facts,
    )


def as_item(notice: Notice) -> Item:
    """The item that a kept notice stands for."""
    return Item(
        kind=Kind(notice.kind),
        unit=notice.unit,
        fingerprint=notice.fingerprint,
        case=notice.case,
        **notice.item,
    )
