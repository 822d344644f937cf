"""Reading cycles and their calendars."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from curbstop.billing.cycles.problems import CycleNotFound
from curbstop.billing.cycles.schemas import (
    CycleMemberRow,
    CycleOut,
    CyclePeriodOut,
)
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec

# Who is in the cycle now and stays.
_MEMBERS = (
    "(SELECT count(*) FROM cycle_accounts m WHERE m.cycle_id = cycles.id AND m.to_on IS NULL)"
)
_CALENDAR_TO = "(SELECT max(p.period_to) FROM cycle_periods p WHERE p.cycle_id = cycles.id)"

CYCLES = ListSpec(
    row=CycleOut,
    source="cycles",
    columns={
        "id": "id",
        "code": "code",
        "name": "name",
        "frequency": "frequency",
        "accounts": _MEMBERS,
        "calendar_to": _CALENDAR_TO,
    },
    sort="code",
    tiebreak="id",
    filters={"frequency": "frequency = {}"},
    search="code ILIKE {} OR name ILIKE {}",
)


def calendar_of(cycle_id: UUID) -> ListSpec[CyclePeriodOut]:
    """The calendar of one cycle, each period with the run that stands for it."""
    own = {name: f"p.{name}" for name in CyclePeriodOut.model_fields if not name.startswith("run_")}
    return ListSpec(
        row=CyclePeriodOut,
        source=(
            f"(SELECT * FROM cycle_periods WHERE cycle_id = '{cycle_id}'::uuid) p"  # noqa: S608
            " LEFT JOIN bill_runs r ON r.cycle_period_id = p.id"
            " AND r.state NOT IN ('reversed', 'discarded')"
        ),
        columns={**own, "run_id": "r.id", "run_state": "r.state"},
        sort="period_from",
        tiebreak="p.id",
        filters={"since": "p.period_to > {}"},
    )


def members_of(cycle_id: UUID, today: date) -> ListSpec[CycleMemberRow]:
    """The accounts that are in a cycle today or will be."""
    return ListSpec(
        row=CycleMemberRow,
        source=(
            f"(SELECT * FROM cycle_accounts WHERE cycle_id = '{cycle_id}'::uuid"  # noqa: S608
            f" AND (to_on IS NULL OR to_on > DATE '{today}')) m"
            " JOIN account_summaries a ON a.account_id = m.account_id"
        ),
        columns={
            "id": "m.account_id",
            "number": "a.number",
            "customer_name": "a.customer_name",
            "service_address": "a.service_address",
            "account_class": "a.class",
            "from_on": "m.from_on",
            "to_on": "m.to_on",
        },
        sort="number",
        tiebreak="m.id",
        filters={"account_class": "a.class = {}"},
        search="a.search ILIKE {}",
    )


async def find_cycle(sql: Sql, cycle_id: UUID) -> CycleOut:
    """One cycle. Raises CycleNotFound."""
    columns = ", ".join(f"{expression} AS {name}" for name, expression in CYCLES.columns.items())
    row = await sql.fetchrow(f"SELECT {columns} FROM cycles WHERE id = $1", cycle_id)  # noqa: S608
    if row is None:
        raise CycleNotFound(str(cycle_id))
    return CycleOut.model_validate(dict(row))


async def calendar_ends(sql: Sql, cycle_id: UUID) -> tuple[date, date] | None:
    """First and last day of a cycle's calendar, half-open; None without one."""
    row = await sql.fetchrow(
        "SELECT min(period_from) AS first, max(period_to) AS last FROM cycle_periods"
        " WHERE cycle_id = $1",
        cycle_id,
    )
    return None if row is None or row["first"] is None else (row["first"], row["last"])


async def members_on(sql: Sql, account_ids: Sequence[UUID], day: date) -> dict[UUID, UUID]:
    """The cycle that each account is in on a day; accounts in none are left out."""
    rows = await sql.fetch(
        "SELECT account_id, cycle_id FROM cycle_accounts WHERE account_id = ANY($1)"
        " AND from_on <= $2 AND (to_on IS NULL OR to_on > $2)",
        *(list(account_ids), day),
    )
    return {row["account_id"]: row["cycle_id"] for row in rows}
