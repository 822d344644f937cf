"""`curbstop verify`: prove the ledger."""

import asyncio
from typing import Annotated

import typer

from curbstop import wiring
from curbstop.cli.connection import command_database, opened
from curbstop.cli.refusals import refuse
from curbstop.ledger.seals.schemas import CheckResult, Head
from curbstop.ledger.seals.verify import prove
from curbstop.platform.settings import load_settings
from curbstop.platform.uow import SYSTEM


def verify(
    head: Annotated[
        str | None,
        typer.Option(help="A head printed earlier, NUMBER:SHA256; finds a tail that was cut off."),
    ] = None,
) -> None:
    """Prove the ledger: chain, receivable = control account, bills and payments = postings.

    Prints each check and the first bad row with what differs. Exit code 0 when all hold, else 1.
    """
    try:
        exported = Head.parse(head) if head else None
    except ValueError:
        raise refuse("a head reads NUMBER:SHA256, as an earlier verify printed it") from None
    with command_database(load_settings()) as url:
        results, now = asyncio.run(_verify(url, exported))
    for result in results:
        found = result.finding
        typer.echo(f"{'FAIL' if found else 'ok  '}  {result.name}")
        if found:
            typer.echo(f"      first bad row: {found.row}: {found.detail}")
    typer.echo(f"head  {now or 'nothing is sealed yet'}")
    if any(result.finding for result in results):
        raise typer.Exit(1)


async def _verify(url: str, exported: Head | None) -> tuple[list[CheckResult], Head | None]:
    async with opened(url, load_settings()) as database:
        return await prove(database, SYSTEM, wiring.LEDGER_CHECKS, exported)
