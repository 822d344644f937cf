"""Payoffs: the balance and an estimate of the unbilled days, and the letter that says both."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from curbstop.identity.permissions import Role
from curbstop.kernel.ids import uuid7
from tests.billing.running import Office
from tests.factories.accounts import an_agreement
from tests.factories.billing import a_district, named_id

ACCOUNT = named_id("account", 1)
URL = f"/accounts/{ACCOUNT}"

# May of account 1 by hand: 22 HCF at 10 × 3.00, 10 × 4.25, 2 × 5.50, 22 × 0.45 pumping, and the
# service charge; sewer is flat. 31 days, and 50 unbilled ones from 1 June through 20 July.
WATER_MAY, SEWER_MAY = 28_00 + 30_00 + 42_50 + 11_00 + 9_90, 40_00
WATER, SEWER = 195_81, 64_52


@pytest.fixture
async def office(uow, as_actor, run_jobs):
    district = await a_district(uow.sql, 3)
    await uow.session.commit()
    clerk, chief = as_actor(Role.TECHNICIAN, name="Maria Delgado"), as_actor(Role.SUPERVISOR)
    office = Office(district, clerk, chief, run_jobs, uow.sql)
    run = await office.calculated((await office.prepared(district.may_id))["id"])
    await office.posted(run["id"])
    return office


async def payoff(office, day="2026-07-20", account=ACCOUNT) -> dict:
    params = {"good_through_on": day}
    answer = await office.clerk.get(f"/accounts/{account}/payoff", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_unbilled_days_cost_what_a_day_of_the_last_bill_did(office):
    found = await payoff(office)
    assert found["balance_cents"] == WATER_MAY + SEWER_MAY
    parts = {part["service"]: part for part in found["unbilled"]}
    assert (parts["water"]["bill_cents"], parts["sewer"]["bill_cents"]) == (WATER_MAY, SEWER_MAY)
    for part in parts.values():
        assert (part["from_on"], part["to_on"], part["days"]) == ("2026-06-01", "2026-07-21", 50)
    assert (parts["water"]["estimate_cents"], parts["sewer"]["estimate_cents"]) == (WATER, SEWER)
    assert found["total_cents"] == WATER_MAY + SEWER_MAY + WATER + SEWER


async def test_a_service_that_ended_is_estimated_to_its_end(office):
    await office.sql.execute(
        "UPDATE agreements SET to_on = '2026-06-11' WHERE account_id = $1", ACCOUNT
    )
    assert {part["days"] for part in (await payoff(office))["unbilled"]} == {10}
    await office.sql.execute(
        "UPDATE agreements SET to_on = '2026-06-01' WHERE account_id = $1", ACCOUNT
    )
    settled = await payoff(office)
    assert (settled["unbilled"], settled["total_cents"]) == ([], WATER_MAY + SEWER_MAY)


async def test_a_service_without_a_bill_is_not_guessed_at(office, uow):
    agreement = await an_agreement(uow)
    await uow.session.commit()
    found = await payoff(office, account=agreement.account_id)
    (part,) = found["unbilled"]
    assert (part["estimate_cents"], found["total_cents"]) == (None, 0)


async def test_a_reversed_bill_is_unbilled_again(office):
    run = (await office.clerk.get("/bill-runs")).json()["items"][0]
    body = {"reason": "wrong reads in May"}
    assert (await office.chief.post(f"/bill-runs/{run['id']}/reverse", json=body)).is_success
    await office.run_jobs()
    assert (await office.clerk.get(f"/bill-runs/{run['id']}")).json()["state"] == "reversed"
    found = await payoff(office)
    unbilled = {(part["from_on"], part["bill_cents"]) for part in found["unbilled"]}
    assert unbilled == {("2026-05-01", None)}
    assert found["balance_cents"] == 0


@pytest.mark.parametrize("day", ["2026-07-14", "2026-09-14"])
async def test_no_figure_holds_for_the_past_or_for_ever(office, day):
    answer = await office.clerk.get(f"{URL}/payoff", params={"good_through_on": day})
    assert answer.json()["errors"][0]["pointer"] == "/good_through_on"


def text_of(pdf: bytes) -> str:
    pages = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(pages.split())


async def written(office, **changes) -> tuple[dict, str]:
    body = {"id": str(uuid7()), "good_through_on": "2026-07-20"} | changes
    answer = await office.clerk.post(f"{URL}/payoff-letters", json=body)
    assert answer.status_code == 201, answer.text
    pdf = (await office.clerk.get(f"/files/{body['id']}")).content
    return answer.json(), text_of(pdf)


async def test_the_letter_says_the_figures_and_what_they_are_not(office):
    paper, text = await written(office)
    assert (paper["kind"], paper["filed_by_name"]) == ("letter", "Maria Delgado")
    assert paper["title"] == "Payoff letter: $421.73 through Jul 20, 2026"
    for words in ("Person 1", "$161.40", "$195.81", "$64.52", "$421.73", "Jul 20, 2026"):
        assert words in text
    for words in ("estimates", "does not release a lien", "later tenant", "Maria Delgado"):
        assert words in text
    timeline = (await office.clerk.get(f"{URL}/timeline", params={"kind": "letter"})).json()
    assert [row["title"] for row in timeline["items"]] == [paper["title"]]


async def test_a_letter_of_a_credit_asks_for_nothing(office):
    payment = {"id": str(uuid7()), "account_id": str(ACCOUNT), "cents": 1000_00, "tender": "cash"}
    paid = await office.clerk.post("/payments", json=payment | {"received_on": "2026-07-15"})
    assert paid.status_code == 201, paid.text
    _, text = await written(office)
    assert "takes no payment through Jul 20, 2026: its credit will be $578.27" in text
    assert "To pay account" not in text


async def test_a_spanish_letter_to_whoever_asked(office):
    _, text = await written(office, language="es", recipient=["Valley Title Co.", "PO Box 4"])
    assert "Estado de liquidación" in text
    assert "Valley Title Co." in text
    assert "inquilino posterior" in text
    assert "Person 1" not in text


async def test_writing_it_again_is_the_letter_that_stands(office):
    body = {"id": str(uuid7()), "good_through_on": "2026-07-20"}
    first = await office.clerk.post(f"{URL}/payoff-letters", json=body)
    payment = {"id": str(uuid7()), "account_id": str(ACCOUNT), "cents": 100, "tender": "cash"}
    await office.clerk.post("/payments", json=payment | {"received_on": "2026-07-15"})
    again = await office.clerk.post(f"{URL}/payoff-letters", json=body)
    assert (again.status_code, again.json()) == (201, first.json())
    other = f"/accounts/{named_id('account', 2)}/payoff-letters"
    refused = await office.clerk.post(other, json=body)
    assert refused.json()["type"] == "/problems/idempotency-conflict"


async def test_a_cashier_sees_the_figure_and_writes_no_letter(office, as_actor):
    cashier = as_actor(Role.CASHIER)
    params = {"good_through_on": "2026-07-20"}
    assert (await cashier.get(f"{URL}/payoff", params=params)).status_code == 200
    body = {"id": str(uuid7())} | params
    assert (await cashier.post(f"{URL}/payoff-letters", json=body)).status_code == 403
