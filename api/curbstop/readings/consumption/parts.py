"""One register between two reads, and one meter of several registers. Pure and exact.

Source of the rollover rule: `delta = current - previous; if delta < 0 and previous > 10^d - k x
expected` a passage through zero is plausible, with `d` the billing dials. It is only ever proposed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from uuid import UUID

from curbstop.kernel.dates import Period
from curbstop.kernel.units import Quantity
from curbstop.readings.consumption.quantities import (
    Block,
    InstalledMeter,
    Part,
    ReadPoint,
    RegisterFacts,
)
from curbstop.readings.kinds import ReadMethod

ROLLOVER_FACTOR = Decimal(3)

Reads = Mapping[UUID, Sequence[ReadPoint]]


class BlockedError(Exception):
    """Why the register cannot be billed, as a kind and in words."""

    def __init__(self, block: Block, reason: str) -> None:
        super().__init__(reason)
        self.block = block
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RolloverProposal:
    """A passage through zero that would explain a backward read, and the other explanation."""

    delta: Decimal
    alternative: str = "or the read belongs to another meter (swapped)"


def propose_rollover(
    register: RegisterFacts,
    previous: Decimal,
    current: Decimal,
    expected: Decimal,
    factor: Decimal = ROLLOVER_FACTOR,
) -> RolloverProposal | None:
    """The rollover that the dials make plausible, or None. `expected` is the usual delta.

    `factor` (k) widens the usual delta; 4 dials, 9,987 → 14, expected 20 gives 27.
    """
    if current >= previous or previous <= register.capacity - factor * expected:
        return None
    return RolloverProposal(current - previous + register.capacity)


def stepped(value: Decimal, register: RegisterFacts) -> Decimal:
    """A register's position in billable steps: multiplied first, truncated last.

    Positions are truncated, not differences, so what one period drops the next one bills.
    """
    position = value * register.multiplier
    if register.billing_step == 0:
        return position
    return (position / register.billing_step).to_integral_value(ROUND_FLOOR) * register.billing_step


def register_part(
    meter: InstalledMeter,
    register: RegisterFacts,
    start: ReadPoint,
    end: ReadPoint,
    *,
    rollovers: int,
    expected: Decimal,
) -> Part:
    """The use of one register between two reads. Raises BlockedError when it would be negative."""
    turned = end.value + rollovers * register.capacity
    delta = turned - start.value
    if delta < 0:
        raise _backward(meter, register, start, end, expected)
    used = stepped(turned, register) - stepped(start.value, register)
    quantity = Quantity(used, register.unit)
    return Part(
        installation_id=meter.installation_id,
        meter_id=meter.meter_id,
        serial=meter.serial,
        register=register,
        from_read=start,
        to_read=end,
        rollovers=rollovers,
        delta=delta,
        quantity=quantity,
    )


def _backward(
    meter: InstalledMeter,
    register: RegisterFacts,
    start: ReadPoint,
    end: ReadPoint,
    expected: Decimal,
) -> BlockedError:
    shown = f"Meter {meter.serial} went from {start.value} to {end.value}"
    if start.method is ReadMethod.ESTIMATED:
        reason = f"{shown}: the estimate of {start.read_on} was too high; cancel and rebill"
        return BlockedError(Block.ESTIMATE_TOO_HIGH, reason)
    if proposal := propose_rollover(register, start.value, end.value, expected):
        reason = f"{shown}: rollover of {proposal.delta} proposed, {proposal.alternative}"
        return BlockedError(Block.ROLLOVER_PROPOSED, reason)
    return BlockedError(Block.BACKWARD, f"{shown}: misread or swapped meter")


def _reads_between(
    meter: InstalledMeter, register: RegisterFacts, reads: Reads, window: Period
) -> tuple[ReadPoint, ReadPoint, list[ReadPoint]]:
    """First and last read of the register inside the window, and all that lie after the first."""
    start_on = max(window.start, meter.from_on)
    removed = meter.to_on is not None and meter.to_on <= window.end
    end_on = meter.to_on if removed and meter.to_on else window.end
    inside = [r for r in reads.get(register.register_id, ()) if start_on <= r.read_on <= end_on]
    if not inside or inside[0].read_on != start_on:
        reason = f"Meter {meter.serial} register {register.number} has no read on {start_on}"
        raise BlockedError(Block.MISSING_START, reason)
    if (len(inside) == 1 and end_on > start_on) or (removed and inside[-1].read_on != end_on):
        reason = f"Meter {meter.serial} register {register.number} has no read by {end_on}"
        raise BlockedError(Block.MISSING_END, reason)
    return inside[0], inside[-1], inside[1:]


def meter_parts(
    meter: InstalledMeter, reads: Reads, window: Period, expected: Mapping[UUID, Decimal]
) -> list[Part]:
    """One part per register of the meter within the window.

    Raises BlockedError for the first register without a read, with an open exception, or that
    ran backward.
    """
    parts: list[Part] = []
    for register in meter.registers:
        start, end, later = _reads_between(meter, register, reads, window)
        for read in (start, *later):
            if read.open_reason:
                raise BlockedError(Block.OPEN_REVIEW, read.open_reason)
        usual = expected.get(register.register_id, Decimal(0))
        rollovers = sum(read.rollovers for read in later)
        parts.append(
            register_part(meter, register, start, end, rollovers=rollovers, expected=usual)
        )
    last_on = max(part.to_read.read_on for part in parts)
    for part in parts:  # a compound meter is billed on both sides read on one day, or not at all
        if part.to_read.read_on != last_on:
            reason = (
                f"Meter {meter.serial} register {part.register.number} has no read on {last_on}"
            )
            raise BlockedError(Block.MISSING_END, reason)
    return parts
