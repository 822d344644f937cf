"""Writing the district: land, plant and people by COPY, in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from curbstop.demo import calendar, land, names, people, plant, reads
from curbstop.demo.calendar import DemoCycle
from curbstop.demo.chance import Chance
from curbstop.demo.people import Occupancy
from curbstop.demo.plant import Point
from curbstop.demo.sites import Site, draw_sites
from curbstop.demo.usage import Reading
from curbstop.kernel.dates import add_months
from curbstop.platform.db import Sql

HISTORY_MONTHS = 24
LARGE = 10_000  # districts above this have all their reads, but only the last months billed
LARGE_BILLED_MONTHS = 3
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class District:
    """The drawn district: what its tables say, as values."""

    seed: int
    today: date
    first_day: date
    books_from: date
    sites: list[Site]
    points: list[Point]
    occupancies: list[Occupancy]
    cycles: tuple[DemoCycle, ...]


def draw_district(seed: int, accounts: int, today: date) -> District:
    """Draw the district whose history ends with the month before `today`. Pure."""
    this_month = today.replace(day=1)
    first_day = add_months(this_month, -HISTORY_MONTHS)
    billed_months = HISTORY_MONTHS if accounts <= LARGE else LARGE_BILLED_MONTHS
    books_from = add_months(this_month, -billed_months)
    sites = list(draw_sites(seed, accounts, first_day))
    points = plant.draw_points(seed, sites, first_day)
    return District(
        seed=seed,
        today=today,
        first_day=first_day,
        books_from=books_from,
        sites=sites,
        points=points,
        occupancies=people.draw_occupancies(seed, points, books_from),
        cycles=calendar.draw_cycles(seed, first_day, HISTORY_MONTHS),
    )


async def load_district(sql: Sql, district: District, tell: Tell) -> None:
    """COPY land, plant and people. The database must hold no account yet."""
    seed, sites, points = district.seed, district.sites, district.points
    occupancies = district.occupancies
    chance = Chance(seed, "parcels")
    parcel_ids = [chance.id() for _ in sites]
    by_site = {site.number: made for site, made in zip(sites, parcel_ids, strict=True)}
    await sql.execute(
        "INSERT INTO counties (code, name, state, apn_mask, version) VALUES ($1, $2, 'CA', $3, 1)"
        " ON CONFLICT DO NOTHING",
        *(names.COUNTY_CODE, names.COUNTY, names.APN_MASK),
    )
    tables = (
        ("parcels", land.PARCEL_COLUMNS, land.parcels(sites, parcel_ids)),
        (
            *("parcel_owners", land.OWNER_COLUMNS),
            land.owners(seed, sites, parcel_ids, district.first_day),
        ),
        ("connections", land.CONNECTION_COLUMNS, land.connections(seed, sites, parcel_ids)),
        ("service_points", plant.POINT_COLUMNS, plant.service_points(seed, points, by_site)),
        ("meters", plant.METER_COLUMNS, plant.meters(seed, points)),
        ("registers", plant.REGISTER_COLUMNS, plant.registers(points)),
        ("installations", plant.INSTALLATION_COLUMNS, plant.installations(seed, points)),
        ("customers", people.CUSTOMER_COLUMNS, people.customers(seed, occupancies)),
        ("accounts", people.ACCOUNT_COLUMNS, people.accounts(seed, occupancies)),
        ("agreements", people.AGREEMENT_COLUMNS, people.agreements(occupancies)),
        ("rating_attributes", people.ATTRIBUTE_COLUMNS, people.attributes(seed, occupancies)),
    )
    for table, columns, rows in tables:
        await _copy(sql, table, columns, rows, tell)
    last_serial = 100_001 + sites[-1].number
    await sql.execute("SELECT setval('account_serials', $1)", last_serial)


async def load_calendar(sql: Sql, district: District, tell: Tell) -> None:
    """COPY cycles with their calendars and members, and the walks."""
    seed, drawn, points = district.seed, district.cycles, district.points
    walk_ids = calendar.draw_walks(seed, points)
    for table, columns, rows in (
        ("cycles", calendar.CYCLE_COLUMNS, calendar.cycles(drawn)),
        ("cycle_periods", calendar.PERIOD_COLUMNS, calendar.periods(drawn)),
        (
            *("cycle_accounts", calendar.MEMBER_COLUMNS),
            calendar.members(seed, drawn, district.occupancies),
        ),
        ("walks", calendar.WALK_COLUMNS, calendar.walks(walk_ids)),
        ("walk_stops", calendar.STOP_COLUMNS, calendar.stops(points, walk_ids)),
    ):
        await _copy(sql, table, columns, rows, tell)


def come_as_files(district: District) -> list[DemoCycle]:
    """The two cycles read last, the newest first: their newest reads come as files."""
    by_day = sorted(district.cycles, key=lambda c: c.read_days(district.today)[-1], reverse=True)
    return by_day[:2]


def readings_of_cycle(district: District, cycle: DemoCycle) -> Iterator[tuple[Point, Reading]]:
    """Every read of a cycle; where the newest come as a file, some registers roll over in it."""
    return reads.readings_of(
        *(district.seed, district.points, cycle, district.first_day, district.today),
        rolls=cycle in come_as_files(district),
    )


async def load_reads(sql: Sql, district: District, tell: Tell) -> dict[str, date]:
    """COPY two years of reads; returns the last cycle day that each cycle was read by them."""
    await sql.execute(
        "SELECT public.ensure_read_partitions($1, $2)",
        *(district.first_day, add_months(district.today, calendar.MONTHS_AHEAD)),
    )
    read_through = {}
    for cycle in district.cycles:
        days, as_file = cycle.read_days(district.today), cycle in come_as_files(district)
        through = days[-2] if as_file else days[-1]
        made = readings_of_cycle(district, cycle)
        await _copy(sql, "reads", reads.READ_COLUMNS, reads.history(made, through), tell)
        read_through[cycle.code] = through
    return read_through


async def _copy(
    sql: Sql,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    tell: Tell,
) -> None:
    count = await sql.copy(table, columns, rows)
    tell(f"{count:>9,} {table.replace('_', ' ')}")
