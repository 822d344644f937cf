"""The compiled tariffs and declarations that a run rates with; immutable but for its memory."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from curbstop.kernel.dates import Period
from curbstop.rates.engine.compile import CompiledTariff, CompiledVersion
from curbstop.rates.engine.errors import RatingError
from curbstop.rates.engine.inputs import DateRange, RatingInput
from curbstop.rates.engine.plan import Plan, make_plan

PLANS_KEPT = 64


class Asked(NamedTuple):
    """What the versions of a tariff ask of an account beside its days and use."""

    attributes: tuple[str, ...]
    events: tuple[str, ...]
    inputs: bool


def _asked(tariff: CompiledTariff) -> Asked:
    components = [each for version in tariff.versions for each in version.components]
    return Asked(
        tuple(sorted({name for each in components for name in each.attributes})),
        tuple(sorted({each.event for each in components if each.event})),
        any(each.inputs for each in components),
    )


class Catalog:
    """Tariffs by code, and what the board has declared.

    Plans of periods are remembered; off-cycle periods are many, so only the latest `PLANS_KEPT`,
    which bounds the memory of a run whatever the number of its accounts.
    """

    def __init__(
        self,
        tariffs: Iterable[CompiledTariff],
        declarations: Mapping[str, Sequence[DateRange]] | None = None,
    ) -> None:
        self.tariffs = {tariff.code: tariff for tariff in tariffs}
        self.declarations = dict(declarations or {})
        self._asked = {code: _asked(tariff) for code, tariff in self.tariffs.items()}
        self._plans: dict[tuple[str, Period, Period], Plan] = {}

    def tariff(self, code: str) -> CompiledTariff:
        """Raises RatingError when the catalog has no such tariff."""
        found = self.tariffs.get(code)
        if found is None:
            raise RatingError(f"no tariff has the rate code {code}")
        return found

    def key(self, bill: RatingInput) -> tuple[object, ...] | None:
        """Everything that decides the bill's lines: inputs with one key have the same lines.

        None when they change within the period or come with measurements or declarations of their
        own, which are too many to remember, or when there is no such tariff.
        """
        asked = self._asked.get(bill.rate_code)
        if asked is None or bill.dated or bill.measured or bill.declarations is not None:
            return None
        period, cycle, get = bill.period, bill.cycle or bill.period, bill.attributes.get
        return (
            *(bill.rate_code, period.start, period.end, cycle.start, cycle.end),
            *(bill.quantity, bill.unit),
            *[get(name) for name in asked.attributes],
            *[bill.events.get(name) for name in asked.events],
            *((bill.winter_average, bill.evapotranspiration) if asked.inputs else ()),
        )

    def version(self, version_id: str) -> CompiledVersion:
        """The version that a rated line names. Raises RatingError when it is not here."""
        for tariff in self.tariffs.values():
            for version in tariff.versions:
                if version.id == version_id:
                    return version
        raise RatingError(f"no tariff version has the id {version_id}")

    def plan(self, bill: RatingInput) -> Plan:
        """The plan of the bill's period. Raises RatingError when days have no version."""
        cycle = bill.cycle or bill.period
        if bill.declarations is not None:
            tariff = self.tariff(bill.rate_code)
            return make_plan(tariff, bill.period, cycle, bill.declarations)
        key = (bill.rate_code, bill.period, cycle)
        plan = self._plans.get(key)
        if plan is None:
            tariff = self.tariff(bill.rate_code)
            plan = make_plan(tariff, bill.period, cycle, self.declarations)
            if len(self._plans) >= PLANS_KEPT:
                del self._plans[next(iter(self._plans))]
            self._plans[key] = plan
        return plan
