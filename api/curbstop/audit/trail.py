"""The audit trail over HTTP; its permission is put on by `identity`, which lies above."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from curbstop.audit.queries import AUDIT, AuditChoices, AuditListParams, AuditRow, audit_choices
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow

router = APIRouter(prefix="/audit-events", tags=["audit"])


@router.get("", response_model=Page[AuditRow])
async def list_audit_events(
    params: Annotated[AuditListParams, Query()], reader: ReadUow, request: Request
) -> Page[AuditRow] | Response:
    """Who did what, when and why; newest first."""
    return await list_rows(reader, AUDIT, params, request)


@router.get("/choices", response_model=AuditChoices)
async def list_audit_choices(reader: ReadUow) -> AuditChoices:
    """Everybody who ever acted and every kind of act, to narrow the trail by."""
    return await audit_choices(reader.sql)
