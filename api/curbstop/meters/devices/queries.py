"""Reading meters: the list, one meter's page, history by serial."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import asyncpg

from curbstop.kernel.errors import NotFound
from curbstop.meters.devices.schemas import MeterOut, MeterPage, MeterRow, RegisterOut, StayOut
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec, literally

HISTORY_MAX = 50


class MeterNotFound(NotFound):
    title = "No such meter"


METERS = ListSpec(
    row=MeterRow,
    # Both joins find one row or none, so the total needs the meters alone.
    source=(
        "meters m LEFT JOIN installations i ON i.meter_id = m.id AND i.to_on IS NULL"
        " LEFT JOIN service_points s ON s.id = i.service_point_id"
    ),
    columns={
        **{name: f"m.{name}" for name in ("id", "serial", "make", "model", "size", "kind")},
        "endpoint_serial": "m.endpoint_serial",
        "status": "m.status",
        "service_point_id": "i.service_point_id",
        "service_point_code": "s.code",
        "zone": "s.zone",
        "installed_on": "i.from_on",
    },
    totals="(SELECT 1 AS n, * FROM meters) m",
    sort="serial",
    tiebreak="m.id",
    filters={name: f"m.{name} = {{}}" for name in ("status", "kind", "size", "make")},
    search="m.serial ILIKE {} OR m.endpoint_serial ILIKE {}",
)


async def find_meter(sql: Sql, meter_id: UUID) -> MeterPage:
    """A meter with its registers and every place it has been. Raises MeterNotFound."""
    rows = await sql.fetch("SELECT * FROM meters WHERE id = $1", meter_id)
    if not rows:
        raise MeterNotFound(str(meter_id))
    return (await _pages(sql, rows))[0]


async def history_of(sql: Sql, serial: str) -> list[MeterPage]:
    """Every meter of this serial, its own or its endpoint's, retired ones too."""
    rows = await sql.fetch(
        "SELECT * FROM meters WHERE serial ILIKE $1 OR endpoint_serial ILIKE $1"
        " ORDER BY status, created_at DESC, id LIMIT $2",
        literally(serial),
        HISTORY_MAX,
    )
    return await _pages(sql, rows)


async def _pages(sql: Sql, meters: Sequence[asyncpg.Record]) -> list[MeterPage]:
    ids = [meter["id"] for meter in meters]
    registers: defaultdict[UUID, list[RegisterOut]] = defaultdict(list)
    for row in await sql.fetch(
        "SELECT * FROM registers WHERE meter_id = ANY ($1) ORDER BY number", ids
    ):
        registers[row["meter_id"]].append(RegisterOut.model_validate(dict(row)))
    stays: defaultdict[UUID, list[StayOut]] = defaultdict(list)
    for row in await sql.fetch(
        "SELECT i.id AS installation_id, i.meter_id, i.service_point_id, i.role,"
        " i.from_on, i.to_on, s.code AS service_point_code, s.location, p.situs_line"
        " FROM installations i JOIN service_points s ON s.id = i.service_point_id"
        " LEFT JOIN parcels p ON p.id = s.parcel_id"
        " WHERE i.meter_id = ANY ($1) ORDER BY i.from_on DESC, i.to_on DESC",
        ids,
    ):
        stays[row["meter_id"]].append(StayOut.model_validate(dict(row)))
    return [
        MeterPage(
            meter=MeterOut.model_validate(dict(meter)),
            registers=registers[meter["id"]],
            stays=stays[meter["id"]],
        )
        for meter in meters
    ]
