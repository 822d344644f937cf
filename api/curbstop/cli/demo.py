"""`curbstop demo`, and what `curbstop serve --demo` does on an empty database."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from curbstop.cli.connection import command_database, opened
from curbstop.demo.make import SEED, make_demo, waiting_file
from curbstop.demo.staff import PASSWORD, draw_staff
from curbstop.identity.permissions import Role
from curbstop.platform.database import Database
from curbstop.platform.embedded import default_data_dir
from curbstop.platform.migrate import migrate
from curbstop.platform.settings import Settings, load_settings
from curbstop.platform.uow import SYSTEM

ACCOUNTS = 2_400
Accounts = Annotated[int, typer.Option(min=200, max=2_000_000, help="Size of the district.")]
Seed = Annotated[int, typer.Option(help="Another seed draws another district.")]


def demo(accounts: Accounts = ACCOUNTS, seed: Seed = SEED) -> None:
    """Fill an empty database with a fictional district and two years of its history."""
    settings = load_settings()

    async def run(url: str) -> None:
        async with opened(url, settings) as database:
            await load(database, settings, accounts, seed)
            typer.echo(await sign_in_help(database, settings))

    with command_database(settings) as url:
        migrate(url)
        asyncio.run(run(url))


async def load(database: Database, settings: Settings, accounts: int, seed: int = SEED) -> None:
    """Make the district and leave its newest reading file where a person finds it.

    Raises DatabaseNotEmpty.
    """
    async with database.read(SYSTEM) as reader:
        today = reader.today
    typer.echo(f"Making a demo district of {accounts:,} accounts")
    district = await make_demo(database, accounts, today, typer.echo, seed)
    name, content = waiting_file(district)
    folder = _folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


async def load_when_empty(database: Database, settings: Settings) -> None:
    """The district of the ordinary size, unless there are users or accounts already."""
    async with database.read(SYSTEM) as reader:
        used = await reader.sql.fetchval(
            "SELECT EXISTS (SELECT FROM users) OR EXISTS (SELECT FROM accounts)"
        )
    if not used:
        await load(database, settings, ACCOUNTS)


async def sign_in_help(database: Database, settings: Settings) -> str:
    """Who may sign in to a demo district, and the file that waits; empty for any other."""
    staff = draw_staff(SEED)
    shown = (Role.TECHNICIAN, Role.SUPERVISOR, Role.ADMINISTRATOR)
    async with database.read(SYSTEM) as reader:
        known = await reader.sql.fetchval(
            "SELECT count(*) FROM users WHERE email = ANY($1) AND disabled_at IS NULL",
            [staff[role].email for role in shown],
        )
    if known < len(shown):
        return ""
    lines = [f"  Sign in as      {staff[role].email:24} {role}" for role in shown]
    lines.append(f"  all of them by  {PASSWORD}")
    lines += [f"  A reading file to import: {file}" for file in sorted(_waiting(settings))[-1:]]
    return "\n".join(lines)


def _waiting(settings: Settings) -> list[Path]:
    return list(_folder(settings).glob("reads-*.csv"))


def _folder(settings: Settings) -> Path:
    return settings.data_dir or default_data_dir()
