"""Geometry of parcels as GeoJSON (RFC 7946): checked, bounded, and its centroid.

Coordinates are degrees (WGS 84), longitude first. They place a lot on a map and are neither money
nor water, so they stay the floats that JSON has.
"""

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

POSITIONS_MAX = 20_000
_FARTHEST = 1e9  # beyond any projection's feet; a JSON integer may be too long for a float
_PLACES = Decimal("0.0000001")  # about a centimetre

Ring = list[list[float]]


def checked_geometry(geometry: object) -> dict[str, Any]:
    """The geometry, when it is a Polygon, MultiPolygon or Point that a map can draw.

    Raises ValueError with the reason otherwise.
    """
    if not isinstance(geometry, dict):
        raise ValueError("a geometry is an object with type and coordinates")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    for count, _ in enumerate(_positions(kind, coordinates), start=1):
        if count > POSITIONS_MAX:
            raise ValueError(f"more than {POSITIONS_MAX:,} positions")
    return {"type": kind, "coordinates": coordinates}


def _positions(kind: object, coordinates: object) -> Iterator[None]:
    if kind == "Point":
        _check_position(coordinates)
        yield
    elif kind == "Polygon":
        yield from _check_rings(coordinates)
    elif kind == "MultiPolygon":
        for polygon in _non_empty(coordinates, "a MultiPolygon needs a polygon"):
            yield from _check_rings(polygon)
    else:
        raise ValueError(f"type {str(kind)[:40]!r} is not Polygon, MultiPolygon or Point")


def _non_empty(value: object, reason: str) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ValueError(reason)
    return value


def _check_rings(rings: object) -> Iterator[None]:
    for ring in _non_empty(rings, "a Polygon needs a ring"):
        positions = _non_empty(ring, "a ring needs four positions")
        if len(positions) < 4:
            raise ValueError("a ring needs four positions")
        for position in positions:
            _check_position(position)
            yield
        if positions[0] != positions[-1]:
            raise ValueError("a ring ends where it begins")


def _check_position(position: object) -> None:
    if not isinstance(position, list) or not 2 <= len(position) <= 3:
        raise ValueError("a position is [longitude, latitude]")
    for number in position:
        if isinstance(number, bool) or not isinstance(number, (int, float)):
            raise ValueError("a position holds numbers")
        if not -_FARTHEST < number < _FARTHEST:  # NaN is on neither side
            raise ValueError("a position holds finite numbers that a map can place")
    if abs(position[0]) > 180 or abs(position[1]) > 90:
        raise ValueError(
            f"[{position[0]:g}, {position[1]:g}] is not longitude and latitude;"
            " export in WGS 84 (EPSG:4326), not in state-plane feet"
        )


def centroid(geometry: dict[str, Any]) -> tuple[Decimal, Decimal]:
    """Longitude and latitude of the centre of area; of the vertices when there is no area."""
    coordinates = geometry["coordinates"]
    if geometry["type"] == "Point":
        return _rounded(coordinates[0], coordinates[1])
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    rings: list[Ring] = [polygon[0] for polygon in polygons]
    # Measured from a vertex nearby: at seven places, products of whole degrees lose the lot.
    x0, y0 = rings[0][0][0], rings[0][0][1]
    area = x_moment = y_moment = 0.0
    for ring in rings:
        ring_area, x, y = _moments(ring, x0, y0)
        sign = math.copysign(1.0, ring_area)
        area, x_moment, y_moment = area + ring_area * sign, x_moment + x * sign, y_moment + y * sign
    if area > 1e-18:
        return _rounded(x0 + x_moment / (3 * area), y0 + y_moment / (3 * area))
    vertices = [position for ring in rings for position in ring[:-1]]
    xs, ys = sum(p[0] for p in vertices), sum(p[1] for p in vertices)
    return _rounded(xs / len(vertices), ys / len(vertices))


def _moments(ring: Ring, x0: float, y0: float) -> tuple[float, float, float]:
    """Twice the signed area, and six times the first moments, by the shoelace formula."""
    area = x_moment = y_moment = 0.0
    for i in range(len(ring) - 1):
        x1, y1 = ring[i][0] - x0, ring[i][1] - y0
        x2, y2 = ring[i + 1][0] - x0, ring[i + 1][1] - y0
        cross = x1 * y2 - x2 * y1
        area += cross
        x_moment += (x1 + x2) * cross
        y_moment += (y1 + y2) * cross
    return area, x_moment, y_moment


def _rounded(longitude: float, latitude: float) -> tuple[Decimal, Decimal]:
    return Decimal(repr(longitude)).quantize(_PLACES), Decimal(repr(latitude)).quantize(_PLACES)
