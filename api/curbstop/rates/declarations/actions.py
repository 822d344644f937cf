"""Declaring and lifting, and entering what budgets and sewer bills depend on."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlmodel import select

from curbstop.audit import actions as audit
from curbstop.kernel.errors import BadInput, Conflict, FieldError, IdempotencyConflict, NotFound
from curbstop.platform.http import require_version
from curbstop.platform.uow import Uow
from curbstop.rates.declarations.models import Declaration
from curbstop.rates.declarations.schemas import (
    DeclarationOut,
    DeclarationRequest,
    LiftRequest,
    MonthlyInches,
)


class DeclarationNotFound(NotFound):
    title = "No such declaration"


class DeclarationOverlaps(Conflict):
    title = "It is already declared for some of these days"


class DeclarationEnded(Conflict):
    title = "The declaration was lifted before"


async def declare(uow: Uow, request: DeclarationRequest) -> DeclarationOut:
    """Enter a declaration; bills of its days calculate with it from now on.

    Raises BadInput (ends before it starts), DeclarationOverlaps, IdempotencyConflict.
    """
    if earlier := await uow.session.get(Declaration, request.id):
        return _same(earlier, request)
    if request.to_on is not None and request.to_on < request.from_on:
        raise BadInput("it ends before it starts", FieldError("/to_on", "before from_on"))
    await _refuse_overlap(uow, request)
    row = Declaration(
        **request.model_dump(),
        declared_by=uow.actor.id,
        declared_by_name=uow.actor.name,
        declared_at=uow.now,
    )
    uow.session.add(row)
    after = request.model_dump(mode="json", exclude={"id"})
    audit.record(uow, "declaration.declared", row.id, after=after)
    await uow.session.flush()
    return DeclarationOut.model_validate(row, from_attributes=True)


def _same(earlier: Declaration, request: DeclarationRequest) -> DeclarationOut:
    # Its end may have been set since by lifting it.
    for name in ("code", "from_on", "document"):
        if getattr(earlier, name) != getattr(request, name):
            raise IdempotencyConflict(str(request.id))
    return DeclarationOut.model_validate(earlier, from_attributes=True)


async def _refuse_overlap(uow: Uow, request: DeclarationRequest) -> None:
    # One at a time for each code, so that two people cannot both see it free.
    await uow.sql.execute("SELECT pg_advisory_xact_lock(hashtext($1))", f"declare {request.code}")
    other = await uow.sql.fetchrow(
        "SELECT from_on, to_on FROM declarations WHERE code = $1"
        " AND daterange(from_on, to_on, '[)') && daterange($2, $3, '[)') LIMIT 1",
        *(request.code, request.from_on, request.to_on),
    )
    if other is not None:
        until = f" to {other['to_on']}" if other["to_on"] else ", and on"
        raise DeclarationOverlaps(f"{request.code} is declared from {other['from_on']}{until}")


async def lift(uow: Uow, declaration_id: UUID, request: LiftRequest, seen: str) -> DeclarationOut:
    """End a declaration that is open, or move its end forward.

    Raises DeclarationNotFound, StaleVersion, DeclarationEnded (its end is already earlier),
    BadInput (ends before it starts).
    """
    query = select(Declaration).where(Declaration.id == declaration_id).with_for_update()
    row = (await uow.session.exec(query)).one_or_none()
    if row is None:
        raise DeclarationNotFound(str(declaration_id))
    require_version(seen, row.version)
    if row.to_on is not None and row.to_on <= request.to_on:
        raise DeclarationEnded(f"it already ends on {row.to_on}")
    if request.to_on < row.from_on:
        raise BadInput("it ends before it starts", FieldError("/to_on", "before from_on"))
    before = {"to_on": None if row.to_on is None else row.to_on.isoformat()}
    row.to_on, row.version = request.to_on, row.version + 1
    after = {"to_on": request.to_on.isoformat()}
    audit.record(
        uow, "declaration.lifted", row.id, reason=request.reason, before=before, after=after
    )
    await uow.session.flush()
    return DeclarationOut.model_validate(row, from_attributes=True)


async def enter_evapotranspiration(uow: Uow, zone: str, months: list[MonthlyInches]) -> None:
    """Enter or correct months of a zone. Raises BadInput when a month is not its first day."""
    for place, entry in enumerate(months):
        if entry.month.day != 1:
            error = FieldError(f"/months/{place}/month", "give the first day of the month")
            raise BadInput("a month is named by its first day", error)
    await uow.sql.execute(
        "INSERT INTO evapotranspiration (zone, month, inches)"
        " SELECT $1, m, i FROM unnest($2::date[], $3::numeric[]) AS u (m, i)"
        " ON CONFLICT (zone, month) DO UPDATE SET inches = excluded.inches",
        *(zone, [entry.month for entry in months], [entry.inches for entry in months]),
    )
    after = {"zone": zone, **{entry.month.isoformat(): str(entry.inches) for entry in months}}
    audit.record(uow, "evapotranspiration.entered", after=after)


async def keep_winter_averages(
    uow: Uow, averages: Iterable[tuple[UUID, Decimal]], from_on: date, source: str, set_by: UUID
) -> int:
    """Set averages (agreement id, quantity) for bills from `from_on`; one statement.

    `set_by` prepared them, the actor approves them: a CHECK refuses one person as both. Setting
    again replaces those of the same day. Returns how many.
    """
    rows = list(averages)
    await uow.sql.execute(
        "INSERT INTO winter_averages (agreement_id, from_on, quantity, source, set_by, approved_by)"
        " SELECT a, $3, q, $4, $5, $6 FROM unnest($1::uuid[], $2::numeric[]) AS u (a, q)"
        " ON CONFLICT (agreement_id, from_on) DO UPDATE SET quantity = excluded.quantity,"
        " source = excluded.source, set_by = excluded.set_by, approved_by = excluded.approved_by",
        *([row[0] for row in rows], [row[1] for row in rows], from_on, source),
        *(set_by, uow.actor.id),
    )
    after = {"from_on": from_on.isoformat(), "agreements": len(rows), "source": source}
    audit.record(uow, "winter_averages.set", after=after)
    return len(rows)
