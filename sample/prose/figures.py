"""The tables of an annual report: figures that hold, and the HTML that shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sample.prose.wording import roll

KINDS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
LEAVES = (
    ("（一）予以公开", ""),
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", ""),
    ("（三）不予公开", "1.属于国家秘密"),
    ("（三）不予公开", "2.其他法律行政法规禁止公开"),
    ("（三）不予公开", "3.危及“三安全一稳定”"),
    ("（三）不予公开", "4.保护第三方合法权益"),
    ("（三）不予公开", "5.属于三类内部事务信息"),
    ("（三）不予公开", "6.属于四类过程性信息"),
    ("（三）不予公开", "7.属于行政执法案卷"),
    ("（三）不予公开", "8.属于行政查询事项"),
    ("（四）无法提供", "1.本机关不掌握相关政府信息"),
    ("（四）无法提供", "2.没有现成信息需要另行制作"),
    ("（四）无法提供", "3.补正后申请内容仍不明确"),
    ("（五）不予处理", "1.信访举报投诉类申请"),
    ("（五）不予处理", "2.重复申请"),
    ("（五）不予处理", "3.要求提供公开出版物"),
    ("（五）不予处理", "4.无正当理由大量反复申请"),
    ("（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"),
    ("（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("（六）其他处理", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("（六）其他处理", "3.其他"),
)

Row = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Requests:
    """Table 3: rows of seven cells (six kinds of applicant and the sum)."""

    new: Row
    carried: Row
    leaves: tuple[Row, ...]
    total: Row
    onward: Row

    def with_cell(self, row: str, column: int, value: int | str, leaf: int = 0) -> "Requests":
        """The table with one cell written over (row: new, carried, leaves, total, onward)."""
        if row == "leaves":
            leaves = list(self.leaves)
            leaves[leaf] = _put(leaves[leaf], column, value)
            return replace(self, leaves=tuple(leaves))
        changed: dict[str, Any] = {row: _put(getattr(self, row), column, value)}
        return replace(self, **changed)


@dataclass(frozen=True, slots=True)
class Disputes:
    """Table 4: three blocks (review, suit at once, suit after review) of 维持 纠正 其他 尚未审结 总计."""

    blocks: tuple[Row, Row, Row]


def _put(row: Row, column: int, value: int | str) -> Row:
    return (*row[:column], value, *row[column + 1 :])


def requests(key: str, carried_in: int = 1, carried_out: int = 1, size: int = 9) -> Requests:
    """Figures that balance: carried in and out are those of natural persons."""
    new = [size + roll(key, 9), 1 + roll(key + "c", 4), 0, 0, roll(key + "l", 3), 0]
    carried = [carried_in, 0, 0, 0, 0, 0]
    onward = [carried_out, 0, 0, 0, 0, 0]
    leaves = [[0] * 6 for _ in LEAVES]
    for column in range(6):
        left = new[column] + carried[column] - onward[column]
        for leaf, most in ((1, 2), (10, 3), (13, 1), (3, 1)):
            part = min(left, roll(f"{key}/{column}/{leaf}", most + 1))
            leaves[leaf][column] = part
            left -= part
        leaves[0][column] += left
    total = [sum(row[column] for row in leaves) for column in range(6)]
    return Requests(
        _summed(new), _summed(carried), tuple(_summed(row) for row in leaves), _summed(total), _summed(onward)
    )


def _summed(cells: Sequence[int]) -> Row:
    return (*cells, sum(cells))


def disputes(key: str) -> Disputes:
    """Figures that add up."""

    def block(name: str) -> Row:
        cells = [roll(f"{key}/{name}/{part}", 2) for part in range(4)]
        return (*cells, sum(cells))

    return Disputes((block("review"), block("suit"), block("after")))


def requests_table(table: Requests) -> str:
    """Table 3 as the 2021 form lays it out."""
    head = (
        '<tr><td colspan="3" rowspan="3">'
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>"
        '<td colspan="7">申请人情况</td></tr>'
        '<tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr>'
        "<tr>" + "".join(f"<td>{kind}</td>" for kind in KINDS[1:]) + "</tr>"
    )
    rows = [
        f'<tr><td colspan="3">一、本年新收政府信息公开申请数量</td>{_cells(table.new)}</tr>',
        f'<tr><td colspan="3">二、上年结转政府信息公开申请数量</td>{_cells(table.carried)}</tr>',
    ]
    rows += [_leaf(index, cells) for index, cells in enumerate(table.leaves)]
    rows.append(f'<tr><td colspan="2">（七）总计</td>{_cells(table.total)}</tr>')
    rows.append(f'<tr><td colspan="3">四、结转下年度继续办理</td>{_cells(table.onward)}</tr>')
    return '<table border="1" cellspacing="0" width="100%">\n' + head + "\n" + "\n".join(rows) + "\n</table>"


def _leaf(index: int, cells: Row) -> str:
    group, leaf = LEAVES[index]
    first = '<td rowspan="22">三、本年度办理结果</td>' if index == 0 else ""
    if not leaf:
        return f'<tr>{first}<td colspan="2">{group}</td>{_cells(cells)}</tr>'
    span = sum(1 for other, _ in LEAVES if other == group)
    begins = LEAVES[index - 1][0] != group
    name = f'<td rowspan="{span}">{group}</td>' if begins else ""
    return f"<tr>{name}<td>{leaf}</td>{_cells(cells)}</tr>"


def _cells(row: Row) -> str:
    return "".join(f"<td>{cell}</td>" for cell in row)


def disputes_table(table: Disputes) -> str:
    """Table 4 as the form lays it out: one row of fifteen figures."""
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    return (
        '<table border="1" cellspacing="0" width="100%">\n'
        '<tr><td colspan="5" rowspan="2">行政复议</td><td colspan="10">行政诉讼</td></tr>\n'
        '<tr><td colspan="5">未经复议直接起诉</td><td colspan="5">复议后起诉</td></tr>\n'
        f"<tr>{_cells(results * 3)}</tr>\n"
        f"<tr>{''.join(_cells(block) for block in table.blocks)}</tr>\n</table>"
    )


def proactive_table(key: str, in_force: int, made: int, ended: int) -> str:
    """Table 2: documents made, ended and in force; decisions; fees."""
    licences, penalties, orders = 20 + roll(key, 200), 5 + roll(key + "p", 60), roll(key + "o", 5)
    return (
        '<table border="1" cellspacing="0" width="100%">\n'
        '<tr><td colspan="4">第二十条第（一）项</td></tr>\n'
        "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>\n"
        "<tr><td>规章</td><td>0</td><td>0</td><td>0</td></tr>\n"
        f"<tr><td>行政规范性文件</td><td>{made}</td><td>{ended}</td><td>{in_force}</td></tr>\n"
        '<tr><td colspan="4">第二十条第（五）项</td></tr>\n'
        '<tr><td>信息内容</td><td colspan="3">本年处理决定数量</td></tr>\n'
        f'<tr><td>行政许可</td><td colspan="3">{licences}</td></tr>\n'
        '<tr><td colspan="4">第二十条第（六）项</td></tr>\n'
        '<tr><td>信息内容</td><td colspan="3">本年处理决定数量</td></tr>\n'
        f'<tr><td>行政处罚</td><td colspan="3">{penalties}</td></tr>\n'
        f'<tr><td>行政强制</td><td colspan="3">{orders}</td></tr>\n'
        '<tr><td colspan="4">第二十条第（八）项</td></tr>\n'
        '<tr><td>信息内容</td><td colspan="3">本年收费金额（单位：万元）</td></tr>\n'
        '<tr><td>行政事业性收费</td><td colspan="3">0</td></tr>\n</table>'
    )
