"""Reading agreements of an account, and who lived at its points before."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from curbstop.accounts.agreements.schemas import AgreementRow, AttributeOut, OccupantOut
from curbstop.kernel.errors import NotFound
from curbstop.platform.db import Sql

OCCUPANTS_MAX = 500


class AgreementNotFound(NotFound):
    title = "No such agreement"


_AGREEMENTS = """
SELECT g.id, g.account_id, g.service_point_id, g.service, g.rate_code, g.share_percent, g.from_on,
  g.to_on, s.code AS service_point_code, s.location, p.situs_line, p.situs_city
FROM agreements g JOIN service_points s ON s.id = g.service_point_id
LEFT JOIN parcels p ON p.id = s.parcel_id
WHERE g.account_id = $1 ORDER BY g.to_on DESC NULLS FIRST, g.service, s.code, g.from_on DESC
"""
_ATTRIBUTES = """
SELECT agreement_id, name, value, from_on, to_on FROM rating_attributes
WHERE agreement_id = ANY ($1) ORDER BY name, from_on
"""
_OCCUPANTS = """
SELECT g.service_point_id, g.service, g.id AS agreement_id, g.account_id,
  a.number AS account_number, c.name AS customer_name, g.share_percent, g.from_on, g.to_on
FROM agreements g JOIN accounts a ON a.id = g.account_id JOIN customers c ON c.id = a.customer_id
WHERE g.service_point_id = ANY ($1)
ORDER BY g.service_point_id, g.service, g.from_on DESC, g.to_on DESC NULLS FIRST, g.id LIMIT $2
"""


async def agreements_of(sql: Sql, account_id: UUID) -> list[AgreementRow]:
    """Every agreement of the account with its point and attributes, those in force first."""
    rows = await sql.fetch(_AGREEMENTS, account_id)
    attributes: defaultdict[UUID, list[AttributeOut]] = defaultdict(list)
    for row in await sql.fetch(_ATTRIBUTES, [row["id"] for row in rows]):
        attributes[row["agreement_id"]].append(AttributeOut.model_validate(dict(row)))
    return [
        AgreementRow.model_validate(dict(row) | {"attributes": attributes[row["id"]]})
        for row in rows
    ]


async def occupants_of(sql: Sql, service_point_ids: Collection[UUID]) -> list[OccupantOut]:
    """Who takes and took service at the points, newest first within each point and service."""
    rows = await sql.fetch(_OCCUPANTS, list(service_point_ids), OCCUPANTS_MAX)
    return [OccupantOut.model_validate(dict(row)) for row in rows]
