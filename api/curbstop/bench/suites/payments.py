"""Payments over HTTP: allocation, journal, events and audit, each in a transaction of its own."""

import random
from datetime import date

import asyncpg
import orjson

from curbstop.bench.bench import Bench
from curbstop.bench.figures import Figure, Ratio, Target, at_least, at_most
from curbstop.bench.http_load import Ask, load
from curbstop.bench.office import served
from curbstop.bench.yardsticks import tpcb
from curbstop.kernel.dates import local_date
from curbstop.kernel.ids import uuid7
from curbstop.platform.database import utc_now

CLIENTS = 8
SEED = 2026
CENTS = 2_500
P99_MS = at_most(150)


async def measure(bench: Bench) -> list[Figure]:
    """Payments a second at eight clients, to accounts drawn over the whole district."""
    url = await bench.copy(await bench.district(), "payments")
    accounts = await _accounts(url)
    chance = random.Random(SEED)  # noqa: S311 - the same accounts in every run
    today = local_date(utc_now(), bench.settings.zone)

    def pay(_: int) -> Ask:
        return Ask("/api/v1/payments", "POST", _payment(chance.choice(accounts), today))

    async with served(bench, url) as office:
        await load(office.address, office.token, pay, CLIENTS, min(2, bench.seconds))
        measured = await load(office.address, office.token, pay, CLIENTS, bench.seconds)
    measured.refuse_other_than(201)
    ratio = Ratio("TPC-B's tps", measured.rate / bench.yardsticks[tpcb.NAME].value, at_least(0.08))
    details = {
        "p50_ms": round(measured.took(0.5), 1),
        "p95_ms": round(measured.took(0.95), 1),
        "payments": len(measured.milliseconds),
    }
    what = f"{CLIENTS} clients, one server process, after a warm-up"
    return [
        Figure("payment", measured.rate, "/s", what, at_least(200), [ratio], dict(details)),
        _slowest(measured.took(0.99), P99_MS),
    ]


def _slowest(p99: float, target: Target) -> Figure:
    return Figure(
        "payment_p99", p99, "ms p99", "the slowest hundredth of the same payments", target
    )


def _payment(account_id: str, today: date) -> bytes:
    return orjson.dumps(
        {
            "id": uuid7(),
            "account_id": account_id,
            "cents": CENTS,
            "tender": "check",
            "reference": "1042",
            "received_on": today,
        }
    )


async def _accounts(url: str) -> list[str]:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("ANALYZE")
        return [row[0] for row in await connection.fetch("SELECT id::text FROM accounts")]
    finally:
        await connection.close()
