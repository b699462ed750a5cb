"""A closed year: fixed under a hash, proven, answered from what was fixed; appeals stand beside it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.finding import CaseState
from domain.unit import UnitCategory
from schemes.ledger import Entry
from schemes.plan import load_plan, with_plan
from schemes.scheme import add_shelf, load, load_all
from storage.assessing import bring_up_to_date, scorecards
from storage.closing import close, closed, prove
from storage.faults import StoreError
from storage.store import Store
from tests.storage.builders import NIGHT, REGISTRY, night, picture, take, verdict

S, DAY = "changshu-2020", date(2026, 7, 5)
KEY = ("column.stale", "s01", "U01", "http://127.0.0.1:8101/tzgg/")
OTHER = "http://127.0.0.1:8101/zcwj/"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two stale columns of U01, confirmed: 90 − 2 × 3 = 84. Nothing against U02: 90."""
    with Store.open(tmp_path) as opened:
        lapses = [verdict(witnesses=2), verdict(subject=OTHER, witnesses=2)]
        proofs = {KEY: [picture()], (*KEY[:3], OTHER): [picture("b")]}
        take(opened, 0, *lapses, evidence=proofs)
        for found in opened.findings():
            opened.review(found.id, CaseState.CONFIRMED, by="王科长", reason="属实", at=night(1))
        yield opened


def shut(store: Store, **changes: object) -> object:
    given = {"plan": None, "at": night(6), "author": "李某", "program": "govwatch"} | changes
    return close(store, load_all()[S], 2026, DAY, **given)  # type: ignore[arg-type]


def rows_of(store: Store, unit: str) -> list[str]:
    return [row.id for row in store.ledger(S, 2026, unit) if row.entry is Entry.CHARGE]


def test_an_open_year_is_neither_closed_nor_proven(store: Store) -> None:
    assert closed(store, S, 2026) is None
    assert prove(store, S, 2026) is None


def test_closing_fixes_scheme_ledger_cards_and_scores(store: Store) -> None:
    cards = scorecards(store, load_all()[S], 2026, DAY)
    shut(store)
    kept = closed(store, S, 2026)
    assert kept is not None
    assert kept.frozen.cards == cards
    assert kept.closing.scores == {"U01": "84", "U02": "90"}
    assert kept.frozen.scheme.version == load_all()[S].version == kept.closing.versions[0]
    proven = prove(store, S, 2026)
    assert proven is not None
    assert (proven.problems, proven.seal) == ((), kept.closing.seal)


def test_what_happens_afterwards_changes_no_frozen_score(store: Store) -> None:
    shut(store)
    store.review(store.findings()[0].id, CaseState.DISMISSED, by="王科长", reason="误判", at=night(7))
    live = {card.unit: card.score for card in scorecards(store, load_all()[S], 2026, DAY)}
    kept = closed(store, S, 2026)
    assert kept is not None
    assert live["U01"] == 87
    assert [card.score for card in kept.frozen.cards] == [84, 90]
    before = store.ledger(S, 2026)
    after = bring_up_to_date(store, load_all()[S], 2026, DAY, at=night(8), author="系统", program="govwatch")
    assert after == before


def test_an_appeal_is_a_reversal_beside_the_frozen_score(store: Store) -> None:
    """84 + 3 = 87 after one of the two rows is reversed; the score as closed stays 84."""
    shut(store)
    store.reverse_row(rows_of(store, "U01")[0], night(9), "李某", "申诉成立（复核〔2026〕1号）")
    kept = closed(store, S, 2026)
    assert kept is not None
    assert list(kept.appeals) == ["U01"]
    appeal = kept.appeals["U01"]
    assert (appeal.score, appeal.grade) == (Decimal(87), "良好")
    assert appeal.reversals[0].signed == 3
    assert "封账后冲销1笔，冲销后87分，良好" in appeal.words
    assert "申诉成立（复核〔2026〕1号），李某 2026-07-09" in appeal.words
    assert kept.frozen.cards[0].score == 84
    assert prove(store, S, 2026).problems == ()  # type: ignore[union-attr]


def test_a_year_closes_once(store: Store) -> None:
    shut(store)
    with pytest.raises(StoreError, match="已经封账"):
        shut(store)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("UPDATE ledger SET body = replace(body, '附件第7项', '附件第6项')", "封账号对不上"),
        ("DELETE FROM ledger WHERE unit = 'U01' AND entry = 'charge'", "台账重算为90分"),
        ("""UPDATE closings SET scores = '{"U01": "99", "U02": "90"}'""", "成绩单84，封账分数99"),
        ("UPDATE closing_papers SET body = x'00' WHERE name = 'card/U02'", "已损坏"),
        ("DELETE FROM closing_papers WHERE name = 'card/U02'", "U02：有分数而没有成绩单"),
        ("UPDATE closings SET author = '王某'", None),
    ],
)
def test_every_change_of_what_was_fixed_is_found(store: Store, act: str, words: str | None) -> None:
    shut(store)
    table = act.split()[2 if act.startswith("DELETE") else 1]
    with store.writing() as connection:
        for guard in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER {table}_no_{guard}"))
        connection.execute(text(act))
    proven = prove(store, S, 2026)
    assert proven is not None
    assert any(words in problem for problem in proven.problems) if words else not proven.problems


def test_the_scheme_may_be_gone_when_a_closed_year_is_asked_for(store: Store, tmp_path: Path) -> None:
    """An office's own scheme, closed, then deleted and removed from the shelf: the closing keeps its text."""
    own = tmp_path / "schemes"
    own.mkdir()
    source = Path(load_all()[S].source).read_text(encoding="utf-8")
    file = own / "own-2026.toml"
    file.write_text(source.replace('id = "changshu-2020"', 'id = "own-2026"'), encoding="utf-8")
    scheme = load(file)
    close(store, scheme, 2026, DAY, plan=None, at=night(6), author="李某", program="govwatch")
    file.unlink()
    kept = closed(store, "own-2026", 2026)
    assert kept is not None
    assert kept.frozen.scheme.id == "own-2026"
    assert kept.frozen.scheme.indicators == scheme.indicators


def test_a_year_without_weights_is_not_closed_and_with_a_plan_it_is(store: Store, tmp_path: Path) -> None:
    scheme = load_all()["nanchang"]
    with pytest.raises(StoreError, match="没有分值，请先用 --plan"):
        close(store, scheme, 2026, DAY, plan=None, at=night(6), author="李某", program="govwatch")
    assert store.closing("nanchang", 2026) is None
    lines = [each for each in scheme.indicators if each.no.startswith("7.")]
    proper = [each.no for each in lines if each.effect.value != "bonus"]
    weights = dict.fromkeys(proper, 1) | {proper[0]: 100 - len(proper) + 1}
    weights |= {each.no: 5 for each in lines if each.effect.value == "bonus"}
    body = '[plan]\nscheme = "nanchang"\nyear = 2026\nbasis = "方案"\n'
    body += "".join(f'[[line]]\nno = "{no}"\npoints = {worth}\n' for no, worth in weights.items())
    path = tmp_path / "plan.toml"
    path.write_text(body, encoding="utf-8")
    planned = with_plan(scheme, load_plan(path, scheme))
    assert {unit.category for unit in REGISTRY.units} == {UnitCategory.DEPARTMENT}
    close(store, planned, 2026, DAY, plan=path, at=night(6), author="李某", program="govwatch")
    path.unlink()
    kept = closed(store, "nanchang", 2026)
    assert kept is not None
    assert kept.frozen.scheme.version == planned.version
    # 100 − 1: the information score (7.2.9) is earned and was not entered
    assert set(kept.closing.scores.values()) == {"99"}


def test_nobody_assessed_nothing_closed(tmp_path: Path) -> None:
    towns = tuple(replace(unit, category=UnitCategory.TOWNSHIP) for unit in REGISTRY.units)
    with Store.open(tmp_path) as store:
        run = store.begin_run(
            replace(REGISTRY, units=towns), as_of=NIGHT, started=NIGHT, program="g", schemes={}
        )
        store.end_run(run.id, NIGHT)
        with pytest.raises(StoreError, match="没有“南昌市政府信息公开工作考核制度”考核的单位"):
            close(
                store, load_all()["nanchang"], 2026, DAY,
                plan=None, at=night(6), author="李某", program="govwatch",
            )  # fmt: skip


def test_the_offices_own_scheme_stands_in_for_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schemes import scheme as reading

    monkeypatch.setattr(reading, "SHELVES", [*reading.SHELVES])
    source = Path(load_all()[S].source).read_text(encoding="utf-8")
    (tmp_path / "a.toml").write_text(source.replace("need = 3", "need = 4"), encoding="utf-8")
    shipped = load_all()[S].version
    add_shelf(tmp_path)
    add_shelf(tmp_path)
    assert len(reading.SHELVES) == 2
    assert load_all()[S].version != shipped
    assert len(load_all()) == 6
