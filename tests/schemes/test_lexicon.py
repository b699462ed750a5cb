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


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ({"wrong": "竟", "right": "竞"}, "应为 2 至 40 个字"),
        ({"wrong": " 竟选", "right": "竞选"}, "首尾没有空格"),
        ({"wrong": 3, "right": "竞选"}, "wrong = 3"),
        ({"wrong": "竟选"}, "应写正确的写法"),
        ({"wrong": "竟选", "right": "竟选"}, "不应相同"),
        ({"wrong": "竟选", "right": "竞选", "unless": ["究竟"]}, "不含“竟选”"),
        ({"wrong": "竟选", "right": "竞选", "unless": ["竟选"]}, "永远不会报出"),
        ({"wrong": "竟选", "right": "竞选", "unless": "究竟选"}, "应为文字的列表"),
        ({"wrong": "竟选", "right": "竞选", "severity": "typo"}, "不认识的键 severity"),
        ({"wrong": "选举", "right": "选举权"}, "出现在正确写法“选举权”之中"),
    ],
)
def test_a_wrong_entry_is_told_with_its_line(tmp_path: Path, term: dict[str, Any], words: str) -> None:
    path = written(tmp_path, {"wrong": "竟赛", "right": "竞赛"}, term)
    with pytest.raises(WordFileError) as error:
        lexicon.load(path)
    (problem,) = error.value.problems
    assert words in problem
    assert str(path) in str(error.value)
    if isinstance(term["wrong"], str):
        assert problem.startswith("第 6 行：")


def test_an_entry_listed_twice_is_told_with_the_second_line(tmp_path: Path) -> None:
    same = {"wrong": "竟选", "right": "竞选"}
    with pytest.raises(WordFileError, match="第 6 行：“竟选”列了两次"):
        lexicon.load(written(tmp_path, same, same))


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path, {"wrong": "竟", "right": "竞"}, {"wrong": "竟选"}, head='severity = "bad"\nnotes = "x"\n'
    )
    with pytest.raises(WordFileError) as error:
        lexicon.load(path)
    assert len(error.value.problems) == 5
    text = str(error.value)
    for words in (
        "severity 为 'bad'",
        "不认识的键 notes",
        "没有写 kind",
        "应为 2 至 40 个字",
        "应写正确的写法",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "没有一个词条"),
        ("group = 3", "应写作 [[group]]"),
        ('terms = []\n[[group]]\nkind = "a"\nseverity = "typo"\nterms = []', "不认识的键 terms"),
        ('[[group]]\nkind = "a"\nseverity = "typo"\nterms = 3', "terms 应为列表"),
        ('[[group]]\nkind = "a"\nseverity = "typo"\nterms = ["竟选"]', "应写作 { wrong"),
        ("[[group]\n", "第 1 行"),
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WordFileError) as error:
        lexicon.load(path)
    assert words in str(error.value)


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


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("phrase = 3", "应写作 [[phrase]]"),
        ("homophones = 3", "写作 [homophones]"),
        ('[homophones]\n"振" = "震振"', "左边应为一个字"),
        ('[homophones]\n"振兴" = "震"', "左边应为一个字"),
        ('[homophones]\n"振" = 3', "左边应为一个字"),
        (PHRASE + 'names = ["乡村"]', "不足 4 个字"),
        (PHRASE + 'names = "乡村振兴"', "names = '乡村振兴'：应为非空文字的列表"),
        (PHRASE + 'names = ["乡村振兴", ""]', "应为非空文字的列表"),
        (PHRASE + 'names = ["乡村振兴"]\nexcept = [3]', "except = [3]"),
        (PHRASE + 'names = ["乡村振兴"]\nto_the_end = ["依法治国"]', "“依法治国”没有列在 names 中"),
        (PHRASE + 'name = ["乡村振兴"]', "不认识的键 name"),
        ('[[phrase]]\nkind = ""\nseverity = "serious"\nnames = []', "没有写 kind"),
        ('[[phrase]]\nkind = "a"\nseverity = "grave"\nnames = []', "severity 为 'grave'"),
    ],
)
def test_a_wrong_phrase_is_told(tmp_path: Path, body: str, words: str) -> None:
    term = '[[group]]\nkind = "a"\nseverity = "typo"\nterms = [{ wrong = "竟选", right = "竞选" }]\n'
    path = phrases(
        tmp_path, f"{body}\n{term}" if body.startswith(("phrase", "homophones")) else f"{term}{body}\n"
    )
    with pytest.raises(WordFileError) as error:
        lexicon.load(path)
    assert words in str(error.value)


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
