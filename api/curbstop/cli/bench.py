"""`curbstop bench`: how fast the office's work is, beside yardsticks of the same machine."""

import asyncio
import json
from typing import Annotated

import typer

from curbstop.bench.registry import SUITES
from curbstop.bench.running import as_text, run
from curbstop.cli.refusals import refuse

Names = Annotated[list[str] | None, typer.Argument(help=f"Some of: {', '.join(SUITES)}.")]
Accounts = Annotated[int, typer.Option(min=100, help="Size of the district.")]
Seconds = Annotated[int, typer.Option(min=1, help="Length of each timed load.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]


def bench(
    names: Names = None,
    accounts: Accounts = 100_000,
    seconds: Seconds = 10,
    as_json: AsJson = False,
) -> None:
    """Measure the main work; exit code 1 when a measurement could not be taken."""
    if unknown := set(names or ()) - set(SUITES):
        raise refuse(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(SUITES)}.")

    def say(message: str) -> None:
        typer.secho(f"… {message}", err=True, dim=True)

    report = asyncio.run(run(names or (), accounts, seconds, say))
    typer.echo(json.dumps(report.as_json(), indent=2) if as_json else as_text(report))
    if not report.complete:
        raise typer.Exit(1)
