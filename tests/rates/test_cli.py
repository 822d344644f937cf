"""`curbstop tariff` as a district's staff would call it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from curbstop.cli import app
from curbstop.platform.migrate import reference_dir

SCHEDULE = reference_dir() / "tariffs" / "phelan-pinon-hills-water.yaml"


def run(*args: object):
    return CliRunner().invoke(app, ["tariff", *map(str, args)])


@pytest.fixture
def changed(tmp_path: Path):
    def write(old: str, new: str) -> Path:
        path = tmp_path / "changed.yaml"
        path.write_text(SCHEDULE.read_text().replace(old, new))
        return path

    return write


def test_check_prints_each_formula():
    done = run("check", SCHEDULE)
    assert done.exit_code == 0
    assert "7 of 7 examples agree" in done.output
    assert "20 HCF × $3.96 = $79.20 · tier 2, 9–29 HCF" in done.output


def test_check_fails_with_the_difference(changed):
    done = run("check", changed("price: 3.47", "price: 3.48"))
    assert done.exit_code == 1
    assert "total is 206.16, expected 206.07" in done.output
    assert "use is 167.64, expected 167.55" in done.output


def test_check_names_line_and_reason_of_a_malformed_file(changed):
    done = run("check", changed("model: tiered", "model: steps"))
    assert done.exit_code == 1
    assert "line 23: versions.0.components.2" in done.output


def test_price_and_compare_typed_usage(changed):
    priced = run("price", SCHEDULE, "-q", "30", "-f", "meter_size=3/4", "--language", "es")
    assert (priced.exit_code, "total $158.47" in priced.output) == (0, True)
    assert "nivel 3, más de 29 HCF" in priced.output
    new = changed("price: 9.52", "price: 9.02")
    compared = run("compare", SCHEDULE, new, "-q", "29,39", "-f", "meter_size=3/4")
    rows = [line.split() for line in compared.output.splitlines()]
    assert rows[1:] == [
        ["29", "$148.95", "$148.95", "$0.00"],
        ["39", "$244.15", "$239.15", "-$5.00"],
    ]


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (["-f", "meter_size=1/4"], "meter size 1/4 has no value in component 'service'"),
        ([], "meter size is not recorded"),
        (["-f", "meter_size"], "write name=value"),
        (["-q", "ten"], "'ten' is not a number"),
        (["--from", "July"], "write YYYY-MM-DD"),
    ],
)
def test_price_refuses_in_plain_words(args, reason):
    refused = run("price", SCHEDULE, *args)
    assert refused.exit_code == 1
    assert reason in refused.output
