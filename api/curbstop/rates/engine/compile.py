"""A version compiled once: its components as functions, ready for thousands of bills."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from curbstop.rates.engine.charges.common import CompiledComponent, Context
from curbstop.rates.engine.charges.fixed import compile_fixed, compile_one_time
from curbstop.rates.engine.charges.minimum import compile_minimum
from curbstop.rates.engine.charges.relative import (
    compile_bounds,
    compile_discount,
    compile_percentage,
)
from curbstop.rates.engine.charges.tiered import compile_tiered
from curbstop.rates.engine.charges.uniform import compile_uniform
from curbstop.rates.engine.definition import components as d
from curbstop.rates.engine.definition.components import Component
from curbstop.rates.engine.definition.tariff import Tariff, TariffBody, Version


@dataclass(frozen=True, slots=True, eq=False)
class CompiledVersion:
    """An immutable version: what it says (`definition`) and how it prices (`components`)."""

    id: str
    tariff: TariffBody
    definition: Version
    until: date | None
    components: tuple[CompiledComponent, ...]

    @property
    def effective_on(self) -> date:
        return self.definition.effective_on

    def holds_on(self, day: date) -> bool:
        """Whether this version is in force on a day."""
        return self.effective_on <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, eq=False)
class CompiledTariff:
    """The versions of one tariff in order, without overlap."""

    code: str
    versions: tuple[CompiledVersion, ...]


def compile_version(
    tariff: TariffBody, version: Version, version_id: str, until: date | None = None
) -> CompiledVersion:
    """Compile one version; `until` is the effective date of its successor, if any."""
    context = Context(
        version_id=version_id,
        unit=tariff.unit,
        price_unit=tariff.price_unit or tariff.unit,
        policy=version.policy,
    )
    components = tuple(_compile(node, context) for node in version.components)
    return CompiledVersion(version_id, tariff, version, until, components)


def compile_tariff(tariff: Tariff, ids: Sequence[str] | None = None) -> CompiledTariff:
    """Compile all versions of a file; ids default to `CODE@effective date`."""
    names = ids or [f"{tariff.code}@{version.effective_on}" for version in tariff.versions]
    ends: list[date | None] = [b.effective_on for _, b in pairwise(tariff.versions)]
    versions = [
        compile_version(tariff, version, version_id, until)
        for version, version_id, until in zip(tariff.versions, names, [*ends, None], strict=True)
    ]
    return CompiledTariff(tariff.code, tuple(versions))


def _compile(node: Component, context: Context) -> CompiledComponent:
    match node:
        case d.Fixed():
            return compile_fixed(node, context)
        case d.Uniform():
            return compile_uniform(node, context)
        case d.Tiered():
            return compile_tiered(node, context)
        case d.Minimum():
            return compile_minimum(node, context)
        case d.Percentage():
            return compile_percentage(node, context)
        case d.Discount():
            return compile_discount(node, context)
        case d.Bounds():
            return compile_bounds(node, context)
        case d.OneTime():
            return compile_one_time(node, context)
