"""What the checks on content tell, word for word: outcomes are read by people who answer for them."""

import pytest

from checks.content import privacy, secret_mark, wording
from checks.content.secret_mark import HEAD, LONGEST_LINE, find_mark
from checks.content.terms import Lexicon, Term
from checks.runner import ask
from domain.check import Question
from domain.outcome import Frame, Inconclusive, Pass, Violation
from tests.checks.content.pages import ATTACHED, article, attachment, of
from tests.checks.content.test_personal import card, identity
from tests.observations import only, seen, unseen, url

ID = identity()
PAGE = url("a1.html")
STATE = Term(wrong="中华人民共合国", right="中华人民共和国", severity="serious")
TYPOS = tuple(Term(wrong=f"错{n}字", right=f"对{n}字") for n in "甲乙丙丁")
PARAMS = wording.Params(lexicon=Lexicon((STATE, *TYPOS)))


def test_privacy_on_the_page() -> None:
    text = f"张三 {ID}，李四 {identity('11010519491231002')}，银行卡号：{card()}"
    assert only(privacy.CHECK, of(article(text))) == Violation(
        url=PAGE,
        summary=f"“某公告”公开了完整的居民身份证号码2个、银行卡号1个（如 320{'*' * 13}{ID[-2:]}）。",
        observed={
            "kind": "identity_number",
            "masked": f"320{'*' * 13}{ID[-2:]}",
            "counts": {"identity_number": 2, "bank_card": 1},
            "found_in": PAGE,
        },
        expected={"kind": "none"},
        looked_at=(PAGE,),
    )


def test_privacy_adds_up_what_page_and_file_publish() -> None:
    other = identity("11010519491231002")
    found = only(privacy.CHECK, of(article(f"张三 {ID}", attachment(f"李四 {other}"))))
    assert isinstance(found, Violation)
    assert found.observed["counts"] == {"identity_number": 2}
    assert found.looked_at == (PAGE, ATTACHED)


def test_secret_mark_on_the_page_and_in_a_file() -> None:
    assert only(secret_mark.CHECK, of(article("秘密★5年\n内容"))) == Violation(
        url=PAGE,
        summary="“某公告”带有密级标志“秘密★5年”，请立即下线并按保密规定处理。",
        observed={"mark": "秘密★5年", "found_in": PAGE},
        expected={"mark": "none"},
        looked_at=(PAGE,),
    )
    found = only(secret_mark.CHECK, of(article("见附件", attachment("机密★\n内容"))))
    assert isinstance(found, Violation)
    assert (found.url, found.looked_at) == (PAGE, (ATTACHED,))
    assert found.summary == "“某公告”的附件“名单.xls”带有密级标志“机密★”，请立即下线并按保密规定处理。"


def test_wording_serious_and_not() -> None:
    assert only(wording.CHECK, of(article("中华人民共合国")), PARAMS) == Violation(
        url=PAGE,
        summary="“某公告”有严重表述错误1种：“中华人民共合国”应为“中华人民共和国”。",
        observed={
            "found": "中华人民共合国",
            "suggest": "中华人民共和国",
            "terms": [
                {"found": "中华人民共合国", "suggest": "中华人民共和国", "severity": "serious", "times": 1}
            ],
            "found_in": PAGE,
        },
        expected={"found": "none"},
        frame=Frame(text="中华人民共合国"),
        looked_at=(PAGE,),
    )
    typo = only(wording.CHECK, of(article("错甲字")), PARAMS)
    assert isinstance(typo, Violation)
    assert (typo.url, typo.severity) == (PAGE, "warning")
    assert typo.summary == "“某公告”有错别字1种：“错甲字”应为“对甲字”。"


@pytest.mark.parametrize(("number", "more"), [(3, ""), (4, "等")])
def test_wording_names_three_and_says_if_there_are_more(number: int, more: str) -> None:
    terms = TYPOS[:number]
    found = only(wording.CHECK, of(article("，".join(term.wrong for term in terms))), PARAMS)
    assert isinstance(found, Violation)
    pairs = "，".join(f"“{term.wrong}”应为“{term.right}”" for term in terms[:3])
    assert found.summary == f"“某公告”有错别字{number}种：{pairs}{more}。"


def test_passes_and_what_was_not_read() -> None:
    clean, blind = of(article("内容")), of(article("内容", attachment(unseen(ATTACHED))))
    gap = Inconclusive(reason=f"附件“名单.xls”没有读到：被防护系统拦截（{ATTACHED}）")
    for check, params, words in (
        (privacy.CHECK, privacy.Params(), "没有发现完整的个人号码"),
        (secret_mark.CHECK, secret_mark.Params(), "没有发现密级标志"),
        (wording.CHECK, PARAMS, "没有发现词库所列的错误表述"),
    ):
        assert only(check, clean, params) == Pass(reason=words)
        assert only(check, blind, params) == gap
    assert only(wording.CHECK, clean) == Inconclusive(reason="没有提供词库")
    whole = of(article("内容", attachment(seen("内容"))))
    assert only(privacy.CHECK, whole) == Pass(reason="没有发现完整的个人号码")


def test_each_page_is_a_subject_once_with_its_unit_and_name() -> None:
    twice = of(article("一", unit="U02", title="甲"), article("二", unit="U02", title="乙"))
    question = Question(check=privacy.CHECK, params=privacy.Params(), indicators=())
    told = [(one.subject.key, one.subject.unit, one.subject.name) for one in ask([question], twice)]
    assert told == [(PAGE, "U02", "甲")]


LONG = "内容" * HEAD


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        (f"{LONG}\n{'字' * (LONGEST_LINE - 3)}秘密★\n{LONG}", "秘密★"),
        (f"{LONG}\n{'字' * (LONGEST_LINE - 2)}秘密★\n{LONG}", None),
        (f"{LONG}\n秘密★\n{LONG}", "秘密★"),
        (f"{LONG}秘密★\n{LONG}", None),
        (f"{LONG}\n秘密★{LONG}", None),
        (f"{LONG}\n秘密★", "秘密★"),
        (f"{'字' * (HEAD - 1)}秘密★{LONG}", "秘密★"),
        (f"{'字' * HEAD}秘密★{LONG}", None),
        (f"例如\n{'字' * 16}\n秘密★\n", None),
        (f"例如\n{'字' * 17}\n秘密★\n", "秘密★"),
        (f"秘密★\n{'字' * 40}例如", "秘密★"),
        ("秘密☆3年\n内容", "秘密☆3年"),
    ],
)
def test_where_a_mark_stands(text: str, mark: str | None) -> None:
    assert find_mark(text) == mark


def test_terms_inside_one_another_and_contexts_that_repeat_them() -> None:
    short, long = Term(wrong="检查院", right="检察院"), Term(wrong="检查院院长", right="检察院检察长")
    late = Term(wrong="院长长", right="院长")
    lexicon = Lexicon((short, long, late))
    assert [(hit.term.wrong, hit.at) for hit in lexicon.scan("检查院院长长")] == [
        ("检查院院长", 0),
        ("院长长", 3),
    ]
    again = Lexicon((Term(wrong="甲乙", right="乙甲", unless=("甲乙甲乙",)),))
    assert [hit.at for hit in again.scan("甲乙甲乙")] == [2]
    assert [hit.at for hit in again.scan("丙甲乙")] == [1]
    assert [hit.at for hit in Lexicon((Term(wrong="甲", right="乙"),)).scan("甲")] == [0]


def test_a_correction_behind_the_error() -> None:
    lexicon = Lexicon((STATE,))
    assert lexicon.scan("中华人民共合国，应为中华人民共和国") == ()
    assert len(lexicon.scan("中华人民共合国，应当依法治国，一切权力属于人民。应为")) == 1


def test_a_mark_between_long_lines_with_more_below() -> None:
    assert find_mark(f"{LONG}\n秘密★\n{LONG}\n末行") == "秘密★"


def test_a_correction_far_into_a_text() -> None:
    assert Lexicon((STATE,)).scan("。" * 30 + "中华人民共合国，应为中华人民共和国") == ()
