"""HTTP for saved views."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from curbstop.identity.auth import requires_sign_in
from curbstop.identity.views import actions, queries
from curbstop.identity.views.schemas import ListName, SavedViewOut, SavedViewRequest
from curbstop.kernel.errors import IdempotencyConflict
from curbstop.platform.http import problems
from curbstop.platform.uow import ReadUow, WriteUow

router = APIRouter(prefix="/saved-views", tags=["identity"], dependencies=[requires_sign_in()])


@router.get("", response_model=list[SavedViewOut])
async def list_saved_views(
    reader: ReadUow, list_name: Annotated[ListName, Query(alias="list")]
) -> list[SavedViewOut]:
    """One's own views of a list, then those that the office shares."""
    return await queries.views_of(reader.sql, reader.actor.id, list_name)


@router.post(
    "",
    status_code=201,
    response_model=SavedViewOut,
    responses=problems(
        *(actions.ViewsAreOfPeople, actions.ViewNameTaken, actions.TooManyViews),
        IdempotencyConflict,
    ),
)
async def save_view(body: SavedViewRequest, uow: WriteUow) -> SavedViewOut:
    """Keep a search, filters and sort of a list under a name."""
    return await actions.save_view(uow, body)


@router.delete("/{view_id}", status_code=204, responses=problems(actions.SavedViewNotFound))
async def remove_saved_view(view_id: UUID, uow: WriteUow) -> None:
    """Remove one's own view."""
    await actions.remove_view(uow, view_id)
