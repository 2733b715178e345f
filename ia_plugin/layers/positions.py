"""Positions: points out of WKB, and from one reference system into another, whole arrays at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

import numpy as np
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
    QgsUnitTypes,
)

from ..core.arrays import Array, Bools, Bytes, Floats, Rows
from ..core.errors import ColumnError, CrsError

GREAT_BRITAIN = QgsRectangle(-8.82, 49.79, 1.92, 60.94)
"""Area of use of EPSG:27700, degrees."""

_POINT, _MULTIPOINT = 1, 4
_CHUNK = 65_536


def points_of_wkb(blobs: Array, null: Bools, first_row: int = 1) -> Floats:
    """x and y of point geometries.

    Parameters
    ----------
    blobs : array (n,) of void (equal sizes) or of bytes objects; points of any dimension, multipoints of one
    null : bool (n,)

    Returns
    -------
    float64 (n, 2), NaN where null or empty

    Raises
    ------
    ColumnError
        for another geometry, or more than one point in a feature.
    """
    xy = np.full((len(blobs), 2), np.nan)
    for rows, wkb in _by_size(blobs, null, least=1):
        xy[rows] = _equal_sizes(wkb, rows + first_row)
    return xy


def _by_size(blobs: Array, null: Bools, least: int) -> Iterator[tuple[Rows, Bytes]]:
    """(rows, their bytes as uint8 (n, size)) of the geometries of each size, from `least` bytes on."""
    void = blobs.dtype.kind == "V"
    if void:
        sizes = np.where(null, 0, blobs.dtype.itemsize)
    else:
        sizes = np.fromiter((0 if b is None or n else len(b) for b, n in zip(blobs, null)), np.int64, len(blobs))
    for size in np.unique(sizes[sizes >= least]).tolist():
        rows = np.flatnonzero(sizes == size)
        some = blobs if len(rows) == len(blobs) else blobs[rows]
        packed = np.ascontiguousarray(some).tobytes() if void else b"".join(map(bytes, some))
        yield rows, np.frombuffer(packed, np.uint8).reshape(len(rows), size)


def _equal_sizes(wkb: Bytes, rows: Rows) -> Floats:
    xy = np.full((len(wkb), 2), np.nan)
    for order in (1, 0):
        at = np.flatnonzero(wkb[:, 0] == order)
        if not len(at):
            continue
        end = "<" if order else ">"
        some = wkb if len(at) == len(wkb) else wkb[at]
        kind = (_view(some, 1, end + "u4") & 0x0FFFFFFF) % 1000
        multi = kind == _MULTIPOINT
        other = ~multi & (kind != _POINT)
        if other.any():
            row = int(rows[at[np.flatnonzero(other)[0]]])
            raise ColumnError(
                f"{int(other.sum())} geometries are no points (first: row {row}).",
                "Choose a point layer (Centroids or Extract vertices make one).",
            )
        if multi.any():
            _one_each(_view(some[multi], 5, end + "u4"), rows[at[multi]])
            if some.shape[1] >= 30:
                xy[at[multi]] = _view(some[multi], 14, end + "f8", 2)
        if not multi.all():
            xy[at[~multi]] = _view(some if not multi.any() else some[~multi], 5, end + "f8", 2)
    return xy


def _view(wkb: Bytes, start: int, dtype: str, count: int = 1) -> Array:
    size = np.dtype(dtype).itemsize * count
    found = np.ascontiguousarray(wkb[:, start : start + size]).view(dtype)
    return found[:, 0] if count == 1 else found


def ends_of_wkb(blobs: Array, null: Bools) -> tuple[Floats, Floats]:
    """First and last vertex of line geometries (WKB as :func:`points_of_wkb`): two float64 (n, 2), NaN where there is none.

    Raises
    ------
    ColumnError
        for a geometry that is not one line.
    """
    first, last = np.full((len(blobs), 2), np.nan), np.full((len(blobs), 2), np.nan)
    for rows, wkb in _by_size(blobs, null, least=10):
        size = wkb.shape[1]
        # bytes that stand before the first vertex, and of each vertex, by the kind of line
        kind = (_view(wkb, 1, "<u4") & 0x0FFFFFFF) % 1000
        head = np.where(kind == 5, 18, 9)
        bad = (wkb[:, 0] != 1) | ((kind != 2) & (kind != 5)) | ((kind == 5) & (_view(wkb, 5, "<u4") != 1))
        if bad.any():
            raise ColumnError(
                f"{int(bad.sum())} geometries are not one line (first: row {int(rows[np.flatnonzero(bad)[0]]) + 1}).",
                "Choose a layer of single lines ('Multipart to singleparts' makes one).",
            )
        for start in np.unique(head).tolist():
            at = np.flatnonzero(head == start)
            vertices = int(_view(wkb[at[:1]], start - 4, "<u4")[0])
            each = (size - start) // max(vertices, 1)
            first[rows[at]] = _view(wkb[at], start, "<f8", 2)
            last[rows[at]] = _view(wkb[at], size - each, "<f8", 2)
    return first, last


def _one_each(counts: Array, rows: Rows) -> None:
    many = counts > 1
    if many.any():
        first = int(np.flatnonzero(many)[0])
        raise ColumnError(
            f"{int(many.sum())} features hold more than one point "
            f"(first: {int(counts[first])} points, row {int(rows[first])}).",
            "Run 'Multipart to singleparts' first.",
        )


def to_crs(
    xy: Floats,
    source: QgsCoordinateReferenceSystem,
    target: QgsCoordinateReferenceSystem,
    context: Optional[QgsCoordinateTransformContext] = None,
) -> tuple[Floats, int]:
    """Positions in another reference system, by the project's own choice of transformation.

    Parameters
    ----------
    xy : float64 (n, 2), NaN where unknown
    context : None for an empty one

    Returns
    -------
    (xy, failed): new positions, NaN where they cannot be transformed, and how many those are
    """
    transform = QgsCoordinateTransform(source, target, context or QgsCoordinateTransformContext())
    if not transform.isValid():
        raise CrsError(
            f"No transformation is known from {source.authid() or 'the layer'} to {target.authid() or 'the target'}.",
            "Reproject the layer first, or choose another reference system.",
        )
    if transform.isShortCircuited():
        return xy, 0
    known = np.flatnonzero(np.isfinite(xy).all(axis=1))
    out = np.full(xy.shape, np.nan)
    for start in range(0, len(known), _CHUNK):
        rows = known[start : start + _CHUNK]
        out[rows] = _transformed(np.ascontiguousarray(xy[rows]), transform)
    return out, int(np.isnan(out[known, 0]).sum())


def _transformed(xy: Floats, transform: QgsCoordinateTransform) -> Floats:
    """A line through the points carries them through QGIS in one call; where it fails, halve it."""
    if len(xy) == 1:
        try:
            point = transform.transform(QgsPointXY(float(xy[0, 0]), float(xy[0, 1])))
        except QgsCsException:
            return np.full((1, 2), np.nan)
        return _finite(np.array([[point.x(), point.y()]]))
    line = QgsGeometry()
    line.fromWkb(b"\x01\x02\x00\x00\x00" + np.array([len(xy)], "<u4").tobytes() + xy.astype("<f8").tobytes())
    try:
        failed = line.transform(transform) != 0
    except QgsCsException:
        failed = True
    if not failed:
        moved = np.frombuffer(line.asWkb().data(), "<f8", offset=9).reshape(-1, 2)
        if len(moved) == len(xy):
            return _finite(moved.copy())
    half = len(xy) // 2
    return np.concatenate([_transformed(xy[:half], transform), _transformed(xy[half:], transform)])


def _finite(xy: Floats) -> Floats:
    xy[~np.isfinite(xy).all(axis=1)] = np.nan
    return xy


WEB_MERCATOR = ("EPSG:3857", "EPSG:900913", "EPSG:3785")


def is_metric(crs: Optional[QgsCoordinateReferenceSystem]) -> bool:
    """Whether positions in `crs` are metres on a plane; those of Web Mercator only look so (1.6 times too long in Britain)."""
    return (
        crs is not None
        and crs.isValid()
        and not crs.isGeographic()
        and crs.mapUnits() == QgsUnitTypes.DistanceUnit.DistanceMeters
        and crs.authid() not in WEB_MERCATOR
    )


def epsg_code(crs: QgsCoordinateReferenceSystem) -> Optional[int]:
    """The EPSG code of a reference system; None where it has none."""
    kind, _, code = crs.authid().partition(":")
    return int(code) if kind == "EPSG" and code.isdigit() else None
