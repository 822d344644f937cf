"""Decide exceptions of the edit list. Each decision is audited; some take two people."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol
from uuid import UUID

from sqlmodel import col, select

from curbstop.audit import actions as audit
from curbstop.kernel.errors import Conflict, NotFound, Problem
from curbstop.platform.uow import Uow
from curbstop.readings.actions import NewRead, add_revision, record_read
from curbstop.readings.estimation.actions import estimate_read
from curbstop.readings.kinds import ReadKind, ReadMethod
from curbstop.readings.queries import standing_read
from curbstop.readings.reviews.models import UNDECIDED, ReadReview, ReviewState
from curbstop.readings.reviews.schemas import Act, ActRefused, ActsDone, MatchRequest
from curbstop.readings.validation.rules import RuleName, Severity, plain


class ReviewNotFound(NotFound):
    title = "No such exception"


class ReviewDecided(Conflict):
    title = "This exception is decided already"


class ReviewActDoesNotFit(Conflict):
    title = "This act does not fit the exception"


class SecondPersonIsFirst(Conflict):
    title = "A second person must approve, not the one who proposed it"


class NothingProposed(Conflict):
    title = "Nothing is proposed that a second person could approve"


class RegisterReadThatDay(Conflict):
    title = "This register has another read of that day"


_BACKWARD = frozenset({RuleName.ROLLOVER, RuleName.NEGATIVE})
_NO_READ = frozenset({RuleName.MISSING, RuleName.UNKNOWN_METER})
# Values that the file brought and that stand nowhere until somebody accepts them.
_SET_ASIDE = frozenset({RuleName.DUPLICATE, RuleName.IMPLAUSIBLE_DAY})
TWO_PEOPLE = frozenset({Act.ACCEPT, Act.ROLLOVER})
_DECISIONS = {
    Act.ACCEPT: ReviewState.ACCEPTED,
    Act.ROLLOVER: ReviewState.ROLLOVER,
    Act.ESTIMATE: ReviewState.ESTIMATED,
    Act.REREAD: ReviewState.REREAD,
    Act.HOLD: ReviewState.HELD,
    Act.DISMISS: ReviewState.DISMISSED,
}


async def act_on(uow: Uow, ids: Sequence[UUID], act: Act, reason: str) -> ActsDone:
    """Do one act on each exception; those that it does not fit are named and left alone.

    Above the threshold `accept` and `rollover` only propose: another person approves. Raises
    ReviewNotFound when an id is unknown.
    """
    outcome = ActsDone(done=[], proposed=[], refused=[])
    for review_id, review in (await _locked(uow, ids)).items():
        proposes = review.needs_second and act in TWO_PEOPLE
        try:
            async with uow.session.begin_nested():
                await uow.session.connection()  # SAVEPOINT is sent with the first use, not before
                await _act(uow, review, act, reason, proposes=proposes)
        except Problem as problem:
            outcome.refused.append(_refused(review_id, problem))
        else:
            (outcome.proposed if proposes else outcome.done).append(review_id)
    return outcome


async def _act(uow: Uow, review: ReadReview, act: Act, reason: str, *, proposes: bool) -> None:
    require_fit(review, act)
    if proposes:
        _decide(uow, review, ReviewState.PROPOSED, reason, _DECISIONS[act])
        await uow.session.flush()
        return
    _decide(uow, review, _DECISIONS[act], reason)
    await uow.session.flush()
    await _carry_out(uow, review, act, reason)


def _refused(review_id: UUID, problem: Problem) -> ActRefused:
    return ActRefused(id=review_id, problem=problem.slug(), detail=problem.detail or problem.title)


async def approve(uow: Uow, ids: Sequence[UUID]) -> ActsDone:
    """Approve proposals as the second person and carry them out; refusals are named.

    Raises ReviewNotFound when an id is unknown.
    """
    outcome = ActsDone(done=[], proposed=[], refused=[])
    for review_id, review in (await _locked(uow, ids)).items():
        try:
            async with uow.session.begin_nested():
                await uow.session.connection()
                await _approve_one(uow, review)
        except Problem as problem:
            outcome.refused.append(_refused(review_id, problem))
        else:
            outcome.done.append(review_id)
    return outcome


async def _approve_one(uow: Uow, review: ReadReview) -> None:
    if review.state is not ReviewState.PROPOSED or review.decision is None:
        raise NothingProposed(f"it is {review.state}")
    if review.decided_by == uow.actor.id:
        raise SecondPersonIsFirst(str(review.id))
    review.state = review.decision
    review.approved_by, review.approved_at = uow.actor.id, uow.now
    review.version += 1
    audit.record(uow, "read_exception.approved", review.id, after={"state": str(review.state)})
    await uow.session.flush()
    act = Act.ROLLOVER if review.decision is ReviewState.ROLLOVER else Act.ACCEPT
    await _carry_out(uow, review, act, review.decision_reason)


async def match_line(uow: Uow, review_id: UUID, request: MatchRequest) -> None:
    """Say which register an unknown line belongs to; its read is recorded and judged.

    Raises: ReviewNotFound, ReviewDecided, ReviewActDoesNotFit, RegisterNotFound, ReadDoesNotFit,
    RegisterReadThatDay (another value stands, and the request does not say that it is replaced).
    """
    review = (await _locked(uow, [review_id]))[review_id]
    if review.state not in UNDECIDED:
        raise ReviewDecided(str(review_id))
    if review.rule is not RuleName.UNKNOWN_METER or review.value is None:
        raise ReviewActDoesNotFit("only a line with a reading and without a meter can be matched")
    standing = await standing_read(uow.sql, request.register_id, review.read_on)
    if standing and standing["value"] not in (None, review.value) and not request.replaces:
        raise RegisterReadThatDay(
            f"{plain(standing['value'])} on {review.read_on}, not {plain(review.value)}"
        )
    _decide(uow, review, ReviewState.MATCHED, request.reason)
    review.register_id = request.register_id
    await uow.session.flush()
    read = NewRead(request.register_id, review.read_on, review.value)
    await record_read(uow, read, reason=request.reason)


async def _locked(uow: Uow, ids: Sequence[UUID]) -> dict[UUID, ReadReview]:
    wanted = list(dict.fromkeys(ids))
    query = select(ReadReview).where(col(ReadReview.id).in_(wanted)).with_for_update()
    found = {review.id: review for review in (await uow.session.exec(query)).all()}
    for review_id in wanted:
        if review_id not in found:
            raise ReviewNotFound(str(review_id))
    return {review_id: found[review_id] for review_id in wanted}


class Doubt(Protocol):
    """As much of an exception as decides whether an act fits it."""

    @property
    def rule(self) -> RuleName: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def state(self) -> ReviewState: ...
    @property
    def register_id(self) -> UUID | None: ...


def require_fit(review: Doubt, act: Act) -> None:
    """Raises ReviewDecided, or ReviewActDoesNotFit with the plain reason."""
    if review.state not in UNDECIDED:
        raise ReviewDecided(f"it is {review.state}")
    why: str | None = None
    if act is Act.ROLLOVER and review.rule not in _BACKWARD:
        why = "only a backward read can have passed zero"
    elif act is Act.ACCEPT and review.rule in _BACKWARD:
        why = "a backward read cannot be billed: accept a rollover, estimate or correct it"
    elif act is Act.ACCEPT and review.rule in _NO_READ:
        why = "there is no read to accept: estimate, match or type it"
    elif act in (Act.ESTIMATE, Act.ROLLOVER) and review.register_id is None:
        why = "no register is known for this line: match it first"
    elif act is Act.ESTIMATE and review.rule is RuleName.IMPLAUSIBLE_DAY:
        why = "the day is in doubt, not the read: accept it or dismiss it"
    elif act is Act.DISMISS and _stands(review):
        why = "a blocking exception of a read is accepted, corrected or estimated"
    if why:
        raise ReviewActDoesNotFit(why)


def _stands(review: Doubt) -> bool:
    """Whether dismissing would let a doubtful read stand that nobody answered for."""
    answerable = _NO_READ | {RuleName.IMPLAUSIBLE_DAY}
    return review.severity == "block" and review.rule not in answerable


def _decide(
    uow: Uow,
    review: ReadReview,
    state: ReviewState,
    reason: str,
    decision: ReviewState | None = None,
) -> None:
    before = {"state": str(review.state)}
    review.state, review.decision, review.decision_reason = state, decision, reason
    review.decided_by, review.decided_at = uow.actor.id, uow.now
    review.approved_by, review.approved_at = None, None
    review.version += 1
    after = {"state": str(state), "rule": str(review.rule)}
    audit.record(
        uow, "read_exception.decided", review.id, before=before, after=after, reason=reason
    )


async def _carry_out(uow: Uow, review: ReadReview, act: Act, reason: str) -> None:
    """What a decision does to the reads; hold, re-read and dismissal do nothing to them."""
    doing: dict[Act, Callable[[Uow, ReadReview, str], Awaitable[None]]] = {
        Act.ACCEPT: _accept_other_value,
        Act.ROLLOVER: _accept_rollover,
        Act.ESTIMATE: _estimate,
    }
    if act in doing:
        await doing[act](uow, review, reason)


async def _accept_other_value(uow: Uow, review: ReadReview, reason: str) -> None:
    """A value that was set aside takes its day; other accepted reads stand as they are."""
    if review.rule not in _SET_ASIDE or review.value is None or review.register_id is None:
        return
    standing = await standing_read(uow.sql, review.register_id, review.read_on)
    if standing is None or standing["value"] != review.value:
        await record_read(
            uow, NewRead(review.register_id, review.read_on, review.value), reason=reason
        )


async def _accept_rollover(uow: Uow, review: ReadReview, reason: str) -> None:
    assert review.register_id is not None
    standing = await standing_read(uow.sql, review.register_id, review.read_on)
    if standing is None or standing["value"] is None:
        raise ReviewActDoesNotFit("the read was withdrawn")
    read = NewRead(
        review.register_id,
        review.read_on,
        standing["value"],
        ReadMethod(standing["method"]),
        ReadKind(standing["kind"]),
        standing["rollovers"] + 1,
    )
    await add_revision(uow, read, value=read.value)
    after = {"on": review.read_on.isoformat(), "rollovers": read.rollovers}
    audit.record(uow, "read.rollover_accepted", review.register_id, after=after, reason=reason)


async def _estimate(uow: Uow, review: ReadReview, reason: str) -> None:
    assert review.register_id is not None
    await estimate_read(uow, review.register_id, review.read_on, reason)
