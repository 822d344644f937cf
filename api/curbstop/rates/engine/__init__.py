"""The rate engine: pure, exact, explainable.

`load_tariff(text)` reads a schedule, `compile_tariff` compiles it, `Catalog` holds what is in
force, `rate(catalog, RatingInput)` prices a bill and `explain(line, version)` says how.
"""

from curbstop.rates.engine.catalog import Catalog
from curbstop.rates.engine.compile import (
    CompiledTariff,
    CompiledVersion,
    compile_tariff,
    compile_version,
)
from curbstop.rates.engine.errors import RatingError
from curbstop.rates.engine.explain import explain, label
from curbstop.rates.engine.inputs import (
    Dated,
    DateRange,
    MeasuredUse,
    RatingInput,
    sort_attributes,
)
from curbstop.rates.engine.lines import RatedLine
from curbstop.rates.engine.rate import rate, total_cents
from curbstop.rates.engine.source import TariffFileError, load_tariff

__all__ = [
    "Catalog",
    "CompiledTariff",
    "CompiledVersion",
    "DateRange",
    "Dated",
    "MeasuredUse",
    "RatedLine",
    "RatingError",
    "RatingInput",
    "TariffFileError",
    "compile_tariff",
    "compile_version",
    "explain",
    "label",
    "load_tariff",
    "rate",
    "sort_attributes",
    "total_cents",
]
