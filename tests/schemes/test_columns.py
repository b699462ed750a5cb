"""schemes.columns: kinds by name, archives, the disclosure platform, and the file's own errors."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.target import ColumnKind
from schemes import columns, columnwords
from schemes.wordfile import WordFileError

NAMES = [
    (kind, name)
    for line in Path(__file__).with_name("column_names.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for kind, *names in [line.split()]
    for name in names
]


@pytest.mark.parametrize(("kind", "name"), NAMES)
def test_names_of_each_kind(kind: str, name: str) -> None:
    assert columns.classify(name) == (None if kind == "none" else ColumnKind(kind))


LABELLED = [
    (kind, name)
    for line in Path(__file__)
    .parents[2]
    .joinpath("benchmarks/column_names.txt")
    .read_text("utf-8")
    .splitlines()
    if not line.startswith("#")
    for kind, _, names in [line.partition(":")]
    for name in names.split()
]
"""Names of columns sorted by hand, over four thousand; "name<parent" stands below a parent."""


def _told(written: str) -> str:
    name, _, above = written.partition("<")
    kind = columns.classify(name, path=(above,) if above else ())
    return kind.value if kind else "other"


def test_nearly_all_names_of_columns_are_told() -> None:
    misses = [name for kind, name in LABELLED if _told(name) != kind]
    assert len(LABELLED) > 4000
    assert len(misses) <= len(LABELLED) * 0.02, misses


def test_a_name_of_another_kind_is_hardly_ever_taken_for_one_with_a_limit() -> None:
    """A limit that a column does not have would accuse it: of what cannot be told nothing is claimed."""
    limited = {"news", "notices", "policy_documents", "policy_interpretation", "statutory_disclosure"}
    wrong = [(name, _told(name)) for kind, name in LABELLED if _told(name) in limited - {kind}]
    assert len(wrong) <= len(LABELLED) * 0.0025, wrong


_OFFICES = [
    "审计局",
    "统计局",
    "气象局",
    "生态环境局",
    "国资委",
    "国有资产监督管理委员会",
    "市场监督管理局",
    "自然资源和规划局",
    "信访局",
    "政务服务管理局",
    "城关街道办事处",
    "城关镇人民政府",
    "卫生监督所",
    "公共资源交易中心",
    "司法局",
    "财政局",
    "新闻办公室",
    "供销合作社联合社",
    "第一人民医院",
    "自来水有限公司",
    "应急管理局",
    "消防救援大队",
    "政府采购中心",
    "慈善总会",
    "法治办",
    "残疾人联合会",
]
_OWED = {
    "guide": "政府信息公开指南",
    "regulations": "信息公开制度",
    "statutory_disclosure": "法定主动公开内容",
    "annual_report": "政府信息公开年度报告",
    "on_request": "依申请公开",
    "catalogue": "信息公开目录",
    "budget": "部门预决算",
    "public_supervision": "社会监督评议",
    "leaders": "领导班子",
    "organisation": "机构职能",
    "notices": "通知公告",
    "policy_documents": "规范性文件",
    "policy_interpretation": "政策解读",
    "news": "工作动态",
}


@pytest.mark.parametrize("office", _OFFICES)
def test_what_a_unit_is_called_rules_out_nothing(office: str) -> None:
    """审计局信息公开年报 is an annual report, though 审计年报 is none: else the column would be missed."""
    for kind, name in _OWED.items():
        for path in ((), ("政府信息公开",)):
            assert columns.classify(office + name, path=path) == kind, office + name
            assert columns.classify(f"{name}-云溪市{office}", path=path) == kind, office + name
            assert columns.classify(name, path=(*path, office)) == kind, office


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("往年年报", ColumnKind.ANNUAL_REPORT),
        ("县直部门年度报告公布", ColumnKind.ANNUAL_REPORT),
        ("本级财政情况", ColumnKind.BUDGET),
        ("历任县长", ColumnKind.LEADERS),
        ("直属单位预决算", ColumnKind.BUDGET),
        ("政策问答库", ColumnKind.POLICY_INTERPRETATION),
        ("国有企业年报公示", None),
        ("结果公示", None),
        ("彩票开奖公告", None),
        ("住房保障公示", None),
        ("沙河县教育局公告", ColumnKind.NOTICES),
        ("办公室通知、公告", ColumnKind.NOTICES),
        ("信息公开管理办法", ColumnKind.REGULATIONS),
        ("信息公开申请指南", ColumnKind.ON_REQUEST),
        ("政务公开满意度测评", ColumnKind.PUBLIC_SUPERVISION),
        ("最新", None),
        ("县政府", None),
    ],
)
def test_words_of_whose_and_when_are_peeled_off_and_the_head_of_a_name_decides(
    name: str, kind: ColumnKind | None
) -> None:
    assert columns.classify(name) is kind


def test_a_name_near_a_kind_is_told_and_what_rules_the_kind_out_rules_it_out_here() -> None:
    assert columns.near("本局指引") == {ColumnKind.GUIDE}
    assert columns.near("企业年报汇编") == frozenset()
    assert columns.near("政府网站年报") == frozenset()
    assert columns.near("乡村风貌") == frozenset()


def test_service_guide_is_not_the_disclosure_guide() -> None:
    assert columns.classify("办事指南", path=("政府信息公开",)) is ColumnKind.SERVICE_GUIDE
    for name in ("申请指南", "指南", "制度"):
        assert columns.classify(name, path=("政府信息公开", "依申请公开")) is ColumnKind.ON_REQUEST


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("指南", ColumnKind.GUIDE),
        ("制度", ColumnKind.REGULATIONS),
        ("规章制度", ColumnKind.REGULATIONS),
        ("年报", ColumnKind.ANNUAL_REPORT),
        ("目录", ColumnKind.CATALOGUE),
    ],
)
def test_short_names_within_the_disclosure_platform(name: str, kind: ColumnKind) -> None:
    assert columns.classify(name, path=("首页", "政府信息公开")) is kind


def test_annual_report_in_an_enterprise_context_is_none() -> None:
    assert columns.classify("年报", path=("首页", "企业信息")) is None
    assert columns.classify("年报", path=("国资监管",)) is None


def test_name_decides_before_tag_and_parents() -> None:
    assert (
        columns.classify("政策解读", path=("通知公告",), column_type="工作动态")
        is ColumnKind.POLICY_INTERPRETATION
    )


def test_tag_decides_before_parents() -> None:
    assert columns.classify("县城新貌", path=("通知公告",), column_type="工作动态") is ColumnKind.NEWS
    assert columns.classify("县城新貌", path=("通知公告",), column_type="随便写的") is ColumnKind.NOTICES


def test_nearest_parent_decides_and_passes_its_kind_down() -> None:
    assert columns.classify("2019年", path=("政务公开", "信息公开年报")) is ColumnKind.ANNUAL_REPORT
    assert columns.classify("市教育局", path=("财政预决算", "政府信息公开指南")) is ColumnKind.GUIDE
    assert columns.classify("市统计局", path=("信息公开年报",)) is ColumnKind.ANNUAL_REPORT


def test_what_a_name_rules_out_is_not_taken_from_above() -> None:
    assert columns.classify("政府网站年报", path=("政府信息公开年报",)) is None
    assert columns.classify("新闻发布会", path=("新闻中心",)) is None


def test_weak_wording_comes_after_the_parent() -> None:
    assert columns.classify("结果公示", path=("政府采购",)) is ColumnKind.PROCUREMENT
    assert columns.classify("公示") is ColumnKind.NOTICES


def test_address_is_the_weakest_hint() -> None:
    assert columns.classify("栏目一", url="http://a.gov.cn/zwgk/tzgg/index.html") is ColumnKind.NOTICES
    assert columns.classify("栏目一", url="http://a.gov.cn/xxgknb_123/") is ColumnKind.ANNUAL_REPORT
    assert (
        columns.classify("栏目一", path=("政策解读",), url="http://a.gov.cn/tzgg/")
        is ColumnKind.POLICY_INTERPRETATION
    )
    assert columns.classify("栏目一", url="http://[bad/tzgg/") is None


def test_typography_does_not_matter() -> None:
    assert columns.classify(" 通 知\u3000公 告 >> ") is ColumnKind.NOTICES
    assert columns.classify("政府信息公开指南（3）") is ColumnKind.GUIDE


@pytest.mark.parametrize(
    "name", ["（一）指南", "1、指南", "01 指南", "①指南", "【指南】", "➤指南", "指南more", "一、指南>>"]
)
def test_numbers_frames_and_marks_about_a_name_do_not_matter(name: str) -> None:
    assert columns.classify(name, path=("政府信息公开",)) is ColumnKind.GUIDE


@pytest.mark.parametrize("name", ["12345热线", "一件事", "一图读懂", "十四五规划"])
def test_numbers_that_belong_to_a_name_are_kept(name: str) -> None:
    assert columns.classify(name) is not None


@pytest.mark.parametrize("name", ["新闻公告", "公告与动态", "动态、公示"])
def test_a_column_of_news_and_notices_has_not_the_limit_of_news(name: str) -> None:
    assert columns.classify(name) is not ColumnKind.NEWS


@pytest.mark.parametrize(
    "name",
    [
        "历史专题",
        "往年",
        "归档",
        "历史信息",
        "2019年",
        "2018年度",
        "2015-2018年",
        "二〇一八年",
        "往期回顾",
        "（2020年）",
        "废止和失效文件",
    ],
)
def test_archives(name: str) -> None:
    assert columns.is_archive(name)
    assert columns.is_archive("某栏目", ("首页", name))


@pytest.mark.parametrize("name", ["通知公告", "历史文化", "历年年报", "专题专栏", "2025年政策文件"])
def test_not_archives(name: str) -> None:
    assert not columns.is_archive(name)


def test_the_current_year_is_no_archive_when_the_year_is_known() -> None:
    assert not columns.is_archive("2026年", this_year=2026)
    assert columns.is_archive("2025年", this_year=2026)
    assert columns.is_archive("2019年政策文件", this_year=2026)
    assert not columns.is_archive("2026年度工作计划", this_year=2026)
    assert not columns.is_archive("二〇二六年", this_year=2026)
    assert not columns.is_archive("2024-2026年", this_year=2026)


@pytest.mark.parametrize(
    "name", ["政府信息公开", "信息公开", "政务公开", "政府信息公开专栏", "依申请公开", "公开"]
)
def test_disclosure_platform(name: str) -> None:
    assert columns.is_disclosure(name)
    assert columns.is_disclosure("机构职能", (name,))


@pytest.mark.parametrize("name", ["通知公告", "公开招聘", "企业信息公开", "村务公开", "政务服务"])
def test_not_the_disclosure_platform(name: str) -> None:
    assert not columns.is_disclosure(name)


def test_every_kind_but_other_has_wordings_and_each_classifies_as_itself() -> None:
    for kind in ColumnKind:
        if kind is ColumnKind.OTHER:
            assert columns.wordings(kind) == ()
            continue
        own = columnwords.shipped().kinds[kind]
        assert columns.wordings(kind)
        for word in (*own.contains, *own.exact):
            assert columns.classify(word) in (kind, None) or word not in own.exact, word
        for word in own.tags:
            assert columns.classify("某某", column_type=word) is kind, word


def test_every_wording_is_reachable() -> None:
    """A wording that its own kind's or another's rules shadow would be dead data."""
    dead = []
    for kind, own in columnwords.shipped().kinds.items():
        dead += [(kind.value, w) for w in (*own.contains, *own.exact) if columns.classify(w) != kind]
    assert dead == []


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=5), st.text(max_size=60))
def test_any_text_is_answered(name: str, path: list[str], url: str) -> None:
    kind = columns.classify(name, path=path, url=url)
    assert kind is None or isinstance(kind, ColumnKind)
    assert columns.is_archive(name, path) in (True, False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[kinds.newz]\ncontains = ["a"]', "kinds.newz"),
        ('[kinds.news]\ncontian = ["a"]', "contian"),
        ('[kinds.news]\ncontains = "a"', "[kinds.news] contains"),
        ('[kinds.news]\ncontains = ["a", ""]', "非空"),
        ('[archives]\ncontains = ["a"]', "[archives]"),
        ('[kinds.news]\ncontains = ["甲乙"]\n[kinds.notices]\nexact = ["甲乙"]', "甲乙"),
        ('[kinds.news\ncontains = ["a"]', "第 1 行"),
        ("kinds = 3", "kinds 应为表"),
        ("archive = 3", "[archive] 应为表"),
    ],
)
def test_a_wrong_file_is_refused_naming_file_and_key(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "columns.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WordFileError) as error:
        columnwords.load(path)
    assert words in str(error.value)
    assert str(path) in str(error.value)


def test_a_file_that_is_absent_or_not_utf8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WordFileError, match="读不到文件"):
        columnwords.load(tmp_path / "none.toml")
    path = tmp_path / "gbk.toml"
    path.write_bytes("# 栏目".encode("gbk"))
    with pytest.raises(WordFileError, match="UTF-8"):
        columnwords.load(path)
