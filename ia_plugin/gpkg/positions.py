"""Where positions rest in a GeoPackage: in the geometry alone, a point's x and y, a leg's two ends, or any shape."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from ..core.arrays import Array
from ..core.columns import TABLES, Table
from . import blobs

POINT_AXES = ("x", "y")
LEG_AXES = ("x0", "y0", "x1", "y1")
SHAPES = {"Point": ("POINT", 0), "LineStringM": ("LINESTRING", 1), "MultiPolygon": ("MULTIPOLYGON", 0)}
"""Geometry of the data dictionary -> (its name in GeoPackages, whether it has a measure)."""


def axes_of(shape: str, name: str) -> tuple[str, ...]:
    """The columns of a table that its geometry holds: ('x', 'y') of points, the ends of legs, else ('geometry',)."""
    if shape == "POINT":
        return POINT_AXES
    declared = TABLES[name].names if name in TABLES else ()
    return LEG_AXES if shape == "LINESTRING" and set(LEG_AXES) <= set(declared) else ("geometry",)


def to_blobs(rows: pd.DataFrame, table: Table, srs: int) -> tuple[blobs.Blobs, blobs.Bounds]:
    """Blobs of the rows' positions, None where there is none, and their bounds (n, 4), NaN where there are none."""
    axes = axes_of(SHAPES[str(table.geometry)][0], table.name)
    if axes == POINT_AXES:
        if not set(axes) <= set(rows.columns):
            return [None] * len(rows), np.full((len(rows), 4), np.nan)
        x, y = (rows[c].to_numpy(dtype=np.float64, na_value=np.nan) for c in axes)
        return blobs.points(x, y, srs)
    if axes == LEG_AXES:
        return blobs.leg_blobs(rows, srs)
    shapes = rows["geometry"].to_numpy(dtype=object)
    return blobs.line_blobs(shapes, srs) if table.geometry == "LineStringM" else blobs.shape_blobs(shapes, srs)


def from_blobs(axes: tuple[str, ...], found: blobs.Blobs) -> dict[str, Array]:
    """The columns that blobs hold; the inverse of :func:`to_blobs`. Lines with a measure stay WKB."""
    if axes == POINT_AXES:
        return dict(zip(axes, blobs.point_xy(found).T))
    if axes == LEG_AXES:
        return dict(zip(axes, blobs.leg_ends(found).T))
    words = np.empty(len(found), dtype=object)
    words[:] = [None if b is None else blobs.wkb_of(b) for b in found]
    first = next((w for w in words if w is not None), b"")
    lines = first[1:5] == b"\xd2\x07\0\0"
    return {"geometry": words if lines else shapely.from_wkb(words)}
