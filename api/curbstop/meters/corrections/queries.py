"""Reading corrections of registers."""

from uuid import UUID

from curbstop.meters.corrections.schemas import CorrectionOut
from curbstop.platform.db import Sql

_OF_METER = """
SELECT c.*, r.number, u.name AS made_by_name
FROM register_corrections c
JOIN registers r ON r.id = c.register_id
LEFT JOIN users u ON u.id = c.made_by
WHERE r.meter_id = $1 ORDER BY c.made_at DESC, c.id
"""


async def corrections_of_meter(sql: Sql, meter_id: UUID) -> list[CorrectionOut]:
    """Every correction of a meter's registers, newest first; none for an unknown meter."""
    rows = await sql.fetch(_OF_METER, meter_id)
    return [CorrectionOut.model_validate(dict(row)) for row in rows]
