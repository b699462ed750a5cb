"""Builders of the tables of annual reports, as a reader gives them: merged cells repeated."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checks.annual_report.tables import LEAVES, OUTCOMES

REAL = Path(__file__).parents[3].parent / "shared" / "realpages" / "reports" / "table3_real.json"

GROUPS = {
    "granted": ("（一）予以公开",),
    "partly": ("（二）部分公开（区分处理的，只计这一情形，不计其他办理结果）",),
    "secret": ("（三）不予公开", "1．属于国家秘密"),
    "forbidden": ("（三）不予公开", "2．其他法律行政法规禁止公开"),
    "security": ("（三）不予公开", "3．危及“三安全一稳定”"),
    "third_party": ("（三）不予公开", "4．保护第三方合法权益"),
    "internal": ("（三）不予公开", "5．属于三类内部事务信息"),
    "process": ("（三）不予公开", "6．属于四类过程性信息"),
    "case_file": ("（三）不予公开", "7．属于行政执法案卷"),
    "inquiry": ("（三）不予公开", "8．属于行政查询事项"),
    "not_held": ("（四）无法提供", "1．本机关不掌握相关政府信息"),
    "to_be_made": ("（四）无法提供", "2．没有现成信息需要另行制作"),
    "unclear": ("（四）无法提供", "3．补正后申请内容仍不明确"),
    "petition": ("（五）不予处理", "1．信访举报投诉类申请"),
    "repeated": ("（五）不予处理", "2．重复申请"),
    "published": ("（五）不予处理", "3．要求提供公开出版物"),
    "many": ("（五）不予处理", "4．无正当理由大量反复申请"),
    "confirm": ("（五）不予处理", "5．要求行政机关确认或重新出具已获取信息"),
    "not_amended": ("（六）其他处理", "1．申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    "not_paid": (
        "（六）其他处理",
        "2．申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    ),
    "other_end": ("（六）其他处理", "3．其他"),
}
HEADER = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

Values = Mapping[str, tuple[int, int, int, int, int, int]]
Grid = tuple[tuple[str, ...], ...]


def full(values: Values) -> dict[str, tuple[str, ...]]:
    """The seven cells of every row of table 3, sums worked out: what is not given is 0."""
    rows: dict[str, tuple[int, ...]] = {
        key: values.get(key, (0,) * 6) for key in ("new", "carried_in", *LEAVES, "carried_out")
    }
    rows["total"] = tuple(sum(rows[key][i] for key in LEAVES) for i in range(6))
    return {key: (*map(str, row), str(sum(row))) for key, row in rows.items()}


SOUND = full(
    {
        "new": (12, 3, 0, 0, 1, 0),
        "carried_in": (2, 0, 0, 0, 0, 0),
        "granted": (6, 2, 0, 0, 1, 0),
        "partly": (1, 0, 0, 0, 0, 0),
        "secret": (1, 0, 0, 0, 0, 0),
        "not_held": (3, 1, 0, 0, 0, 0),
        "other_end": (1, 0, 0, 0, 0, 0),
        "carried_out": (2, 0, 0, 0, 0, 0),
    }
)


def table3(rows: Mapping[str, tuple[str, ...]], *, header: bool = True, repeat: bool = True) -> Grid:
    """Table 3; without its header, or with the labels of merged rows only in their first row."""
    lines: list[tuple[str, ...]] = []
    if header:
        lines.append((NOTE,) * 3 + ("申请人情况",) * 7)
        lines.append((NOTE,) * 3 + ("自然人", *("法人或其他组织",) * 5, "总计"))
        lines.append((NOTE,) * 3 + HEADER)
    lines.append(("一、本年新收政府信息公开申请数量",) * 3 + rows["new"])
    lines.append(("二、上年结转政府信息公开申请数量",) * 3 + rows["carried_in"])
    above: tuple[str, ...] = ()
    for key, labels in GROUPS.items():
        cells = ("三、本年度办理结果", labels[0], labels[-1])
        shown = cells if repeat else tuple(dict.fromkeys(c for c in cells if c not in above))
        lines.append(shown + rows[key])
        above = cells
    lines.append(
        (("三、本年度办理结果", "（七）总计", "（七）总计") if repeat else ("（七）总计",)) + rows["total"]
    )
    lines.append(("四、结转下年度继续办理",) * 3 + rows["carried_out"])
    return tuple(lines)


def table4(*values: str, repeat: bool = True) -> Grid:
    """Table 4 with its fifteen values."""
    top = ("行政复议",) * 5 + ("行政诉讼",) * 10
    middle = OUTCOMES + ("未经复议直接起诉",) * 5 + ("复议后起诉",) * 5
    last = (*OUTCOMES, *OUTCOMES, *OUTCOMES) if repeat else (*OUTCOMES, *OUTCOMES)
    return (top, middle, last, tuple(values))


SOUND4 = table4(*"310040000011002")


def table2(made: str, abolished: str, in_force: str) -> Grid:
    """The first part of table 2."""
    return (
        ("第二十条第（一）项",) * 4,
        ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        ("规章", "0", "0", "0"),
        ("行政规范性文件", made, abolished, in_force),
    )


def real_rows(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The rows of a real report by key; None becomes blank."""
    keys = ["new", "carried_in", *LEAVES, "total", "carried_out"]
    cells = [tuple("" if v is None else str(v) for v in row["values"]) for row in table["rows"]]
    return dict(zip(keys, cells, strict=True))


def real_reports() -> list[dict[str, Any]]:
    """The real tables, where the folder is there."""
    found: list[dict[str, Any]] = json.loads(REAL.read_text(encoding="utf-8"))
    return found
