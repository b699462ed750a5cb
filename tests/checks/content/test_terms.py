"""Search for wrong wordings: places, contexts that make them right, texts that name them as errors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.content.terms import Lexicon, Term

RIVAL = Term(wrong="竟选", right="竞选", unless=("究竟选", "毕竟选"))
STATE = Term(wrong="中华人民共合国", right="中华人民共和国", severity="serious")
COURT = Term(wrong="人民检查院", right="人民检察院", severity="serious")
HIGH = Term(wrong="最高人民检查院", right="最高人民检察院", severity="serious")
LEXICON = Lexicon((RIVAL, STATE, COURT, HIGH))


def found(text: str) -> list[tuple[str, int]]:
    return [(hit.term.wrong, hit.at) for hit in LEXICON.scan(text)]


def test_places_are_characters() -> None:
    assert found("😀参加竟选，中华人民共合国") == [("竟选", 3), ("中华人民共合国", 6)]


def test_contexts_make_a_term_right() -> None:
    assert found("究竟选哪个，毕竟选了") == []
    assert found("竟选") == [("竟选", 0)]
    assert found("究竟选竟选") == [("竟选", 3)]


def test_of_hits_inside_one_another_the_longest_stands() -> None:
    assert found("最高人民检查院和人民检查院") == [("最高人民检查院", 0), ("人民检查院", 8)]


@pytest.mark.parametrize(
    "text",
    [
        "“中华人民共合国”应为“中华人民共和国”",
        "误写为中华人民共合国的",
        "将“中华人民共合国”改为规范写法",
        "错别字：中华人民共合国",
        "中华人民共合国→中华人民共和国",
        "而不是中华人民共合国",
    ],
)
def test_a_text_that_names_the_error_is_not_in_error(text: str) -> None:
    assert found(text) == []


def test_a_term_that_ends_within_another_does_not_move_it() -> None:
    lexicon = Lexicon((Term(wrong="甲乙丙丁", right="甲"), Term(wrong="乙丙", right="乙")))
    assert [(hit.term.wrong, hit.at) for hit in lexicon.scan("关于甲乙丙丁")] == [("甲乙丙丁", 2)]


def test_an_empty_lexicon_finds_nothing() -> None:
    assert Lexicon().scan("中华人民共合国") == ()


def test_lone_surrogates_do_no_harm() -> None:
    assert found("\ud800竟选") == [("竟选", 1)]


@given(st.text(alphabet="究竟选毕中华人民共合国最高检查院应为😀a", max_size=60))
def test_every_hit_stands_where_it_is_said_to(text: str) -> None:
    ends = 0
    for hit in LEXICON.scan(text):
        assert text.startswith(hit.term.wrong, hit.at)
        assert hit.at + len(hit.term.wrong) > ends
        ends = hit.at + len(hit.term.wrong)
