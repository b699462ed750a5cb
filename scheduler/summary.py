"""What a scan found, for people: a summary on the screen and a workbook beside the data."""

from collections import Counter
from collections.abc import Mapping

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from checks.catalogue import all_checks
from domain.observation import CHINA
from domain.target import Registry
from scheduler.request import ScanRequest, ScanResult, Tally

MOST_BLIND_SPOTS = 12

SHOWN = {"violation": "违规", "pass": "合格", "inconclusive": "无法判定"}
"""The outcomes that the tables show, by name."""


def summarise(result: ScanResult, request: ScanRequest, screen: Console) -> None:
    """Prints counts by check and by unit, what could not be seen, and where everything lies."""
    at = result.as_of.astimezone(CHINA)
    screen.print()
    screen.print(
        f"[bold]巡检完成[/bold]  监测时点 {at:%Y-%m-%d %H:%M}（中国时间）  轮次 {result.run}"
        f"  读取页面 {result.pages} 个  用时 {result.seconds:.0f} 秒",
        highlight=False,
    )
    if result.carried:
        screen.print(_carried_on(result), highlight=False)
    screen.print(by_check(result.tallies))
    screen.print(by_unit(result.tallies, request.registry))
    _print_blind_spots(result, request.registry, screen)
    _print_places(result, screen)


def _carried_on(result: ScanResult) -> str:
    """What an incremental night saved."""
    share = result.kept / max(1, result.kept + result.requests)
    return (
        f"增量巡检：{result.carried}个网站沿用上次所见，发出请求 {result.requests} 次，"
        f"少发 {result.kept} 次（{share:.0%}）；沿用的事实在判定理由中注明所见日期"
    )


def by_check(tallies: Mapping[Tally, int]) -> Table:
    """A table of outcomes by check."""
    counts: dict[str, Counter[str]] = {}
    for (check, _, outcome), number in tallies.items():
        counts.setdefault(check, Counter())[outcome] += number
    table = Table(title="按检查项", title_justify="left", box=SIMPLE_HEAD)
    table.add_column("检查项")
    table.add_column("说明")
    for name in SHOWN.values():
        table.add_column(name, justify="right")
    titles = {check.id: check.title for check in all_checks().values()}
    for check, count in sorted(counts.items()):
        table.add_row(check, titles.get(check, ""), *(_figure(count[name]) for name in SHOWN))
    return table


def by_unit(tallies: Mapping[Tally, int], registry: Registry) -> Table:
    """A table of outcomes by unit, the worst first."""
    counts: dict[str, Counter[str]] = {unit.code: Counter() for unit in registry.units}
    for (_, unit, outcome), number in tallies.items():
        counts.setdefault(unit, Counter())[outcome] += number
    names: Mapping[str, str] = {unit.code: unit.name for unit in registry.units}
    table = Table(title="按单位", title_justify="left", box=SIMPLE_HEAD)
    table.add_column("单位")
    for name in SHOWN.values():
        table.add_column(name, justify="right")
    for code, count in sorted(counts.items(), key=lambda pair: (-pair[1]["violation"], pair[0])):
        if count:
            table.add_row(escape(names.get(code, code)), *(_figure(count[name]) for name in SHOWN))
    return table


def _figure(number: int) -> str:
    return str(number)


def _print_blind_spots(result: ScanResult, registry: Registry, screen: Console) -> None:
    if not result.not_judged:
        return
    names = {site.id: site.name for site in registry.sites}
    names |= {account.id: account.name for account in registry.accounts}
    screen.print("\n[bold]没能看到的[/bold]（记为无法判定，不算违规）", highlight=False)
    shown = list(result.not_judged.items())[:MOST_BLIND_SPOTS]
    for target, reason in shown:
        screen.print(
            f"  {escape(names.get(target, target))}：{escape(reason)}", highlight=False, soft_wrap=True
        )
    rest = len(result.not_judged) - len(shown)
    if rest > 0:
        screen.print(f"  另有 {rest} 个，见 govwatch outcomes", highlight=False)


def _print_places(result: ScanResult, screen: Console) -> None:
    places = Table.grid(padding=(0, 2))
    places.add_row("数据库", escape(result.database))
    places.add_row("佐证", f"{escape(str(result.evidence))}（{result.pictures} 张截图）")
    places.add_row("工作簿", escape(str(result.workbook)))
    screen.print()
    screen.print(places)
    screen.print(
        f"查看全部问题：govwatch findings --data {escape(str(result.data))}    "
        f"打开网页界面：govwatch serve --data {escape(str(result.data))}",
        highlight=False,
        soft_wrap=True,
    )
