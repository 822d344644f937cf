"""Filing papers with an account."""

from dataclasses import dataclass
from uuid import UUID

from curbstop.accounts.files.models import AccountFile, AccountFileKind
from curbstop.accounts.files.queries import find_account_file
from curbstop.accounts.files.schemas import AccountFileOut
from curbstop.accounts.files.types import ALLOWED, FILE_BYTES_MAX, media_type_of
from curbstop.accounts.models import Account
from curbstop.accounts.queries import AccountNotFound
from curbstop.audit import actions as audit
from curbstop.documents.files.actions import store_file
from curbstop.kernel.errors import BadInput, IdempotencyConflict, TooLarge
from curbstop.platform.uow import Uow


class FileTypeRefused(BadInput):
    title = "That kind of file is not kept with an account"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to keep: its bytes, the name it came under, and what the office calls it."""

    id: UUID
    data: bytes
    name: str
    title: str
    kind: AccountFileKind = AccountFileKind.RECEIVED


async def file_paper(uow: Uow, account_id: UUID, paper: Paper) -> AccountFileOut:
    """Keep a file with an account; its type is told by its first bytes.

    Raises AccountNotFound, FileTypeRefused, TooLarge, IdempotencyConflict (same id, other bytes,
    title or account).
    """
    if await uow.session.get(Account, account_id) is None:
        raise AccountNotFound(str(account_id))
    if len(paper.data) > FILE_BYTES_MAX:
        raise TooLarge(f"{len(paper.data):,} bytes; at most {FILE_BYTES_MAX:,}")
    media_type = media_type_of(paper.data)
    if media_type is None:
        raise FileTypeRefused(f"take {ALLOWED}")
    stored = await store_file(uow, paper.data, paper.name, media_type, file_id=paper.id)
    title = paper.title or stored.name
    if earlier := await find_account_file(uow.sql, paper.id):
        if (earlier.account_id, earlier.title, earlier.kind) != (account_id, title, paper.kind):
            raise IdempotencyConflict(str(paper.id))
        return earlier
    uow.session.add(
        AccountFile(
            id=paper.id,
            account_id=account_id,
            kind=paper.kind,
            title=title,
            filed_by=uow.actor.id,
            filed_by_name=uow.actor.name,
            filed_at=uow.now,
        )
    )
    after = {"file_id": str(paper.id), "kind": paper.kind.value}
    audit.record(uow, "accounts.paper_filed", account_id, after=after)
    filed = await find_account_file(uow.sql, paper.id)
    if filed is None:
        raise AssertionError("the row that was just written is there")
    return filed
