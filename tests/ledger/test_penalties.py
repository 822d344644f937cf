"""Late penalties: the statutes' examples to the cent, ceilings, and runs that resume."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.factories.accounts import an_account
from tests.factories.ledger import a_bill, a_payment_entry, balance_of
from tests.factories.policies import a_policy

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.ledger.journal.actions import reverse_entry
from curbstop.ledger.penalties import actions, calculate
from curbstop.ledger.penalties.calculate import Ceilings, DelinquentBill, penalties_due
from curbstop.ledger.penalties.models import PenaltyKind
from curbstop.ledger.penalties.schemas import PenaltyRunIn
from curbstop.ledger.seals.verify import first_finding, verify
from curbstop.policies.district import LateTerms

DUE = date(2026, 1, 31)
CSD = LateTerms(Decimal(10), Decimal(1), True, 0, 0, None, 0, "Gov. Code 61115")
BOND = LateTerms(Decimal(10), Decimal("0.5"), True, 0, 0, None, 0, "Gov. Code 54348")


def a_delinquent(cents=100_00, basic=0, charged=()):
    return DelinquentBill(uuid7(), uuid7(), DUE, cents, basic, frozenset(charged))


def owed_after(terms, months):
    """What $100 has grown to after so many months, charged month by month."""
    bill = a_delinquent()
    total = bill.charge_cents
    for month in range(months + 1):
        year, index = divmod(1 + month, 12)
        on = date(2026 + year, index + 1, 1)
        for due in penalties_due(terms, bill, on):
            total += due.cents
            basic = bill.basic_cents + (due.cents if due.kind is PenaltyKind.BASIC else 0)
            charged = bill.charged | {(due.kind, due.month)}
            bill = bill._replace(basic_cents=basic, charged=charged)
    return total


@pytest.mark.parametrize(
    ("terms", "months", "cents"),
    [
        (CSD, 0, 110_00),
        (CSD, 1, 111_10),
        (CSD, 2, 112_20),
        (CSD, 12, 123_20),
        (BOND, 0, 110_00),
        (BOND, 1, 110_55),
        (BOND, 12, 116_60),
    ],
)
def test_the_statutes_examples(terms, months, cents):
    assert owed_after(terms, months) == cents


def test_charging_late_comes_to_the_same():
    at_once = penalties_due(CSD, a_delinquent(), date(2027, 2, 1))
    assert 100_00 + sum(due.cents for due in at_once) == 123_20
    assert [due.month for due in at_once] == list(range(13))


@pytest.mark.parametrize(
    ("on", "months"),
    [
        (date(2026, 1, 31), -1),
        (date(2026, 2, 1), 0),
        (date(2026, 2, 28), 0),
        (date(2026, 3, 1), 1),
        (date(2027, 1, 31), 11),
    ],
)
def test_the_due_day_itself_is_not_late(on, months):
    assert calculate.months_delinquent(CSD, DUE, on) == months


def test_grace_minimum_maximum_and_small_balances():
    """Padre Dam: 10 %, at least $3, at most $30."""
    padre = LateTerms(Decimal(10), Decimal(0), False, 15, 3_00, 30_00, 5_00, "")
    assert penalties_due(padre, a_delinquent(), date(2026, 2, 15)) == []
    on = date(2026, 2, 16)
    charged = {
        cents: [due.cents for due in penalties_due(padre, a_delinquent(cents), on)]
        for cents in (5_00, 5_01, 100_00, 1000_00)
    }
    assert charged == {5_00: [], 5_01: [3_00], 100_00: [10_00], 1000_00: [30_00]}


def test_warnings_above_the_ceiling():
    allowed = Ceilings(Decimal(10), Decimal("0.5"), "Gov. Code 54348")
    assert calculate.ceiling_warnings(BOND, allowed) == []
    assert calculate.ceiling_warnings(CSD, allowed) == [
        "the recurring penalty a month of 1 % is above the ceiling of 0.5 % (Gov. Code 54348)"
    ]
    lifted = LateTerms(Decimal(10), Decimal(0), False, 0, 3_00, None, 0, "")
    due = penalties_due(lifted, a_delinquent(10_00), date(2026, 3, 1))
    (warning,) = calculate.ceiling_warnings(lifted, allowed, due)
    assert "lifts 1 basic penalties above 10 %" in warning


@pytest.fixture
async def late(uow):
    """One account two months late, one a day late, one that has paid, one not due."""
    accounts = {name: (await an_account(uow)).id for name in ("old", "new", "paid", "current")}
    await a_bill(uow, accounts["old"], date(2026, 5, 10), water=80_00, sewer=20_00)
    await a_bill(uow, accounts["new"], date(2026, 7, 14), water=50_00)
    await a_bill(uow, accounts["paid"], date(2026, 5, 10), water=50_00)
    await a_payment_entry(uow, accounts["paid"], 50_00)
    await a_bill(uow, accounts["current"], date(2026, 7, 15), water=50_00)
    return accounts


def run(**fields):
    return {"id": str(uuid7()), "as_of_on": "2026-07-15"} | fields


async def test_a_run_charges_what_its_preview_says_and_only_once(as_actor, late, uow, run_jobs):
    clerk = as_actor(Role.SUPERVISOR)
    seen = (await clerk.get("/penalty-runs/preview")).json()
    assert (seen["accounts"], seen["charge_count"]) == (2, 4)
    assert {(line["kind"], line["month"]) for line in seen["lines"]} == {
        ("basic", 0),
        ("recurring", 1),
        ("recurring", 2),
    }
    request = run()
    started = await clerk.post("/penalty-runs", json=request)
    assert (started.status_code, started.json()["state"]) == (202, "queued"), started.text
    assert await run_jobs() == ["ledger.post_penalties"]
    done = (await clerk.get(f"/penalty-runs/{request['id']}")).json()
    assert (done["state"], done["charge_count"]) == ("posted", 4)
    assert done["cents"] == seen["cents"]
    balances = [await balance_of(uow, late[name]) for name in ("old", "new", "paid", "current")]
    assert balances[1:] == [55_00, 0, 50_00]
    assert balances[0] + balances[1] - 150_00 == seen["cents"]

    assert (await clerk.post("/penalty-runs", json=request)).json()["state"] == "posted"
    await clerk.post("/penalty-runs", json=run())
    await run_jobs()
    assert [await balance_of(uow, late[name]) for name in ("old", "new")] == balances[:2]
    assert first_finding(await verify(uow.sql)) is None


async def test_a_payment_between_preview_and_job_counts(as_actor, late, uow, run_jobs):
    clerk = as_actor(Role.SUPERVISOR)
    request = run()
    await clerk.post("/penalty-runs", json=request)
    await a_payment_entry(uow, late["new"], 50_00)
    await run_jobs()
    assert await balance_of(uow, late["new"]) == 0


async def test_a_run_charges_by_the_terms_that_it_recorded(uow, late):
    """What is approved between the start and the job was shown to nobody who started it."""
    started = await actions.start_run(uow, PenaltyRunIn(id=uuid7(), as_of_on=uow.today))
    await a_policy(uow, "late.basic_percent", "5", from_on=date(2026, 1, 1), decided_by="Board")
    assert await actions.post_accounts(uow, started.id, [late["new"]]) == 1
    assert await balance_of(uow, late["new"]) == 55_00


async def test_a_killed_job_resumes_without_charging_twice(uow, late):
    started = await actions.start_run(uow, PenaltyRunIn(id=uuid7(), as_of_on=uow.today))
    assert await actions.post_accounts(uow, started.id, [late["old"]]) == 3
    assert await actions.post_accounts(uow, started.id, sorted(late.values())) == 1
    assert (await actions.finish_run(uow, started.id)).charge_count == 4


async def test_a_bill_whose_payment_came_back_is_late_from_its_own_due_date(uow):
    account = await an_account(uow)
    await a_bill(uow, account.id, date(2026, 5, 10), water=120_00)
    payment = await a_payment_entry(uow, account.id, 120_00)
    await reverse_entry(uow, payment.id, "payment_reversal", uuid7(), "NSF")
    started = await actions.start_run(uow, PenaltyRunIn(id=uuid7(), as_of_on=uow.today))
    assert await actions.post_accounts(uow, started.id, [account.id]) == 3


async def test_above_the_ceiling_a_run_must_be_acknowledged(as_actor, late, uow, db):
    clerk = as_actor(Role.SUPERVISOR)
    await a_policy(
        uow,
        "late.basic_percent",
        "12",
        from_on=date(2026, 1, 1),
        decided_by="Board",
        reason="Adopted before counsel's advice",
        acknowledge_warning=True,
    )
    refused = await clerk.post("/penalty-runs", json=run())
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/penalty-above-ceiling")
    assert "12 % is above the ceiling of 10 %" in refused.json()["detail"]
    accepted = await clerk.post("/penalty-runs", json=run(acknowledge_warnings=True))
    assert accepted.status_code == 202
    assert "above the ceiling" in accepted.json()["policy"]["warnings"][0]


async def test_a_run_does_not_look_beyond_today(as_actor, db):
    db.now = datetime(2026, 7, 15, 6, 30, tzinfo=UTC)  # still the 14th at the district
    refused = await as_actor(Role.SUPERVISOR).post("/penalty-runs", json=run())
    assert refused.json()["type"] == "/problems/penalty-run-in-future"
