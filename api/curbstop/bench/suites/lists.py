"""Lists and search as eight people use them at once, beside the same SQL by asyncpg alone."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

import asyncpg

from curbstop.bench.bench import Bench
from curbstop.bench.figures import Figure, Ratio, Target, at_most
from curbstop.bench.http_load import Ask, Load, load
from curbstop.bench.office import Office, served
from curbstop.bench.replay import record, replay

CLIENTS = 8
KINDS = 100
SEED = 2026
WITHIN = at_most(50)


@dataclass(frozen=True)
class Sample:
    """An account of the district, to ask for."""

    id: str
    number: str
    name: str
    address: str


async def measure(bench: Bench) -> list[Figure]:
    """The 95th percentile of each list, of the account page and of the search box."""
    url = await bench.copy(await bench.district(), "lists")
    connection = await asyncpg.connect(url)
    try:
        # What autovacuum does to a district within its first minutes.
        await connection.execute("VACUUM (ANALYZE)")
        samples = await _samples(connection)
        total = await connection.fetchval("SELECT count(*) FROM accounts")
    finally:
        await connection.close()
    chance = random.Random(SEED)  # noqa: S311 - the same requests in every run
    async with served(bench, url) as office:
        return [
            await measure_kind(bench, url, office, name, what, paths)
            for name, what, paths in _kinds(samples, total, chance)
        ]


def _kinds(
    samples: Sequence[Sample], total: int, chance: random.Random
) -> list[tuple[str, str, list[str]]]:
    """Name, description and requests of each kind."""
    sorts = ("number", "-number", "customer_name", "service_address")
    pages = [
        f"/api/v1/accounts?limit=50&offset={chance.randrange(0, max(1, total - 50))}"
        f"&sort={chance.choice(sorts)}"
        for _ in samples
    ]
    return [
        ("account_list", "50 accounts at any depth, in four orders, with the total", pages),
        (
            "account_search",
            "50 accounts by a scrap of name, address or number, with the total",
            [f"/api/v1/accounts?limit=50&q={quote(_scrap(s, chance))}" for s in samples],
        ),
        ("account_page", "all of one account", [f"/api/v1/accounts/{s.id}" for s in samples]),
    ]


def _scrap(sample: Sample, chance: random.Random) -> str:
    return chance.choice(
        (sample.number, sample.name.split()[-1], sample.name[:4], sample.address[:9])
    )


async def _samples(connection: asyncpg.Connection) -> list[Sample]:
    rows = await connection.fetch(
        "SELECT account_id::text AS id, number, customer_name, service_address"
        " FROM account_summaries ORDER BY md5(number) LIMIT $1",
        KINDS,
    )
    if not rows:
        raise RuntimeError("the district has no accounts")
    return [
        Sample(r["id"], r["number"], r["customer_name"], r["service_address"] or "") for r in rows
    ]


async def measure_kind(
    bench: Bench,
    url: str,
    office: Office,
    name: str,
    what: str,
    paths: list[str],
    target: Target = WITHIN,
) -> Figure:
    """The 95th percentile of GETs asked in turn by all clients, beside their own SQL alone."""
    statements = [await record(bench, url, office.token, path) for path in paths]
    alone = await replay(url, statements, CLIENTS, bench.seconds)
    through = await load(
        *(office.address, office.token, lambda n: Ask(paths[n % len(paths)])),
        *(CLIENTS, bench.seconds),
    )
    through.refuse_other_than(200)
    ratio = Ratio(
        "the same SQL by asyncpg alone (p95)", through.took(0.95) / alone.took(0.95), at_most(2)
    )
    details = _details(through) | {"alone_p95_ms": round(alone.took(0.95), 2)}
    return Figure(
        *(name, through.took(0.95), "ms p95", f"{what}; {CLIENTS} clients, one server process"),
        *(target, [ratio], details),
    )


def _details(measured: Load) -> dict[str, float | int | str]:
    return {
        "per_second": round(measured.rate, 1),
        "p50_ms": round(measured.took(0.5), 2),
        "p99_ms": round(measured.took(0.99), 2),
        "answers": len(measured.milliseconds),
    }
