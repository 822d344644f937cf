"""Statements of posted bills: exact reprints, batches that reconcile with the register."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from curbstop.billing.runs.models import RunState
from curbstop.billing.statements.batch import PrintDoesNotReconcile, Register, reconciled
from curbstop.documents.statements import PrintFile
from curbstop.identity.permissions import Role
from tests.billing.running import Office
from tests.factories.billing import a_district, named_id
from tests.factories.ledger import a_payment_entry


@pytest.fixture
async def office(uow, as_actor, run_jobs):
    district = await a_district(uow.sql, 8)
    await uow.session.commit()
    clerk, chief = as_actor(Role.TECHNICIAN), as_actor(Role.SUPERVISOR)
    office = Office(district, clerk, chief, run_jobs, uow.sql)
    office.may = await office.calculated((await office.prepared(district.may_id))["id"])
    return office


async def bill_id(office, run, number: int) -> str:
    query = {"run_id": run["id"], "account_id": str(named_id("account", number))}
    return (await office.clerk.get("/bills", params=query)).json()["items"][0]["id"]


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


async def test_a_draft_has_no_statement(office):
    refused = await office.clerk.get(f"/bills/{await bill_id(office, office.may, 1)}/statement.pdf")
    assert refused.json()["type"] == "/problems/bill-not-posted"


async def test_a_reprint_is_the_same_to_the_byte_whatever_changed_since(office):
    await office.posted(office.may["id"])
    bill = await bill_id(office, office.may, 1)
    first = await office.clerk.get(f"/bills/{bill}/statement.pdf")
    assert first.headers["content-type"] == "application/pdf"
    assert "Person 1" in text_of(first.content)
    await office.sql.execute(
        "UPDATE accounts SET mail_name = 'Somebody Else' WHERE id = $1", named_id("account", 1)
    )
    again = await office.clerk.get(f"/bills/{bill}/statement.pdf")
    assert again.content == first.content
    prints = (await office.clerk.get("/statement-prints", params={"bill_id": bill})).json()
    assert prints["total"] == 2
    kept = await office.sql.fetchval("SELECT snapshot FROM statements WHERE bill_id = $1", bill)
    async with office.refused():
        await office.sql.execute(
            "UPDATE statements SET snapshot = $2 WHERE bill_id = $1", bill, kept + b" "
        )


async def test_customers_get_their_language_and_staff_may_choose(office):
    await office.posted(office.may["id"])
    bill = await bill_id(office, office.may, 5)  # every fifth customer reads Spanish
    own = await office.clerk.get(f"/bills/{bill}/statement.html")
    assert 'lang="es"' in own.text
    assert "Cargo por servicio" in own.text
    english = await office.clerk.get(f"/bills/{bill}/statement.html", params={"language": "en"})
    assert "Service charge" in english.text
    for language, words in (("en", "Service charge"), ("es", "Cargo por servicio")):
        paper = await office.clerk.get(
            f"/bills/{bill}/statement.pdf", params={"language": language}
        )
        assert paper.status_code == 200
        assert words in text_of(paper.content)
        assert f"-{language}.pdf" in paper.headers["content-disposition"]


async def test_the_statement_carries_balance_payment_and_history(office, uow):
    await office.posted(office.may["id"])
    account = named_id("account", 2)
    may = await bill_id(office, office.may, 2)
    owed = await office.sql.fetchval(
        "SELECT total_due_cents FROM statements WHERE bill_id = $1", may
    )
    await a_payment_entry(uow, account, owed - 10_00)
    await uow.session.commit()
    june = await office.calculated((await office.prepared(office.district.june_id))["id"])
    await office.posted(june["id"])
    row = await office.sql.fetchrow(
        "SELECT * FROM statements WHERE bill_id = $1", await bill_id(office, june, 2)
    )
    assert row["previous_cents"] == owed
    assert row["payments_cents"] == -(owed - 10_00)
    assert row["adjustments_cents"] == 0
    assert row["total_due_cents"] == 10_00 + row["current_cents"]
    page = (await office.clerk.get(f"/bills/{row['bill_id']}/statement.html?language=en")).text
    assert "$10.00" in page


async def test_a_batch_prints_everyone_once_in_mail_order_and_reconciles(office):
    run_id = office.may["id"]
    assert (await office.clerk.post(f"/bill-runs/{run_id}/statements")).status_code == 409
    await office.posted(run_id)
    accepted = await office.clerk.post(f"/bill-runs/{run_id}/statements")
    await office.run_jobs()
    job = (await office.clerk.get(f"/jobs/{accepted.json()['job_id']}")).json()
    assert job["state"] == "done", job["error"]
    due = await office.sql.fetchval("SELECT sum(total_due_cents) FROM statements")
    assert job["result"]["printed"] == job["result"]["register"] == 8
    assert job["result"]["printed_cents"] == job["result"]["register_cents"] == due
    content = await office.sql.fetchval(
        "SELECT content FROM stored_files WHERE id = $1", job["result"]["file_id"]
    )
    pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    assert len(pages) == job["result"]["pages"]
    order = [next(n for n in range(8) if f"Person {n}" in page) for page in pages]
    assert order == list(range(8))  # their ZIP codes ascend with their numbers
    log = (await office.clerk.get("/statement-prints", params={"run_id": run_id})).json()["items"]
    assert [entry["file_id"] for entry in log] == [job["result"]["file_id"]]


def test_a_file_that_is_short_of_one_statement_is_refused():
    assert reconciled(PrintFile(8, 8, 900), Register(8, 900))["register"] == 8
    with pytest.raises(PrintDoesNotReconcile, match="register has 8"):
        reconciled(PrintFile(7, 7, 900), Register(8, 900))
    with pytest.raises(PrintDoesNotReconcile):
        reconciled(PrintFile(8, 8, 899), Register(8, 900))


async def test_a_reversed_run_is_not_printed(office):
    await office.posted(office.may["id"])
    await office.chief.post(
        f"/bill-runs/{office.may['id']}/reverse", json={"reason": "wrong reads imported"}
    )
    await office.run_jobs()
    run = (await office.clerk.get(f"/bill-runs/{office.may['id']}")).json()
    assert run["state"] == RunState.REVERSED
    refused = await office.clerk.post(f"/bill-runs/{run['id']}/statements")
    assert refused.json()["type"] == "/problems/wrong-state"
