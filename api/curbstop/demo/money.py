"""How the demo's customers pay: most in time, some late, some in part, a few hardly ever.

Each batch is posted as a cashier's is, allocated in the district's order, by one COPY per table.
"""

from datetime import date
from uuid import UUID

from curbstop.demo.chance import Chance
from curbstop.demo.history import BilledRound, Past
from curbstop.demo.load import District
from curbstop.demo.people import Occupancy
from curbstop.demo.sites import cycle_of
from curbstop.identity.permissions import Role
from curbstop.ledger import recipes
from curbstop.ledger.allocation import queries as allocation
from curbstop.ledger.allocation.actions import settled_by
from curbstop.ledger.chart import load_chart
from curbstop.ledger.entries import Entry
from curbstop.ledger.posting import lock_accounts, post_many
from curbstop.platform.uow import Uow

# Habit → what percent of the balance it pays, in the batch of which name.
HABITS = {"on_time": ("early", 100), "late": ("late", 100), "partial": ("early", 60)}
SELDOM_MONTHS = 4
TENDERS = (("check", 62), ("card", 30), ("cash", 8))

PAYMENT_COLUMNS = (
    *("id", "account_id", "cents", "tender", "reference", "received_on", "note", "entry_id"),
    *("posted_at", "received_by", "received_by_name"),
)
AUDIT_COLUMNS = ("at", "actor_id", "actor_name", "action", "subject_id", "after")


async def pay_round(
    past: Past, district: District, billed: BilledRound, batch: str, on: date
) -> None:
    """Post one batch of a billed round's payments on a day."""
    past.go_to(on)
    payers = {
        each.account_id: each
        for each in district.occupancies
        if cycle_of(each.point.site) == billed.cycle.number and _pays(each, billed, batch)
    }
    async with past.database.write(past.staff[Role.CASHIER].actor) as uow:
        await lock_accounts(uow.sql, list(payers))
        await _post(uow, Chance(district.seed, f"pay/{billed.run_id}/{batch}"), payers)


def _pays(occupancy: Occupancy, billed: BilledRound, batch: str) -> bool:
    habit = occupancy.point.site.pays
    if habit == "seldom":
        month = billed.round.end.month + occupancy.point.site.number
        return batch == "late" and month % SELDOM_MONTHS == 0
    return HABITS.get(habit, ("", 0))[0] == batch


async def _post(uow: Uow, chance: Chance, payers: dict[UUID, Occupancy]) -> None:
    chart = await load_chart(uow.sql)
    order = await allocation.order_on(uow.sql, uow.today)
    entries: list[Entry] = []
    payments: list[tuple[object, ...]] = []
    acts: list[tuple[object, ...]] = []
    actor = uow.actor
    for account_id, open_now in (await allocation.open_amounts_of(uow.sql, list(payers))).items():
        owed = sum(amount.cents for amount in open_now)
        percent = HABITS.get(payers[account_id].point.site.pays, ("", 100))[1]
        cents = owed * percent // 100
        if cents <= 0:
            continue
        payment_id, tender = chance.id(), chance.weighted(TENDERS)
        reference = "" if tender == "cash" else f"{chance.between(1001, 9999)}"
        entry = recipes.payment(
            *(chart, payment_id, account_id, f"tender_{tender}", cents, uow.today),
            f"Payment, {tender} {reference}".rstrip(),
        )
        entries.append(settled_by(entry, open_now, order, uow.today))
        payments.append(
            (
                *(payment_id, account_id, cents, tender, reference, uow.today, "", entry.id),
                *(uow.now, actor.id, actor.name),
            )
        )
        after = {"account_id": str(account_id), "cents": cents, "tender": tender}
        acts.append((uow.now, actor.id, actor.name, "payment.posted", payment_id, after))
    await post_many(uow.sql, entries, uow.today, uow.now)
    await uow.sql.copy("payments", PAYMENT_COLUMNS, payments)
    await uow.sql.copy("audit_events", AUDIT_COLUMNS, acts)
