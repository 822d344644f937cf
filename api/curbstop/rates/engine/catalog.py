"""The compiled tariffs and declarations that a run rates with; immutable but for its memory."""

from collections.abc import Iterable, Mapping, Sequence

from curbstop.kernel.dates import Period
from curbstop.rates.engine.compile import CompiledTariff, CompiledVersion
from curbstop.rates.engine.errors import RatingError
from curbstop.rates.engine.inputs import DateRange, RatingInput
from curbstop.rates.engine.plan import Plan, make_plan

PLANS_KEPT = 64


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
        self._plans: dict[tuple[str, Period, Period], Plan] = {}

    def tariff(self, code: str) -> CompiledTariff:
        """Raises RatingError when the catalog has no such tariff."""
        found = self.tariffs.get(code)
        if found is None:
            raise RatingError(f"no tariff has the rate code {code}")
        return found

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
