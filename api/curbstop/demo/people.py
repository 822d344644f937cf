"""Rows of the accounts room: customers, accounts, agreements and their rating attributes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from curbstop.demo import names
from curbstop.demo.chance import Chance
from curbstop.demo.plant import Point
from curbstop.demo.sites import Site, first_read_on
from curbstop.kernel.ids import account_number

CUSTOMER_COLUMNS = (
    *("id", "kind", "name", "phone", "phone_raw", "email", "language", "created_at", "version"),
)
ACCOUNT_COLUMNS = (
    *("id", "number", "customer_id", "class", "status", "opened_on", "closed_on", "mail_name"),
    *("mail_line", "mail_line2", "mail_city", "mail_state", "mail_zip", "mail_country"),
    *("delivery", "language", "notes", "created_at", "version"),
)
AGREEMENT_COLUMNS = (
    *("id", "account_id", "service_point_id", "service", "rate_code", "share_percent"),
    *("from_on", "to_on", "created_at"),
)
ATTRIBUTE_COLUMNS = ("id", "agreement_id", "name", "value", "from_on", "to_on")
LONG_AGO = date(2015, 7, 1)
RATE_CODES = {
    "residential": ("W-RES", "S-RES"),
    "multi_family": ("W-MFR", "S-MFR"),
    "irrigation": ("W-IRR", "S-COM"),
}
_COMMERCIAL = ("W-COM", "S-COM")


@dataclass(frozen=True, slots=True)
class Occupancy:
    """A customer's account at a point, with an agreement in `[from_on, to_on)` for each service.

    Curbstop's books begin on the first read of the history, so earlier customers' agreements do.
    """

    point: Point
    account_id: UUID
    number: str
    customer_id: UUID
    agreements: tuple[tuple[UUID, str, str], ...]  # id, service, rate code
    opened_on: date
    from_on: date
    to_on: date | None
    name: str


def _name(chance: Chance, site: Site) -> str:
    if site.customer_class in ("residential", "multi_family"):
        return names.person(chance)
    if site.customer_class == "institutional":
        return f"{names.CITY} {chance.pick(names.INSTITUTIONS)}"
    return f"{chance.pick(names.FAMILY)} {chance.pick(names.BUSINESS)}"


def draw_occupancies(seed: int, points: list[Point], books_from: date) -> list[Occupancy]:
    """Who had service where; a lot whose tenant moved in had another account before."""
    chance, made = Chance(seed, "people"), []
    for point in points:
        moved_in, begun_on = point.site.occupied_from, first_read_on(point.site, books_from)
        spans: list[tuple[date, date, date | None]] = [(LONG_AGO, begun_on, None)]
        if moved_in > begun_on:
            spans = [(LONG_AGO, begun_on, moved_in), (moved_in, moved_in, None)]
        for turn, (opened_on, from_on, to_on) in enumerate(spans):
            made.append(
                Occupancy(
                    point=point,
                    account_id=chance.id(),
                    number=account_number(100_001 + point.site.number, turn),
                    customer_id=chance.id(),
                    agreements=_agreements(chance, point.site),
                    opened_on=opened_on,
                    from_on=from_on,
                    to_on=to_on,
                    name=_name(chance, point.site),
                )
            )
    return made


def _agreements(chance: Chance, site: Site) -> tuple[tuple[UUID, str, str], ...]:
    water, sewer = RATE_CODES.get(site.customer_class, _COMMERCIAL)
    services = [("water", water)] + ([("sewer", sewer)] if site.sewer else [])
    return tuple((chance.id(), service, code) for service, code in services)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(17), UTC)


def customers(seed: int, occupancies: list[Occupancy]) -> Iterator[tuple[Any, ...]]:
    """One customer for each account. Telephone numbers are of the range kept for fiction."""
    chance = Chance(seed, "customers")
    for place, occupancy in enumerate(occupancies):
        site = occupancy.point.site
        person = site.customer_class in ("residential", "multi_family")
        digits = f"559555{chance.below(10_000):04d}"
        raw = f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
        email = f"customer{place + 1}@example.org" if chance.happens(640) else ""
        yield (
            *(occupancy.customer_id, "person" if person else "organization", occupancy.name),
            *(f"+1{digits}", raw, email, site.language, _moment(occupancy.opened_on), 1),
        )


def accounts(seed: int, occupancies: list[Occupancy]) -> Iterator[tuple[Any, ...]]:
    """One account for each occupancy, closed when the next one came."""
    chance = Chance(seed, "accounts")
    for occupancy in occupancies:
        site, to_on = occupancy.point.site, occupancy.to_on
        delivery = chance.weighted((("paper", 70), ("email", 22), ("both", 8)))
        yield (
            *(occupancy.account_id, occupancy.number, occupancy.customer_id),
            *(site.customer_class, "closed" if to_on else "open", occupancy.opened_on, to_on),
            *(occupancy.name, site.situs, "", names.CITY, "CA", names.ZIP, "US"),
            *(delivery, site.language, "", _moment(occupancy.opened_on), 1),
        )


def agreements(occupancies: list[Occupancy]) -> Iterator[tuple[Any, ...]]:
    """Water, and sewer where the main reaches."""
    for occupancy in occupancies:
        for agreement_id, service, rate_code in occupancy.agreements:
            yield (
                *(agreement_id, occupancy.account_id, occupancy.point.id, service, rate_code),
                *(Decimal(100), occupancy.from_on, occupancy.to_on, _moment(occupancy.from_on)),
            )


def attributes(seed: int, occupancies: list[Occupancy]) -> Iterator[tuple[Any, ...]]:
    """The facts that the demo's schedules ask for: pump zone and dwelling units."""
    chance = Chance(seed, "attributes")
    for occupancy in occupancies:
        site = occupancy.point.site
        facts = [("zone", site.zone.lower())]
        if site.customer_class == "multi_family":
            facts.append(("dwelling_units", str(site.dwelling_units)))
        for agreement_id, _, _ in occupancy.agreements:
            for name, value in facts:
                row = (chance.id(), agreement_id, name, value)
                yield (*row, occupancy.from_on, occupancy.to_on)
