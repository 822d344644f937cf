"""A county's parcel file (GeoJSON FeatureCollection), read whole; every error listed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson

from curbstop.kernel.errors import BadInput, FieldError
from curbstop.parcels.apn import Mask, whole_key
from curbstop.parcels.geojson import centroid, checked_geometry

FEATURES_MAX = 200_000
ERRORS_LISTED_MAX = 1_000
TEXT_LENGTH_MAX = 200

# What counties and GIS exports call each field, in the order of trust; compared in lower case.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "apn": (
        "apn",
        "apn_dash",
        "apn_number",
        "parcel_apn",
        "parcelnumb",
        "parcel_number",
        "parcelid",
    ),
    "situs_line": ("situs_line", "situs", "situs_addr", "situs_address", "siteaddr", "address"),
    "situs_city": ("situs_city", "situscity", "site_city", "city"),
    "situs_zip": ("situs_zip", "situszip", "site_zip", "zip", "zipcode"),
    "land_use": ("land_use", "landuse", "use_desc", "usecode", "use_code", "lu_desc"),
    "acres": ("acres", "acreage", "gisacres", "gis_acres", "calc_acres"),
}


@dataclass(frozen=True, slots=True)
class ParcelFeature:
    """One parcel of the file, ready for the table. Absent fields are None: they change nothing."""

    apn: str
    apn_key: str
    situs_line: str | None
    situs_city: str | None
    situs_zip: str | None
    land_use: str | None
    acres: Decimal | None
    geometry: dict[str, Any]
    longitude: Decimal
    latitude: Decimal


def read_features(
    content: bytes, mask: Mask | None, mapping: Mapping[str, str]
) -> list[ParcelFeature]:
    """Every parcel of the file. `mapping` names the file's property per field where no alias fits.

    Raises BadInput with all that is wrong (feature index and reason), the first thousand listed.
    """
    errors: list[FieldError] = []
    parcels: dict[str, tuple[int, ParcelFeature]] = {}
    for index, feature in enumerate(_features(content)):
        try:
            parcel = _parcel(feature, mask, mapping)
        except ValueError as reason:
            errors.append(FieldError(f"/features/{index}", str(reason)))
            continue
        if earlier := parcels.get(parcel.apn_key):
            twice = f"{parcel.apn} is also feature {earlier[0]}"
            errors.append(FieldError(f"/features/{index}", twice))
        parcels[parcel.apn_key] = (index, parcel)
    if errors:
        first = f"{errors[0].pointer}: {errors[0].detail}"
        summary = f"{len(errors):,} features are not acceptable, nothing was imported; {first}"
        raise BadInput(summary, *errors[:ERRORS_LISTED_MAX])
    return [parcel for _, parcel in parcels.values()]


def _features(content: bytes) -> list[Any]:
    try:
        collection = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BadInput(f"not JSON in UTF-8 at {where}", FieldError(where, error.msg)) from error
    kind = collection.get("type") if isinstance(collection, dict) else None
    features = collection.get("features") if kind == "FeatureCollection" else None
    if not isinstance(features, list):
        reason = "not a GeoJSON FeatureCollection"
        raise BadInput(reason, FieldError("/features", reason))
    if len(features) > FEATURES_MAX:
        reason = f"{len(features):,} features; at most {FEATURES_MAX:,} in one file"
        raise BadInput(reason, FieldError("/features", reason))
    return features


def _parcel(feature: object, mask: Mask | None, mapping: Mapping[str, str]) -> ParcelFeature:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise ValueError("is not a Feature")
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        raise ValueError("has no properties")
    lowered = {name.lower(): value for name, value in properties.items()}
    apn = _text(lowered, "apn", mapping)
    if not apn:
        raise ValueError(f"has no parcel number (looked for {_names('apn', mapping)})")
    geometry = checked_geometry(feature.get("geometry"))
    longitude, latitude = centroid(geometry)
    return ParcelFeature(
        apn=apn,
        apn_key=whole_key(apn, mask),
        situs_line=_text(lowered, "situs_line", mapping),
        situs_city=_text(lowered, "situs_city", mapping),
        situs_zip=_text(lowered, "situs_zip", mapping),
        land_use=_text(lowered, "land_use", mapping),
        acres=_acres(_text(lowered, "acres", mapping)),
        geometry=geometry,
        longitude=longitude,
        latitude=latitude,
    )


def _names(field: str, mapping: Mapping[str, str]) -> str:
    return mapping.get(field) or ", ".join(ALIASES[field])


def _text(lowered: Mapping[str, Any], field: str, mapping: Mapping[str, str]) -> str | None:
    named = mapping.get(field)
    for name in (named.lower(),) if named else ALIASES[field]:
        value = lowered.get(name)
        if value is not None:
            return _line(field, value)
    return None


def _line(field: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError(f"{field} is not text")
    if field == "apn" and isinstance(value, float) and value.is_integer():
        value = int(value)  # a spreadsheet on the way made a number of it
    text = " ".join(str(value).split())
    if len(text) > TEXT_LENGTH_MAX or not text.isprintable():
        raise ValueError(f"{field} holds control characters or more than {TEXT_LENGTH_MAX}")
    return text


def _acres(text: str | None) -> Decimal | None:
    if not text:
        return None
    try:
        acres = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"acres {text!r} is not a number") from None
    if not acres.is_finite() or not 0 <= acres < 10**8:
        raise ValueError(f"acres {text!r} is not a lot's size")
    return acres.quantize(Decimal("0.0001"))
