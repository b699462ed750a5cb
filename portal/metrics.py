"""Figures for Prometheus, taken anew at each request. No address, no person, no text of a page among them."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from domain.finding import MENDED_STATES, CaseState
from storage.measures import Measures

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

SETTLED = frozenset({*MENDED_STATES, CaseState.DISMISSED, CaseState.EXEMPTED})
"""States in which a case is not open any more."""


class Figures(Collector):
    """One set of measures as Prometheus families."""

    def __init__(self, data: Path, measures: Measures) -> None:
        """Over measures taken and the data folder, whose disk is looked at."""
        self._data = data
        self._measures = measures

    def collect(self) -> Iterator[Metric]:
        """All families."""
        found = self._measures
        yield _family("runs", "Runs by state", ["state"], {(k,): v for k, v in found.runs.items()})
        by_check: dict[tuple[str, ...], float] = {}
        by_state: dict[tuple[str, ...], float] = {}
        for (check, state), count in found.findings.items():
            by_state[(state,)] = by_state.get((state,), 0) + count
            by_check[(check,)] = by_check.get((check,), 0) + (0 if state in SETTLED else count)
        yield _family("findings_open", "Open findings by check", ["check"], by_check)
        yield _family("findings", "Findings by state", ["state"], by_state)
        yield from self._last_run()
        yield from self._work()
        yield from self._places()

    def _last_run(self) -> Iterator[Metric]:
        found = self._measures
        if found.last is not None and found.last.ended is not None:
            ended, as_of = found.last.ended, found.last.as_of
            yield _single("last_run_finished_timestamp_seconds", "When a run last ended", ended.timestamp())
            yield _single("last_run_as_of_timestamp_seconds", "Its moment of judging", as_of.timestamp())
            yield _single(
                "last_run_age_seconds", "Seconds since", max((found.at - ended).total_seconds(), 0.0)
            )
        whole = {
            (kind, "whole" if complete else "not_whole"): count
            for (kind, complete), count in found.targets.items()
        }
        yield _family("last_run_targets", "Targets seen whole or not", ["kind", "seen"], whole)
        verdicts = {(name,): count for name, count in found.outcomes.items()}
        yield _family("last_run_outcomes", "Verdicts of the last run", ["outcome"], verdicts)

    def _work(self) -> Iterator[Metric]:
        found = self._measures
        if found.queue is not None:
            jobs = {(status,): count for status, count in found.queue.items()}
            yield _single("workers_alive", "Workers heard of within a minute", found.workers)
            yield _family("queue_jobs", "Jobs of the queue by status", ["status"], jobs)
        yield _single("targets_held", "Targets being worked at", len(found.holdings))
        probes: dict[tuple[str, ...], float] = {
            (site, "answered" if ok else "failed"): count for (site, ok), count in found.probes.items()
        }
        yield _family("probes_last_day", "Probes of the last day", ["site", "result"], probes)
        ended: dict[tuple[str, ...], float] = {
            (name, outcome): at.timestamp() for name, (at, outcome) in found.jobs.items() if at is not None
        }
        yield _family("job_ended_timestamp_seconds", "Scheduled jobs' last ends", ["job", "outcome"], ended)

    def _places(self) -> Iterator[Metric]:
        usage = shutil.disk_usage(self._data)
        yield _single("disk_free_bytes", "Free on the data folder's disk", usage.free)
        yield _single("disk_total_bytes", "Size of the data folder's disk", usage.total)
        if self._measures.database_bytes is not None:
            yield _single("database_bytes", "Size of the database", self._measures.database_bytes)


def exposition(data: Path, measures: Measures) -> bytes:
    """The answer to a scrape."""
    registry = CollectorRegistry()
    registry.register(Figures(data, measures))
    return generate_latest(registry)


def _family(name: str, help: str, labels: list[str], values: Mapping[Any, float]) -> Metric:
    family = GaugeMetricFamily(f"govwatch_{name}", help, labels=labels)
    for key, value in sorted(values.items()):
        family.add_metric(list(key), float(value))
    return family


def _single(name: str, help: str, value: float) -> Metric:
    return GaugeMetricFamily(f"govwatch_{name}", help, value=float(value))
