"""`curbstop reads check`: a district tries its own layout without a database."""

import asyncio
from pathlib import Path

from tests.conftest import make_actor
from tests.readings.layout_samples import GENERIC, neptune
from tests.readings.plant import a_metered_point
from tests.readings.test_layouts import OWN
from typer.testing import CliRunner

from curbstop.cli.reads import app
from curbstop.identity.permissions import Role

runner = CliRunner()


def check(tmp_path, data, layout, *more):
    path = tmp_path / "reads.dat"
    path.write_bytes(data)
    return runner.invoke(app, ["check", "--layout", str(layout), *more, str(path)])


def test_check_prints_every_line_as_it_was_understood(tmp_path):
    done = check(tmp_path, GENERIC, "generic-csv")
    assert done.exit_code == 0
    assert (
        "line 2: meter_no 70000001, register_no 0, read_on 2026-07-01, reading 1262" in done.output
    )
    assert "4 reads understood" in done.output


def test_check_takes_the_settings_of_the_layout(tmp_path):
    done = check(tmp_path, neptune(), "neptune-v4", "--set", "billing_reading=collector_reading")
    assert "reading 224806," in done.output


def test_check_works_with_a_layout_of_ones_own(tmp_path):
    layout = tmp_path / "own.yaml"
    layout.write_text(OWN)
    done = check(tmp_path, b"M1        26070100012345\n", layout)
    assert (done.exit_code, "reading 123.45" in done.output) == (0, True)


def test_a_refused_file_exits_1_with_line_column_and_reason(tmp_path):
    done = check(tmp_path, GENERIC.replace(b"1262", b"12E2"), "generic-csv")
    assert done.exit_code == 1
    assert "line 2, reading: '12E2' is not a plain number" in done.stderr


def test_a_broken_layout_exits_1_with_its_line(tmp_path):
    layout = tmp_path / "own.yaml"
    layout.write_text(OWN.replace("shape: fixed", "shape: fixt"))
    done = check(tmp_path, b"", layout)
    assert (done.exit_code, "line 6, input:" in done.stderr) == (1, True)


def test_an_unknown_setting_is_refused(tmp_path):
    done = check(tmp_path, GENERIC, "generic-csv", "--set", "speed=fast")
    assert (done.exit_code, "has no setting 'speed'" in done.stderr) == (1, True)


def test_layouts_lists_what_is_shipped():
    done = runner.invoke(app, ["layouts"])
    assert "neptune-v4" in done.output
    assert "billing_reading=reading" in done.output


def test_the_example_of_the_guide_works_as_printed(tmp_path):
    guide = (Path(__file__).parents[2] / "docs" / "guide" / "read-layouts.md").read_text()
    layout = tmp_path / "my-vendor.yaml"
    layout.write_text(guide.split("```yaml\n")[1].split("```")[0])
    done = check(tmp_path, b"M1        26070100012345\n", layout)
    assert done.output in guide
    whole = check(tmp_path, b"M1        26070100012345\n", layout, "--set", "bill_from=whole")
    assert "reading 12.345" in whole.output


async def test_import_adds_the_reads_once_and_names_the_first_import(
    fresh_database, tmp_path, monkeypatch
):
    monkeypatch.setenv("CURBSTOP_DATABASE_URL", fresh_database.url)
    async with fresh_database.write(make_actor(Role.ADMINISTRATOR)) as uow:
        _, meter, _ = await a_metered_point(uow)
    path = tmp_path / "july.csv"
    path.write_text(f"meter,date,reading\n{meter.serial},2026-07-01,5\n")
    arguments = ["import", "--layout", "generic-csv", str(path)]
    first = await asyncio.to_thread(runner.invoke, app, arguments)
    assert first.exit_code == 0, f"{first.output}{first.exception!r}"
    assert "1 reads added" in first.output
    again = await asyncio.to_thread(runner.invoke, app, arguments)
    assert "was imported on" in str(again.exception)
    path.write_text(f"meter,date,reading\n{meter.serial},7/1/2026,5\n")
    other = await asyncio.to_thread(runner.invoke, app, arguments)
    assert "0 reads added, 1 there already" in other.output
    assert "came first with import" in other.output
    path.write_text("meter,date,reading\nM,2026-07-01,NaN\n")
    bad = await asyncio.to_thread(runner.invoke, app, arguments)
    assert (bad.exit_code, "line 2, reading" in bad.stderr) == (1, True)
