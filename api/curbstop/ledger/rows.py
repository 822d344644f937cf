"""Entries as the bytes that COPY takes, in the column order named here."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from struct import Struct

from curbstop.ledger.entries import Entry
from curbstop.platform import binary_copy as b

ENTRY_COLUMNS = (
    *("id", "kind", "posted_on", "posted_at", "source_type", "source_id", "account_id"),
    *("memo", "reverses_id"),
)
ITEM_COLUMNS = (
    *("account_id", "id", "entry_id", "kind", "charge_group", "fund", "due_on", "posted_on"),
    "cents",
)
LINE_COLUMNS = ("entry_id", "line", "debit", "credit", "cents", "account_id", "item_id")

_UUID = 16
_ENTRY, _ITEM = b.count(len(ENTRY_COLUMNS)), b.count(len(ITEM_COLUMNS))
_line_front = Struct("!hi16sih").pack  # number of fields, entry_id, line
_three_uuids = Struct("!i16si16si16s").pack
_moved_owned = Struct("!iqi16si16s").pack  # cents, account_id, item_id
_word = lru_cache(maxsize=1_024)(b.text)  # of few values: kinds, groups, funds, GL accounts


def entries(posted: Sequence[Entry], posted_on: date, posted_at: datetime) -> Iterator[bytes]:
    """Rows of `ENTRY_COLUMNS`."""
    when = b.day(posted_on) + b.moment(posted_at)
    for e in posted:
        yield b"".join(
            (
                *(_ENTRY, b.uuid(e.id), _word(e.kind), when, _word(e.source_type)),
                *(b.uuid(e.source_id), b.uuid(e.account_id), b.text(e.memo)),
                b.uuid(e.reverses_id),
            )
        )


def items(posted: Sequence[Entry], posted_on: date) -> Iterator[bytes]:
    """Rows of `ITEM_COLUMNS`. Raises ValueError for an item that nobody owes."""
    on = b.day(posted_on)
    for e in posted:
        if not e.items:
            continue
        if e.account_id is None:
            raise ValueError(f"entry {e.id} makes items of no account")
        account, entry = e.account_id.bytes, e.id.bytes
        for item_id, kind, group, fund, due_on, cents in e.items:
            ids = _three_uuids(_UUID, account, _UUID, item_id.bytes, _UUID, entry)
            yield _ITEM + ids + _item_words(kind, group, fund, due_on) + on + b.int8(cents)


@lru_cache(maxsize=1_024)
def _item_words(kind: str, group: str | None, fund: str | None, due_on: date) -> bytes:
    return b.text(kind) + b.text(group) + b.text(fund) + b.day(due_on)


def lines(posted: Sequence[Entry]) -> Iterator[bytes]:
    """Rows of `LINE_COLUMNS`: one a transfer, with account and item where it makes one."""
    fields = len(LINE_COLUMNS)
    for e in posted:
        entry, account = e.id.bytes, e.account_id.bytes if e.account_id else b""
        for number, (debit, credit, cents, item) in enumerate(e.transfers, 1):
            if item is None:
                rear = b.int8(cents) + b.NULL + b.NULL
            else:
                rear = _moved_owned(8, cents, _UUID, account, _UUID, e.items[item].id.bytes)
            yield _line_front(fields, _UUID, entry, 2, number) + _sides(debit, credit) + rear


@lru_cache(maxsize=1_024)
def _sides(debit: str, credit: str) -> bytes:
    return b.text(debit) + b.text(credit)
