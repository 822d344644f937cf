"""Everything that a chunk of accounts is billed from: one read for each kind of fact."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

import asyncpg

from curbstop.billing.bills.rating import Share
from curbstop.billing.runs.models import RunKind
from curbstop.billing.runs.periods import Rates, window
from curbstop.billing.runs.values import AccountFacts, AgreementFacts, AttributeRow, RunTerms
from curbstop.billing.terms import gallons_per_hcf
from curbstop.kernel.dates import Period
from curbstop.platform.db import Sql
from curbstop.readings.consumption.quantities import Consumption
from curbstop.readings.consumption.queries import consumption_of

_AGREEMENTS = """
SELECT w.id AS account_id, a.number, a.class, g.id AS agreement_id, g.service_point_id,
       g.service, g.rate_code, g.share_percent, g.from_on, g.to_on, p.zone,
       billed.period_to AS billed_to, billed.run_number, billed.run_state
FROM unnest($1::uuid[]) WITH ORDINALITY AS w (id, place)
JOIN accounts a ON a.id = w.id
LEFT JOIN agreements g ON g.account_id = w.id AND g.from_on < $2
  AND (g.to_on IS NULL OR g.to_on > g.from_on)
LEFT JOIN service_points p ON p.id = g.service_point_id
LEFT JOIN LATERAL (
  SELECT s.period_to, o.number AS run_number, o.state AS run_state
  FROM bill_segments s JOIN bills b ON b.id = s.bill_id JOIN bill_runs o ON o.id = b.run_id
  WHERE s.agreement_id = g.id AND s.live ORDER BY s.period_from DESC LIMIT 1
) billed ON true
ORDER BY w.place
"""

_ATTRIBUTES = """
SELECT agreement_id, name, value, from_on, to_on FROM rating_attributes
WHERE agreement_id = ANY($1)
"""

# The size that a tariff asks for is that of the meter which stands in the main place.
_SIZES = """
SELECT i.service_point_id, m.size, i.from_on, i.to_on
FROM installations i JOIN meters m ON m.id = i.meter_id
WHERE i.service_point_id = ANY($1) AND i.role = 'main' AND (i.to_on IS NULL OR i.to_on > i.from_on)
ORDER BY i.service_point_id, i.from_on
"""

_SHARES = """
SELECT service_point_id, service, id, share_percent, from_on, to_on FROM agreements
WHERE service_point_id = ANY($1) AND share_percent < 100
ORDER BY service_point_id, service, from_on, id
"""

_RUN = """
SELECT r.*, p.read_from FROM bill_runs r LEFT JOIN cycle_periods p ON p.id = r.cycle_period_id
WHERE r.id = $1
"""

_WINTER = """
SELECT DISTINCT ON (agreement_id) agreement_id, quantity FROM winter_averages
WHERE agreement_id = ANY($1) AND from_on < $2 ORDER BY agreement_id, from_on DESC
"""

WHOLE = 10_000


async def load_terms(sql: Sql, run_id: UUID) -> RunTerms | None:
    """What the run bills, or None when there is no such run."""
    row = await sql.fetchrow(_RUN, run_id)
    if row is None:
        return None
    return RunTerms(
        run_id=run_id,
        number=row["number"],
        kind=RunKind(row["kind"]),
        calendar=Period(row["period_from"], row["period_to"]),
        read_from=row["read_from"],
        through_on=row["through_on"],
        bill_on=row["bill_on"],
        due_on=row["due_on"],
    )


async def load_accounts(
    sql: Sql, terms: RunTerms, rates: Rates, account_ids: Sequence[UUID]
) -> list[AccountFacts]:
    """The facts of a chunk's accounts, in the order asked for."""
    accounts: dict[UUID, AccountFacts] = {}
    agreements: list[tuple[asyncpg.Record, AgreementFacts]] = []
    for row in await sql.fetch(_AGREEMENTS, list(account_ids), terms.calendar.end):
        account = accounts.get(row["account_id"])
        if account is None:
            account = AccountFacts(row["account_id"], row["number"], row["class"])
            accounts[row["account_id"]] = account
        if row["agreement_id"] is not None:
            facts = _agreement(row)
            account.agreements.append(facts)
            agreements.append((row, facts))
    await _add_attributes(sql, agreements)
    await _add_shares(sql, agreements)
    winter = {
        row["agreement_id"]: row["quantity"]
        for row in await sql.fetch(
            _WINTER, [facts.agreement_id for _, facts in agreements], terms.calendar.end
        )
    }
    for _, facts in agreements:
        facts.winter_average = winter.get(facts.agreement_id)
    await _add_consumption(sql, terms, rates, [facts for _, facts in agreements])
    return list(accounts.values())


def _agreement(row: asyncpg.Record) -> AgreementFacts:
    held = row["run_state"] not in (None, "posted")
    return AgreementFacts(
        agreement_id=row["agreement_id"],
        service_point_id=row["service_point_id"],
        service=row["service"],
        rate_code=row["rate_code"],
        from_on=row["from_on"],
        to_on=row["to_on"],
        billed_to=row["billed_to"],
        other_run=row["run_number"] if held else None,
        zone=row["zone"] or "",
    )


async def _add_attributes(
    sql: Sql, agreements: Sequence[tuple[asyncpg.Record, AgreementFacts]]
) -> None:
    """The agreement's own attributes; the meter's size and the point's zone where it has none."""
    own: defaultdict[UUID, list[AttributeRow]] = defaultdict(list)
    asked = [facts.agreement_id for _, facts in agreements]
    for row in await sql.fetch(_ATTRIBUTES, asked):
        value = (row["name"], row["value"], row["from_on"], row["to_on"])
        own[row["agreement_id"]].append(value)
    sizes: defaultdict[UUID, list[AttributeRow]] = defaultdict(list)
    points = list({facts.service_point_id for _, facts in agreements})
    for point, size, from_on, to_on in await sql.fetch(_SIZES, points):
        sizes[point].append(("meter_size", size, from_on, to_on))
    for row, facts in agreements:
        named = own.get(facts.agreement_id, [])
        names = {name for name, *_ in named}
        attributes = list(named)
        if "meter_size" not in names:
            attributes += joined(sizes.get(facts.service_point_id, []))
        if "zone" not in names and row["zone"]:
            attributes.append(("zone", row["zone"], date.min, None))
        facts.attributes = attributes


def joined(rows: Sequence[AttributeRow]) -> list[AttributeRow]:
    """Neighbouring stays with one value as one: a meter exchange of like sizes changes nothing."""
    merged: list[AttributeRow] = []
    for name, value, from_on, to_on in rows:
        if merged and merged[-1][1] == value and merged[-1][3] == from_on:
            merged[-1] = (name, value, merged[-1][2], to_on)
        else:
            merged.append((name, value, from_on, to_on))
    return merged


async def _add_shares(
    sql: Sql, agreements: Sequence[tuple[asyncpg.Record, AgreementFacts]]
) -> None:
    shared = [facts for row, facts in agreements if row["share_percent"] < 100]
    if not shared:
        return
    rows = await sql.fetch(_SHARES, list({facts.service_point_id for facts in shared}))
    for facts in shared:
        others = [
            row
            for row in rows
            if (row["service_point_id"], row["service"]) == (facts.service_point_id, facts.service)
            and row["from_on"] < (facts.to_on or date.max)
            and (row["to_on"] or date.max) > facts.starts_on
        ]
        facts.share = _share(facts.agreement_id, others)


def _share(agreement_id: UUID, rows: Sequence[asyncpg.Record]) -> Share:
    weights = [int(row["share_percent"] * 100) for row in rows]
    place = [row["id"] for row in rows].index(agreement_id)
    if sum(weights) < WHOLE:  # nobody pays the rest
        weights.append(WHOLE - sum(weights))
    return Share(tuple(weights), place)


async def _add_consumption(
    sql: Sql, terms: RunTerms, rates: Rates, agreements: Iterable[AgreementFacts]
) -> None:
    wanted: dict[tuple[UUID, Period], list[AgreementFacts]] = {}
    for facts in agreements:
        reach = window(terms, facts)
        if reach and facts.other_run is None and rates.measured.get(facts.rate_code):
            wanted.setdefault((facts.service_point_id, reach), []).append(facts)
    gallons = await gallons_per_hcf(sql, terms.bill_on)
    found = await _consumptions(sql, wanted.keys(), gallons)
    for key, takers in wanted.items():
        for facts in takers:
            facts.consumption = found[key]


async def _consumptions(
    sql: Sql, wanted: Iterable[tuple[UUID, Period]], gallons: Decimal
) -> dict[tuple[UUID, Period], Consumption]:
    """Grouped by the last day; those who share a point but not the first day ask separately."""
    batches: list[tuple[date, dict[UUID, date]]] = []
    for point, reach in wanted:
        fits = (since for end, since in batches if end == reach.end and point not in since)
        batch = next(fits, None)
        if batch is None:
            batch = {}
            batches.append((reach.end, batch))
        batch[point] = reach.start
    found: dict[tuple[UUID, Period], Consumption] = {}
    for end, since in batches:
        for point, used in (await consumption_of(sql, since.keys(), end, since, gallons)).items():
            found[point, Period(since[point], end)] = used
    return found
