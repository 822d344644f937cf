"""A chunk's rows as the bytes that COPY takes, in the column order named here.

Most of a line is the same for every bill that a price falls on, so the bytes of its rear are kept
with the priced agreement (`Priced.rears`) and only ids and numbers are packed for each bill.
"""

from collections.abc import Iterator
from functools import lru_cache
from struct import Struct
from typing import Any
from uuid import UUID

from curbstop.billing.runs.values import ChunkResult, Priced
from curbstop.platform import binary_copy as b
from curbstop.rates.engine.lines import RatedLine

BILL_COLUMNS = (
    *("id", "number", "run_id", "chunk", "ordinal", "account_id", "account_class", "kind"),
    *("period_from", "period_to", "bill_on", "due_on", "current_cents", "line_count", "estimated"),
)
SEGMENT_COLUMNS = (
    *("bill_id", "agreement_id", "service", "service_point_id", "rate_code"),
    *("period_from", "period_to", "cycle_from", "cycle_to"),
    *("quantity", "unit", "estimated", "reads", "facts"),
)
LINE_COLUMNS = (
    *("bill_id", "line", "agreement_id", "version_id", "component", "model", "charge_group", "gl"),
    *("from_on", "to_on", "tier", "quantity", "unit", "price", "numerator", "denominator"),
    *("tier_from", "tier_to", "facts", "amount_cents"),
)

_UUID = 16
_BILL, _SEGMENT = b.count(len(BILL_COLUMNS)), b.count(len(SEGMENT_COLUMNS))
_two_uuids = Struct("!i16si16s").pack
_line_front = Struct("!hi16sihi16s").pack  # number of fields, bill_id, line, agreement_id
_word = lru_cache(maxsize=1_024)(b.text)  # of few values: classes, services, codes, units


def bills(result: ChunkResult) -> Iterator[bytes]:
    """Rows of `BILL_COLUMNS`."""
    for row in result.bills:
        yield _bill(*row)


def _bill(
    bill_id: UUID,
    number: str,
    run_id: UUID,
    chunk: int,
    ordinal: int,
    account_id: UUID,
    account_class: str,
    kind: str,
    *rest: Any,
) -> bytes:
    from_on, to_on, bill_on, due_on, cents, lines, estimated = rest
    return b"".join(
        (
            *(_BILL, b.uuid(bill_id), b.text(number), b.uuid(run_id), b.int4(chunk)),
            *(b.int4(ordinal), b.uuid(account_id), _word(account_class), _word(kind)),
            *(b.day(from_on), b.day(to_on), b.day(bill_on), b.day(due_on)),
            *(b.int8(cents), b.int2(lines), b.flag(estimated)),
        )
    )


def segments(result: ChunkResult) -> Iterator[bytes]:
    """Rows of `SEGMENT_COLUMNS`. Services on one meter follow one another and share its proof."""
    shown: Any = None
    proof = b.NULL
    for bill_id, agreement_id, service, point_id, rate_code, *rest in result.segments:
        from_on, to_on, cycle_from, cycle_to, quantity, unit, estimated, reads, facts = rest
        if reads is not shown:
            shown, proof = reads, b.json_of(reads)
        yield b"".join(
            (
                *(_SEGMENT, _two_uuids(_UUID, bill_id.bytes, _UUID, agreement_id.bytes)),
                *(_word(service), b.uuid(point_id), _word(rate_code)),
                *(b.day(from_on), b.day(to_on), b.day(cycle_from), b.day(cycle_to)),
                *(b.numeric(quantity), _word(unit), b.flag(estimated), proof, b.json_of(facts)),
            )
        )


def lines(result: ChunkResult) -> Iterator[bytes]:
    """Rows of `LINE_COLUMNS`."""
    fields = len(LINE_COLUMNS)
    for bill_id, number, agreement_id, priced in result.charges:
        bill, agreement = bill_id.bytes, agreement_id.bytes
        for line, rear in enumerate(rears(priced), number):
            yield _line_front(fields, _UUID, bill, 2, line, _UUID, agreement) + rear


def rears(priced: Priced) -> tuple[bytes, ...]:
    """What of each line does not depend on the bill; encoded once for all bills that share it."""
    if priced.rears is None:
        priced.rears = tuple(_rear(line) for line in priced.lines)
    return priced.rears


def _rear(line: RatedLine) -> bytes:
    return b"".join(
        (
            *(b.uuid(UUID(line.version_id)), b.text(line.component), b.text(line.model)),
            *(b.text(line.group), b.text(line.gl), b.day(line.from_on), b.day(line.to_on)),
            *(b.int2(line.tier), b.numeric(line.quantity), b.text(line.unit)),
            *(b.numeric(line.price), b.int4(line.numerator), b.int4(line.denominator)),
            *(b.numeric(line.tier_from), b.numeric(line.tier_to), b.text(line.facts)),
            b.int8(line.amount_cents),
        )
    )
