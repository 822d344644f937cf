"""A small district on paper: two tariffs, accounts and consumptions, as plain values."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from curbstop.billing.runs.models import RunKind
from curbstop.billing.runs.periods import Rates
from curbstop.billing.runs.values import AccountFacts, AgreementFacts, RunTerms
from curbstop.kernel.dates import Period
from curbstop.kernel.units import Quantity, Unit
from curbstop.rates.engine.catalog import Catalog
from curbstop.rates.engine.compile import compile_tariff
from curbstop.rates.engine.source import load_tariff
from curbstop.readings.consumption.quantities import (
    Consumption,
    Method,
    Part,
    ReadPoint,
    RegisterFacts,
)
from curbstop.readings.kinds import ReadMethod

SPACE = UUID("0198f000-0000-7000-8000-000000000000")
JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))

WATER = """
code: W
name: {en: Water, es: Agua}
service: water
unit: HCF
versions:
  - effective_on: 2020-01-01
    resolution: Resolution 2020-01
    components:
      - key: service
        model: fixed
        label: {en: Service charge, es: Servicio}
        group: water_service
        price: {by: meter_size, table: {5/8: 28.00, 1: 60.00}}
      - key: use
        model: tiered
        label: {en: Water use, es: Uso de agua}
        group: water_use
        tiers:
          - {width: 10, price: 3.00}
          - {price: 5.00}
"""
SEWER = """
code: S
name: {en: Sewer, es: Alcantarillado}
service: sewer
unit: HCF
versions:
  - effective_on: 2020-01-01
    resolution: Resolution 2020-02
    components:
      - {key: sewer, model: fixed, label: {en: Sewer, es: Cloaca}, group: sewer, price: 40.00}
"""


def sample_id(*parts: object) -> UUID:
    """The same id for the same words."""
    return uuid5(SPACE, " ".join(map(str, parts)))


def sample_rates() -> Rates:
    return Rates(Catalog([compile_tariff(load_tariff(text)) for text in (WATER, SEWER)]))


def sample_terms(kind: RunKind = RunKind.REGULAR, **more) -> RunTerms:
    values = {
        "run_id": SPACE,
        "number": 7,
        "kind": kind,
        "calendar": JUNE,
        "read_from": date(2026, 6, 28),
        "through_on": date(2026, 7, 4),
        "bill_on": date(2026, 7, 6),
        "due_on": date(2026, 7, 31),
    }
    return RunTerms(**{**values, **more})


def consumption(point: UUID, period: Period, used: str, blocked: str | None = None, block=None):
    """Water through one meter between two reads."""
    register = RegisterFacts(sample_id(point, "r"), "0", 6, 0, Decimal(1), Unit.HCF, Decimal(1))
    start = ReadPoint(period.start, Decimal(100), ReadMethod.RADIO)
    end = ReadPoint(period.end, Decimal(100) + Decimal(used), ReadMethod.RADIO)
    amount = Quantity(Decimal(used), Unit.HCF)
    installation, meter = sample_id(point, "i"), sample_id(point, "m")
    part = Part(installation, meter, "A-1", register, start, end, 0, Decimal(used), amount)
    return Consumption(point, period, amount, amount, Method.ACTUAL, (part,), (), block, blocked)


def account(number: int, used: str | None = "12", **more) -> AccountFacts:
    """A house with water and sewer, billed to 1 June unless `more` says otherwise."""
    point = sample_id("point", number)
    values = {"from_on": date(2024, 1, 1), "to_on": None, "billed_to": JUNE.start, **more}
    size = [("meter_size", "5/8", date(2020, 1, 1), None)]
    water = AgreementFacts(
        agreement_id=sample_id("water", number),
        service_point_id=point,
        service="water",
        rate_code="W",
        attributes=size,
        **values,
    )
    start = water.starts_on
    end = water.to_on or JUNE.end
    if used is not None:
        water.consumption = consumption(point, Period(start, end), used)
    sewer = AgreementFacts(
        agreement_id=sample_id("sewer", number),
        service_point_id=point,
        service="sewer",
        rate_code="S",
        **values,
    )
    name = f"{number:04d}-0000-00"
    return AccountFacts(sample_id("account", number), name, "residential", [sewer, water])
