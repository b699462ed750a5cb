"""Looks again at one finding alone: the pages it rests on, the same question, the browser as second look.

What was seen goes on record as a sighting or as a rectification, with evidence of its own. It is no scan:
the last run stays the last run. What cannot be seen changes nothing.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from crawler.runfolder import RunFolder
from domain.check import Question
from domain.finding import CASE_TITLES, CaseState, EvidenceFile, Finding, Verdict
from domain.outcome import Inconclusive, Outcome, Pass, Violation
from domain.target import Registry
from scheduler.browsing import open_browsing
from scheduler.desk import NightStore, Place, registry_in_force
from scheduler.likeness import LIKENESS
from scheduler.relike import look_at_likeness
from scheduler.relook import Task, look_at_account, look_at_site, verdict_of
from schemes.scheme import questions
from storage.faults import StoreError
from storage.lock import DataLock


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecked:
    """What a recheck came to: the outcome as of `at`, and how the case stands now."""

    finding: str
    at: datetime
    outcome: Outcome
    state: CaseState
    run: str
    evidence: tuple[EvidenceFile, ...] = ()

    @property
    def words(self) -> str:
        """One Chinese sentence."""
        title = CASE_TITLES[self.state]
        match self.outcome:
            case Violation():
                return f"复查仍见到问题：{self.outcome.summary}（现状态：{title}）"
            case Pass():
                return f"复查见到已符合要求：{self.outcome.reason or '问题已不存在'}（现状态：{title}）"
            case _:
                return f"复查无法判定：{self.outcome.reason}（状态不变：{title}）"


def recheck(place: Place, finding_id: str, as_of: datetime | None = None) -> Rechecked:
    """Looks again at one finding, as of a moment (default: now), and takes in what was seen.

    Raises StoreError when there is no such finding, its target is not in the registry any more, or another
    process works in the data folder.
    """
    moment = as_of or place.clock()
    with ExitStack() as stack:
        stack.enter_context(DataLock(place.data, "复查"))
        store = stack.enter_context(place.opened())
        finding = store.finding(finding_id)
        registry = _registry_with(store, finding)
        run = store.begin_recheck(
            finding_id, registry, as_of=moment, started=place.clock(), program=place.program
        )
        folder = RunFolder(place.data / "runs" / run.id, place.data / "bodies")
        folder.create()
        request = place.request(registry)
        browsing = stack.enter_context(
            open_browsing(
                configured=place.browser,
                clock=place.clock,
                hosts=request.hosts,
                networks=request.networks,
                pause=place.pause,
            )
        )
        task = Task(
            place=place,
            store=store,
            registry=registry,
            finding=finding,
            questions=_asked(registry, finding),
            run=run,
            folder=folder,
            browsing=browsing,
            as_of=moment,
        )
        return _carry_out(task)


def _registry_with(store: NightStore, finding: Finding) -> Registry:
    for registry in (registry_in_force(store), store.registry()):
        places = registry.sites if finding.target_kind == "site" else registry.accounts
        if any(place.id == finding.target for place in places):
            return registry
    raise StoreError(f"名录中已没有“{finding.target}”，不能复查")


def _asked(registry: Registry, finding: Finding) -> tuple[Question, ...]:
    """The questions of the finding's check, about its subject alone."""
    found = [each for each in questions(registry.schemes) if each.check.id == finding.check]
    return tuple(replace(each, check=_about(each.check, finding)) for each in found)


def _about(check: Any, finding: Finding) -> Any:
    every = check.subjects

    def subjects(observation: Any, params: Any) -> Any:
        for subject in every(observation, params):
            if (subject.unit, subject.key) == (finding.unit, finding.subject):
                yield subject

    return replace(check, subjects=subjects)


def _carry_out(task: Task) -> Rechecked:
    if not task.questions:
        reason = "现行考核办法已不检查这一项"
        return _take_in(task, verdict_of(task, Inconclusive(reason=reason)), ())
    return _take_in(task, *_look(task))


def _look(task: Task) -> tuple[Verdict, Sequence[EvidenceFile]]:
    if task.finding.target_kind == "account":
        return look_at_account(task)
    return look_at_likeness(task) if task.finding.check == LIKENESS else look_at_site(task)


def _take_in(task: Task, verdict: Verdict, evidence: Sequence[EvidenceFile]) -> Rechecked:
    ended = task.place.clock()
    task.store.take_recheck(task.run, verdict, evidence, task.as_of, ended)
    return Rechecked(
        finding=task.finding.id,
        at=task.as_of,
        outcome=verdict.outcome,
        state=task.store.finding(task.finding.id).state,
        run=task.run.id,
        evidence=tuple(evidence),
    )
