"""`python -m curbstop.cli`, where the `curbstop` script is not on the path."""

from curbstop.cli import app

app(prog_name="curbstop")
