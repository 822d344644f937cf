"""Keeping and removing views."""

from uuid import UUID

from curbstop.audit import actions as audit
from curbstop.identity.views.models import SavedView
from curbstop.identity.views.queries import views_of
from curbstop.identity.views.schemas import SavedViewOut, SavedViewRequest
from curbstop.kernel.errors import Conflict, Forbidden, IdempotencyConflict, NotFound
from curbstop.platform.uow import Uow

VIEWS_PER_LIST_MAX = 100


class SavedViewNotFound(NotFound):
    title = "No such view"


class ViewsAreOfPeople(Forbidden):
    title = "Only a person keeps views"


class ViewNameTaken(Conflict):
    title = "You have a view of this list with that name"


class TooManyViews(Conflict):
    title = f"A list keeps at most {VIEWS_PER_LIST_MAX} views of one person"


async def save_view(uow: Uow, request: SavedViewRequest) -> SavedViewOut:
    """Keep how a list is looked at.

    Raises ViewsAreOfPeople, ViewNameTaken, TooManyViews, IdempotencyConflict.
    """
    if uow.actor.session_id is None:
        raise ViewsAreOfPeople
    if earlier := await uow.session.get(SavedView, request.id):
        kept = earlier.model_dump(include=set(SavedViewRequest.model_fields))
        if earlier.owner_id != uow.actor.id or kept != request.model_dump():
            raise IdempotencyConflict(str(request.id))
        return await _view(uow, request)
    mine = [v for v in await views_of(uow.sql, uow.actor.id, request.list) if v.mine]
    if any(view.name.lower() == request.name.lower() for view in mine):
        raise ViewNameTaken(request.name)
    if len(mine) >= VIEWS_PER_LIST_MAX:
        raise TooManyViews
    uow.session.add(SavedView(owner_id=uow.actor.id, created_at=uow.now, **request.model_dump()))
    if request.shared:
        audit.record(uow, "saved_view.shared", request.id, after=request.model_dump(mode="json"))
    await uow.session.flush()
    return await _view(uow, request)


async def _view(uow: Uow, request: SavedViewRequest) -> SavedViewOut:
    views = await views_of(uow.sql, uow.actor.id, request.list)
    return next(view for view in views if view.id == request.id)


async def remove_view(uow: Uow, view_id: UUID) -> None:
    """Remove one's own view. Raises SavedViewNotFound, for those of others too."""
    view = await uow.session.get(SavedView, view_id)
    if view is None or view.owner_id != uow.actor.id:
        raise SavedViewNotFound(str(view_id))
    if view.shared:
        audit.record(uow, "saved_view.removed", view_id, before={"name": view.name})
    await uow.session.delete(view)
