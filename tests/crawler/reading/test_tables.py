"""Tables: merged cells cover every place they should, layouts are none."""

from tests.crawler.reading.pages import page_of


def test_merged_cells_are_repeated_in_every_place() -> None:
    page = page_of(
        "<table><tr><th rowspan=2>项目</th><th colspan='2'>数量</th></tr><tr><td>甲</td><td>乙</td></tr>"
        "<tr><td>本年新收</td><td>3</td><td>4</td></tr></table>"
    )
    assert page.tables == ((("项目", "数量", "数量"), ("项目", "甲", "乙"), ("本年新收", "3", "4")),)


def test_nonsense_spans_are_bounded() -> None:
    page = page_of(
        "<table><tr><td colspan='99999'>a</td><td rowspan='-3'>b</td></tr><tr><td rowspan='0'>c</td>"
        "<td colspan='x'>d</td></tr><tr><td>e</td></tr></table>"
    )
    assert len(page.tables[0]) == 3
    assert len(page.tables[0][0]) <= 60


def test_a_table_that_arranges_the_page_is_none() -> None:
    inner = "<table><tr><td>科室</td><td>电话</td></tr><tr><td>办公室</td><td>8800001</td></tr></table>"
    page = page_of(f"<table><tr><td>左</td><td>{inner}</td></tr><tr><td>1</td><td>2</td></tr></table>")
    assert page.tables == ((("科室", "电话"), ("办公室", "8800001")),)


def test_tables_of_links_and_of_one_row_are_none() -> None:
    links = "".join(
        f"<tr><td><a href='{n}.html'>标题{n}</a></td><td><a href='x'>x</a></td></tr>" for n in range(4)
    )
    assert page_of(f"<table>{links}</table><table><tr><td>1</td><td>2</td></tr></table>").tables == ()


def test_a_ragged_table_is_squared() -> None:
    page = page_of("<table><tr><td>a</td><td>b</td><td>c</td></tr><tr><td>d</td></tr></table>")
    assert page.tables[0][1] == ("d", "", "")
