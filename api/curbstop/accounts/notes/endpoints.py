"""HTTP for contact notes."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from curbstop.accounts.notes import actions, queries
from curbstop.accounts.notes.schemas import (
    ContactNoteListParams,
    ContactNoteOut,
    ContactNoteRequest,
)
from curbstop.accounts.queries import AccountNotFound
from curbstop.identity.auth import requires
from curbstop.identity.permissions import Perm
from curbstop.kernel.errors import BadInput, IdempotencyConflict
from curbstop.platform.http import problems
from curbstop.platform.lists import list_rows
from curbstop.platform.pagination import Page
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(tags=["accounts"])


@router.get(
    "/contact-notes",
    response_model=Page[ContactNoteOut],
    dependencies=[requires(Perm.ACCOUNT_READ)],
    responses=problems(BadInput),
)
async def list_contact_notes(
    params: Annotated[ContactNoteListParams, Query()], reader: ReadUow, request: Request
) -> Page[ContactNoteOut] | Response:
    """What was said with customers; `q` finds any scrap of the words or of the account."""
    return await list_rows(reader, queries.CONTACT_NOTES, params, request)


@router.post(
    "/accounts/{account_id}/notes",
    status_code=201,
    response_model=ContactNoteOut,
    dependencies=[requires(Perm.NOTE_WRITE)],
    responses=problems(
        *(AccountNotFound, queries.ContactNoteNotFound, actions.NoteAlreadyCorrected),
        *(IdempotencyConflict, BadInput),
    ),
)
async def write_contact_note(
    account_id: UUID, body: ContactNoteRequest, uow: WriteUow
) -> ContactNoteOut:
    """Keep what was said with the customer. Notes are corrected by another note, never changed."""
    return await actions.write_note(uow, account_id, body)
