"""One job of the nights from beginning to end: put on record, carried out, its failure told to operators."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from scheduler import bulletins, night_scan, night_work, upkeep
from scheduler.desk import NightStore, Place, registry_in_force
from scheduler.office import Means, Night
from scheduler.plan import jobs_of
from scheduler.terms import Terms, terms_kept
from storage.faults import StoreError
from storage.nights import DONE, FAILED, SKIPPED, JobLine

log = logging.getLogger(__name__)

WORK: Mapping[str, Callable[[Night], str]] = {
    "scan": night_scan.night_scan,
    "walk": night_scan.weekly_walk,
    "probe": night_work.probe_round,
    "recheck": night_work.rechecks,
    "remind": upkeep.remind,
    "digest": upkeep.digest,
    "post": upkeep.post,
    "watch": upkeep.watch,
    "health": upkeep.health,
    "timestamp": upkeep.timestamp,
    "ledger": upkeep.keep_ledger,
    "bulletin": bulletins.bulletins,
    "prune": upkeep.prune,
    "backup": upkeep.backup_data,
}


def terms_in_force(store: NightStore) -> Terms:
    """The settings of the nights as kept. Raises StoreError when a value makes no sense."""
    return terms_kept(store)


def perform(
    place: Place, name: str, means: Means, *, due: datetime | None = None, even_paused: bool = False
) -> JobLine:
    """Carries out a job that was due at a moment (default: now) and gives its line in the log.

    What the world or the user did to it ends in that line; a crash of ours too, and is told to the operators.
    Raises StoreError for a job that does not exist or a store that cannot be used.
    """
    with place.opened() as store:
        terms = terms_in_force(store)
        if name not in jobs_of(terms):
            raise StoreError(f"没有名为“{name}”的任务，可用的有：{'、'.join(jobs_of(terms))}")
        now = place.clock()
        at = due or now
        state = store.jobs().get(name)
        line = store.begin_job(name, at, now)
        asked_for = state is not None and state.asked_at is not None
        if state is not None and state.paused and not (even_paused or asked_for):
            store.end_job(line, now, SKIPPED, "已暂停")
        else:
            _carry_out(place, store, terms, name, means, now, at, line)
        return store.job_log(1, name)[0]


def _carry_out(
    place: Place,
    store: NightStore,
    terms: Terms,
    name: str,
    means: Means,
    now: datetime,
    due: datetime,
    line: int,
) -> None:
    night: Night | None = None
    try:
        night = Night(
            place=place,
            store=store,
            registry=registry_in_force(store),
            terms=terms,
            means=means,
            now=now,
            due=due,
        )
        store.end_job(line, place.clock(), DONE, WORK[name](night))
    except Exception as error:
        known = isinstance(error, StoreError | OSError)
        if not known:
            log.exception("job %s failed", name)
        words = str(error) if known else f"程序出错（{type(error).__name__}：{error}），已记入日志"
        store.end_job(line, place.clock(), FAILED, words)
        if night is not None:
            title = jobs_of(terms)[name].title
            night.warn_operators(f"failed/{name}/{night.today}", f"“{title}”没有完成：{words}", urgent=False)
