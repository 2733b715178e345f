"""Polygons as people draw them: what ground they cover."""

import pytest
import shapely

from ia_plugin.core.areas import prepare_areas
from ia_plugin.core.geometry.covered_ground import covered_ground
from tests.support.tables import areas

OUTER = "(0 0, 9 0, 9 9, 0 9, 0 0)"
INNER = "(3 3, 6 3, 6 6, 3 6, 3 3)"


@pytest.mark.parametrize(
    ("wkt", "area"),
    [
        pytest.param(f"MULTIPOLYGON (({OUTER}), ({INNER}))", 81, id="a part in a part is ground"),
        pytest.param(f"MULTIPOLYGON (({INNER}), ({OUTER}))", 81, id="in whichever order"),
        pytest.param(f"MULTIPOLYGON (({OUTER}), ({INNER}), ((4 4, 5 4, 5 5, 4 5, 4 4)))", 81, id="three deep"),
        pytest.param(f"MULTIPOLYGON (({OUTER}), ({OUTER}))", 81, id="the same part twice"),
        pytest.param(f"POLYGON ({OUTER}, {INNER})", 72, id="a ring that is a hole"),
        pytest.param(f"MULTIPOLYGON (({OUTER}, {INNER}), ((4 4, 5 4, 5 5, 4 5, 4 4)))", 73, id="an island in the hole"),
        pytest.param(
            f"MULTIPOLYGON (({OUTER}, {INNER}), ((5 5, 12 5, 12 8, 5 8, 5 5)))", 82, id="a part over a hole's edge"
        ),
        pytest.param(
            "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((2 0, 6 0, 6 4, 2 4, 2 0)))", 24, id="parts that overlap"
        ),
        pytest.param("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))", 2, id="a bow tie"),
        pytest.param("POLYGON ((0 0, 8 0, 8 6, 2 6, 2 2, 6 2, 6 8, 0 8, 0 0))", 60, id="a ring that laps over itself"),
        pytest.param(f"POLYGON ({INNER}, (20 20, 21 20, 21 21, 20 21, 20 20))", 9, id="a hole beside its polygon"),
        pytest.param(f"POLYGON ({OUTER}, {INNER}, (4 4, 5 4, 5 5, 4 5, 4 4))", 72, id="a hole in a hole"),
        pytest.param("POLYGON ((0 0, 6 0, 6 6, 3 6, 4 4, 2 4, 3 6, 0 6, 0 0))", 34, id="a hole that hangs on the ring"),
        pytest.param(f"GEOMETRYCOLLECTION (POINT (1 1), MULTIPOLYGON (({OUTER}), ({INNER})))", 81, id="a collection"),
        pytest.param("POLYGON ((0 0, 1 1, 2 2, 0 0))", 0, id="a line"),
    ],
)
def test_the_ground_that_a_polygon_covers(wkt, area):
    ground = covered_ground(shapely.from_wkt(wkt))
    assert ground.area == pytest.approx(area) and ground.is_valid


def test_a_repaired_area_keeps_the_ground_of_all_its_parts():
    ready, report = prepare_areas(areas(A=shapely.from_wkt(f"MULTIPOLYGON (({OUTER}), ({INNER}))")))
    assert ready["geometry"].iloc[0].area == 81 and list(report.repaired) == ["A"]
