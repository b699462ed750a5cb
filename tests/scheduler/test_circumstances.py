"""What evidence says of the circumstances: the words sought, the state of the network."""

from datetime import timedelta

import pytest

from domain.observation import ProbeSeries
from domain.outcome import Violation
from domain.target import ColumnKind
from scheduler.circumstances import network_of, sought
from scheduler.gaps import WalkGaps
from schemes.columns import wordings
from tests.storage.builders import NIGHT, verdict


@pytest.mark.parametrize("kind", [ColumnKind.GUIDE, ColumnKind.BUDGET, ColumnKind.ANNUAL_REPORT])
def test_a_missing_column_tells_the_names_it_was_sought_by(kind: ColumnKind) -> None:
    words = sought(verdict(check="column.missing", subject=kind.value))
    assert words
    assert set(words) <= set(wordings(kind))


def test_a_missing_report_and_channel_tell_them_too() -> None:
    assert any(
        "年度报告" in word or "年报" in word for word in sought(verdict(check="annual-report.missing"))
    )
    assert sought(verdict(check="interaction.no-channel"))


def test_what_is_there_was_not_sought() -> None:
    assert sought(verdict(check="column.stale")) == ()
    assert sought(verdict(check="column.missing", subject="http://127.0.0.1/")) == ()
    assert isinstance(verdict().outcome, Violation)


def test_the_network_is_told_in_figures() -> None:
    gaps = WalkGaps(complete=False, counts={"ok": 90, "timeout": 3, "blocked": 2})
    probes = ProbeSeries(
        since=NIGHT - timedelta(days=7), until=NIGHT, probes=140, failed=2, days_covered=7, fewest_a_day=20
    )
    assert network_of(gaps, probes) == {
        "本轮请求页面": 95,
        "正常取到": 90,
        "响应超时": 3,
        "被防护系统拦截": 2,
        "栏目是否走完": "否",
        "近期可用性探测": "140 次，失败 2 次",
    }
    assert "近期可用性探测" not in network_of(gaps)
