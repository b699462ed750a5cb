"""What a scan found, for people: a summary on the screen and a workbook beside the data."""

from collections import Counter
from collections.abc import Iterable, Mapping

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from checks.catalogue import all_checks
from domain.finding import Verdict
from domain.observation import CHINA
from domain.outcome import Inconclusive, Pass, Violation
from domain.target import Registry
from scheduler.request import ScanRequest, ScanResult

MOST_BLIND_SPOTS = 12


def summarise(result: ScanResult, request: ScanRequest, screen: Console) -> None:
    """Prints counts by check and by unit, what could not be seen, and where everything lies."""
    at = result.as_of.astimezone(CHINA)
    screen.print()
    screen.print(
        f"[bold]巡检完成[/bold]  监测时点 {at:%Y-%m-%d %H:%M}（中国时间）  轮次 {result.run}"
        f"  读取页面 {result.pages} 个  用时 {result.seconds:.0f} 秒",
        highlight=False,
    )
    screen.print(by_check(result.verdicts))
    screen.print(by_unit(result.verdicts, request.registry))
    _print_blind_spots(result, request.registry, screen)
    _print_places(result, screen)


def by_check(verdicts: Iterable[Verdict]) -> Table:
    """A table of outcomes by check."""
    counts: dict[str, Counter[type]] = {}
    for verdict in verdicts:
        counts.setdefault(verdict.check, Counter())[type(verdict.outcome)] += 1
    table = Table(title="按检查项", title_justify="left", box=SIMPLE_HEAD)
    table.add_column("检查项")
    table.add_column("说明")
    for name in ("违规", "合格", "无法判定"):
        table.add_column(name, justify="right")
    titles = {check.id: check.title for check in all_checks().values()}
    for check, count in sorted(counts.items()):
        row = (count[Violation], count[Pass], count[Inconclusive])
        table.add_row(check, titles.get(check, ""), *(_figure(n) for n in row))
    return table


def by_unit(verdicts: Iterable[Verdict], registry: Registry) -> Table:
    """A table of outcomes by unit, the worst first."""
    counts: dict[str, Counter[type]] = {unit.code: Counter() for unit in registry.units}
    for verdict in verdicts:
        counts.setdefault(verdict.subject.unit, Counter())[type(verdict.outcome)] += 1
    names: Mapping[str, str] = {unit.code: unit.name for unit in registry.units}
    table = Table(title="按单位", title_justify="left", box=SIMPLE_HEAD)
    table.add_column("单位")
    for name in ("违规", "合格", "无法判定"):
        table.add_column(name, justify="right")
    for code, count in sorted(counts.items(), key=lambda pair: (-pair[1][Violation], pair[0])):
        if not count:
            continue
        row = (count[Violation], count[Pass], count[Inconclusive])
        table.add_row(escape(names.get(code, code)), *(_figure(n) for n in row))
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
