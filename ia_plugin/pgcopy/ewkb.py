"""Geometries as PostGIS sends and takes them: WKB with the reference system in it (EWKB), arrays of bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np

from ..core.arrays import Array, Bools, Bytes, Floats

WITH_SRID, WITH_M, WITH_Z = 0x20000000, 0x40000000, 0x80000000
"""Flags of EWKB's word for the kind (PostGIS manual, 4.1.2)."""

_HEAD = [("order", "u1"), ("type", "<u4"), ("srid", "<u4")]
POINT = np.dtype([*_HEAD, ("xy", "<f8", 2)])
LEG = np.dtype([*_HEAD, ("points", "<u4"), ("xym", "<f8", (2, 3))])


def points(x: Floats, y: Floats, srid: int) -> tuple[Array, Bools]:
    """Points, a row each, and which are missing because a coordinate is.

    >>> rows, missing = points(np.array([1.0, np.nan]), np.array([2.0, 2.0]), 27700)
    >>> rows.dtype.itemsize, missing.tolist()
    (25, [False, True])
    """
    rows = np.zeros(len(x), dtype=POINT)
    rows["order"], rows["type"], rows["srid"] = 1, WITH_SRID | 1, srid
    rows["xy"][:, 0], rows["xy"][:, 1] = x, y
    return rows, ~np.isfinite(rows["xy"]).all(axis=1)


def legs(ends: Floats, moments: Floats, srid: int) -> tuple[Array, Bools]:
    """Lines of two points with M.

    Parameters
    ----------
    ends : (n, 4) x0, y0, x1, y1
    moments : (n, 2) seconds since 1970 at both ends
    """
    rows = np.zeros(len(ends), dtype=LEG)
    rows["order"], rows["type"], rows["srid"], rows["points"] = 1, WITH_SRID | WITH_M | 2, srid, 2
    rows["xym"][:, :, :2] = ends.reshape(-1, 2, 2)
    rows["xym"][:, :, 2] = moments
    return rows, ~np.isfinite(ends).all(axis=1)


def with_srid(wkb: Sequence[Optional[bytes]], srid: int) -> list[Optional[bytes]]:
    """ISO WKB in little-endian order (shapely's, ours) as EWKB; Z and M by EWKB's flags.

    >>> import shapely
    >>> with_srid([shapely.to_wkb(shapely.Point(1, 2), byte_order=1), None], 27700)[0][:9].hex()
    '0101000020346c0000'
    """
    return [None if one is None else _with_srid(one, srid) for one in wkb]


def _with_srid(wkb: bytes, srid: int) -> bytes:
    iso = int.from_bytes(wkb[1:5], "little")
    kind = iso % 1000 | (WITH_Z if iso // 1000 in (1, 3) else 0) | (WITH_M if iso // 1000 in (2, 3) else 0)
    return b"\x01" + (kind | WITH_SRID).to_bytes(4, "little") + srid.to_bytes(4, "little") + wkb[5:]


def line_wkb(ewkb: bytes) -> bytes:
    """EWKB of one line in little-endian order as ISO WKB, with its measures.

    >>> import shapely
    >>> line = shapely.to_wkb(shapely.LineString([(1, 2), (3, 4)]), byte_order=1)
    >>> line_wkb(with_srid([line], 27700)[0]) == line
    True
    """
    flags = int.from_bytes(ewkb[1:5], "little")
    kind = (flags & 0xFF) + (1000 if flags & WITH_Z else 0) + (2000 if flags & WITH_M else 0)
    return b"\x01" + kind.to_bytes(4, "little") + ewkb[9 if flags & WITH_SRID else 5 :]


def without_srid(ewkb: Bytes) -> Bytes:
    """EWKB of one size, uint8 (n, size), as ISO WKB: the reference system out, Z and M in the kind's number.

    Only what has no parts (points, lines, polygons) may have Z or M: their parts keep EWKB's flags.
    """
    if not len(ewkb):
        return ewkb
    order = np.where(ewkb[:, 0] == 1, 1, 0)
    if not (order == 1).all():  # the server's own order, whatever machine it is on
        raise ValueError("geometries in the order of another machine")
    flags = np.ascontiguousarray(ewkb[:, 1:5]).view("<u4").ravel()
    start = np.where(flags & WITH_SRID, 9, 5)
    if (start != start[0]).any() or (flags != flags[0]).any():
        raise ValueError("geometries of several kinds in rows of one size")
    kind = int(flags[0]) & 0x0FFFFFFF
    kind += (1000 if int(flags[0]) & WITH_Z else 0) + (2000 if int(flags[0]) & WITH_M else 0)
    out = np.empty((len(ewkb), ewkb.shape[1] - int(start[0]) + 5), dtype=np.uint8)
    out[:, 0] = 1
    out[:, 1:5] = np.frombuffer(kind.to_bytes(4, "little"), np.uint8)
    out[:, 5:] = ewkb[:, int(start[0]) :]
    return out
