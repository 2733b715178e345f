"""The ground that a polygon covers, however badly it is drawn: parts add, rings that are holes take away."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely


def covered_ground(shape: Any) -> Any:
    """The valid polygon or multipolygon of the ground that `shape` covers.

    A ring covers what it goes round, however often (the rule of non-zero winding); each part covers what its outer ring
    covers, less what its holes cover; parts are joined. So a part drawn inside another part stays ground, a hole drawn as a
    ring stays a hole, and a hole beside its polygon takes nothing away. (A repair by counting crossings, as
    ``shapely.make_valid`` does, turns a part inside a part into a hole.)

    Parameters
    ----------
    shape : shapely geometry, valid or not; parts that are no polygon are left out

    Returns
    -------
    polygon or multipolygon; empty where nothing of `shape` is one

    Examples
    --------
    >>> covered_ground(shapely.multipolygons([shapely.box(0, 0, 3, 3), shapely.box(1, 1, 2, 2)])).area
    9.0
    """
    return shapely.union_all([_of_polygon(p) for p in _polygons(shape)])


def _polygons(shape: Any) -> list[Any]:
    """The polygons of a geometry, those in collections too."""
    if shape.geom_type == "Polygon":
        return [] if shape.is_empty else [shape]
    return [p for part in getattr(shape, "geoms", ()) for p in _polygons(part)]


def _of_polygon(polygon: Any) -> Any:
    if shapely.is_valid(polygon):
        return polygon
    holes = [_inside(ring) for ring in polygon.interiors]
    return shapely.difference(_inside(polygon.exterior), shapely.union_all(holes))


def _inside(ring: Any) -> Any:
    """What a closed line goes round."""
    line = shapely.get_coordinates(ring)
    line = line[np.isfinite(line).all(axis=1)]
    if len(line) < 3:
        return shapely.Polygon()
    if (line[0] != line[-1]).any():
        line = np.vstack([line, line[:1]])
    faces = shapely.get_parts(shapely.polygonize([shapely.unary_union(shapely.linestrings(line))]))
    inner = [face for face in faces if _winding(line, *shapely.get_coordinates(shapely.point_on_surface(face))[0])]
    return shapely.union_all(inner)


def _winding(line: Any, x: float, y: float) -> int:
    """How often a closed line goes round a point that is not on it (Sunday 2001)."""
    (ax, ay), (bx, by) = line[:-1].T, line[1:].T
    left = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
    return int(((ay <= y) & (by > y) & (left > 0)).sum() - ((ay > y) & (by <= y) & (left < 0)).sum())
