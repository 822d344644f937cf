"""`curbstop reads`: try a vendor's layout on a file, import a file, list the layouts."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from curbstop.cli.connection import command_database, opened
from curbstop.cli.refusals import refuse
from curbstop.kernel.ids import uuid7
from curbstop.platform.settings import Settings, load_settings
from curbstop.platform.uow import SYSTEM
from curbstop.readings.imports.actions import Received, receive, resume_import
from curbstop.readings.imports.models import ImportState
from curbstop.readings.imports.schemas import ImportOut
from curbstop.readings.layouts.canonical import FileError
from curbstop.readings.layouts.definition import Layout
from curbstop.readings.layouts.loading import LayoutError, load_layout
from curbstop.readings.layouts.parsing import read_file
from curbstop.readings.layouts.shipped import shipped_layouts
from curbstop.readings.layouts.trial import describe

app = typer.Typer(
    help="Meter-reading files and their layouts.", no_args_is_help=True, rich_markup_mode=None
)

LayoutOption = Annotated[
    str, typer.Option("--layout", help="A shipped layout's name, or a YAML file of your own.")
]
SettingOption = Annotated[
    list[str] | None, typer.Option("--set", help="A setting of the layout, NAME=VALUE.")
]
Input = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]


@app.command()
def check(layout: LayoutOption, file: Input, settings: SettingOption = None) -> None:
    """Print what a layout understands of a file, line by line; nothing is stored.

    Exit code 1 when the layout or the file would be refused, with every reason.
    """
    chosen_layout = find_layout(layout)
    batches, log = read_file(chosen_layout, chosen(chosen_layout, settings), file.read_bytes())
    if log.errors:
        _print_errors(str(file), log.errors)
        raise typer.Exit(1)
    count = 0
    for batch in batches:
        for read in batch.rows():
            count += 1
            typer.echo(f"line {read.line}: {describe(read)}")
    typer.echo(f"{count} reads understood by {chosen_layout.title}; no error")


@app.command("import")
def import_(layout: LayoutOption, file: Input, settings: SettingOption = None) -> None:
    """Import a file of reads by a layout's name; the same file again adds nothing.

    Exit code 1 when the file is refused, with every reason.
    """
    pairs = [text.partition("=") for text in settings or []]
    received = Received(
        uuid7(), file.name, layout, {name: v for name, _, v in pairs}, file.read_bytes()
    )
    configured = load_settings()
    with command_database(configured) as url:
        done = asyncio.run(_import(url, configured, received))
    if done.state is ImportState.REFUSED:
        _print_errors(file.name, [FileError(e.line, e.column, e.reason) for e in done.errors])
        raise typer.Exit(1)
    typer.echo(
        f"{done.reads_added} reads added, {done.repeats} there already, {done.unread} not read,"
        f" {done.unmatched} without a meter, {done.exceptions} exceptions on the edit list"
    )
    if done.first_import_id:
        typer.echo(f"the repeated reads came first with import {done.first_import_id}")


async def _import(url: str, settings: Settings, received: Received) -> ImportOut:
    """Import at once, whatever the size: a command line waits, no worker need run."""
    async with opened(url, settings) as database, database.write(SYSTEM) as uow:
        done = await receive(uow, received)
        if done.state is ImportState.QUEUED:
            done = await resume_import(uow, done.id)
        return done


@app.command()
def layouts() -> None:
    """List the shipped layouts with their settings."""
    for name, layout in shipped_layouts().items():
        ways = [w for w, shape in (("in", layout.input), ("out", layout.output_shape)) if shape]
        typer.echo(f"{name:18} {layout.title} ({', '.join(ways)})")
        for key, setting in layout.settings.items():
            choices = ", ".join(setting.choices)
            typer.echo(f"{'':18} {key}={setting.default}  {setting.title}: {choices}")


def find_layout(name: str) -> Layout:
    """A shipped layout by name, or one from a YAML file. Refuses with every mistake in it."""
    if name in shipped_layouts():
        return shipped_layouts()[name]
    path = Path(name)
    if not path.is_file():
        known = ", ".join(shipped_layouts())
        raise refuse(f"no layout file {name}; shipped layouts are {known}")
    try:
        return load_layout(path.read_text("utf-8"))
    except UnicodeDecodeError:
        raise refuse(f"{name} is not UTF-8 text") from None
    except LayoutError as wrong:
        _print_errors(name, wrong.errors)
        raise typer.Exit(1) from None


def chosen(layout: Layout, given: list[str] | None) -> dict[str, str]:
    """The layout's settings with those given as NAME=VALUE. Refuses unknown ones."""
    pairs = [text.partition("=") for text in given or []]
    try:
        return layout.chosen({name: value for name, _, value in pairs})
    except ValueError as wrong:
        raise refuse(str(wrong)) from None


def _print_errors(name: str, errors: list[FileError]) -> None:
    for error in errors:
        typer.echo(f"{name}: line {error.line}, {error.column}: {error.reason}", err=True)
    typer.secho(f"refused: {len(errors)} reasons above", fg="red", err=True)
