"""The list of commands, and the group that imports each when it is called."""

from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperGroup
from typer.main import get_command

from curbstop.cli.refusals import refuse
from curbstop.kernel.errors import Problem
from curbstop.platform.embedded.errors import EmbeddedError


class Place(NamedTuple):
    """Where a command is: a function, or a Typer with commands of its own."""

    module: str
    attribute: str
    help: str


COMMANDS: dict[str, Place] = {
    "init": Place("people", "init", "Prepare the database and let the first administrator in."),
    "serve": Place("server", "serve", "Serve the staff app and the API, with database and jobs."),
    "demo": Place("demo", "demo", "Fill an empty database with a fictional district."),
    "worker": Place("server", "worker", "Run background jobs only, beside a server."),
    "migrate": Place("database", "migrate", "Bring the database to this version's schema."),
    "backup": Place("database", "backup", "Write everything into one file."),
    "restore": Place("database", "restore", "Bring back a backup, all of it or nothing."),
    "reads": Place("reads", "app", "Check a reading file by its layout, import it, list layouts."),
    "tariff": Place("tariff", "app", "Check a rate schedule, price usage with it, compare two."),
    "verify": Place("verify", "verify", "Prove the ledger; names the first bad row."),
    "bench": Place("bench", "bench", "Measure the main work beside yardsticks."),
    "openapi": Place("contract", "openapi", "Print the API's contract as OpenAPI JSON."),
}


class Commands(TyperGroup):
    """Imports commands late, and ends refusals of the rooms in one line instead of a traceback."""

    def list_commands(self, _ctx: Any) -> list[str]:
        """Names in the order of the list above, which is the order of a newcomer's needs."""
        return list(COMMANDS)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """A command ready to run, or None when there is none of that name."""
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        target = getattr(import_module(f"curbstop.cli.{place.module}"), place.attribute)
        if not isinstance(target, typer.Typer):
            function, target = target, typer.Typer(rich_markup_mode=None, add_completion=False)
            target.command()(function)
        command = get_command(target)
        command.name = cmd_name
        return command

    def format_commands(self, _ctx: Any, formatter: Any) -> None:
        """The list in `--help`, without importing any command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.help) for name, place in COMMANDS.items()])

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a refusal (not a defect) becomes one line and exit code 1."""
        try:
            return super().invoke(ctx)
        except EmbeddedError as problem:
            raise refuse(str(problem)) from None
        except Problem as problem:
            raise refuse(f"{problem.title}: {problem.detail}".rstrip(": ")) from None
