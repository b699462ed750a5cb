"""nanchang and shuangyashan-2019: two catalogues, weights from a yearly plan; sums by hand."""

from decimal import Decimal
from pathlib import Path

import pytest

from domain.unit import UnitCategory
from schemes.card import Scorecard
from schemes.mistakes import SchemeError
from schemes.model import Effect, Scheme
from schemes.plan import load_plan, plan_template, with_plan
from schemes.records import Record, ReviewScore
from schemes.scoring import missing_weights
from tests.schemes.assessing import Entries, book, cards, finding, line, shipped, unit

COUNTY, ZONE, DEPARTMENT, TOWN = (
    UnitCategory.COUNTY, UnitCategory.ZONE, UnitCategory.DEPARTMENT, UnitCategory.TOWNSHIP
)  # fmt: skip


def plan_text(scheme: Scheme, weights: dict[str, str], prices: dict[str, str]) -> str:
    head = f'[plan]\nscheme = "{scheme.id}"\nyear = 2026\nbasis = "方案〔2026〕1号"\n'
    body = [
        f'[[line]]\nno = "{no}"\npoints = {points}\n{prices.get(no, "")}\n' for no, points in weights.items()
    ]
    return head + "\n".join(body)


def weigh(scheme: Scheme, prefix: str, heavy: dict[str, int]) -> dict[str, str]:
    """`heavy` as stated, one point for each other line of the catalogue, the rest on its first line."""
    lines = [n for n in scheme.indicators if n.no.startswith(prefix)]
    proper = [n.no for n in lines if n.effect is not Effect.BONUS]
    weights = {no: heavy.get(no, 1) for no in proper}
    weights[proper[0]] = 100 - sum(weights[no] for no in proper[1:])
    weights |= {n.no: 5 for n in lines if n.effect is Effect.BONUS}
    return {no: str(points) for no, points in weights.items()}


def planned(tmp_path: Path, name: str, weights: dict[str, str], prices: dict[str, str]) -> Scheme:
    scheme = shipped()[name]
    path = tmp_path / "plan.toml"
    path.write_text(plan_text(scheme, weights, prices), encoding="utf-8")
    return with_plan(scheme, load_plan(path, scheme))


@pytest.fixture
def nanchang(tmp_path: Path) -> dict[str, Scorecard]:
    scheme = shipped()["nanchang"]
    heavy = {"2.1": 20, "2.3": 10, "2.9": 10, "3.1": 10}
    weights = weigh(scheme, "6.", {f"6.{no}": worth for no, worth in heavy.items()})
    weights |= weigh(scheme, "7.", {f"7.{no}": worth for no, worth in heavy.items()})
    prices = {
        "6.2.1": "per_finding = 2", "7.2.1": "per_finding = 2", "7.2.3": "per_finding = 1.5",
        "6.4.1": "per_bonus = 2", "7.4.1": "per_bonus = 2",
    }  # fmt: skip
    chosen = planned(tmp_path, "nanchang", weights, prices)
    enter = Entries("nanchang")
    units = [unit("C1", COUNTY), unit("C2", COUNTY), unit("Z1", ZONE)]
    units += [unit(f"D{n}", DEPARTMENT) for n in range(1, 6)] + [unit("T1", TOWN)]
    records: list[Record] = [
        enter.tally(code, "6.2.9" if code[0] in "CZ" else "7.2.9", score)
        for code, score in {"C1": 100, "C2": 50, "Z1": 75, "D1": 100, "D2": 80, "D3": 0, "D4": 33}.items()
    ]
    records += [
        *(enter.bonus("C2", "6.4.1") for _ in range(3)),
        enter.of(ReviewScore, "D2", line="7.1.2", score=Decimal(0), reviewer="李四"),
    ]
    findings = [
        *(finding(f"C1-{n}", "C1", "nanchang/6.2.1") for n in range(3)),
        *(finding(f"D3-{n}", "D3", "nanchang/7.2.1") for n in range(12)),
        finding("D4-guide", "D4", "nanchang/7.2.3", check="guide.incomplete"),
        finding("D4-media", "D4", "nanchang/7.3.1", check="media.stale", target="a"),
    ]
    return cards(chosen, book(units, findings, records))


@pytest.mark.parametrize(
    ("code", "score"),
    [
        ("C1", "94"),  # 100 − 3 × 2 (6.2.1) = 94; information 100 of 100 → 10 of 10
        ("C2", "100"),  # 90 + 10 × 50/100 = 95; three reports × 2 = 6, at most 5: 100
        ("Z1", "97.5"),  # 90 + 10 × 75/100 = 97.5
        ("D1", "100"),
        ("D2", "97"),  # 90 − 1 (7.1.2 given 0) + 8 = 97
        ("D3", "70"),  # 90 − 12 × 2 = 24, at most 20; + 0 = 70
        ("D4", "91.8"),  # 90 − 1.5 + 3.3 = 91.8; the account costs nothing: the plan sets no price
        ("D5", "90"),  # no information score entered: the line earns nothing yet
    ],
)
def test_nanchang(nanchang: dict[str, Scorecard], code: str, score: str) -> None:
    assert nanchang[code].score == Decimal(score), nanchang[code].words


def test_catalogues_are_ranked_apart_and_townships_are_not_assessed(nanchang: dict[str, Scorecard]) -> None:
    assert "T1" not in nanchang
    assert {code: card.rank for code, card in nanchang.items()} == {
        "C1": 3, "C2": 1, "Z1": 2, "D1": 1, "D2": 2, "D4": 3, "D5": 4, "D3": 5,
    }  # fmt: skip
    assert nanchang["C1"].catalogue == "县区、开发区"


def test_what_the_plan_does_not_price_is_shown_to_the_reviewers(nanchang: dict[str, Scorecard]) -> None:
    assert line(nanchang["D4"], "7.3.1").hints == ("“D4-media”有问题。",)
    assert line(nanchang["D4"], "7.2.9").arithmetic.startswith(
        "信息上报得分33分（满分100分）折算10×33/100=3.3分"
    )


def test_shuangyashan(tmp_path: Path) -> None:
    """Twelve lines a catalogue; 1.2.2 and 2.2.2 (the disclosure column) weigh 30 and cost 4 a fault."""
    scheme = shipped()["shuangyashan-2019"]
    weights = weigh(scheme, "1.", {"1.2.2": 30}) | weigh(scheme, "2.", {"2.2.2": 30})
    prices = {"1.2.2": "per_finding = 4", "2.2.2": "per_finding = 4"}
    chosen = planned(tmp_path, "shuangyashan-2019", weights, prices)
    units = [unit(f"C{n}", COUNTY) for n in range(1, 4)] + [unit(f"D{n}", DEPARTMENT) for n in range(1, 6)]
    faults = {"C1": 0, "C2": 2, "C3": 9, "D1": 1, "D2": 3, "D3": 5, "D4": 7, "D5": 8}
    findings = [
        finding(f"{code}-{n}", code, f"shuangyashan-2019/{'1' if code[0] == 'C' else '2'}.2.2")
        for code, count in faults.items()
        for n in range(count)
    ]
    found = cards(chosen, book(units, findings))
    # 100 − faults × 4, at most 30
    assert {code: card.score for code, card in found.items()} == {
        "C1": 100, "C2": 92, "C3": 70, "D1": 96, "D2": 88, "D3": 80, "D4": 72, "D5": 70,
    }  # fmt: skip


def test_without_a_plan_the_missing_weights_are_named_and_lapses_rank() -> None:
    findings = [finding("F1", "D1", "nanchang/7.2.1"), finding("F2", "D1", "nanchang/7.2.1")]
    found = cards("nanchang", book([unit("D1"), unit("D2")], findings))
    assert found["D1"].score is None
    assert found["D1"].low is None
    assert "7.2.1" in found["D1"].missing_weights
    assert "6.2.1" not in found["D1"].missing_weights
    assert found["D1"].notes[0].startswith("缺少年度方案给出的分值")
    assert (found["D1"].rank, found["D2"].rank) == (2, 1)
    assert line(found["D1"], "7.2.1").hints


def test_part_of_a_plan_leaves_the_other_catalogue_without_weights(tmp_path: Path) -> None:
    chosen = planned(tmp_path, "nanchang", weigh(shipped()["nanchang"], "7.", {}), {})
    assert missing_weights(chosen, unit("D1")) == ()
    assert missing_weights(chosen, unit("C1", COUNTY))


@pytest.mark.parametrize(
    ("text", "where", "mend"),
    [
        ('[[line]]\nno = "9.9"\npoints = 3', "第6行 line[1].no，现为 “9.9”", "没有这一项"),
        ('[[line]]\nno = "7.1.1"\npoints = -3', "第7行 line[1].points，现为 -3", "不能为负"),
        ('[[line]]\nno = "7.1.1"\npoints = "三"', "第7行 line[1].points，现为 “三”", "应写数字"),
        ('[[line]]\nno = "7.1.1"\nweight = 3', "第7行 line[1].weight", "没有这个键"),
        ('[[line]]\nno = "7.1.1"\n[[line]]\nno = "7.1.1"', "第8行 line[2].no", "重复"),
    ],
)
def test_a_bad_plan_is_refused_with_line_and_mend(tmp_path: Path, text: str, where: str, mend: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(f'[plan]\nscheme = "nanchang"\nyear = 2026\nbasis = "x"\n{text}\n', encoding="utf-8")
    with pytest.raises(SchemeError) as refused:
        load_plan(path, shipped()["nanchang"])
    assert where in str(refused.value)
    assert mend in str(refused.value)


def test_a_plan_whose_weights_do_not_add_up_is_refused(tmp_path: Path) -> None:
    weights = weigh(shipped()["nanchang"], "7.", {}) | {"7.1.2": "9"}
    path = tmp_path / "plan.toml"
    path.write_text(plan_text(shipped()["nanchang"], weights, {}), encoding="utf-8")
    with pytest.raises(SchemeError, match="各项分值合计为 108，与写明的 100 不符"):
        load_plan(path, shipped()["nanchang"])


def test_the_plan_template_lists_every_weight(tmp_path: Path) -> None:
    scheme = shipped()["shuangyashan-2019"]
    path = tmp_path / "plan.toml"
    path.write_text(plan_template(scheme, 2026), encoding="utf-8")
    with pytest.raises(SchemeError, match="各项分值合计为 0"):
        load_plan(path, scheme)
    assert plan_template(scheme, 2026).count("[[line]]") == 24


def test_a_plan_for_another_scheme_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text('[plan]\nscheme = "zhushan"\nyear = 2026\nbasis = "x"\n', encoding="utf-8")
    with pytest.raises(SchemeError, match="本方案应写 nanchang"):
        load_plan(path, shipped()["nanchang"])


def test_the_version_names_scheme_and_plan(tmp_path: Path) -> None:
    chosen = planned(tmp_path, "nanchang", weigh(shipped()["nanchang"], "7.", {}), {})
    assert chosen.version != shipped()["nanchang"].version
