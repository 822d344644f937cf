"""From reads to consumption: exchange, bypass, deduct. Pure and exact."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from curbstop.kernel.dates import Period
from curbstop.kernel.units import GALLONS_PER_HCF, Quantity, Unit, conversion
from curbstop.readings.consumption.parts import BlockedError, Reads, meter_parts
from curbstop.readings.consumption.quantities import (
    Block,
    Consumption,
    Deduction,
    InstalledMeter,
    Method,
    Part,
    ReadPoint,
)

_ALIGNED_STEP = Decimal("0.001")
READ_WINDOW = timedelta(days=10)  # no cycle keeps its readers out longer than this


def total(
    parts: Sequence[Part], unit: Unit, gallons_per_hcf: Decimal = GALLONS_PER_HCF
) -> Quantity:
    """The sum of the parts in one unit: both meters of an exchange, both sides of a compound."""
    if all(part.quantity.unit is unit for part in parts):
        return Quantity(sum((part.quantity.value for part in parts), Decimal(0)), unit)
    exact = sum(
        (
            Fraction(p.quantity.value) * conversion(p.quantity.unit, unit, gallons_per_hcf)
            for p in parts
        ),
        Fraction(0),
    )
    return Quantity(Decimal(exact.numerator) / Decimal(exact.denominator), unit)


def service_point_consumption(
    service_point_id: UUID,
    meters: Sequence[InstalledMeter],
    reads: Reads,
    window: Period,
    *,
    expected: Mapping[UUID, Decimal] | None = None,
    gallons_per_hcf: Decimal = GALLONS_PER_HCF,
) -> Consumption:
    """Everything that passed the service point in the window, in the unit of its latest meter.

    `window.start` is the day of the last billed read, `window.end` the last day whose reads count.
    The period ends at the last read taken. A meter that `deducts` is taken off the others. Never
    raises: what is missing is said in `blocked_by`.
    """

    window = _before_unread_exchange(meters, reads, window)

    def measured(some: list[InstalledMeter]) -> Consumption:
        return _measured(service_point_id, some, reads, window, expected or {}, gallons_per_hcf)

    here = sorted(
        (m for m in meters if m.from_on <= window.end and (m.to_on or date.max) > window.start),
        key=lambda m: m.from_on,
    )
    main = measured([m for m in here if not m.deducts])
    deducting = [m for m in here if m.deducts]
    return deduct(main, [measured(deducting)], gallons_per_hcf) if deducting else main


def _before_unread_exchange(
    meters: Sequence[InstalledMeter], reads: Reads, window: Period
) -> Period:
    """The window, ended at the cycle's read when the meter was exchanged just after it.

    The new meter then has nothing but its in-read; the exchange belongs to the next period.
    """
    new = max((m for m in meters if not m.deducts), key=lambda m: m.from_on, default=None)
    if new is None or not window.start < new.from_on <= window.end:
        return window
    if any(r.read_on > new.from_on for r in _days(new, reads) if r.read_on <= window.end):
        return window
    earliest = max(window.start, window.end - READ_WINDOW)
    before = [
        r.read_on
        for m in meters
        if m.to_on == new.from_on and not m.deducts
        for r in _days(m, reads)
        if earliest < r.read_on < new.from_on
    ]
    return Period(window.start, max(before)) if before else window


def _days(meter: InstalledMeter, reads: Reads) -> list[ReadPoint]:
    return [read for register in meter.registers for read in reads.get(register.register_id, ())]


def _measured(
    service_point_id: UUID,
    meters: list[InstalledMeter],
    reads: Reads,
    window: Period,
    expected: Mapping[UUID, Decimal],
    gallons_per_hcf: Decimal,
) -> Consumption:
    parts: list[Part] = []
    block: BlockedError | None = None
    if not meters:
        reason = f"No meter is installed between {window.start} and {window.end}"
        block = BlockedError(Block.NO_METER, reason)
    for meter in meters:
        try:
            parts += meter_parts(meter, reads, window, expected)
        except BlockedError as failure:
            block = block or failure
    end_on = max((part.to_read.read_on for part in parts), default=window.end)
    block = block or _left_behind(meters, parts, end_on)
    quantity = total(parts, meters[-1].registers[0].unit if meters else Unit.HCF, gallons_per_hcf)
    estimated = any(part.method is Method.ESTIMATED for part in parts)
    return Consumption(
        service_point_id=service_point_id,
        period=Period(window.start, end_on),
        quantity=quantity,
        after_deductions=quantity,
        method=Method.ESTIMATED if estimated else Method.ACTUAL,
        parts=tuple(parts),
        deductions=(),
        block=block.block if block else None,
        blocked_by=block.reason if block else None,
    )


def _left_behind(
    meters: Sequence[InstalledMeter], parts: Sequence[Part], end_on: date
) -> BlockedError | None:
    """A meter beside the main one that was not read to the same day, if any."""
    staying = {m.installation_id for m in meters if (m.to_on or date.max) > end_on}
    for part in parts:
        if part.installation_id in staying and part.to_read.read_on != end_on:
            reason = f"Meter {part.serial} has no read on {end_on}"
            return BlockedError(Block.MISSING_END, reason)
    return None


def deduct(
    main: Consumption,
    children: Sequence[Consumption],
    gallons_per_hcf: Decimal = GALLONS_PER_HCF,
) -> Consumption:
    """Take the deduct meters off the main one; a child read on other days is shared out by days.

    The result is never negative: it is zero and blocked, so that somebody looks.
    """
    taken = tuple(_deduction(main, child, gallons_per_hcf) for child in children)
    rest = main.quantity.value - sum((d.quantity.value for d in taken), Decimal(0))
    block, reason = main.block, main.blocked_by
    for child in children:
        if block is None and child.blocked_by:
            block, reason = child.block, f"Deduct meter: {child.blocked_by}"
    if block is None and rest < 0:
        block = Block.DEDUCT_EXCEEDS_MAIN
        sub = main.quantity.value - rest
        reason = (
            f"Deduct meters used {sub} {main.quantity.unit}, the main meter {main.quantity.value}"
        )
    net = Quantity(max(rest, Decimal(0)), main.quantity.unit)
    return replace(main, after_deductions=net, deductions=taken, block=block, blocked_by=reason)


def _deduction(main: Consumption, child: Consumption, gallons_per_hcf: Decimal) -> Deduction:
    same_days = child.period == main.period
    exact = Fraction(child.quantity.value)
    exact *= conversion(child.quantity.unit, main.quantity.unit, gallons_per_hcf)
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    if not same_days:
        shared = child.period.intersect(main.period)
        share = Fraction(shared.days if shared else 0, child.period.days or 1)
        exact *= share
        value = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_ALIGNED_STEP)
    quantity = Quantity(value, main.quantity.unit)
    return Deduction(child.service_point_id, quantity, aligned=not same_days)
