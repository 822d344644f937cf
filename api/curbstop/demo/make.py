"""Making the demo district from an empty database, step by step."""

from datetime import date

from curbstop.demo.agenda import live
from curbstop.demo.calendar import DemoCycle
from curbstop.demo.chance import Chance
from curbstop.demo.files import read_file
from curbstop.demo.history import Past
from curbstop.demo.house import set_policies
from curbstop.demo.load import (
    District,
    Tell,
    come_as_files,
    draw_district,
    load_calendar,
    load_district,
    load_reads,
)
from curbstop.demo.schedules import adopt_schedules
from curbstop.demo.staff import add_staff, draw_staff
from curbstop.identity.permissions import Role
from curbstop.kernel.errors import Conflict
from curbstop.platform.database import Database
from curbstop.platform.uow import SYSTEM
from curbstop.readings.imports import actions as imports

SEED = 7
LAYOUT = "generic-csv"


class DatabaseNotEmpty(Conflict):
    title = "The database has accounts already; the demo needs an empty one"


async def make_demo(
    database: Database, accounts: int, today: date, tell: Tell, seed: int = SEED
) -> District:
    """Fill an empty database with the demo district. Raises DatabaseNotEmpty.

    Everything but the history commits at once; an interrupted history leaves a district whose
    books are true up to the last run.
    """
    async with database.read(SYSTEM) as reader:
        if await reader.sql.fetchval("SELECT EXISTS (SELECT FROM accounts)"):
            raise DatabaseNotEmpty
    district, staff = draw_district(seed, accounts, today), draw_staff(seed)
    async with database.write(SYSTEM) as uow:
        await add_staff(uow, staff)
        await load_district(uow.sql, district, tell)
        await load_calendar(uow.sql, district, tell)
        read_through = await load_reads(uow.sql, district, tell)
    async with Past(database, staff).open() as past:
        await past.analyze()
        past.go_to(district.first_day)
        async with past.database.write(staff[Role.SUPERVISOR].actor) as uow:
            await set_policies(uow, seed, district.first_day, staff[Role.ADMINISTRATOR].actor)
        tell(f"{await adopt_schedules(past, seed):>9,} tariff versions")
        await live(past, district, read_through, tell)
        await _import_newest(past, district, tell)
    return district


async def _import_newest(past: Past, district: District, tell: Tell) -> None:
    """Bring in the newest file of the cycle read before last; the last one's waits for the user."""
    _, cycle = come_as_files(district)
    past.go_to(cycle.read_days(district.today)[-1])
    async with past.database.write(past.staff[Role.TECHNICIAN].actor) as uow:
        done = await imports.receive(
            uow,
            imports.Received(
                id=Chance(district.seed, "import").id(),
                file_name=file_name(district, cycle),
                layout=LAYOUT,
                settings={},
                data=read_file(district, cycle),
            ),
        )
    tell(f"imported {done.file_name}")


def waiting_file(district: District) -> tuple[str, bytes]:
    """The newest read file of the cycle read last: name and content, for the user to import."""
    cycle = come_as_files(district)[0]
    return file_name(district, cycle), read_file(district, cycle)


def file_name(district: District, cycle: DemoCycle) -> str:
    """`reads-C4-2026-11-22.csv`."""
    return f"reads-{cycle.code}-{cycle.read_days(district.today)[-1]}.csv"
