"""The lexicon file: the shipped one, what a wrong one is told, and how a question gets it."""

import json
from pathlib import Path
from typing import Any

import pytest

from checks.annual_report import figures
from checks.content import wording
from checks.content.terms import Lexicon, Term
from domain.check import Question
from schemes import lexicon
from schemes.wordfile import WordFileError

REAL = Path(__file__).parents[2].parent / "shared" / "realpages" / "lexicon" / "gov_typos_from_bulletins.tsv"


def test_the_shipped_lexicon_is_sound_and_large() -> None:
    terms = lexicon.shipped().terms
    assert len(terms) > 400
    kinds = {term.kind for term in terms if term.severity == "serious"}
    assert {"国名", "党名", "国家机关", "固定政治表述"} <= kinds
    assert {term.severity for term in terms} == {"serious", "typo"}


@pytest.mark.parametrize(
    "text",
    ["中华人民共合国", "中国共产觉", "人民攻府", "国家权利机关", "扫黑除饿", "习近平总书计", "乡村震兴",
     "脱贫功坚",
     "一带一陆", "人民检查院"],
)  # fmt: skip
def test_serious_errors_are_found(text: str) -> None:
    hits = lexicon.shipped().scan(f"各单位要深刻认识{text}的重要性。")
    assert [hit.term.severity for hit in hits] == ["serious"]


@pytest.mark.parametrize(
    "text",
    [
        "中华人民共和国中国共产党人民政府国家权力机关扫黑除恶乡村振兴脱贫攻坚",
        "机关健身活动、相关健康知识、有关健全制度",
        "究竟选哪个，研究竞争机制，答辩认真准备",
        "公开招标淮安项目，第一批淮河治理，江淮予以支持",
        "交通迅速恢复，通讯速度提升，审讯期间",
        "未端正态度，破坏境内设施，自己经办，随即然后",
        "超过两周未更新，逾期未缴，给予防汛物资，提供献血服务",
        "移栽定植，编制栽培规程，一起拆除违建，公安居民服务",
        "薄弱环节，意见薄弱，登记薄弱",
        "全面深化改革开放，高质量发展，四个意识，两个维护",
        "……。”，“",
    ],
)
def test_right_wordings_are_let_be(text: str) -> None:
    assert [hit.term.wrong for hit in lexicon.shipped().scan(text)] == []


def test_no_term_is_found_in_any_right_wording() -> None:
    shipped = lexicon.shipped()
    assert [term.right for term in shipped.terms if shipped.scan(term.right)] == []


@pytest.mark.skipif(not REAL.exists(), reason="没有 realpages 文件夹")
def test_most_errors_that_bulletins_named_are_found() -> None:
    rows = [line.split("\t") for line in REAL.read_text(encoding="utf-8").splitlines()[1:] if line]
    missed = [row[0] for row in rows if not lexicon.shipped().scan(f"本单位{row[0]}工作")]
    assert len(missed) <= 6, missed


@pytest.mark.skipif(not REAL.exists(), reason="没有 realpages 文件夹")
def test_real_pages_yield_no_serious_error() -> None:
    """Hundreds of saved government pages, in which readers found none."""
    from crawler.reading.charset import decode

    found = []
    for path in sorted(REAL.parents[1].glob("sites/**/*.html"))[:200]:
        text, _ = decode(path.read_bytes(), None)
        found += [hit.term.wrong for hit in lexicon.shipped().scan(text) if hit.term.severity == "serious"]
    assert found == []


def written(
    tmp_path: Path, *terms: dict[str, Any], head: str = 'kind = "国名"\nseverity = "serious"\n'
) -> Path:
    lines = [
        "{ "
        + ", ".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in term.items())
        + " },"
        for term in terms
    ]
    path = tmp_path / "lexicon.toml"
    path.write_text(f"[[group]]\n{head}terms = [\n" + "\n".join(lines) + "\n]\n", encoding="utf-8")
    return path


def test_a_sound_file_is_loaded(tmp_path: Path) -> None:
    path = written(tmp_path, {"wrong": "竟选", "right": "竞选", "unless": ["究竟选"]})
    assert lexicon.load(path) == Lexicon(
        (Term(wrong="竟选", right="竞选", severity="serious", kind="国名", unless=("究竟选",)),)
    )


LENGTH = "：应为 2 至 40 个字、首尾没有空格的文字"


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ({"wrong": "竟", "right": "竞"}, f"第 6 行：wrong = '竟'{LENGTH}"),
        ({"wrong": "竟" * 41, "right": "竞"}, f"第 6 行：wrong = '{'竟' * 41}'{LENGTH}"),
        ({"wrong": " 竟选", "right": "竞选"}, f"第 6 行：wrong = ' 竟选'{LENGTH}"),
        ({"wrong": 3, "right": "竞选"}, f"wrong = 3{LENGTH}"),
        ({"right": "竞选"}, f"wrong = ''{LENGTH}"),
        ({"wrong": "竟选"}, "第 6 行：right = ''：应写正确的写法"),
        ({"wrong": "竟选", "right": 3}, "第 6 行：right = 3：应写正确的写法"),
        ({"wrong": "竟选", "right": "竟选"}, "第 6 行：wrong 与 right 都是“竟选”：二者不应相同"),
        (
            {"wrong": "竟选", "right": "竞选", "unless": ["究竟"]},
            "第 6 行：unless 中的“究竟”不含“竟选”：应写含有它的上下文",
        ),
        (
            {"wrong": "竟选", "right": "竞选", "unless": ["竟选"]},
            "第 6 行：unless 中的“竟选”就是 wrong 本身：这一条永远不会报出",
        ),
        (
            {"wrong": "竟选", "right": "竞选", "unless": "究竟选"},
            "第 6 行：unless = '究竟选'：应为文字的列表",
        ),
        ({"wrong": "竟选", "right": "竞选", "unless": [3]}, "第 6 行：unless = [3]：应为文字的列表"),
        (
            {"wrong": "竟选", "right": "竞选", "severity": "typo"},
            "第 6 行：不认识的键 severity，可用：wrong、right、unless",
        ),
        (
            {"wrong": "选举", "right": "选举权"},
            "第 6 行：“选举”出现在正确写法“选举权”之中，会误报：请改长一些，或在 unless 中写明",
        ),
    ],
)
def test_a_wrong_entry_is_told_with_its_line(tmp_path: Path, term: dict[str, Any], told: str) -> None:
    path = written(tmp_path, {"wrong": "竟赛", "right": "竞赛"}, term)
    with pytest.raises(WordFileError) as error:
        lexicon.load(path)
    assert error.value.problems == (told,)
    assert error.value.path == str(path)
    assert str(error.value) == f"{path}：{told}"


def test_a_wording_of_two_and_one_of_forty_characters_are_taken(tmp_path: Path) -> None:
    path = written(tmp_path, {"wrong": "竟选", "right": "竞选"}, {"wrong": "竟" * 40, "right": "竞"})
    assert [len(term.wrong) for term in lexicon.load(path).terms] == [2, 40]


def test_an_entry_listed_again_is_told_with_the_last_line(tmp_path: Path) -> None:
    same = {"wrong": "竟选", "right": "竞选"}
    with pytest.raises(WordFileError) as error:
        lexicon.load(written(tmp_path, same, {"wrong": "竟赛", "right": "竞赛"}, same, same))
    assert error.value.problems == ("第 8 行：“竟选”列了3次，请只留一条",)
    with pytest.raises(WordFileError) as error:
        lexicon.load(written(tmp_path, same, same))
    assert error.value.problems == ("第 6 行：“竟选”列了2次，请只留一条",)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path, {"wrong": "竟", "right": "竞"}, {"wrong": "竟选"}, head='severity = "bad"\n  notes = "x"\n'
    )
    with pytest.raises(WordFileError) as error:
        lexicon.load(path)
    assert error.value.problems == (
        "第 3 行：没有 kind 的一组中不认识的键 notes，可用：kind、severity、note、terms",
        '有一组没有写 kind（类别），请补上，如 kind = "国名"',
        "第 2 行：没有 kind 的一组的 severity 为 'bad'，应为 serious 或 typo",
        f"第 5 行：wrong = '竟'{LENGTH}",
        "第 6 行：right = ''：应写正确的写法",
    )
    assert str(error.value) == "\n".join(f"{path}：{problem}" for problem in error.value.problems)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", '没有一个词条，请在 [[group]] 之下写 terms = [{ wrong = "…", right = "…" }]'),
        ("group = 3", "group 应写作 [[group]]，每组一段"),
        ("group = [3]", "group 应写作 [[group]]，每组一段"),
        (
            'terms = []\n[[group]]\nkind = "a"\nseverity = "typo"\nterms = []',
            "第 1 行：不认识的键 terms，词条写在 [[group]] 之下",
        ),
        ('[[group]]\nkind = "a"\nseverity = "typo"\nterms = 3', "类别“a”的 terms 应为列表"),
        (
            '[[group]]\nkind = 3\nseverity = "typo"\nterms = []',
            '有一组没有写 kind（类别），请补上，如 kind = "国名"',
        ),
        ('[[group]]\nkind = "a"\nterms = []', "类别“a”的 severity 为 ''，应为 serious 或 typo"),
        (
            '[[group]]\nkind = "a"\nseverity = "typo"\nterms = ["竟选"]',
            '第 4 行：词条 \'竟选\' 应写作 { wrong = "…", right = "…" }',
        ),
        (
            "[[group]\n",
            "第 1 行第 8 列不合 TOML 写法（Expected ']]' at the end of an array declaration "
            "(at line 1, column 8)），请检查引号、方括号和逗号是否成对",
        ),
        (
            "group = ",
            "文件末尾不合 TOML 写法（Invalid value (at end of document)），请检查引号、方括号和逗号是否成对",
        ),
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WordFileError) as error:
        lexicon.load(path)
    assert error.value.problems == (told,)
    assert str(error.value) == f"{path}：{told}"


def test_a_group_that_is_empty_yet_is_let_be(tmp_path: Path) -> None:
    path = written(tmp_path, {"wrong": "竟选", "right": "竞选"})
    path.write_text(path.read_text("utf-8") + '[[group]]\nkind = "后补"\nseverity = "typo"\n', "utf-8")
    assert [term.kind for term in lexicon.load(path).terms] == ["国名"]


def test_what_is_wrong_with_the_file_is_told_besides_what_is_no_group(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text("words = 1\ngroup = 3", encoding="utf-8")
    with pytest.raises(WordFileError) as error:
        lexicon.load(path)
    assert error.value.problems == (
        "第 1 行：不认识的键 words，词条写在 [[group]] 之下",
        "group 应写作 [[group]]，每组一段",
    )


def test_a_question_on_wording_gets_the_lexicon() -> None:
    asked = Question(check=wording.CHECK, params=wording.Params(), indicators=("a/1",))
    assert lexicon.equipped(asked).params.lexicon is lexicon.shipped()
    own = Lexicon((Term(wrong="竟选", right="竞选"),))
    assert lexicon.equipped(asked, own).params.lexicon is own
    assert lexicon.equipped(lexicon.equipped(asked, own)).params.lexicon is own
    other = Question(check=figures.CHECK, params=figures.Params(), indicators=())
    assert lexicon.equipped(other) is other


def phrases(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "lexicon.toml"
    path.write_text(body, encoding="utf-8")
    return path


PHRASE = '[[phrase]]\nkind = "国名"\nseverity = "serious"\n'


def test_a_set_phrase_is_varied_by_characters_of_the_same_sound(tmp_path: Path) -> None:
    path = phrases(
        tmp_path,
        '[[group]]\nkind = "a"\nseverity = "typo"\nterms = [{ wrong = "乡村震兴", right = "乡村振兴" }]\n'
        + PHRASE
        + 'names = ["乡村振兴", "乡村振兴战略"]\nexcept = ["乡村镇兴"]\n'
        + '[homophones]\n"振" = "震镇针"\n"乡" = "香"\n"兴" = "星"\n"略" = "掠"\n',
    )
    wrong = {term.wrong: term.severity for term in lexicon.load(path).terms}
    assert wrong == {
        "乡村震兴": "typo",
        "乡村针兴": "serious",
        "乡村震兴战略": "serious",
        "乡村针兴战略": "serious",
        "香村振兴战略": "serious",
        "乡村振星战略": "serious",
        "乡振村兴战略": "serious",
        "乡村兴振战略": "serious",
        "乡村振战兴略": "serious",
        "乡村振兴略战": "serious",
    }


def test_neighbours_that_are_the_same_do_not_change_places(tmp_path: Path) -> None:
    path = phrases(tmp_path, PHRASE + 'names = ["甲乙乙丙丁"]\n')
    assert {term.wrong for term in lexicon.load(path).terms} == {"甲乙丙乙丁", "甲乙乙丁丙"}


def test_an_error_that_may_be_of_two_names_is_listed_once_with_the_first(tmp_path: Path) -> None:
    body = 'names = ["甲乙丙丁", "甲戊丙丁"]\n[homophones]\n"乙" = "己"\n"戊" = "己"\n'
    assert lexicon.load(phrases(tmp_path, PHRASE + body)).terms == (
        Term(wrong="甲己丙丁", right="甲乙丙丁", severity="serious", kind="国名"),
    )


@pytest.mark.parametrize("place", ["{}之路", "走{}", "走{}之路"])
def test_what_stands_within_another_correct_name_is_no_error(tmp_path: Path, place: str) -> None:
    body = PHRASE + 'names = ["法制建设"{}]\n[homophones]\n"制" = "治"\n'
    alone = {term.wrong for term in lexicon.load(phrases(tmp_path, body.replace("{}", ""))).terms}
    beside = f', "{place.format("法治建设")}"'
    both = {term.wrong for term in lexicon.load(phrases(tmp_path, body.replace("{}", beside))).terms}
    assert "法治建设" in alone
    assert "法治建设" not in both


def test_listed_names_are_varied_to_the_end_and_neighbours_change_places(tmp_path: Path) -> None:
    path = phrases(
        tmp_path,
        PHRASE
        + 'names = ["乡村振兴", "依法治国", "毛泽东思想"]\nto_the_end = ["乡村振兴"]\n'
        + '[homophones]\n"兴" = "星"\n"国" = "果"\n',
    )
    wrong = {term.wrong for term in lexicon.load(path).terms}
    assert wrong == {"乡村振星", "毛东泽思想", "毛泽思东想", "毛泽东想思"}


SOUNDS = "左边应为一个字，右边为与它同音的其他字"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("phrase = 3", "phrase 应写作 [[phrase]]，每类一段"),
        ("phrase = [3]", "phrase 应写作 [[phrase]]，每类一段"),
        ("homophones = 3", "homophones 应为表，写作 [homophones]"),
        ('[homophones]\n"振" = "震振"', f"[homophones] 振 = '震振'：{SOUNDS}"),
        ('[homophones]\n"振兴" = "震"', f"[homophones] 振兴 = '震'：{SOUNDS}"),
        ('[homophones]\n"振" = ""', f"[homophones] 振 = ''：{SOUNDS}"),
        ('[homophones]\n"振" = 3', f"[homophones] 振 = 3：{SOUNDS}"),
        (
            PHRASE + 'names = ["乡村振"]',
            "[[phrase]] 类别“国名”：names 中的“乡村振”不足 4 个字，易误报，请写入 [[group]]",
        ),
        (
            PHRASE + 'names = "乡村振兴"',
            "[[phrase]] 类别“国名”：names = '乡村振兴'：应为非空文字的列表",
        ),
        (
            PHRASE + 'names = ["乡村振兴", 3]',
            "[[phrase]] 类别“国名”：names = ['乡村振兴', 3]：应为非空文字的列表",
        ),
        (
            PHRASE + 'names = ["乡村振兴"]\nexcept = [""]',
            "[[phrase]] 类别“国名”：except = ['']：应为非空文字的列表",
        ),
        (
            PHRASE + 'names = ["乡村振兴"]\nto_the_end = "乡村振兴"',
            "[[phrase]] 类别“国名”：to_the_end = '乡村振兴'：应为非空文字的列表",
        ),
        (
            PHRASE + 'names = ["乡村振兴"]\nto_the_end = ["依法治国"]',
            "[[phrase]] 类别“国名”：to_the_end 中的“依法治国”没有列在 names 中",
        ),
        (
            PHRASE + 'name = ["乡村振兴"]',
            "[[phrase]] 类别“国名”：不认识的键 name，可用：kind、severity、note、names、to_the_end、except",
        ),
        ('[[phrase]]\nkind = ""\nseverity = "serious"', "[[phrase]] 类别“”：没有写 kind（类别）"),
        ('[[phrase]]\nseverity = "serious"', "[[phrase]] 类别“”：没有写 kind（类别）"),
        ('[[phrase]]\nkind = 3\nseverity = "serious"', "[[phrase]] 类别“3”：没有写 kind（类别）"),
        (
            '[[phrase]]\nkind = "a"\nseverity = "grave"',
            "[[phrase]] 类别“a”：severity 为 'grave'，应为 serious 或 typo",
        ),
        ('[[phrase]]\nkind = "a"', "[[phrase]] 类别“a”：severity 为 ''，应为 serious 或 typo"),
    ],
)
def test_a_wrong_phrase_is_told(tmp_path: Path, body: str, told: str) -> None:
    term = '[[group]]\nkind = "a"\nseverity = "typo"\nterms = [{ wrong = "竟选", right = "竞选" }]\n'
    path = phrases(
        tmp_path, f"{body}\n{term}" if body.startswith(("phrase", "homophones")) else f"{term}{body}\n"
    )
    with pytest.raises(WordFileError) as error:
        lexicon.load(path)
    assert error.value.problems == (told,)


def test_all_that_is_wrong_with_phrases_is_told_at_once(tmp_path: Path) -> None:
    body = '[[phrase]]\nkind = "a"\nseverity = "typo"\nnames = ["甲"]\n[homophones]\n"振" = 3\n"兴" = "兴"\n'
    with pytest.raises(WordFileError) as error:
        lexicon.load(phrases(tmp_path, body))
    assert error.value.problems == (
        f"[homophones] 振 = 3：{SOUNDS}",
        f"[homophones] 兴 = '兴'：{SOUNDS}",
        "[[phrase]] 类别“a”：names 中的“甲”不足 4 个字，易误报，请写入 [[group]]",
    )


@pytest.mark.parametrize(
    "text",
    ["社会主意核心价值观", "全国人民代表达会", "习进平总书记", "高志量发展", "人类命运共通体", "生态文明见设",
     "党的群众录线",
     "纪律检察委员会", "绿水清山就是金山银山", "意识型态工作", "中国共产当", "“两个维互”", "习近平法治思像",
     "全国政协十四界一次会议", "人民代表大会常务委会", "中国特社色会主义", "毛泽思东想"],
)  # fmt: skip
def test_unlisted_misspellings_of_set_phrases_are_found(text: str) -> None:
    assert [hit.term.severity for hit in lexicon.shipped().scan(f"认真学习{text}，抓好落实。")] == ["serious"]


@pytest.mark.parametrize(
    "text",
    [
        "主体教育",
        "毛泽东思乡",
        "学杂费四个全免",
        "各界人大代表",
        "人民当家做主",
        "中国是现代化国家",
        "纪律检查机关",
        "奖品领到干部手中",
    ],
)
def test_neighbours_of_set_phrases_that_are_right(text: str) -> None:
    assert lexicon.shipped().scan(f"关于{text}的说明") == ()


@pytest.mark.parametrize(
    "text",
    [
        "登陆系统后填报", "一但发生火灾", "关健环节", "倍受青睐", "中国特色社会注意道路",
        "社会注意核心价值观", "全面从严制党", "扫黑出恶", "市人民检查院", "国务院办公听",
        "全国人民代表大会长务委员会",
        "最高人名法院", "中国人民政治协商会义", "“一代一路”", "乡村正兴战略", "不忘初心牢记史命",
        "人类命运共同休",
        "中国工产党",
    ],
)  # fmt: skip
def test_the_shipped_lexicon_finds(text: str) -> None:
    assert lexicon.shipped().scan(text)


@pytest.mark.parametrize(
    "text",
    [
        "台风登陆我省", "飞机登陆机场", "部属院校", "安全部署工作", "人民检查院落卫生", "引起社会注意和重视",
        "乡村正兴起旅游热", "唯一但发生了变化", "全面从严治党", "国务院办公厅", "人民代表大会常务委员会",
        "习近平新时代中国特色社会主义思想", "两个维护", "建档立卡", "县人民检察院", "乡村振兴战略",
    ],
)  # fmt: skip
def test_the_shipped_lexicon_lets_be(text: str) -> None:
    assert not lexicon.shipped().scan(text)
