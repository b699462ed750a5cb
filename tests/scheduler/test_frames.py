"""What goes between our processes arrives as it was sent."""

import io
import pickle
import struct
from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest

from domain.check import Subject
from domain.finding import Answer, Verdict
from domain.outcome import Frame, Inconclusive, NotApplicable, Pass, Violation
from domain.page import Item, Page, PageKind
from domain.snapshot import FetchStatus, Hop, Snapshot, Via
from domain.walk import Sighting
from scheduler.frames import TRAVELLERS, receive, send

AT = datetime(2026, 6, 30, 2, tzinfo=UTC)
LAPSE = Violation(
    url="http://a.test/",
    summary="超期",
    observed={"days": 200},
    expected={"limit": 180},
    looked_at=("http://a.test/",),
    frame=Frame(text="2025-01-01"),
)
SIGHTING = Sighting(
    snapshot=Snapshot(
        url="http://a.test/",
        final_url="http://a.test/index.html",
        status=FetchStatus.OK,
        fetched_at=AT,
        via=Via.HTTP,
        redirects=(Hop(url="http://a.test/", http_status=302),),
    ),
    page=Page(
        url="http://a.test/",
        adapter="generic",
        charset="utf-8",
        kind=PageKind.LIST,
        title="通知公告",
        items=(Item(title="某通知", url="http://a.test/1.html", day=date(2026, 6, 1)),),
    ),
    role="home",
)


def verdict(outcome: object) -> Verdict:
    return Verdict(
        check="column.stale",
        target_kind="site",
        target="s01",
        subject=Subject(key="http://a.test/", unit="U01", name="通知公告"),
        outcome=outcome,  # type: ignore[arg-type]
        indicators=("changshu-2020/7",),
        answers=(Answer(indicators=("x/1",), outcome=Pass(reason="有更新")),),
    )


@pytest.mark.parametrize(
    "outcome", [LAPSE, Pass(reason="好"), Inconclusive(reason="没看到"), NotApplicable(reason="不适用")]
)
def test_a_verdict_arrives_as_it_was_sent(outcome: object) -> None:
    pipe = io.BytesIO()
    send(pipe, [verdict(outcome), SIGHTING])
    pipe.seek(0)
    got = receive(pipe)
    assert got == [verdict(outcome), SIGHTING]
    assert hash(got[0].subject) == hash(verdict(outcome).subject)


def test_every_traveller_is_rebuilt_field_by_field() -> None:
    """A field that is added to a class travels too, since the names are asked of the class."""
    for kind in TRAVELLERS:
        one = object.__new__(kind)
        for number, one_field in enumerate(fields(kind)):
            getattr(kind, one_field.name).__set__(one, number)
        again = pickle.loads(pickle.dumps(one))
        assert [getattr(again, one_field.name) for one_field in fields(kind)] == list(
            range(len(fields(kind)))
        )


def test_a_verdict_travels_with_all_its_fields() -> None:
    """Of Subject and Pass all fields are named one by one, of a verdict all that there are."""
    assert [one.name for one in fields(Subject)] == ["key", "unit", "name"]
    assert [one.name for one in fields(Pass)] == ["reason"]
    assert [one.name for one in fields(Answer)] == ["indicators", "outcome"]
    for one in (verdict(LAPSE), verdict(Pass(reason="好"))):
        full = replace(one, witnesses=2, trial=True, crash="错", target_kind="account")
        own = replace(full, answers=(Answer(indicators=("x/1",), outcome=full.outcome),))
        for sent in (full, own):
            got = pickle.loads(pickle.dumps(sent))
            assert got == sent
            assert type(got.outcome) is type(sent.outcome)


def test_a_frame_cut_short_is_an_end() -> None:
    pipe = io.BytesIO()
    send(pipe, "内容")
    for length in range(len(pipe.getvalue())):
        with pytest.raises(EOFError):
            receive(io.BytesIO(pipe.getvalue()[:length]))
    with pytest.raises(EOFError):
        receive(io.BytesIO(struct.pack("!Q", 10)))
