"""Passes told in lists say the day of an earlier night's sight as those told one by one do."""

from datetime import date

from domain.check import Subject
from domain.finding import Verdict
from domain.outcome import Pass
from domain.passlist import all_of, gather
from scheduler.lastseen import as_last_seen, lists_as_last_seen

DAYS = {
    **{f"http://h.cn/t{number}.html": date(2026, 6, 1) for number in range(5)},
    **{f"http://h.cn/t{number}.html": date(2026, 6, 8) for number in range(5, 9)},
}


def passed(number: int) -> Verdict:
    return Verdict(
        check="content.privacy",
        target_kind="site",
        target="s01",
        subject=Subject(key=f"http://h.cn/t{number}.html", unit="U01", name=f"第{number}篇"),
        outcome=Pass(reason="没有发现完整的个人号码"),
    )


def test_a_list_is_parted_by_the_days_of_sight() -> None:
    told = [passed(number) for number in range(12)]
    single, lists = gather(told)
    dated = tuple(lists_as_last_seen(lists, DAYS))
    assert (single, [len(one.subjects) for one in dated]) == ([], [5, 4, 3])
    assert list(all_of((), dated)) == as_last_seen(told, DAYS)
    assert dated[0].like.outcome == Pass(reason="没有发现完整的个人号码（以2026年6月1日所见为准）")
    assert dated[2].like.outcome == Pass(reason="没有发现完整的个人号码")


def test_a_night_that_saw_all_leaves_them_as_they_are() -> None:
    _, lists = gather([passed(number) for number in range(12)])
    assert tuple(lists_as_last_seen(lists, {})) == lists
