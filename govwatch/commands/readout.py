"""What was read off one page, in Chinese, for people at a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from checks.site.footer_incomplete import MARK_TITLES
from domain.snapshot import STATUS_TITLES, FetchStatus
from domain.target import KIND_TITLES, ColumnKind

KIND_WORDS = {
    "home": "首页",
    "list": "列表页",
    "article": "正文页",
    "section": "栏目首页（几个列表）",
    "form": "填报页",
    "document": "文件",
    "other": "其他页面",
}


def lines_of(reading: Mapping[str, Any]) -> Iterator[str]:
    """The lines to show: how the page was reached, what it is, its date and why, its entries, its foot."""
    status = FetchStatus(reading["fetch_status"])
    yield f"网址：{reading['url']}"
    reason = reading.get("reason")
    told = f"{STATUS_TITLES[status]}：{reason}" if reason and reason != STATUS_TITLES[status] else ""
    yield f"结果：{'读到了页面' if status is FetchStatus.OK else told or STATUS_TITLES[status]}"
    if reading["kind"] is None:
        return
    rules = "通用规则" if reading["adapter"] == "generic" else f"{reading['adapter']} 的规则"
    yield f"页面：{KIND_WORDS[reading['kind']]}，编码 {reading['charset'] or '不明'}，按{rules}解读"
    if reading.get("forward"):
        yield f"转到：{reading['forward']}"
    yield f"标题：{reading['title'] or '（没有读到）'}"
    if reading["column"]:
        kind = ColumnKind(reading["column_kind"])
        yield f"栏目：{reading['column']}（种类：{KIND_TITLES[kind]} {kind.value}）"
    yield f"日期：{reading['published_on'] or '—'}（{reading['date_why']}）"
    yield from _entries(reading["items"])
    yield from _rest(reading)


def _entries(items: list[Mapping[str, Any]]) -> Iterator[str]:
    if items:
        yield f"条目：{len(items)} 条"
    for item in items:
        pinned = "［置顶］" if item["pinned"] else ""
        yield f"  {item['date'] or '没有日期  '}  {pinned}{item['title']}  （{item['date_why']}）"


def _rest(reading: Mapping[str, Any]) -> Iterator[str]:
    for attachment in reading["attachments"]:
        yield f"附件：{attachment['title']}  {attachment['url']}"
    for name, value in reading["tags"].items():
        yield f"标签：{name} = {value or '（空）'}"
    marks = "、".join(MARK_TITLES[mark] for mark in reading["marks"])
    yield f"页脚：{marks or '没有读到规定的标识'}"
