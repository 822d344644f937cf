"""The lists' measures on a small district."""

import asyncio
from datetime import date

import pytest

from curbstop.bench.bench import Bench
from curbstop.bench.suites import lists
from curbstop.demo.load import draw_district, load_district
from curbstop.platform.embedded import temporary_cluster
from curbstop.platform.migrate import migrate
from curbstop.platform.settings import Settings
from curbstop.platform.uow import SYSTEM


class SmallBench(Bench):
    """A bench whose district is the cluster's own database, filled by the test."""

    async def district(self, accounts: int | None = None) -> str:
        return "curbstop"


@pytest.mark.slow
async def test_lists_are_measured_beside_their_own_sql() -> None:
    with temporary_cluster() as cluster:
        await asyncio.to_thread(migrate, cluster.dsn)
        bench = SmallBench(cluster, Settings(), 120, 1, lambda message: None)
        async with bench.opened(cluster.dsn) as database, database.write(SYSTEM) as uow:
            district = draw_district(7, 120, date(2026, 11, 23))
            await load_district(uow.sql, district, lambda message: None)
        figures = {figure.name: figure for figure in await lists.measure(bench)}
    assert {"account_list", "account_search", "account_page"} <= figures.keys()
    for figure in figures.values():
        (ratio,) = figure.ratios
        assert figure.value > 0
        assert ratio.value > 1, "the app's time includes its SQL's"
        assert int(figure.details["answers"]) > 8
