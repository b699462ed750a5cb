from datetime import date, datetime

import pytest

from checks.media.few_interpretations import CHECK, Params
from domain.observation import CHINA
from domain.outcome import Inconclusive, NotApplicable, Pass, Violation
from domain.target import AccountKind, AccountState
from tests.observations import account, account_observation, only, post, seen, unseen


def posts(count: int, title: str = "一图读懂医保新规", year: int = 2025):
    return [post(f"{year}-0{month}-15", title=title) for month in range(1, count + 1)]


def test_five_in_the_last_full_year_pass_and_four_do_not() -> None:
    assert isinstance(only(CHECK, account_observation(*posts(5))), Pass)
    outcome = only(CHECK, account_observation(*posts(4), *posts(5, year=2026)))
    assert isinstance(outcome, Violation)
    figures = {key: outcome.observed[key] for key in ("count", "required", "year", "possible")}
    assert figures == {"count": 4, "required": 5, "year": 2025, "possible": []}
    listed = outcome.observed["interpretations"]
    assert isinstance(listed, list)
    assert len(listed) == 4
    assert isinstance(listed[0], dict)
    assert listed[0]["reason"] == "标题含“一图读懂”"
    assert "4次" in outcome.summary


@pytest.mark.parametrize("title", ["政策解读：养老金", "图解就业新政", "一图读懂", "医保政策问答"])
def test_words_that_make_an_interpretation(title: str) -> None:
    assert isinstance(only(CHECK, account_observation(*posts(5, title))), Pass)


def test_other_posts_do_not_count_but_the_text_may_say_it() -> None:
    outcome = only(CHECK, account_observation(*posts(9, "工作动态")))
    assert isinstance(outcome, Violation)
    assert outcome.observed["count"] == 0
    told = [post(f"2025-0{n}-15", title="", text="政策解读来了") for n in range(1, 6)]
    assert isinstance(only(CHECK, account_observation(*told)), Pass)


def test_source_that_does_not_reach_back_is_inconclusive() -> None:
    for reach in (None, datetime(2025, 1, 2, tzinfo=CHINA)):
        assert isinstance(only(CHECK, account_observation(*posts(4), reaches_back_to=reach)), Inconclusive)
    just = datetime(2025, 1, 1, tzinfo=CHINA)
    assert isinstance(only(CHECK, account_observation(*posts(4), reaches_back_to=just)), Violation)


def test_unseen_or_empty_sources_are_inconclusive() -> None:
    assert isinstance(only(CHECK, account_observation()), Inconclusive)
    assert isinstance(only(CHECK, account_observation(posts=unseen())), Inconclusive)
    assert isinstance(
        only(CHECK, account_observation(posts=seen(tuple(posts(4)), complete=False))), Inconclusive
    )
    assert isinstance(only(CHECK, account_observation(*posts(4), gone=unseen())), Inconclusive)


def test_accounts_that_did_not_exist_all_year() -> None:
    assert isinstance(
        only(CHECK, account_observation(*posts(1), account=account(opened_on=date(2026, 1, 5)))),
        NotApplicable,
    )
    assert isinstance(
        only(CHECK, account_observation(*posts(1), account=account(opened_on=date(2025, 6, 1)))), Inconclusive
    )
    assert isinstance(
        only(CHECK, account_observation(*posts(1), account=account(opened_on=date(2025, 1, 1)))), Violation
    )
    closed = account(state=AccountState.CLOSED)
    assert isinstance(only(CHECK, account_observation(account=closed)), NotApplicable)


def test_the_scheme_sets_number_and_words() -> None:
    assert isinstance(only(CHECK, account_observation(*posts(4)), Params(required=4)), Pass)
    params = Params(required=1, words=("动态",))
    assert isinstance(only(CHECK, account_observation(*posts(1, "工作动态")), params), Pass)


def test_what_only_the_text_hints_at_is_for_people_to_decide() -> None:
    sure = [post(f"2025-0{n}-15", "图解《云溪市医保办法》") for n in range(1, 4)]
    hinted = [post(f"2025-0{n}-15", "云溪医保动态", text="附政策解读一份") for n in range(4, 6)]
    outcome = only(CHECK, account_observation(*sure, *hinted))
    assert isinstance(outcome, Inconclusive)
    assert "疑似2次" in outcome.reason
    assert isinstance(only(CHECK, account_observation(*sure, hinted[0])), Violation)


def test_a_file_kept_by_hand_must_reach_the_end_of_the_year() -> None:
    until = datetime(2025, 12, 1, tzinfo=CHINA)
    outcome = only(CHECK, account_observation(post("2025-03-01"), known_until=until))
    assert isinstance(outcome, Inconclusive)


def test_a_source_whose_posts_all_came_later_proves_nothing_of_the_year() -> None:
    outcome = only(CHECK, account_observation(*posts(3, year=2026)))
    assert isinstance(outcome, Inconclusive)
    assert "2025年以后" in outcome.reason


def test_kinds_that_the_scheme_does_not_bind() -> None:
    params = Params(exempt_kinds=(AccountKind.SUBSCRIPTION,))
    assert isinstance(only(CHECK, account_observation(*posts(1)), params), NotApplicable)


def test_long_titles_are_told_by_their_beginning() -> None:
    outcome = only(CHECK, account_observation(post("2025-03-15", title="图解" + "字" * 200)))
    assert isinstance(outcome, Violation)
    listed = outcome.observed["interpretations"]
    assert isinstance(listed, list)
    assert isinstance(listed[0], dict)
    assert listed[0]["title"] == "图解" + "字" * 98
