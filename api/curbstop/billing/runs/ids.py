"""Ids that a run derives rather than draws, so that a calculation done twice writes the same bytes.

A bill's id begins with the run's own first 48 bits (its moment, when the run's id is a UUIDv7) and
goes on with the bill's place: ids of a run lie together in the index, in the order of the COPY.
Its last eight bits are zero; the entry and open items that post it take the numbers after.
"""

from collections.abc import Callable
from hashlib import blake2b
from typing import cast
from uuid import UUID

from asyncpg.pgproto import pgproto

from curbstop.kernel.ids import luhn_digit

PLACES_MAX = 1 << 24


# The driver's own UUID class costs a fifth of the standard one in a bulk run.
_uuid = cast("Callable[[bytes], UUID]", pgproto.UUID)


def bill_id(run_id: UUID, place: int, account_id: UUID) -> UUID:
    """A UUIDv8 (RFC 9562 §5.8) of run, place in the run and account. Places stay below 2^24."""
    if not 0 <= place < PLACES_MAX:
        raise ValueError(f"place {place} does not fit a run of at most {PLACES_MAX} accounts")
    digest = blake2b(run_id.bytes + account_id.bytes, digest_size=8).digest()
    value = (run_id.int >> 80) << 80 | 0x8 << 76 | (place >> 12) << 64
    value |= 0b10 << 62 | (place & 0xFFF) << 50 | int.from_bytes(digest, "big") >> 22 << 8
    return _uuid(value.to_bytes(16, "big"))


def derived_ids(bill: UUID, parts: int) -> list[UUID]:
    """The ids of what posting makes of a bill: its entry first, its open items after.

    Raises ValueError beyond 255 parts.
    """
    if parts > 255:
        raise ValueError("a bill makes at most 254 open items")
    front = bill.bytes[:15]
    return [_uuid(front + bytes((part,))) for part in range(1, parts + 1)]


def exception_id(run_id: UUID, account_id: UUID, agreement_id: UUID | None, code: str) -> UUID:
    """A UUIDv8 of what an exception is about, so that a recalculation finds it again."""
    agreement = agreement_id.bytes if agreement_id else b""
    parts = run_id.bytes + account_id.bytes + agreement + code.encode()
    value = int.from_bytes(blake2b(parts, digest_size=16).digest(), "big")
    value &= ~(0xF << 76) & ~(0b11 << 62)
    return UUID(int=value | 0x8 << 76 | 0b10 << 62)


def bill_number(run_number: int, place: int) -> str:
    """`bill_number(42, 1234)` → `0042-0001234-C`: run, place and check digit."""
    digits = f"{run_number:04d}{place:07d}"
    return f"{run_number:04d}-{place:07d}-{luhn_digit(digits)}"
