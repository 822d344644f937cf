"""Meters that a file says could not be read: their codes are kept, and somebody must decide."""

from uuid import UUID

from curbstop.platform.uow import Uow

# A line without a reading is missing unless the register has a read of that very day.
_MISSING = """
INSERT INTO read_reviews (id, rule, severity, state, reason, register_id, service_point_id,
  read_on, import_id, line, raw, needs_second, decision_reason, created_at, version)
SELECT gen_random_uuid(), 'missing', 'block', 'open',
  'Not read' || coalesce(': ' || nullif(concat_ws(', ', i.skip_code, i.read_code, i.trouble_1), ''),
                         ''),
  m.register_id, m.service_point_id, m.read_on, $1, m.line, '', false, '', $2, 1
FROM matched m JOIN incoming i USING (line)
WHERE m.problem IS NULL AND m.value IS NULL
  AND NOT EXISTS (SELECT FROM reads r
                  WHERE r.register_id = m.register_id AND r.read_on = m.read_on)
"""

_CODES = """
INSERT INTO read_codes (id, service_point_id, register_id, noted_on, skip_code, trouble_codes,
  note, import_id, recorded_by, recorded_at)
SELECT gen_random_uuid(), m.service_point_id, m.register_id, m.read_on,
  coalesce(i.skip_code, ''),
  to_jsonb(array_remove(ARRAY[i.trouble_1, i.trouble_2, i.trouble_3,
    CASE WHEN i.leak_now IS NOT NULL THEN 'leak ' || i.leak_now END,
    CASE WHEN i.backflow IS NOT NULL THEN 'backflow ' || i.backflow END,
    CASE WHEN i.tamper IS NOT NULL THEN 'tamper ' || i.tamper END], NULL)),
  coalesce(i.note, ''), $1, $2, $3
FROM matched m JOIN incoming i USING (line)
WHERE m.service_point_id IS NOT NULL AND m.problem IS NULL
  AND coalesce(i.skip_code, i.trouble_1, i.trouble_2, i.trouble_3, i.note, i.leak_now, i.backflow,
               i.tamper) IS NOT NULL
"""


async def queue_unread(uow: Uow, import_id: UUID) -> int:
    """Keep every skip, trouble and flag, and raise `missing` for each meter not read."""
    await uow.sql.execute(_CODES, import_id, uow.actor.id, uow.now)
    tag = await uow.sql.execute(_MISSING, import_id, uow.now)
    return int(tag.split()[-1])
