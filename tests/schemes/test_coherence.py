"""What does not fit together in a scheme is told once, whole, at its line; what fits is let be."""

from pathlib import Path

import pytest

from tests.schemes.assessing import SMALL, mistakes


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            [
                ('id = "small"', 'id = "a b"'),
            ],
            ["第3行 scheme.id，现为 “a b”：编号只用字母、数字、汉字、- 和 _，不含空格，如 changshu-2026"],
        ),
        (
            [
                ('no = "2"', 'no = " "'),
            ],
            ["第41行 indicator[2].no，现为 “ ”：序号不能为空，也不能含有 /"],
        ),
        (
            [
                ('no = "2"', 'no = "2/3"'),
            ],
            ["第41行 indicator[2].no，现为 “2/3”：序号不能为空，也不能含有 /"],
        ),
        (
            [
                ("points = 2\n", 'points = 2\nonce_with = ["1", "7"]\n'),
            ],
            ["第48行 indicator[2].once_with，现为 “7”：没有序号为 7 的指标"],
        ),
        (
            [
                ("[[indicator]]", '[[pool]]\nid = "p"\ntitle = "又"\npoints = 1\n\n[[indicator]]'),
            ],
            [
                "第23行 pool[2].id，现为 “p”：与前面的重复，请改为不同的值",
                "第8行 total.lines，现为 10：各项分值合计为 3，与写明的 10 不符，请核对分值",
            ],
        ),
        (
            [
                ('pool = "p"', 'pool = "pp"'),
            ],
            [
                "第29行 indicator[1].pool，现为 “pp”：没有这个共用分值；是否想写 p？",
                "第18行 pool[1].id，现为 “p”：没有指标使用这个共用分值，请删去或在指标中写 pool",
            ],
        ),
        (
            [
                ('pool = "p"', 'pool = "站点"'),
            ],
            [
                "第29行 indicator[1].pool，现为 “站点”：没有这个共用分值；请先用 [[pool]] 写出这个共用分值",
                "第18行 pool[1].id，现为 “p”：没有指标使用这个共用分值，请删去或在指标中写 pool",
            ],
        ),
        (
            [
                ('pool = "p"', "points = 8"),
            ],
            ["第18行 pool[1].id，现为 “p”：没有指标使用这个共用分值，请删去或在指标中写 pool"],
        ),
        (
            [
                ('pool = "p"', 'pool = "p"\neffect = "bonus"'),
                ("lines = 10", "lines = 2"),
            ],
            ["第30行 indicator[1].effect，现为 “bonus”：须与所属共用分值的 effect 相同"],
        ),
        (
            [
                ("points = 8", 'points = 8\neffect = "veto"'),
            ],
            [
                "第23行 indicator[1].effect，现为 “deduct”：须与所属共用分值的 effect 相同",
                "第21行 pool[1].effect，现为 “veto”：共用分值不能是单项否决",
            ],
        ),
        (
            [
                ('pool = "p"', 'pool = "p"\npoints = 3'),
            ],
            ["第30行 indicator[1].points，现为 3：已写 pool 的指标不再写 points，分值写在 [[pool]]"],
        ),
        (
            [
                ("points = 2\n", "points = 0\n"),
                ("lines = 10", "lines = 8"),
            ],
            [],
        ),
        (
            [
                ("points = 2\n", "points = -2\n"),
                ("lines = 10", "lines = 6"),
            ],
            ['第47行 indicator[2].points，现为 -2：分值不能为负；扣分项请用 effect = "penalty"'],
        ),
        (
            [
                ("points = 2\n", 'points = 2\neffect = "veto"\n'),
                ("[total]", '[veto]\ngrade = "不合格"\ncap = 5\n\n[total]'),
                ("lines = 10", "lines = 8"),
            ],
            ["第52行 indicator[2].effect，现为 “veto”：单项否决的指标不写 points 和 pool"],
        ),
        (
            [
                ("points = 2\n", 'pool = "p"\neffect = "veto"\n'),
                ("[total]", '[veto]\ngrade = "不合格"\ncap = 5\n\n[total]'),
                ("lines = 10", "lines = 8"),
            ],
            [
                "第52行 indicator[2].effect，现为 “veto”：须与所属共用分值的 effect 相同",
                "第52行 indicator[2].effect，现为 “veto”：单项否决的指标不写 points 和 pool",
            ],
        ),
        (
            [
                ("points = 2\n", 'effect = "veto"\n'),
                ("[total]", '[veto]\ngrade = "不合格"\ncap = 5\n\n[total]'),
                ("lines = 10", "lines = 8"),
            ],
            [],
        ),
        (
            [
                ("points = 2\n", ""),
                ("points = 8\n", ""),
                ("lines = 10", "weights_from_plan = true"),
            ],
            [],
        ),
        (
            [
                ("points = 2\n", ""),
                ("points = 8\n", ""),
                ("lines = 10", "lines = 10\nweights_from_plan = true"),
            ],
            [],
        ),
        (
            [
                ("points = 2\n", ""),
                ("points = 8\n", ""),
            ],
            [
                "第39行 indicator[2]，现为 “2”：缺少 points；由年度方案定分值的，请在 [total] 写 "
                "weights_from_plan = true",
                "第17行 pool[1]，现为 “p”：缺少 points",
            ],
        ),
        (
            [
                ("points = 2\n", 'pool = "p"\n'),
                ("lines = 10", "lines = 8"),
            ],
            [],
        ),
        (
            [
                ("points = 2\n", 'points = 2\neffect = "penalty"\n'),
                ("lines = 10", "lines = 8"),
            ],
            [],
        ),
        (
            [
                ("points = 2\n", 'points = 2\neffect = "earn"\n'),
            ],
            [],
        ),
        (
            [
                (
                    "points = 2\n",
                    "points = 2\n"
                    'effect = "penalty"\n'
                    "[[indicator]]\n"
                    'no = "3"\n'
                    'group = "甲"\n'
                    'title = "三"\n'
                    'standard = "标准"\n'
                    'basis = "第3项"\n'
                    'method = "evidence"\n'
                    "points = 2\n",
                ),
            ],
            [],
        ),
        (
            [
                ("lines = 10", "lines = 11"),
            ],
            ["第8行 total.lines，现为 11：各项分值合计为 10，与写明的 11 不符，请核对分值"],
        ),
        (
            [
                (
                    "[[pool]]",
                    "[[catalogue]]\n"
                    'name = "县区"\n'
                    'categories = ["county", "zone"]\n'
                    "\n"
                    "[[catalogue]]\n"
                    'name = "部门"\n'
                    'categories = ["department"]\n'
                    "\n"
                    "[[pool]]",
                ),
                ("points = 2\n", 'points = 2\napplies_to = ["department"]\n'),
            ],
            ["第8行 total.lines，现为 10：“县区”各项分值合计为 8，与写明的 10 不符，请核对分值"],
        ),
        (
            [
                (
                    "[[pool]]",
                    "[[watch]]\n"
                    'check = "column.stail"\n'
                    "\n"
                    "[[watch]]\n"
                    'check = "媒体"\n'
                    "\n"
                    "[[watch]]\n"
                    'check = "column.stale"\n'
                    "params = { limit = 3 }\n"
                    "\n"
                    "[[pool]]",
                ),
            ],
            [
                "第18行 watch[1].check，现为 “column.stail”：没有这个检查项；是否想写 column.stale？",
                "第21行 watch[2].check，现为 “媒体”：没有这个检查项；检查项见 govwatch 文档中的检查项目录",
                "第25行 watch[3].params.limit：没有这个键；是否想写 limits？",
            ],
        ),
        (
            [
                (
                    "params = { limits = { news = { days = 14 } } }",
                    "[indicator.ask.params.limits]\nnotices = { days = 14 }\nnews = { weeks = 2 }\n",
                ),
            ],
            ["第35行 indicator[1].ask[1].params.limits.news.weeks：没有这个键；可写：days、months"],
        ),
        (
            [
                ("[[pool]]", '[trial]\nchecks = ["media.stale", "column.stale", "column.stale"]\n[[pool]]'),
            ],
            [
                "第18行 trial.checks，现为 “media.stale”：本办法没有用到这个检查项；要试行，"
                "请在某项指标下写 [[indicator.ask]]，或写 [[watch]]",
                "第18行 trial.checks，现为 “column.stale”：与前面的重复，请删去一处",
            ],
        ),
        (
            [
                ("points = 2\n", 'points = 2\n[[indicator.rule]]\nkind = "per_bonus"\nname = "甲"\n'),
            ],
            [
                "第49行 indicator[2].rule[1].kind，现为 “per_bonus”：这种规则只加分，指标须写 effect = "
                '"bonus" 或 "earn"'
            ],
        ),
        (
            [
                (
                    "points = 2\n",
                    "points = 2\n"
                    'effect = "penalty"\n'
                    "[[indicator.rule]]\n"
                    'kind = "clean_cases"\n'
                    'name = "甲"\n'
                    "closed = 1\n"
                    "points = 0\n",
                ),
                ("lines = 10", "lines = 8"),
            ],
            [
                "第50行 indicator[2].rule[1].kind，现为 “clean_cases”：这种规则只加分，指标须写 effect = "
                '"bonus" 或 "earn"'
            ],
        ),
        (
            [
                (
                    "points = 2\n",
                    'points = 2\neffect = "earn"\n[[indicator.rule]]\nkind = "per_bonus"\nname = "甲"\n',
                ),
            ],
            [],
        ),
        (
            [
                ("points = 2\n", 'points = 2\n[[indicator.rule]]\nkind = "repeated"\nname = "甲"\n'),
            ],
            [
                "第48行 indicator[2].rule[1]，现为 “repeated”：有单项否决的规则，须写 [veto] "
                "说明否决后的等次和最高得分"
            ],
        ),
        (
            [
                ("points = 2\n", 'points = 2\n[[indicator.rule]]\nkind = "repeated"\nname = "甲"\n'),
                ("[total]", '[veto]\ngrade = "不合格"\ncap = 5\n\n[total]'),
            ],
            [],
        ),
        (
            [
                ("points = 2\n", 'effect = "veto"\n[[indicator.rule]]\nkind = "per_entry"\nname = "甲"\n'),
                ("[total]", '[veto]\ngrade = "不合格"\ncap = 5\n\n[total]'),
                ("lines = 10", "lines = 8"),
            ],
            [
                "第53行 indicator[2].rule[1].kind，现为 “per_entry”：单项否决的指标只能用 threshold、"
                "repeated、entered_veto"
            ],
        ),
        (
            [
                ("points = 2\n", 'effect = "veto"\n[[indicator.rule]]\nkind = "entered_veto"\nname = "甲"\n'),
                ("[total]", '[veto]\ngrade = "不合格"\ncap = 5\n\n[total]'),
                ("lines = 10", "lines = 8"),
            ],
            [],
        ),
        (
            [
                (
                    "points = 2\n",
                    "points = 2\n"
                    "[[indicator.rule]]\n"
                    'kind = "share"\n'
                    'name = "甲"\n'
                    "of = 0\n"
                    'checks = ["column.stale"]\n',
                ),
            ],
            [
                "第48行 indicator[2].rule[1]，现为 “share”：按检查结果计分的规则，须先用 [[indicator.ask]"
                "] 写明由哪个检查项检查",
                "第51行 indicator[2].rule[1].of，现为 0：应大于零",
            ],
        ),
        (
            [
                (
                    "points = 2\n",
                    "points = 2\n"
                    "[[indicator.ask]]\n"
                    'check = "column.stale"\n'
                    "[[indicator.rule]]\n"
                    'kind = "share"\n'
                    'name = "甲"\n'
                    "of = 1\n",
                ),
            ],
            [],
        ),
        (
            [
                (
                    "points = 2\n",
                    "points = 2\n"
                    "[[indicator.ask]]\n"
                    'check = "column.stale"\n'
                    "[[indicator.ask]]\n"
                    'check = "column.missing"\n'
                    'params = { required = ["guide"] }\n'
                    "[[indicator.rule]]\n"
                    'kind = "per_finding"\n'
                    'name = "甲"\n'
                    'checks = ["column.stale", "column.empty", "column.missing"]\n',
                ),
            ],
            [
                "第56行 indicator[2].rule[1].checks，现为 “column.empty”：本指标没有要求这个检查项；"
                "可写：column.missing、column.stale"
            ],
        ),
        (
            [
                (
                    "points = 2\n",
                    "points = 2\n"
                    "[[indicator.ask]]\n"
                    'check = "column.stale"\n'
                    "[[indicator.rule]]\n"
                    'kind = "threshold"\n'
                    "any = []\n",
                ),
                ("[total]", '[veto]\ngrade = "不合格"\ncap = 5\n\n[total]'),
            ],
            ["第56行 indicator[2].rule[1].any：至少写一种情形"],
        ),
        (
            [
                (
                    "points = 2\n",
                    "points = 2\n"
                    "[[indicator.ask]]\n"
                    'check = "column.stale"\n'
                    "[[indicator.rule]]\n"
                    'kind = "threshold"\n'
                    'any = [{ name = "甲", at_least = 1 }, { name = "乙", at_least = 0, checks = '
                    '["media.stale"] }]\n',
                ),
                ("[total]", '[veto]\ngrade = "不合格"\ncap = 5\n\n[total]'),
            ],
            [
                "第56行 indicator[2].rule[1].any[2].checks，现为 “media.stale”："
                "本指标没有要求这个检查项；可写：column.stale",
                "第56行 indicator[2].rule[1].any[2].at_least，现为 0：应大于零",
            ],
        ),
        (
            [
                (
                    "points = 2\n",
                    "points = 2\n"
                    'effect = "bonus"\n'
                    "[[indicator.rule]]\n"
                    'kind = "by_rank"\n'
                    'name = "甲"\n'
                    "places = [{ upto = 1, points = 0 }, { upto = 1, points = 2 }, { upto = 0, points = "
                    "-1 }]\n",
                ),
                ("lines = 10", "lines = 8"),
            ],
            [
                "第52行 indicator[2].rule[1].places[2].upto，现为 1：名次须为正数，从前往后递增",
                "第52行 indicator[2].rule[1].places[3].upto，现为 0：名次须为正数，从前往后递增",
                "第52行 indicator[2].rule[1].places[3].points，现为 -1：不能为负",
            ],
        ),
        (
            [
                (
                    "points = 2\n",
                    "points = 2\n"
                    'effect = "bonus"\n'
                    "[[indicator.rule]]\n"
                    'kind = "by_rank"\n'
                    'name = "甲"\n'
                    "places = [{ upto = 0, points = 1 }]\n",
                ),
                ("lines = 10", "lines = 8"),
            ],
            ["第52行 indicator[2].rule[1].places[1].upto，现为 0：名次须为正数，从前往后递增"],
        ),
        (
            [
                (
                    "points = 2\n",
                    'points = 2\n[[indicator.rule]]\nkind = "at_least"\nname = "甲"\nneed = 0\npoints = -1\n',
                ),
            ],
            [
                "第51行 indicator[2].rule[1].need，现为 0：应大于零",
                "第52行 indicator[2].rule[1].points，现为 -1：不能为负；写出分数本身，扣或加由指标的 "
                "effect 决定",
            ],
        ),
        (
            [
                (
                    "points = 2\n",
                    'points = 2\n[[indicator.rule]]\nkind = "at_least"\nname = "甲"\nneed = 1\npoints = 0\n',
                ),
            ],
            [],
        ),
        (
            [
                (
                    "points = 2\n",
                    "points = 2\n"
                    "[[indicator.rule]]\n"
                    'kind = "below_mean"\n'
                    'name = "甲"\n'
                    "step_percent = 0\n"
                    "points = 1\n",
                ),
            ],
            ["第51行 indicator[2].rule[1].step_percent，现为 0：应大于零"],
        ),
        (
            [
                (
                    "points = 2\n",
                    'points = 2\n[[indicator.rule]]\nkind = "proportion"\nname = "甲"\npercent = 0\n',
                ),
            ],
            ["第51行 indicator[2].rule[1].percent，现为 0：应大于零"],
        ),
        (
            [
                (
                    "points = 2\n",
                    "points = 2\n"
                    'effect = "bonus"\n'
                    "[[indicator.rule]]\n"
                    'kind = "clean_cases"\n'
                    'name = "甲"\n'
                    "closed = 0\n"
                    "points = 1\n",
                ),
                ("lines = 10", "lines = 8"),
            ],
            ["第52行 indicator[2].rule[1].closed，现为 0：应大于零"],
        ),
        (
            [
                (
                    "points = 2\n",
                    'points = 2\n[[indicator.rule]]\nkind = "repeated"\nname = "甲"\ntimes = 0\n',
                ),
                ("[total]", '[veto]\ngrade = "不合格"\ncap = 5\n\n[total]'),
            ],
            ["第55行 indicator[2].rule[1].times，现为 0：应大于零"],
        ),
        (
            [
                ("points = 0.5", 'points = 0.5\nrecount = "lasting"'),
            ],
            [
                '第35行 indicator[1].rule[1].every_days：recount = "lasting" 须写 every_days，如 '
                "every_days = 14"
            ],
        ),
        (
            [
                ("points = 0.5", 'points = 0.5\nrecount = "lasting"\nevery_days = 1'),
            ],
            [],
        ),
        (
            [
                ("points = 0.5", 'points = 0.5\nrecount = "year"'),
            ],
            [],
        ),
        (
            [
                ("at_least = 6", "at_least = 6\nabove = 6"),
            ],
            ["第10行 grade[1]，现为 “合格”：at_least（含）与 above（不含）只能写一个"],
        ),
        (
            [
                ("at_least = 6\n", ""),
            ],
            ["第10行 grade[1]，现为 “合格”：只有最后一个等次可以不写下限"],
        ),
        (
            [
                ('[[grade]]\nname = "不合格"', '[[grade]]\nname = "良好"\nat_least = 6'),
            ],
            ["第14行 grade[2]，现为 “良好 6”：等次须从高到低排列，下限各不相同；前一等次的下限为 6"],
        ),
        (
            [
                ("at_least = 6", "above = 6"),
                ('[[grade]]\nname = "不合格"', '[[grade]]\nname = "良好"\nabove = 7.50'),
            ],
            ["第14行 grade[2]，现为 “良好 7.5”：等次须从高到低排列，下限各不相同；前一等次的下限为 6"],
        ),
        (
            [
                ("[total]", '[veto]\ngrade = "差"\ncap = 5\n\n[total]'),
            ],
            ["第8行 veto.grade，现为 “差”：不是本办法的等次；可写：合格、不合格"],
        ),
        (
            [
                ("[total]", '[veto]\ngrade = "不合格"\ncap = 6\n\n[total]'),
            ],
            ["第9行 veto.cap，现为 6：最高得分须落在“不合格”以内，现在落在“合格”"],
        ),
        (
            [
                ("[total]", '[veto]\ngrade = "合格"\ncap = 5\n\n[total]'),
                ('[[grade]]\nname = "不合格"\n', ""),
            ],
            [],
        ),
        (
            [
                ("[total]", '[veto]\ngrade = "不合格"\ncap = 5\n\n[total]'),
            ],
            [],
        ),
        (
            [
                ("[total]", '[period]\nfirst = "13-01"\nlast = "02-29"\n\n[total]'),
            ],
            [
                "第8行 period.first，现为 “13-01”：应写月-日，如 01-01（不能写 02-29）",
                "第9行 period.last，现为 “02-29”：应写月-日，如 01-01（不能写 02-29）",
            ],
        ),
        (
            [
                ("[total]", '[period]\nfirst = "W01-1"\nlast = "1231"\n\n[total]'),
            ],
            [
                "第8行 period.first，现为 “W01-1”：应写月-日，如 01-01（不能写 02-29）",
                "第9行 period.last，现为 “1231”：应写月-日，如 01-01（不能写 02-29）",
            ],
        ),
        (
            [
                ("[total]", '[period]\nfirst = "03-01"\nlast = "02-28"\n\n[total]'),
            ],
            [],
        ),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_else(
    tmp_path: Path, changes: list[tuple[str, str]], told: list[str]
) -> None:
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    assert mistakes(tmp_path, text) == [f"small.toml {each}" for each in told]


def test_a_scheme_without_lines_is_told(tmp_path: Path) -> None:
    text = SMALL[: SMALL.index("[[pool]]")].replace("lines = 10", "")
    assert mistakes(tmp_path, text) == ["small.toml 第1行：没有任何指标，请用 [[indicator]] 逐项写出"]
