"""A closed year: its papers read back the same, appeals beside the frozen score, what does not agree."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.finding import Finding
from schemes.card import Scorecard
from schemes.closing import Frozen, appeals, papers_of, score_text, thaw, unlike, with_appeals
from schemes.ledger import LedgerRow, post, reverse
from schemes.mistakes import SchemeError
from schemes.plan import plan_template
from schemes.scheme import REGIMES
from tests.schemes.assessing import NOON, book, cards, finding, shipped, unit

S = "zhushan"
TEXT = (REGIMES / "zhushan.toml").read_text(encoding="utf-8")
LATER = NOON + timedelta(days=9, hours=16)
"""Four in the morning of 10 July in China, still the 9th in Greenwich."""


def frozen_of(found: Sequence[Finding]) -> tuple[Frozen, list[LedgerRow]]:
    """Three units as they were closed at noon, and the ledger that stood then."""
    made = cards(S, book([unit("U1"), unit("U2"), unit("U3")], found))
    rows = [row for card in made.values() for row in post(card, (), NOON, "系统")]
    return Frozen(scheme=shipped()[S], cards=tuple(made.values())), rows


@pytest.fixture
def closed() -> tuple[Frozen, list[LedgerRow]]:
    """U1: 100 − 2 × 3 = 94; U2: 100 − 9 × 3 = 73; U3: 100."""
    found = [finding(f"F{n}", "U1", f"{S}/2.1") for n in range(2)]
    return frozen_of([*found, *(finding(f"G{n}", "U2", f"{S}/2.1") for n in range(9))])


def scores_of(frozen: Frozen) -> dict[str, str]:
    return {card.unit: score_text(card) for card in frozen.cards}


def test_the_papers_of_a_year_come_back_the_same(closed: tuple[Frozen, list[LedgerRow]]) -> None:
    frozen, _ = closed
    papers = papers_of(TEXT, "", frozen.cards)
    assert sorted(papers) == ["card/U1", "card/U2", "card/U3", "scheme"]
    assert papers["scheme"] == TEXT
    back = thaw(papers, ["U3", "U1", "U2"])
    assert [card.unit for card in back.cards] == ["U3", "U1", "U2"]
    assert {card.unit: card for card in back.cards} == {card.unit: card for card in frozen.cards}
    assert (back.scheme.version, back.plan) == (frozen.scheme.version, "")
    assert [card.unit for card in thaw(papers).cards] == ["U1", "U2", "U3"]
    assert [card.unit for card in thaw(papers, ["U2"]).cards] == ["U2", "U1", "U3"]


def test_the_yearly_plan_is_one_of_the_papers_and_weighs_the_scheme_again() -> None:
    scheme = shipped()["nanchang"]
    plan = (
        plan_template(scheme, 2026)
        .replace("points = 0", "points = 100", 1)
        .split('\n[[line]]\nno = "6.1.2"')[0]
    )
    text = (REGIMES / "nanchang.toml").read_text(encoding="utf-8")
    papers = papers_of(text, plan, ())
    assert papers == {"scheme": text, "plan": plan}
    back = thaw(papers)
    assert back.plan == plan
    assert back.scheme.indicator("6.1.1").points == 100
    assert back.scheme.version != scheme.version


def test_a_paper_that_is_not_what_was_written_is_refused_by_its_name() -> None:
    with pytest.raises(SchemeError, match=r"^封账时的考核办法\.toml 第1行"):
        thaw({"scheme": "x = "})
    with pytest.raises(SchemeError, match=r"封账时的年度方案\.toml 第1行"):
        thaw({"scheme": TEXT, "plan": "x = "})
    with pytest.raises(ValueError, match="score"):
        thaw({"scheme": TEXT, "card/U1": '{"score": []}'})


def test_a_score_is_kept_to_its_last_digit(closed: tuple[Frozen, list[LedgerRow]]) -> None:
    card = closed[0].cards[0]
    assert score_text(card) == "94"
    assert score_text(replace(card, score=Decimal("89.50"))) == "89.5"
    assert score_text(replace(card, score=None)) == ""


def test_an_appeal_stands_beside_the_frozen_score(closed: tuple[Frozen, list[LedgerRow]]) -> None:
    """Two columns of U2 reversed: 73 + 6 = 79, from 合格 to 良好; the others are as they were."""
    frozen, rows = closed
    charges = [row for row in rows if row.unit == "U2" and row.line == "2.1"][:2]
    undone = [reverse(row, LATER, "王五", "申诉成立") for row in charges]
    found = appeals(frozen, [*rows, *undone], NOON)
    assert set(found) == {"U2"}
    appeal = found["U2"]
    assert (appeal.unit, appeal.score, appeal.grade) == ("U2", 79, "良好")
    assert appeal.reversals == tuple(undone)
    assert appeal.words == (
        "封账后冲销2笔，冲销后79分，良好："
        f"第2.1项冲销{charges[0].id}（未按要求更新栏目1个×3分=3分），申诉成立，王五 2026-07-10；"
        f"第2.1项冲销{charges[1].id}（未按要求更新栏目1个×3分=3分），申诉成立，王五 2026-07-10"
    )
    shown = with_appeals(frozen.cards, found)
    assert [card.score for card in shown] == [94, 73, 100]
    assert shown[1].notes == (appeal.words, *frozen.cards[1].notes)
    assert (shown[0], shown[2]) == (frozen.cards[0], frozen.cards[2])


def test_what_was_reversed_up_to_the_closing_is_no_appeal(closed: tuple[Frozen, list[LedgerRow]]) -> None:
    frozen, rows = closed
    undone = reverse(rows[1], NOON, "系统", "重新核算后不再成立")
    posted = replace(rows[1], id="L9", at=LATER)
    assert appeals(frozen, [*rows, undone, posted], NOON) == {}


def test_a_unit_without_any_row_has_no_appeal_and_cannot_be_reckoned_again(
    closed: tuple[Frozen, list[LedgerRow]],
) -> None:
    frozen, rows = closed
    others = [row for row in rows if row.unit != "U1"]
    assert appeals(frozen, others, NOON) == {}
    (told,) = unlike(frozen, others, scores_of(frozen))
    assert told.startswith("U1：台账不能重算（")


def test_an_appeal_without_score_or_grade_says_so(closed: tuple[Frozen, list[LedgerRow]]) -> None:
    frozen, rows = closed
    appeal = appeals(frozen, [*rows, reverse(rows[1], LATER, "王五", "误判")], NOON)["U1"]
    assert replace(appeal, score=None, grade="").words.startswith("封账后冲销1笔，冲销后未计总分：第2.1项")


def test_a_whole_closing_has_nothing_to_say(closed: tuple[Frozen, list[LedgerRow]]) -> None:
    frozen, rows = closed
    assert unlike(frozen, rows, scores_of(frozen)) == []


def altered(frozen: Frozen, **changes: object) -> Frozen:
    cards: list[Scorecard] = [replace(frozen.cards[0], **changes), *frozen.cards[1:]]  # type: ignore[arg-type]
    return replace(frozen, cards=tuple(cards))


def test_each_thing_that_does_not_agree_is_named(closed: tuple[Frozen, list[LedgerRow]]) -> None:
    frozen, rows = closed
    scores = scores_of(frozen)
    assert unlike(frozen, rows, scores | {"U9": "80"}) == ["U9：有分数而没有成绩单"]
    assert unlike(frozen, rows, scores | {"U2": "74"}) == ["U2：成绩单73，封账分数74"]
    assert unlike(frozen, rows, {"U1": "94", "U2": "73"}) == ["U3：成绩单100，封账分数没有"]
    assert unlike(altered(frozen, score=Decimal(95)), rows, scores | {"U1": "95"}) == [
        "U1：台账重算为94分优秀，成绩单为95分优秀"
    ]
    assert unlike(altered(frozen, grade="良好"), rows, scores) == ["U1：台账重算为94分优秀，成绩单为94分良好"]
    assert unlike(altered(frozen, score=None), rows, scores | {"U1": ""}) == [
        "U1：台账重算为94分优秀，成绩单为无分优秀"
    ]
    assert unlike(frozen, rows, scores | {"U1": ""}) == ["U1：成绩单94，封账分数无分"]
    assert unlike(altered(frozen, score=None), rows, scores)[0] == "U1：成绩单无分，封账分数94"


def test_another_version_and_a_torn_ledger_are_told_and_the_rest_is_looked_at_all_the_same(
    closed: tuple[Frozen, list[LedgerRow]],
) -> None:
    frozen, rows = closed
    assert unlike(altered(frozen, version="f" * 64), rows, scores_of(frozen) | {"U3": "1"}) == [
        "U1：成绩单所用办法版本与封存的办法不一致",
        "U3：成绩单100，封账分数1",
    ]
    torn = [row for row in rows if row.unit != "U1" or row.line]
    assert unlike(frozen, torn, scores_of(frozen)) == [
        "U1：台账不能重算（台账行须属于同一单位、同一年度、同一办法，且有一行立账）"
    ]
