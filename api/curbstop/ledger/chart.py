"""The chart of accounts as a value, so that recipes stay pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from curbstop.kernel.errors import Conflict
from curbstop.platform.db import Sql


class UnknownChargeGroup(Conflict):
    title = "No GL account is known for this charge group"


class UnknownGlRole(Conflict):
    title = "The chart of accounts has no account for this role"


class ChargeGroupOf(NamedTuple):
    """Where a charge group's money goes."""

    code: str
    fund: str
    income_gl: str


@dataclass(frozen=True, slots=True)
class Chart:
    """GL codes by what recipes need them for."""

    roles: Mapping[str, str]
    groups: Mapping[str, ChargeGroupOf]

    @property
    def receivable(self) -> str:
        """The control account. Raises UnknownGlRole."""
        return self.role("receivable")

    def role(self, name: str) -> str:
        """The GL code of a role such as `tender_cash`. Raises UnknownGlRole."""
        try:
            return self.roles[name]
        except KeyError:
            raise UnknownGlRole(name) from None

    def group(self, code: str) -> ChargeGroupOf:
        """A charge group by its code. Raises UnknownChargeGroup."""
        try:
            return self.groups[code]
        except KeyError:
            raise UnknownChargeGroup(
                f"{code!r}: add it to the charge groups with its income account"
            ) from None


async def load_chart(sql: Sql) -> Chart:
    """The chart as it stands now, in one round trip."""
    rows = await sql.fetch(
        "SELECT role AS code, NULL AS fund, code AS gl FROM gl_accounts WHERE role IS NOT NULL"
        " UNION ALL SELECT code, fund, income_gl FROM charge_groups"
    )
    return Chart(
        {row["code"]: row["gl"] for row in rows if row["fund"] is None},
        {
            row["code"]: ChargeGroupOf(row["code"], row["fund"], row["gl"])
            for row in rows
            if row["fund"] is not None
        },
    )
