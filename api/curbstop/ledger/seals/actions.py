"""Sealing: each seal hashes a complete range of the journal together with the seal before it."""

import hashlib
from uuid import UUID

import asyncpg

from curbstop.audit import actions as audit
from curbstop.kernel.errors import Unavailable
from curbstop.ledger.seals.schemas import Head
from curbstop.platform.db import Sql
from curbstop.platform.uow import Uow

JOURNAL_LOCK = 7_218_252  # the same number as in 0009_ledger.sql
ENTRIES_PER_SEAL = 10_000  # bounds a seal's memory: 32 bytes an entry
LOCK_WAIT = "10s"
PROOF = "ledger.verify"
GENESIS = hashlib.sha256(b"curbstop journal").digest()


def seal_hash(
    previous: bytes, number: int, from_seq: int, to_seq: int, cents: int, leaves: bytes
) -> bytes:
    """The link: SHA-256 over the link before it, the range, its total and every entry's hash."""
    header = f"{number}|{from_seq}|{to_seq}|{len(leaves) // 32}|{cents}|".encode()
    return hashlib.sha256(previous + header + leaves).digest()


async def lock_journal(sql: Sql) -> None:
    """Wait until no posting is under way and hold back new ones until this transaction ends.

    Raises Unavailable when a long posting does not end in time.
    """
    await sql.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
    try:
        await sql.execute("SELECT pg_advisory_xact_lock($1)", JOURNAL_LOCK)
    except asyncpg.LockNotAvailableError as busy:
        raise Unavailable("a posting is under way; try again in a moment") from busy
    await sql.execute("SET LOCAL lock_timeout = 0")


async def seal(uow: Uow) -> Head | None:
    """Seal everything posted since the last seal; returns the head, None while the chain is empty.

    The exclusive lock makes the range complete: an entry that was given a number but has not
    committed would otherwise slip in behind the seal. Raises Unavailable.
    """
    await lock_journal(uow.sql)
    last = await uow.sql.fetchrow(
        "SELECT number, to_seq, sha256 FROM seals ORDER BY number DESC LIMIT 1"
    )
    number, to_seq, previous = last or (0, 0, GENESIS)
    while True:
        end = await uow.sql.fetchval(
            "SELECT max(seq) FROM (SELECT seq FROM journal_entries WHERE seq > $1"
            " ORDER BY seq LIMIT $2) t",
            *(to_seq, ENTRIES_PER_SEAL),
        )
        if end is None:
            return Head(number, previous.hex()) if number else None
        number += 1
        previous = await _seal_range(uow, number, to_seq + 1, end, previous)
        to_seq = end


async def _seal_range(uow: Uow, number: int, from_seq: int, to_seq: int, previous: bytes) -> bytes:
    row = await uow.sql.fetchrow(
        "SELECT string_agg(leaf, ''::bytea ORDER BY seq) AS leaves, sum(cents)::bigint AS cents"
        " FROM entry_leaves($1, $2)",
        *(from_seq, to_seq),
    )
    assert row is not None
    leaves, cents = row["leaves"], row["cents"]
    digest = seal_hash(previous, number, from_seq, to_seq, cents, leaves)
    await uow.sql.execute(
        "INSERT INTO seals (number, from_seq, to_seq, entry_count, cents, leaves, previous,"
        " sha256, sealed_at, sealed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        *(number, from_seq, to_seq, len(leaves) // 32, cents, leaves, previous, digest),
        *(uow.now, uow.actor.id),
    )
    return digest


async def ask_for_proof(uow: Uow) -> UUID:
    """Queue a proof, or name the one that is on its way; returns its job."""
    running: UUID | None = await uow.sql.fetchval(
        "SELECT id FROM jobs WHERE kind = $1 AND state IN ('queued', 'running')"
        " ORDER BY created_at LIMIT 1",
        PROOF,
    )
    if running is not None:
        return running
    job_id = await uow.defer(PROOF, lock=PROOF)
    audit.record(uow, "ledger.proof_asked", job_id)
    return job_id
