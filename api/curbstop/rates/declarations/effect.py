"""What declaring something would switch on: read from the schedules in force themselves."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from curbstop.platform.db import Sql
from curbstop.rates.declarations.schemas import DeclarationCodeOut, SwitchedOut

# Every schedule in force on the day, with how many agreements it prices.
_IN_FORCE = """
SELECT DISTINCT ON (t.code) t.code, t.name_en, v.body->'components' AS components,
  (SELECT count(*) FROM agreements g WHERE g.rate_code = t.code
     AND g.from_on <= $1 AND (g.to_on IS NULL OR g.to_on > $1)) AS agreements
FROM tariffs t JOIN tariff_versions v ON v.tariff_id = t.id
WHERE v.state = 'approved' AND v.effective_on <= $1
ORDER BY t.code, v.effective_on DESC
"""


async def declaration_codes(sql: Sql, on: date) -> list[DeclarationCodeOut]:
    """Codes that schedules of a day depend on, each with what it switches and whose bills."""
    switches: dict[str, list[SwitchedOut]] = {}
    for row in await sql.fetch(_IN_FORCE, on):
        for component in row["components"]:
            for code in sorted(set(declared_in(component))):
                switched = SwitchedOut(
                    tariff_code=row["code"],
                    name_en=row["name_en"],
                    title_en=component["label"]["en"],
                    agreements=row["agreements"],
                )
                switches.setdefault(code, []).append(switched)
    now = await sql.fetch(
        "SELECT code, to_on FROM declarations"
        " WHERE from_on <= $1 AND (to_on IS NULL OR to_on > $1)",
        on,
    )
    declared = {row["code"]: row["to_on"] for row in now}
    return [
        DeclarationCodeOut(
            code=code,
            switches=found,
            agreements=sum({one.tariff_code: one.agreements for one in found}.values()),
            declared_until=declared.get(code),
            is_declared=code in declared,
        )
        for code, found in sorted(switches.items())
    ]


def declared_in(node: Any) -> Iterator[str]:
    """Codes that a component's stored body names in `declared`: a condition's or an amount's."""
    if isinstance(node, list):
        for child in node:
            yield from declared_in(child)
    elif isinstance(node, dict):
        named = node.get("declared")
        if isinstance(named, str):
            yield named
        elif isinstance(named, list):  # an ordered table: pairs of code and amount
            yield from (pair[0] for pair in named)
        for child in node.values():
            yield from declared_in(child)
