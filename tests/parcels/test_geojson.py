"""Geometry: what is drawn, what is refused, where the middle is."""

from decimal import Decimal

import pytest

from curbstop.parcels.geojson import POSITIONS_MAX, centroid, checked_geometry

SQUARE = [[-121.0, 39.0], [-120.999, 39.0], [-120.999, 39.001], [-121.0, 39.001], [-121.0, 39.0]]


def test_the_centroid_of_a_square_lot_is_its_middle_whichever_way_it_was_drawn():
    for ring in (SQUARE, SQUARE[::-1]):
        middle = centroid({"type": "Polygon", "coordinates": [ring]})
        assert middle == (Decimal("-120.9995000"), Decimal("39.0005000"))


def test_the_centroid_of_two_lots_weighs_them_by_area():
    small = [[x + 0.01, y] for x, y in SQUARE]
    large = [[-121.0, 39.0], [-120.998, 39.0], [-120.998, 39.001], [-121.0, 39.001], [-121.0, 39.0]]
    longitude, _ = centroid({"type": "MultiPolygon", "coordinates": [[large], [small[::-1]]]})
    assert longitude == Decimal("-120.9958333")  # (2 x -120.999 + 1 x -120.9895) / 3


def test_a_lot_without_area_and_a_point_have_a_middle_too():
    line = [[-121.0, 39.0], [-121.0, 39.002], [-121.0, 39.001], [-121.0, 39.0]]
    assert centroid({"type": "Polygon", "coordinates": [line]}) == (
        Decimal(-121),
        Decimal("39.001"),
    )
    assert centroid({"type": "Point", "coordinates": [-121.5, 39.5]})[1] == Decimal("39.5")


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "an object"),
        ([], "an object"),
        ({"type": "LineString", "coordinates": SQUARE}, "is not Polygon"),
        ({"type": "Polygon", "coordinates": []}, "needs a ring"),
        ({"type": "Polygon", "coordinates": [SQUARE[:3]]}, "four positions"),
        ({"type": "Polygon", "coordinates": [SQUARE[:4]]}, "ends where it begins"),
        ({"type": "Polygon", "coordinates": ["x"]}, "four positions"),
        ({"type": "Point", "coordinates": [True, 1]}, "holds numbers"),
        ({"type": "Point", "coordinates": ["-121", 1]}, "holds numbers"),
        ({"type": "Point", "coordinates": [float("nan"), 1]}, "finite"),
        ({"type": "Point", "coordinates": [-121, 39, float("-inf")]}, "finite"),
        ({"type": "Point", "coordinates": [10**400, 1]}, "finite"),
        ({"type": "Point", "coordinates": [6_700_000, 2_100_000]}, "state-plane"),
        ({"type": "Polygon", "coordinates": [SQUARE * POSITIONS_MAX]}, "positions"),
        ({"type": {"$ne": 1}, "coordinates": 1}, "is not Polygon"),
    ],
)
def test_what_a_map_cannot_draw_is_refused_with_its_reason(geometry, reason):
    with pytest.raises(ValueError, match=reason):
        checked_geometry(geometry)
