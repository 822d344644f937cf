"""The measure of read import once, small: every line of its file becomes a read or an exception."""

import json

import pytest
from typer.testing import CliRunner

from curbstop.cli import app


@pytest.mark.slow
def test_the_import_is_measured_beside_copy_of_its_reads() -> None:
    arguments = ["bench", "read_import", "--accounts", "100", "--seconds", "1", "--json"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    by_name = {figure["name"]: figure for figure in json.loads(done.stdout)["figures"]}
    measured = by_name["read_import"]
    assert measured["details"]["reads"] == 1_000
    assert measured["details"]["exceptions"] == 10, "one line in a hundred is odd, no other"
    assert measured["ratios"][0]["value"] > 0
    assert by_name["read_import_memory"]["met"] is True
