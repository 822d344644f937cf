"""Reading land: lists, one parcel's page, lookup by parcel number."""

from uuid import UUID

from curbstop.kernel.errors import BadInput, FieldError, NotFound
from curbstop.parcels.apn import Mask, apn_key, whole_key
from curbstop.parcels.schemas import (
    ConnectionOut,
    CountyOut,
    EntitlementOut,
    LookupParams,
    OwnerOut,
    ParcelOut,
    ParcelPage,
    ParcelRow,
)
from curbstop.platform.db import Sql
from curbstop.platform.lists import ListSpec

LOOKUP_MAX = 50


class CountyNotFound(NotFound):
    title = "No such county"


class ParcelNotFound(NotFound):
    title = "No such parcel"


COUNTIES = ListSpec(
    row=CountyOut,
    source="counties",
    columns={name: name for name in CountyOut.model_fields},
    sort="name",
    tiebreak="code",
    search="name ILIKE {}",
)
PARCELS = ListSpec(
    row=ParcelRow,
    source="parcels",
    columns={name: name for name in ParcelRow.model_fields},
    sort="apn_key",
    tiebreak="id",
    filters={"county": "county = {}", "land_use": "land_use = {}"},
    # A number is looked for with its dashes taken out, an address as it stands.
    search="apn_key LIKE upper(translate({}, '-./ ', '')) OR situs_line ILIKE {}",
)


async def find_county(sql: Sql, code: str) -> CountyOut:
    """One county with its mask. Raises CountyNotFound."""
    row = await sql.fetchrow("SELECT * FROM counties WHERE code = $1", code)
    if row is None:
        raise CountyNotFound(code)
    return CountyOut.model_validate(dict(row))


async def find_parcel(sql: Sql, parcel_id: UUID) -> ParcelPage:
    """A parcel with its owners, connections and entitlements. Raises ParcelNotFound."""
    parcel = await sql.fetchrow("SELECT * FROM parcels WHERE id = $1", parcel_id)
    if parcel is None:
        raise ParcelNotFound(str(parcel_id))
    owners = await sql.fetch(
        "SELECT * FROM parcel_owners WHERE parcel_id = $1 ORDER BY from_on DESC, name, id",
        parcel_id,
    )
    connections = await sql.fetch(
        "SELECT * FROM connections WHERE parcel_id = $1 ORDER BY service, authorized_on, id",
        parcel_id,
    )
    entitlements = await sql.fetch(
        "SELECT service, count(*) AS authorized, sum(edu) AS authorized_edu,"
        " count(*) FILTER (WHERE status = 'installed') AS installed,"
        " coalesce(sum(edu) FILTER (WHERE status = 'installed'), 0) AS installed_edu"
        " FROM connections WHERE parcel_id = $1 AND status <> 'abandoned'"
        " GROUP BY service ORDER BY service",
        parcel_id,
    )
    return ParcelPage(
        parcel=ParcelOut.model_validate(dict(parcel)),
        owners=[OwnerOut.model_validate(dict(row)) for row in owners],
        connections=[ConnectionOut.model_validate(dict(row)) for row in connections],
        entitlements=[EntitlementOut.model_validate(dict(row)) for row in entitlements],
    )


async def look_up(sql: Sql, params: LookupParams) -> list[ParcelRow]:
    """Parcels whose number is the one typed, by each county's mask, or begins with its digits.

    Whole numbers first. Raises BadInput when nothing typed is a letter or digit.
    """
    digits = apn_key(params.apn)
    if not digits:
        raise BadInput("type letters or digits", FieldError("/apn", "holds no letter or digit"))
    counties = await sql.fetch(
        "SELECT code, apn_mask FROM counties WHERE $1::text IS NULL OR code = $1", params.county
    )
    codes, keys = [], []
    for county in counties:
        mask = Mask.parse(county["apn_mask"]) if county["apn_mask"] else None
        try:
            keys.append(whole_key(params.apn, mask))
        except ValueError:  # not a whole number of that county; its digits may still begin one
            continue
        codes.append(county["code"])
    names = ", ".join(ParcelRow.model_fields)
    rows = await sql.fetch(
        f"SELECT {names} FROM (SELECT p.*, w.key IS NOT NULL AS whole FROM parcels p"  # noqa: S608
        " LEFT JOIN unnest($1::text[], $2::text[]) AS w (county, key)"
        "   ON w.county = p.county AND w.key = p.apn_key"
        " WHERE (p.apn_key = ANY ($2) AND w.key IS NOT NULL)"
        "   OR (p.apn_key LIKE $3 AND ($4::text IS NULL OR p.county = $4))) found"
        f" ORDER BY whole DESC, apn_key, county LIMIT {LOOKUP_MAX}",
        *(codes, keys, digits + "%", params.county),
    )
    return [ParcelRow.model_validate(dict(row)) for row in rows]
