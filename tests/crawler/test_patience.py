"""Work that never ends is ended."""

import re
import signal
import threading

import pytest

from crawler.patience import OutOfPatienceError, at_most


def test_a_pattern_that_never_ends_is_broken_off() -> None:
    with pytest.raises(OutOfPatienceError), at_most(0.05):
        re.search(r"(a+)+$", "a" * 60 + "b")


def test_quick_work_is_left_alone_and_the_timer_with_it() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with at_most(60):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    assert signal.getsignal(signal.SIGALRM) is before


def test_in_a_thread_it_has_no_effect() -> None:
    found: list[str] = []

    def work() -> None:
        with at_most(0.000001):
            found.append("done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == ["done"]
