"""The night's timetable: every site has its start, one host's sites in turn; what will not fit is said."""

import random
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.observation import CHINA
from scheduler.slots import FINISHING, MOST_AT_ONCE, Berth, Timetable, spread, timetable_of

BEGINS = datetime(2026, 3, 2, 1, 0, tzinfo=CHINA)
UNTIL = BEGINS + timedelta(hours=5)
NIGHT = date(2026, 3, 2)


def berth(number: int, minutes: float = 6, host: str = "", server: str = "") -> Berth:
    name = f"s{number:03d}"
    own = host or f"{name}.example"
    return Berth(site=name, host=own, server=server or own, lasts=timedelta(minutes=minutes))


def table(berths: list[Berth], night: date = NIGHT) -> Timetable:
    return spread(berths, BEGINS, UNTIL, night)


def test_sites_are_spread_over_the_whole_window_and_end_within_it() -> None:
    berths = [berth(number) for number in range(60)]
    made = table(berths)
    starts = sorted(made.starts.values())
    assert starts[0] == BEGINS
    assert starts[-1] > BEGINS + timedelta(hours=4)
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert max(gaps) < timedelta(minutes=6)  # none stands empty, none is crowded
    assert min(gaps) > timedelta(minutes=3)
    assert made.ends <= UNTIL - FINISHING * timedelta(hours=5)
    assert (made.late, made.at_once) == ((), 2)


def test_the_order_does_not_matter_and_another_night_has_another_one() -> None:
    berths = [berth(number, minutes=1 + number % 7) for number in range(40)]
    mixed = random.Random(5).sample(berths, k=40)
    assert table(berths) == table(mixed)
    tomorrow = table(berths, NIGHT + timedelta(days=1))
    moved = [site for site, at in table(berths).starts.items() if tomorrow.starts[site] != at]
    assert len(moved) > 30


def test_a_long_walk_gets_more_room_than_a_short_one() -> None:
    berths = [berth(0, minutes=120), *(berth(number, minutes=5) for number in range(1, 30))]
    made = table(berths)
    assert made.starts["s000"] + timedelta(minutes=120) <= UNTIL
    order = sorted(made.starts, key=lambda site: made.starts[site])
    after = order[order.index("s000") + 1 :]
    if after:
        assert made.starts[after[0]] - made.starts["s000"] > timedelta(minutes=20)


def test_sites_of_one_host_never_overlap_and_those_of_one_server_lie_far_apart() -> None:
    berths = [berth(number, minutes=10, host="one.example") for number in range(12)]
    berths += [berth(number, minutes=10, server="10.0.0.8") for number in range(12, 18)]
    berths += [berth(number, minutes=10) for number in range(18, 60)]
    made = table(berths)
    mine = sorted(made.starts[one.site] for one in berths[:12])
    assert all(later - earlier >= timedelta(minutes=10) for earlier, later in pairwise(mine))
    server = sorted(made.starts[one.site] for one in berths[12:18])
    assert all(later - earlier > timedelta(minutes=20) for earlier, later in pairwise(server))


def test_what_will_not_be_done_in_the_window_is_said() -> None:
    long = table([berth(0, minutes=400), berth(1)])
    assert long.late == ("s000",)
    assert "晚于窗口" in long.words
    assert "s000" in long.words
    crowded = table([berth(number, minutes=60, host="one.example") for number in range(7)])
    assert len(crowded.late) == 2
    assert crowded.ends == BEGINS + timedelta(hours=7)
    assert set(crowded.starts) == {f"s{number:03d}" for number in range(7)}
    many = table([berth(number, minutes=30) for number in range(500)])
    assert many.at_once == MOST_AT_ONCE
    assert many.ends > UNTIL
    assert many.late
    assert "晚于窗口" not in table([berth(0)]).words


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="不晚于"):
        spread([berth(0)], UNTIL, BEGINS, NIGHT)


@given(
    st.lists(st.tuples(st.floats(0, 300), st.integers(0, 5), st.integers(0, 3)), max_size=40),
    st.integers(1, 23),
)
def test_every_site_has_a_slot_that_can_be_kept(drawn: list[tuple[float, int, int]], hours: int) -> None:
    berths = [
        berth(number, minutes, host=f"h{host}", server=f"v{server}")
        for number, (minutes, host, server) in enumerate(drawn)
    ]
    until = BEGINS + timedelta(hours=hours)
    made = spread(berths, BEGINS, until, NIGHT)
    lasts = {one.site: max(one.lasts, timedelta(minutes=1)) for one in berths}
    assert set(made.starts) == set(lasts)
    assert all(at >= BEGINS for at in made.starts.values())
    assert set(made.late) == {site for site, at in made.starts.items() if at + lasts[site] > until}
    assert timetable_of(made.plain()) == made
    for host in {one.host for one in berths}:
        mine = sorted((made.starts[one.site], lasts[one.site]) for one in berths if one.host == host)
        overlaps = [b - (a + n) for (a, n), (b, _) in pairwise(mine)]
        assert all(gap >= -timedelta(milliseconds=1) for gap in overlaps)
