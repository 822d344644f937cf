"""What a register's correction would change: by the same pure computation that bills."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import asyncpg

from curbstop.billing.register_effects.schemas import (
    BilledPeriod,
    CorrectionEffect,
    UnbilledChange,
)
from curbstop.kernel.dates import Period
from curbstop.meters.corrections.schemas import RegisterTruth
from curbstop.platform.db import Sql
from curbstop.platform.uow import Reader
from curbstop.readings.consumption.compute import service_point_consumption
from curbstop.readings.consumption.quantities import (
    Consumption,
    InstalledMeter,
    RegisterFacts,
)
from curbstop.readings.consumption.queries import (
    LOOK_BACK_DAYS,
    installed_meters,
    plain,
    standing_reads,
)
from curbstop.readings.queries import get_placed_register

# Where the register stands or stood last, and the day up to which its water is in posted bills.
_PLACES = """
SELECT p.id, p.code, coalesce((
  SELECT max(s.period_to) FROM agreements g
  JOIN bill_segments s ON s.agreement_id = g.id AND s.live
  JOIN bills b ON b.id = s.bill_id JOIN bill_runs o ON o.id = b.run_id
  WHERE g.service_point_id = p.id AND o.state = 'posted'
), i.from_on) AS billed_to
FROM registers r
JOIN installations i ON i.meter_id = r.meter_id
JOIN service_points p ON p.id = i.service_point_id
WHERE r.id = $1 AND (i.to_on IS NULL OR i.to_on > $2)
ORDER BY i.from_on
"""

_BILLED = """
SELECT DISTINCT b.id AS bill_id, b.number AS bill_number, b.account_id, a.number AS account_number,
       b.period_from, b.period_to, b.current_cents
FROM registers r
JOIN installations i ON i.meter_id = r.meter_id
JOIN agreements g ON g.service_point_id = i.service_point_id
JOIN bill_segments s ON s.agreement_id = g.id AND s.live AND s.period_to > $2
     AND s.period_to > i.from_on AND (i.to_on IS NULL OR s.period_from < i.to_on)
JOIN bills b ON b.id = s.bill_id
JOIN bill_runs o ON o.id = b.run_id AND o.state = 'posted'
JOIN accounts a ON a.id = b.account_id
WHERE r.id = $1 AND b.reversed_at IS NULL
ORDER BY b.period_from, b.number
"""


async def effect_of_correction(
    reader: Reader, register_id: UUID, truth: RegisterTruth
) -> CorrectionEffect:
    """Unbilled water before and after, and the bills to make anew. Raises RegisterNotFound."""
    sql = reader.sql
    await get_placed_register(sql, register_id, reader.today)
    places = await sql.fetch(_PLACES, register_id, truth.wrong_since_on)
    changes = [await _change(sql, place, register_id, truth, reader.today) for place in places]
    billed = await sql.fetch(_BILLED, register_id, truth.wrong_since_on)
    return CorrectionEffect(
        unbilled=[change for change in changes if change is not None],
        needs_rebill=[BilledPeriod.model_validate(dict(row)) for row in billed],
    )


async def _change(
    sql: Sql, place: asyncpg.Record, register_id: UUID, truth: RegisterTruth, today: date
) -> UnbilledChange | None:
    """The point's unbilled water as recorded and as it would be; None without a read since."""
    since = max(place["billed_to"], today - timedelta(days=LOOK_BACK_DAYS))
    point: UUID = place["id"]
    meters = (await installed_meters(sql, [point], since, today)).get(point, [])
    registers = [register.register_id for meter in meters for register in meter.registers]
    first_on = since - timedelta(days=LOOK_BACK_DAYS)
    reads = await standing_reads(sql, registers, first_on, today)
    if not any(read.read_on > since for found in reads.values() for read in found):
        return None
    window = Period(since, today)
    now = service_point_consumption(point, meters, reads, window)
    then = service_point_consumption(point, _true(meters, register_id, truth), reads, window)
    return _compared(place, now, then)


def _true(
    meters: Sequence[InstalledMeter], register_id: UUID, truth: RegisterTruth
) -> list[InstalledMeter]:
    """The same meters with the register as it truly is."""
    return [
        replace(meter, registers=tuple(_corrected(r, register_id, truth) for r in meter.registers))
        for meter in meters
    ]


def _corrected(register: RegisterFacts, register_id: UUID, truth: RegisterTruth) -> RegisterFacts:
    if register.register_id != register_id:
        return register
    return replace(
        register,
        dials=truth.dials,
        decimals=truth.decimals,
        multiplier=plain(truth.multiplier),
        unit=truth.unit,
        billing_step=plain(truth.billing_step),
    )


def _compared(place: asyncpg.Record, now: Consumption, then: Consumption) -> UnbilledChange:
    return UnbilledChange(
        service_point_id=place["id"],
        service_point_code=place["code"],
        from_on=now.period.start,
        to_on=now.period.end,
        quantity=now.quantity.value,
        unit=now.quantity.unit,
        blocked_by=now.blocked_by,
        corrected_quantity=then.quantity.value,
        corrected_unit=then.quantity.unit,
        corrected_blocked_by=then.blocked_by,
    )
