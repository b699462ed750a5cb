"""Reading schemes: the shipped ones in full, every mistake of a bad one with line, key, value and mend."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import schemes.scheme as reading
from checks.catalogue import all_checks
from domain.unit import UnitCategory
from schemes.mistakes import SchemeError
from schemes.model import Period, Scheme
from schemes.scheme import REGIMES, add_shelf, load, load_all, validate
from tests.schemes.assessing import SMALL, mistakes, shipped


def test_the_shipped_schemes_have_every_line() -> None:
    counts = {name: len(scheme.indicators) for name, scheme in shipped().items()}
    assert counts == {
        "changshu-2020": 19,
        "nanchang": 41,
        "national-2019": 27,
        "shuangyashan-2019": 24,
        "xunwu-2022": 40,
        "zhushan": 13,
    }
    assert list(counts) == sorted(counts)


@pytest.mark.parametrize("name", ["changshu-2020", "xunwu-2022"])
def test_numbered_lines_run_without_gap(name: str) -> None:
    numbers = [int(line.no) for line in shipped()[name].indicators]
    assert numbers == list(range(1, len(numbers) + 1))


def test_each_regime_names_its_required_kinds() -> None:
    def required(name: str) -> set[str]:
        asks = [a for line in shipped()[name].indicators for a in line.asks if a.check == "column.missing"]
        return {kind for ask in asks for kind in ask.params["required"]}

    assert required("national-2019") == {
        "guide", "regulations", "statutory_disclosure", "annual_report", "on_request",
    }  # fmt: skip
    assert required("shuangyashan-2019") == {
        "regulations", "catalogue", "guide", "annual_report", "budget", "public_supervision", "on_request",
    }  # fmt: skip
    assert required("changshu-2020") == {"guide", "catalogue", "annual_report"}


def test_every_line_says_where_it_comes_from_and_money_is_decimal() -> None:
    for scheme in shipped().values():
        for line in scheme.indicators:
            assert line.basis
            assert line.standard
            assert line.points is None or isinstance(line.points, Decimal)


def test_a_small_scheme_is_read(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    scheme = load(path)
    assert scheme.pool("p").points == 8
    assert scheme.indicator("1").rules[0].points == Decimal("0.5")
    assert scheme.source == str(path)
    assert len(scheme.version) == 64
    with pytest.raises(KeyError):
        scheme.indicator("9")
    with pytest.raises(KeyError):
        scheme.pool("q")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("points = 0.5", 'points = "半"', "第38行 indicator[1].rule[1].points，现为 “半”：应写数字"),
        ("points = 0.5", "points = true", "第38行 indicator[1].rule[1].points，现为 true：应写数字"),
        ("points = 0.5", "points = -0.5", "第38行 indicator[1].rule[1].points，现为 -0.5：不能为负"),
        ("points = 0.5", "pionts = 0.5", "第38行 indicator[1].rule[1].pionts：没有这个键；是否想写 points？"),
        ("points = 0.5", "points = inf", "第38行 indicator[1].rule[1].points，现为 Infinity：应写有限的数字"),
        ("points = 0.5", "points = nan", "第38行 indicator[1].rule[1].points，现为 NaN：应写有限的数字"),
        ("points = 0.5", "points = 1e400", "…：应写有限的数字，不超过 10000"),
        ("points = 0.5", "points = 10001", "points，现为 10001：应写有限的数字，不超过 10000"),
        ("points = 0.5", "points = -10001", "points，现为 -10001：应写有限的数字，不超过 10000"),
        ("{ days = 14 }", "{ days = 999999999 }", "days，现为 999999999：应写有限的数字"),
        ("{ days = 14 }", "{ months = 30000 }", "months，现为 30000：应写有限的数字"),
        ("lines = 10", "lines = 10\ndecimals = -1", "total.decimals，现为 -1：保留的小数位数应为 0 至 6"),
        ("lines = 10", "lines = 10\ndecimals = 7", "total.decimals，现为 7：保留的小数位数应为 0 至 6"),
        ("lines = 10", "lines = 10\ngrade_decimals = 7", "total.grade_decimals，现为 7：保留"),
        ("lines = 10", "lines = 10\ncap = -1", "total.cap，现为 -1：不能为负"),
        ("lines = 10", "lines = -10", "total.lines，现为 -10：不能为负"),
        ("[[pool]]", "[bonus]\ncap = -1\n[[pool]]", "bonus.cap，现为 -1：不能为负"),
        ("[[pool]]", "[bonus]\ngate_above = -1\n[[pool]]", "bonus.gate_above，现为 -1：不能为负"),
        ("[[pool]]", '[veto]\ngrade = "不合格"\ncap = -1\n[[pool]]', "veto.cap，现为 -1：不能为负"),
        (
            "[[pool]]",
            "[confirmation]\nobjection_days = -5\n[[pool]]",
            "confirmation.objection_days，现为 -5：不能为负",
        ),
        (
            "[[pool]]",
            '[confirmation]\nmachine_checks = ["column.stale", "column.stail"]\n[[pool]]',
            "confirmation.machine_checks，现为 “column.stail”：没有这个检查项；是否想写 column.stale？",
        ),
        ('kind = "per_finding"', 'kind = "per_findings"', "没有这种计分规则；是否想写 per_finding？"),
        ('kind = "per_finding"\n', "", "计分规则须写 kind"),
        ('name = "未更新栏目"\n', "", "第35行 indicator[1].rule[1]：缺少必填的键 name"),
        (
            'check = "column.stale"',
            'check = "column.stail"',
            "第32行 indicator[1].ask[1].check，现为 “column.stail”：没有这个检查项；是否想写 column.stale？",
        ),
        (
            "news = { days = 14 }",
            "newz = { days = 14 }",
            "第33行 indicator[1].ask[1].params.limits.newz，现为 “newz”：可写：news、",
        ),
        ("news = { days = 14 }", "news = { weeks = 2 }", "没有这个键；可写：days、months"),
        ("news = { days = 14 }", "news = { days = 14, months = 6 }", "期限须为正的天数或月数之一"),
        ("limits = { news = { days = 14 } }", "limit = 3", "没有这个键；是否想写 limits？"),
        ('pool = "p"', 'pool = "q"', "第29行 indicator[1].pool，现为 “q”：没有这个共用分值"),
        ('pool = "p"', "points = 3", "没有指标使用这个共用分值"),
        ('pool = "p"', 'pool = "p"\neffect = "bonus"', "须与所属共用分值的 effect 相同"),
        ("points = 8", 'points = 8\neffect = "veto"', "共用分值不能是单项否决"),
        ("points = 8\n", "", "第17行 pool[1]，现为 “p”：缺少 points"),
        ("points = 2\n", "points = -2\n", "第47行 indicator[2].points，现为 -2：分值不能为负"),
        ("at_least = 6\n", "", "只有最后一个等次可以不写下限"),
        ("lines = 10", "lines = 2026-01-01", "现为 2026-01-01：应写数字"),
        ('id = "small"', "id = [1]", "第3行 scheme.id，现为 [1]：应写文字"),
        ("points = 2\n", 'points = 2\nevidence_required = "是"\n', "应写 true 或 false"),
        ("[total]", "[total]\ndecimals = 1.5", "应写整数"),
        ('basis = "某发〔2026〕1号"', 'basis = "某发〔2026〕1号"\nissued_on = "2026年"', "应写日期"),
        ("lines = 10", "lines 10", "键后面缺少等号"),
        ("lines = 10", "lines = 10分", "第8行：值的后面多了文字：数字不要带单位"),
        ("[[pool]]", "[[pool]", "方括号没有配对"),
        ("[total]", "[total", "方括号没有配对"),
        ("news = { days = 14 }", "news = { days = 14", "花括号没有配对"),
        ("news = { days = 14 }", "news = { days = 14, days = 15 }", "花括号中同一个键写了两次"),
        ("lines = 10", "合计 = 10", "键名只用字母"),
        ("lines = 10", "lines = 10\n。", "不是 键 = 值"),
        ("lines = 10", "line。 = 10", "键后面缺少等号"),
        ('basis = "某发〔2026〕1号"', 'basis = "某发〔2026〕1号"\nissued_on = 2026-02-30', "日期写错了"),
        ('name = "小办法"', 'name = "小\\办法"', "文字中的反斜杠"),
        ('id = "small"', 'id = "小 办法"', "第3行 scheme.id，现为 “小 办法”：编号只用字母"),
        ('id = "small"', 'id = "a/b"', "编号只用字母"),
        ("points = 2\n", 'points = 2\n[[indicator.rule]]\nkind = "per_bonus"\nname = "甲"\n', "只加分"),
        (
            "points = 2\n",
            'points = 2\neffect = "bonus"\n[[indicator.rule]]\nkind = "by_rank"\nname = "甲"\n'
            "places = [{ upto = 5, points = 2 }, { upto = 5, points = -1 }]\n",
            "places[2].upto，现为 5：名次须为正数",
        ),
        (
            "points = 2\n",
            'points = 2\neffect = "bonus"\n[[indicator.rule]]\nkind = "by_rank"\nname = "甲"\n'
            "places = [{ upto = 5, points = -1 }]\n",
            "places[1].points，现为 -1：不能为负",
        ),
        (
            "points = 0.5",
            'points = 0.5\n[[indicator.rule]]\nkind = "threshold"\nany = [{ name = "甲", at_least = 0 }]',
            "any[1].at_least，现为 0：应大于零",
        ),
        ("points = 0.5", 'points = 0.5\n[[indicator.rule]]\nkind = "threshold"\nany = []', "至少写一种情形"),
        (
            '[[grade]]\nname = "不合格"',
            '[[grade]]\nname = "合格"',
            "第15行 grade[2].name，现为 “合格”：与前面的重复",
        ),
        (
            "points = 2\n",
            'points = 2\neffect = "veto"\n[[indicator.rule]]\nkind = "per_entry"\nname = "甲"\n',
            "单项否决的指标只能用",
        ),
        ('pool = "p"', 'pool = "p"\npoints = 3', "已写 pool 的指标不再写 points"),
        ('no = "2"', 'no = "1"', "第41行 indicator[2].no，现为 “1”：与前面的重复"),
        ('no = "2"', 'no = "2/3"', "也不能含有 /"),
        ("lines = 10", "lines = 11", "第8行 total.lines，现为 11：各项分值合计为 10，与写明的 11 不符"),
        ("at_least = 6", "at_least = 6\nabove = 6", "只能写一个"),
        (
            '[[grade]]\nname = "不合格"',
            '[[grade]]\nname = "优秀"\nat_least = 9',
            "grade[2]，现为 “优秀 9”：等次须从高到低排列",
        ),
        (
            'method = "evidence"',
            'method = "paper"',
            "第46行 indicator[2].method，现为 “paper”：可写：online、evidence、notice、external",
        ),
        ("points = 2\n", "", "第40行 indicator[2]，现为 “2”：缺少 points"),
        ("points = 2\n", 'points = 2\neffect = "veto"\n', "单项否决的指标不写 points 和 pool"),
        ("points = 2\n", 'points = 2\nonce_with = ["7"]\n', "没有序号为 7 的指标"),
        ("points = 2\n", 'points = 2\n[[indicator.rule]]\nkind = "repeated"\nname = "重复"\n', "须写 [veto]"),
        (
            "points = 2\n",
            'points = 2\n[[indicator.rule]]\nkind = "per_finding"\nname = "甲"\npoints = 1\n',
            "须先用 [[indicator.ask]]",
        ),
        (
            "points = 2\n",
            'points = 2\n[[indicator.rule]]\nkind = "at_least"\nname = "甲"\nneed = 0\n',
            "应大于零",
        ),
        (
            "points = 0.5",
            'points = 0.5\nchecks = ["column.empty"]',
            "本指标没有要求这个检查项；可写：column.stale",
        ),
        ("points = 0.5", 'points = 0.5\nrecount = "lasting"', "须写 every_days"),
        ("[total]", '[veto]\ngrade = "差"\ncap = 5\n\n[total]', "不是本办法的等次；可写：合格、不合格"),
        (
            "[total]",
            '[veto]\ngrade = "不合格"\ncap = 7\n\n[total]',
            "最高得分须落在“不合格”以内，现在落在“合格”",
        ),
        ("[total]", '[period]\nfirst = "13-01"\n\n[total]', "应写月-日"),
        ('basis = "某发〔2026〕1号"\n', "", "第2行 scheme：缺少必填的键 basis"),
        ("[scheme]", "[schema]", "没有这个键；是否想写 scheme？"),
        ('name = "小办法"', "name = 小办法", "值写错了"),
        ('name = "小办法"', 'name = "小办法', "第4行：文字缺少右引号"),
        ("lines = 10", "lines = 10\nlines = 10", "同一个键写了两次"),
    ],
)
def test_each_mistake_is_named_with_line_and_mend(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in SMALL
    found = mistakes(tmp_path, SMALL.replace(old, new, 1))
    assert any(expected in mistake for mistake in found), found
    assert all(mistake.startswith("small.toml 第") for mistake in found)


@pytest.mark.parametrize(
    ("checks", "said"),
    [
        (
            '"column.stail"',
            "第18行 trial.checks，现为 “column.stail”：没有这个检查项；是否想写 column.stale？",
        ),
        ('"媒体"', "没有这个检查项；检查项见 govwatch 文档中的检查项目录"),
        ('"media.stale"', "现为 “media.stale”：本办法没有用到这个检查项；要试行，请在某项指标下写"),
        ('"column.stale", "column.stale"', "与前面的重复，请删去一处"),
    ],
)
def test_what_is_on_trial_must_be_a_check_that_the_scheme_asks(
    tmp_path: Path, checks: str, said: str
) -> None:
    (told,) = mistakes(tmp_path, SMALL.replace("[[pool]]", f"[trial]\nchecks = [{checks}]\n\n[[pool]]"))
    assert said in told
    kept = SMALL.replace("[[pool]]", '[trial]\nchecks = ["column.stale"]\n\n[[pool]]')
    assert mistakes(tmp_path, kept) == []


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = SMALL.replace("points = 0.5", 'points = "半"').replace('method = "evidence"', 'method = "paper"')
    text = text.replace("points = 8", "point = 8")
    found = mistakes(tmp_path, text)
    assert len(found) == 3
    with pytest.raises(SchemeError) as refused:
        load(tmp_path / "small.toml")
    assert len(refused.value.mistakes) == 3
    assert str(refused.value).splitlines() == found
    assert refused.value.for_user


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gbk.toml"
    path.write_bytes('[scheme]\nname = "小办法"'.encode("gb18030"))
    assert [str(m) for m in validate(path)] == ["gbk.toml 第2行：文件须存为 UTF-8 编码"]


def test_an_empty_file_and_a_list_for_a_table(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "") == ["small.toml 第1行：缺少必填的键 scheme"]
    assert "应写成一个表" in mistakes(tmp_path, 'scheme = "x"')[0]
    assert "应写成列表" in mistakes(tmp_path, SMALL + '\n[watch]\ncheck = "column.stale"\n')[0]
    assert any("没有任何指标" in mistake for mistake in mistakes(tmp_path, SMALL.split("[[pool]]")[0]))


def test_a_mistake_below_a_multi_line_value_still_has_its_line(tmp_path: Path) -> None:
    text = SMALL.replace('standard = "标准"', 'standard = """\n标准\nno = "假"\n"""', 1)
    text = text.replace('method = "evidence"', 'applies_to = [\n  "county",  # 县\n]\nmethod = "paper"')
    assert "第52行 indicator[2].method" in mistakes(tmp_path, text)[0]


@pytest.mark.parametrize("words", ["decimals = 0", "decimals = 6", "grade_decimals = 0", "cap = 0"])
def test_bounds_themselves_are_allowed(tmp_path: Path, words: str) -> None:
    assert mistakes(tmp_path, SMALL.replace("lines = 10", f"lines = 10\n{words}")) == []


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(SMALL, encoding="utf-8")
    with pytest.raises(SchemeError, match=r"b\.toml 第1行 scheme\.id，现为 small：编号与 a.toml 相同"):
        load_all(tmp_path)


def test_every_bad_file_of_a_folder_is_named(tmp_path: Path) -> None:
    heavy = SMALL.replace("points = 8", "points = 9")
    for name, text in (("a", "x = 三"), ("b", SMALL), ("c", "[t"), ("d", heavy)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SchemeError) as refused:
        load_all(tmp_path)
    assert [str(mistake) for mistake in refused.value.mistakes] == [
        "a.toml 第1行：值写错了：文字要加引号，数字不要带单位，等号后面不能空着",
        "c.toml 第1行：方括号没有配对：一节写 [名称]，逐项写 [[名称]]",
        "d.toml 第8行 total.lines，现为 10：各项分值合计为 11，与写明的 10 不符，请核对分值",
    ]


def test_a_file_that_breaks_off_is_told_at_its_last_line(tmp_path: Path) -> None:
    assert mistakes(tmp_path, 'a = 1\nb = """x\n') == ["small.toml 第2行：文字缺少右引号"]
    unfinished = "到文件末尾还没有写完：列表缺少右方括号 ]，或者等号后面空着"
    assert mistakes(tmp_path, "a = 1\nb = [1,\n") == [f"small.toml 第2行：{unfinished}"]
    assert mistakes(tmp_path, 'a = 1\n\nb = "x') == ["small.toml 第3行：文字缺少右引号"]


def test_the_office_s_own_shelf_comes_after_the_shipped_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SHELVES", [REGIMES])
    add_shelf(tmp_path)
    add_shelf(tmp_path)
    assert [REGIMES, tmp_path] == reading.SHELVES
    (tmp_path / "a.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "z.toml").write_text(SMALL.replace('"small"', '"zhushan"'), encoding="utf-8")
    found = load_all()
    assert list(found) == sorted({*shipped(), "small"})
    assert found["zhushan"].source == str(tmp_path / "z.toml")
    assert found["nanchang"] == shipped()["nanchang"]
    assert [q.indicators for q in reading.questions(["small"])] == [("small/1",)]


def test_a_bad_file_among_good_ones_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "b.toml").write_text("x = ", encoding="utf-8")
    with pytest.raises(SchemeError, match=r"b\.toml 第1行"):
        load_all(tmp_path)


def test_every_check_is_asked_by_some_scheme() -> None:
    named = {a.check for s in shipped().values() for line in s.indicators for a in line.asks}
    watched = {a.check for s in shipped().values() for a in s.watches}
    unscored = {"annual-report.remarks", "policy.mostly-text", "leaders.none-in-charge"}
    assert set(all_checks()) - named == unscored
    assert unscored <= watched
    assert all(all_checks()[check].trial for check in unscored)


def test_the_lines_of_a_kind_of_unit() -> None:
    nanchang: Scheme = shipped()["nanchang"]
    assert {line.no[0] for line in nanchang.lines_for(UnitCategory.ZONE)} == {"6"}
    assert nanchang.catalogue_of(UnitCategory.DEPARTMENT) == "市直部门"
    assert nanchang.catalogue_of(UnitCategory.TOWNSHIP) == ""


def test_a_period_may_begin_in_the_year_before() -> None:
    first, last = Period(first="12-01", last="11-30").dates(2026)
    assert (first.isoformat(), last.isoformat()) == ("2025-12-01", "2026-11-30")


@pytest.mark.parametrize(
    ("first", "last", "year", "dates"),
    [
        ("01-01", "12-31", 2024, ("2024-01-01", "2024-12-31")),
        ("03-01", "02-28", 2024, ("2023-03-01", "2024-02-29")),
        ("03-01", "02-28", 2025, ("2024-03-01", "2025-02-28")),
        ("03-01", "02-28", 2100, ("2099-03-01", "2100-02-28")),
        ("01-01", "02-28", 2028, ("2028-01-01", "2028-02-29")),
        ("02-28", "02-27", 2024, ("2023-02-28", "2024-02-27")),
        ("01-28", "12-28", 2024, ("2024-01-28", "2024-12-28")),
    ],
)
def test_no_day_of_a_leap_year_falls_between_two_periods(
    first: str, last: str, year: int, dates: tuple[str, str]
) -> None:
    found = Period(first=first, last=last).dates(year)
    assert tuple(day.isoformat() for day in found) == dates


@pytest.mark.parametrize(
    ("first", "last", "day", "year"),
    [
        ("01-01", "12-31", "2025-12-31", 2025),
        ("01-01", "12-31", "2026-01-01", 2026),
        ("12-01", "11-30", "2025-11-30", 2025),
        ("12-01", "11-30", "2025-12-01", 2026),
        ("12-01", "11-30", "2025-12-31", 2026),
        ("12-01", "11-30", "2026-01-01", 2026),
        ("03-01", "02-28", "2024-02-29", 2024),
        ("03-01", "02-28", "2024-03-01", 2025),
        ("01-01", "11-30", "2025-12-15", 2025),
    ],
)
def test_a_day_belongs_to_the_year_whose_period_holds_it(first: str, last: str, day: str, year: int) -> None:
    assert Period(first=first, last=last).year_of(date.fromisoformat(day)) == year


def test_the_folder_is_the_registry() -> None:
    assert {path.stem for path in REGIMES.glob("*.toml")} == set(shipped())
