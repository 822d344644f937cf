"""Proposing winter averages, by rule or by hand; a second person sets them."""

from decimal import Decimal
from uuid import UUID

from sqlmodel import select

from curbstop.audit import actions as audit
from curbstop.billing.winter import queries
from curbstop.billing.winter.compute import COMPUTE, rule_of
from curbstop.billing.winter.models import ProposalState, WinterFlag, WinterLine, WinterProposal
from curbstop.billing.winter.problems import (
    AgreementNotFound,
    ApproverIsAuthor,
    ProposalNotFound,
    ProposalNotOpen,
)
from curbstop.billing.winter.schemas import WinterComputation, WinterEntry, WinterLineEdit
from curbstop.kernel.errors import IdempotencyConflict
from curbstop.platform.http import require_version
from curbstop.platform.uow import Uow
from curbstop.rates.declarations.actions import keep_winter_averages
from curbstop.rates.declarations.queries import winter_averages_of


async def compute_later(uow: Uow, request: WinterComputation) -> UUID:
    """Open a proposal and queue its computation; returns the job to watch.

    Raises NoWinterRule, IdempotencyConflict.
    """
    await rule_of(uow.sql, request.rate_code, request.from_on)
    if await uow.session.get(WinterProposal, request.id) is not None:
        return await _job_of(uow, request)
    row = _proposal(uow, request.id, request.rate_code, "By the tariff's rule")
    row.as_of_on, row.from_on = request.as_of_on, request.from_on
    uow.session.add(row)
    audit.record(uow, "winter_proposal.opened", row.id, after=request.model_dump(mode="json"))
    await uow.session.flush()
    return await uow.defer(COMPUTE, subject_id=row.id, lock=COMPUTE, proposal_id=str(row.id))


def _proposal(uow: Uow, proposal_id: UUID, rate_code: str, reason: str) -> WinterProposal:
    return WinterProposal(
        id=proposal_id,
        rate_code=rate_code,
        from_on=uow.today,
        reason=reason,
        state=ProposalState.COMPUTING,
        authors=[uow.actor.id],
        prepared_by=uow.actor.id,
        prepared_by_name=uow.actor.name,
        prepared_at=uow.now,
    )


async def _job_of(uow: Uow, request: WinterComputation) -> UUID:
    row = await uow.session.get_one(WinterProposal, request.id)
    job_id: UUID | None = await uow.sql.fetchval(
        "SELECT id FROM jobs WHERE subject_id = $1 ORDER BY created_at LIMIT 1", request.id
    )
    asked = (request.rate_code, request.as_of_on, request.from_on)
    if job_id is None or (row.rate_code, row.as_of_on, row.from_on) != asked:
        raise IdempotencyConflict(str(request.id))
    return job_id


async def propose_by_hand(uow: Uow, entry: WinterEntry) -> None:
    """Propose one customer's average: a new home, a leak in winter. Repeating it is safe.

    Raises AgreementNotFound, IdempotencyConflict.
    """
    rate_code = await uow.sql.fetchval(
        "SELECT rate_code FROM agreements WHERE id = $1", entry.agreement_id
    )
    if rate_code is None:
        raise AgreementNotFound(str(entry.agreement_id))
    if earlier := await uow.session.get(WinterProposal, entry.id):
        line = await uow.session.get(WinterLine, (entry.id, entry.agreement_id))
        asked = (entry.quantity, entry.from_on)
        if line is None or (line.quantity, earlier.from_on) != asked:
            raise IdempotencyConflict(str(entry.id))
        return
    before = await winter_averages_of(uow.sql, [entry.agreement_id], entry.from_on)
    row = _proposal(uow, entry.id, rate_code, entry.reason)
    row.from_on, row.state = entry.from_on, ProposalState.PROPOSED
    uow.session.add(row)
    await uow.session.flush()
    line = WinterLine(
        proposal_id=row.id,
        agreement_id=entry.agreement_id,
        quantity=entry.quantity,
        previous=before.get(entry.agreement_id),
        flag=WinterFlag.BY_HAND,
        note=entry.reason,
    )
    uow.session.add(line)
    audit.record(
        uow,
        "winter_proposal.entered",
        row.id,
        after=entry.model_dump(mode="json"),
        reason=entry.reason,
    )
    await uow.session.flush()


async def set_line(
    uow: Uow, proposal_id: UUID, agreement_id: UUID, edit: WinterLineEdit, seen: str
) -> None:
    """Correct one line of a proposal, or leave the customer as is; the editor becomes an author.

    Raises ProposalNotFound, StaleVersion, ProposalNotOpen, AgreementNotFound.
    """
    row = await _open(uow, proposal_id, seen)
    line = await uow.session.get(WinterLine, (proposal_id, agreement_id))
    if line is None:
        raise AgreementNotFound(str(agreement_id))
    before = {"quantity": _text(line.quantity), "note": line.note}
    line.quantity, line.note, line.flag = edit.quantity, edit.reason, WinterFlag.BY_HAND
    row.authors = sorted({*row.authors, uow.actor.id}, key=str)
    row.version += 1
    after = {"agreement_id": str(agreement_id), "quantity": _text(line.quantity)}
    audit.record(
        uow, "winter_proposal.corrected", row.id, before=before, after=after, reason=edit.reason
    )
    await uow.session.flush()


def _text(quantity: Decimal | None) -> str | None:
    return None if quantity is None else str(quantity)


async def approve(uow: Uow, proposal_id: UUID, seen: str) -> int:
    """Set the averages as a second person; bills of periods from `from_on` use them.

    Returns how many. Raises ProposalNotFound, StaleVersion, ProposalNotOpen, ApproverIsAuthor.
    Source: two-person rule, also CHECKs of both tables.
    """
    row = await _open(uow, proposal_id, seen)
    if uow.actor.id in row.authors:
        raise ApproverIsAuthor(str(proposal_id))
    averages = await queries.to_set(uow.sql, proposal_id)
    source = row.reason if row.as_of_on is None else f"computed from bills before {row.as_of_on}"
    kept = await keep_winter_averages(uow, averages, row.from_on, source, row.prepared_by)
    _decide(uow, row, ProposalState.APPROVED, None)
    audit.record(uow, "winter_proposal.approved", row.id, after={"agreements": kept})
    await uow.session.flush()
    return kept


async def reject(uow: Uow, proposal_id: UUID, reason: str, seen: str) -> None:
    """Set nothing of it. Raises ProposalNotFound, StaleVersion, ProposalNotOpen."""
    row = await _open(uow, proposal_id, seen)
    _decide(uow, row, ProposalState.REJECTED, reason)
    audit.record(uow, "winter_proposal.rejected", row.id, reason=reason)
    await uow.session.flush()


def _decide(uow: Uow, row: WinterProposal, state: ProposalState, decision: str | None) -> None:
    row.state, row.decision, row.version = state, decision, row.version + 1
    row.decided_by, row.decided_by_name, row.decided_at = uow.actor.id, uow.actor.name, uow.now


async def _open(uow: Uow, proposal_id: UUID, seen: str) -> WinterProposal:
    query = select(WinterProposal).where(WinterProposal.id == proposal_id).with_for_update()
    row = (await uow.session.exec(query)).one_or_none()
    if row is None:
        raise ProposalNotFound(str(proposal_id))
    require_version(seen, row.version)
    if row.state is not ProposalState.PROPOSED:
        raise ProposalNotOpen(f"it is {row.state.value}")
    return row
