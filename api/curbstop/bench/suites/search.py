"""The search box as eight people use it at once, with every kind of scrap that the office knows."""

import random
from urllib.parse import quote

import asyncpg

from curbstop.bench.bench import Bench
from curbstop.bench.figures import Figure, at_most
from curbstop.bench.office import served
from curbstop.bench.suites.lists import SEED, measure_kind

EACH = 12
WITHIN = at_most(100)
# What is looked for → one column of scraps, drawn evenly over the whole district.
SCRAPS = {
    "account number": "SELECT number FROM account_summaries ORDER BY md5(number)",
    "its digits": "SELECT replace(number, '-', '') FROM account_summaries ORDER BY md5(number)",
    "part of it": "SELECT left(number, 7) FROM account_summaries ORDER BY md5(number)",
    "name": "SELECT customer_name FROM account_summaries ORDER BY md5(number)",
    "start of a name": "SELECT left(customer_name, 4) FROM account_summaries ORDER BY md5(number)",
    "former occupant": "SELECT customer_name FROM account_summaries WHERE status = 'closed'"
    " ORDER BY md5(number)",
    "address": "SELECT service_address FROM account_summaries ORDER BY md5(number)",
    "telephone": "SELECT phone_raw FROM customers WHERE phone_raw <> '' ORDER BY md5(id::text)",
    "e-mail": "SELECT email FROM customers WHERE email <> '' ORDER BY md5(id::text)",
    "APN": "SELECT apn FROM parcels ORDER BY md5(apn)",
    "meter": "SELECT serial FROM meters WHERE status = 'active' ORDER BY md5(serial)",
    "retired meter": "SELECT serial FROM meters WHERE status <> 'active' ORDER BY md5(serial)",
    "endpoint": "SELECT endpoint_serial FROM meters WHERE endpoint_serial <> ''"
    " ORDER BY md5(serial)",
    "check": "SELECT reference FROM payments WHERE tender = 'check' ORDER BY md5(id::text)",
    "bill": "SELECT number FROM bills ORDER BY md5(number)",
    "two digits": "SELECT left(service_address, 2) FROM account_summaries ORDER BY md5(number)",
}


async def measure(bench: Bench) -> list[Figure]:
    """The 95th percentile over a mix of scraps.

    Raises RuntimeError when the district has nothing to look for.
    """
    url = await bench.copy(await bench.district(), "search")
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("VACUUM (ANALYZE)")
        kinds = {name: await _scraps(connection, sql) for name, sql in SCRAPS.items()}
    finally:
        await connection.close()
    paths = [f"/api/v1/search?q={quote(scrap)}" for found in kinds.values() for scrap in found]
    if not paths:
        raise RuntimeError("the district has nothing to look for")
    random.Random(SEED).shuffle(paths)  # noqa: S311 - the same order in every run
    what = "any scrap: " + ", ".join(name for name, found in kinds.items() if found)
    async with served(bench, url) as office:
        return [
            await measure_kind(bench, url, office, "search_everywhere", what, paths, WITHIN),
        ]


async def _scraps(connection: asyncpg.Connection, sql: str) -> list[str]:
    rows = await connection.fetch(f"{sql} LIMIT {EACH}")
    return [row[0].strip() for row in rows if row[0] and row[0].strip()]
