"""The whole demo, as a newcomer gets it: two years of work, and books that prove themselves."""

from datetime import date

import pytest

from curbstop import wiring
from curbstop.demo.make import DatabaseNotEmpty, make_demo, waiting_file
from curbstop.demo.staff import PASSWORD, draw_staff
from curbstop.identity.permissions import Role
from curbstop.identity.sign_in import sign_in
from curbstop.ledger.seals.verify import first_finding, verify
from curbstop.platform.uow import SYSTEM

TODAY = date(2026, 11, 23)
FACTS = """
SELECT (SELECT count(*) FROM bill_runs WHERE state = 'posted') AS runs,
  (SELECT count(*) FROM bills) AS bills, (SELECT count(*) FROM payments) AS payments,
  (SELECT count(*) FROM penalty_charges) AS penalties,
  (SELECT count(*) FROM read_reviews WHERE state = 'open') AS waiting,
  (SELECT count(*) FROM account_balances WHERE balance_cents > 0) AS owing
"""


@pytest.mark.slow
async def test_the_demo_is_a_district_at_work(fresh_database):
    district = await make_demo(fresh_database, 200, TODAY, lambda line: None)
    async with fresh_database.read(SYSTEM) as reader:
        facts = await reader.sql.fetchrow(FACTS)
        proof = await verify(reader.sql, wiring.LEDGER_CHECKS)
    assert facts["runs"] > 90
    assert facts["bills"] > 4_000
    assert min(facts["payments"], facts["penalties"], facts["waiting"], facts["owing"]) > 0
    assert first_finding(proof) is None
    assert waiting_file(district)[1].startswith(b"meter,register")
    supervisor = draw_staff(7)[Role.SUPERVISOR]
    assert await sign_in(fresh_database, "127.0.0.1", supervisor.email, PASSWORD)
    with pytest.raises(DatabaseNotEmpty):
        await make_demo(fresh_database, 200, TODAY, lambda line: None)
