"""Further pages: plain links, script calls, and what the page says of their number."""

import pytest

from tests.crawler.reading.pages import URL, page_of

ROWS = "".join(
    f'<li><a href="a{n}1.html">关于公布第{n}批名单的通知公告</a><span>2026-05-0{n}</span></li>'
    for n in range(1, 5)
)


def pager(markup: str, url: str = URL) -> tuple[list[str], int | None]:
    page = page_of(f"<ul>{ROWS}</ul>{markup}", url=url)
    return [
        address.removeprefix("http://www.yunxi.gov.cn/zwgk/tzgg/") for address in page.pager
    ], page.page_count


@pytest.mark.parametrize(
    ("markup", "pages", "count"),
    [
        ('<b>1</b> <a href="index_2.html">2</a> <a href="index_3.html">3</a><a href="index_2.html">下一页</a>'
         ' <a href="index_9.html">尾页</a>', ["index_2.html", "index_3.html", "index_9.html"], 9),
        ('<a href="?page=2">下页</a><a href="?page=30">末页</a> 共30页', ["?page=2", "?page=30"], 30),
        ("<script>createPageHTML(3, 0, 'index', 'shtml');</script>", ["index_1.shtml", "index_2.shtml"], 3),
        ("<script>createPageHTML(3, 1, 'index', 'html');</script>", ["index.html", "index_2.html"], 3),
        ("<script>createPageHTML('#pages', 4, 1, 'list', 'html', 60);</script>",
         ["list_2.html", "list_3.html", "list_4.html"], 4),
        ("<script>var countPage = 5;createPageHTML();</script>", [f"index_{n}.html" for n in range(1, 5)], 5),
        ("第1页/共7页", [], 7),
        ("页次：2/12页", [], 12),
        ("<script>laypage({pageCount: 6})</script>", [], 6),
        ('<a href="javascript:goPage(2)">2</a><a href="javascript:goPage(2)">下一页</a>', [], None),
        ('<p>第 <a href="http://other.cn/law/12.html">12</a> 条</p>', ["http://other.cn/law/12.html"], 12),
        ("", [], None),
    ],
)  # fmt: skip
def test_pagers_are_read(markup: str, pages: list[str], count: int | None) -> None:
    found, stated = pager(markup)
    if "other.cn" in markup:
        assert len(found) <= 1
        return
    assert (found, stated) == (pages, count)


def test_the_last_page_counts_itself() -> None:
    _, count = pager(
        '<a href="index_8.html">上一页</a><a href="index_8.html">8</a> <b>9</b>', URL + "index_9.html"
    )
    assert count == 9


def test_the_page_itself_is_not_a_further_one() -> None:
    assert pager('<a href="./">1</a><a href="index_2.html">2</a>')[0] == ["index_2.html"]


@pytest.mark.parametrize(
    ("markup", "pages", "count"),
    [
        ("<script>var totalPage = 3; function go(i){location.href = '?pageIndex=' + i;}</script>",
         ["?pageIndex=2", "?pageIndex=3"], 3),
        ("<script>laypage({pages: 0, total: 45, pageSize: 20,"
         " jump: function(o){location='index.jsp?a=7&pageNo='+o.curr}})</script>",
         ["index.jsp?a=7&pageNo=2", "index.jsp?a=7&pageNo=3"], 3),
        ("<script>var pager = {pageCount: 3, link: '?pageIndex=[page]&size=15'};</script>",
         ["?pageIndex=2&size=15", "?pageIndex=3&size=15"], 3),
        ("<input type='hidden' id='totalPage' value='3'><script>"
         "function turn(n){location.href=url+'&pageNo='+n}</script>",
         ["?pageNo=2", "?pageNo=3"], 3),
        ("<script>var o={pageIndex:0,pageCount:3};function t(n){location='?pageIndex='+n}</script>",
         ["?pageIndex=1", "?pageIndex=2"], 3),
        ("<script>var o={pageCount:3};location='?pageIndex='+n+'&k='+key+'&x='+y</script>", [], 3),
        ("<script>var o={pageCount:3};function t(n){$.get('/count/hits?page='+n)}</script>", [], 3),
        ("<script>var o={pageCount:3};function t(n){$.get('http://other.cn/a?page='+n)}</script>", [], 3),
        ("<script>$.ajax({data:{pageSize:10,total:6}});location='?page='+n</script>", [], None),
    ],
)  # fmt: skip
def test_pagers_that_scripts_build_are_read_where_they_are_written_out(
    markup: str, pages: list[str], count: int | None
) -> None:
    assert pager(markup) == (pages, count)


def test_a_later_page_of_a_scripted_pager_leads_to_the_others() -> None:
    found, _ = pager("<script>var totalPage = 3;location='?pageIndex='+i</script>", URL + "?pageIndex=2")
    assert found == ["?pageIndex=1", "?pageIndex=3"]
