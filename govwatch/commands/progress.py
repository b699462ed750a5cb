"""Progress of a scan: a bar with state and time left on a terminal, plain lines elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from domain.target import Registry
from govwatch.commands.common import console
from scheduler.progress import Began, Fetching, Judged, Progress, Proving, Remark, SetAside

PAGES_BETWEEN_LINES = 200


@contextmanager
def show(registry: Registry) -> Iterator[Callable[[Progress], None]]:
    """Gives the function that a scan tells its progress to; all of it goes to standard error."""
    names = {site.id: site.name for site in registry.sites}
    names |= {account.id: account.name for account in registry.accounts}
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield _plain_lines(names)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[state]}"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=screen, transient=True) as bar:
        yield _bar_updates(bar, names)


def _bar_updates(bar: Bar, names: dict[str, str]) -> Callable[[Progress], None]:
    whole = bar.add_task("巡检", total=None, state="")
    open_tasks: dict[str, int] = {}
    counted: set[str] = set()

    def count(target: str) -> None:
        if target not in counted:
            counted.add(target)
            bar.advance(whole)
        if target in open_tasks:
            bar.remove_task(open_tasks.pop(target))  # type: ignore[arg-type]

    def tell(event: Progress) -> None:
        match event:
            case Began():
                bar.update(whole, total=event.sites + event.accounts, state=f"轮次 {event.run}")
            case Fetching():
                if event.site not in open_tasks:
                    open_tasks[event.site] = bar.add_task(
                        f"  {names.get(event.site, event.site)}", total=None, state=""
                    )
                bar.update(open_tasks[event.site], completed=event.pages, state=f"已读 {event.pages} 页")  # type: ignore[arg-type]
            case Proving():
                bar.update(whole, state=f"取证 {names.get(event.site, '')} {event.done}/{event.total}")
            case SetAside() | Judged():
                count(event.target)
            case Remark():
                bar.console.print(event.words, highlight=False)

    return tell


def _plain_lines(names: dict[str, str]) -> Callable[[Progress], None]:
    screen = console(stderr=True)
    told: dict[str, int] = {}

    def tell(event: Progress) -> None:
        words = _line(event, names, told)
        if words:
            screen.print(words, highlight=False, soft_wrap=True)

    return tell


def _line(event: Progress, names: dict[str, str], told: dict[str, int]) -> str:
    match event:
        case Began():
            again = "，接着上次未完成的轮次" if event.resumed else ""
            return f"开始巡检：{event.sites}个网站、{event.accounts}个账号（轮次 {event.run}{again}）"
        case Fetching():
            if event.pages - told.get(event.site, 0) < PAGES_BETWEEN_LINES:
                return ""
            told[event.site] = event.pages
            return f"  {names.get(event.site, event.site)}：已读 {event.pages} 页"
        case SetAside():
            return f"  {names.get(event.target, event.target)}：已判定，待全部网站判定后入库"
        case Judged():
            note = f"，{event.note}" if event.note else ""
            return (
                f"  {names.get(event.target, event.target)}：违规 {event.violations} 项，"
                f"无法判定 {event.inconclusive} 项{note}"
            )
        case Remark():
            return event.words
    return ""
