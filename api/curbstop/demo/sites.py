"""What stands on each lot: the one draw from which land, plant and people are written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from curbstop.demo import names
from curbstop.demo.chance import Chance

LOTS_PER_STREET = 60
CYCLES = 4
ZONES = ("Valley", "Bench", "Ridge")

# (class, per mille of lots); the rest stands empty with an authorized connection.
CLASSES = (
    ("residential", 866),
    ("multi_family", 42),
    ("commercial", 52),
    ("irrigation", 18),
    ("institutional", 9),
    ("industrial", 3),
    ("vacant", 10),
)
# Monthly use of a middling customer of the class, in hundredths of an HCF.
TYPICAL_USE = {
    "residential": 1150,
    "multi_family": 4300,
    "commercial": 3100,
    "irrigation": 5200,
    "institutional": 6800,
    "industrial": 42_000,
}
_SIZES = {
    "residential": (("5/8", 70), ("3/4", 22), ("1", 8)),
    "multi_family": (("1", 40), ("1-1/2", 40), ("2", 20)),
    "commercial": (("3/4", 40), ("1", 40), ("1-1/2", 12), ("2", 8)),
    "irrigation": (("1", 50), ("1-1/2", 30), ("2", 20)),
    "institutional": (("2", 60), ("3", 40)),
    "industrial": (("3", 50), ("4", 50)),
}


@dataclass(frozen=True, slots=True)
class Site:
    """One lot with its customer. `number` runs from 0; everything else follows from the draw."""

    number: int
    street: int
    lot: int
    situs: str
    zone: str
    customer_class: str
    meter_size: str
    compound: bool
    dwelling_units: int
    sewer: bool
    occupied_from: date
    use_percent: int
    leak_month: int | None
    exchange_month: int | None
    pays: str
    language: str
    tenant: bool

    @property
    def has_customer(self) -> bool:
        """Whether somebody takes service here."""
        return self.customer_class != "vacant"


def cycle_of(site: Site) -> int:
    """The cycle, from 1, that a lot's street is read with."""
    return site.street % CYCLES + 1


def first_read_on(site: Site, month: date) -> date:
    """The first day from a month's first on that the lot's cycle was read, a week apart."""
    return month + timedelta(days=7 * (cycle_of(site) - 1))


def street_name(street: int) -> str:
    """`0` → `Alder St`; streets never share a name, however large the district."""
    base, lap = street % len(names.STREETS), street // len(names.STREETS)
    kind = names.STREET_KINDS[(base + lap) % len(names.STREET_KINDS)]
    prefix = ("", "North ", "South ", "East ", "West ", "Old ", "New ")[lap % 7]
    number = lap // 7
    suffix = f" {number + 1}" if number else ""
    return f"{prefix}{names.STREETS[base]} {kind}{suffix}"


def draw_sites(seed: int, accounts: int, first_day: date) -> Iterator[Site]:
    """Lots along streets until so many have a customer. Two years of history start at first_day."""
    chance, number, with_customer = Chance(seed, "sites"), 0, 0
    while with_customer < accounts:
        site = _draw(chance, number, first_day)
        number += 1
        with_customer += site.has_customer
        yield site


def _draw(chance: Chance, number: int, first_day: date) -> Site:
    street, lot = divmod(number, LOTS_PER_STREET)
    kind = chance.weighted(CLASSES)
    size = chance.weighted(_SIZES.get(kind, (("5/8", 1),)))
    zone = ZONES[min(street * 3 // 40, 2)] if street < 40 else ZONES[street % 3]
    tenant = kind == "residential" and chance.happens(310)
    moved_in = chance.between(1, 720) if tenant and chance.happens(500) else None
    return Site(
        number=number,
        street=street,
        lot=lot,
        situs=f"{100 + lot * 4 + (lot % 2)} {street_name(street)}",
        zone=zone,
        customer_class=kind,
        meter_size=size,
        compound=size in ("3", "4") and chance.happens(700),
        dwelling_units=chance.between(2, 16) if kind == "multi_family" else 1,
        sewer=kind not in ("irrigation", "vacant") and zone != "Ridge",
        occupied_from=first_day + timedelta(days=moved_in) if moved_in else first_day,
        use_percent=chance.spread(25, 230),
        leak_month=chance.below(24) if chance.happens(25) else None,
        exchange_month=chance.between(3, 22) if chance.happens(40) else None,
        pays=chance.weighted(
            (("on_time", 800), ("late", 130), ("partial", 40), ("seldom", 25), ("never", 5))
        ),
        language="es" if chance.happens(210) else "en",
        tenant=tenant,
    )
