"""`govwatch recheck`: looks again at one finding alone."""

from typing import TYPE_CHECKING, Annotated

import typer

from govwatch import __version__
from govwatch.commands.common import NOT_ALL_JUDGED, DataFolder, Layout, emit, folder, moment, opened

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.desk import Place


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("recheck", help="单独复查一条检查结果：重新打开所依据的页面，再问一遍同样的问题。")(recheck)


def recheck(
    finding: Annotated[str, typer.Option("--finding", "-f", help="检查结果的编号，见 govwatch findings")],
    data: DataFolder = None,
    now: Annotated[str | None, typer.Option("--now", help="监测时点（ISO 8601），默认为此刻")] = None,
    no_screenshots: Annotated[
        bool, typer.Option("--no-screenshots", help="不截图，也不用浏览器复看")
    ] = False,
    delay: Annotated[float, typer.Option("--delay", min=0, max=600, help="两次请求的间隔（秒）")] = 1.0,
    format: Annotated[Layout, typer.Option("--format", help="table 或 json")] = Layout.TABLE,
) -> None:
    """Exit code 0 when it could be judged, 3 when not, 2 for bad input."""
    from domain.outcome import Inconclusive, name_of
    from scheduler.recheck import recheck as look_again

    with opened(data):
        pass  # a folder without a scan is refused in words
    place = place_of(folder(data), screenshots=not no_screenshots, delay=delay)
    found = look_again(place, finding, moment(now))
    if format is Layout.JSON:
        emit(
            {
                "finding": found.finding,
                "at": found.at.isoformat(),
                "outcome": name_of(found.outcome),
                "state": found.state.value,
                "words": found.words,
                "run": found.run,
                "evidence": [
                    {
                        "kind": file.kind,
                        "path": file.path,
                        "sha256": file.sha256,
                        "captured_at": file.captured_at.isoformat(),
                    }
                    for file in found.evidence
                ],
            }
        )
    else:
        typer.echo(found.words)
    if isinstance(found.outcome, Inconclusive):
        raise typer.Exit(NOT_ALL_JUDGED)


def place_of(data: "Path", *, screenshots: bool, delay: float) -> "Place":
    """Where the work of the nights is done, by this process's settings."""
    from govwatch import clock
    from govwatch.settings import settings
    from scheduler.desk import Place

    chosen = settings()
    return Place(
        data=data,
        clock=clock.now,
        program=f"govwatch {__version__}",
        database_url=chosen.database_url,
        networks=chosen.networks,
        browser=chosen.browser,
        screenshots=screenshots,
        pause=delay,
        max_pages=chosen.max_pages,
    )
