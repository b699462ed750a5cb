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
