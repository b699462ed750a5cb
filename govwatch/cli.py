"""The command line: one subcommand a job, no logic of its own."""

import sys

import typer
from pydantic import ValidationError

from govwatch import __version__
from govwatch.commands import (
    assess,
    coverage,
    doctor,
    evidence,
    export,
    judge,
    ledger,
    lexicon,
    posts,
    read,
    recheck,
    records,
    registry,
    results,
    runs,
    scan,
    schedule,
    schemes,
    secrets,
    serve,
    worker,
    year,
)
from govwatch.commands.common import BAD_INPUT, explain

app = typer.Typer(
    name="govwatch",
    help="政务公开监测：巡检政府网站与政务新媒体，取证、判定、计分。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
SUBCOMMANDS = (
    scan,
    results,
    runs,
    judge,
    coverage,
    registry,
    evidence,
    schemes,
    assess,
    ledger,
    year,
    export,
    records,
    lexicon,
    read,
    recheck,
    schedule,
    secrets,
    posts,
    serve,
    worker,
    doctor,
)
for module in SUBCOMMANDS:
    module.register(app)


@app.callback(invoke_without_command=True)
def _root(
    version: bool = typer.Option(False, "--version", help="显示版本号", is_eager=True),
) -> None:
    if version:
        typer.echo(f"govwatch {__version__}")
        raise typer.Exit


def main() -> None:
    """Runs the command line; bad input ends with exit code 2 and a Chinese explanation."""
    try:
        app()
    except ValidationError as error:
        for problem in error.errors():
            name = "GOVWATCH_" + "_".join(str(part) for part in problem["loc"]).upper()
            typer.echo(f"环境变量 {name} 的值有误：{problem['msg']}", err=True)
        sys.exit(BAD_INPUT)
    except Exception as error:
        words = explain(error)
        if words is None:
            raise
        typer.echo(words, err=True)
        sys.exit(BAD_INPUT)


if __name__ == "__main__":
    main()
