"""Replaying the hash chain over the journal as it stands now."""

import asyncpg

from curbstop.ledger.seals.actions import GENESIS, seal_hash
from curbstop.ledger.seals.schemas import Finding, Head
from curbstop.platform.db import Sql


async def replay(sql: Sql) -> Finding | None:
    """Every seal against the entries in its range, one seal in memory at a time."""
    previous, expected_from = GENESIS, 1
    for number in [row[0] for row in await sql.fetch("SELECT number FROM seals ORDER BY number")]:
        seal = await sql.fetchrow("SELECT * FROM seals WHERE number = $1", number)
        assert seal is not None
        rows = await sql.fetch(
            "SELECT seq, entry_id, cents, leaf FROM entry_leaves($1, $2) ORDER BY seq",
            *(seal["from_seq"], seal["to_seq"]),
        )
        stored = [seal["leaves"][at : at + 32] for at in range(0, len(seal["leaves"]), 32)]
        if bad := _first_difference(stored, rows):
            return bad
        digest = seal_hash(
            *(previous, number, seal["from_seq"], seal["to_seq"]),
            *(sum(row["cents"] for row in rows), seal["leaves"]),
        )
        broken = (
            digest != seal["sha256"]
            or seal["previous"] != previous
            or seal["from_seq"] != expected_from
        )
        if broken:
            return Finding(
                f"seal {number} (entries {seal['from_seq']} to {seal['to_seq']})",
                "its hash does not follow from the entries and the seal before it",
            )
        previous, expected_from = digest, seal["to_seq"] + 1
    return None


def _first_difference(stored: list[bytes], rows: list[asyncpg.Record]) -> Finding | None:
    present = [row["leaf"] for row in rows]
    if stored == present:
        return None
    at = next(
        (i for i, (a, b) in enumerate(zip(stored, present, strict=False)) if a != b),
        min(len(stored), len(present)),
    )
    if at == len(present) or present[at] in stored[at + 1 :]:
        after = rows[at - 1]["seq"] if at else rows[0]["seq"] - 1 if rows else 0
        return Finding(
            f"after entry {after}",
            f"a sealed entry is missing ({len(stored)} were sealed, {len(present)} are there)",
        )
    row = rows[at]
    name = f"entry {row['seq']} ({row['entry_id']})"
    if at == len(stored) or stored[at] in present[at + 1 :]:
        return Finding(name, "it was slipped into a range that was sealed without it")
    return Finding(name, "it, its lines, items or applications differ from what was sealed")


async def head(sql: Sql) -> Head | None:
    """The end of the chain as it stands, None before the first seal."""
    row = await sql.fetchrow("SELECT number, sha256 FROM seals ORDER BY number DESC LIMIT 1")
    return Head(row["number"], row["sha256"].hex()) if row else None


async def reaches(sql: Sql, exported: Head) -> Finding | None:
    """Whether the chain still holds the head that was exported: a cut tail shows here."""
    found = await sql.fetchval("SELECT sha256 FROM seals WHERE number = $1", exported.number)
    if found is None:
        return Finding(f"seal {exported.number}", "it was exported but is not there any more")
    if found.hex() != exported.sha256:
        return Finding(f"seal {exported.number}", f"exported {exported.sha256}, now {found.hex()}")
    return None
