"""The leak calculator: formula, caps, frequency, and arithmetic that can be checked by hand."""

from datetime import date
from decimal import Decimal

import pytest
from tests.factories.accounts import an_account

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from curbstop.ledger.adjustments.leak import LeakTerms, leak_credit
from curbstop.ledger.adjustments.schemas import LeakBill, PricedUse

TODAY = date(2026, 7, 15)
HALF = LeakTerms(Decimal(50), 1000_00, 60, 1, "same_season")


def bill(ordinary, *blocks, label="June 2026"):
    uses = [PricedUse(quantity=Decimal(q), price=Decimal(p)) for q, p in blocks]
    return LeakBill(label=label, blocks=uses, ordinary=Decimal(ordinary))


def test_half_of_the_excess_from_the_dearest_block_down():
    """20 over 12 ordinary: 11 at 9.52 and 1 at 3.96 lie above; (104.72 + 3.96) / 2 = 54.34."""
    claim = bill(12, (9, "3.47"), (4, "3.96"), (11, "9.52"))
    credit = leak_credit(HALF, "HCF", [claim], [], TODAY)
    assert credit.cents == 54_34
    assert credit.steps == (
        "June 2026: excess over 12 HCF (the same period last year) is 12 HCF:"
        " 11 × $9.52 + 1 × $3.96 = $108.68",
        "  50 % of it = $54.34",
        "Credit $54.34",
    )


def test_excess_at_the_base_rate():
    """Groveland: the excess is billed at the base price: 10 × (9.52 − 3.47) = 60.50."""
    claim = bill(10, (10, "3.47"), (10, "9.52"))
    credit = leak_credit(HALF, "HCF", [claim], [], TODAY, Decimal("3.47"))
    assert credit.cents == 60_50


def test_the_cap_cuts_and_says_so():
    claim = bill(0, (1000, "9.52"))
    credit = leak_credit(HALF, "HCF", [claim], [], TODAY)
    assert credit.cents == 1000_00
    assert "cut at the cap of $1,000.00" in credit.steps[-2]
    no_cap = LeakTerms(Decimal(50), 0, 60, 1, "same_season")
    assert leak_credit(no_cap, "HCF", [claim], [], TODAY).cents == 4760_00


def test_use_that_is_not_above_the_ordinary_draws_no_credit():
    credit = leak_credit(HALF, "HCF", [bill(20, (20, "3.47"))], [], TODAY)
    assert credit.cents == 0
    assert "not above 20 HCF" in credit.steps[0]


@pytest.mark.parametrize(
    ("earlier", "refused"),
    [(date(2021, 7, 15), False), (date(2021, 7, 16), True), (date(2026, 1, 1), True)],
)
def test_once_in_sixty_months_to_the_day(earlier, refused):
    credit = leak_credit(HALF, "HCF", [bill(1, (5, "2.00"))], [earlier], TODAY)
    assert bool(credit.refusals) is refused
    assert credit.cents == (0 if refused else 4_00)


def test_more_bills_than_policy_covers_are_refused():
    two = [bill(1, (5, "2.00"), label=month) for month in ("May", "June")]
    credit = leak_credit(HALF, "HCF", two, [], TODAY)
    assert credit.cents == 0
    assert credit.refusals == ("2 bills; policy covers 1 for one leak",)


async def test_over_http_the_accounts_own_history_decides(as_actor, uow):
    clerk, account = as_actor(Role.TECHNICIAN), await an_account(uow)
    claim = {
        "account_id": str(account.id),
        "bills": [
            {
                "label": "June",
                "ordinary": "10",
                "blocks": [{"quantity": "10", "price": "3"}, {"quantity": "20", "price": "5"}],
            }
        ],
    }
    first = (await clerk.post("/adjustments/leak-preview", json=claim)).json()
    assert (first["credit_cents"], first["amount_cents"], first["refusals"]) == (50_00, -50_00, [])
    adjustment = {
        "id": str(uuid7()),
        "account_id": str(account.id),
        "type_code": "leak",
        "amount_cents": first["amount_cents"],
        "note": "Leak repaired, invoice on file",
        "basis": "\n".join(first["steps"]),
    }
    assert (await clerk.post("/adjustments", json=adjustment)).json()["state"] == "posted"
    second = (await clerk.post("/adjustments/leak-preview", json=claim)).json()
    assert second["credit_cents"] == 0
    assert "one in 24 months, again from 2028-07-15" in second["refusals"][0]


def test_an_ordinary_use_that_the_office_judged_says_so():
    claim = bill(12, (24, "3.00")).model_copy(update={"ordinary_from": "as the office judges it"})
    credit = leak_credit(HALF, "HCF", [claim], [], TODAY)
    assert credit.steps[0].startswith("June 2026: excess over 12 HCF (as the office judges it) is")
