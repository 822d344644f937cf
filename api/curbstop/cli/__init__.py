"""The `curbstop` program: composes commands, decides nothing.

A command's module, and with it the rooms it needs, is imported when the command is called:
`curbstop --help` answers at once.
"""

import signal
import sys
from types import FrameType
from typing import Annotated

import typer

from curbstop import __version__
from curbstop.cli.commands import Commands

app = typer.Typer(
    name="curbstop",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"curbstop {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Billing for water and sewer districts, from meter read to posted bill."""
    signal.signal(signal.SIGTERM, _end)


def _end(number: int, frame: FrameType | None) -> None:
    # As an exception, SIGTERM runs every `finally` and `atexit`: the database stops cleanly.
    sys.exit(128 + number)
