"""Who a run must bill and what would stop it, before anything is calculated."""

from collections import defaultdict
from uuid import UUID

from curbstop.billing.runs.calculate import load_rates
from curbstop.billing.runs.expected import expected_accounts
from curbstop.billing.runs.inputs import load_accounts, load_terms
from curbstop.billing.runs.periods import billable
from curbstop.billing.runs.queries import run_row
from curbstop.billing.runs.schemas import PreListOut, PreListRow
from curbstop.billing.runs.values import Trouble
from curbstop.platform.db import Sql

BATCH = 2_500
SHOWN = 500


async def pre_list(sql: Sql, run_id: UUID) -> PreListOut:
    """Expected accounts with what is missing: a read, a decision, a tariff. Prices nothing.

    Raises RunNotFound.
    """
    run = await run_row(sql, run_id)
    terms = await load_terms(sql, run_id)
    assert terms is not None
    expected = await expected_accounts(sql, run)
    rates = await load_rates(sql, terms)
    missing: defaultdict[UUID, list[str]] = defaultdict(list)
    for start in range(0, len(expected), BATCH):
        batch = expected[start : start + BATCH]
        for account in await load_accounts(sql, terms, rates, batch):
            for agreement in account.agreements:
                found = billable(terms, rates, account.account_id, agreement)
                if isinstance(found, Trouble):
                    missing[account.account_id].append(found.reason)
    shown = list(missing)[:SHOWN]
    names = await sql.fetch(
        "SELECT account_id, number, customer_name FROM account_summaries"
        " WHERE account_id = ANY($1) ORDER BY number",
        shown,
    )
    return PreListOut(
        expected=len(expected),
        ready=len(expected) - len(missing),
        items=[
            PreListRow(
                account_id=row["account_id"],
                account_number=row["number"],
                customer_name=row["customer_name"],
                missing=missing[row["account_id"]],
            )
            for row in names
        ],
    )
