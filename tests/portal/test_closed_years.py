"""A year closed in the portal is closed as `govwatch year close` does it, and shown as it was closed."""

import json
import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from domain.finding import CaseState
from govwatch.cli import app
from portal.years import with_own
from schemes import scheme as reading
from schemes.ledger import post
from schemes.plan import planned
from schemes.scheme import load_all
from storage.closing import close, closed, prove
from storage.store import Store
from tests.portal.city import City, city

S, PLACE = "changshu-2020", "/assessment/changshu-2020/2026"
RANKING = "/assessment?scheme=changshu-2020&year=2026"
OWN = "own-2026"


@pytest.fixture(autouse=True)
def shelves(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command makes known here is not known to other tests."""
    monkeypatch.setattr(reading, "SHELVES", [reading.REGIMES])


def decide(town: City, to: str, reason: str = "核实过了") -> None:
    form = {"to": to, "reason": reason}
    assert town.visitor("supervisor").post(f"/findings/{town.case}/decide", data=form).status_code == 303


def freeze(town: City, scheme: str = S) -> None:
    answer = town.visitor("supervisor").post(f"/assessment/{scheme}/2026/freeze", data={"sure": "2026"})
    assert answer.status_code == 303, answer.text


def asked(*words: str | Path) -> Mapping[str, Any]:
    ended = CliRunner().invoke(app, [str(word) for word in words])
    assert ended.exit_code == 0, ended.output
    answer: Mapping[str, Any] = json.loads(ended.stdout)
    return answer


def assess(town: City, scheme: str = S) -> Mapping[str, Any]:
    data = town.office.data
    return asked("assess", "--data", data, "--scheme", scheme, "--year", "2026", "--format", "json")


def scores(answer: Mapping[str, Any]) -> dict[str, float]:
    return {unit["unit"]: unit["score"] for unit in answer["units"]}


def test_the_portal_closes_as_the_command_does(town: City, tmp_path: Path) -> None:
    decide(town, "confirmed")
    shutil.copytree(town.office.data, tmp_path / "other")
    freeze(town)
    mine = town.store.closing(S, 2026)
    assert mine is not None
    with Store.open(tmp_path / "other") as store:
        theirs = close(
            store, load_all()[S], 2026, town.office.as_of(),
            plan=None, at=town.clock.at, author=mine.author, program=town.office.program,
        )  # fmt: skip
        assert store.closing_papers(S, 2026) == town.store.closing_papers(S, 2026)
    assert theirs.closing == mine
    assert set(town.store.closing_papers(S, 2026)) == {"scheme", "card/U01", "card/U02"}


def test_what_is_decided_later_moves_no_frozen_score(town: City) -> None:
    decide(town, "confirmed")
    freeze(town)
    fixed = assess(town)
    assert len(set(scores(fixed).values())) == 2
    town.clock.forward(minutes=5)
    decide(town, "dismissed", reason="误判")
    assert assess(town) == fixed
    proven = asked(
        "year", "verify", "--data", town.office.data, "--scheme", S, "--year", "2026", "--format", "json"
    )
    assert (proven["whole"], proven["problems"]) == (True, [])
    client = town.visitor("reader")
    shown = client.get("/api/v1/assessments/changshu-2020/2026").json()
    assert shown == fixed
    seal = fixed["closing"]["seal"]
    for page in (RANKING, f"{PLACE}/U01"):
        text = client.get(page).text
        assert seal in text
        assert "封账成绩" in text
        assert f"{scores(fixed)['U01']:g}" in text
    assert "封账成绩" in client.get("/units/U01").text
    assert "台账与封账时一致" in client.get(RANKING).text


def test_a_reversal_stands_beside_the_frozen_score(town: City) -> None:
    decide(town, "confirmed")
    freeze(town)
    before = scores(assess(town))
    charge = next(row for row in town.store.ledger(S, 2026, "U01") if row.entry.value == "charge")
    town.clock.forward(minutes=5)
    boss = town.visitor("supervisor")
    assert boss.post(f"/ledger/{charge.id}/reverse", data={"reason": "申诉成立"}).status_code == 303
    kept = closed(town.store, S, 2026)
    assert kept is not None
    words = kept.appeals["U01"].words
    assert "封账后冲销1笔" in words
    for page in (RANKING, f"{PLACE}/U01", "/units/U01"):
        assert words in town.visitor("reader").get(page).text, page
    shown = boss.get("/api/v1/assessments/changshu-2020/2026").json()
    assert scores(shown) == before
    assert shown == assess(town)
    assert [each["unit"] for each in shown["closing"]["appeals"]] == ["U01"]
    proven = prove(town.store, S, 2026)
    assert proven is not None
    assert not proven.problems


def test_a_liaison_sees_no_other_units_closing(town: City) -> None:
    freeze(town)
    charged = town.visitor("liaison").get("/api/v1/assessments/changshu-2020/2026").json()
    assert list(scores(charged)) == ["U01"]
    assert "U02" not in town.visitor("liaison").get(RANKING).text


def test_an_alteration_shows_on_the_page(town: City) -> None:
    decide(town, "confirmed")
    freeze(town)
    client = town.visitor("supervisor")
    assert "台账与封账时一致" in client.get(RANKING).text
    with town.store.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER closings_no_update")
        connection.exec_driver_sql(
            "UPDATE closings SET author = 'x', scores = json_set(scores, '$.U01', '90')"
        )
    text = client.get(RANKING).text
    assert "台账与封账时不一致" in text
    assert "封账号对不上" in text


def test_own_schemes_and_yearly_plans_are_those_of_the_data_folder(
    built: tuple[Path, str], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(built[0], data)
    (data / "schemes").mkdir()
    source = Path(load_all()["nanchang"].source).read_text(encoding="utf-8")
    (data / "schemes" / "own.toml").write_text(
        source.replace('id = "nanchang"', f'id = "{OWN}"'), encoding="utf-8"
    )
    with city(data, [built[1]]) as town:
        boss, place = town.visitor("supervisor"), f"/assessment/{OWN}/2026"
        refused = boss.post(f"{place}/freeze", data={"sure": "2026"})
        assert refused.status_code == 409
        assert "没有分值，请先用 --plan 给出年度方案" in refused.text
        path = plan_of(town, 2026)
        assert {unit["missing_weights"] == [] for unit in assess(town, OWN)["units"]} == {True}
        live = boss.get(f"/api/v1/assessments/{OWN}/2026").json()
        assert live["version"] == planned(town.office.schemes[OWN], 2026, data)[0].version
        assert live == assess(town, OWN)
        freeze(town, OWN)
        assert town.store.closing_papers(OWN, 2026)["plan"] == path.read_text(encoding="utf-8")
        path.write_text("not a plan", encoding="utf-8")
        (data / "schemes" / "own.toml").unlink()
        assert boss.get(f"/api/v1/assessments/{OWN}/2026").json()["units"] == live["units"]
        assert boss.get(f"/assessment?scheme={OWN}&year=2026").status_code == 200
    with city(data, [built[1]]) as again:
        assert OWN not in again.office.schemes
        boss = again.visitor("supervisor")
        assert boss.get(f"/api/v1/assessments/{OWN}/2026").json()["units"] == live["units"]
        assert "封账成绩" in boss.get(f"/assessment?scheme={OWN}&year=2026").text
        assert boss.get(f"/assessment?scheme={OWN}&year=2025").status_code == 404


def plan_of(town: City, year: int) -> Path:
    """A plan that gives the lines of departments equal weights, put into the data folder."""
    scheme = town.office.schemes[OWN]
    lines = [each for each in scheme.indicators if each.no.startswith("7.")]
    proper = [each.no for each in lines if each.effect.value != "bonus"]
    weights = dict.fromkeys(proper, 1) | {proper[0]: 100 - len(proper) + 1}
    weights |= {each.no: 5 for each in lines if each.effect.value == "bonus"}
    body = f'[plan]\nscheme = "{OWN}"\nyear = {year}\nbasis = "方案"\n'
    body += "".join(f'[[line]]\nno = "{no}"\npoints = {worth}\n' for no, worth in weights.items())
    path = town.office.data / "plans" / f"{OWN}-2026.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(body, encoding="utf-8")
    return path


def test_an_unusable_plan_is_said_where_scores_would_stand(town: City) -> None:
    folder = town.office.data / "plans"
    folder.mkdir()
    (folder / f"{S}-2026.toml").write_text(
        '[plan]\nscheme = "zhushan"\nyear = 2026\nbasis = "方案"\n', encoding="utf-8"
    )
    client = town.visitor("supervisor")
    refused = client.get(RANKING)
    assert refused.status_code == 409
    assert f"{S}-2026.toml 第2行" in refused.text
    page = client.get("/units/U01")
    assert page.status_code == 200
    assert f"{S}-2026.toml 第2行" in page.text
    assert client.post(f"{PLACE}/freeze", data={"sure": "2026"}).status_code == 409
    assert town.store.closing(S, 2026) is None


def test_a_scheme_changed_since_the_start_closes_nothing(built: tuple[Path, str], tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(built[0], data)
    (data / "schemes").mkdir()
    source = Path(load_all()[S].source).read_text(encoding="utf-8")
    file = data / "schemes" / "mine.toml"
    file.write_text(source.replace("need = 3", "need = 4"), encoding="utf-8")
    with city(data, [built[1]]) as town:
        assert town.office.schemes[S].version != with_own(load_all(), tmp_path)[S].version
        file.write_text(source + "\n", encoding="utf-8")
        refused = town.visitor("supervisor").post(f"{PLACE}/freeze", data={"sure": "2026"})
        assert refused.status_code == 409
        assert "在计分之后改过，没有封账" in refused.text
        assert town.store.closing(S, 2026) is None
        assert town.store.ledger(S, 2026) == []


def test_each_card_is_held_against_its_own_rows(town: City, monkeypatch: pytest.MonkeyPatch) -> None:
    decide(town, "confirmed")
    client = town.visitor("supervisor")
    assert client.post(f"{PLACE}/post").status_code == 303
    handed: list[set[str]] = []

    def watched(card: Any, ledger: Any, *rest: Any) -> Any:
        handed.append({row.unit for row in ledger} - {card.unit})
        return post(card, ledger, *rest)

    monkeypatch.setattr("storage.assessing.post", watched)
    rows = town.store.ledger(S, 2026)
    assert {row.unit for row in rows} == {"U01", "U02"}
    town.clock.at += timedelta(minutes=5)
    assert client.post(f"{PLACE}/post").status_code == 303
    assert handed == [set(), set()]
    assert town.store.ledger(S, 2026) == rows
    assert town.store.finding(town.case).state is CaseState.CONFIRMED
