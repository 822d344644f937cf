"""`curbstop init`: the first administrator."""

import asyncio
from typing import Annotated

import typer
from pydantic import ValidationError

from curbstop.cli.connection import command_database, opened
from curbstop.cli.refusals import refuse
from curbstop.identity.actions import add_user
from curbstop.identity.permissions import Role
from curbstop.identity.schemas import UserRequest
from curbstop.kernel.ids import uuid7
from curbstop.platform.migrate import migrate
from curbstop.platform.settings import Settings, load_settings
from curbstop.platform.uow import SYSTEM

Email = Annotated[str, typer.Option(prompt="E-mail address", envvar="CURBSTOP_ADMIN_EMAIL")]
Name = Annotated[str, typer.Option(prompt="Name", envvar="CURBSTOP_ADMIN_NAME")]
Password = Annotated[
    str,
    typer.Option(
        prompt="Password (12 characters or more)",
        confirmation_prompt=True,
        hide_input=True,
        envvar="CURBSTOP_ADMIN_PASSWORD",
    ),
]


def init(email: Email, name: Name, password: Password) -> None:
    """Prepare the database and let the first administrator in."""
    settings = load_settings()
    try:
        request = UserRequest(
            id=uuid7(), email=email, name=name, roles=[Role.ADMINISTRATOR], password=password
        )
    except ValidationError as wrong:
        first = wrong.errors(include_input=False)[0]
        raise refuse(f"{first['loc'][0]}: {first['msg']}") from None
    with command_database(settings) as url:
        migrate(url)
        asyncio.run(_add_first(url, settings, request))
    typer.echo(f"{request.email} may sign in now. Start the office with: curbstop serve")


async def _add_first(url: str, settings: Settings, request: UserRequest) -> None:
    async with opened(url, settings) as database, database.write(SYSTEM) as uow:
        # Two `init` at once: the second waits here, then finds the first one's administrator.
        await uow.sql.execute("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE")
        if await uow.sql.fetchval("SELECT count(*) FROM users WHERE disabled_at IS NULL"):
            raise refuse(
                "there are users already. An administrator adds more on the screen "
                "Administration › Users."
            )
        await add_user(uow, request)
