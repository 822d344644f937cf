"""Reading adjustments, their types, and what one would do."""

from datetime import timedelta
from uuid import UUID

from curbstop.accounts.queries import AccountNotFound
from curbstop.kernel.errors import BadInput, Conflict, FieldError, NotFound
from curbstop.kernel.ids import uuid7
from curbstop.ledger import recipes
from curbstop.ledger.adjustments.leak import LeakTerms, leak_credit
from curbstop.ledger.adjustments.models import AdjustmentRequest, AdjustmentState, Direction
from curbstop.ledger.adjustments.schemas import (
    AdjustmentOut,
    AdjustmentPreview,
    AdjustmentRow,
    AdjustmentTypeOut,
    Effect,
    LeakIn,
    LeakOut,
)
from curbstop.ledger.allocation import queries as allocation
from curbstop.ledger.allocation.allocate import OpenAmount, allocate
from curbstop.ledger.chart import load_chart
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec
from curbstop.platform.uow import Reader
from curbstop.policies.queries import values as policies_on
from curbstop.policies.values import Policies

ADJUSTMENTS = ListSpec(
    row=AdjustmentRow,
    source="adjustments j JOIN accounts a ON a.id = j.account_id",
    columns={
        **{name: f"j.{name}" for name in AdjustmentRow.model_fields},
        "account_number": "a.number",
    },
    sort="-requested_at",
    tiebreak="j.id",
    filters={
        "account_id": "j.account_id = {}",
        "state": "j.state = {}",
        "type_code": "j.type_code = {}",
    },
    search="a.number ILIKE {} OR a.mail_name ILIKE {} OR j.note ILIKE {}",
)
_TYPE = "SELECT code, name, gl, direction, charge_group, due_days FROM adjustment_types"


class AdjustmentNotFound(NotFound):
    title = "No such adjustment"


class AdjustmentAlreadyDecided(Conflict):
    title = "The adjustment was decided before"


class WrongAdjustment(BadInput):
    title = "The adjustment does not fit its type"


def limit_of(policies: Policies, code: str) -> int:
    """Up to this amount one person posts an adjustment of the type, in cents."""
    by_type = policies.cents_by_code("adjustments.limits_by_type")
    return by_type.get(code, policies.integer("adjustments.limit_cents"))


async def list_types(reader: Reader) -> list[AdjustmentTypeOut]:
    """The kinds of correction, with today's limits."""
    policies = await policies_on(reader.sql, reader.today)
    return [
        AdjustmentTypeOut(**dict(row), limit_cents=limit_of(policies, row["code"]))
        for row in await reader.sql.fetch(f"{_TYPE} ORDER BY name")
    ]


async def type_for(sql: Sql, policies: Policies, request: AdjustmentRequest) -> AdjustmentTypeOut:
    """The type of a request. Raises WrongAdjustment for an unknown one or a wrong sign."""
    row = await sql.fetchrow(f"{_TYPE} WHERE code = $1", request.type_code)
    if row is None:
        raise WrongAdjustment("unknown type", FieldError("/type_code", "no such type"))
    kind = AdjustmentTypeOut(**dict(row), limit_cents=limit_of(policies, request.type_code))
    allowed = {
        Direction.CREDIT: request.amount_cents < 0,
        Direction.DEBIT: request.amount_cents > 0,
    }
    if not allowed.get(kind.direction, True):
        sign = "negative: it credits" if kind.direction is Direction.CREDIT else "positive"
        raise WrongAdjustment(
            f"{kind.name} takes a {sign}", FieldError("/amount_cents", f"must be {sign}")
        )
    return kind


async def find_adjustment(sql: Sql, adjustment_id: UUID) -> AdjustmentOut:
    """One adjustment. Raises AdjustmentNotFound."""
    row = await sql.fetchrow("SELECT * FROM adjustments WHERE id = $1", adjustment_id)
    if row is None:
        raise AdjustmentNotFound(str(adjustment_id))
    return AdjustmentOut.model_validate(dict(row))


async def preview(reader: Reader, request: AdjustmentRequest) -> AdjustmentPreview:
    """What the adjustment would do today. Raises AccountNotFound, WrongAdjustment."""
    policies = await policies_on(reader.sql, reader.today)
    kind = await type_for(reader.sql, policies, request)
    balance = await reader.sql.fetchval(
        "SELECT COALESCE(b.balance_cents, 0) FROM accounts a"
        " LEFT JOIN account_balances b ON b.account_id = a.id WHERE a.id = $1",
        request.account_id,
    )
    if balance is None:
        raise AccountNotFound(str(request.account_id))
    chart, cents = await load_chart(reader.sql), request.amount_cents
    due_on = reader.today + timedelta(days=kind.due_days)
    entry = recipes.adjustment(
        chart, request.id, request.account_id, kind.gl, cents, kind.charge_group, due_on, ""
    )
    open_now = await allocation.open_amounts(reader.sql, request.account_id)
    debts = {amount.id: amount for amount in open_now if amount.cents > 0}
    credit = OpenAmount(uuid7(), "adjustment", None, None, due_on, reader.today, cents)
    order = allocation.order_of(policies)
    paid = allocate(list(debts.values()), [credit] if cents < 0 else [], order)
    line = entry.transfers[0]
    return AdjustmentPreview(
        needs_second_person=abs(cents) > kind.limit_cents,
        limit_cents=kind.limit_cents,
        debit=line.debit,
        credit=line.credit,
        effects=[_effect(debts[each.item_id], each.cents) for each in paid],
        unapplied_cents=max(-cents, 0) - sum(each.cents for each in paid),
        balance_before_cents=balance,
        balance_after_cents=balance + cents,
    )


async def effect_of(reader: Reader, adjustment_id: UUID) -> AdjustmentPreview:
    """What approving a request would do today.

    Raises AdjustmentNotFound, AdjustmentAlreadyDecided.
    """
    asked = await find_adjustment(reader.sql, adjustment_id)
    if asked.state is not AdjustmentState.REQUESTED:
        raise AdjustmentAlreadyDecided(f"{asked.state} by {asked.decided_by_name}")
    return await preview(reader, asked)


def _effect(debt: OpenAmount, paid_cents: int) -> Effect:
    return Effect(
        item_id=debt.id,
        charge_group=debt.charge_group,
        due_on=debt.due_on,
        open_cents=debt.cents,
        left_cents=debt.cents - paid_cents,
    )


def leak_terms(policies: Policies) -> LeakTerms:
    """The district's leak policy."""
    return LeakTerms(
        policies.decimal("leak.percent"),
        policies.integer("leak.cap_cents"),
        policies.integer("leak.months_between"),
        policies.integer("leak.periods"),
        policies.text("leak.baseline"),
    )


async def leak_preview(reader: Reader, claim: LeakIn) -> LeakOut:
    """What policy credits for a leak, given the account's earlier leak adjustments."""
    terms = leak_terms(await policies_on(reader.sql, reader.today))
    rows = await reader.sql.fetch(
        "SELECT e.posted_on FROM adjustments j JOIN journal_entries e ON e.id = j.entry_id"
        " WHERE j.account_id = $1 AND j.type_code = 'leak'"
        " AND NOT EXISTS (SELECT 1 FROM journal_entries r WHERE r.reverses_id = e.id)",
        claim.account_id,
    )
    earlier = [row["posted_on"] for row in rows]
    credit = leak_credit(terms, claim.unit, claim.bills, earlier, reader.today, claim.base_price)
    return LeakOut(
        credit_cents=credit.cents,
        steps=list(credit.steps),
        refusals=list(credit.refusals),
        amount_cents=-credit.cents,
    )
