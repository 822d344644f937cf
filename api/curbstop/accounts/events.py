"""News of agreements: readings takes the move read, billing makes first and final bills."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from curbstop.parcels.kinds import Service
from curbstop.platform.events import Event


@dataclass(frozen=True, slots=True)
class AgreementStarted(Event):
    """An account takes a service from a day on; that day is the incoming party's."""

    agreement_id: UUID
    account_id: UUID
    service_point_id: UUID
    service: Service
    on: date


@dataclass(frozen=True, slots=True)
class AgreementEnded(Event):
    """An account no longer takes a service; `on` is the first day that is not theirs."""

    agreement_id: UUID
    account_id: UUID
    service_point_id: UUID
    service: Service
    on: date
