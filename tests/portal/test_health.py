"""Health for machines: what anyone may ask, what only this machine or a token may, and the figures."""

import shutil
from collections import namedtuple
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from tests.portal.city import City

Usage = namedtuple("Usage", "total used free")


def figures(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def visitor(city: City) -> TestClient:
    return TestClient(city.app)


def test_anyone_may_ask_whether_it_lives(standing: City) -> None:
    answer = visitor(standing).get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_ready_when_database_and_disk_are(standing: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 0, 10**12))
    answer = visitor(standing).get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "faults": []})


def test_a_full_disk_is_not_ready(standing: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 10**12, 10**6))
    answer = visitor(standing).get("/readyz")
    assert answer.status_code == 503
    assert "磁盘" in answer.json()["faults"][0]
    strangers = visitor(standing).get("/readyz", headers={"x-forwarded-for": "1.2.3.4"})
    assert strangers.status_code == 503
    assert strangers.json()["faults"] == ["未就绪"]


def test_figures_agree_with_the_store(standing: City) -> None:
    answer = visitor(standing).get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    found = figures(answer.text)
    store = standing.app.state.office.store
    cases = store.findings()
    by_state: dict[str, int] = {}
    for case in cases:
        by_state[case.state.value] = by_state.get(case.state.value, 0) + 1
    for state, count in by_state.items():
        assert found["govwatch_findings", (("state", state),)] == count
    assert sum(v for (name, _), v in found.items() if name == "govwatch_last_run_outcomes") == len(
        store.outcomes()
    )
    assert found["govwatch_disk_free_bytes", ()] > 0
    assert found["govwatch_database_bytes", ()] > 0
    assert ("govwatch_last_run_age_seconds", ()) in found


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip"])
def test_a_proxy_gets_no_figures_without_a_token(standing: City, header: str) -> None:
    answer = visitor(standing).get("/metrics", headers={header: "127.0.0.1"})
    assert answer.status_code == 403
    assert "govwatch_" not in answer.text.replace("GOVWATCH_", "")


def test_with_a_token_set_only_the_token_counts(standing: City) -> None:
    app: Any = standing.app
    before = app.state.settings
    app.state.settings = replace(before, metrics_token="right")
    try:
        client = visitor(standing)
        assert client.get("/metrics").status_code == 403
        assert client.get("/metrics", headers={"authorization": "Bearer wrong"}).status_code == 403
        there = {"authorization": "Bearer right", "x-forwarded-for": "10.0.0.9"}
        assert client.get("/metrics", headers=there).status_code == 200
    finally:
        app.state.settings = before
