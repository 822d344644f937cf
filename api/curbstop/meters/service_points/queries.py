"""Reading service points: the list and one point's page."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from curbstop.kernel.errors import NotFound
from curbstop.meters.queries import registers_of
from curbstop.meters.service_points.schemas import (
    DeductionOut,
    InstalledOut,
    ServicePointOut,
    ServicePointPage,
    ServicePointRow,
)
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec


class ServicePointNotFound(NotFound):
    title = "No such service point"


SERVICE_POINTS = ListSpec(
    row=ServicePointRow,
    # Every join finds one row or none, so the total needs the points alone.
    source=(
        "service_points s LEFT JOIN parcels p ON p.id = s.parcel_id"
        " LEFT JOIN installations i ON i.service_point_id = s.id AND i.role = 'main'"
        " AND i.to_on IS NULL LEFT JOIN meters m ON m.id = i.meter_id"
    ),
    columns={
        **{name: f"s.{name}" for name in ("id", "code", "service")},
        "situs_line": "p.situs_line",
        **{name: f"s.{name}" for name in ("location", "zone", "status")},
        "meter_id": "m.id",
        "meter_serial": "m.serial",
        "meter_size": "m.size",
    },
    totals="(SELECT 1 AS n, * FROM service_points) s",
    sort="code",
    tiebreak="s.id",
    filters={name: f"s.{name} = {{}}" for name in ("service", "status", "zone", "parcel_id")},
    # One trigram lookup per table; an OR across the joins could use no index.
    search=(
        "s.id IN (SELECT id FROM service_points WHERE code ILIKE {} OR location ILIKE {}"
        " UNION ALL SELECT o.id FROM parcels l JOIN service_points o ON o.parcel_id = l.id"
        " WHERE l.situs_line ILIKE {}"
        " UNION ALL SELECT n.service_point_id FROM meters d JOIN installations n"
        " ON n.meter_id = d.id AND n.to_on IS NULL WHERE d.serial ILIKE {})"
    ),
)
_STAYS = """
SELECT i.id AS installation_id, i.service_point_id, i.meter_id, m.serial, m.make, m.size, m.kind,
  m.endpoint_serial, i.role, i.from_on, i.to_on
FROM installations i JOIN meters m ON m.id = i.meter_id
WHERE i.service_point_id = ANY ($1)
"""
_INSTALLED = _STAYS + " ORDER BY i.from_on DESC, i.to_on DESC, i.role"
_INSTALLED_NOW = _STAYS + " AND i.to_on IS NULL ORDER BY i.role DESC"
_DEDUCTIONS = """
SELECT d.*, p.code AS parent_code, c.code AS child_code
FROM deductions d JOIN service_points p ON p.id = d.parent_service_point_id
JOIN service_points c ON c.id = d.child_service_point_id
WHERE d.parent_service_point_id = $1 OR d.child_service_point_id = $1
ORDER BY d.from_on DESC, d.id
"""


async def find_service_point(sql: Sql, service_point_id: UUID) -> ServicePointPage:
    """A point with its lot, meters and deductions. Raises ServicePointNotFound."""
    point = await sql.fetchrow(
        "SELECT s.*, p.apn, p.situs_line, p.situs_city FROM service_points s"
        " LEFT JOIN parcels p ON p.id = s.parcel_id WHERE s.id = $1",
        service_point_id,
    )
    if point is None:
        raise ServicePointNotFound(str(service_point_id))
    return ServicePointPage(
        service_point=ServicePointOut.model_validate(dict(point)),
        apn=point["apn"],
        situs_line=point["situs_line"],
        situs_city=point["situs_city"],
        installations=await installed_at(sql, service_point_id),
        deductions=[
            DeductionOut.model_validate(dict(row))
            for row in await sql.fetch(_DEDUCTIONS, service_point_id)
        ],
    )


async def installed_at(sql: Sql, service_point_id: UUID) -> list[InstalledOut]:
    """Every meter that is or was at the point, newest first. Two queries."""
    return (await _installed(sql, _INSTALLED, [service_point_id])).get(service_point_id, [])


async def meters_now(
    sql: Sql, service_point_ids: Collection[UUID]
) -> dict[UUID, list[InstalledOut]]:
    """The meters that stand at each point now; points without one are absent. Two queries."""
    return await _installed(sql, _INSTALLED_NOW, list(service_point_ids))


async def _installed(
    sql: Sql, query: str, service_point_ids: list[UUID]
) -> dict[UUID, list[InstalledOut]]:
    rows = await sql.fetch(query, service_point_ids)
    registers = await registers_of(sql, {row["meter_id"] for row in rows})
    found: defaultdict[UUID, list[InstalledOut]] = defaultdict(list)
    for row in rows:
        shown = [fact._asdict() | {"id": fact.register_id} for fact in registers[row["meter_id"]]]
        stay = InstalledOut.model_validate(dict(row) | {"registers": shown})
        found[row["service_point_id"]].append(stay)
    return dict(found)
