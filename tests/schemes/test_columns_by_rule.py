"""The rules of schemes.columns one by one, held against a few wordings of our own instead of the shipped."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from domain.target import ColumnKind
from schemes import columns
from schemes.columns import DEEPEST_PATH, LONGEST_NAME, classify, is_archive, is_disclosure, near, wordings
from schemes.columnwords import KindWords, NameWords, PeelWords, Wordings

NEWS, NOTICES, POLICY = ColumnKind.NEWS, ColumnKind.NOTICES, ColumnKind.POLICY_DOCUMENTS
REPORT, GUIDE, LEADERS, BUDGET = (
    ColumnKind.ANNUAL_REPORT, ColumnKind.GUIDE, ColumnKind.LEADERS, ColumnKind.BUDGET
)  # fmt: skip

WORDS = Wordings(
    kinds={
        NEWS: KindWords(
            contains=("动态",), ends=("要闻",), exact=("新闻",), tags=("动态类",), urls=("xw",)
        ),
        NOTICES: KindWords(contains=("公告",), bare=("公示",), never=("采购",), near=("公示", "通报")),
        POLICY: KindWords(contains=("文件",), weak=("政策",)),
        REPORT: KindWords(
            contains=("年度报告",), exact=("年报",), disclosure=("报告", "年度报告"),
            of=("省级",), heads=("总册",), never_under=("企业",), tags=("年报类", "公用"),
            urls=("nb", "gy"), near=("报告",),
        ),
        GUIDE: KindWords(
            exact=("指南",), alone=("公开",), weak=("说明",), of=("省级",), heads=("总册",),
            tags=("公用",), urls=("gy",),
        ),
        LEADERS: KindWords(exact=("领导",), of=("县级", "市级"), heads=("名册", "名单名册")),
        BUDGET: KindWords(contains=("预算",), of=("县级",), heads=("册",)),
    },
    archive=NameWords(exact=("往年",), contains=("归档",)),
    disclosure=NameWords(exact=("公开平台",)),
    neutral=NameWords(contains=("首页",)),
    peel=PeelWords(before=("历任",), after=("栏", "公布"), fields=("教育",)),
)  # fmt: skip


@pytest.fixture(autouse=True)
def own_words(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Wordings], None]]:
    """Our wordings stand in for the shipped ones; a test may put others."""

    def put(words: Wordings) -> None:
        monkeypatch.setattr(columns, "shipped", lambda: words)
        columns._classify.cache_clear()

    put(WORDS)
    yield put
    columns._classify.cache_clear()


def test_the_wordings_sought_once_each_and_none_for_a_kind_without() -> None:
    assert wordings(REPORT) == ("年度报告", "年报", "报告")
    assert wordings(ColumnKind.OTHER) == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("工作动态", NEWS),
        ("今日要闻", NEWS),
        ("要闻之窗", None),
        ("今日要闻（更多）", NEWS),
        ("新闻", NEWS),
        ("2025年新闻", NEWS),
        ("某县新闻", NEWS),
        ("好新闻", None),
        ("首页新闻", None),
        ("采购公告", None),
        ("领导", LEADERS),
        ("某某名册", None),
        ("县级干部名册", LEADERS),
        ("市级2025年名单名册", LEADERS),
        ("县级干部名册（新）", LEADERS),
        ("县级名册干部", None),
        ("名册县级", None),
    ],
)
def test_a_name_alone(name: str, kind: ColumnKind | None) -> None:
    assert classify(name) is kind


def test_of_several_heads_the_longest_counts() -> None:
    assert classify("县级干部册") is BUDGET
    assert classify("县级干部名册") is LEADERS
    assert classify("县级干部名册2025年度") is LEADERS
    assert classify("省级干部总册") is REPORT  # of two kinds with the same head the first in the file


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("动态文件", POLICY),  # of equally long ones the last
        ("文件动态", NEWS),
        ("年度报告动态", REPORT),  # the longest, for two characters are no head
        ("动态年度报告", REPORT),
        ("文件和文件动态", NEWS),
        ("动态文件动态", NEWS),
    ],
)
def test_of_several_wordings_the_longest_then_the_last(name: str, kind: ColumnKind) -> None:
    assert classify(name) is kind


def test_a_head_of_three_characters_goes_before_a_longer_wording_in_front_of_it(
    own_words: Callable[[Wordings], None],
) -> None:
    kinds = {
        NEWS: KindWords(contains=("四个大字",)),
        GUIDE: KindWords(contains=("三个字", "个字")),
        REPORT: KindWords(contains=("个字的三",)),
        LEADERS: KindWords(contains=("二字",)),
    }
    own_words(replace(WORDS, kinds=kinds))
    assert classify("四个大字三个字") is GUIDE
    assert classify("四个大字三个字（新）") is GUIDE
    assert classify("四个大字三个字好") is NEWS
    assert classify("四个大字二字") is NEWS
    assert classify("四个字的三个字") is REPORT  # the head begins within the longer one


def test_names_of_more_than_forty_characters_are_titles() -> None:
    long = "好" * (LONGEST_NAME - 2)
    assert classify(f"{long}动态") is NEWS
    assert classify(f"{long}好动态") is None
    assert near(f"{long}通报") == {NOTICES}
    assert near(f"{long}好通报") == frozenset()
    assert is_archive(f"{long}归档")
    assert not is_archive(f"{long}好归档")


def test_the_unit_in_a_name_tells_no_kind() -> None:
    assert classify("动态管理局") is None
    assert classify("新闻-某某县教育局") is NEWS
    assert classify("新闻-某镇人民医院") is NEWS
    assert classify("新闻-某某派出所") is NEWS
    assert classify("新闻-某某银行") is NEWS
    assert classify("新闻-某某要事") is None
    assert near("采购公示局") == frozenset()
    assert near("采购局公示") == {NOTICES}
    assert classify("采购办公告") is NOTICES


def test_the_tag_then_the_columns_above_then_weak_words_then_the_address() -> None:
    address = "http://a.gov.cn/xw/"
    assert classify("甲", column_type="年报类", path=("指南",), url=address) is REPORT
    assert classify("甲", path=("指南",), url=address) is GUIDE
    assert classify("甲说明", path=("领导",), url=address) is LEADERS
    assert classify("甲说明", url="http://a.gov.cn/nb/") is GUIDE
    assert classify("甲", url=address) is NEWS
    assert classify("甲") is None


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("动态类", NEWS), ("甲,年报类", REPORT), ("甲、年报类", REPORT), ("甲；年报类；乙", REPORT),
        ("公用", REPORT), ("甲动态类", None), (f"年报类,{'好' * (LONGEST_NAME - 4)}", REPORT),
        (f"年报类,{'好' * (LONGEST_NAME - 3)}", None),
    ],
)  # fmt: skip
def test_what_a_page_says_of_its_column(tag: str, kind: ColumnKind | None) -> None:
    assert classify("甲", column_type=tag) is kind


def test_what_is_ruled_out_is_ruled_out_for_tag_parents_and_address() -> None:
    """Below 企业 there are no annual reports; the next kind with the same tag or address is taken."""
    assert classify("年度报告", path=("企业",)) is None
    assert classify("甲", path=("企业",), column_type="公用") is GUIDE
    assert classify("甲", path=("企业",), url="http://a/gy/") is GUIDE
    assert classify("年报", path=("企业局",)) is REPORT
    assert classify("采购", path=("公告",)) is None


def test_the_kind_of_a_column_passes_down_unless_its_name_tells_itself_alone() -> None:
    assert classify("甲", path=("指南", "乙", "丙")) is GUIDE
    assert classify("甲", path=("指南", "领导")) is LEADERS
    assert classify("公开") is GUIDE
    assert classify("甲", path=("公开",)) is None
    assert classify("甲", path=("公开", "乙")) is None
    assert classify("甲", path=("指南", *("乙",) * (DEEPEST_PATH - 1))) is GUIDE
    assert classify("甲", path=("指南", *("乙",) * DEEPEST_PATH)) is None


def test_short_names_count_below_the_disclosure_platform_alone() -> None:
    assert classify("报告") is None
    assert classify("报告", path=("公开平台", "甲")) is REPORT
    assert classify("历任报告", path=("公开平台",)) is REPORT


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("产业政策", POLICY),  # a kind with a limit is told by the end of a name
        ("产业政策栏公布", POLICY),
        ("产业政策环境", None),
        ("政策与政策环境", None),
        ("政策与政策", POLICY),
        ("采购说明", GUIDE),
        ("甲说明乙", GUIDE),
        ("公示", NOTICES),
        ("2025年教育、公示（新）", NOTICES),
        ("某县教育公示栏", NOTICES),
        ("某某公示", None),
        ("历任领导", LEADERS),
        ("历任领导公布（新）", LEADERS),
        ("2025年历任领导", LEADERS),
        ("某县历任领导", LEADERS),
        ("历任新闻", None),
    ],
)
def test_weak_words_and_what_is_peeled_off(name: str, kind: ColumnKind | None) -> None:
    assert classify(name) is kind


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://a/XW/index.html", NEWS),
        ("http://a/nb_12/", REPORT),
        ("http://a/nb2024.shtml", REPORT),
        ("http://a/nb/xw/1.html", NEWS),
        ("http://a/nbxw/", None),
        ("http://a/gy/", REPORT),
        ("http://a/xw/" + "/".join("b" * (DEEPEST_PATH - 1)), NEWS),
        ("http://a/xw/" + "/".join("b" * DEEPEST_PATH), None),
        ("http://[a/xw/", None),
        ("", None),
    ],
)
def test_an_address_tells_by_its_last_folder_that_is_known(url: str, kind: ColumnKind | None) -> None:
    assert classify("甲", url=url) is kind


def test_kinds_that_a_name_may_be_of() -> None:
    assert near("教育通报") == {NOTICES}
    assert near("公示报告") == {NOTICES, REPORT}
    assert near("采购公示") == frozenset()
    assert near("首页公示") == frozenset()
    assert near("甲") == frozenset()


def test_archives_by_name_or_by_one_above_it() -> None:
    assert is_archive("往年")
    assert is_archive("甲", ("往年", *("乙",) * (DEEPEST_PATH - 1)))
    assert not is_archive("甲", ("往年", *("乙",) * DEEPEST_PATH))
    assert not is_archive("甲", this_year=2026)
    assert is_archive("2025年")
    assert not is_archive("2025年文件")


@pytest.mark.parametrize(
    ("name", "past"),
    [
        ("2025年文件", True), ("2026年文件", False), ("2027年", False), ("2024-2025年", True),
        ("2024-2026年", False), ("二〇二五年", True), ("二○二六年", False), ("文件2019", False),
    ],
)  # fmt: skip
def test_years_before_this_one_are_past(name: str, past: bool) -> None:
    assert is_archive(name, this_year=2026) is past


def test_the_disclosure_platform_and_what_stands_below_it() -> None:
    assert is_disclosure("公 开平台")
    assert is_disclosure("甲", ("公开平台", *("乙",) * (DEEPEST_PATH - 1)))
    assert not is_disclosure("甲", ("公开平台", *("乙",) * DEEPEST_PATH))
    assert not is_disclosure("甲")
