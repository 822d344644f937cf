"""How a command says no."""

import typer


def refuse(message: str) -> typer.Exit:
    """Say why a command does not go on. Use as `raise refuse(…)`; the exit code is 1."""
    typer.secho(f"error: {message}", fg="red", err=True)
    return typer.Exit(1)
