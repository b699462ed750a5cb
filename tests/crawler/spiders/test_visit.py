"""The order in which addresses are asked."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.spiders.visit import Frontier, Visit, slot_of


def visit(name: str, order: float, host: str = "a") -> Visit:
    url = f"http://{host}/{name}"
    return Visit(url=url, key=url, role="column", order=order)


def anywhere(slot: str) -> bool:
    return True


def test_slots() -> None:
    assert slot_of("http://A.gov.cn:81/x?y") == "a.gov.cn:81"
    assert slot_of("http://user:pass@a.gov.cn/x") == "a.gov.cn"
    assert slot_of("http://a.gov.cn?x/y") == "a.gov.cn"


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from("abc")), max_size=30))
def test_the_smallest_order_comes_first_over_all_hosts(entries: list[tuple[int, str]]) -> None:
    frontier = Frontier()
    for number, (order, host) in enumerate(entries):
        frontier.push(visit(str(number), order, host))
    assert len(frontier) == len(entries)
    found = [frontier.pop(anywhere, 0.0) for _ in entries]
    assert [one.order for one in found if one] == sorted(order for order, _ in entries)
    assert frontier.pop(anywhere, 0.0) is None
    assert len(frontier) == 0


def test_busy_hosts_and_what_is_not_due_are_passed_over() -> None:
    frontier = Frontier()
    busy, later, free = visit("1", 1, "busy"), visit("2", 2, "later"), visit("3", 3, "free")
    later.due = 10.0
    for one in (busy, later, free):
        frontier.push(one)
    assert frontier.pop(lambda slot: slot != "busy", 0.0) is free
    assert frontier.pop(lambda slot: slot != "busy", 0.0) is None
    assert frontier.pop(lambda slot: slot != "busy", 10.0) is later
    assert frontier.pop(anywhere, 0.0) is busy


def test_what_is_pushed_again_with_a_smaller_order_comes_once_and_sooner() -> None:
    frontier = Frontier()
    first, second = visit("1", 5), visit("2", 3)
    frontier.push(first)
    frontier.push(second)
    first.order = 1
    frontier.push(first)
    assert [frontier.pop(anywhere, 0.0) for _ in range(3)] == [first, second, None]
    assert len(frontier) == 0


def test_a_redirected_visit_waits_at_its_new_host() -> None:
    frontier = Frontier()
    one = visit("1", 1)
    one.at = "http://b/"
    frontier.push(one)
    assert frontier.pop(lambda slot: slot == "a", 0.0) is None
    assert frontier.pop(lambda slot: slot == "b", 0.0) is one


def test_clearing_a_host_leaves_the_others() -> None:
    frontier = Frontier()
    one, other = visit("1", 1, "a"), visit("2", 2, "b")
    frontier.push(one)
    frontier.push(other)
    assert list(frontier.clear("a")) == [one]
    assert list(frontier.clear()) == [other]
    assert len(frontier) == 0
