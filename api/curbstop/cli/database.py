"""`curbstop migrate`, `backup`, `restore`: the life of the database."""

import asyncio
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import psycopg
import typer
from alembic.util import CommandError

from curbstop.audit import actions as audit
from curbstop.cli.connection import command_database, opened, served_database
from curbstop.cli.refusals import refuse
from curbstop.platform import embedded
from curbstop.platform import migrate as migrations
from curbstop.platform.database import utc_now
from curbstop.platform.embedded.binaries import locate
from curbstop.platform.settings import load_settings
from curbstop.platform.uow import SYSTEM
from curbstop.reports.health.queries import BACKED_UP


def migrate(
    check: Annotated[
        bool,
        typer.Option("--check", help="Change nothing: do models and migrations agree?"),
    ] = False,
) -> None:
    """Bring the database to this version's schema."""
    if check:
        _check_drift()
        return
    with command_database(load_settings()) as url:
        migrations.migrate(url)
    typer.echo("The database has this version's schema.")


def _check_drift() -> None:
    with embedded.temporary_cluster() as cluster:
        migrations.migrate(cluster.dsn)
        try:
            migrations.check_drift(cluster.dsn)
        except CommandError as drift:
            raise refuse(f"models and migrations disagree: {drift}") from None
    typer.echo("Models and migrations agree.")


def backup(
    file: Annotated[
        Path | None, typer.Argument(help="Where to; default: curbstop-<date>-<time>.dump")
    ] = None,
) -> None:
    """Write everything into one file, also while the office works."""
    settings = load_settings()
    target = file or Path(f"curbstop-{utc_now().astimezone(settings.zone):%Y%m%d-%H%M%S}.dump")
    if target.exists():
        raise refuse(f"{target} exists; name another file.")
    partial = target.with_name(target.name + ".partial")
    with command_database(settings) as url:
        try:
            program = locate().program("pg_dump")
            _run([program, "--format=custom", f"--file={partial}", f"--dbname={url}"])
            partial.rename(target)
            after = {"file": target.name, "size_bytes": target.stat().st_size}
            asyncio.run(_note_backup(url, after))
        finally:
            partial.unlink(missing_ok=True)
    typer.echo(f"{target}: {target.stat().st_size:,} bytes. Keep it on another machine.")


async def _note_backup(url: str, after: dict[str, Any]) -> None:
    """Leave a line in the audit trail, so that the health page knows of the backup."""
    async with opened(url, load_settings()) as database, database.write(SYSTEM) as uow:
        audit.record(uow, BACKED_UP, SYSTEM.id, after=after)


def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A backup.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Throw away what the database holds now.")
    ] = False,
) -> None:
    """Bring back a backup, all of it or nothing, into an empty database (or see --replace)."""
    program = locate().program("pg_restore")
    # As a server, not as a command: nobody may work in the database meanwhile.
    with served_database(load_settings()) as url:
        _run([program, "--list", "--file=/dev/null", file])
        if not replace and not _is_empty(url):
            raise refuse("the database is not empty; --replace throws away what it holds.")
        # With --replace the old tables go in the same transaction that brings the new ones.
        cleaning = ["--clean", "--if-exists"] if replace else []
        options = ["--single-transaction", "--no-owner", "--exit-on-error", *cleaning]
        _run([program, *options, f"--dbname={url}", file])
        migrations.migrate(url)
    typer.echo(f"{file} is restored. `curbstop verify` proves the ledger.")


def _is_empty(url: str) -> bool:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE nspname = 'public' AND relkind IN ('r', 'p'))"
        ).fetchone()
    return found == (False,)


def _run(command: Sequence[Path | str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise refuse(f"{Path(command[0]).name} failed: {done.stderr.strip()}")
