"""Outlines of areas for the small map of a page: fewer points, whole metres, one corner for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

import numpy as np
import shapely

TOLERANCE = 15.0  # metres that an outline may be off
LEAST_RING = 4  # points of a ring that is closed

Ring = list[list[int]]


class Outlines(TypedDict):
    """Rings by area id, ``[[x, y], …]`` in metres from the south-west corner, y to the north; width and height of all, metres."""

    width: int
    height: int
    rings: dict[str, list[Ring]]


def outlines(shapes: Mapping[str, shapely.Geometry], tolerance: float = TOLERANCE) -> Outlines:
    """Outlines with fewer points.

    Parameters
    ----------
    shapes : by area id, in one projected system of metres
    tolerance : how far an outline may be off, metres

    Examples
    --------
    >>> outlines({"a": shapely.box(400_000, 300_000, 400_500, 300_200)})
    {'width': 500, 'height': 200, 'rings': {'a': [[[500, 0], [500, 200], [0, 200], [0, 0]]]}}
    """
    some = {a: g for a, g in shapes.items() if g is not None and not g.is_empty}
    if not some:
        return {"width": 0, "height": 0, "rings": {}}
    west, south, east, north = shapely.total_bounds(list(some.values()))
    corner = np.floor([west, south])
    return {
        "width": int(np.ceil(east - corner[0])),
        "height": int(np.ceil(north - corner[1])),
        "rings": {a: _rings(g, corner, tolerance) for a, g in some.items()},
    }


def _rings(shape: shapely.Geometry, corner: np.ndarray, tolerance: float) -> list[Ring]:  # type: ignore[type-arg]
    simple = shapely.simplify(shape, tolerance, preserve_topology=True)
    polygons = [p for p in shapely.get_parts(simple) if p.geom_type == "Polygon" and not p.is_empty]
    found = []
    for polygon in polygons:
        for ring in (polygon.exterior, *polygon.interiors):
            points = np.rint(shapely.get_coordinates(ring) - corner).astype(int)
            if len(points) >= LEAST_RING:
                found.append(points[:-1].tolist())  # closed by whoever draws it
    return found


__all__ = ["Outlines", "outlines"]
