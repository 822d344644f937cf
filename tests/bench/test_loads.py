"""Load over HTTP on a served office, and the same reads by asyncpg alone."""

from collections.abc import Iterator

import asyncpg
import pytest

from curbstop.bench.bench import Bench
from curbstop.bench.http_load import Ask, load
from curbstop.bench.office import served
from curbstop.bench.replay import record, replay
from curbstop.platform.embedded import OwnedCluster, temporary_cluster
from curbstop.platform.migrate import migrate
from curbstop.platform.settings import Settings


@pytest.fixture(scope="module")
def small_bench() -> Iterator[Bench]:
    with temporary_cluster() as cluster:
        yield Bench(cluster, Settings(), 100, 1, lambda message: None)


async def make_office(bench: Bench, name: str) -> str:
    await bench.admin(f"CREATE DATABASE {name} OWNER curbstop")
    return bench.cluster.url(name)


@pytest.fixture(scope="module")
def office_url(small_bench: Bench) -> str:
    cluster = small_bench.cluster
    assert isinstance(cluster, OwnedCluster)
    migrate(cluster.dsn)
    return cluster.dsn


@pytest.mark.slow
async def test_a_served_office_is_loaded_and_its_reads_replayed(
    small_bench: Bench, office_url: str
) -> None:
    path = "/api/v1/users?limit=5&sort=-name"
    async with served(small_bench, office_url) as office:
        measured = await load(office.address, office.token, lambda n: Ask(path), 4, 1.0)
        refused = await load(office.address, "no token", lambda n: Ask(path), 1, 0.2)
        statements = await record(small_bench, office_url, office.token, path)
        posted = await load(
            office.address, office.token, lambda n: Ask("/api/v1/tokens", "POST", b"[]"), 1, 0.2
        )
    measured.refuse_other_than(200)
    assert measured.rate > 5
    assert measured.took(0.5) <= measured.took(0.99)
    assert set(refused.statuses) == {401}
    with pytest.raises(RuntimeError, match="401"):
        refused.refuse_other_than(200)
    assert set(posted.statuses) == {422}
    assert any("FROM users" in query and 5 in values for query, values in statements)
    alone = await replay(office_url, [statements], 4, 0.5)
    assert alone.rate > measured.rate, "the app cannot be faster than its own SQL"


async def test_a_copy_of_a_district_is_fresh_each_time(small_bench: Bench) -> None:
    url = await make_office(small_bench, "template_office")
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    await connection.close()
    for _ in range(2):
        copy = await small_bench.copy("template_office", "copied")
        connection = await asyncpg.connect(copy)
        assert await connection.fetchval("SELECT count(*) FROM kept") == 1
        await connection.execute("DELETE FROM kept")
        await connection.close()
