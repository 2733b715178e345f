"""Geometries as GeoPackage blobs (OGC 12-128r14, 2.1.3), built and read as arrays of bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Callable, Optional, cast

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from ..core.arrays import Floats, Objects
from ..core.errors import ColumnError
from ..core.geometry.wkb import LEG as WKB_LEG
from ..core.geometry.wkb import LINESTRING_M, lay_legs

_HEAD = [("magic", "S2"), ("version", "u1"), ("flags", "u1"), ("srs", "<i4")]
_POINT = np.dtype([*_HEAD, ("order", "u1"), ("type", "<u4"), ("xy", "<f8", 2)])
_LEG = np.dtype([*_HEAD, *WKB_LEG.descr])
_LITTLE, _WITH_BOUNDS, _EMPTY = 0b1, 0b10, 0b10000
_BOUNDS_SIZES = (0, 32, 48, 48, 64)

Blobs = list[Optional[bytes]]
Bounds = Floats
"""One column an axis: west, east, south, north; NaN where there is no geometry."""


def points(x: Floats, y: Floats, srs: int) -> tuple[Blobs, Bounds]:
    """Blobs and bounds of points; None where a coordinate is missing."""
    xy = np.column_stack([np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)])
    row = np.zeros(len(xy), dtype=_POINT)
    row["magic"], row["flags"], row["srs"], row["order"], row["type"] = b"GP", _LITTLE, srs, 1, 1
    row["xy"] = xy
    found = _as_bytes(row)
    missing = ~np.isfinite(xy).all(axis=1)
    for i in np.flatnonzero(missing):
        found[i] = None
    xy[missing] = np.nan
    return found, xy[:, [0, 0, 1, 1]]


def leg_blobs(legs: pd.DataFrame, srs: int) -> tuple[Blobs, Bounds]:
    """Blobs and bounds of legs, each a line of two points with M = epoch seconds."""
    row = np.zeros(len(legs), dtype=_LEG)
    row["magic"], row["flags"], row["srs"] = b"GP", _LITTLE, srs
    lay_legs(legs, row)
    return _as_bytes(row), _box_of_ends(row["xym"][:, :, :2].reshape(-1, 4))


def _as_bytes(rows: NDArray[np.void]) -> Blobs:
    """The bytes of each row."""
    found: Blobs = rows.view(np.dtype((np.void, rows.dtype.itemsize))).tolist()
    return found


def _of_legs(lines: Iterable[bytes], ends: Floats, srs: int) -> tuple[Blobs, Bounds]:
    head = struct.pack("<2sBBi", b"GP", 0, _LITTLE, srs)
    return [head + line for line in lines], _box_of_ends(ends)


def _box_of_ends(ends: Floats) -> Bounds:
    """Bounds of legs by their ends (n, 4): x0, y0, x1, y1."""
    x, y = ends[:, ::2], ends[:, 1::2]
    return np.column_stack([x.min(1), x.max(1), y.min(1), y.max(1)])


def line_blobs(lines: Objects, srs: int) -> tuple[Blobs, Bounds]:
    """Blobs and bounds of lines with M, given as ISO WKB bytes."""
    bounds = np.full((len(lines), 4), np.nan)
    found: Blobs = [None] * len(lines)
    for i, line in enumerate(lines):
        if line is None:
            continue
        order, kind, count = struct.unpack_from("<BII", line)
        if order != 1 or kind != LINESTRING_M:
            raise ColumnError(f"Row {i + 1} of the lines is WKB of type {kind}, not a line with M.", "")
        xy = np.frombuffer(line, dtype="<f8", offset=9).reshape(count, 3)[:, :2]
        (west, south), (east, north) = xy.min(0), xy.max(0)
        bounds[i] = west, east, south, north
        found[i] = _with_bounds(bounds[i], srs) + line
    return found, bounds


def wkb_blobs(found: Objects, srs: int) -> tuple[Blobs, Bounds]:
    """Blobs and bounds of any geometries: WKB as bytes, or shapely's; None where there is none.

    Lines of two points with M, of which there are millions, go as arrays of bytes.
    """
    missing = np.array([g is None or (isinstance(g, float) and g != g) for g in found], dtype=bool)
    size = WKB_LEG.itemsize
    if not missing.any() and all(isinstance(g, bytes) and len(g) == size for g in found):
        line = np.frombuffer(b"".join(found), dtype=WKB_LEG)
        if (line["order"] == 1).all() and (line["type"] == LINESTRING_M).all():
            return _of_legs(found, line["xym"][:, :, :2].reshape(-1, 4), srs)
    known = [g if isinstance(g, bytes) else shapely.to_wkb(g, byte_order=1, flavor="iso") for g in found[~missing]]
    shapes = shapely.from_wkb(known)
    box = np.full((len(found), 4), np.nan)
    box[~missing] = shapely.bounds(shapes)[:, [0, 2, 1, 3]]
    made: Blobs = [None] * len(found)
    plain = struct.pack("<2sBBi", b"GP", 0, _LITTLE | _EMPTY, srs)
    for row, wkb, empty in zip(np.flatnonzero(~missing).tolist(), known, shapely.is_empty(shapes).tolist()):
        made[row] = (plain if empty else _with_bounds(box[row], srs)) + wkb
    return made, box


def shape_blobs(shapes: Objects, srs: int) -> tuple[Blobs, Bounds]:
    """Blobs and bounds of shapely geometries; polygons become multipolygons of one."""
    array = np.asarray(shapes, dtype=object)
    single = shapely.get_type_id(array) == shapely.GeometryType.POLYGON
    array = array.copy()
    for i in np.flatnonzero(single):
        array[i] = shapely.MultiPolygon([array[i]])
    box = shapely.bounds(array)[:, [0, 2, 1, 3]]
    wkb = shapely.to_wkb(array, output_dimension=2, byte_order=1)
    blank = shapely.is_empty(array)
    plain = struct.pack("<2sBBi", b"GP", 0, _LITTLE | _EMPTY, srs)
    found = [
        None if w is None else (plain if empty else _with_bounds(b, srs)) + w for w, b, empty in zip(wkb, box, blank)
    ]
    return found, box


def _with_bounds(bounds: Floats, srs: int) -> bytes:
    return struct.pack("<2sBBi4d", b"GP", 0, _LITTLE | _WITH_BOUNDS, srs, *bounds)


def wkb_of(blob: bytes) -> bytes:
    """The WKB inside a blob."""
    return blob[8 + _BOUNDS_SIZES[(blob[3] >> 1) & 0b111] :]


def point_xy(blobs: Blobs) -> Floats:
    """Coordinates (n, 2) of points; NaN where there is none."""
    return _fixed(blobs, _POINT, "xy", _any_point)


def leg_ends(blobs: Blobs) -> Floats:
    """Coordinates (n, 4) x0, y0, x1, y1 of legs."""
    return _fixed(blobs, _LEG, "xym", _any_line)[:, :, :2].reshape(-1, 4)


def bounds_of(blobs: Blobs) -> Bounds:
    """Bounds of any blobs, for filling a spatial index anew."""
    sizes = {len(b) for b in blobs if b is not None}
    if sizes <= {_POINT.itemsize}:
        return point_xy(blobs)[:, [0, 0, 1, 1]]
    if sizes <= {_LEG.itemsize} and all(b is None or not b[3] >> 1 & 0b111 for b in blobs):
        return _box_of_ends(leg_ends(blobs))
    found = np.full((len(blobs), 4), np.nan)
    for i, blob in enumerate(blobs):
        if blob is None or blob[3] & _EMPTY:
            continue
        if blob[3] >> 1 & 0b111:
            found[i] = struct.unpack_from("<4d" if blob[3] & _LITTLE else ">4d", blob, 8)
        else:
            found[i] = shapely.bounds(shapely.from_wkb(wkb_of(blob)))[[0, 2, 1, 3]]
    return found


def _fixed(blobs: Blobs, row: np.dtype[np.void], part: str, other: Callable[[bytes], Floats]) -> Floats:
    """One field of blobs that all have the layout `row`; those that are not are read one by one."""
    n, size = len(blobs), row.itemsize
    missing = np.array([b is None for b in blobs], dtype=bool)
    strange = [(i, b) for i, b in enumerate(blobs) if b is not None and (len(b) != size or b[3] != _LITTLE)]
    odd = {i for i, _ in strange}
    blank = bytes(size)
    if missing.any() or odd:
        whole = b"".join([blank if b is None or i in odd else b for i, b in enumerate(blobs)])
    else:
        whole = b"".join(cast("list[bytes]", blobs))
    found = np.frombuffer(whole, dtype=row, count=n)[part].astype(np.float64)
    found[missing] = np.nan
    for i, blob in strange:
        found[i] = other(blob)
    return found


def _any_point(blob: bytes) -> Floats:
    point = shapely.from_wkb(wkb_of(blob))
    return np.asarray(shapely.get_coordinates(point)[0]) if not point.is_empty else np.full(2, np.nan)


def _any_line(blob: bytes) -> Floats:
    """Ends of a line of another layout, such as QGIS writes."""
    line = wkb_of(blob)
    (count,) = struct.unpack_from("<I", line, 5)
    xym = np.frombuffer(line, dtype="<f8", offset=9).reshape(count, 3)
    return xym[[0, -1]]
