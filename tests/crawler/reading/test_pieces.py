"""Smaller parts: the tree, plain stretches, concealment, forwards, scripts' data, titles, old formats."""

from datetime import date
from types import SimpleNamespace

import pytest

from crawler.reading import legacy
from crawler.reading.archives import UnreadableError
from crawler.reading.article import page_title
from crawler.reading.concealed import how_hidden
from crawler.reading.crumbs import column_of
from crawler.reading.feed import read_json_list
from crawler.reading.fragment import items_in
from crawler.reading.jsontext import parse_json
from crawler.reading.spans import between
from crawler.reading.tree import plant
from domain.page import PageKind
from tests.crawler.reading.pages import TODAY, URL, page_of


def test_the_tree_keeps_texts_lines_and_kin() -> None:
    tree = plant("<body><div id=a class='b c'><p>一<b>二</b></p><p>三 四</p></div><script>x</script>")
    div = tree.of("div")[0]
    assert tree.text(div) == "一二 三 四"
    assert tree.lines(div) == ["一二", "三 四"]
    assert tree.names(div) == "a b c"
    assert [tree.tags[child] for child in tree.children(div)] == ["p", "p"]
    assert [tree.tags[above] for above in tree.up(div)] == ["body", "html"]
    assert tree.inside(div, "b", "p") == sorted(tree.of("b") + tree.of("p"))
    assert tree.holds(div, tree.of("b")[0])
    assert tree.raw(tree.of("script")[0]) == "x"
    assert len(plant("")) >= 1


def test_plain_stretches_are_found_in_any_case() -> None:
    assert list(between("a<X>b</x>c<x>d", "<x>", "</x>")) == [(1, 5, 9)]
    assert list(between("İ<x>b</x>", "<x>", "</x>")) == [(1, 5, 9)]


@pytest.mark.parametrize(
    ("style", "hides"),
    [
        ("display:none", True),
        ("DISPLAY : NONE !important", True),
        ("visibility:hidden", True),
        ("position:absolute;left:-9999px", True),
        ("text-indent:-9999em", True),
        ("height:1px;width:1px;overflow:hidden", True),
        ("height:0;overflow:hidden", True),
        ("font-size:0px", True),
        ("opacity:0;", True),
        ("left:-20px", False),
        ("height:1px", False),
        ("line-height:1", False),
        ("width:100%", False),
        ("font-size:12px;opacity:0.9", False),
        ("", False),
    ],
)
def test_styles_that_hide_are_known(style: str, hides: bool) -> None:
    assert bool(how_hidden(style)) == hides


@pytest.mark.parametrize(
    ("body", "head", "forward"),
    [
        ("", "<meta http-equiv='Refresh' content='3; URL=/a/'>", "http://www.yunxi.gov.cn/a/"),
        ("", "<meta http-equiv=refresh content='60;url=/a/'>", None),
        ("", "<noscript><meta http-equiv=refresh content='0;url=/nojs'></noscript>", None),
        ("<script>top.location.replace('/a/')</script>", "", "http://www.yunxi.gov.cn/a/"),
        ("<script>/* location='/no/' */ self.location = './b/';</script>", "", f"{URL}b/"),
        ("<script>// location='/no/'\nwindow.navigate('/a/');</script>", "", "http://www.yunxi.gov.cn/a/"),
        ("<script>function f(){location.href='/a/'}</script>", "", None),
        ("<script>if(x) location.href='/a/'</script>", "", None),
        ("<script>location.href='/a/'</script>" + "<p>正文很长</p>" * 100, "", None),
        ("<script>location.href='./'</script>", "", None),
    ],
)
def test_forwards_are_believed_only_where_nothing_else_can_happen(
    body: str, head: str, forward: str | None
) -> None:
    assert page_of(body, head).forward == forward


def test_an_onload_forwards_too() -> None:
    page = plant("")
    assert len(page) <= 3
    assert page_of("</body><body onload=\"location.href='/a/'\">").forward == "http://www.yunxi.gov.cn/a/"


@pytest.mark.parametrize(
    ("raw", "crumbs", "title"),
    [
        ("关于节水的通知_云溪县水利局", (), "关于节水的通知"),
        ("关于节水的通知-通知公告-云溪县水利局网站", ("首页", "通知公告"), "关于节水的通知"),
        ("云溪县水利局-关于节水的通知", (), "关于节水的通知"),
        ("1-5月全县固定资产投资趋稳", (), "1-5月全县固定资产投资趋稳"),
        ("通知公告 | 云溪县人民政府", (), "通知公告"),
        ("云溪县人民政府门户网站", (), "云溪县人民政府门户网站"),
        ("", (), ""),
    ],
)
def test_titles_lose_the_names_of_site_and_column(raw: str, crumbs: tuple[str, ...], title: str) -> None:
    assert page_title(raw, {}, crumbs) == title


def test_json_and_jsonp_are_parsed_and_nothing_else() -> None:
    assert parse_json('{"a": [1]}') == {"a": [1]}
    assert parse_json('callback_1({"a": 1});') == {"a": 1}
    assert parse_json("no json") is None


@pytest.mark.parametrize(
    ("record", "day"),
    [
        ({"title": "甲", "pubDate": "2026-05-08"}, date(2026, 5, 8)),
        ({"TITLE": "甲", "publishTime": 1778198400000}, date(2026, 5, 8)),
        ({"title": "甲", "releaseDateStr": "2026/05/08"}, date(2026, 5, 8)),
        ({"title": "甲", "endTime": "2026-05-08"}, None),
        ({"title": "甲"}, None),
    ],
)
def test_records_of_any_shape_are_dated(record: dict[str, object], day: date | None) -> None:
    page = read_json_list({"data": {"rows": [record]}}, URL, TODAY)
    assert page is not None
    assert [item.day for item in page.items] == [day]


def test_bare_rows_get_their_table() -> None:
    rows = "<tr><td><a href='a.html'>关于公布名单的通知</a></td><td>2026-05-08</td></tr>"
    assert [item.day for item in items_in(rows, URL, TODAY)] == [date(2026, 5, 8)]
    assert items_in("", URL, TODAY) == ()


def test_a_list_is_its_own_column_and_an_article_its_lists() -> None:
    trail = '<div class="crumb"><a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 通知公告</div>'
    row = '<ul><li><a href="a1.html">关于公布名单的通知</a><i>2026-05-08</i></li></ul>'
    assert column_of(page_of(trail + row)) == ("通知公告", ("政务公开",))
    text = "<h1>关于公布名单的通知</h1><p>发布时间：2026-05-08</p>" + "<p>请认真贯彻执行。</p>" * 15
    page = page_of(trail + text, url=f"{URL}a1.html")
    assert (page.kind, column_of(page)) == (PageKind.ARTICLE, ("通知公告", ("政务公开",)))
    assert column_of(page_of(text, '<meta name="ColumnName" content="公告">', f"{URL}a1.html"))[0] == "公告"


def test_old_formats_are_read_where_a_library_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = SimpleNamespace(to_python=lambda: [["姓名", 1.0, ""], ["甲", "", ""], ["", "", ""]])
    book = SimpleNamespace(sheet_names=["Sheet1"], get_sheet_by_name=lambda name: sheet)

    def unreadable(body: bytes, options: object) -> None:
        raise LookupError(body)

    libraries = {
        "legacy_doc": SimpleNamespace(
            ExtractionOptions=SimpleNamespace,
            LegacyDocError=LookupError,
            extract_text=lambda body: SimpleNamespace(text="第一行\r第二 行\x07"),
        ),
        "legacy_doc.ole": SimpleNamespace(OleReader=unreadable),
        "python_calamine": SimpleNamespace(CalamineWorkbook=SimpleNamespace(from_filelike=lambda file: book)),
    }
    monkeypatch.setattr(legacy, "import_module", libraries.__getitem__)
    assert legacy.read_doc(b"") == ("第一行\n第二 行", ())
    assert legacy.read_xls(b"") == ("姓名 1\n甲", ((("姓名", "1"), ("甲", "")),))


def test_without_a_library_old_formats_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(legacy, "import_module", missing)
    with pytest.raises(UnreadableError, match="未安装"):
        legacy.read_doc(b"")


@pytest.mark.parametrize(
    "markup",
    [
        '<embed src="/files/a.pdf">',
        '<object data="/files/a.pdf"></object>',
        '<iframe src="/pdfjs/web/viewer.html?file=/files/a.pdf"></iframe>',
        '<iframe src="/pdfjs/web/viewer.html?file=%2Ffiles%2Fa.pdf&page=1"></iframe>',
    ],
)
def test_documents_shown_in_the_page_are_attached_and_their_viewer_is_no_frame(markup: str) -> None:
    read = page_of(f"<h1>年报</h1><div>{markup}</div>")
    assert [link.url for link in read.attachments] == ["http://www.yunxi.gov.cn/files/a.pdf"]
    assert read.frames == ()


def test_what_a_viewer_is_told_may_be_no_address() -> None:
    read = page_of('<iframe src="/v.html?file=javascript:a.pdf"></iframe><iframe src="/f/a.html"></iframe>')
    assert read.attachments == ()
    assert "http://www.yunxi.gov.cn/f/a.html" in read.frames


def test_one_portrait_shown_for_two_people_is_two_pictures() -> None:
    rows = "".join(f"<tr><td><img src='/p.jpg'></td><td>{name}</td></tr>" for name in ("张三", "李四"))
    assert page_of(f"<div><h3>领导信息</h3><table>{rows}</table></div>").images == (
        "http://www.yunxi.gov.cn/p.jpg",
        "http://www.yunxi.gov.cn/p.jpg",
    )
