"""The language in which a district writes its schedule: strict, exact, without code."""

from curbstop.rates.engine.definition.amounts import Amount
from curbstop.rates.engine.definition.components import Component
from curbstop.rates.engine.definition.conditions import Condition
from curbstop.rates.engine.definition.policy import Policy
from curbstop.rates.engine.definition.tariff import Example, Tariff, TariffBody, Version

__all__ = [
    "Amount",
    "Component",
    "Condition",
    "Example",
    "Policy",
    "Tariff",
    "TariffBody",
    "Version",
]
