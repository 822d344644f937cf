"""News of plant: readings stores the in-read and out-read, accounts guards a point in use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from curbstop.kernel.units import Unit
from curbstop.platform.events import Event


@dataclass(frozen=True, slots=True)
class MeterInstalled(Event):
    """A meter was set on a day. `reads` holds what each of its registers showed, by register id."""

    installation_id: UUID
    service_point_id: UUID
    meter_id: UUID
    on: date
    reads: Mapping[UUID, Decimal]
    units: Mapping[UUID, Unit]


@dataclass(frozen=True, slots=True)
class MeterRemoved(Event):
    """A meter was taken out on a day, with the out-read of each of its registers."""

    installation_id: UUID
    service_point_id: UUID
    meter_id: UUID
    on: date
    reads: Mapping[UUID, Decimal]
    units: Mapping[UUID, Unit]


@dataclass(frozen=True, slots=True)
class ServicePointAbandoned(Event):
    """A service point will not be used again."""

    service_point_id: UUID
    on: date
