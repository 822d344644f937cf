"""Rows of the parcels room: a town of streets, each lot a polygon, owners, and connections."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from curbstop.demo import names
from curbstop.demo.chance import Chance
from curbstop.demo.sites import LOTS_PER_STREET, Site

MADE_AT = datetime(2024, 1, 1, tzinfo=UTC)
PLATTED_ON = date(1962, 5, 14)
# Degrees. A lot is about 18 m wide and 33 m deep; streets lie 80 m apart.
_WEST, _NORTH = Decimal("-120.6900000"), Decimal("36.9100000")
_LOT, _DEPTH, _BLOCK = Decimal("0.0002000"), Decimal("0.0003000"), Decimal("0.0007200")
_COLUMNS = 30  # lots on one side of a street

PARCEL_COLUMNS = (
    *("id", "county", "apn", "apn_key", "situs_line", "situs_city", "situs_zip", "land_use"),
    *("acres", "geometry", "longitude", "latitude", "created_at", "version"),
)
OWNER_COLUMNS = (
    *("id", "parcel_id", "name", "mail_line", "mail_city", "mail_state", "mail_zip"),
    *("mail_country", "from_on", "to_on", "deed_reference"),
)
CONNECTION_COLUMNS = (
    *("id", "parcel_id", "service", "size", "edu", "status", "document"),
    *("authorized_on", "installed_on", "abandoned_on"),
)
# Meter equivalents of the demo's own capacity schedule.
EDU = {"5/8": "1", "3/4": "1.5", "1": "2.5", "1-1/2": "5", "2": "8", "3": "16", "4": "25"}


def apn(site: Site) -> str:
    """Book, page, parcel: `101-004-017`."""
    book, page = divmod(site.street, 900)
    return f"{101 + book:03d}-{page + 1:03d}-{site.lot + 1:03d}"


def parcels(sites: Iterable[Site], ids: list[UUID]) -> Iterator[tuple[Any, ...]]:
    """One lot each."""
    for site, parcel_id in zip(sites, ids, strict=True):
        ring, longitude, latitude = _outline(site)
        number = apn(site)
        yield (
            *(parcel_id, names.COUNTY_CODE, number, number.replace("-", ""), site.situs),
            *(names.CITY, names.ZIP, site.customer_class.replace("_", "-")),
            *(Decimal("0.1500"), {"type": "Polygon", "coordinates": [ring]}),
            *(longitude, latitude, MADE_AT, 1),
        )


def _outline(site: Site) -> tuple[list[list[str]], Decimal, Decimal]:
    """The lot's ring, counter-clockwise (RFC 7946), and its centre, in degrees."""
    district, row = divmod(site.street, 100)
    side, column = divmod(site.lot, LOTS_PER_STREET // 2)
    west = _WEST + _LOT * column + (_LOT * _COLUMNS + _BLOCK) * district
    north = _NORTH - _BLOCK * row - _DEPTH * side
    east, south = west + _LOT, north - _DEPTH
    corners = [(west, north), (west, south), (east, south), (east, north), (west, north)]
    # GeoJSON coordinates are JSON numbers; seven places are a centimetre.
    ring = [[_number(x), _number(y)] for x, y in corners]
    return ring, (west + east) / 2, (north + south) / 2


def _number(degrees: Decimal) -> Any:
    return float(degrees)  # geometry only: never money, never water


def owners(
    seed: int, sites: Iterable[Site], ids: list[UUID], first_day: date
) -> Iterator[tuple[Any, ...]]:
    """Who is on title; one lot in twelve was sold during the history."""
    chance = Chance(seed, "owners")
    for site, parcel_id in zip(sites, ids, strict=True):
        away = site.tenant or not site.has_customer
        line = f"PO Box {chance.between(10, 9800)}" if away else site.situs
        mail = (line, names.CITY, "CA", names.ZIP, "US")
        sold_on = first_day.replace(day=1 + chance.below(28)) if chance.happens(80) else None
        if sold_on:
            earlier = names.person(chance)
            yield (chance.id(), parcel_id, earlier, *mail, PLATTED_ON, sold_on, _deed(chance))
        name = names.person(chance)
        yield (chance.id(), parcel_id, name, *mail, sold_on or PLATTED_ON, None, _deed(chance))


def _deed(chance: Chance) -> str:
    return f"{chance.between(1980, 2025)}-{chance.between(1, 99_999):07d}"


def connections(seed: int, sites: Iterable[Site], ids: list[UUID]) -> Iterator[tuple[Any, ...]]:
    """Water and sewer taps: installed where there is a customer, only authorized elsewhere."""
    chance = Chance(seed, "connections")
    for site, parcel_id in zip(sites, ids, strict=True):
        services = ["water", "sewer"] if site.sewer else ["water"]
        for service in services:
            edu = Decimal(EDU[site.meter_size] if service == "water" else site.dwelling_units)
            status = "installed" if site.has_customer else "authorized"
            installed_on = date(1963, 3, 1) if site.has_customer else None
            document = f"Resolution 1962-{chance.between(1, 40):02d}"
            row = (chance.id(), parcel_id, service, site.meter_size, edu, status, document)
            yield (*row, PLATTED_ON, installed_on, None)
