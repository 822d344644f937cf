"""Accounts in bulk, for billing: sets in, plain values out, a query per table."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from curbstop.kernel.dates import Period
from curbstop.platform.db import Sql


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
