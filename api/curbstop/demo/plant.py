"""Rows of the meters room: service points, meters with registers, installations, exchanges."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from curbstop.demo.chance import Chance
from curbstop.demo.land import MADE_AT
from curbstop.demo.sites import Site
from curbstop.kernel.dates import add_months

POINT_COLUMNS = (
    *("id", "code", "parcel_id", "service", "location", "zone", "access_notes"),
    *("longitude", "latitude", "status", "created_at", "version"),
)
METER_COLUMNS = (
    *("id", "serial", "make", "model", "size", "kind", "endpoint_serial", "status"),
    *("retired_on", "created_at", "version"),
)
REGISTER_COLUMNS = (
    *("id", "meter_id", "number", "dials", "decimals", "multiplier", "unit", "billing_step"),
)
INSTALLATION_COLUMNS = ("id", "meter_id", "service_point_id", "role", "from_on", "to_on")

_LOCATIONS = (
    *("front left, at the walk", "front right, at the walk", "alley, by the gate", "in planter"),
    *("driveway apron", "corner, behind hydrant"),
)
_ACCESS = ("", "", "", "", "", "", "dog in yard", "locked gate, call first", "lift lid with care")
_MAKES = (("Badger", "Recordall 25"), ("Neptune", "T-10"), ("Sensus", "SRII"))
_LARGE = ("Neptune", "Tru/Flo")
DIALS = {"5/8": 4, "3/4": 4, "1": 4}


@dataclass(frozen=True, slots=True)
class Device:
    """A meter of the demo with its registers' ids, installed in `[from_on, to_on)`."""

    meter_id: UUID
    serial: str
    endpoint: str
    registers: tuple[tuple[UUID, str], ...]
    dials: int
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class Point:
    """A service point of the demo and the one or two meters that sat there."""

    site: Site
    id: UUID
    code: str
    devices: tuple[Device, ...]


def draw_points(seed: int, sites: list[Site], first_day: date) -> list[Point]:
    """A service point for every lot with a customer; some had their meter exchanged."""
    chance, points = Chance(seed, "plant"), []
    for site in sites:
        if not site.has_customer:
            continue
        exchanged_on = None
        if site.exchange_month is not None:
            month = add_months(first_day, site.exchange_month)
            exchanged_on = month.replace(day=chance.between(9, 13))
        spans: list[tuple[date, date | None]] = [(date(2012, 7, 1), exchanged_on)]
        if exchanged_on:
            spans.append((exchanged_on, None))
        devices = tuple(_device(chance, site, place, *span) for place, span in enumerate(spans))
        points.append(Point(site, chance.id(), f"SP-{site.number + 1:06d}", devices))
    return points


def _device(chance: Chance, site: Site, place: int, from_on: date, to_on: date | None) -> Device:
    numbers = ("L", "H") if site.compound else ("0",)
    registers = tuple((chance.id(), number) for number in numbers)
    # The lot and the meter's place in its history make serials unique whatever chance draws.
    serial = f"{chance.between(10, 99)}{place}{site.number:07d}"
    endpoint = f"15{chance.between(0, 9)}{place}{site.number:06d}"
    return Device(
        chance.id(), serial, endpoint, registers, DIALS.get(site.meter_size, 5), from_on, to_on
    )


def service_points(
    seed: int, points: list[Point], parcel_ids: dict[int, UUID]
) -> Iterator[tuple[Any, ...]]:
    """One row each; where the crew finds the box and what they should know."""
    chance = Chance(seed, "points")
    for point in points:
        yield (
            *(point.id, point.code, parcel_ids[point.site.number], "water"),
            *(chance.pick(_LOCATIONS), point.site.zone, chance.pick(_ACCESS)),
            *(None, None, "active", MADE_AT, 1),
        )


def meters(seed: int, points: list[Point]) -> Iterator[tuple[Any, ...]]:
    """One row for each device; an exchanged one is retired."""
    chance = Chance(seed, "meters")
    for point in points:
        large = point.site.meter_size in ("2", "3", "4")
        for device in point.devices:
            make, model = _LARGE if large else chance.pick(_MAKES)
            kind = "compound" if point.site.compound else "displacement"
            status = "retired" if device.to_on else "active"
            row = (device.meter_id, device.serial, make, model, point.site.meter_size, kind)
            yield (*row, device.endpoint, status, device.to_on, MADE_AT, 1)


def registers(points: list[Point]) -> Iterator[tuple[Any, ...]]:
    """All count hundreds of cubic feet, as the demo's schedule bills them."""
    for point in points:
        for device in point.devices:
            for register_id, number in device.registers:
                yield (
                    *(register_id, device.meter_id, number, device.dials, 0),
                    *(Decimal(1), "HCF", Decimal(1)),
                )


def installations(seed: int, points: list[Point]) -> Iterator[tuple[Any, ...]]:
    """When each device sat at its point."""
    chance = Chance(seed, "installations")
    for point in points:
        for device in point.devices:
            yield (
                *(chance.id(), device.meter_id, point.id, "main"),
                *(device.from_on, device.to_on),
            )
