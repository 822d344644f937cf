"""Take a county's parcel file in: new parcels added, known ones brought up to date, in one act."""

import asyncio
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

import asyncpg

from curbstop.audit import actions as audit
from curbstop.documents.files.actions import store_file
from curbstop.kernel.ids import uuid7
from curbstop.parcels.apn import Mask
from curbstop.parcels.changes import plain
from curbstop.parcels.features import ParcelFeature, read_features
from curbstop.parcels.models import County
from curbstop.parcels.queries import CountyNotFound
from curbstop.parcels.schemas import ImportOut
from curbstop.platform.uow import Uow

_TEXTS = ("situs_line", "situs_city", "situs_zip", "land_use")
_VALUES = (*_TEXTS, "acres", "geometry", "longitude", "latitude")
# PostgreSQL takes an explicit list of types for the arrays of one UPDATE.
_UPDATE = """
UPDATE parcels p SET situs_line = n.situs_line, situs_city = n.situs_city,
  situs_zip = n.situs_zip, land_use = n.land_use, acres = n.acres, geometry = n.geometry,
  longitude = n.longitude, latitude = n.latitude, version = p.version + 1
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::numeric[],
  $7::jsonb[], $8::numeric[], $9::numeric[])
  AS n (id, situs_line, situs_city, situs_zip, land_use, acres, geometry, longitude, latitude)
WHERE p.id = n.id
"""


async def import_parcels(
    uow: Uow, county_code: str, file_name: str, content: bytes, mapping: Mapping[str, str]
) -> ImportOut:
    """Import a GeoJSON FeatureCollection whole, or not at all. A replay changes nothing.

    A field that the file lacks leaves what is on record. Raises CountyNotFound, BadInput (with
    every feature that is wrong).
    """
    county = await uow.session.get(County, county_code, with_for_update=True)
    if county is None:
        raise CountyNotFound(county_code)
    mask = Mask.parse(county.apn_mask) if county.apn_mask else None
    # Minutes of a county's parsing must not hold up everyone else's requests.
    features = await asyncio.to_thread(read_features, content, mask, mapping)
    known = {
        row["apn_key"]: row
        for row in await uow.sql.fetch(
            f"SELECT id, apn_key, {', '.join(_VALUES)} FROM parcels"  # noqa: S608
            " WHERE county = $1 AND apn_key = ANY ($2) FOR UPDATE",
            *(county_code, [feature.apn_key for feature in features]),
        )
    }
    new = [feature for feature in features if feature.apn_key not in known]
    await _add(uow, county_code, new)
    changed = await _update(uow, known, features)
    # A replay adds nothing, not even another copy of the file.
    stored = None
    if new or changed:
        stored = await store_file(uow, content, file_name, "application/geo+json")
    result = ImportOut(
        file_id=stored.id if stored else None,
        file_name=file_name,
        sha256=sha256(content).hexdigest(),
        features=len(features),
        added=len(new),
        changed=changed,
        unchanged=len(features) - len(new) - changed,
    )
    audit.record(uow, "parcels.imported", after={"county": county_code} | plain(result))
    return result


async def _add(uow: Uow, county: str, new: list[ParcelFeature]) -> None:
    columns = ("id", "county", "apn", "apn_key", *_VALUES, "created_at", "version")
    rows = (
        (uuid7(), county, f.apn, f.apn_key, *_filled(f, None).values(), uow.now, 1) for f in new
    )
    await uow.sql.copy("parcels", columns, rows)


def _filled(feature: ParcelFeature, row: asyncpg.Record | None) -> dict[str, Any]:
    """The values to store: the file's where it has one, else those on record, else empty."""
    values: dict[str, Any] = {}
    for name in _VALUES:
        value = getattr(feature, name)
        if value is None:
            value = row[name] if row else ("" if name in _TEXTS else None)
        values[name] = value
    return values


async def _update(
    uow: Uow, known: Mapping[str, asyncpg.Record], features: list[ParcelFeature]
) -> int:
    changes: list[tuple[UUID, dict[str, Any]]] = []
    for feature in features:
        row = known.get(feature.apn_key)
        if row is None:
            continue
        values = _filled(feature, row)
        differing = [name for name in _VALUES if values[name] != row[name]]
        if differing:
            changes.append((row["id"], values))
            _record(uow, row, values, differing)
    if changes:
        columns = [[values[name] for _, values in changes] for name in _VALUES]
        await uow.sql.execute(_UPDATE, [id_ for id_, _ in changes], *columns)
    return len(changes)


def _record(uow: Uow, row: asyncpg.Record, values: Mapping[str, Any], differing: list[str]) -> None:
    """What changed, field by field; of a geometry only that it did, for it may be long."""
    told = [name for name in differing if name != "geometry"]
    extra = {"geometry": "changed"} if "geometry" in differing else {}
    audit.record(
        uow,
        "parcels.changed",
        row["id"],
        before={name: row[name] for name in told},
        after={name: values[name] for name in told} | extra,
    )
