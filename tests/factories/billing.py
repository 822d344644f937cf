"""A small district by COPY, ready to bill: people, meters, two reads each, tariffs and a cycle.

Everything derives from the number of the account, so two districts of one size are the same rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

from curbstop.kernel.dates import Period
from curbstop.kernel.ids import account_number
from curbstop.platform.db import Sql
from curbstop.rates.engine.source import load_tariff
from curbstop.rates.tariffs.body import body_of, hash_of

SPACE = UUID("0198f000-0000-7000-8000-00000000d157")
MAY = Period(date(2026, 5, 1), date(2026, 6, 1))
JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))
BILL_ON = date(2026, 7, 6)
SINCE = date(2024, 1, 1)
THEN = datetime(2024, 1, 1, tzinfo=UTC)
AUTHOR, APPROVER = UUID(int=101), UUID(int=102)

WATER = """
code: W-TEST
name: {en: Water, es: Agua}
service: water
unit: HCF
versions:
  - effective_on: 2020-01-01
    resolution: Resolution 2020-01
    components:
      - key: service
        model: fixed
        label: {en: Service charge, es: Cargo por servicio}
        group: water_service
        price: {by: meter_size, table: {5/8: 28.00, 1: 60.00}}
      - key: use
        model: tiered
        label: {en: Water use, es: Uso de agua}
        group: water_use
        tiers:
          - {width: 10, price: 3.00}
          - {width: 10, price: 4.25}
          - {price: 5.50}
      - key: pumping
        model: uniform
        label: {en: Pumping, es: Bombeo}
        group: water_pumping
        price: 0.45
"""
SEWER = """
code: S-TEST
name: {en: Sewer, es: Alcantarillado}
service: sewer
unit: HCF
versions:
  - effective_on: 2020-01-01
    resolution: Resolution 2020-02
    components:
      - key: sewer
        model: fixed
        label: {en: Sewer, es: Alcantarillado}
        group: sewer
        price: 40.00
"""


def named_id(*parts: object) -> UUID:
    """The same id for the same words."""
    return uuid5(SPACE, " ".join(map(str, parts)))


@dataclass(frozen=True, slots=True)
class District:
    """What `a_district` made."""

    accounts: Sequence[UUID]
    cycle_id: UUID
    may_id: UUID
    june_id: UUID


def used_in(number: int, month: int = 6) -> int:
    """Hundred cubic feet that account `number` used in a month of 2026."""
    return (number * 7 + month * 3) % 31


async def a_district(sql: Sql, count: int) -> District:
    """`count` houses with water and sewer, a billable June behind a read on 1 May and 1 June."""
    await add_tariff(sql, WATER)
    await add_tariff(sql, SEWER)
    numbers = range(count)
    await _people(sql, numbers)
    await _plant(sql, numbers)
    await _agreements(sql, numbers)
    for day in (SINCE, MAY.start, JUNE.start, JUNE.end):
        await add_reads(sql, numbers, day)
    cycle, may, june = await _cycle(sql, numbers)
    return District([named_id("account", n) for n in numbers], cycle, may, june)


async def add_tariff(sql: Sql, text: str) -> list[UUID]:
    """Every version of a tariff's YAML, approved; returns their ids."""
    tariff = load_tariff(text)
    tariff_id = named_id("tariff", tariff.code)
    await sql.execute(
        "INSERT INTO tariffs (id, code, name_en, name_es, service, unit, body, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        *(tariff_id, tariff.code, tariff.name.en, tariff.name.es, tariff.service, tariff.unit),
        *(body_of(tariff), THEN),
    )
    ids = []
    for version in tariff.versions:
        body = body_of(version)
        ids.append(named_id("version", tariff.code, version.effective_on))
        await sql.execute(
            "INSERT INTO tariff_versions (id, tariff_id, effective_on, resolution, source, body,"
            " sha256, state, drafted_by, drafted_by_name, drafted_at, authors, proposed_at,"
            " approved_by, approved_by_name, approved_at, version)"
            " VALUES ($1, $2, $3, $4, '', $5, $6, 'approved', $7, 'A', $8, ARRAY[$7]::uuid[], $8,"
            " $9, 'B', $8, 1)",
            *(ids[-1], tariff_id, version.effective_on, version.resolution, body, hash_of(body)),
            *(AUTHOR, THEN, APPROVER),
        )
    return ids


async def _people(sql: Sql, numbers: Sequence[int]) -> None:
    await sql.copy(
        "customers",
        ("id", "kind", "name", "phone", "phone_raw", "email", "language", "created_at", "version"),
        [
            (named_id("customer", n), "person", f"Person {n}", "", "", "", "en", THEN, 1)
            for n in numbers
        ],
    )
    mail = ("mail_name", "mail_line", "mail_line2", "mail_city", "mail_state", "mail_zip")
    await sql.copy(
        "accounts",
        (
            *("id", "number", "customer_id", "class", "status", "opened_on", *mail),
            *("mail_country", "delivery", "language", "notes", "created_at", "version"),
        ),
        [
            (
                *(named_id("account", n), account_number(n + 1), named_id("customer", n)),
                *("residential", "open", SINCE, f"Person {n}", f"{n} Test Way", "", "Clear Creek"),
                *("CA", f"95{n % 1000:03d}", "US", "paper", "es" if n % 5 == 0 else "en", ""),
                *(THEN, 1),
            )
            for n in numbers
        ],
    )


async def _plant(sql: Sql, numbers: Sequence[int]) -> None:
    await sql.copy(
        "service_points",
        (
            "id",
            "code",
            "service",
            "location",
            "zone",
            "access_notes",
            "status",
            "created_at",
            "version",
        ),
        [
            (named_id("point", n), f"T-{n:07d}", "water", "", "1", "", "active", THEN, 1)
            for n in numbers
        ],
    )
    await sql.copy(
        "meters",
        (
            "id",
            "serial",
            "make",
            "model",
            "size",
            "kind",
            "endpoint_serial",
            "status",
            "created_at",
            "version",
        ),
        [
            (
                *(named_id("meter", n), f"{n:08d}", "Badger", "M25"),
                *("1" if n % 10 == 9 else "5/8", "displacement", "", "active", THEN, 1),
            )
            for n in numbers
        ],
    )
    await _registers(sql, numbers)


async def _registers(sql: Sql, numbers: Sequence[int]) -> None:
    await sql.copy(
        "registers",
        ("id", "meter_id", "number", "dials", "decimals", "multiplier", "unit", "billing_step"),
        [
            (
                named_id("register", n),
                named_id("meter", n),
                "0",
                6,
                0,
                Decimal(1),
                "HCF",
                Decimal(1),
            )
            for n in numbers
        ],
    )
    await sql.copy(
        "installations",
        ("id", "meter_id", "service_point_id", "role", "from_on"),
        [
            (named_id("installation", n), named_id("meter", n), named_id("point", n), "main", SINCE)
            for n in numbers
        ],
    )


async def _agreements(sql: Sql, numbers: Sequence[int]) -> None:
    """Agreements begin on 1 May, so that May is the first bill and June a regular one."""
    await sql.copy(
        "agreements",
        (
            "id",
            "account_id",
            "service_point_id",
            "service",
            "rate_code",
            "share_percent",
            "from_on",
            "created_at",
        ),
        [
            (
                *(named_id(service, n), named_id("account", n), named_id("point", n), service),
                *(code, Decimal(100), MAY.start, THEN),
            )
            for n in numbers
            for service, code in (("water", "W-TEST"), ("sewer", "S-TEST"))
        ],
    )


def reading(number: int, day: date) -> int:
    """What the register of account `number` shows on a first of the month in 2026."""
    months = max(0, day.month - 5) if day >= MAY.start else 0
    return 1000 + sum(used_in(number, 5 + past) for past in range(months))


async def add_reads(sql: Sql, numbers: Sequence[int], day: date) -> None:
    """A radio read of every meter on a day."""
    await sql.execute("SELECT public.ensure_read_partitions($1, $1)", day)
    kind = "in" if day == SINCE else "cycle"
    await sql.copy(
        "reads",
        ("register_id", "read_on", "revision", "value", "method", "kind", "rollovers"),
        [
            (named_id("register", n), day, 1, Decimal(reading(n, day)), "radio", kind, 0)
            for n in numbers
        ],
    )


async def _cycle(sql: Sql, numbers: Sequence[int]) -> tuple[UUID, UUID, UUID]:
    cycle = named_id("cycle")
    await sql.execute(
        "INSERT INTO cycles (id, code, name, frequency) VALUES ($1, 'C1', 'Cycle 1', 'monthly')",
        cycle,
    )
    await sql.copy(
        "cycle_accounts",
        ("id", "account_id", "cycle_id", "from_on"),
        [(named_id("stay", n), named_id("account", n), cycle, SINCE) for n in numbers],
    )
    ids = []
    for period in (MAY, JUNE):
        ids.append(named_id("period", period.start))
        bill_on = period.end + timedelta(days=5)
        await sql.execute(
            "INSERT INTO cycle_periods (id, cycle_id, period_from, period_to, follows_on,"
            " read_from, read_to, bill_on, due_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            *(ids[-1], cycle, period.start, period.end, None if period is MAY else period.start),
            *(period.end - timedelta(days=3), period.end + timedelta(days=3)),
            *(bill_on, bill_on + timedelta(days=25)),
        )
    return cycle, ids[0], ids[1]
