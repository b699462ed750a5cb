import pytest

from checks.consultation.calls import same_matter
from checks.consultation.no_feedback import CHECK, Params
from checks.consultation.titles import matter_of
from domain.outcome import Inconclusive, NotApplicable, Outcome, Pass, Violation
from domain.target import ColumnKind
from tests.checks.consultation.test_short import SUBJECT, call, of
from tests.observations import column, document, entry, judged, listing, seen, site_observation, unseen, url

TEXT = "征求意见时间：2026年4月1日至2026年5月31日。"
THREE = Params(limit_days=3)
FEEDBACK = "《城市停车管理办法（征求意见稿）》意见采纳情况反馈"
CONSULTATIONS = ColumnKind.CONSULTATION


def feedback(title: str = FEEDBACK, **more):
    return document("zj/2.html", title, "2026-06-02", kind=CONSULTATIONS, **more)


def after(*documents, columns=(), params=THREE, complete=True) -> Outcome:
    return judged(CHECK, of(*documents, columns=columns, complete=complete), params)[SUBJECT]


def test_closed_long_ago_without_feedback() -> None:
    outcome = after(call(TEXT))
    assert isinstance(outcome, Violation)
    assert outcome.observed == {"closed": "2026-05-31", "limit_days": 3, "days_since": 30}
    assert "2026-05-31截止" in outcome.summary


def test_the_limit_runs_from_the_day_after_closing() -> None:
    assert isinstance(after(call(TEXT), params=Params(limit_days=30)), NotApplicable)
    assert isinstance(after(call(TEXT), params=Params(limit_days=29)), Violation)


def test_one_still_open_is_not_judged() -> None:
    assert isinstance(after(call("征求意见时间：2026年6月1日至2026年6月30日。")), NotApplicable)


def test_feedback_is_known_by_title_link_or_text() -> None:
    assert isinstance(after(call(TEXT), feedback()), Pass)
    assert isinstance(after(call(TEXT), feedback("意见征集结果反馈", to=["zj/1.html"])), Pass)
    told = feedback("意见征集结果反馈", text="《城市停车管理办法》收到意见3条。城市停车管理办法")
    assert isinstance(after(call(TEXT), told), Pass)
    listed = column("zj/", CONSULTATIONS, of=listing(entry("2026-06-02", "zj/2.html", title=FEEDBACK)))
    assert isinstance(after(call(TEXT), columns=(listed,)), Pass)


def test_feedback_on_another_matter_does_not_count() -> None:
    other = feedback("《养犬管理条例》意见采纳情况反馈", text="养犬")
    assert isinstance(after(call(TEXT), other), Violation)


def test_unread_feedback_may_be_the_one() -> None:
    listed = column(
        "zj/", CONSULTATIONS, of=listing(entry("2026-06-02", "zj/9.html", title="意见征集结果反馈"))
    )
    assert isinstance(after(call(TEXT), columns=(listed,)), Inconclusive)


@pytest.mark.parametrize("listed", [unseen(), listing(complete=False)])
def test_columns_not_seen_whole_are_inconclusive(listed) -> None:
    assert isinstance(after(call(TEXT), columns=(column("zj/", CONSULTATIONS, of=listed),)), Inconclusive)


def test_what_was_not_read_is_inconclusive() -> None:
    assert isinstance(after(call(TEXT), complete=False), Inconclusive)
    assert isinstance(after(call(TEXT, day=unseen())), Inconclusive)
    assert isinstance(after(call("欢迎提出意见。")), Inconclusive)
    observation = site_observation(documents=seen((call(TEXT),)), columns=seen((), complete=False))
    assert isinstance(judged(CHECK, observation, THREE)[SUBJECT], Inconclusive)
    assert url("zj/1.html") == SUBJECT


EXTENSION = "关于延长《城市停车管理办法（征求意见稿）》征求意见时间的公告"


def extension(until: str, day: str = "2026-05-20"):
    return document(
        "zj/3.html",
        EXTENSION,
        day,
        kind=CONSULTATIONS,
        text=f"征求意见时间延长至{until}。",
        column=url("zj/"),
    )


def test_a_prolonged_consultation_closes_on_its_new_day() -> None:
    assert isinstance(after(call(TEXT), extension("2026年6月28日")), NotApplicable)
    outcome = after(call(TEXT), extension("2026年6月10日"))
    assert isinstance(outcome, Violation)
    assert outcome.observed["closed"] == "2026-06-10"


def test_the_notice_that_prolongs_is_judged_only_where_its_call_is_not_there() -> None:
    notice = extension("2026年6月10日")
    both = judged(CHECK, of(call(TEXT), notice), THREE)
    assert isinstance(both[url("zj/3.html")], NotApplicable)
    alone = judged(CHECK, of(notice), THREE)[url("zj/3.html")]
    assert isinstance(alone, Violation)
    assert alone.observed["closed"] == "2026-06-10"


def test_whose_opinions_they_were_is_no_part_of_the_matter() -> None:
    call = matter_of("关于《示例市古树名木管理办法（征求意见稿）》公开征求意见的公告")
    told = matter_of("关于古树名木管理办法公众意见反馈的公告")
    assert told == "古树名木管理办法"
    assert same_matter(call, told)
