"""`curbstop demo`: a fictional district to try, to teach and to measure with."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from curbstop.cli.connection import command_database, opened
from curbstop.demo.load import draw_district
from curbstop.demo.make import SEED, make_demo, waiting_file
from curbstop.demo.staff import PASSWORD, draw_staff
from curbstop.identity.permissions import Role
from curbstop.kernel.dates import local_date
from curbstop.platform.database import Database, utc_now
from curbstop.platform.migrate import migrate
from curbstop.platform.settings import Settings, load_settings
from curbstop.platform.uow import SYSTEM

ACCOUNTS = 2_400
FEWEST = 300  # every cycle needs a street

Accounts = Annotated[
    int, typer.Option(min=FEWEST, max=200_000, help="Customers with a meter; 100000 to measure.")
]
Seed = Annotated[int, typer.Option(help="The same seed gives the same district.")]
ReadFile = Annotated[
    Path | None,
    typer.Option(help="Only write the newest read file of that district here, to import it."),
]


def demo(accounts: Accounts = ACCOUNTS, seed: Seed = SEED, read_file: ReadFile = None) -> None:
    """Fill an empty database with a fictional district and two years of its history."""
    settings = load_settings()
    today = local_date(utc_now(), settings.zone)
    if read_file is not None:
        name, content = waiting_file(draw_district(seed, accounts, today))
        target = read_file / name if read_file.is_dir() else read_file
        target.write_bytes(content)
        typer.echo(f"Wrote {target}: import it on the screen Reading › Imports.")
        return
    with command_database(settings) as url:
        migrate(url)
        asyncio.run(fill(url, settings, accounts, seed))
    typer.echo(sign_in_lines())


async def fill(url: str, settings: Settings, accounts: int, seed: int) -> None:
    """Make the demo in an empty database, telling each step. Raises DatabaseNotEmpty."""
    async with opened(url, settings) as database:
        today = local_date(utc_now(), settings.zone)
        await make_demo(database, accounts, today, lambda line: typer.echo(f"  {line}"), seed)


async def is_empty(database: Database) -> bool:
    """Whether nobody uses this database yet: no user, no account."""
    async with database.read(SYSTEM) as reader:
        return not await reader.sql.fetchval(
            "SELECT EXISTS (SELECT FROM users) OR EXISTS (SELECT FROM accounts)"
        )


def sign_in_lines() -> str:
    """Who signs in to the demo, and how."""
    staff = draw_staff(SEED)
    shown = (Role.TECHNICIAN, Role.SUPERVISOR, Role.ADMINISTRATOR)
    people = "\n".join(f"    {staff[role].email:<28} {role.value}" for role in shown)
    return f"  The demo district's people, all with the password {PASSWORD}\n{people}"
