"""Add a vendor's layout as data, and retire one of the district's own."""

from sqlmodel import col, select

from curbstop.audit import actions as audit
from curbstop.kernel.errors import BadInput, Conflict, FieldError, IdempotencyConflict
from curbstop.platform.uow import Uow
from curbstop.readings.layouts import queries
from curbstop.readings.layouts.definition import Layout
from curbstop.readings.layouts.loading import LayoutError, load_layout
from curbstop.readings.layouts.models import ReadLayout
from curbstop.readings.layouts.queries import ReadLayoutNotFound
from curbstop.readings.layouts.schemas import LayoutOut, LayoutRequest
from curbstop.readings.layouts.shipped import shipped_layouts


class ReadLayoutRefused(BadInput):
    title = "The layout cannot be used"


class ReadLayoutNameTaken(Conflict):
    title = "There is a layout of this name"


class ReadLayoutInUse(Conflict):
    title = "The layout is still needed"


class ReadLayoutShipped(Conflict):
    title = "A shipped layout is not retired"


async def add_layout(uow: Uow, request: LayoutRequest) -> LayoutOut:
    """Add a vendor's layout as data; with `replaces` the district's own of its name is retired.

    Raises: ReadLayoutRefused (every mistake with its line), ReadLayoutNameTaken, ReadLayoutInUse
    (files wait to be read by the one replaced), IdempotencyConflict (same id, other content).
    """
    layout = _loaded(request.body)
    if earlier := await uow.session.get(ReadLayout, request.id):
        if earlier.body != request.body:
            raise IdempotencyConflict(str(request.id))
        return queries.layout_out(layout, shipped=False)
    if before := await _in_force(uow, layout.layout):
        if not request.replaces:
            raise ReadLayoutNameTaken(layout.layout)
        await _require_none_waiting(uow, layout.layout)
        await _retire(uow, before, "Replaced by another text of this name")
    uow.session.add(
        ReadLayout(
            id=request.id,
            name=layout.layout,
            title=layout.title,
            body=request.body,
            created_by=uow.actor.id,
            created_by_name=uow.actor.name,
            created_at=uow.now,
        )
    )
    audit.record(uow, "readings.layout_added", request.id, after={"name": layout.layout})
    await uow.session.flush()
    return queries.layout_out(layout, shipped=False)


def _loaded(body: str) -> Layout:
    try:
        return load_layout(body)
    except LayoutError as wrong:
        fields = (FieldError(f"line {e.line}, {e.column}", e.reason) for e in wrong.errors)
        raise ReadLayoutRefused(str(wrong)[:500], *fields) from None


async def retire_layout(uow: Uow, name: str, reason: str) -> None:
    """Take a layout of the district's own out of use; its text stays on record.

    A shipped layout of the same name is in force again. Raises: ReadLayoutNotFound,
    ReadLayoutShipped, ReadLayoutInUse (files wait for it, or walks have no other).
    """
    layout = await _in_force(uow, name)
    if layout is None:
        if name in shipped_layouts():
            raise ReadLayoutShipped(name)
        raise ReadLayoutNotFound(name)
    await _require_none_waiting(uow, name)
    walks = await queries.walks_of(uow.sql, name)
    if walks and name not in shipped_layouts():
        raise ReadLayoutInUse(f"walks {', '.join(walks)} are downloaded by it: give them another")
    await _retire(uow, layout, reason)


async def _in_force(uow: Uow, name: str) -> ReadLayout | None:
    """The district's own layout of a name, locked."""
    query = select(ReadLayout).where(ReadLayout.name == name, col(ReadLayout.retired_at).is_(None))
    return (await uow.session.exec(query.with_for_update())).one_or_none()


async def _require_none_waiting(uow: Uow, name: str) -> None:
    if waiting := await queries.waiting_imports(uow.sql, name):
        raise ReadLayoutInUse(f"files that wait to be imported by it: {waiting}")


async def _retire(uow: Uow, layout: ReadLayout, reason: str) -> None:
    layout.retired_by, layout.retired_by_name = uow.actor.id, uow.actor.name
    layout.retired_at, layout.retirement_reason = uow.now, reason
    after = {"name": layout.name}
    audit.record(uow, "readings.layout_retired", layout.id, after=after, reason=reason)
    await uow.session.flush()
