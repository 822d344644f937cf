"""The audit trail of one thing, for everyone who may read that thing."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.audit.queries import AUDIT, AuditListParams, AuditRow
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.platform.lists import ListParams, list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import Reader, ReadUow

router = APIRouter(tags=["changes"])


class ChangeListParams(ListParams):
    """The changes of one thing have no filters beyond the search."""


Params = Annotated[ChangeListParams, Query()]


async def _changes(
    reader: Reader, subject_id: UUID, params: ListParams, request: Request
) -> Page[AuditRow] | Response:
    wanted = AuditListParams(**params.model_dump(), subject_id=subject_id)
    return await list_rows(reader, AUDIT, wanted, request)


@router.get(
    "/parcels/{parcel_id}/changes",
    response_model=Page[AuditRow],
    dependencies=[requires(Perm.PARCEL_READ)],
)
async def list_parcel_changes(
    parcel_id: UUID, params: Params, reader: ReadUow, request: Request
) -> Page[AuditRow] | Response:
    """What was done to a parcel, its owners and its connections; newest first."""
    return await _changes(reader, parcel_id, params, request)


@router.get(
    "/meters/{meter_id}/changes",
    response_model=Page[AuditRow],
    dependencies=[requires(Perm.METER_READ)],
)
async def list_meter_changes(
    meter_id: UUID, params: Params, reader: ReadUow, request: Request
) -> Page[AuditRow] | Response:
    """What was done to a meter: set, removed, changed, retired; newest first."""
    return await _changes(reader, meter_id, params, request)


@router.get(
    "/service-points/{service_point_id}/changes",
    response_model=Page[AuditRow],
    dependencies=[requires(Perm.METER_READ)],
)
async def list_service_point_changes(
    service_point_id: UUID, params: Params, reader: ReadUow, request: Request
) -> Page[AuditRow] | Response:
    """What was done to a service point; newest first."""
    return await _changes(reader, service_point_id, params, request)


@router.get(
    "/accounts/{account_id}/changes",
    response_model=Page[AuditRow],
    dependencies=[requires(Perm.ACCOUNT_READ)],
)
async def list_account_changes(
    account_id: UUID, params: Params, reader: ReadUow, request: Request
) -> Page[AuditRow] | Response:
    """What was done to an account and its agreements; newest first."""
    return await _changes(reader, account_id, params, request)
