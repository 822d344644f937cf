"""Reading accounts: the list, one account's page, and agreements in bulk for billing."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from curbstop.accounts.agreements.queries import agreements_of, occupants_of
from curbstop.accounts.customers.schemas import CustomerOut
from curbstop.accounts.schemas import AccountOut, AccountPage, AccountRow, ServedPoint
from curbstop.kernel.dates import Period
from curbstop.kernel.errors import NotFound
from curbstop.meters.service_points.queries import meters_now
from curbstop.meters.service_points.schemas import ServicePointOut
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec


class AccountNotFound(NotFound):
    title = "No such account"


ACCOUNTS = ListSpec(
    row=AccountRow,
    source="account_summaries",
    columns={
        "id": "account_id",
        **{name: name for name in ("number", "customer_name", "service_address")},
        "account_class": "class",
        "status": "status",
    },
    sort="number",
    tiebreak="account_id",
    filters={"account_class": "class = {}", "status": "status = {}"},
    search="search LIKE lower({})",
    totals="account_counts",
    unique=frozenset({"number"}),
)


async def find_account(sql: Sql, account_id: UUID) -> AccountPage:
    """An account with its customer, services, points, meters and former occupants.

    Raises AccountNotFound. Eight queries, whatever the history.
    """
    row = await sql.fetchrow(
        "SELECT *, class AS account_class FROM accounts WHERE id = $1", account_id
    )
    if row is None:
        raise AccountNotFound(str(account_id))
    customer = await sql.fetchrow("SELECT * FROM customers WHERE id = $1", row["customer_id"])
    agreements = await agreements_of(sql, account_id)
    point_ids = {agreement.service_point_id for agreement in agreements}
    points = await sql.fetch(
        "SELECT * FROM service_points WHERE id = ANY ($1) ORDER BY code", list(point_ids)
    )
    meters = await meters_now(sql, point_ids)
    return AccountPage(
        account=AccountOut.model_validate(dict(row)),
        customer=CustomerOut.model_validate(dict(customer or {})),
        agreements=agreements,
        service_points=[
            ServedPoint(
                service_point=ServicePointOut.model_validate(dict(point)),
                meters=meters.get(point["id"], []),
            )
            for point in points
        ],
        occupancy=await occupants_of(sql, point_ids),
    )


class AttributeFact(NamedTuple):
    """A rating attribute on the days `[from_on, to_on)`."""

    name: str
    value: str
    from_on: date
    to_on: date | None


class AgreementFact(NamedTuple):
    """An account takes a service in `[from_on, to_on)`; `share_percent` of the point's is theirs.

    `attributes` are those that hold on some day of the period asked for, by name and day.
    """

    agreement_id: UUID
    account_id: UUID
    service_point_id: UUID
    service: str
    rate_code: str
    share_percent: Decimal
    from_on: date
    to_on: date | None
    attributes: tuple[AttributeFact, ...]


_AGREEMENTS = """
SELECT id, account_id, service_point_id, service, rate_code, share_percent, from_on, to_on
FROM agreements
WHERE account_id = ANY ($1) AND from_on < $3
  AND (to_on IS NULL OR (to_on > $2 AND to_on > from_on))
ORDER BY account_id, service, service_point_id, from_on
"""
_ATTRIBUTES = """
SELECT agreement_id, name, value, from_on, to_on FROM rating_attributes
WHERE agreement_id = ANY ($1) AND from_on < $3 AND (to_on IS NULL OR to_on > $2)
ORDER BY agreement_id, name, from_on
"""


async def agreements_in_force(
    sql: Sql, account_ids: Collection[UUID], period: Period
) -> dict[UUID, list[AgreementFact]]:
    """The agreements of each account that are in force on some day of the period.

    A zero-day agreement is in force on none. Accounts without one are absent. Two queries,
    whatever the number of accounts.
    """
    rows = await sql.fetch(_AGREEMENTS, list(account_ids), period.start, period.end)
    attributes: defaultdict[UUID, list[AttributeFact]] = defaultdict(list)
    for agreement_id, *fact in await sql.fetch(
        _ATTRIBUTES, [row["id"] for row in rows], period.start, period.end
    ):
        attributes[agreement_id].append(AttributeFact(*fact))
    found: defaultdict[UUID, list[AgreementFact]] = defaultdict(list)
    for row in rows:
        found[row["account_id"]].append(AgreementFact._make([*row, tuple(attributes[row["id"]])]))
    return dict(found)
