"""Odd requests by the thousand, made from the interface's description: no 5xx, and no way round a role."""

import warnings
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from starlette.testclient import TestClient

from tests.portal.city import HOST, City

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis

ROLES = ("boss", "reviewer", "liaison", "reader", None)
EXAMPLES = 6
"""A request of each kind, role and place: a few dozen operations make thousands in a minute."""
QUIET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
FOREIGN = "某某市教育局"
LEFT_OUT = ("/logout", "/password", "/login", "/verify", "/healthz", "/readyz", "/metrics")
"""For machines, with tests of their own; or they end the session, hash for seconds, read the whole disk."""


def operations(town: City) -> list[Any]:
    """Every operation of pages and interface alike."""
    schema = schemathesis.openapi.from_dict(town.app.openapi())
    found = [each.ok() for each in schema.get_all_operations()]
    return [each for each in found if not each.path.startswith(LEFT_OUT)]


def asked(client: TestClient, case: Any) -> Any:
    """The answer to a made-up request."""
    given = case.as_transport_kwargs(base_url=HOST)
    for name in ("cookies", "auth", "timeout"):
        given.pop(name, None)
    headers = {
        str(name): str(value)
        for name, value in (given.pop("headers", None) or {}).items()
        if str(value).isascii() and str(value).isprintable() and str(name).lower() not in ("host", "cookie")
    }
    return client.request(**given, headers=headers)


def tried(client: TestClient, operation: Any, judge: Callable[[Any, Any], None]) -> None:
    """Some requests of one operation."""

    @QUIET
    @given(operation.as_strategy())
    def one(case: Any) -> None:
        judge(case, asked(client, case))

    one()


@pytest.mark.slow
@pytest.mark.parametrize("who", ROLES)
def test_nothing_breaks_and_nobody_gets_beyond_their_role(town: City, who: str | None) -> None:
    client = town.visitor(who)
    number = 0

    def judge(case: Any, answer: Any) -> None:
        nonlocal number
        number += 1
        place = f"{case.method} {case.formatted_path} → {answer.status_code}"
        assert answer.status_code < 500, place
        assert "Traceback" not in answer.text, place
        if who is None:
            assert answer.status_code in (303, 400, 401, 403, 404, 405, 413, 422), place
        if who == "liaison":
            assert FOREIGN not in answer.text, place
        if who in ("reader", "liaison") and case.method != "GET":
            mine = (
                ("/views", "/tokens") if who == "reader" else ("/views", "/tokens", "/records/", "/findings/")
            )
            assert answer.status_code > 399 or case.path.startswith(mine), place

    before = [finding.state for finding in town.store.findings()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for operation in operations(town):
            tried(client, operation, judge)
    assert number > 200
    if who in ("reader", None):
        assert [finding.state for finding in town.store.findings()] == before
