"""nanchang and shuangyashan-2019: two catalogues, weights from a yearly plan; sums by hand."""

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from domain.unit import UnitCategory
from schemes.card import Scorecard
from schemes.ledger import post, recompute
from schemes.mistakes import SchemeError
from schemes.model import Effect, Scheme
from schemes.plan import Plan, PlanHead, PlanLine, load_plan, plan_template, read_plan, with_plan
from schemes.plan import planned as weighed_by
from schemes.records import Level, Record, ReviewScore
from schemes.rules import PerEntry
from schemes.scheme import load as load_scheme
from schemes.scoring import missing_weights
from tests.schemes.assessing import (
    LINK,
    NOON,
    Entries,
    book,
    cards,
    finding,
    line,
    moves,
    said,
    shipped,
    unit,
)

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


def halved(
    enter: Entries, scheme: Scheme, owner: str, prefix: str, besides: tuple[str, ...] = ()
) -> list[Record]:
    """The reviewers give half of what each line of a catalogue is worth, but for some lines."""
    return [
        enter.of(ReviewScore, owner, line=n.no, score=n.points / 2, reviewer="李四", proofs=(LINK,))
        for n in scheme.indicators
        if n.no.startswith(prefix) and n.no not in besides and n.points
    ]


@pytest.fixture
def nanchang(tmp_path: Path) -> dict[str, Scorecard]:
    scheme = shipped()["nanchang"]
    heavy = {"2.1": 20, "2.3": 10, "2.9": 10, "3.1": 10}
    weights = weigh(scheme, "6.", {f"6.{no}": worth for no, worth in heavy.items()})
    weights |= weigh(scheme, "7.", {f"7.{no}": worth for no, worth in heavy.items()})
    prices = {
        "6.2.1": "per_finding = 2", "7.2.1": "per_finding = 2", "7.2.3": "per_finding = 1.5",
        "6.4.1": "per_bonus = 2", "7.4.1": "per_bonus = 2",
        "6.2.8": "per_case = 0.5", "7.2.8": "per_case = 0.5",
    }  # fmt: skip
    chosen = planned(tmp_path, "nanchang", weights, prices)
    enter = Entries("nanchang")
    units = [unit("C1", COUNTY), unit("C2", COUNTY), unit("Z1", ZONE), unit("C3", COUNTY)]
    units += [unit(f"D{n}", DEPARTMENT) for n in range(1, 7)] + [unit("T1", TOWN)]
    records: list[Record] = [
        enter.tally(code, "6.2.9" if code[0] in "CZ" else "7.2.9", score)
        for code, score in {"C1": 100, "C2": 50, "Z1": 75, "D1": 100, "D2": 80, "D3": 0, "D4": 33}.items()
    ]
    records += [
        *(enter.bonus("C2", "6.4.1") for _ in range(3)),
        enter.of(ReviewScore, "D2", line="7.1.2", score=Decimal(0), reviewer="李四"),
        *halved(enter, chosen, "C3", "6.", besides=("6.2.8", "6.2.9")),
        *halved(enter, chosen, "D6", "7.", besides=("7.2.8", "7.2.9")),
        enter.case("C3", 1, corrected_by="litigation"),
        enter.case("D6", 2, defects=("落款",)),
        enter.tally("C3", "6.2.9", 50),
        enter.tally("D6", "7.2.9", 50),
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
        # half of all (6.2.8: 1 − 0.5 for one case lost in court is half too): 50; bonuses 4 × 2.5: 60
        ("C3", "60"),
        ("D6", "60"),  # the same of the departments' lines: 50 + 10
    ],
)
def test_nanchang(nanchang: dict[str, Scorecard], code: str, score: str) -> None:
    assert nanchang[code].score == Decimal(score), nanchang[code].words


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("C1", "6.2.1:-6 6.2.9:+10"),
        ("C2", "6.2.9:+5 6.4.1:+5"),
        ("Z1", "6.2.9:+7.5"),
        ("D1", "7.2.9:+10"),
        ("D2", "7.1.2:-1 7.2.9:+8"),
        ("D3", "7.2.1:-20 7.2.9:0"),
        ("D4", "7.2.3:-1.5 7.2.9:+3.3"),
        ("D5", ""),
    ],
)
def test_nanchang_line_by_line(nanchang: dict[str, Scorecard], code: str, expected: str) -> None:
    assert moves(nanchang[code]) == said(expected)


def test_the_rows_of_either_catalogue_give_the_score_again(tmp_path: Path) -> None:
    weights = weigh(shipped()["nanchang"], "6.", {}) | weigh(shipped()["nanchang"], "7.", {})
    chosen = planned(
        tmp_path, "nanchang", weights, {"6.2.1": "per_finding = 0.5", "7.2.1": "per_finding = 0.25"}
    )
    found = [finding("F1", "C1", "nanchang/6.2.1"), finding("F2", "D1", "nanchang/7.2.1")]
    made = cards(chosen, book([unit("C1", COUNTY), unit("D1", DEPARTMENT)], found))
    # 99 each, for the information scored from outside is not entered yet
    assert {code: card.score for code, card in made.items()} == {
        "C1": Decimal("98.5"),
        "D1": Decimal("98.75"),
    }
    for card in made.values():
        assert recompute(chosen, post(card, (), NOON, "系统")).score == card.score


def test_every_line_of_nanchang_moves(nanchang: dict[str, Scorecard]) -> None:
    """C3 and D6 are given half of each line: that is earned or added, or lost from the full."""
    moved: set[str] = set()
    for code in ("C3", "D6"):
        card = nanchang[code]
        for no, points in moves(card).items():
            assert abs(points) * 2 == line(card, no).points
            assert (points > 0) == (line(card, no).effect in (Effect.EARN, Effect.BONUS))
            moved.add(no)
    assert moved == {n.no for n in shipped()["nanchang"].indicators}
    assert line(nanchang["C3"], "6.2.8").arithmetic == (
        "依申请公开案件“〔2026〕1号”被行政诉讼纠错1次×0.5分=0.5分，本项1分余0.5分"
    )


@pytest.mark.parametrize(
    ("owner", "no", "level", "worth"),
    [
        ("C1", "6.4.1", Level.COUNTY, 0),
        ("C1", "6.4.1", Level.CITY, 2),
        ("C1", "6.4.2", Level.COUNTY, 0),
        ("D1", "7.4.1", Level.COUNTY, 0),
        ("D1", "7.4.2", Level.PROVINCE, 2),
        ("D1", "7.4.2", Level.COUNTY, 0),
        ("D1", "7.4.2", None, 2),
        ("D1", "7.4.3", Level.COUNTY, 2),
    ],
)
def test_reports_and_praise_below_a_city_add_nothing(
    tmp_path: Path, owner: str, no: str, level: Level | None, worth: int
) -> None:
    """Articles 6 (4) and 7 (4): reported by papers and sites of a city or above, praised by its leaders."""
    weights = weigh(shipped()["nanchang"], "6.", {}) | weigh(shipped()["nanchang"], "7.", {})
    chosen = planned(tmp_path, "nanchang", weights, {no: "per_bonus = 2"})
    enter = Entries("nanchang")
    merit = enter.bonus(owner, no, level=level)
    card = cards(chosen, book([unit("C1", COUNTY), unit("D1", DEPARTMENT)], records=[merit]))[owner]
    assert line(card, no).awarded == worth


def test_catalogues_are_ranked_apart_and_townships_are_not_assessed(nanchang: dict[str, Scorecard]) -> None:
    assert "T1" not in nanchang
    assert {code: card.rank for code, card in nanchang.items()} == {
        "C1": 3, "C2": 1, "Z1": 2, "C3": 4, "D1": 1, "D2": 2, "D4": 3, "D5": 4, "D3": 5, "D6": 6,
    }  # fmt: skip
    assert nanchang["C1"].catalogue == "县区、开发区"


def test_what_the_plan_does_not_price_is_shown_to_the_reviewers(nanchang: dict[str, Scorecard]) -> None:
    assert line(nanchang["D4"], "7.3.1").hints == ("“D4-media”有问题。",)
    assert line(nanchang["D4"], "7.2.9").arithmetic.startswith(
        "信息上报得分33分（满分100分）折算10×33/100=3.3分"
    )


@pytest.fixture
def shuangyashan(tmp_path: Path) -> dict[str, Scorecard]:
    """Twelve lines a catalogue; 1.2.2 and 2.2.2 (the disclosure column) weigh 30 and cost 4 a fault."""
    scheme = shipped()["shuangyashan-2019"]
    weights = weigh(scheme, "1.", {"1.2.2": 30}) | weigh(scheme, "2.", {"2.2.2": 30})
    prices = {
        "1.2.2": "per_finding = 4", "2.2.2": "per_finding = 4",
        "1.4.3": "per_case = 0.25", "2.4.3": "per_case = 0.25",
    }  # fmt: skip
    chosen = planned(tmp_path, "shuangyashan-2019", weights, prices)
    enter = Entries("shuangyashan-2019")
    units = [unit(f"C{n}", COUNTY) for n in range(1, 4)] + [unit(f"D{n}", DEPARTMENT) for n in range(1, 6)]
    units += [unit("C4", COUNTY), unit("D6", DEPARTMENT)]
    faults = {"C1": 0, "C2": 2, "C3": 9, "D1": 1, "D2": 3, "D3": 5, "D4": 7, "D5": 8}
    findings = [
        finding(f"{code}-{n}", code, f"shuangyashan-2019/{'1' if code[0] == 'C' else '2'}.2.2")
        for code, count in faults.items()
        for n in range(count)
    ]
    records = [
        *halved(enter, chosen, "C4", "1.", besides=("1.4.3",)),
        *halved(enter, chosen, "D6", "2.", besides=("2.4.3",)),
        enter.case("C4", 1, corrected_by="reconsideration"),
        enter.case("C4", 2, defects=("救济途径",)),
        enter.case("D6", 3, due_on=date(2026, 1, 20)),
    ]
    return cards(chosen, book(units, findings, records))


@pytest.mark.parametrize(
    ("code", "score", "expected"),
    [
        # 100 − faults × 4, at most 30
        ("C1", "100", ""),
        ("C2", "92", "1.2.2:-8"),
        ("C3", "70", "1.2.2:-30"),
        ("D1", "96", "2.2.2:-4"),
        ("D2", "88", "2.2.2:-12"),
        ("D3", "80", "2.2.2:-20"),
        ("D4", "72", "2.2.2:-28"),
        ("D5", "70", "2.2.2:-30"),
        # half of 1.1.1 (60), 1.2.2 (30) and nine lines of 1: 99 ÷ 2 = 49.5; 1.4.3: 1 − 2 × 0.25 = 0.5
        (
            "C4",
            "50",
            "1.1.1:-30 1.2.2:-15 1.1.2:-0.5 1.1.3:-0.5 1.1.4:-0.5 1.2.1:-0.5 1.2.3:-0.5 1.3.1:-0.5 "
            "1.3.2:-0.5 1.4.1:-0.5 1.4.2:-0.5 1.4.3:-0.5",
        ),
        # the same, but one case alone: 49.5 + 0.75
        (
            "D6",
            "50.25",
            "2.1.1:-30 2.2.2:-15 2.1.2:-0.5 2.1.3:-0.5 2.1.4:-0.5 2.2.1:-0.5 2.2.3:-0.5 2.3.1:-0.5 "
            "2.3.2:-0.5 2.4.1:-0.5 2.4.2:-0.5 2.4.3:-0.25",
        ),
    ],
)
def test_shuangyashan(shuangyashan: dict[str, Scorecard], code: str, score: str, expected: str) -> None:
    assert shuangyashan[code].score == Decimal(score), shuangyashan[code].words
    assert moves(shuangyashan[code]) == said(expected)


def test_every_line_of_shuangyashan_moves(shuangyashan: dict[str, Scorecard]) -> None:
    moved = set(moves(shuangyashan["C4"])) | set(moves(shuangyashan["D6"]))
    assert moved == {n.no for n in shipped()["shuangyashan-2019"].indicators}


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
    ("text", "told"),
    [
        (
            '[[line]]\nno = "9.9"\npoints = 3',
            "第6行 line[1].no，现为 “9.9”：“南昌市政府信息公开工作考核制度”没有这一项",
        ),
        ('[[line]]\nno = "7.1.1"\npoints = -3', "第7行 line[1].points，现为 -3：不能为负"),
        (
            '[[line]]\nno = "7.1.1"\npoints = "三"',
            "第7行 line[1].points，现为 “三”：应写数字，如 3 或 0.1，不加引号",
        ),
        (
            '[[line]]\nno = "7.1.1"\nper_finding = 3',
            "第7行 line[1].per_finding，现为 3：本项没有按此计分的规则；本项由考核组评定，请删去",
        ),
        (
            '[[line]]\nno = "7.2.8"\nper_bonus = 3',
            "第7行 line[1].per_bonus，现为 3："
            "本项没有按此计分的规则；本项可以定的有：per_case、per_entry、per_finding",
        ),
        (
            '[[line]]\nno = "7.1.1"\nweight = 3',
            "第7行 line[1].weight：没有这个键；可写：no、points、per_finding、per_entry、per_bonus、per_case",
        ),
        (
            '[[line]]\nno = "7.1.1"\n[[line]]\nno = "7.1.1"',
            "第8行 line[2].no，现为 “7.1.1”：与前面的重复，请删去一处",
        ),
    ],
)
def test_a_bad_plan_is_refused_with_line_and_mend(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(f'[plan]\nscheme = "nanchang"\nyear = 2026\nbasis = "x"\n{text}\n', encoding="utf-8")
    with pytest.raises(SchemeError) as refused:
        load_plan(path, shipped()["nanchang"])
    assert str(refused.value) == f"plan.toml {told}"


def test_a_plan_whose_weights_do_not_add_up_is_refused(tmp_path: Path) -> None:
    weights = weigh(shipped()["nanchang"], "7.", {}) | {"7.1.2": "9"}
    path = tmp_path / "plan.toml"
    path.write_text(plan_text(shipped()["nanchang"], weights, {}), encoding="utf-8")
    with pytest.raises(SchemeError) as refused:
        load_plan(path, shipped()["nanchang"])
    told = "plan.toml 第1行 plan：“市直部门”各项分值合计为 108，与写明的 100 不符，请核对分值"
    assert str(refused.value) == told


def test_the_plan_template_lists_every_weight(tmp_path: Path) -> None:
    scheme = shipped()["shuangyashan-2019"]
    path = tmp_path / "plan.toml"
    path.write_text(plan_template(scheme, 2026), encoding="utf-8")
    with pytest.raises(SchemeError) as refused:
        load_plan(path, scheme)
    assert [(mistake.line, mistake.key) for mistake in refused.value.mistakes] == [(4, "plan")] * 2
    assert all("各项分值合计为 0" in mistake.mend for mistake in refused.value.mistakes)
    assert plan_template(scheme, 2026).count("[[line]]") == 24


def test_a_plan_for_another_scheme_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text('[plan]\nscheme = "zhushan"\nyear = 2026\nbasis = "x"\n', encoding="utf-8")
    with pytest.raises(SchemeError, match="本方案应写 nanchang"):
        load_plan(path, shipped()["nanchang"])


def test_the_version_names_scheme_and_plan(tmp_path: Path) -> None:
    chosen = planned(tmp_path, "nanchang", weigh(shipped()["nanchang"], "7.", {}), {})
    plan = (tmp_path / "plan.toml").read_bytes()
    both = f"{shipped()['nanchang'].version}+{hashlib.sha256(plan).hexdigest()}"
    assert chosen.version == hashlib.sha256(both.encode()).hexdigest()


def test_a_plan_is_known_by_its_file_and_named_in_what_is_wrong_with_it(tmp_path: Path) -> None:
    path = tmp_path / "方案.toml"
    path.write_text(
        plan_text(shipped()["nanchang"], weigh(shipped()["nanchang"], "7.", {}), {}), encoding="utf-8"
    )
    assert load_plan(path, shipped()["nanchang"]).version == hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text('[plan]\nscheme = "zhushan"\nyear = 2026\nbasis = "x"\n', encoding="utf-8")
    with pytest.raises(
        SchemeError, match=r"^方案\.toml 第2行 plan\.scheme，现为 “zhushan”：本方案应写 nanchang"
    ):
        load_plan(path, shipped()["nanchang"])
    path.write_text("x = ", encoding="utf-8")
    with pytest.raises(SchemeError, match=r"^方案\.toml 第1行"):
        load_plan(path, shipped()["nanchang"])


def test_the_plan_of_the_data_folder_is_taken_unless_another_is_given(tmp_path: Path) -> None:
    scheme = shipped()["nanchang"]
    text = plan_text(scheme, weigh(scheme, "7.", {}), {})
    assert weighed_by(scheme, 2026, tmp_path) == (scheme, None)
    kept = tmp_path / "plans" / "nanchang-2026.toml"
    kept.parent.mkdir()
    kept.write_text(f"\ufeff{text}", encoding="utf-8")
    chosen, used = weighed_by(scheme, 2026, tmp_path)
    assert (used, chosen) == (kept, with_plan(scheme, load_plan(kept, scheme)))
    assert weighed_by(scheme, 2025, tmp_path) == (scheme, None)
    given = tmp_path / "另一份.toml"
    given.write_text(text.replace("year = 2026", "year = 2025"), encoding="utf-8")
    assert weighed_by(scheme, 2025, tmp_path, given)[1] == given
    with pytest.raises(SchemeError) as refused:
        weighed_by(scheme, 2026, tmp_path, given)
    told = "另一份.toml 第3行 plan.year，现为 2025：是2025年度的，不是2026年度的，请换一份或改 year"
    assert str(refused.value) == told


def test_a_plan_weighs_a_pool_by_its_name() -> None:
    scheme = shipped()["changshu-2020"]
    plan = Plan(
        head=PlanHead(scheme="changshu-2020", year=2026, basis="x"),
        lines=(PlanLine(no="media", points=Decimal(25)), PlanLine(no="website")),
    )
    points = {pool.id: pool.points for pool in with_plan(scheme, plan).pools}
    assert points == {"website": 30, "media": 25, "on-request": 15}


LEFT_OPEN = """
[scheme]
id = "open"
name = "某办法"
basis = "某发〔2026〕1号"

[total]
lines = 90.0
weights_from_plan = true

[[grade]]
name = "合格"

[veto]
grade = "合格"
cap = 60

[[pool]]
id = "web"
title = "网站"

[[pool]]
id = "set"
title = "已定"
points = 5

[[indicator]]
no = "1"
group = "甲"
title = "网站更新"
standard = "标准"
basis = "第1项"
method = "online"
pool = "web"

[[indicator]]
no = "2"
group = "甲"
title = "已定的"
standard = "标准"
basis = "第2项"
method = "online"
pool = "set"

[[indicator]]
no = "3"
group = "乙"
title = "定了分值的"
standard = "标准"
basis = "第3项"
method = "notice"
points = 20
[[indicator.rule]]
kind = "per_entry"
name = "被通报"

[[indicator]]
no = "4"
group = "乙"
title = "各种计分"
standard = "标准"
basis = "第4项"
method = "online"
[[indicator.ask]]
check = "guide.incomplete"
[[indicator.rule]]
kind = "per_missing"
name = "缺少要素"
[[indicator.rule]]
kind = "per_missing"
name = "缺少要素"
[[indicator.rule]]
kind = "at_least"
name = "发布次数"
need = 4
[[indicator.rule]]
kind = "per_shortfall"
name = "少发"
counter = "篇"
[[indicator.rule]]
kind = "cases"

[[indicator]]
no = "5"
group = "丙"
title = "加分"
standard = "标准"
basis = "第5项"
method = "evidence"
effect = "bonus"
[[indicator.rule]]
kind = "per_bonus"
name = "获表扬"

[[indicator]]
no = "6"
group = "丁"
title = "否决"
standard = "标准"
basis = "第6项"
method = "notice"
effect = "veto"
[[indicator.rule]]
kind = "entered_veto"
name = "严重事件"
"""

TEMPLATE = """\
# 某办法：2026年度考核方案。请填写每项分值；各类别合计应为90分。
# points 为分值。前面有 # 的一行为可以另定的每处（次、件）分数，要定的删去 # 填写，不定的不用管。

[plan]
scheme = "open"
year = 2026
basis = "（发文字号）"

[[line]]
no = "web"      # 网站
points = 0

[[line]]
no = "4"      # 乙：各种计分
points = 0
# per_finding = 0      # 缺少要素，每项几分
# per_finding = 0      # 少发，每篇几分
# per_case = 0      # 依申请公开案件，每件几分

[[line]]
no = "5"      # 丙：加分
points = 0
# per_bonus = 0      # 获表扬，每次几分
"""


@pytest.fixture
def left_open(tmp_path: Path) -> Scheme:
    path = tmp_path / "open.toml"
    path.write_text(LEFT_OPEN, encoding="utf-8")
    return load_scheme(path)


def test_the_template_asks_for_what_the_scheme_leaves_open_and_for_nothing_else(left_open: Scheme) -> None:
    """Its own weights, vetoes and lines in a pool are not asked for; each price once, with what it is for."""
    assert plan_template(left_open, 2026) == TEMPLATE
    unstated = replace(left_open, total=replace(left_open.total, lines=None))
    assert plan_template(unstated, 2026) == TEMPLATE.replace("；各类别合计应为90分", "")


def test_a_plan_may_price_a_rule_and_leave_the_weight_as_the_scheme_has_it(left_open: Scheme) -> None:
    line = PlanLine(no="3", per_entry=Decimal("0.5"))
    given = Plan(head=PlanHead(scheme="open", year=2026, basis="x"), lines=(line,))
    (third,) = (found for found in with_plan(left_open, given).indicators if found.no == "3")
    assert third.points == 20
    assert third.rules == (PerEntry(name="被通报", points=Decimal("0.5")),)


@pytest.mark.parametrize(
    ("no", "mend"),
    [("1", '本项与其他项共用分值，请写 no = "web"'), ("6", "单项否决没有分值，请删去")],
)
def test_a_plan_gives_no_points_to_a_line_that_bears_none(left_open: Scheme, no: str, mend: str) -> None:
    body = f'[plan]\nscheme = "open"\nyear = 2026\nbasis = "x"\n[[line]]\nno = "{no}"\npoints = 0'
    with pytest.raises(SchemeError) as refused:
        read_plan(body.encode(), "p.toml", left_open)
    assert str(refused.value) == f"p.toml 第7行 line[1].points，现为 0：{mend}"


def test_a_weight_of_nothing_is_a_weight(left_open: Scheme) -> None:
    """65 + 20 + 5 are the 90 that the scheme asks for; a bonus and a price of nothing are let be."""
    lines = '[[line]]\nno = "web"\npoints = 65\n[[line]]\nno = "4"\npoints = 0\nper_finding = 0'
    body = f'[plan]\nscheme = "open"\nyear = 2026\nbasis = "x"\n{lines}'
    assert read_plan(body.encode(), "p.toml", left_open).lines[1].points == 0
