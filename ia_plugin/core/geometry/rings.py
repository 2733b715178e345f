"""Polygons as flat arrays of oriented rings, the form the numeric kernels read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ends = tuple[Floats, Floats, Floats, Floats]
"""Start and end of some edges: ux, uy, vx, vy."""


@dataclass(frozen=True)
class Rings:
    """One (multi)polygon as closed rings end to end; the interior lies to the left of every edge.

    Attributes
    ----------
    x, y : float64 (m,), vertices of all rings, each ring repeating its first vertex at its end, metres
    joints : int (r − 1,), positions i where the step i → i + 1 leads to the next ring and is no edge
    bounds : (xmin, ymin, xmax, ymax), metres
    """

    x: Floats
    y: Floats
    joints: NDArray[np.intp]
    bounds: tuple[float, float, float, float]

    @property
    def origin(self) -> tuple[float, float]:
        """A whole number of metres near the polygon: large eastings would cost digits, and integers stay integers."""
        return float(np.floor(self.bounds[0])), float(np.floor(self.bounds[1]))

    def shifted(self, origin: tuple[float, float]) -> Rings:
        """The same rings seen from `origin`."""
        ox, oy = origin
        b = self.bounds
        return Rings(self.x - ox, self.y - oy, self.joints, (b[0] - ox, b[1] - oy, b[2] - ox, b[3] - oy))

    def edges(self) -> Ends:
        """Start and end (ux, uy, vx, vy) of each edge."""
        keep = np.ones(max(len(self.x) - 1, 0), dtype=bool)
        keep[self.joints] = False
        return self.x[:-1][keep], self.y[:-1][keep], self.x[1:][keep], self.y[1:][keep]


def rings_of(geometry: Any) -> Rings:
    """Oriented rings of one shapely Polygon or MultiPolygon (shells counter-clockwise, holes clockwise).

    An empty geometry gives no vertices.
    """
    coords: list[Floats] = []
    for polygon in shapely.get_parts(geometry):
        if polygon.is_empty:
            continue
        coords.append(_oriented(shapely.get_exterior_ring(polygon), counter_clockwise=True))
        for k in range(shapely.get_num_interior_rings(polygon)):
            coords.append(_oriented(shapely.get_interior_ring(polygon, k), counter_clockwise=False))
    if not coords:
        nothing = np.empty(0)
        return Rings(nothing, nothing, np.empty(0, dtype=np.intp), (np.nan, np.nan, np.nan, np.nan))
    xy = np.concatenate(coords)
    ends = np.cumsum([len(c) for c in coords])[:-1]
    low, high = xy.min(axis=0), xy.max(axis=0)
    bounds = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    return Rings(np.ascontiguousarray(xy[:, 0]), np.ascontiguousarray(xy[:, 1]), (ends - 1).astype(np.intp), bounds)


def _oriented(ring: Any, *, counter_clockwise: bool) -> Floats:
    xy = np.asarray(shapely.get_coordinates(ring), dtype=np.float64)
    # Shoelace about the first vertex: large eastings would eat the digits of a small ring.
    x, y = xy[:, 0] - xy[0, 0], xy[:, 1] - xy[0, 1]
    twice_area = float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))
    return xy if (twice_area > 0) == counter_clockwise else xy[::-1]
