"""`curbstop verify` as an operator runs it: exit code, and the first bad row by name."""

import asyncio
import os
import subprocess
import sys

import asyncpg
from tests.factories.accounts import an_account

from curbstop.kernel.ids import uuid7
from curbstop.ledger.adjustments.actions import request_adjustment
from curbstop.ledger.adjustments.models import AdjustmentRequest
from curbstop.ledger.seals import actions


def run_verify(url, *options):
    done = subprocess.run(
        [sys.executable, "-m", "curbstop.cli", "verify", *options],
        env={**os.environ, "CURBSTOP_DATABASE_URL": url, "PYTHONPATH": "api"},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


async def test_it_exits_0_on_honest_books_and_1_on_forged_ones(fresh_database, cluster, actor):
    async with fresh_database.write(actor) as uow:
        account = await an_account(uow)
        fee = AdjustmentRequest(
            id=uuid7(),
            account_id=account.id,
            type_code="fee",
            amount_cents=10_00,
            note="Meter test at the customer's request",
        )
        await request_adjustment(uow, fee)
        head = await actions.seal(uow)
    url = fresh_database.url
    code, said = await asyncio.to_thread(run_verify, url, "--head", str(head))
    assert code == 0, said
    assert f"head  {head}" in said

    code, said = await asyncio.to_thread(run_verify, url, "--head", f"{head.number}:{'0' * 64}")
    assert (code, "first bad row: seal 1" in said) == (1, True), said

    name = url.split("?", 1)[0].rsplit("/", 1)[-1]
    forger = await asyncpg.connect(cluster.url(name, "postgres"))
    await forger.execute("SET session_replication_role = replica")
    await forger.execute("UPDATE account_balances SET balance_cents = 999")
    await forger.close()
    code, said = await asyncio.to_thread(run_verify, url)
    assert code == 1
    expected = (
        f"first bad row: account {account.number}: journal 1000, open items 1000, balance 999"
    )
    assert expected in said

    code, said = await asyncio.to_thread(run_verify, url, "--head", "nonsense")
    assert (code, "NUMBER:SHA256" in said) == (1, True)
