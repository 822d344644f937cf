"""Delinquent bills, what a run would charge, and past runs."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from curbstop.kernel.errors import NotFound
from curbstop.ledger.penalties.calculate import (
    Ceilings,
    DelinquentBill,
    PenaltyDue,
    ceiling_warnings,
    penalties_due,
)
from curbstop.ledger.penalties.models import PenaltyKind
from curbstop.ledger.penalties.schemas import PenaltyLine, PenaltyPreview, PenaltyRunOut
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec
from curbstop.platform.uow import Reader
from curbstop.policies.district import LateTerms, late_terms
from curbstop.policies.queries import values as policies_on
from curbstop.policies.registry import policy
from curbstop.policies.values import Policies

LINES_SHOWN = 200
RUNS = ListSpec(
    row=PenaltyRunOut,
    source="penalty_runs",
    columns={name: name for name in PenaltyRunOut.model_fields},
    sort="-created_at",
    tiebreak="id",
    filters={"state": "state = {}"},
)

# Bills of accounts that owe anything, with what is open of the charges and of the basic penalty.
# OFFSET 0 keeps the sums of item_balances per account, not over everybody's history.
_DELINQUENT = """
WITH owing AS (
  SELECT account_id FROM account_balances WHERE balance_cents > 0
     AND ($2::uuid[] IS NULL OR account_id = ANY($2))),
bills AS (
  SELECT b.account_id, b.entry_id, min(b.due_on) AS due_on, sum(b.open_cents)::bigint AS cents
    FROM owing o CROSS JOIN LATERAL (SELECT * FROM public.item_balances i
      WHERE i.account_id = o.account_id AND i.kind = 'charge' AND i.open_cents > 0
      OFFSET 0) b
   GROUP BY b.account_id, b.entry_id HAVING min(b.due_on) < $1)
SELECT b.account_id, b.entry_id, b.due_on, b.cents,
  COALESCE((SELECT sum(i.open_cents) FROM penalty_charges p JOIN public.item_balances i
      ON i.account_id = p.account_id AND i.id = p.item_id
    WHERE i.account_id = b.account_id AND p.bill_entry_id = b.entry_id AND p.kind = 'basic'
    ), 0)::bigint AS basic,
  ARRAY(SELECT p.kind || ':' || p.month FROM penalty_charges p
    WHERE p.bill_entry_id = b.entry_id) AS charged
FROM bills b ORDER BY b.account_id, b.due_on, b.entry_id
"""


class PenaltyRunNotFound(NotFound):
    title = "No such penalty run"


def ceilings(policies: Policies) -> Ceilings:
    """What the district's regime allows."""
    basic = policies.limits(policy("late.basic_percent"))
    recurring = policies.limits(policy("late.recurring_percent"))
    return Ceilings(basic.ceiling, recurring.ceiling, basic.citation)


def _was_charged(text: str) -> tuple[PenaltyKind, int]:
    kind, _, month = text.partition(":")
    return PenaltyKind(kind), int(month)


async def delinquent_bills(
    sql: Sql, as_of_on: date, account_ids: Sequence[UUID] | None = None
) -> list[DelinquentBill]:
    """Bills with an open charge that was due before a day, of these accounts or all."""
    rows = await sql.fetch(_DELINQUENT, as_of_on, account_ids)
    return [
        DelinquentBill(
            *(row["account_id"], row["entry_id"], row["due_on"], row["cents"], row["basic"]),
            frozenset(_was_charged(each) for each in row["charged"]),
        )
        for row in rows
    ]


async def due_now(
    sql: Sql, terms: LateTerms, as_of_on: date, account_ids: Sequence[UUID] | None = None
) -> list[PenaltyDue]:
    """Every penalty that is due on a day and was not charged."""
    bills = await delinquent_bills(sql, as_of_on, account_ids)
    return [due for bill in bills for due in penalties_due(terms, bill, as_of_on)]


async def preview(reader: Reader, as_of_on: date) -> PenaltyPreview:
    """What a run would charge on a day, and where that exceeds the law."""
    policies = await policies_on(reader.sql, as_of_on)
    terms = late_terms(policies)
    due = await due_now(reader.sql, terms, as_of_on)
    shown = sorted(due, key=lambda d: (-d.cents, d.bill.entry_id.bytes, d.month))[:LINES_SHOWN]
    numbers = await reader.sql.fetch(
        "SELECT id, number FROM accounts WHERE id = ANY($1::uuid[])",
        [each.bill.account_id for each in shown],
    )
    number_of = {row["id"]: row["number"] for row in numbers}
    return PenaltyPreview(
        as_of_on=as_of_on,
        accounts=len({each.bill.account_id for each in due}),
        charge_count=len(due),
        cents=sum(each.cents for each in due),
        citation=terms.citation,
        warnings=ceiling_warnings(terms, ceilings(policies), due),
        lines=[
            PenaltyLine(
                account_id=each.bill.account_id,
                account_number=number_of[each.bill.account_id],
                bill_entry_id=each.bill.entry_id,
                due_on=each.bill.due_on,
                kind=each.kind,
                month=each.month,
                base_cents=each.base_cents,
                percent=each.percent,
                cents=each.cents,
            )
            for each in shown
        ],
    )


async def find_run(sql: Sql, run_id: UUID) -> PenaltyRunOut:
    """One run. Raises PenaltyRunNotFound."""
    row = await sql.fetchrow("SELECT * FROM penalty_runs WHERE id = $1", run_id)
    if row is None:
        raise PenaltyRunNotFound(str(run_id))
    return PenaltyRunOut.model_validate(dict(row))
