"""The yardsticks on a real PostgreSQL, and the whole command once, small."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest
from typer.testing import CliRunner

from curbstop.bench.yardsticks import tpcb
from curbstop.bench.yardsticks.copying import Rows, copy_floor
from curbstop.cli import app
from curbstop.platform.embedded import OwnedCluster, temporary_cluster


@pytest.fixture(scope="module")
def bench_cluster() -> Iterator[OwnedCluster]:
    with temporary_cluster() as running:
        yield running


async def make(cluster: OwnedCluster, name: str, *statements: str) -> str:
    admin = await asyncpg.connect(cluster.admin_dsn)
    await admin.execute(f"CREATE DATABASE {name} OWNER curbstop")
    await admin.close()
    connection = await asyncpg.connect(cluster.url(name))
    for statement in statements:
        await connection.execute(statement)
    await connection.close()
    return cluster.url(name)


async def test_tpcb_runs_with_pgbench_and_without(
    bench_cluster: OwnedCluster, tmp_path: Path
) -> None:
    url = await make(bench_cluster, "with_pgbench")
    by_program = await tpcb.measure(url, bench_cluster.binaries, seconds=1)
    assert by_program.value > 100
    assert "pgbench" in by_program.how

    bare = replace(bench_cluster.binaries, folder=tmp_path)
    url = await make(bench_cluster, "without_pgbench")
    by_hand = await tpcb.measure(url, bare, seconds=1)
    assert by_hand.value > 20
    assert "asyncpg" in by_hand.how
    connection = await asyncpg.connect(url)
    moved = await connection.fetchrow(
        "SELECT (SELECT sum(abalance) FROM pgbench_accounts) AS accounts,"
        " (SELECT sum(tbalance) FROM pgbench_tellers) AS tellers,"
        " (SELECT sum(bbalance) FROM pgbench_branches) AS branches,"
        " (SELECT sum(delta) FROM pgbench_history) AS history"
    )
    await connection.close()
    assert len(set(moved.values())) == 1, "TPC-B's own consistency condition"


TABLES = (
    "CREATE TABLE bills (id int PRIMARY KEY, cents int, doubled int GENERATED ALWAYS AS"
    " (cents * 2) STORED, run int)",
    "CREATE TABLE counted (rows int)",
    "CREATE FUNCTION count_new() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " INSERT INTO public.counted SELECT count(*) FROM new_rows; RETURN NULL; END $$",
    "CREATE TRIGGER count_new AFTER INSERT ON bills REFERENCING NEW TABLE AS new_rows"
    " FOR EACH STATEMENT EXECUTE FUNCTION count_new()",
    "INSERT INTO bills (id, cents, run) SELECT n, n, 0 FROM generate_series(1, 10) n",
)


async def test_the_floor_copies_the_same_rows_through_the_same_triggers(
    bench_cluster: OwnedCluster,
) -> None:
    before = await make(bench_cluster, "before", *TABLES)
    new = "INSERT INTO bills (id, cents, run) SELECT n, n, 1 FROM generate_series(11, 510) n"
    worked = await make(bench_cluster, "worked", *TABLES, new)
    floor = await copy_floor(worked, before, [Rows("bills", "run = 1")])
    assert (floor.rows, floor.seconds > 0, floor.bytes > 500 * 12) == (500, True, True)
    connection = await asyncpg.connect(before)
    assert await connection.fetchval("SELECT sum(doubled) FROM bills") == 510 * 511
    assert await connection.fetchval("SELECT max(rows) FROM counted") == 500
    await connection.close()
    with pytest.raises(asyncpg.UniqueViolationError):
        await copy_floor(worked, before, [Rows("bills")])


@pytest.mark.slow
def test_the_command_prints_figures_with_their_yardsticks_for_programs() -> None:
    arguments = ["bench", "documents", "--accounts", "100", "--seconds", "1", "--json"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert {s["name"] for s in report["yardsticks"]} == {"tpcb"}
    by_name = {figure["name"]: figure for figure in report["figures"]}
    assert by_name["statement_pdf"]["met"] in (True, False)
    assert by_name["statement_print_file"]["details"]["pages"] == 100
    assert report["machine"]["cores"] >= 1
    assert report["failures"] == {}


def test_an_unknown_measure_is_refused_by_name() -> None:
    done = CliRunner().invoke(app, ["bench", "weather"])
    assert done.exit_code == 1
    assert "there is no weather" in done.stderr
