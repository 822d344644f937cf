"""`curbstop openapi`: the contract that screens and other district systems are built on."""

import json
from pathlib import Path
from typing import Annotated

import typer

from curbstop.cli.refusals import refuse
from curbstop.main import create_app
from curbstop.platform.database import Database
from curbstop.platform.settings import Settings

UNUSED = "postgresql://nobody@/nothing"  # the contract comes from the code alone


def openapi(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, not the screen.")
    ] = None,
    check: Annotated[
        Path | None, typer.Option("--check", help="Fail when this file says something else.")
    ] = None,
) -> None:
    """Print the API's contract as OpenAPI JSON."""
    text = contract_text()
    if check is not None:
        if not check.exists() or check.read_text() != text:
            raise refuse(f"{check} is not what the code says; run `make openapi` and commit it.")
        typer.echo("The committed contract is the code's.")
    elif output is not None:
        output.write_text(text)
    else:
        typer.echo(text, nl=False)


def contract_text() -> str:
    """The contract of this version, the same text on every machine."""
    settings = Settings(database_url=UNUSED)
    app = create_app(settings, Database(UNUSED, settings, {}))
    return json.dumps(app.openapi(), indent=2, ensure_ascii=False) + "\n"
