"""Taking entries back, in the open month."""

from uuid import UUID

from curbstop.kernel.errors import Conflict
from curbstop.ledger import recipes
from curbstop.ledger.entries import Entry, EntryKind
from curbstop.ledger.journal import queries
from curbstop.ledger.posting import lock_account, post
from curbstop.platform.uow import Uow


class AlreadyReversed(Conflict):
    title = "The entry was taken back before"


class ReversalIsFinal(Conflict):
    title = "A reversal is not taken back; post the act again"


async def reverse_entry(
    uow: Uow,
    entry_id: UUID,
    source_type: str,
    source_id: UUID,
    memo: str,
    kind: EntryKind = EntryKind.REVERSAL,
) -> Entry:
    """Take a posted entry back whole, today, whatever month it lies in and whatever paid it since.

    What it had paid is open again with its own due dates; what had paid it becomes a credit.
    Raises EntryNotFound, AlreadyReversed, ReversalIsFinal, AccountNotFound.
    """
    original = await queries.posted_entry(uow.sql, entry_id)
    if original.reverses_id is not None:
        raise ReversalIsFinal(str(entry_id))
    if original.account_id is not None:
        await lock_account(uow.sql, original.account_id)
    earlier = await uow.sql.fetchval(
        "SELECT id FROM journal_entries WHERE reverses_id = $1", entry_id
    )
    if earlier is not None:
        raise AlreadyReversed(f"by entry {earlier}")
    live = await queries.live_applications(uow.sql, original)
    return await post(uow, recipes.reversal(original, live, source_type, source_id, memo, kind))
