"""HTTP for reads and consumption: parse, authorize, delegate."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.platform.http import problems
from curbstop.platform.uow import ReadUow, WriteUow
from curbstop.readings import actions, queries
from curbstop.readings.consumption.queries import consumption_of
from curbstop.readings.days import FIRST_DAY, LAST_DAY, QueryDay
from curbstop.readings.schemas import (
    ConsumptionOut,
    ReadRecorded,
    ReadRequest,
    ReadRow,
    WithdrawRequest,
    consumption_out,
)

router = APIRouter(tags=["readings"])


@router.get("/reads", response_model=list[ReadRow], dependencies=[requires(Perm.READING_READ)])
async def list_reads(
    service_point_id: UUID,
    reader: ReadUow,
    first_on: QueryDay = FIRST_DAY,
    last_on: QueryDay = LAST_DAY,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> list[ReadRow]:
    """The standing reads of a service point's meters, newest first, with the use between them."""
    return await queries.reads_of_point(reader.sql, service_point_id, first_on, last_on, limit)


@router.post(
    "/reads",
    response_model=ReadRecorded,
    dependencies=[requires(Perm.READING_REVIEW)],
    responses=problems(queries.RegisterNotFound, actions.ReadDoesNotFit),
)
async def record_read(body: ReadRequest, uow: WriteUow) -> ReadRecorded:
    """Record a read, or correct the one of that day by a new revision; the rules judge it."""
    read = actions.NewRead(body.register_id, body.read_on, body.value, body.method, body.kind)
    changed = await actions.record_read(uow, read, reason=body.reason)
    return ReadRecorded(changed=changed)


@router.post(
    "/reads/withdrawals",
    response_model=ReadRecorded,
    dependencies=[requires(Perm.READING_REVIEW)],
    responses=problems(actions.ReadNotFound),
)
async def withdraw_read(body: WithdrawRequest, uow: WriteUow) -> ReadRecorded:
    """Take a wrong read back; what was recorded stays on record."""
    await actions.withdraw_read(uow, body.register_id, body.read_on, body.reason)
    return ReadRecorded(changed=True)


@router.get(
    "/consumption", response_model=ConsumptionOut, dependencies=[requires(Perm.READING_READ)]
)
async def get_consumption(
    service_point_id: UUID, through_on: QueryDay, reader: ReadUow, since_on: QueryDay | None = None
) -> ConsumptionOut:
    """What a service point used up to its last read on or before a day, and what proves it."""
    since = {service_point_id: since_on} if since_on else None
    used = await consumption_of(reader.sql, [service_point_id], through_on, since)
    return consumption_out(used[service_point_id])
