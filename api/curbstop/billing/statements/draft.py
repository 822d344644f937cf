"""The statement that a bill would make if it were posted now. Nothing of it stays."""

from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from curbstop.billing.bills.problems import BillNotFound, BillPosted
from curbstop.billing.statements.assemble import statement_data
from curbstop.billing.statements.balances import add_statements
from curbstop.billing.statements.gather import statement_facts
from curbstop.documents.statements import StatementData
from curbstop.platform.uow import Uow

_DRAFT = {
    "en": "Draft: this bill is not posted. Do not send it.",
    "es": "Borrador: esta factura no está registrada. No la envíe.",
}
_BILL = """
SELECT b.id, b.account_id, b.current_cents AS cents, c.state, a.language FROM bills b
JOIN run_chunks c ON c.run_id = b.run_id AND c.number = b.chunk
JOIN accounts a ON a.id = b.account_id WHERE b.id = $1
"""


class _Draft(NamedTuple):
    id: UUID
    account_id: UUID
    cents: int


async def draft_statement(
    uow: Uow, bill_id: UUID, language: str | None
) -> tuple[StatementData, str]:
    """What posting the bill now would print, and its language; it says that it is a draft.

    It runs what posting runs and takes it back, so the two cannot differ. Raises BillNotFound,
    BillPosted.
    """
    row = await uow.sql.fetchrow(_BILL, bill_id)
    if row is None:
        raise BillNotFound(str(bill_id))
    if row["state"] not in ("pending", "calculated"):
        raise BillPosted
    spoken = str(language or row["language"])
    await uow.sql.execute("SAVEPOINT draft_statement")
    await add_statements(uow, [_Draft(bill_id, row["account_id"], row["cents"])])
    facts = (await statement_facts(uow.sql, [bill_id]))[bill_id]
    await uow.sql.execute("ROLLBACK TO SAVEPOINT draft_statement")
    data = statement_data(facts, spoken)
    return replace(data, messages=(_DRAFT.get(spoken, _DRAFT["en"]), *data.messages)), spoken
