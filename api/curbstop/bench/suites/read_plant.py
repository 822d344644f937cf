"""A plant of many meters with their months of reads, and the read file of the month that follows.

Written straight into the tables by the superuser, as a restore does: triggers rest, and exclusion
constraints are built after the rows. Every figure follows from a meter's number alone.
"""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import asyncpg

from curbstop.kernel.dates import add_months

# The judged read, the reads before it, and a year back the step it is compared with.
MONTHS = 14
# HCF that an ordinary household takes in each calendar month, in tenths of its yearly mean.
SEASON = (6, 6, 7, 8, 11, 14, 16, 16, 13, 10, 7, 6)
# One read in so many is a leak, a stopped or a backward register: the edit list has its work.
ODD_ONE_IN = 100
EXCLUDED = ("installations", "agreements")

_ID = "('{prefix}000000-0000-7000-8000-' || lpad(to_hex({n}), 12, '0'))::uuid"
_NUMBERS = "generate_series(1, {meters}) n"


def _id(prefix: str, n: str = "n") -> str:
    return _ID.format(prefix=prefix, n=n)


_PLANT = (
    f"""INSERT INTO customers (id, kind, name, phone, phone_raw, email, language, created_at,
      version)
    VALUES ({_id("c1", "1")}, 'person', 'Bench', '', '', '', 'en', now(), 1)""",  # noqa: S608
    f"""INSERT INTO accounts (id, number, customer_id, class, status, opened_on, mail_name,
      mail_line, mail_line2, mail_city, mail_state, mail_zip, mail_country, delivery, language,
      notes, created_at, version)
    SELECT {_id("a1")}, '0000-' || lpad(n::text, 4, '0') || '-00', {_id("c1", "1")}, 'residential',
      'open', $1::date, '', '', '', '', '', '', '', 'paper', 'en', '', now(), 1
    FROM generate_series(1, 1000) n""",  # noqa: S608
    f"""INSERT INTO service_points (id, code, service, location, zone, access_notes, status,
      created_at, version)
    SELECT {_id("51")}, 'P' || n, 'water', '', '', '', 'active', now(), 1 FROM {_NUMBERS}""",  # noqa: S608
    f"""INSERT INTO meters (id, serial, make, model, size, kind, endpoint_serial, status,
      created_at, version)
    SELECT {_id("31")}, (70000000 + n)::text, 'Neptune', 'T-10', '3/4', 'displacement',
      'E' || n, 'active', now(), 1 FROM {_NUMBERS}""",  # noqa: S608
    f"""INSERT INTO registers (id, meter_id, number, dials, decimals, multiplier, unit,
      billing_step)
    SELECT {_id("41")}, {_id("31")}, '0', 6, 0, 1, 'HCF', 1 FROM {_NUMBERS}""",  # noqa: S608
    f"""INSERT INTO installations (id, meter_id, service_point_id, role, from_on)
    SELECT {_id("11")}, {_id("31")}, {_id("51")}, 'main', $1::date FROM {_NUMBERS}""",  # noqa: S608
    f"""INSERT INTO agreements (id, account_id, service_point_id, service, rate_code,
      share_percent, from_on, created_at)
    SELECT {_id("61")}, {_id("a1", "1 + n % 1000")}, {_id("51")}, 'water', 'R1', 100, $1::date,
      now() FROM {_NUMBERS}""",  # noqa: S608
)

# A meter starts anywhere below 100,000 and its household takes 4 to 23 HCF a month on average.
_SHOWN = "(n::bigint * 7919 % 100000) + (4 + n % 20) * {tenths} / 10 + (n + {months}) % 2"

_READS = f"""
INSERT INTO reads (register_id, read_on, revision, value, method, kind, rollovers)
SELECT {_id("41")}, '{{day}}'::date + (n % 10)::int, 0, {{shown}}, 'radio', 'cycle', 0
FROM {_NUMBERS} ORDER BY n
"""  # noqa: S608

_FILE = f"""
SELECT (70000000 + n)::text || ',' || '{{day}}'::date + (n % 10)::int || ',' ||
  CASE n % {ODD_ONE_IN * 3} WHEN 0 THEN {{shown}} + 400
                            WHEN {ODD_ONE_IN} THEN {{before}}
                            WHEN {ODD_ONE_IN * 2} THEN {{before}} - 7
                            ELSE {{shown}} END
FROM {_NUMBERS} ORDER BY hashint8(n)
"""  # noqa: S608


async def fill(url: str, meters: int, last_on: date) -> bytes:
    """Make the meters with the months of reads before `last_on`; returns the file of its month.

    `last_on` is the first of a month; the reads of a month spread over its first ten days. The
    file has a line for each meter, in no order that the database knows, some odd on purpose.
    The role must be let set `session_replication_role`; the database is freshly migrated.
    """
    first_on = add_months(last_on, -MONTHS)
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("SET session_replication_role = replica")
        async with _without_exclusions(connection):
            for statement in _PLANT:
                text = statement.format(meters=meters)
                await connection.execute(text, *([first_on] if "$1" in text else []))
        await connection.execute("SELECT public.ensure_read_partitions($1, $2)", first_on, last_on)
        for month in range(MONTHS):
            day, shown = add_months(first_on, month), _shown(first_on, month)
            await connection.execute(_READS.format(day=day, shown=shown, meters=meters))
        await connection.execute("VACUUM (ANALYZE)")
        text = _FILE.format(
            day=last_on,
            shown=_shown(first_on, MONTHS),
            before=_shown(first_on, MONTHS - 1),
            meters=meters,
        )
        buffer = io.BytesIO(b"meter,date,reading\n")
        buffer.seek(0, io.SEEK_END)
        await connection.copy_from_query(text, output=buffer)
        return buffer.getvalue()
    finally:
        await connection.close()


def _shown(first_on: date, months: int) -> str:
    """What a meter shows so many months after the first read, as SQL over its number `n`."""
    tenths = sum(SEASON[add_months(first_on, n).month - 1] for n in range(months))
    return _SHOWN.format(tenths=tenths, months=months)


@asynccontextmanager
async def _without_exclusions(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """Exclusion constraints away, and built over all rows at the end."""
    found = await connection.fetch(
        "SELECT conrelid::regclass::text AS owner, conname, pg_get_constraintdef(oid) AS body"
        " FROM pg_constraint WHERE contype = 'x' AND conrelid = ANY($1::text[]::regclass[])",
        list(EXCLUDED),
    )
    for owner, name, _ in found:
        await connection.execute(f"ALTER TABLE {owner} DROP CONSTRAINT {name}")
    yield
    for owner, name, body in found:
        await connection.execute(f"ALTER TABLE {owner} ADD CONSTRAINT {name} {body}")
