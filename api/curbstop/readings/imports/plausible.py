"""Which read days a file may speak of before a person looks: no month is made for a slip of a key.

A dead endpoint's clock says 2000, a tired hand types 2062: reads of such days wait for a person.
"""

from datetime import date, timedelta
from uuid import UUID

from curbstop.platform.db import Sql
from curbstop.readings.reviews.judging import parameter_rows
from curbstop.readings.validation.facts import parameters_for, season_of

# A file may be made for the end of its window; further ahead nobody can have read.
AHEAD_DAYS = 31
DAYS_PER_MONTH = 31

_SET_ASIDE = """
UPDATE matched SET problem = 'day'
WHERE problem IS NULL AND value IS NOT NULL AND read_on NOT BETWEEN $1 AND $2
"""

_QUEUE = """
INSERT INTO read_reviews (id, rule, severity, state, reason, register_id, service_point_id,
  read_on, value, import_id, line, raw, needs_second, decision_reason, created_at, version)
SELECT gen_random_uuid(), 'implausible_day', 'block', 'open',
  'The file says ' || m.read_on || ': reads from ' || $3::date || ' to ' || $4::date
    || ' are taken without a question',
  m.register_id, m.service_point_id, m.read_on, m.value, $1, m.line,
  split_part(l.raw, E'\\n', m.line - l.first_line + 1), false, '', $2, 1
FROM matched m
JOIN import_lines l ON l.import_id = $1 AND m.line >= l.first_line
     AND m.line < l.first_line + l.lines
WHERE m.problem = 'day'
"""


async def plausible_days(sql: Sql, today: date) -> tuple[date, date]:
    """The first and last day whose reads are taken from a file, both included.

    The threshold `oldest_months` says how far back; a district raises it to load its history.
    """
    rows = await parameter_rows(sql, today)
    months = parameters_for(rows, None, season_of(today)).oldest_months
    oldest = date.min.toordinal() + 365 * 200
    first = max(oldest, today.toordinal() - int(months) * DAYS_PER_MONTH)
    return date.fromordinal(first), today + timedelta(days=AHEAD_DAYS)


async def set_aside(sql: Sql, days: tuple[date, date]) -> None:
    """Mark matched reads of other days, so that neither a month nor a read is made of them."""
    await sql.execute(_SET_ASIDE, *days)


async def queue_implausible(
    sql: Sql, import_id: UUID, now: object, days: tuple[date, date]
) -> None:
    """Put what was set aside on the edit list, with its line as it came."""
    await sql.execute(_QUEUE, import_id, now, *days)
