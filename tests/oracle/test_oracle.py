"""The engine against the oracle: every line, every quantity, every cent, or the same refusal.

`CURBSTOP_ORACLE_TARIFFS=20000` makes it long; each tariff prices eight bills.
"""

import os
from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from curbstop.kernel.dates import Period
from curbstop.kernel.units import Unit
from curbstop.rates.engine import (
    Catalog,
    Dated,
    DateRange,
    RatingError,
    RatingInput,
    compile_tariff,
    rate,
)
from curbstop.rates.engine.definition import Tariff
from tests.oracle import oracle
from tests.oracle.numbers import Refused
from tests.oracle.strategies import cases, tariffs

TARIFFS = int(os.environ.get("CURBSTOP_ORACLE_TARIFFS", "200"))
BILLS = 8
# Shrinking a whole tariff takes minutes; it is for the one who is looking for the cause.
SHRINK = [Phase.shrink] if "CURBSTOP_ORACLE_SHRINK" in os.environ else []
PHASES = [Phase.explicit, Phase.generate, *SHRINK]


def bill_of(case: oracle.Case) -> RatingInput:
    """The same bill in the engine's words."""
    constant = {name: value for name, value in case.facts.items() if isinstance(value, str)}
    dated = {
        name: [Dated(*entry) for entry in value]
        for name, value in case.facts.items()
        if not isinstance(value, str)
    }
    return RatingInput(
        rate_code="T",
        period=Period(case.start, case.end),
        cycle=Period(*case.cycle),
        quantity=Decimal(case.quantity),
        unit=None if case.unit is None else Unit(case.unit),
        attributes=constant,
        dated=dated,
        declarations={c: [DateRange(*r) for r in ranges] for c, ranges in case.declared.items()},
        winter_average=None if case.winter is None else Decimal(case.winter),
        evapotranspiration=None if case.inches is None else Decimal(case.inches),
        events=case.events,
    )


def engine_lines(catalog: Catalog, case: oracle.Case) -> list[tuple] | None:
    try:
        lines = rate(catalog, bill_of(case))
    except RatingError:
        return None
    return [
        (
            line.component,
            line.from_on,
            line.to_on,
            line.tier,
            None if line.quantity is None else Fraction(line.quantity),
            line.amount_cents,
        )
        for line in lines
    ]


def oracle_lines(tariff: dict, case: oracle.Case) -> list[tuple] | None:
    try:
        return oracle.rate(tariff, case)
    except Refused:
        return None


@settings(
    max_examples=TARIFFS,
    deadline=None,
    database=None,
    print_blob=True,
    phases=PHASES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(tariffs(), st.lists(cases(), min_size=BILLS, max_size=BILLS))
def test_engine_and_oracle_agree_to_the_cent(tariff, bills):
    catalog = Catalog([compile_tariff(Tariff.model_validate(tariff))])
    for case in bills:
        expected = oracle_lines(tariff, case)
        event("refused" if expected is None else f"{min(len(expected), 12)} lines")
        assert engine_lines(catalog, case) == expected
